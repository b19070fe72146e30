/* Part of the bitserial project, under the Apache License v2.0 with LLVM
 * Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Classifies images of 8x8 bytes, 0 to 16, read from a file or standard input,
 * and prints a digit for each. All memory is static: the network works in an
 * arena whose size the header names.
 *
 *   digits < images.bin
 */

#include "digits.h"

#include <stdio.h>

static int8_t image[8 * 8];
static int32_t logits[10];
static _Alignas(64) unsigned char arena[DIGITS_MAIN_ARENA_BYTES];

int main(void) {
  while (fread(image, 1, sizeof image, stdin) == sizeof image) {
    int best = 0;
    digits_main_in_arena(image, logits, arena);
    for (int i = 1; i < 10; ++i)
      if (logits[i] > logits[best])
        best = i;
    printf("%d\n", best);
  }
  return 0;
}
