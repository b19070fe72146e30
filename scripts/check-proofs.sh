#!/usr/bin/env bash
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Re-checks proofs of kernels: asks z3 and cvc5 about every obligation that is
# written in a folder (--bitserial-synthesize=proofs=DIR, bitserial-synth
# prove), and compares files with the hashes of the manifests beside them.
set -euo pipefail

usage() {
  cat <<TEXT
usage: scripts/check-proofs.sh DIR [SECONDS]

  DIR      a folder with manifest.json, or folders of such
  SECONDS  the time limit for one obligation and solver, default 30

Exit code 0 if both solvers find every obligation unsatisfiable and files are
those of the manifests, 1 if not, 2 if nothing can be checked.
TEXT
}

fail() {
  echo "check-proofs: $*" >&2
  exit 2
}

[[ ${1-} == -h || ${1-} == --help ]] && usage && exit 0
[[ $# == 1 || $# == 2 ]] || { usage >&2 && exit 2; }
folder=${1%/}
limit=${2-30}
[[ -d $folder ]] || fail "$folder is no folder"
[[ $limit =~ ^[1-9][0-9]*$ ]] || fail "the time limit $limit is no number"
for tool in z3 cvc5 python3; do
  command -v "$tool" >/dev/null ||
    fail "$tool is missing (scripts/install-deps.sh installs it)"
done
semantics=$(dirname "${BASH_SOURCE[0]}")/../lib/Target/ISA
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Manifests against files. Prints a line for each problem.
python3 - "$folder" "$semantics" >"$work/problems" <<'PYTHON'
import hashlib, json, pathlib, sys

folder, semantics = map(pathlib.Path, sys.argv[1:])
manifests = sorted(folder.rglob("manifest.json"))
if not manifests:
    print(f"{folder}: no manifest.json")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


for path in manifests:
    here = path.parent
    try:
        manifest = json.loads(path.read_text())
        listed = {entry["file"]: entry for entry in manifest["obligations"]}
        if not listed:
            print(f"{path}: lists no obligations")
        if len(listed) != len(manifest["obligations"]):
            print(f"{path}: lists a file twice")
        if manifest["verdict"] != "proved":
            print(f"{path}: the verdict is {manifest['verdict']}")
        present = {file.name for file in here.glob("*.smt2")}
        for name in sorted(present - listed.keys()):
            print(f"{here / name}: is not in the manifest")
        for name, entry in sorted(listed.items()):
            if name not in present:
                print(f"{here / name}: is missing")
            elif digest(here / name) != entry["sha256"]:
                print(f"{here / name}: is not what was proved (hash)")
            if entry["verdict"] != "proved":
                print(f"{here / name}: the verdict is {entry['verdict']}")
        if digest(here / manifest["kernel"]) != manifest["kernelSha256"]:
            print(f"{here / manifest['kernel']}: is not what was proved (hash)")
        text = manifest["specification"].encode()
        if hashlib.sha256(text).hexdigest() != manifest["specificationSha256"]:
            print(f"{path}: another specification than was proved (hash)")
        for entry in manifest["semantics"]:
            file = semantics / entry["file"]
            if semantics.is_dir() and (
                not file.is_file() or digest(file) != entry["sha256"]
            ):
                print(f"{path}: {entry['file']} has other semantics now (hash)")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{path}: {error!r}")

for path in folder.rglob("*.smt2"):
    if not (path.parent / "manifest.json").is_file():
        print(f"{path}: has no manifest.json beside it")
PYTHON

# Every obligation and solver: "answer<TAB>solver<TAB>file", in parallel.
export limit
# shellcheck disable=SC2016
ask='
  file=$1
  for solver in z3 cvc5; do
    # Lazy bit-blasting, the default, takes a thousand times as long on some.
    option=
    if [ $solver = cvc5 ] && grep -q "(set-logic QF_BV)" "$file"; then
      option=--bitblast=eager
    fi
    answer=$(timeout "$limit" $solver $option "$file" 2>&1 | head -n 1) || true
    printf "%s\t%s\t%s\n" "${answer:-timeout}" "$solver" "$file"
  done'
find -H "$folder" -name '*.smt2' -print0 | sort -z |
  xargs -0 -r -n 1 -P "$(nproc)" sh -c "$ask" check |
  LC_ALL=C sort -t $'\t' -k 3,3 -k 2,2 >"$work/answers"

# The table: kernels and how many obligations each solver confirms.
status=0
printf '%-48s %12s %8s %8s\n' proof obligations z3 cvc5
while IFS= read -r here; do
  count() { # answer, solver
    awk -F '\t' -v here="$here" -v answer="$1" -v solver="$2" '
      { folder = $3; sub("/[^/]*$", "", folder) }
      folder == here && $1 == answer && $2 == solver { ++count }
      END { print count + 0 }' "$work/answers"
  }
  total=$(find "$here" -maxdepth 1 -name '*.smt2' | wc -l)
  printf '%-48s %12d %8d %8d\n' "${here#"$folder"/}" "$total" \
    "$(count unsat z3)" "$(count unsat cvc5)"
done < <(find -H "$folder" -name manifest.json -exec dirname {} \; | sort)

if grep -v $'^unsat\t' "$work/answers" >"$work/refused"; then
  status=1
  while IFS=$'\t' read -r answer solver file; do
    echo "$file: $solver answers $answer" >&2
  done <"$work/refused"
fi
if [[ -s $work/problems ]]; then
  status=1
  cat "$work/problems" >&2
fi
[[ -s $work/answers ]] || status=1
[[ $status == 0 ]] && echo "all obligations hold"
exit $status
