//===- KernelBuilder.cpp - From a plan to a kernel ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelBuilder.h"

#include "Reduction.h"
#include "VectorEmitter.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinAttributes.h"

#include <map>
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;
using Plan = AccumulationPlan;

namespace {

/// A count, or a word to count, and what it is multiplied by.
struct Weighted {
  int64_t coefficient; ///< Signed.
  Value value;
  uint64_t bound = 0; ///< Of the lanes of a count.
};

/// A function {0, 1} -> bits, as factors that are to be ANDed.
using Product = SmallVector<Value, 3>;

class KernelBuilder {
public:
  KernelBuilder(SketchContext &sketch, const KernelSpec &spec, const Plan &plan)
      : sketch(sketch), roles(sketch.roles), spec(spec), plan(plan),
        b(sketch.context), loc(UnknownLoc::get(sketch.context)),
        e(b, loc, sketch.target.vectorBits()) {}

  OwningOpRef<ModuleOp> build();

private:
  /// A component of the state. What several passes need alike is one.
  struct Slot {
    StateKind kind;
    VectorType type;
    /// What one unit stands for; the sign is that of a counter.
    int64_t unit;
    unsigned bit; ///< Number of the carry-save bits.
  };
  unsigned getSlot(StateKind kind, VectorType type, int64_t unit,
                   unsigned bit = 0);

  //===--- What follows from the plan -------------------------------------===//

  /// Levels of the carry-save adders of terms with this coefficient, and the
  /// odd part and sign that tells its adders from others.
  int64_t heapOf(int64_t coefficient) const {
    return plan.depth ? coefficient >> llvm::countr_zero<uint64_t>(coefficient)
                      : coefficient;
  }
  bool useCounters() const {
    return plan.accumulator == Plan::Accumulator::Byte ||
           plan.accumulator == Plan::Accumulator::Pair ||
           plan.accumulator == Plan::Accumulator::Wide;
  }
  VectorType counterType() const;
  VectorType sumType() const;
  unsigned countedLanes() const;
  uint64_t counterCapacity() const {
    return plan.accumulator == Plan::Accumulator::Byte ? 255 : 65535;
  }

  //===--- Functions ------------------------------------------------------===//

  LogicalResult buildPass(unsigned index);
  /// Builds the function; returns what it adds to a counter at most.
  FailureOr<uint64_t> buildStep(unsigned index, unsigned words);
  void buildFlush(unsigned index);
  void buildEnd(unsigned index);
  void buildFinish();
  func::FuncOp beginFunction(const Twine &name, unsigned states,
                             ArrayRef<Type> more);
  void endFunction(ArrayRef<Value> results);

  //===--- Parts of a step ------------------------------------------------===//

  SmallVector<unsigned> planesOf(unsigned pass) const;
  Value materialize(const Product &product);
  /// Adds bits into the carry-save state; returns the words to count.
  SmallVector<Weighted> addBits(SmallVector<std::pair<int64_t, Product>> bits);
  FailureOr<Value> countBytes(Value word, int64_t scale);
  FailureOr<SmallVector<Weighted>> lookUp(ArrayRef<WeightedTerm> terms,
                                          ArrayRef<Value> words,
                                          ArrayRef<unsigned> planes);
  LogicalResult
  buildTables(ArrayRef<std::pair<BitPolynomial::Monomial, int64_t>> entries,
              llvm::function_ref<Product(BitPolynomial::Monomial)> product,
              Value &low, Value &high, uint64_t &bound);
  bool hasByteShift() const { return sketch.target.arch() != Arch::X86_64; }
  Value highNibble(Value bytes) {
    if (hasByteShift())
      return e.shiftRight(bytes, 4);
    // With bits of the neighbour above.
    return e.cast(e.shiftRight(e.cast(bytes, 16), 4), 8);
  }
  /// Counts of a few coefficients as one for each sign, of coefficient one.
  FailureOr<SmallVector<Weighted>> applyWeights(ArrayRef<Weighted> counts,
                                                uint64_t limit);
  /// Counts the bytes of words. Those of one coefficient (of one sign, if
  /// coefficients are applied here) are added up as far as they fit.
  FailureOr<SmallVector<Weighted>> countWords(ArrayRef<Weighted> words,
                                              uint64_t limit);
  static void addTo(VectorEmitter &e, SmallVector<Weighted> &counts,
                    Weighted count, uint64_t limit);
  LogicalResult accumulate(ArrayRef<Weighted> counts);
  LogicalResult accumulateLanes(ArrayRef<Weighted> words);
  /// A counter, in lanes of the sums and units of one.
  Value widen(Value counter, uint64_t bound);

  SketchContext &sketch;
  const InstructionRoles &roles;
  const KernelSpec &spec;
  const Plan &plan;
  OpBuilder b;
  Location loc;
  VectorEmitter e;

  OwningOpRef<ModuleOp> module;
  SmallVector<Slot> slots;
  /// What is written into the attribute in the end.
  Kernel kernel;

  // While functions of a pass are built.
  SmallVector<Value> state;
  /// What a step adds to each slot at most.
  SmallVector<uint64_t> added;
  /// Slots of counters and bits that the pass uses.
  SmallVector<bool> usedSlots;
};

} // namespace

//===----------------------------------------------------------------------===//
// State
//===----------------------------------------------------------------------===//

unsigned KernelBuilder::getSlot(StateKind kind, VectorType type, int64_t unit,
                                unsigned bit) {
  unsigned index = 0;
  for (; index < slots.size(); ++index) {
    const Slot &slot = slots[index];
    if (slot.kind == kind && slot.type == type && slot.unit == unit &&
        slot.bit == bit)
      break;
  }
  if (index == slots.size())
    slots.push_back({kind, type, unit, bit});
  // The function at hand was begun without a slot that is new; build() starts
  // again with it.
  usedSlots.resize(slots.size(), false);
  added.resize(slots.size(), 0);
  while (state.size() < slots.size())
    state.push_back(e.zero(slots[state.size()].type));
  usedSlots[index] = true;
  return index;
}

unsigned KernelBuilder::countedLanes() const {
  if (!spec.lanesAreReduction)
    return spec.wordBits;
  for (unsigned width : {64, 32, 16, 8})
    if (sketch.target.hasVectorPopcount(width) && width >= 32)
      return width;
  return std::max(32u, spec.wordBits);
}

VectorType KernelBuilder::counterType() const {
  if (plan.accumulator == Plan::Accumulator::Byte)
    return e.lanes(8);
  if (plan.accumulator == Plan::Accumulator::Pair)
    return e.lanes(16);
  return e.lanes(8).clone(IntegerType::get(sketch.context, 16));
}

VectorType KernelBuilder::sumType() const {
  switch (plan.accumulator) {
  case Plan::Accumulator::Sum:
    return e.lanes(countedLanes());
  case Plan::Accumulator::DotProduct:
    return e.lanes(32);
  case Plan::Accumulator::Byte:
  case Plan::Accumulator::Pair:
  case Plan::Accumulator::Wide:
    break;
  }
  if (spec.lanesAreReduction)
    return plan.accumulator == Plan::Accumulator::Byte && roles.sumBytes
               ? e.lanes(64)
               : e.lanes(32);
  // A lane for each output, in several registers if these are narrow.
  return e.lanes(spec.wordBits)
      .clone(IntegerType::get(sketch.context, std::max(32u, spec.wordBits)));
}

Value KernelBuilder::widen(Value counter, uint64_t bound) {
  unsigned width = e.typeOf(counter).getElementTypeBitWidth();
  unsigned sumWidth = sumType().getElementTypeBitWidth();
  if (spec.lanesAreReduction || spec.wordBits >= 32)
    return addNeighbours(e, roles, counter, sumWidth, bound);
  if (width < spec.wordBits)
    counter = addNeighbours(e, roles, counter, spec.wordBits, bound);
  return e.extend(counter, sumWidth);
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

SmallVector<unsigned> KernelBuilder::planesOf(unsigned pass) const {
  BitPolynomial::Monomial all = 0;
  for (const WeightedTerm &term : plan.passes[pass])
    all |= term.planes;
  SmallVector<unsigned> planes;
  for (unsigned plane = 0; plane < 32; ++plane)
    if (all >> plane & 1)
      planes.push_back(plane);
  return planes;
}

Value KernelBuilder::materialize(const Product &product) {
  if (product.size() == 1)
    return product.front();
  const BitwiseSequence &both = sketch.bitwise.getAnd(product.size());
  for (const BitwiseSequence::Op &op : both.ops)
    e.use(*op.instruction.instruction);
  return both.emit(b, loc, product).front();
}

SmallVector<Weighted>
KernelBuilder::addBits(SmallVector<std::pair<int64_t, Product>> bits) {
  SmallVector<Weighted> words;
  if (!plan.depth) {
    for (auto &[coefficient, product] : bits)
      words.push_back({coefficient, materialize(product)});
    return words;
  }
  // A heap of bits for each odd factor, by levels of powers of two.
  std::map<int64_t, std::map<unsigned, SmallVector<Product>>> heaps;
  for (auto &[coefficient, product] : bits)
    heaps[heapOf(coefficient)][llvm::countr_zero<uint64_t>(coefficient)]
        .push_back(product);
  unsigned heapIndex = 0;
  for (auto &[odd, levels] : heaps) {
    for (unsigned level = 0; level < plan.depth; ++level) {
      SmallVector<Product> &column = levels[level];
      if (column.empty())
        continue;
      unsigned slot = getSlot(StateKind::Bits, e.lanes(spec.wordBits),
                              odd << level, heapIndex);
      // Two bits and the state make a sum, the new state, and a carry.
      for (size_t i = 0; i < column.size(); i += 2) {
        SmallVector<Product, 2> operands;
        for (size_t j = i; j < std::min(i + 2, column.size()); ++j)
          operands.push_back(column[j]);
        // The state comes last: sequences combine inputs in their order, and
        // the chain through the state is to be short.
        SmallVector<unsigned, 3> factors;
        for (const Product &operand : operands)
          factors.push_back(operand.size());
        factors.push_back(1);
        const BitwiseSequence *adder = sketch.bitwise.getAdder(factors);
        if (!adder) {
          for (Product &operand : operands)
            operand = {materialize(operand)};
          factors.assign(operands.size() + 1, 1);
          adder = sketch.bitwise.getAdder(factors);
        }
        SmallVector<Value> inputs;
        for (const Product &operand : operands)
          inputs.append(operand.begin(), operand.end());
        inputs.push_back(state[slot]);
        for (const BitwiseSequence::Op &op : adder->ops)
          e.use(*op.instruction.instruction);
        SmallVector<Value> results = adder->emit(b, loc, inputs);
        state[slot] = results[0];
        levels[level + 1].push_back({results[1]});
      }
    }
    for (auto &[level, column] : levels)
      if (level >= plan.depth)
        for (const Product &product : column)
          words.push_back({odd << level, materialize(product)});
    ++heapIndex;
  }
  return words;
}

FailureOr<Value> KernelBuilder::countBytes(Value word, int64_t scale) {
  Value bytes = e.cast(word, 8);
  if (roles.byteCount || !roles.lookup16) {
    if (scale != 1)
      return failure();
    return roles.byteCount ? e.emit(*roles.byteCount, {bytes})
                           : e.popcount(bytes);
  }
  std::optional<NibbleTables> tables = findNibbleTables(
      [&](unsigned byte) { return unsigned(scale * llvm::popcount(byte)); });
  if (!tables)
    return failure();
  auto table = [&](const std::array<uint8_t, 16> &entries) {
    SmallVector<int64_t> values;
    for (unsigned i = 0; i < e.vectorBits / 8; ++i)
      values.push_back(entries[i % 16]);
    return e.constant(e.lanes(8), values);
  };
  Value low = e.bitAnd(bytes, e.splat(e.lanes(8), tables->lowMask));
  // There is no shift of bytes on x86; the mask removes the neighbour's bits.
  Value high = e.cast(e.shiftRight(e.cast(bytes, 16), tables->shift), 8);
  high = e.bitAnd(high, e.splat(e.lanes(8), tables->highMask));
  return e.add(e.emit(*roles.lookup16, {table(tables->low), low}),
               e.emit(*roles.lookup16, {table(tables->high), high}));
}

void KernelBuilder::addTo(VectorEmitter &e, SmallVector<Weighted> &counts,
                          Weighted count, uint64_t limit) {
  for (Weighted &other : counts)
    if (other.coefficient == count.coefficient &&
        other.bound + count.bound <= limit) {
      other.value = e.add(other.value, count.value);
      other.bound += count.bound;
      return;
    }
  counts.push_back(count);
}

FailureOr<SmallVector<Weighted>>
KernelBuilder::countWords(ArrayRef<Weighted> words, uint64_t limit) {
  SmallVector<Weighted> counts;
  bool scaleByTable = !roles.byteCount && roles.lookup16;
  bool inStep = plan.weighting == Plan::Weighting::Step ||
                plan.weighting == Plan::Weighting::Multiply;
  if (!inStep || scaleByTable) {
    for (const Weighted &word : words) {
      int64_t magnitude = std::abs(word.coefficient);
      int64_t scale = inStep ? magnitude : 1;
      if (scale * 8 > int64_t(limit))
        return failure();
      FailureOr<Value> bytes = countBytes(word.value, scale);
      if (failed(bytes))
        return failure();
      addTo(e, counts, {word.coefficient / scale, *bytes, uint64_t(8 * scale)},
            limit);
    }
    return counts;
  }
  for (const Weighted &word : words) {
    FailureOr<Value> bytes = countBytes(word.value, 1);
    if (failed(bytes))
      return failure();
    counts.push_back({word.coefficient, *bytes, 8});
  }
  return applyWeights(counts, limit);
}

FailureOr<SmallVector<Weighted>>
KernelBuilder::applyWeights(ArrayRef<Weighted> weighted, uint64_t limit) {
  // Horner's rule: counts of the largest coefficient first.
  SmallVector<Weighted> counts;
  for (int sign : {1, -1}) {
    std::map<int64_t, SmallVector<Weighted>, std::greater<>> byMagnitude;
    for (const Weighted &count : weighted)
      if ((count.coefficient > 0) == (sign > 0))
        byMagnitude[std::abs(count.coefficient)].push_back(
            {sign, count.value, count.bound});
    std::optional<Weighted> total;
    int64_t unit = 0;
    bool multiplies = plan.weighting == Plan::Weighting::Multiply;
    auto scaleTo = [&](int64_t magnitude) {
      int64_t factor = unit / magnitude;
      if (unit % magnitude || total->bound * factor > limit)
        return failure();
      if (multiplies) {
        total->value = e.multiply(total->value, factor);
        total->bound *= factor;
        return success();
      }
      if (!llvm::isPowerOf2_64(factor))
        return failure();
      for (; factor > 1; factor /= 2, total->bound *= 2)
        total->value = e.add(total->value, total->value);
      return success();
    };
    for (auto &[magnitude, values] : byMagnitude) {
      // What follows is added to the product, by the same instruction.
      if (total && failed(scaleTo(magnitude)))
        return failure();
      unit = magnitude;
      for (const Weighted &count : values) {
        if (!total) {
          total = count;
          continue;
        }
        total->value = e.add(total->value, count.value);
        total->bound += count.bound;
        if (total->bound > limit)
          return failure();
      }
    }
    if (!total)
      continue;
    // What is left would be a product that nothing is added to.
    if (multiplies)
      total->coefficient *= unit;
    else if (failed(scaleTo(1)))
      return failure();
    if (total->bound > limit)
      return failure();
    counts.push_back(*total);
  }
  return counts;
}

/// The tables of the bits of the lhs: entry i is the sum over the terms of
/// coefficient * (ones of the AND of its planes and i).
FailureOr<SmallVector<Weighted>>
KernelBuilder::lookUp(ArrayRef<WeightedTerm> terms, ArrayRef<Value> words,
                      ArrayRef<unsigned> planes) {
  unsigned firstWeight = 0;
  for (unsigned count : ArrayRef(spec.numPlanes).drop_back())
    firstWeight += count;
  BitPolynomial::Monomial lhs = (1u << firstWeight) - 1;
  auto product = [&](BitPolynomial::Monomial monomial) {
    Product factors;
    for (auto [i, plane] : llvm::enumerate(planes))
      if (monomial >> plane & 1)
        factors.push_back(words[i]);
    return factors;
  };
  // What the lhs contributes to each set of planes of the weights; sets that
  // differ by a factor share their tables.
  using Entries = SmallVector<std::pair<BitPolynomial::Monomial, int64_t>, 4>;
  std::map<BitPolynomial::Monomial, Entries> entriesOf;
  for (const WeightedTerm &term : terms) {
    if (!(term.planes & lhs) || !(term.planes & ~lhs))
      return failure();
    entriesOf[term.planes & ~lhs].push_back(
        {term.planes & lhs, term.coefficient});
  }
  struct Tables {
    Value low, high;
    uint64_t bound;
  };
  std::map<Entries, Tables> tables;
  SmallVector<Weighted> counts;
  for (auto &[weights, contribution] : entriesOf) {
    // Both signs of an entry are two lookups.
    for (int sign : {1, -1}) {
      Entries wanted;
      int64_t factor = 0;
      for (auto [planes, coefficient] : contribution)
        if ((coefficient > 0) == (sign > 0)) {
          wanted.push_back({planes, std::abs(coefficient)});
          factor = std::gcd(factor, std::abs(coefficient));
        }
      if (wanted.empty())
        continue;
      for (auto &[planes, coefficient] : wanted)
        coefficient /= factor;
      llvm::sort(wanted, [](auto &x, auto &y) {
        return std::make_pair(-x.second, x.first) <
               std::make_pair(-y.second, y.first);
      });
      auto [it, isNew] = tables.try_emplace(wanted);
      Tables &table = it->second;
      if (isNew && failed(buildTables(wanted, product, table.low, table.high,
                                      table.bound)))
        return failure();
      Value index = e.cast(materialize(product(weights)), 8);
      Value mask = e.splat(e.lanes(8), 15);
      Value lowIndex = e.bitAnd(index, mask), highIndex = highNibble(index);
      if (!hasByteShift())
        highIndex = e.bitAnd(highIndex, mask);
      counts.push_back({sign * factor,
                        e.add(e.emit(*roles.lookup16, {table.low, lowIndex}),
                              e.emit(*roles.lookup16, {table.high, highIndex})),
                        table.bound});
    }
  }
  return counts;
}

/// The tables of a sum of coefficient * (ones of the AND of some planes), the
/// largest coefficient first, for the low and the high nibbles.
LogicalResult KernelBuilder::buildTables(
    ArrayRef<std::pair<BitPolynomial::Monomial, int64_t>> entries,
    llvm::function_ref<Product(BitPolynomial::Monomial)> product, Value &low,
    Value &high, uint64_t &bound) {
  auto indices = [&](unsigned shift) {
    SmallVector<int64_t> values;
    for (unsigned i = 0; i < e.vectorBits / 8; ++i)
      values.push_back((i % 16) << shift);
    return e.constant(e.lanes(8), values);
  };
  int64_t unit = 0;
  bound = 0;
  auto scaleTo = [&](int64_t magnitude) {
    if (unit % magnitude || !llvm::isPowerOf2_64(unit / magnitude))
      return failure();
    for (int64_t factor = unit / magnitude; factor > 1; factor /= 2) {
      low = e.add(low, low);
      high = e.add(high, high);
    }
    return success();
  };
  for (auto [planes, magnitude] : entries) {
    Value bits = e.cast(materialize(product(planes)), 8);
    Value lowCount, highCount;
    if (roles.byteCount) {
      lowCount = e.emit(*roles.byteCount, {e.bitAnd(bits, indices(0))});
      highCount = e.emit(*roles.byteCount, {e.bitAnd(bits, indices(4))});
      if (low && failed(scaleTo(magnitude)))
        return failure();
    } else {
      // Scaled by the table that counts.
      SmallVector<int64_t> scaled;
      for (unsigned i = 0; i < e.vectorBits / 8; ++i)
        scaled.push_back(magnitude * llvm::popcount(i % 16));
      Value ones = e.constant(e.lanes(8), scaled);
      lowCount = e.emit(*roles.lookup16, {ones, e.bitAnd(bits, indices(0))});
      highCount = e.emit(*roles.lookup16,
                         {ones, e.bitAnd(highNibble(bits), indices(0))});
    }
    unit = magnitude;
    bound += 8 * magnitude;
    low = low ? e.add(low, lowCount) : lowCount;
    high = high ? e.add(high, highCount) : highCount;
  }
  if (bound > 255 || (roles.byteCount && failed(scaleTo(1))))
    return failure();
  return success();
}

LogicalResult KernelBuilder::accumulateLanes(ArrayRef<Weighted> words) {
  // Counts of one coefficient are added up before they meet the sum, which
  // keeps the chain through it short.
  SmallVector<Weighted> counts;
  for (const Weighted &word : words)
    addTo(e, counts,
          {word.coefficient, e.popcount(e.cast(word.value, countedLanes())), 0},
          ~uint64_t(0));
  for (const Weighted &count : counts) {
    int64_t magnitude = std::abs(count.coefficient);
    bool inStep = plan.weighting == Plan::Weighting::Step;
    unsigned slot = getSlot(StateKind::Sum, sumType(), inStep ? 1 : magnitude);
    Value value = inStep ? e.scale(count.value, magnitude) : count.value;
    state[slot] = count.coefficient < 0 ? e.sub(state[slot], value)
                                        : e.add(state[slot], value);
  }
  return success();
}

LogicalResult KernelBuilder::accumulate(ArrayRef<Weighted> counts) {
  for (const Weighted &count : counts) {
    if (plan.accumulator == Plan::Accumulator::DotProduct) {
      unsigned slot = getSlot(StateKind::Sum, sumType(), 1);
      const Instruction *dot = count.coefficient < 0 ? roles.dotSigned
                               : roles.dotUnsigned   ? roles.dotUnsigned
                                                     : roles.dotSigned;
      if (!dot || std::abs(count.coefficient) > 127 || count.bound > 127)
        return failure();
      state[slot] = e.emit(*dot, {state[slot], count.value,
                                  e.splat(e.lanes(8), count.coefficient)});
      continue;
    }
    unsigned slot =
        getSlot(StateKind::Counter, counterType(), count.coefficient);
    Value &counter = state[slot];
    switch (plan.accumulator) {
    case Plan::Accumulator::Byte:
      counter = e.add(counter, count.value);
      added[slot] += count.bound;
      break;
    case Plan::Accumulator::Pair:
      if (roles.accumulatePairs[0])
        counter = e.emit(*roles.accumulatePairs[0], {counter, count.value});
      else
        counter = e.add(counter,
                        addNeighbours(e, roles, count.value, 16, count.bound));
      added[slot] += 2 * count.bound;
      break;
    default:
      counter = e.add(counter, e.extend(count.value, 16));
      added[slot] += count.bound;
      break;
    }
  }
  return success();
}

FailureOr<uint64_t> KernelBuilder::buildStep(unsigned index, unsigned words) {
  SmallVector<unsigned> planes = planesOf(index);
  VectorType word = e.lanes(spec.wordBits);
  unsigned numStates = slots.size();
  func::FuncOp function =
      beginFunction("step_" + Twine(index) + "_" + Twine(words), numStates,
                    SmallVector<Type>(words * planes.size(), word));
  added.assign(slots.size(), 0);
  auto arguments = function.getArguments().drop_front(numStates);
  SmallVector<std::pair<int64_t, Product>> bits;
  SmallVector<Weighted> counts;
  for (unsigned position = 0; position < words; ++position) {
    SmallVector<Value> values(
        arguments.slice(position * planes.size(), planes.size()));
    if (plan.counting == Plan::Counting::Table) {
      FailureOr<SmallVector<Weighted>> found =
          lookUp(plan.passes[index], values, planes);
      if (failed(found))
        return failure();
      counts.append(found->begin(), found->end());
      continue;
    }
    for (const WeightedTerm &term : plan.passes[index]) {
      Product product;
      for (auto [plane, value] : llvm::zip_equal(planes, values))
        if (term.planes >> plane & 1)
          product.push_back(value);
      bits.push_back({term.coefficient, product});
    }
  }
  SmallVector<Weighted> toCount = addBits(std::move(bits));
  if (plan.counting == Plan::Counting::Lanes) {
    if (failed(accumulateLanes(toCount)))
      return failure();
  } else {
    if (plan.counting == Plan::Counting::Bytes) {
      FailureOr<SmallVector<Weighted>> found = countWords(
          toCount,
          plan.accumulator == Plan::Accumulator::DotProduct ? 127 : 255);
      if (failed(found))
        return failure();
      counts = std::move(*found);
    } else if (plan.weighting == Plan::Weighting::Step) {
      FailureOr<SmallVector<Weighted>> found = applyWeights(counts, 255);
      if (failed(found))
        return failure();
      counts = std::move(*found);
    } else {
      SmallVector<Weighted> sums;
      for (const Weighted &count : counts)
        addTo(e, sums, count, 255);
      counts = std::move(sums);
    }
    if (failed(accumulate(counts)))
      return failure();
  }
  endFunction(state);
  uint64_t cost = *llvm::max_element(added);
  if (cost > counterCapacity())
    return failure();
  return cost;
}

//===----------------------------------------------------------------------===//
// Flush, end, finish
//===----------------------------------------------------------------------===//

void KernelBuilder::buildFlush(unsigned index) {
  beginFunction("flush_" + Twine(index), slots.size(), {});
  unsigned sum = getSlot(StateKind::Sum, sumType(), 1);
  for (unsigned i = 0; i < slots.size(); ++i) {
    Slot slot = slots[i];
    if (slot.kind != StateKind::Counter)
      continue;
    // Those of other passes are zero here.
    Value counter = state[i];
    state[i] = e.zero(slot.type);
    if (!usedSlots[i])
      continue;
    Value wide =
        e.scale(widen(counter, counterCapacity()), std::abs(slot.unit));
    state[sum] =
        slot.unit < 0 ? e.sub(state[sum], wide) : e.add(state[sum], wide);
  }
  endFunction(state);
}

void KernelBuilder::buildEnd(unsigned index) {
  int64_t scale = plan.scaleAfterPass[index];
  bool hasBits = false;
  for (const Slot &slot : slots)
    hasBits |= slot.kind == StateKind::Bits;
  if (!useCounters() && !hasBits && scale == 1)
    return;

  beginFunction("end_" + Twine(index), slots.size(), {});
  unsigned numSlots = slots.size();
  unsigned sum = getSlot(StateKind::Sum, sumType(), 1);
  for (unsigned i = 0; i < numSlots; ++i) {
    Slot slot = slots[i];
    if (slot.kind == StateKind::Sum)
      continue;
    Value value = state[i];
    state[i] = e.zero(slot.type);
    if (!usedSlots[i])
      continue;
    if (slot.kind == StateKind::Counter) {
      value = widen(value, counterCapacity());
    } else if (plan.accumulator == Plan::Accumulator::Sum) {
      value = e.popcount(e.cast(value, countedLanes()));
    } else {
      // Counted as in a step, but always in units of the bits.
      value = *countBytes(value, 1);
      if (plan.accumulator == Plan::Accumulator::DotProduct)
        value = addNeighbours(e, roles, value, 32, 8);
      else
        value = widen(value, 8);
    }
    value = e.scale(value, std::abs(slot.unit));
    state[sum] =
        slot.unit < 0 ? e.sub(state[sum], value) : e.add(state[sum], value);
  }
  for (unsigned i = 0; i < numSlots; ++i)
    if (slots[i].kind == StateKind::Sum)
      state[i] = e.scale(state[i], scale);
  endFunction(state);
}

void KernelBuilder::buildFinish() {
  unsigned numSlots = slots.size();
  SmallVector<Type> stateTypes;
  for (const Slot &slot : slots)
    stateTypes.push_back(slot.type);
  SmallVector<Type> types;
  for (unsigned i = 1; i < plan.group; ++i)
    types.append(stateTypes);
  func::FuncOp function = beginFunction("finish", numSlots, types);
  SmallVector<Value> totals;
  for (unsigned i = 0; i < plan.group; ++i) {
    Value total;
    for (unsigned j = 0; j < numSlots; ++j) {
      if (slots[j].kind != StateKind::Sum)
        continue;
      Value sum =
          e.scale(function.getArgument(i * numSlots + j), slots[j].unit);
      total = total ? e.add(total, sum) : sum;
    }
    totals.push_back(total);
  }
  Value result = spec.lanesAreReduction ? reduceLanes(e, roles, totals)
                                        : e.truncate(totals.front(), 32);
  auto type = cast<VectorType>(result.getType());
  function.setType(b.getFunctionType(function.getArgumentTypes(), {type}));
  func::ReturnOp::create(b, loc, result);
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

func::FuncOp KernelBuilder::beginFunction(const Twine &name, unsigned states,
                                          ArrayRef<Type> more) {
  b.setInsertionPointToEnd(module->getBody());
  SmallVector<Type> inputs, results;
  for (const Slot &slot : ArrayRef(slots).take_front(states))
    results.push_back(slot.type);
  inputs.append(results);
  inputs.append(more.begin(), more.end());
  SmallString<32> storage;
  auto function = func::FuncOp::create(b, loc, name.toStringRef(storage),
                                       b.getFunctionType(inputs, results));
  b.setInsertionPointToStart(function.addEntryBlock());
  state.assign(function.getArguments().begin(),
               function.getArguments().begin() + states);
  return function;
}

void KernelBuilder::endFunction(ArrayRef<Value> results) {
  func::ReturnOp::create(b, loc, results);
}

LogicalResult KernelBuilder::buildPass(unsigned index) {
  usedSlots.assign(slots.size(), false);
  KernelPass &pass = kernel.passes.emplace_back();
  SmallVector<unsigned> planes = planesOf(index);
  pass.planes.assign(planes.begin(), planes.end());
  SmallVector<unsigned> counts = {plan.words};
  if (plan.words != 1)
    counts.push_back(1);
  for (unsigned words : counts) {
    FailureOr<uint64_t> cost = buildStep(index, words);
    if (failed(cost))
      return failure();
    pass.steps.push_back({words, unsigned(*cost), {}});
  }
  if (useCounters()) {
    pass.capacity = counterCapacity();
    buildFlush(index);
  }
  buildEnd(index);
  return success();
}

OwningOpRef<ModuleOp> KernelBuilder::build() {
  // Functions are built with the state that is known so far; again, from the
  // start, when one of them needed more.
  unsigned numSlots;
  do {
    numSlots = slots.size();
    kernel.passes.clear();
    module = ModuleOp::create(loc, spec.name());
    for (unsigned pass = 0; pass < plan.passes.size(); ++pass)
      if (failed(buildPass(pass)))
        return nullptr;
  } while (slots.size() != numSlots);
  buildFinish();

  kernel.module = *module;
  kernel.spec = spec;
  kernel.cpu = sketch.target.cpu().str();
  // What lanes of the target's width need, and the instructions.
  kernel.features.assign(e.features.begin(), e.features.end());
  for (const Slot &slot : slots)
    kernel.stateKinds.push_back(slot.kind);
  kernel.group = plan.group;
  // What one lane looks up was put into a table from another.
  kernel.sharedWords = plan.counting == Plan::Counting::Table;
  kernel.sketch = plan.str(spec.numPlanes);
  kernel.writeAttribute();
  return std::move(module);
}

OwningOpRef<ModuleOp> bitserial::buildKernel(SketchContext &sketch,
                                             const KernelSpec &spec,
                                             const Plan &plan) {
  return KernelBuilder(sketch, spec, plan).build();
}
