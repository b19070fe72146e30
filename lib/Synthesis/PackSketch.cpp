//===- PackSketch.cpp - Sketches of pack kernels --------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackSketch.h"

#include "VectorEmitter.h"
#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

/// Sequences that are tried for a plane or a group of planes.
static constexpr unsigned kMaxOptions = 5;
/// Sequences that are tried in front of all planes.
static constexpr unsigned kMaxBases = 2;

//===----------------------------------------------------------------------===//
// Roles of instructions
//===----------------------------------------------------------------------===//

/// Whether an instruction does what `meaning` says to random bytes: gives byte
/// i of the result.
static bool isRole(
    const InstructionSet &set, const Instruction &instruction,
    ArrayRef<int64_t> immediates, unsigned numBytes,
    llvm::function_ref<uint8_t(ArrayRef<uint8_t>, ArrayRef<uint8_t>, unsigned)>
        meaning) {
  LaneType type{numBytes, 8};
  if (instruction.getImmediates().size() != immediates.size() ||
      instruction.getOperandTypes().size() != 2 ||
      LaneType::get(instruction.getResultType()) != type ||
      llvm::any_of(instruction.getOperandTypes(),
                   [&](Type t) { return LaneType::get(t) != type; }))
    return false;
  for (auto [immediate, range] :
       llvm::zip_equal(immediates, instruction.getImmediates()))
    if (immediate < range.min || immediate > range.max)
      return false;
  LaneProgram program = set.getProgram(instruction, immediates);
  Evaluator evaluator(program);
  std::mt19937 random(1);
  std::vector<uint8_t> a(numBytes), b(numBytes), result(numBytes);
  for (unsigned sample = 0; sample < 16; ++sample) {
    for (unsigned i = 0; i < numBytes; ++i)
      a[i] = random(), b[i] = random();
    evaluator.run({a.data(), b.data()}, {result.data()}, 1);
    for (unsigned i = 0; i < numBytes; ++i)
      if (result[i] != meaning(a, b, i))
        return false;
  }
  return true;
}

PackSketcher::PackSketcher(MLIRContext *context, const InstructionSet &set,
                           const PackSpec &spec, const Target &target)
    : context(context), spec(spec), target(target),
      registerBits(std::min(target.vectorBits(), spec.numValues * 8)),
      finder(set, target, registerBits) {
  const NumberFormat &format = spec.format;
  std::vector<int64_t> legal;
  for (int64_t v = format.getMin(); v <= format.getMax(); v += format.getStep())
    legal.push_back(v);
  // The fewest bits to shift out so that bytes tell values apart.
  if (format.getValueBits() > 8)
    for (;; ++narrowingShift) {
      std::vector<bool> seen(256);
      if (llvm::all_of(legal, [&](int64_t v) {
            auto byte = seen[uint8_t(v >> narrowingShift)];
            bool isNew = !byte;
            byte = true;
            return isNew;
          }))
        break;
    }
  for (int64_t v : legal) {
    bits.push_back(format.encode(v));
    PlaceBytes &bytes = start.values.emplace_back();
    bytes.fill(uint8_t(v >> narrowingShift));
  }
  offset = -uint8_t(legal.front() >> narrowingShift);

  for (const Instruction *instruction : set.getAvailable(target)) {
    for (unsigned bytes : {registerBits / 8, registerBits / 16})
      if (bytes > addNeighboursBytes &&
          isRole(set, *instruction, {}, bytes,
                 [&](ArrayRef<uint8_t> a, ArrayRef<uint8_t> b, unsigned i) {
                   ArrayRef<uint8_t> from = i < bytes / 2 ? a : b;
                   unsigned first = 2 * i % bytes;
                   return uint8_t(from[first] + from[first + 1]);
                 })) {
        addNeighbours = instruction;
        addNeighboursBytes = bytes;
      }
    if (!multiplyMatrix &&
        isRole(set, *instruction, {0x5a}, registerBits / 8,
               [](ArrayRef<uint8_t> x, ArrayRef<uint8_t> matrix, unsigned i) {
                 uint8_t result = 0;
                 for (unsigned bit = 0; bit < 8; ++bit)
                   result |= (llvm::popcount(
                                  uint8_t(x[i] & matrix[i / 8 * 8 + 7 - bit])) &
                              1)
                             << bit;
                 return uint8_t(result ^ 0x5a);
               }))
      multiplyMatrix = instruction;
  }
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

ByteGoal PackSketcher::makeGoal(
    uint8_t required,
    llvm::function_ref<uint8_t(unsigned, unsigned)> byte) const {
  ByteGoal goal;
  goal.required = required;
  for (unsigned value : bits) {
    PlaceBytes &bytes = goal.values.emplace_back();
    for (unsigned place = 0; place < kPlaces; ++place)
      bytes[place] = byte(value, place);
  }
  return goal;
}

const std::vector<ByteSequence> &PackSketcher::getMaskBases() {
  if (!maskBases) {
    // Nothing; or all planes in the highest bits, where each is one shift away
    // from the one before.
    maskBases.emplace();
    maskBases->emplace_back();
    unsigned planes = spec.format.getWidth();
    ByteGoal goal =
        makeGoal(0xff << (8 - planes), [&](unsigned value, unsigned) {
          return value << (8 - planes);
        });
    if (planes > 1)
      for (ByteSequence &sequence : finder.find(start, goal, offset, kMaxBases))
        if (!sequence.ops.empty())
          maskBases->push_back(std::move(sequence));
  }
  return *maskBases;
}

std::vector<PackSketcher::MaskStep>
PackSketcher::getMaskSteps(const PackPlan &plan) {
  std::vector<MaskStep> steps;
  std::vector<ByteState> states = {start};
  for (const ByteOp &op : getMaskBases()[plan.base].ops)
    states.push_back(ByteSequenceFinder::apply(op, states.back()));
  for (unsigned i = 0; i < spec.format.getWidth(); ++i) {
    unsigned plane = spec.format.getWidth() - 1 - i;
    MaskStep &step = steps.emplace_back();
    step.states = states;
    // From the newest state on; those of fewest instructions.
    size_t fewest = 3;
    for (unsigned s = states.size(); s-- > 0;) {
      auto [it, isNew] = maskCache.try_emplace({states[s], plane});
      if (isNew)
        it->second = finder.findMask(
            states[s],
            makeGoal(1, [&](unsigned value,
                            unsigned) { return value >> plane & 1; }),
            offset, kMaxOptions);
      for (const ByteSequence &sequence : it->second) {
        if (sequence.ops.size() > fewest)
          continue;
        if (sequence.ops.size() < fewest)
          step.options.clear();
        fewest = sequence.ops.size();
        if (step.options.size() < kMaxOptions)
          step.options.push_back({s, sequence});
      }
    }
    unsigned choice = i < plan.choices.size() ? plan.choices[i] : 0;
    if (choice >= step.options.size())
      break;
    const Option &option = step.options[choice];
    if (option.sequence.ops.size() == 2)
      states.push_back(ByteSequenceFinder::apply(option.sequence.ops.front(),
                                                 states[option.state]));
  }
  return steps;
}

const std::vector<ByteSequence> &
PackSketcher::getGroupOptions(const PackPlan &plan, unsigned group) {
  unsigned first = plan.groups[group].first;
  std::optional<unsigned> second = plan.groups[group].second;
  std::vector<unsigned> key = {first, second ? *second + 1 : 0, plan.isSwapped};
  auto [it, isNew] = groupOptions.try_emplace(key);
  if (!isNew)
    return it->second;
  ByteGoal goal = makeGoal(0xff, [&](unsigned value, unsigned place) {
    unsigned a = value >> first & 1;
    if (!second)
      return a << place;
    unsigned b = value >> *second & 1;
    if (plan.isSwapped && place >= 4)
      std::swap(a, b);
    return (a | b << 4) << place % 4;
  });
  it->second = finder.find(start, goal, offset, kMaxOptions);
  return it->second;
}

std::optional<PackSketcher::LinearPlanes>
PackSketcher::findLinear(const ByteState &state) const {
  for (bool isInverted : {false, true}) {
    LinearPlanes result;
    result.isInverted = isInverted;
    for (unsigned plane = 0; plane < spec.format.getWidth(); ++plane)
      for (unsigned mask = 1; mask < 256; ++mask) {
        if (mask & state.unknown)
          continue;
        if (!llvm::all_of(llvm::zip_equal(state.values, bits), [&](auto pair) {
              auto &[bytes, value] = pair;
              return llvm::all_of(bytes, [&, value = value](uint8_t byte) {
                return ((llvm::popcount(byte & mask) ^ (value >> plane)) & 1) ==
                       isInverted;
              });
            }))
          continue;
        result.masks.push_back(mask);
        break;
      }
    if (result.masks.size() == spec.format.getWidth())
      return result;
  }
  return std::nullopt;
}

const std::vector<ByteSequence> &PackSketcher::getMatrixBases() {
  if (!matrixBases) {
    matrixBases.emplace();
    if (findLinear(start)) {
      matrixBases->emplace_back();
    } else {
      // The bits themselves, in the lowest or the highest bits.
      unsigned planes = spec.format.getWidth();
      for (unsigned shift = 0; shift + planes <= 8; ++shift)
        for (ByteSequence &sequence :
             finder.find(start,
                         makeGoal(((1u << planes) - 1) << shift,
                                  [&](unsigned value, unsigned) {
                                    return value << shift;
                                  }),
                         offset, 1))
          if (matrixBases->size() < kMaxBases)
            matrixBases->push_back(std::move(sequence));
    }
  }
  return *matrixBases;
}

std::vector<PackPlan> PackSketcher::enumerate() {
  std::vector<PackPlan> plans(1);
  unsigned planes = spec.format.getWidth();
  // One bit of each byte.
  for (unsigned base = 0; base < getMaskBases().size(); ++base) {
    PackPlan plan;
    plan.gather = PackPlan::Gather::Mask;
    plan.base = base;
    plan.mergeIntegers = registerBits < spec.numValues * 8;
    plan.choices.assign(planes, 0);
    plans.push_back(std::move(plan));
  }
  // Sums: every plane alone, neighbours together, or those that are four
  // planes apart.
  if (addNeighbours)
    for (unsigned distance : {0, 1, 4})
      for (bool isSwapped : {false, true}) {
        PackPlan plan;
        plan.gather = PackPlan::Gather::Sum;
        plan.isSwapped = isSwapped;
        std::vector<bool> taken(planes);
        bool hasPair = false;
        for (unsigned plane = 0; plane < planes; ++plane) {
          if (taken[plane])
            continue;
          bool isPair = distance && plane + distance < planes;
          plan.groups.push_back({plane, std::nullopt});
          if (isPair) {
            plan.groups.back().second = plane + distance;
            taken[plane + distance] = true;
            hasPair = true;
          }
        }
        if (hasPair != (distance != 0) || (isSwapped && !hasPair))
          continue;
        plan.choices.assign(plan.groups.size(), 0);
        plans.push_back(std::move(plan));
      }
  if (multiplyMatrix)
    for (unsigned base = 0; base < getMatrixBases().size(); ++base)
      for (bool reverseBits : {false, true}) {
        PackPlan plan;
        plan.gather = PackPlan::Gather::Matrix;
        plan.base = base;
        plan.reverseBits = reverseBits;
        plans.push_back(std::move(plan));
      }
  return plans;
}

unsigned PackSketcher::countOptions(const PackPlan &plan, unsigned index) {
  switch (plan.gather) {
  case PackPlan::Gather::Reference:
  case PackPlan::Gather::Matrix:
    return 1;
  case PackPlan::Gather::Mask: {
    std::vector<MaskStep> steps = getMaskSteps(plan);
    return index < steps.size() ? steps[index].options.size() : 0;
  }
  case PackPlan::Gather::Sum:
    return getGroupOptions(plan, index).size();
  }
  llvm_unreachable("all ways to gather are handled");
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

static VectorType getByteType(OpBuilder &b, int64_t size) {
  return VectorType::get({size}, b.getI8Type());
}

static Value slice(VectorEmitter &e, Value vector, int64_t first,
                   int64_t size) {
  if (size == VectorEmitter::typeOf(vector).getNumElements())
    return vector;
  return vector::ExtractStridedSliceOp::create(
      e.b, e.loc, vector, ArrayRef<int64_t>{first}, ArrayRef<int64_t>{size},
      ArrayRef<int64_t>{1});
}

/// Bytes `first`, `first + step`, ... of a vector.
static Value every(VectorEmitter &e, Value bytes, int64_t first, int64_t step) {
  SmallVector<int64_t> indices;
  for (int64_t i = first; i < VectorEmitter::typeOf(bytes).getNumElements();
       i += step)
    indices.push_back(i);
  return vector::ShuffleOp::create(e.b, e.loc, bytes, bytes, indices);
}

/// The first `size` bytes of vectors, one after the other.
Value PackSketcher::join(VectorEmitter &e, ArrayRef<Value> parts,
                         int64_t size) {
  SmallVector<Value> all(parts);
  // In a tree, of vectors of equal sizes.
  while (all.size() > 1) {
    SmallVector<Value> joined;
    for (size_t i = 0; i + 1 < all.size(); i += 2) {
      int64_t each = VectorEmitter::typeOf(all[i]).getNumElements();
      SmallVector<int64_t> indices =
          llvm::to_vector(llvm::seq<int64_t>(0, 2 * each));
      joined.push_back(
          vector::ShuffleOp::create(e.b, e.loc, all[i], all[i + 1], indices));
    }
    all = std::move(joined);
  }
  return slice(e, all.front(), 0, size);
}

SmallVector<Value> PackSketcher::getRegisters(VectorEmitter &e, Value values) {
  if (spec.format.getValueBits() > 8) {
    VectorType type = VectorEmitter::typeOf(values);
    if (narrowingShift)
      values = arith::ShRSIOp::create(e.b, e.loc, values,
                                      e.splat(type, narrowingShift));
    values = e.truncate(values, 8);
  }
  SmallVector<Value> registers;
  for (unsigned i = 0; i < spec.numValues; i += registerBits / 8)
    registers.push_back(slice(e, values, i, registerBits / 8));
  return registers;
}

Value PackSketcher::emit(VectorEmitter &e, const ByteOp &op, Value value) {
  SmallVector<Value> operands;
  VectorType byteType = getByteType(e.b, registerBits / 8);
  for (auto [operand, type] :
       llvm::zip_equal(op.operands, op.instruction->getOperandTypes())) {
    Value made = value;
    if (operand.source != ByteOperand::Source::Data) {
      SmallVector<int64_t> bytes;
      for (unsigned i = 0; i < registerBits / 8; ++i)
        bytes.push_back(operand.source == ByteOperand::Source::Table
                            ? operand.table[i]
                            : operand.bytes[i % kPlaces]);
      made = e.constant(byteType, bytes);
    }
    operands.push_back(e.cast(made, cast<VectorType>(type)));
  }
  e.use(*op.instruction);
  Value result = InstructionSet::emit(e.b, e.loc, *op.instruction, operands,
                                      op.immediates);
  auto type = dyn_cast<VectorType>(result.getType());
  // Registers are bytes; the bits of a mask are left as they are.
  if (type &&
      type.getNumElements() * type.getElementTypeBitWidth() == registerBits)
    return e.cast(result, byteType);
  return result;
}

Value PackSketcher::emit(VectorEmitter &e, const ByteSequence &sequence,
                         Value value) {
  for (const ByteOp &op : sequence.ops)
    value = emit(e, op, value);
  return value;
}

SmallVector<Value> PackSketcher::emitMask(VectorEmitter &e,
                                          const PackPlan &plan, Value values) {
  std::vector<MaskStep> steps = getMaskSteps(plan);
  const ByteSequence &base = getMaskBases()[plan.base];
  // The states of each register.
  std::vector<SmallVector<Value>> states;
  for (Value value : getRegisters(e, values)) {
    SmallVector<Value> &list = states.emplace_back();
    list.push_back(value);
    for (const ByteOp &op : base.ops)
      list.push_back(emit(e, op, list.back()));
  }
  SmallVector<Value> planes(spec.format.getWidth());
  for (auto [i, step] : llvm::enumerate(steps)) {
    const Option &option = step.options[plan.choices[i]];
    SmallVector<Value> parts;
    for (SmallVector<Value> &list : states) {
      Value value = list[option.state];
      if (option.sequence.ops.size() == 2) {
        value = emit(e, option.sequence.ops.front(), value);
        list.push_back(value);
      }
      parts.push_back(emit(e, option.sequence.ops.back(), value));
    }
    // As integers of a plane's bits, or as bytes.
    unsigned partBits = registerBits / 8;
    auto partType = VectorType::get({1}, e.b.getIntegerType(partBits));
    Value plane;
    if (plan.mergeIntegers) {
      auto wholeType = e.b.getIntegerType(spec.numValues);
      for (auto [j, part] : llvm::enumerate(parts)) {
        if (isa<VectorType>(part.getType()))
          part =
              vector::ExtractOp::create(e.b, e.loc, e.cast(part, partType), 0);
        Value whole = arith::ExtUIOp::create(e.b, e.loc, wholeType, part);
        if (j) {
          Value shift = arith::ConstantOp::create(
              e.b, e.loc, e.b.getIntegerAttr(wholeType, j * partBits));
          whole = arith::ShLIOp::create(e.b, e.loc, whole, shift);
          plane = arith::OrIOp::create(e.b, e.loc, plane, whole);
        } else {
          plane = whole;
        }
      }
      plane = vector::BroadcastOp::create(
          e.b, e.loc, VectorType::get({1}, wholeType), plane);
      plane = e.cast(plane, spec.planeType(context));
    } else {
      for (Value &part : parts) {
        if (!isa<VectorType>(part.getType()))
          part = vector::BroadcastOp::create(
              e.b, e.loc, VectorType::get({1}, part.getType()), part);
        part = e.cast(part, getByteType(e.b, partBits / 8));
      }
      plane = join(e, parts, spec.numValues / 8);
    }
    planes[spec.format.getWidth() - 1 - i] = plane;
  }
  return planes;
}

SmallVector<Value> PackSketcher::emitSum(VectorEmitter &e, const PackPlan &plan,
                                         Value values) {
  SmallVector<Value> registers = getRegisters(e, values);
  auto addPairs = [&](ArrayRef<Value> parts) {
    SmallVector<Value> sums;
    for (size_t i = 0; i < parts.size(); i += 2)
      sums.push_back(
          e.emit(*addNeighbours,
                 {parts[i], parts[std::min(i + 1, parts.size() - 1)]}));
    return sums;
  };
  SmallVector<Value> planes(spec.format.getWidth());
  int64_t planeBytes = spec.numValues / 8;
  for (auto [i, group] : llvm::enumerate(plan.groups)) {
    const ByteSequence &sequence = getGroupOptions(plan, i)[plan.choices[i]];
    SmallVector<Value> parts;
    for (Value value : registers) {
      value = emit(e, sequence, value);
      for (unsigned j = 0; j < registerBits / 8; j += addNeighboursBytes)
        parts.push_back(slice(e, value, j, addNeighboursBytes));
    }
    parts = addPairs(addPairs(parts));
    if (!group.second) {
      planes[group.first] = join(e, addPairs(parts), planeBytes);
      continue;
    }
    // Four bits of both planes in each byte.
    Value both = join(e, parts, 2 * planeBytes);
    auto pairType = VectorType::get({planeBytes}, e.b.getI16Type());
    if (plan.isSwapped) {
      // Behind a byte with the second plane above is one with it below.
      planes[*group.second] =
          e.truncate(e.shiftRight(e.cast(both, pairType), 4), 8);
      SmallVector<Value> masked;
      for (Value part : parts) {
        SmallVector<int64_t> mask;
        for (unsigned j = 0; j < addNeighboursBytes; ++j)
          mask.push_back(j % 2 ? 0xf0 : 0x0f);
        masked.push_back(
            e.bitAnd(part, e.constant(VectorEmitter::typeOf(part), mask)));
      }
      planes[group.first] = join(e, addPairs(masked), planeBytes);
      continue;
    }
    Value even = every(e, both, 0, 2), odd = every(e, both, 1, 2);
    VectorType type = VectorEmitter::typeOf(even);
    planes[group.first] = arith::OrIOp::create(
        e.b, e.loc, e.bitAnd(even, e.splat(type, 15)), e.shiftLeft(odd, 4));
    planes[*group.second] = arith::OrIOp::create(
        e.b, e.loc, e.shiftRight(even, 4), e.bitAnd(odd, e.splat(type, 0xf0)));
  }
  return planes;
}

SmallVector<Value>
PackSketcher::emitMatrix(VectorEmitter &e, const PackPlan &plan, Value values) {
  const ByteSequence &base = getMatrixBases()[plan.base];
  ByteState state = start;
  for (const ByteOp &op : base.ops)
    state = ByteSequenceFinder::apply(op, state);
  LinearPlanes linear = *findLinear(state);
  unsigned planes = spec.format.getWidth(), numBytes = registerBits / 8;
  VectorType type = getByteType(e.b, numBytes);
  auto multiply = [&](Value x, Value matrix, unsigned constant) {
    e.use(*multiplyMatrix);
    return InstructionSet::emit(e.b, e.loc, *multiplyMatrix, {x, matrix},
                                int64_t(constant));
  };
  SmallVector<Value> products;
  for (Value value : getRegisters(e, values)) {
    value = emit(e, base, value);
    SmallVector<int64_t> masks, reversed;
    for (unsigned i = 0; i < numBytes; ++i) {
      masks.push_back(i % 8 < planes ? linear.masks[i % 8] : 0);
      reversed.push_back(i / 8 * 8 + 7 - i % 8);
    }
    // Row 7 - b of the matrix gives bit b.
    if (!plan.reverseBits)
      value = vector::ShuffleOp::create(e.b, e.loc, value, value, reversed);
    Value product =
        multiply(e.constant(type, masks), value, linear.isInverted ? 0xff : 0);
    if (plan.reverseBits) {
      SmallVector<int64_t> matrix;
      for (unsigned i = 0; i < numBytes; ++i)
        matrix.push_back(1 << i % 8);
      product = multiply(product, e.constant(type, matrix), 0);
    }
    products.push_back(product);
  }
  // From bytes of all planes to all bytes of a plane.
  SmallVector<int64_t> order;
  for (unsigned plane = 0; plane < llvm::PowerOf2Ceil(planes); ++plane)
    for (unsigned i = 0; i < spec.numValues / 8; ++i)
      order.push_back(8 * i + std::min(plane, planes - 1));
  Value all = join(e, products, spec.numValues);
  all = vector::ShuffleOp::create(e.b, e.loc, all, all, order);
  SmallVector<Value> result;
  for (unsigned plane = 0; plane < planes; ++plane)
    result.push_back(
        slice(e, all, plane * (spec.numValues / 8), spec.numValues / 8));
  return result;
}

std::string PackSketcher::describe(const PackPlan &plan) {
  std::vector<std::string> parts;
  if (narrowingShift)
    parts.push_back(formatv("values shifted by {0}", narrowingShift));
  auto addBase = [&](const ByteSequence &base) {
    if (!base.ops.empty())
      parts.push_back("all planes: " + base.str());
  };
  switch (plan.gather) {
  case PackPlan::Gather::Reference:
    return "the reference lowering";
  case PackPlan::Gather::Mask: {
    addBase(getMaskBases()[plan.base]);
    for (auto [i, step] : llvm::enumerate(getMaskSteps(plan)))
      parts.push_back(formatv("plane {0}: {1}", spec.format.getWidth() - 1 - i,
                              step.options[plan.choices[i]].sequence.str()));
    if (plan.mergeIntegers)
      parts.push_back("joined as integers");
    break;
  }
  case PackPlan::Gather::Sum:
    for (auto [i, group] : llvm::enumerate(plan.groups)) {
      std::string planes = formatv("plane {0}", group.first);
      if (group.second)
        planes = formatv("planes {0} and {1}{2}", group.first, *group.second,
                         plan.isSwapped ? ", swapped" : "");
      parts.push_back(formatv("{0}: {1}, sums by {2}", planes,
                              getGroupOptions(plan, i)[plan.choices[i]].str(),
                              addNeighbours->getName()));
    }
    break;
  case PackPlan::Gather::Matrix:
    addBase(getMatrixBases()[plan.base]);
    parts.push_back(formatv("bit matrices by {0}, reversed by a {1}",
                            multiplyMatrix->getName(),
                            plan.reverseBits ? "product" : "shuffle"));
    break;
  }
  return llvm::join(parts, "; ");
}

OwningOpRef<ModuleOp> PackSketcher::build(const PackPlan &plan) {
  for (unsigned i = 0; i < plan.choices.size(); ++i)
    if (plan.choices[i] >= countOptions(plan, i))
      return nullptr;
  std::set<std::string> features;
  OwningOpRef<ModuleOp> module;
  if (plan.gather == PackPlan::Gather::Reference)
    module = PackKernel::makeReference(context, spec, target);
  else
    module = PackKernel::create(context, spec,
                                [&](OpBuilder &b, Location loc, Value values) {
                                  VectorEmitter e(b, loc, registerBits);
                                  SmallVector<Value> planes;
                                  if (plan.gather == PackPlan::Gather::Mask)
                                    planes = emitMask(e, plan, values);
                                  else if (plan.gather == PackPlan::Gather::Sum)
                                    planes = emitSum(e, plan, values);
                                  else
                                    planes = emitMatrix(e, plan, values);
                                  features = e.features;
                                  return planes;
                                });
  FailureOr<PackKernel> kernel = PackKernel::get(*module);
  if (failed(kernel))
    return nullptr;
  kernel->cpu = target.cpu().str();
  kernel->features.assign(features.begin(), features.end());
  kernel->sketch = describe(plan);
  kernel->writeAttribute();
  return module;
}
