/* Part of the bitserial project, under the Apache License v2.0 with LLVM
   Exceptions. See LICENSE for license information.
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* Calls thread_regions.mlir. Prints what is wrong, or "passed". */

#include "check.h"
#include "regions.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { kSize = 64 };

static int64_t how[2], in[kSize], a[kSize], b[kSize], c[kSize], d[kSize];

static void clear(void) {
  for (int i = 0; i < kSize; ++i)
    a[i] = b[i] = c[i] = d[i] = -1;
}

int main(void) {
  for (int count = 0; count <= kSize; ++count) {
    how[0] = count;
    how[1] = 3 * count;
    for (int i = 0; i < kSize; ++i)
      in[i] = 7 * i + count;

    clear();
    nothing();
    remembered(a);
    for (int i = 0; i < kSize; ++i)
      CHECK(a[i] == i);
    clear();
    numbers(how, a);
    for (int i = 0; i < kSize; ++i)
      CHECK(a[i] == (i < count ? how[1] : -1));
    clear();
    two_and_one_within(how, a, b);
    for (int i = 0; i < kSize; ++i)
      CHECK(a[i] == i && b[i] == 2 * how[1]);
    clear();
    four(in, a, b, c);
    for (int i = 0; i < kSize; ++i)
      CHECK(a[i] == in[i] && b[i] == in[i] && c[i] == in[i]);
    clear();
    five(in, a, b, c, d);
    for (int i = 0; i < kSize; ++i)
      CHECK(a[i] == in[i] && b[i] == in[i] && c[i] == in[i] && d[i] == in[i]);
  }
  puts("passed");
  return 0;
}
