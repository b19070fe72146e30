#!/usr/bin/env bash
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs what bitserial needs to build and test on Debian 12: packages through
# apt (as root or with sudo), Python packages in .venv. What is there already is
# left alone, so that running it again takes a moment.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<TEXT
usage: scripts/install-deps.sh [--check]

  --check   only print what is missing; exit code 1 if anything is
TEXT
}

check_only=no
case "${1-}" in
"") ;;
--check) check_only=yes ;;
-h | --help) usage && exit 0 ;;
*) usage >&2 && exit 2 ;;
esac

packages=(
  # to build
  clang-22 lld-22 llvm-22-dev llvm-22-tools libmlir-22-dev mlir-22-tools
  libz3-dev ccache cmake git make ninja-build python3-dev python3-venv
  # to test: other architectures, unit tests, sanitizers, style
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross
  gcc-arm-linux-gnueabihf libc6-dev-armhf-cross qemu-user
  libgtest-dev libclang-rt-22-dev clang-format-22 clang-tidy-22 cvc5 z3
  # to compare with
  libbenchmark-dev libdnnl-dev libomp-22-dev
)
venv=.venv
# The system's own Python: `python3` on PATH may be one without headers.
python=/usr/bin/python3

fail() {
  echo "install-deps: $*" >&2
  exit 1
}

missing_packages() {
  local status
  status=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' \
    "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qx "$package installed" <<<"$status" || echo "$package"
  done
}

# Done when the environment was made from these requirements by this Python.
venv_stamp() { cat requirements-dev.txt && readlink -f "$python"; }
venv_ready() {
  [[ -x $venv/bin/python ]] && "$venv/bin/python" -c '' 2>/dev/null &&
    venv_stamp | cmp -s - "$venv/requirements.stamp"
}

command -v dpkg-query >/dev/null ||
  fail "this script knows Debian's packages only; needed are: ${packages[*]}"
mapfile -t missing < <(missing_packages)

if [[ $check_only == yes ]]; then
  status=0
  if ((${#missing[@]})); then
    echo "missing packages: ${missing[*]}"
    status=1
  fi
  if ! venv_ready; then
    echo "missing: $venv with the packages of requirements-dev.txt"
    status=1
  fi
  exit $status
fi

if ((${#missing[@]})); then
  echo "installing ${missing[*]}"
  root=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null ||
      fail "not root and no sudo; as root: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
    -o DPkg::Lock::Timeout=300
    -o Dpkg::Use-Pty=0)
  "${apt[@]}" update || fail "apt-get update failed"
  for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 ||
      fail "apt has no package $package (Debian 12 has all of them, with its" \
        "security updates enabled)"
  done
  "${apt[@]}" install --no-install-recommends -y "${missing[@]}" >/dev/null ||
    fail "apt-get install ${missing[*]} failed"
fi

if ! venv_ready; then
  echo "making $venv"
  # Only the stamp is removed: a running program may use the environment.
  rm -f "$venv/requirements.stamp"
  "$venv/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    -r requirements-dev.txt || fail "pip install -r requirements-dev.txt failed"
  venv_stamp >"$venv/requirements.stamp"
fi
