/*===- Threads.c - Threads of parallel loops, without OpenMP --------------===*\
|*                                                                            *|
|* Part of the bitserial project, under the Apache License v2.0 with LLVM     *|
|* Exceptions. See LICENSE for license information.                           *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* Functions that are compiled with threads call LLVM's OpenMP runtime where  *|
|* the program has it. This file takes its place where that does not exist:   *|
|* on boards, beside GCC's OpenMP (whose functions have other names). It      *|
|* needs C11 with atomics and POSIX threads, and nothing else of bitserial:   *|
|*                                                                            *|
|*     cc -O2 -pthread main.c conv.o Threads.c                                *|
|*                                                                            *|
|* It has just the functions that compiled code calls, the __kmpc_* below, in *|
|* the way it calls them: regions with at most four pointers as arguments,    *|
|* whose threads find their share of a loop themselves. Other code of LLVM's  *|
|* OpenMP must not be linked with it. How many threads there are is said in   *|
|* bitserial_threads.h.                                                       *|
|*                                                                            *|
|* There is one pool of threads. They are made when a region first needs      *|
|* them and kept; between regions they wait, first in a loop, as the next     *|
|* region of a network is microseconds away, and then asleep. The region of   *|
|* one caller at a time has the pool. Another one that comes meanwhile runs   *|
|* in its caller's thread alone, as do regions within a region.               *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#define _GNU_SOURCE /* sched_getaffinity */

#include "bitserial_threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum {
  kMaxThreads = 1024, /* as --num-threads takes */
  kMaxArguments = 4,  /* of a region, as lib/Target/OpenMP.cpp has them */
  kCacheLine = 64,
  /* Compiled code has buffers on the stack, of up to 16 KB each; some C
     libraries give a thread as little as 128 KB in all. */
  kMinStackBytes = 1 << 20,
  /* How long a thread looks for what it waits for before it goes to sleep: a
     program that calls a network every few milliseconds finds its threads
     awake. */
  kSpinNanoseconds = 5 * 1000 * 1000,
  /* How long until it lets others have the CPU between looks: longer than it
     takes a region's threads to meet, since it looks away meanwhile. */
  kYieldNanoseconds = 4 * 1000,
  /* How long it looks at most, yielding at once, where there are more threads
     than CPUs: what it waits for then needs its CPU, and gets it sooner from a
     thread that sleeps than from one that yields. */
  kCrowdedNanoseconds = 20 * 1000,
  kLooksPerClock = 32, /* between two looks at the clock */
};

/*===----------------------------------------------------------------------===*/
/* Number of threads                                                          */
/*===----------------------------------------------------------------------===*/

/* Those of another OpenMP runtime, if the program has one. */
extern int omp_get_max_threads(void) __attribute__((weak));
extern int omp_in_parallel(void) __attribute__((weak));

/* What bitserial_set_num_threads said in this thread; 0: nothing. */
static _Thread_local unsigned chosenThreads;

static unsigned clampThreads(long threads) {
  return threads < 1 ? 1 : threads > kMaxThreads ? kMaxThreads : threads;
}

static unsigned countCPUs(void) {
#ifdef __linux__
  cpu_set_t cpus;
  if (sched_getaffinity(0, sizeof cpus, &cpus) == 0)
    return clampThreads(CPU_COUNT(&cpus));
#endif
  return clampThreads(sysconf(_SC_NPROCESSORS_ONLN));
}

/* The number of CPUs when it was first asked for. */
static unsigned knownCPUs(void) {
  static atomic_uint known;
  unsigned cpus = atomic_load_explicit(&known, memory_order_relaxed);
  if (cpus == 0) {
    cpus = countCPUs();
    atomic_store_explicit(&known, cpus, memory_order_relaxed);
  }
  return cpus;
}

/* What the environment says when it is first asked, or the number of CPUs. */
static unsigned defaultThreads(void) {
  static atomic_uint known;
  unsigned threads = atomic_load_explicit(&known, memory_order_relaxed);
  if (threads)
    return threads;
  const char *text = getenv("OMP_NUM_THREADS");
  long number = text ? strtol(text, NULL, 10) : 0;
  threads = number > 0 ? clampThreads(number) : countCPUs();
  atomic_store_explicit(&known, threads, memory_order_relaxed);
  return threads;
}

void bitserial_set_num_threads(unsigned threads) {
  chosenThreads = threads < kMaxThreads ? threads : kMaxThreads;
}

unsigned bitserial_get_max_threads(void) {
  if (chosenThreads)
    return chosenThreads;
  if (omp_get_max_threads)
    return omp_in_parallel && omp_in_parallel()
               ? 1
               : clampThreads(omp_get_max_threads());
  return defaultThreads();
}

/*===----------------------------------------------------------------------===*/
/* Waiting                                                                    */
/*===----------------------------------------------------------------------===*/

/* A number that threads wait for. */
typedef struct {
  atomic_uint value;
  atomic_uint sleepers;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
} Signal;

#define SIGNAL_INITIALIZER                                                     \
  {0, 0, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER}

/* Sequentially consistent, as all that is not said to be otherwise: either this
   thread sees the sleeper, or that one sees the value before it sleeps. */
static void setSignal(Signal *signal, unsigned value) {
  atomic_store(&signal->value, value);
  if (atomic_load(&signal->sleepers) == 0)
    return;
  pthread_mutex_lock(&signal->mutex);
  pthread_cond_broadcast(&signal->changed);
  pthread_mutex_unlock(&signal->mutex);
}

/* Tells the CPU that this is a loop that waits. */
static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || (defined(__ARM_ARCH) && __ARM_ARCH >= 7)
  __asm__ volatile("yield");
#endif
}

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Returns once the value is `wanted`. It must not change again before. Looks
   for `spinFor` nanoseconds at most until it sleeps. */
static void awaitSignal(Signal *signal, unsigned wanted, int64_t spinFor) {
  int64_t start = 0;
  for (unsigned look = 1; spinFor > 0; ++look) {
    if (atomic_load_explicit(&signal->value, memory_order_acquire) == wanted)
      return;
    relax();
    if (look % kLooksPerClock)
      continue;
    int64_t now = nanoseconds();
    start = start ? start : now;
    if (now - start >= spinFor)
      break;
    /* What it waits for may have been put on the same CPU. */
    if (spinFor == kCrowdedNanoseconds || now - start >= kYieldNanoseconds)
      sched_yield();
  }
  pthread_mutex_lock(&signal->mutex);
  atomic_fetch_add(&signal->sleepers, 1);
  while (atomic_load(&signal->value) != wanted)
    pthread_cond_wait(&signal->changed, &signal->mutex);
  atomic_fetch_sub(&signal->sleepers, 1);
  pthread_mutex_unlock(&signal->mutex);
}

/* How long a thread of so many looks before it sleeps. OMP_WAIT_POLICY may say
   "passive", not at all, or "active", for ever: a CPU that has slept is slow at
   first, and of two virtual CPUs it may come back on the other one's core. */
static int64_t spinTime(unsigned threads) {
  static const int64_t times[] = {kSpinNanoseconds, 0, INT64_MAX};
  static atomic_uint known; /* one more than an index of them */
  unsigned index = atomic_load_explicit(&known, memory_order_relaxed);
  if (index == 0) {
    const char *policy = getenv("OMP_WAIT_POLICY");
    index = policy && strcasecmp(policy, "passive") == 0  ? 2
            : policy && strcasecmp(policy, "active") == 0 ? 3
                                                          : 1;
    atomic_store_explicit(&known, index, memory_order_relaxed);
  }
  int64_t time = times[index - 1];
  return time > kCrowdedNanoseconds && threads > knownCPUs()
             ? kCrowdedNanoseconds
             : time;
}

/*===----------------------------------------------------------------------===*/
/* The pool                                                                   */
/*===----------------------------------------------------------------------===*/

/* Part of a compiled function, for each thread to run. It gets pointers to two
   numbers of its thread, the second one being that in the team, and arguments.
   In the calling conventions of C some more of these do no harm. */
typedef void (*Region)(int32_t *, int32_t *, void *, void *, void *, void *);

/* A region and what it is called with. */
typedef struct {
  Region region;
  void *arguments[kMaxArguments];
} Call;

/* A thread of the pool. What its cache lines hold is who writes them: CPUs far
   from each other take a quarter of a microsecond to hand one over, half of
   what a region costs at the least. */
typedef struct {
  /* What the thread is to run, and in how many threads that runs. */
  _Alignas(kCacheLine) Call call;
  unsigned threads;
  Signal start;    /* one more for each region, on the same line */
  unsigned number; /* in every team: 1 or more */
  bool ends;
  pthread_t thread;
  _Alignas(kCacheLine) Signal end; /* as `start`, once the thread is through */
} Worker;

_Static_assert(offsetof(Worker, start.mutex) <= kCacheLine,
               "a region and the signal to start it share a cache line");

/* Those who run a region, the caller being number 0. */
static struct {
  atomic_flag isTaken;
  Worker *workers[kMaxThreads];
  unsigned numWorkers;
  /* Where each thread ran last. */
  atomic_int cpus[kMaxThreads];
  /* How many have come to the barrier, and how often all have. */
  _Alignas(kCacheLine) atomic_uint waiting;
  Signal barrier;
} pool = {.isTaken = ATOMIC_FLAG_INIT, .barrier = SIGNAL_INITIALIZER};

/* The region of the pool that this thread is in. */
typedef struct {
  unsigned threads; /* 0: in none */
  int32_t number;
} Team;

static _Thread_local Team team;

/* Notes where thread `number` of `threads` runs, and moves it if one before it
   runs there as well while there are CPUs with none. Where others keep all CPUs
   busy, the system leaves two threads on one for long. */
static void spreadOut(unsigned number, unsigned threads) {
#ifdef __linux__
  int cpu = sched_getcpu();
  /* Written seldom, so that all have it in their caches. */
  if (atomic_load_explicit(&pool.cpus[number], memory_order_relaxed) != cpu)
    atomic_store_explicit(&pool.cpus[number], cpu, memory_order_relaxed);
  bool alone = true;
  for (unsigned i = 0; i < number; ++i)
    alone &= atomic_load_explicit(&pool.cpus[i], memory_order_relaxed) != cpu;
  cpu_set_t allowed;
  if (alone || sched_getaffinity(0, sizeof allowed, &allowed) != 0)
    return;
  cpu_set_t others = allowed;
  for (unsigned i = 0; i < threads; ++i) {
    int taken = atomic_load_explicit(&pool.cpus[i], memory_order_relaxed);
    if (taken >= 0 && taken < CPU_SETSIZE)
      CPU_CLR(taken, &others);
  }
  /* It may go back again: this is not for ever. */
  if (CPU_COUNT(&others) > 0 &&
      sched_setaffinity(0, sizeof others, &others) == 0) {
    sched_setaffinity(0, sizeof allowed, &allowed);
    atomic_store_explicit(&pool.cpus[number], sched_getcpu(),
                          memory_order_relaxed);
  }
#else
  (void)number, (void)threads;
#endif
}

/* Runs a region as a thread of `as`. */
static void runCall(const Call *call, Team as) {
  Team outer = team;
  int32_t thread = as.number;
  void *const *arguments = call->arguments;
  team = as;
  call->region(&thread, &thread, arguments[0], arguments[1], arguments[2],
               arguments[3]);
  team = outer;
}

static void *work(void *argument) {
  Worker *worker = argument;
  unsigned threads = 1 + worker->number; /* of the last region */
  for (unsigned regions = 1;; ++regions) {
    awaitSignal(&worker->start, regions, spinTime(threads));
    if (worker->ends)
      return NULL;
    threads = worker->threads;
    spreadOut(worker->number, threads);
    runCall(&worker->call, (Team){threads, (int32_t)worker->number});
    setSignal(&worker->end, regions);
  }
}

/* In a child process there is no thread but the one that forked. */
static void forgetThreads(void) {
  static const Signal initial = SIGNAL_INITIALIZER;
  pool.numWorkers = 0; /* Their memory is lost. */
  pool.barrier = initial;
  atomic_store(&pool.waiting, 0);
  atomic_flag_clear(&pool.isTaken);
}

static void handleFork(void) { pthread_atfork(NULL, NULL, forgetThreads); }

static bool startWorker(Worker *worker) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0)
    return false;
  size_t stack = 0;
  pthread_attr_getstacksize(&attributes, &stack);
  if (stack < kMinStackBytes)
    pthread_attr_setstacksize(&attributes, kMinStackBytes);
  /* Signals are for the program's own threads. */
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  bool started =
      pthread_create(&worker->thread, &attributes, work, worker) == 0;
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
  pthread_attr_destroy(&attributes);
  return started;
}

/* Sees to it that there are `wanted` workers. Returns how many there are, at
   most `wanted`: fewer where the system gives no more. */
static unsigned growPool(unsigned wanted) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, handleFork);
  static const Signal initial = SIGNAL_INITIALIZER;
  while (pool.numWorkers < wanted) {
    Worker *worker = aligned_alloc(kCacheLine, sizeof(Worker));
    if (!worker)
      return pool.numWorkers;
    worker->start = worker->end = initial;
    worker->number = pool.numWorkers + 1;
    worker->ends = false;
    if (!startWorker(worker)) {
      free(worker);
      return pool.numWorkers;
    }
    pool.workers[pool.numWorkers++] = worker;
  }
  return wanted;
}

/* When the program ends, or the library is unloaded that this is a part of.
   What comes later runs in its caller's thread: the pool stays taken. */
__attribute__((destructor)) static void endThreads(void) {
  if (atomic_flag_test_and_set(&pool.isTaken))
    return; /* A thread that outlives main() is in a region. */
  for (unsigned i = 0; i < pool.numWorkers; ++i) {
    Worker *worker = pool.workers[i];
    worker->ends = true;
    setSignal(&worker->start, atomic_load(&worker->start.value) + 1);
    pthread_join(worker->thread, NULL);
    free(worker);
  }
  pool.numWorkers = 0;
}

/*===----------------------------------------------------------------------===*/
/* What compiled code calls                                                   */
/*===----------------------------------------------------------------------===*/

/* Their first argument, the place in the source, says nothing here. */

void __kmpc_fork_call(void *place, int32_t numArguments, Region region, ...);
void __kmpc_push_num_threads(void *place, int32_t thread, int32_t threads);
int32_t __kmpc_global_thread_num(void *place);
int32_t __kmpc_bound_num_threads(void *place);
void __kmpc_barrier(void *place, int32_t thread);

/* What the next region of this thread asked for; 0: nothing. */
static _Thread_local unsigned pushedThreads;

/* The next region of the calling thread has so many threads. */
void __kmpc_push_num_threads(void *place, int32_t thread, int32_t threads) {
  (void)place, (void)thread;
  pushedThreads = clampThreads(threads);
}

/* The number of the calling thread. */
int32_t __kmpc_global_thread_num(void *place) {
  (void)place;
  return team.number;
}

/* How many threads run the region that the calling thread is in. */
int32_t __kmpc_bound_num_threads(void *place) {
  (void)place;
  return team.threads ? (int32_t)team.threads : 1;
}

/* Returns once all threads of the region have come here. */
void __kmpc_barrier(void *place, int32_t thread) {
  (void)place, (void)thread;
  if (!team.threads)
    return;
  unsigned next = atomic_load(&pool.barrier.value) + 1;
  if (atomic_fetch_add(&pool.waiting, 1) + 1 < team.threads) {
    awaitSignal(&pool.barrier, next, spinTime(team.threads));
  } else {
    atomic_store(&pool.waiting, 0);
    setSignal(&pool.barrier, next);
  }
}

/* Runs `region` in threads, and returns when all are through. */
void __kmpc_fork_call(void *place, int32_t numArguments, Region region, ...) {
  (void)place;
  if (numArguments > kMaxArguments) {
    fprintf(stderr,
            "bitserial's threads: a region has %d arguments, more than %d; "
            "link LLVM's OpenMP runtime (libomp) instead\n",
            numArguments, kMaxArguments);
    abort();
  }
  Call call = {.region = region};
  va_list arguments;
  va_start(arguments, region);
  for (int32_t i = 0; i < numArguments; ++i)
    call.arguments[i] = va_arg(arguments, void *);
  va_end(arguments);

  unsigned threads =
      pushedThreads ? pushedThreads : bitserial_get_max_threads();
  pushedThreads = 0;
  if (threads == 1 || team.threads || atomic_flag_test_and_set(&pool.isTaken)) {
    runCall(&call, (Team){0, 0});
    return;
  }
  threads = 1 + growPool(threads - 1);
  spreadOut(0, threads);
  for (unsigned i = 0; i + 1 < threads; ++i) {
    Worker *worker = pool.workers[i];
    worker->call = call;
    worker->threads = threads;
    setSignal(&worker->start, atomic_load(&worker->start.value) + 1);
  }
  runCall(&call, (Team){threads, 0});
  for (unsigned i = 0; i + 1 < threads; ++i) {
    Worker *worker = pool.workers[i];
    awaitSignal(&worker->end, atomic_load(&worker->start.value),
                spinTime(threads));
  }
  atomic_flag_clear(&pool.isTaken);
}
