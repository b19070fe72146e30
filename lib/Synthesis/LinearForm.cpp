//===- LinearForm.cpp - Vector code as integer polynomials --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LinearForm.h"

#include "LaneBlocks.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;
using Form = LinearLane::Form;
using Polynomial = LinearPolynomial;
using Support = SmallVector<unsigned, 6>;

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

LinearLane LinearDomain::addBits(unsigned width) {
  SmallVector<unsigned> bitVariables;
  for (unsigned i = 0; i < width; ++i)
    bitVariables.push_back(addBit());
  return makeBits(bitVariables);
}

LinearLane LinearDomain::makeBits(ArrayRef<unsigned> bitVariables) {
  LinearLane lane;
  lane.form = Form::Bits;
  lane.width = bitVariables.size();
  for (unsigned variable : bitVariables)
    lane.bits.push_back(bitOfVariable(variable));
  return lane;
}

LinearLane LinearDomain::makeConstant(uint64_t value, unsigned width) {
  LinearLane lane;
  lane.form = Form::Bits;
  lane.width = width;
  for (unsigned i = 0; i < width; ++i)
    lane.bits.push_back(value >> i & 1);
  return lane;
}

LinearLane LinearDomain::makeValue(Polynomial value, unsigned width) {
  if (value.isConstant())
    return makeConstant(value.constantTerm(), width);
  LinearLane lane;
  lane.form = Form::Value;
  lane.width = width;
  lane.value = std::move(value);
  return lane;
}

LinearLane LinearDomain::unknown(unsigned width,
                                 const llvm::Twine &reason) const {
  LinearLane lane;
  lane.width = width;
  lane.reason = std::make_shared<const std::string>(
      ("step " + llvm::Twine(currentStep) + ": " + reason).str());
  return lane;
}

std::optional<uint64_t> LinearDomain::asConstant(const LinearLane &lane) const {
  if (lane.form != Form::Bits)
    return std::nullopt;
  uint64_t value = 0;
  for (auto [i, bit] : llvm::enumerate(lane.bits)) {
    if (bit > 1)
      return std::nullopt;
    value |= uint64_t(bit) << i;
  }
  return value;
}

/// A polynomial that equals the lane modulo 2^width.
std::optional<Polynomial> LinearDomain::valueOf(const LinearLane &lane) {
  if (lane.form == Form::Value)
    return lane.value;
  if (lane.isUnknown())
    return std::nullopt;
  // Copies of a sign are better counted as one negative bit.
  unsigned top = lane.width - 1;
  while (top > 0 && lane.bits[top] == lane.bits[top - 1])
    --top;
  bool isSigned = top != lane.width - 1 && lane.bits[top] != 0;
  unsigned count = isSigned ? top + 1 : lane.width;
  Polynomial sum;
  for (unsigned i = 0; i < count; ++i) {
    if (!lane.bits[i])
      continue;
    if (i > 60) // beyond the range of coefficients
      return std::nullopt;
    int64_t weight = int64_t(1) << i;
    std::optional<Polynomial> next =
        add(sum, polynomialOfBit(lane.bits[i]),
            isSigned && i == top ? -weight : weight);
    if (!next)
      return std::nullopt;
    sum = std::move(*next);
  }
  return sum;
}

/// The lane as bits, if it is or depends on few.
std::optional<std::vector<unsigned>>
LinearDomain::bitsOf(const LinearLane &lane) {
  if (lane.form == Form::Bits)
    return lane.bits;
  if (lane.isUnknown())
    return std::nullopt;
  SmallVector<unsigned> support;
  for (auto [monomial, coefficient] : lane.value.allTerms)
    llvm::append_range(support, monomials[monomial]);
  llvm::sort(support);
  support.erase(llvm::unique(support), support.end());
  if (support.size() > maxSupport ||
      llvm::any_of(support, [&](unsigned v) { return !variables[v].isBit; }))
    return std::nullopt;
  std::vector<uint64_t> tables(lane.width, 0);
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    uint64_t value = 0;
    for (auto [monomial, coefficient] : lane.value.allTerms)
      if (llvm::all_of(monomials[monomial], [&](unsigned factor) {
            return entry >>
                       (llvm::lower_bound(support, factor) - support.begin()) &
                   1;
          }))
        value += static_cast<uint64_t>(coefficient);
    for (unsigned i = 0; i < lane.width; ++i)
      tables[i] |= (value >> i & 1) << entry;
  }
  std::vector<unsigned> bits;
  for (uint64_t table : tables)
    bits.push_back(makeBit({Support(support.begin(), support.end()), table}));
  return bits;
}

/// The number in [min, max] that a lane is, where the range has 2^width
/// elements. A wrap check.
std::optional<Polynomial> LinearDomain::asNumber(const LinearLane &lane,
                                                 int64_t min, int64_t max,
                                                 bool isSigned) {
  if (lane.isUnknown())
    return std::nullopt;
  auto record = [&](Bounds range) {
    if (!checks)
      return;
    if (!checks->empty() && checks->back().step == currentStep &&
        checks->back().allowedMin == min && checks->back().allowedMax == max) {
      checks->back().min = std::min(checks->back().min, range.min);
      checks->back().max = std::max(checks->back().max, range.max);
    } else {
      checks->push_back({currentStep, min, max, range.min, range.max});
    }
  };

  if (lane.form == Form::Bits) {
    // No check is needed. One bit more tells valueOf how to read the top one.
    LinearLane wider = lane;
    wider.bits.push_back(isSigned ? lane.bits.back() : 0);
    ++wider.width;
    return valueOf(wider);
  }

  // The lane is known modulo 2^width only: any multiple of that may be added.
  auto fit = [&](const Polynomial &value) -> std::optional<Polynomial> {
    Bounds range = bounds(value);
    if (!isSmall(range.min) || !isSmall(range.max))
      return std::nullopt;
    int64_t shift = 0;
    if (lane.width < 60) {
      int64_t size = int64_t(1) << lane.width;
      int64_t block = llvm::divideFloorSigned(range.min - min, size);
      shift = -block * size;
    }
    Bounds shifted = {range.min + shift, range.max + shift, range.exact};
    if (shifted.min < min || shifted.max > max)
      return std::nullopt;
    record(shifted);
    return add(value, constant(shift));
  };
  if (std::optional<Polynomial> number = fit(lane.value))
    return number;
  std::optional<Polynomial> reduced = canonical(lane.value);
  if (!reduced)
    return std::nullopt;
  if (*reduced != lane.value)
    if (std::optional<Polynomial> number = fit(*reduced))
      return number;
  if (lane.width > 60)
    return std::nullopt;
  // Smallest coefficients modulo 2^width.
  Polynomial small;
  for (auto [monomial, coefficient] : reduced->allTerms)
    if (int64_t c = signedLane(coefficient & laneMask(lane.width), lane.width))
      small.allTerms.push_back({monomial, c});
  return fit(small);
}

std::optional<Polynomial> LinearDomain::asUnsigned(const LinearLane &lane) {
  int64_t max = lane.width >= 63 ? INT64_MAX : (int64_t(1) << lane.width) - 1;
  return asNumber(lane, 0, max, /*isSigned=*/false);
}

std::optional<Polynomial> LinearDomain::asSigned(const LinearLane &lane) {
  int64_t max = static_cast<int64_t>(laneMask(lane.width - 1));
  return asNumber(lane, -max - 1, max, /*isSigned=*/true);
}

uint64_t LinearDomain::evaluate(const LinearLane &lane,
                                ArrayRef<int64_t> values) const {
  assert(!lane.isUnknown() && "no value");
  if (lane.form == Form::Value)
    return evaluate(lane.value, values) & laneMask(lane.width);
  uint64_t result = 0;
  for (auto [i, bit] : llvm::enumerate(lane.bits))
    result |= uint64_t(evaluateBit(bit, values)) << i;
  return result;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// Any kind, by trying all values of the variables if there are few.
std::optional<LinearLane>
LinearDomain::enumerate(Kind kind, unsigned width,
                        ArrayRef<LinearLane> operands) {
  SmallVector<unsigned> all;
  SmallVector<std::vector<unsigned>, 3> bits;
  for (const LinearLane &operand : operands) {
    std::optional<std::vector<unsigned>> operandBits = bitsOf(operand);
    if (!operandBits)
      return std::nullopt;
    llvm::append_range(all, *operandBits);
    bits.push_back(std::move(*operandBits));
  }
  SmallVector<unsigned> support = joinSupports(all);
  if (support.size() > maxSupport) {
    // Perhaps there are few bits, of many variables.
    llvm::sort(all);
    all.erase(llvm::unique(all), all.end());
    if (llvm::count_if(all, [](unsigned bit) { return bit > 1; }) >
        ptrdiff_t(maxSupport))
      return std::nullopt;
    for (std::vector<unsigned> &operandBits : bits)
      for (unsigned &bit : operandBits)
        if (bit > 1)
          bit = bitOfVariable(variableOfBit(bit));
    all.clear();
    for (ArrayRef<unsigned> operandBits : bits)
      llvm::append_range(all, operandBits);
    support = joinSupports(all);
  }

  std::vector<uint64_t> tables(width, 0);
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    SmallVector<uint64_t, 3> lanes;
    for (ArrayRef<unsigned> operandBits : bits) {
      uint64_t value = 0;
      for (auto [i, bit] : llvm::enumerate(operandBits)) {
        const BitFunction &function = bitFunctions[bit];
        unsigned bitEntry = 0;
        for (auto [j, variable] : llvm::enumerate(function.support)) {
          unsigned at = llvm::lower_bound(support, variable) - support.begin();
          bitEntry |= (entry >> at & 1) << j;
        }
        value |= (function.table >> bitEntry & 1) << i;
      }
      lanes.push_back(value);
    }
    uint64_t value =
        LaneProgram::evaluateLane(kind, width, operands.back().width, lanes);
    for (unsigned i = 0; i < width; ++i)
      tables[i] |= (value >> i & 1) << entry;
  }
  LinearLane result;
  result.form = Form::Bits;
  result.width = width;
  for (uint64_t table : tables)
    result.bits.push_back(
        makeBit({Support(support.begin(), support.end()), table}));
  return result;
}

/// Low and high part of a number: a = low + 2^bits * high, 0 <= low < 2^bits,
/// if the terms tell.
std::optional<std::pair<Polynomial, Polynomial>>
LinearDomain::split(const Polynomial &a, unsigned bits) {
  Polynomial low, high;
  for (auto [monomial, coefficient] : a.allTerms) {
    int64_t size = int64_t(1) << bits;
    int64_t quotient = llvm::divideFloorSigned(coefficient, size);
    int64_t rest = coefficient - quotient * size;
    // A coefficient is one or the other; only the constant falls into two.
    if (monomial && rest && quotient) {
      quotient = 0;
      rest = coefficient;
    }
    if (rest)
      low.allTerms.push_back({monomial, rest});
    if (quotient)
      high.allTerms.push_back({monomial, quotient});
  }
  Bounds range = bounds(low);
  if (range.min < 0 || range.max >= int64_t(1) << bits)
    return std::nullopt;
  return std::pair(std::move(low), std::move(high));
}

LinearLane LinearDomain::evaluateBitwise(Kind kind, unsigned width,
                                         const LinearLane &a,
                                         const LinearLane &b) {
  // What a constant operand does to a value.
  if (std::optional<uint64_t> mask = asConstant(b)) {
    if (kind == Kind::And && *mask == 0)
      return b;
    bool isNeutral = kind == Kind::And ? *mask == laneMask(width) : *mask == 0;
    if (isNeutral)
      return a;
    if (a.form == Form::Value && kind == Kind::Xor &&
        *mask == laneMask(width)) // -1 - a
      if (auto value = add(constant(-1), a.value, -1))
        return makeValue(std::move(*value), width);
    if (a.form == Form::Value && kind == Kind::And && !bitsOf(a)) {
      // Low or high bits.
      bool isLow = llvm::isMask_64(*mask);
      bool isHigh = llvm::isMask_64(~*mask & laneMask(width));
      unsigned bits = llvm::countr_one(isLow ? *mask : ~*mask);
      std::optional<Polynomial> number;
      if ((isLow || isHigh) && bits < 60 && (number = asUnsigned(a)))
        if (auto parts = split(*number, bits)) {
          if (isLow)
            return makeValue(std::move(parts->first), width);
          if (auto value = scale(parts->second, int64_t(1) << bits))
            return makeValue(std::move(*value), width);
        }
    }
  }
  std::optional<std::vector<unsigned>> aBits = bitsOf(a), bBits = bitsOf(b);
  if (!aBits || !bBits)
    return unknown(width, LaneProgram::stringify(kind) +
                              " of bits of a number that are not known");
  uint64_t table = kind == Kind::And  ? 0b1000
                   : kind == Kind::Or ? 0b1110
                                      : 0b0110;
  LinearLane result;
  result.form = Form::Bits;
  result.width = width;
  for (auto [x, y] : llvm::zip_equal(*aBits, *bBits))
    result.bits.push_back(applyBits(table, {x, y}));
  return result;
}

LinearLane LinearDomain::evaluateShiftRight(Kind kind, unsigned width,
                                            const LinearLane &a,
                                            const LinearLane &b) {
  bool isSigned = kind == Kind::ShiftRightS;
  std::optional<uint64_t> amount = asConstant(b);
  if (!amount || (*amount >= width && !isSigned)) {
    if (amount)
      return makeConstant(0, width);
    if (auto result = enumerate(kind, width, {a, b}))
      return *result;
    return unknown(width, "shift by an amount that is not constant");
  }
  unsigned distance = std::min<uint64_t>(*amount, width - 1);
  if (std::optional<std::vector<unsigned>> bits = bitsOf(a)) {
    LinearLane result;
    result.form = Form::Bits;
    result.width = width;
    result.bits.assign(bits->begin() + distance, bits->end());
    result.bits.resize(width, isSigned ? bits->back() : 0);
    return result;
  }
  std::optional<Polynomial> number = isSigned ? asSigned(a) : asUnsigned(a);
  if (number && distance < 60)
    if (auto parts = split(*number, distance))
      return makeValue(std::move(parts->second), width);
  return unknown(width, "bits shifted out of a number that are not known");
}

/// Comparisons, minimum and maximum: decided by the bounds of the difference.
LinearLane LinearDomain::evaluateComparison(Kind kind, unsigned width,
                                            const LinearLane &a,
                                            const LinearLane &b) {
  if (auto result = enumerate(kind, width, {a, b}))
    return *result;
  bool isSigned =
      kind == Kind::LessS || kind == Kind::MinS || kind == Kind::MaxS;
  std::optional<Polynomial> x = isSigned ? asSigned(a) : asUnsigned(a);
  std::optional<Polynomial> y = isSigned ? asSigned(b) : asUnsigned(b);
  std::optional<Polynomial> difference =
      x && y ? add(*x, *y, -1) : std::nullopt;
  if (difference)
    difference = canonical(*difference);
  if (difference) {
    Bounds range = bounds(*difference);
    bool less = range.max < 0, lessOrEqual = range.max <= 0;
    bool greaterOrEqual = range.min >= 0;
    switch (kind) {
    case Kind::Equal:
      if (less || range.min > 0)
        return makeConstant(0, 1);
      if (lessOrEqual && greaterOrEqual)
        return makeConstant(1, 1);
      break;
    case Kind::LessU:
    case Kind::LessS:
      if (less || greaterOrEqual)
        return makeConstant(less, 1);
      break;
    case Kind::MinU:
    case Kind::MinS:
      if (lessOrEqual || greaterOrEqual)
        return lessOrEqual ? a : b;
      break;
    default:
      if (lessOrEqual || greaterOrEqual)
        return lessOrEqual ? b : a;
      break;
    }
  }
  return unknown(width,
                 LaneProgram::stringify(kind) + " that bounds do not decide");
}

LinearLane LinearDomain::evaluateLane(Kind kind, unsigned width,
                                      ArrayRef<LinearLane> operands) {
  for (const LinearLane &operand : operands)
    if (operand.isUnknown()) {
      LinearLane result;
      result.width = width;
      result.reason = operand.reason;
      return result;
    }
  if (llvm::all_of(operands, [&](const LinearLane &operand) {
        return asConstant(operand).has_value();
      }))
    return *enumerate(kind, width, operands);
  const LinearLane &a = operands[0];
  auto tooLarge = [&] {
    return unknown(width, LaneProgram::stringify(kind) +
                              " has too many terms, or is not linear");
  };
  auto value = [&](std::optional<Polynomial> polynomial) {
    return polynomial ? makeValue(std::move(*polynomial), width) : tooLarge();
  };
  auto isZero = [&](const LinearLane &lane) { return asConstant(lane) == 0u; };

  switch (kind) {
  case Kind::Add:
  case Kind::Sub: {
    const LinearLane &b = operands[1];
    if (isZero(b))
      return a;
    if (kind == Kind::Add && isZero(a))
      return b;
    std::optional<Polynomial> x = valueOf(a), y = valueOf(b);
    if (!x || !y)
      return tooLarge();
    return value(add(*x, *y, kind == Kind::Add ? 1 : -1));
  }
  case Kind::Mul: {
    std::optional<Polynomial> x = valueOf(a), y = valueOf(operands[1]);
    if (!x || !y)
      return tooLarge();
    return value(multiply(*x, *y));
  }
  case Kind::And:
  case Kind::Or:
  case Kind::Xor:
    return asConstant(a) ? evaluateBitwise(kind, width, operands[1], a)
                         : evaluateBitwise(kind, width, a, operands[1]);
  case Kind::ShiftLeft: {
    std::optional<uint64_t> amount = asConstant(operands[1]);
    if (!amount) {
      if (auto result = enumerate(kind, width, operands))
        return *result;
      return unknown(width, "shift by an amount that is not constant");
    }
    if (*amount >= width)
      return makeConstant(0, width);
    if (a.form == Form::Value)
      return value(*amount < 60 ? scale(a.value, int64_t(1) << *amount)
                                : std::nullopt);
    LinearLane result = a;
    result.bits.insert(result.bits.begin(), *amount, 0);
    result.bits.resize(width);
    return result;
  }
  case Kind::ShiftRightU:
  case Kind::ShiftRightS:
    return evaluateShiftRight(kind, width, a, operands[1]);
  case Kind::MinU:
  case Kind::MaxU:
  case Kind::MinS:
  case Kind::MaxS:
  case Kind::Equal:
  case Kind::LessU:
  case Kind::LessS:
    return evaluateComparison(kind, width, a, operands[1]);
  case Kind::Select: {
    if (std::optional<uint64_t> condition = asConstant(a))
      return *condition ? operands[1] : operands[2];
    std::optional<std::vector<unsigned>> condition = bitsOf(a);
    if (!condition)
      return unknown(width, "selection by a condition that is not known");
    std::optional<std::vector<unsigned>> x = bitsOf(operands[1]),
                                         y = bitsOf(operands[2]);
    if (x && y) {
      LinearLane result;
      result.form = Form::Bits;
      result.width = width;
      // Operand 0 chooses operand 1, else operand 2.
      for (auto [ifTrue, ifFalse] : llvm::zip_equal(*x, *y))
        result.bits.push_back(
            applyBits(0b11011000, {(*condition)[0], ifTrue, ifFalse}));
      return result;
    }
    std::optional<Polynomial> p = valueOf(operands[1]),
                              q = valueOf(operands[2]);
    std::optional<Polynomial> chosen = p && q ? add(*p, *q, -1) : std::nullopt;
    if (chosen)
      chosen = multiply(*chosen, polynomialOfBit((*condition)[0]));
    return value(chosen ? add(*q, *chosen) : std::nullopt);
  }
  case Kind::Popcount: {
    std::optional<std::vector<unsigned>> bits = bitsOf(a);
    if (!bits)
      return unknown(width, "population count of a number");
    std::optional<Polynomial> sum = Polynomial();
    for (unsigned bit : *bits)
      if (sum)
        sum = add(*sum, polynomialOfBit(bit));
    return value(std::move(sum));
  }
  case Kind::ExtendU:
  case Kind::ExtendS: {
    bool isSigned = kind == Kind::ExtendS;
    if (a.form == Form::Bits) {
      LinearLane result = a;
      result.width = width;
      result.bits.resize(width, isSigned ? a.bits.back() : 0);
      return result;
    }
    std::optional<Polynomial> number = isSigned ? asSigned(a) : asUnsigned(a);
    if (number)
      return makeValue(std::move(*number), width);
    Bounds range = bounds(a.value);
    return unknown(width, "a lane of " + llvm::Twine(a.width) +
                              " bits may wrap: its value is within [" +
                              llvm::Twine(range.min) + ", " +
                              llvm::Twine(range.max) + "]");
  }
  case Kind::Truncate: {
    LinearLane result = a;
    result.width = width;
    if (a.form == Form::Bits)
      result.bits.resize(width);
    return result;
  }
  case Kind::Input:
  case Kind::Constant:
  case Kind::Shuffle:
  case Kind::Bitcast:
    break;
  }
  llvm_unreachable("not a function of single lanes");
}

/// Zero for a lane that does not matter: see evaluate().
LinearLane LinearDomain::orZero(const LinearLane &lane) {
  return lane.isUnknown() && !lane.reason ? makeConstant(0, lane.width) : lane;
}

LinearLane LinearDomain::evaluateBitcast(ArrayRef<LinearLane> from,
                                         unsigned width, unsigned lane) {
  unsigned fromWidth = from[0].width;
  unsigned first = lane * width / fromWidth;
  unsigned last = ((lane + 1) * width - 1) / fromWidth;
  ArrayRef<LinearLane> sources = from.slice(first, last - first + 1);
  for (const LinearLane &source : sources)
    if (source.isUnknown() && source.reason) {
      LinearLane result;
      result.width = width;
      result.reason = source.reason;
      return result;
    }
  SmallVector<LinearLane, 8> filled;
  if (llvm::any_of(sources, [](auto &source) { return source.isUnknown(); })) {
    for (const LinearLane &source : sources)
      filled.push_back(orZero(source));
    sources = filled;
  }

  std::vector<unsigned> bits;
  for (const LinearLane &source : sources) {
    std::optional<std::vector<unsigned>> sourceBits = bitsOf(source);
    if (!sourceBits)
      break;
    llvm::append_range(bits, *sourceBits);
  }
  if (bits.size() == sources.size() * fromWidth) {
    LinearLane result;
    result.form = Form::Bits;
    result.width = width;
    auto begin = bits.begin() + (lane * width - first * fromWidth);
    result.bits.assign(begin, begin + width);
    return result;
  }

  // Numbers side by side, or a part of one.
  if (width % fromWidth == 0) {
    std::optional<Polynomial> sum = Polynomial();
    for (auto [i, source] : llvm::enumerate(sources)) {
      std::optional<Polynomial> number = asUnsigned(source);
      sum = sum && number && i * fromWidth < 60
                ? add(*sum, *number, int64_t(1) << (i * fromWidth))
                : std::nullopt;
    }
    if (sum)
      return makeValue(std::move(*sum), width);
  } else if (fromWidth % width == 0) {
    std::optional<Polynomial> rest = asUnsigned(sources[0]);
    for (unsigned skipped = lane % (fromWidth / width); rest && skipped;
         --skipped) {
      auto parts = width < 60 ? split(*rest, width) : std::nullopt;
      rest = parts ? std::optional(parts->second) : std::nullopt;
    }
    // Modulo 2^width nothing has to be known of what is above.
    if (rest)
      return makeValue(std::move(*rest), width);
  }
  return unknown(width, "bits of a number that are not known");
}

std::vector<std::vector<LinearLane>> LinearDomain::evaluate(
    const LaneProgram &program, ArrayRef<std::vector<LinearLane>> inputs,
    std::vector<WrapCheck> *wrapChecks, const LaneDemand *demand) {
  assert(inputs.size() == program.inputs().size() && "wrong number of inputs");
  checks = wrapChecks;
  std::vector<std::vector<LinearLane>> values;
  for (const Step &step : program.steps()) {
    currentStep = values.size();
    std::vector<LinearLane> lanes;
    lanes.reserve(step.type.lanes);
    auto skip = [&](unsigned lane) {
      if (!demand || demand->hasLane(currentStep, lane, step.type.width))
        return false;
      lanes.emplace_back().width = step.type.width;
      return true;
    };
    switch (step.kind) {
    case Kind::Input:
      lanes = inputs[step.payload[0]];
      break;
    case Kind::Constant:
      for (auto [lane, value] : llvm::enumerate(step.payload))
        if (!skip(lane))
          lanes.push_back(makeConstant(value, step.type.width));
      break;
    case Kind::Shuffle: {
      std::vector<const LinearLane *> all;
      for (unsigned operand : step.operands)
        for (const LinearLane &lane : values[operand])
          all.push_back(&lane);
      for (auto [lane, index] : llvm::enumerate(step.payload))
        if (!skip(lane))
          lanes.push_back(*all[index]);
      break;
    }
    case Kind::Bitcast:
      for (unsigned lane = 0; lane < step.type.lanes; ++lane)
        if (!skip(lane))
          lanes.push_back(
              evaluateBitcast(values[step.operands[0]], step.type.width, lane));
      break;
    default:
      for (unsigned lane = 0; lane < step.type.lanes; ++lane) {
        if (skip(lane))
          continue;
        SmallVector<LinearLane, 3> operands;
        for (unsigned operand : step.operands)
          operands.push_back(orZero(values[operand][lane]));
        lanes.push_back(evaluateLane(step.kind, step.type.width, operands));
      }
    }
    values.push_back(std::move(lanes));
  }
  checks = nullptr;
  std::vector<std::vector<LinearLane>> outputs;
  for (unsigned output : program.outputs())
    outputs.push_back(values[output]);
  return outputs;
}
