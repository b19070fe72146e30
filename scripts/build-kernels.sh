#!/usr/bin/env bash
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Makes the library of kernels, lib/Kernels, by searches. What is up to date is
# left alone, so that a run that was interrupted goes on. Options are those of
# `bitserial-synth build-library`: --target=haswell,... --name=a2w1-o64,...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tool=${BUILD:-build}/bin/bitserial-synth
[[ -x $tool ]] || {
  echo "build-kernels: $tool is missing; run make build" >&2
  exit 2
}
# A copy: a build meanwhile would replace the program.
copy=$(mktemp)
trap 'rm -f "$copy"' EXIT
cp "$tool" "$copy"
chmod +x "$copy"
"$copy" build-library --output=lib/Kernels "$@"
