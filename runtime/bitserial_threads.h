/*===- bitserial_threads.h - Threads of parallel loops ------------*- C -*-===*\
|*                                                                            *|
|* Part of the bitserial project, under the Apache License v2.0 with LLVM     *|
|* Exceptions. See LICENSE for license information.                           *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* How many threads the functions use that were compiled with --num-threads=0 *|
|* and linked with libbitserial_threads. Programs need this header only to    *|
|* change the number while they run.                                          *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef BITSERIAL_THREADS_H
#define BITSERIAL_THREADS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Sets the number of threads for calls that the calling thread makes from now
   on. More than 1024 count as 1024. 0 is the default again, which is what
   bitserial_get_max_threads says of it. */
void bitserial_set_num_threads(unsigned threads);

/* The number of threads, at least 1, that a call of the calling thread uses:
   what bitserial_set_num_threads said; else what the OpenMP runtime of the
   program says (omp_get_max_threads; 1 within one of its parallel regions), if
   it has one; else the first number in the environment variable
   OMP_NUM_THREADS; else one for each CPU that the process may use. */
unsigned bitserial_get_max_threads(void);

#ifdef __cplusplus
}
#endif

#endif /* BITSERIAL_THREADS_H */
