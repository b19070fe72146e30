# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the instructions of the micro-kernels in an assembly file.

A kernel loop is an innermost loop with at least --min-counts instructions that
match --count. In each of them

    --each REGEX=N    stands N times per count (N may be a fraction), exactly;
    --rest N          is the most that other instructions may add per count;
    --stack N         is the most stack accesses per count (0 unless told);
    --vectors REGEX   matches each operand that is a vector register;

and no address is loaded from twice. --nowhere REGEX must not match an
instruction anywhere in the file; without --count that is all. Regular
expressions match whole mnemonics. Prints one line per kernel loop; problems go
to stderr and fail.
"""

import argparse
import collections
import re
import sys

# Vector registers of x86 and ARM, without those that hold masks or scalars.
X86_REGISTER = re.compile(r"%[xyz]mm\d+")
ARM_REGISTER = re.compile(r"\b[vqd]\d+\b")
STACK = re.compile(r"%[er]sp\b|\bsp\b")
MEMORY = re.compile(r"[-\w.]*\([^)]*\)|\[[^\]]+\]")


def parse(text):
    """The instructions of a file, and for each label the index it stands at."""
    instructions, labels = [], {}
    for line in text.splitlines():
        line = re.sub(r"(^|\s)(#[^\d-].*|//.*|@.*)$", "", line).strip()
        label = re.match(r"([.\w$]+):", line)
        if label:
            labels[label.group(1)] = len(instructions)
        elif line and not line.startswith("."):
            instructions.append(re.sub(r"\s+", " ", line))
    return instructions, labels


def mnemonic(instruction):
    return instruction.split()[0]


def innermost_loops(instructions, labels):
    """(first, last) of each loop that contains no other one."""
    loops = []
    for i, instruction in enumerate(instructions):
        words = re.split(r"[\s,]+", instruction)
        target = labels.get(words[-1])
        if re.match(r"j|b|cb|tb", words[0]) and target is not None and target <= i:
            loops.append((target, i))
    return [
        (first, last)
        for first, last in set(loops)
        if not any(
            (a, b) != (first, last) and first <= a and b <= last for a, b in loops
        )
    ]


def changed_registers(instruction):
    """The scalar registers that an instruction may change."""
    if "%" in instruction:  # x86: the last operand
        return re.findall(r"(%r\w+)$", instruction)
    # ARM: the first operand, and addresses that are incremented.
    first = re.findall(r"^[\w.]+ (\w+)", instruction)
    return first + re.findall(r"\[(\w+)[^]]*\](?:!|,)", instruction)


def repeated_loads(body):
    """Memory operands that are read twice and cannot have changed between."""
    seen = set()
    for instruction in body:
        memory = MEMORY.search(instruction)
        if memory and not STACK.search(memory.group()):
            if memory.group() in seen:
                yield memory.group()
            seen.add(memory.group())
        for register in changed_registers(instruction):
            name = re.escape(register) + r"\b"
            seen = {address for address in seen if not re.search(name, address)}


def check(body, options):
    counts = collections.Counter(map(mnemonic, body))

    def matching(regex):
        return sum(n for name, n in counts.items() if re.fullmatch(regex, name))

    total = matching(options.count)
    accounted = total
    problems = []
    for each in options.each:
        regex, _, expected = each.rpartition("=")
        found = matching(regex)
        accounted += found
        if found != float(expected) * total:
            problems.append(f"{regex}: {found} for {total} counts, not {expected} each")
    rest = len(body) - accounted
    if rest > options.rest * total:
        problems.append(f"{rest} other instructions for {total} counts")
    stack = sum(bool(STACK.search(i)) for i in body)
    if stack > options.stack * total:
        problems.append(f"{stack} stack accesses for {total} counts")
    for i in body:
        # Zeroing the lower part zeroes the whole register.
        if re.match(r"vpxor (%xmm\d+), \1, \1$", i):
            continue
        for register in X86_REGISTER.findall(i) + ARM_REGISTER.findall(i):
            if not re.fullmatch(options.vectors, register):
                problems.append(f"register {register} in '{i}'")
    problems += [f"{address} is loaded twice" for address in repeated_loads(body)]
    print(f"kernel loop: {len(body)} instructions, {total} counts, {stack} on stack")
    if problems:
        problems += ["in the loop"] + [f"  {i}" for i in body]
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=argparse.FileType(), default=sys.stdin)
    parser.add_argument("--count")
    parser.add_argument("--min-counts", type=int, default=4)
    parser.add_argument("--each", action="append", default=[])
    parser.add_argument("--rest", type=float, default=0)
    parser.add_argument("--stack", type=float, default=0)
    parser.add_argument("--vectors", default=".*")
    parser.add_argument("--nowhere", action="append", default=[])
    options = parser.parse_args()

    instructions, labels = parse(options.file.read())
    problems = [
        f"'{i}' somewhere"
        for i in instructions
        if any(re.fullmatch(regex, mnemonic(i)) for regex in options.nowhere)
    ]
    kernels = 0
    for first, last in sorted(innermost_loops(instructions, labels)):
        body = instructions[first : last + 1]
        matches = [i for i in body if options.count and re.fullmatch(options.count, mnemonic(i))]
        if len(matches) >= options.min_counts:
            kernels += 1
            problems += check(body, options)
    if options.count and not kernels:
        problems.append("no kernel loop")
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
