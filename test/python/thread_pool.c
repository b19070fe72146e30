/* Part of the bitserial project, under the Apache License v2.0 with LLVM
   Exceptions. See LICENSE for license information.
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* Calls runtime/Threads.c as compiled code does, in every way that it may be
   called in. Prints what is wrong, or "passed". */

#include "bitserial_threads.h"
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void (*Region)(int32_t *, int32_t *, void *);
void __kmpc_fork_call(void *, int32_t, Region, ...);
void __kmpc_push_num_threads(void *, int32_t, int32_t);
int32_t __kmpc_global_thread_num(void *);
int32_t __kmpc_bound_num_threads(void *);
void __kmpc_barrier(void *, int32_t);

enum { kSize = 1000 };

typedef struct {
  int first[kSize], second[kSize];
  atomic_int threads;
  int team;
} Work;

/* Each thread its share of two loops; the second one reads what others have
   written in the first. */
static void twoLoops(int32_t *thread, int32_t *number, void *argument) {
  Work *work = argument;
  int team = __kmpc_bound_num_threads(NULL);
  CHECK(*number >= 0 && *number < team);
  CHECK(*thread == __kmpc_global_thread_num(NULL));
  atomic_fetch_add(&work->threads, 1);
  if (*number == 0)
    work->team = team;
  int begin = kSize * *number / team, end = kSize * (*number + 1) / team;
  for (int i = begin; i < end; ++i)
    work->first[i] = i * i;
  __kmpc_barrier(NULL, *thread);
  for (int i = begin; i < end; ++i)
    work->second[i] = work->first[kSize - 1 - i];
  __kmpc_barrier(NULL, *thread);
  CHECK(work->second[kSize - 1 - begin] == begin * begin);
}

/* How many threads ran. */
static int run(int threads) {
  static const Work none;
  Work *work = malloc(sizeof *work);
  *work = none;
  if (threads)
    __kmpc_push_num_threads(NULL, __kmpc_global_thread_num(NULL), threads);
  __kmpc_fork_call(NULL, 1, (Region)twoLoops, work);
  for (int i = 0; i < kSize; ++i)
    CHECK(work->second[i] == (kSize - 1 - i) * (kSize - 1 - i));
  int ran = atomic_load(&work->threads);
  CHECK(work->team == ran);
  free(work);
  return ran;
}

static atomic_int calls;

static void withoutArgument(int32_t *thread, int32_t *number) {
  (void)thread, (void)number;
  atomic_fetch_add(&calls, 1);
}

static void fourArguments(int32_t *thread, int32_t *number, int *a, int *b,
                          int *c, atomic_int *d) {
  (void)thread, (void)number;
  CHECK(*a == 1 && *b == 2 && *c == 3);
  atomic_fetch_add(d, 1);
}

static void nested(int32_t *thread, int32_t *number, void *argument) {
  int team = __kmpc_bound_num_threads(NULL);
  CHECK(run(4) == 1);
  /* The team is the outer one again. */
  CHECK(__kmpc_bound_num_threads(NULL) == team);
  CHECK(__kmpc_global_thread_num(NULL) == *number);
  __kmpc_barrier(NULL, *thread);
  atomic_fetch_add((atomic_int *)argument, 1);
}

static void *manyRegions(void *argument) {
  for (int i = 0; i < 300; ++i) {
    int ran = run(3);
    CHECK(ran == 3 || ran == 1); /* alone while another one has the pool */
  }
  return argument;
}

int main(void) {
  /* The number of threads: of the environment, of this thread, of a region. */
  unsigned number = bitserial_get_max_threads();
  CHECK(getenv("OMP_NUM_THREADS") == NULL ||
        (int)number == atoi(getenv("OMP_NUM_THREADS")));
  CHECK(run(0) == (int)number);
  for (int threads = 1; threads <= 5; ++threads) {
    bitserial_set_num_threads(threads);
    CHECK(bitserial_get_max_threads() == (unsigned)threads);
    CHECK(run(0) == threads);
    CHECK(run(2) == 2);
    CHECK(run(0) == threads);
  }
  bitserial_set_num_threads(1000000);
  CHECK(bitserial_get_max_threads() == 1024);
  bitserial_set_num_threads(0);
  CHECK(bitserial_get_max_threads() == number);

  /* One after the other, and after a while, when threads sleep. */
  for (int i = 0; i < 300; ++i)
    CHECK(run(3) == 3);
  usleep(20000);
  CHECK(run(3) == 3);

  __kmpc_push_num_threads(NULL, 0, 3);
  __kmpc_fork_call(NULL, 0, (Region)(void *)withoutArgument);
  CHECK(atomic_load(&calls) == 3);

  int values[] = {1, 2, 3};
  atomic_store(&calls, 0);
  __kmpc_push_num_threads(NULL, 0, 3);
  __kmpc_fork_call(NULL, 4, (Region)(void *)fourArguments, &values[0],
                   &values[1], &values[2], &calls);
  CHECK(atomic_load(&calls) == 3);

  atomic_int threads = 0;
  __kmpc_push_num_threads(NULL, 0, 3);
  __kmpc_fork_call(NULL, 1, (Region)nested, &threads);
  CHECK(threads == 3);

  pthread_t callers[3];
  for (int i = 0; i < 3; ++i)
    CHECK(pthread_create(&callers[i], NULL, manyRegions, NULL) == 0);
  for (int i = 0; i < 3; ++i)
    pthread_join(callers[i], NULL);
  CHECK(run(4) == 4);

#ifndef NO_FORK
  /* The child has threads of its own, and so has its child. */
  pid_t child = fork();
  if (child == 0) {
    CHECK(run(3) == 3);
    pid_t grandchild = fork();
    if (grandchild == 0) {
      CHECK(run(2) == 2);
      exit(0);
    }
    int status = 1;
    CHECK(waitpid(grandchild, &status, 0) == grandchild && status == 0);
    exit(0);
  }
  int status = 1;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
#endif
  CHECK(run(3) == 3);
  puts("passed");
  return 0;
}
