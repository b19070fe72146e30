/* Part of the bitserial project, under the Apache License v2.0 with LLVM
   Exceptions. See LICENSE for license information.
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* For programs that test by running. */

#ifndef BITSERIAL_TEST_CHECK_H
#define BITSERIAL_TEST_CHECK_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the program with the place and the text of a condition that is false. */
#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      printf("line %d: %s\n", __LINE__, #condition);                           \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

#endif /* BITSERIAL_TEST_CHECK_H */
