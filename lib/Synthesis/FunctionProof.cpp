//===- FunctionProof.cpp - Cutting code into pieces -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using Polynomial = LinearPolynomial;
using Form = LinearLane::Form;
using StepKind = LaneProgram::Kind;

//===----------------------------------------------------------------------===//
// Sets of obligations
//===----------------------------------------------------------------------===//

unsigned ObligationSet::add(Obligation::Kind kind, const std::string &claim,
                            const std::string &text) {
  auto [it, isNew] = byText.try_emplace(text, all.size());
  if (!isNew) {
    ++all[it->second].uses;
    return it->second;
  }
  Obligation made;
  made.kind = kind;
  made.name = (stringifyObligationKind(kind) + "-" +
               llvm::utohexstr(llvm::xxh3_64bits(text), /*LowerCase=*/true,
                               /*Width=*/16))
                  .str();
  made.claim = claim;
  made.text = text;
  all.push_back(std::move(made));
  return it->second;
}

std::vector<Obligation> ObligationSet::take() {
  for (Obligation &obligation : all) {
    std::string comment;
    for (StringRef line : llvm::split(obligation.claim, '\n'))
      if (!line.empty())
        comment += "; " + line.str() + "\n";
    obligation.text = comment + obligation.text;
  }
  return std::move(all);
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

bool FunctionProof::restrict(ArrayRef<llvm::BitVector> results) {
  func::FuncOp op = function.function;
  Block &body = op.getBody().front();
  SmallVector<Value> values;
  for (Operation &each : body.without_terminator())
    llvm::append_range(values, each.getResults());
  size_t numResults = values.size();
  llvm::append_range(values, body.getTerminator()->getOperands());
  FailureOr<LaneProgram> program = set.getProgram(body.getArguments(), values);
  if (failed(program))
    return fail("code without a meaning");
  auto sizeOf = [](Value value) {
    LaneType type = *LaneType::get(value.getType());
    return type.lanes * type.width;
  };
  std::vector<llvm::BitVector> outputs;
  for (Value value : ArrayRef(values).take_front(numResults))
    outputs.emplace_back(sizeOf(value));
  llvm::append_range(outputs, results);
  LaneDemand found = LaneDemand::find(*program, outputs);
  demand.emplace();
  for (BlockArgument argument : body.getArguments())
    (*demand)[argument].resize(sizeOf(argument));
  for (auto [index, step] : llvm::enumerate(program->steps()))
    if (step.kind == StepKind::Input)
      (*demand)[body.getArgument(step.payload[0])] |= found.steps[index];
  for (auto [value, step] : llvm::zip_equal(values, program->outputs()))
    (*demand)[value] |= found.steps[step];
  return true;
}

unsigned FunctionProof::countDemanded(Value value, unsigned lane,
                                      unsigned width) const {
  if (!demand)
    return width;
  const llvm::BitVector &bits = demand->find(value)->second;
  unsigned count = 0;
  for (unsigned bit = 0; bit < width; ++bit)
    count += bits[lane * width + bit];
  return count;
}

FunctionProof::Cut &FunctionProof::addArgument(LaneType &type) {
  func::FuncOp op = function.function;
  Value argument = op.getArgument(nextArgument++);
  type = *LaneType::get(argument.getType());
  Cut &cut = cuts[argument];
  cut.lanes.resize(type.lanes);
  for (auto [index, lane] : llvm::enumerate(cut.lanes)) {
    lane.width = type.width;
    lane.isIgnored = !countDemanded(argument, index, type.width);
  }
  return cut;
}

unsigned FunctionProof::addVariable(Variable variable, bool isBit, int64_t min,
                                    int64_t max) {
  unsigned number = isBit ? domain.addBit() : domain.addInteger(min, max);
  variable.min = min;
  variable.max = max;
  variables[number] = variable;
  monomials[number] = monomialOf(number);
  return number;
}

void FunctionProof::addBits(bool isWord, bool isShared) {
  LaneType type;
  Cut &cut = addArgument(type);
  func::FuncOp op = function.function;
  Value argument = op.getArgument(nextArgument - 1);
  for (auto [index, lane] : llvm::enumerate(cut.lanes)) {
    lane.isBits = true;
    if (isShared) {
      lane.isIgnored = false;
      if (index != 0) {
        lane.bits = cut.lanes.front().bits;
        continue;
      }
    }
    for (unsigned bit = 0; bit < type.width; ++bit)
      lane.bits.push_back(
          isShared || isDemanded(argument, index, type.width, bit)
              ? addVariable({argument, unsigned(index), int(bit),
                             /*isArgument=*/true, isWord},
                            /*isBit=*/true, 0, 1)
              : kIgnored);
  }
  cut.isWordLogic = cut.isOfWords = isWord;
  cut.isShared = isShared;
}

void FunctionProof::addNumbers(int64_t min, int64_t max, bool isSigned) {
  LaneType type;
  Cut &cut = addArgument(type);
  func::FuncOp op = function.function;
  for (auto [index, lane] : llvm::enumerate(cut.lanes)) {
    lane.isSigned = isSigned;
    if (lane.isIgnored)
      continue;
    lane.number = addVariable({op.getArgument(nextArgument - 1),
                               unsigned(index), -1, /*isArgument=*/true, false},
                              /*isBit=*/false, min, max);
  }
}

void FunctionProof::addSums() {
  LaneType type;
  Cut &cut = addArgument(type);
  func::FuncOp op = function.function;
  for (auto [index, lane] : llvm::enumerate(cut.lanes)) {
    lane.isModular = true;
    if (lane.isIgnored)
      continue;
    lane.number =
        addVariable({op.getArgument(nextArgument - 1), unsigned(index), -1,
                     /*isArgument=*/true, /*isWord=*/false, /*isModular=*/true},
                    /*isBit=*/false, INT64_MIN, INT64_MAX);
  }
}

void FunctionProof::addZeros() {
  LaneType type;
  Cut &cut = addArgument(type);
  for (CutLane &lane : cut.lanes) {
    lane.isBits = true;
    lane.isIgnored = false;
    lane.bits.assign(type.width, kZero);
  }
}

unsigned FunctionProof::getArgument(unsigned argument, unsigned lane,
                                    unsigned bit) {
  func::FuncOp op = function.function;
  const CutLane &cut = cuts[op.getArgument(argument)].lanes[lane];
  return cut.isBits ? unsigned(cut.bits[bit]) : cut.number;
}

bool FunctionProof::isIgnored(unsigned argument, unsigned lane,
                              unsigned bit) const {
  func::FuncOp op = function.function;
  const CutLane &cut = cuts.find(op.getArgument(argument))->second.lanes[lane];
  return cut.isIgnored || (cut.isBits && cut.bits[bit] == kIgnored);
}

std::optional<unsigned>
FunctionProof::findArgument(unsigned argument, unsigned lane, unsigned bit) {
  func::FuncOp op = function.function;
  const CutLane &cut = cuts[op.getArgument(argument)].lanes[lane];
  if (cut.isIgnored || (cut.isBits && cut.bits[bit] < 0))
    return std::nullopt;
  return getArgument(argument, lane, bit);
}

//===----------------------------------------------------------------------===//
// Windows: the ops between a value and the cuts before it
//===----------------------------------------------------------------------===//

/// The cut values that some values depend on.
SmallVector<Value, 4> FunctionProof::getWindow(ValueRange values) const {
  llvm::SetVector<Value> leaves;
  llvm::DenseSet<Value> seen;
  SmallVector<Value> pending(llvm::reverse(values));
  while (!pending.empty()) {
    Value value = pending.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    if (cuts.contains(value))
      leaves.insert(value);
    else if (Operation *op = value.getDefiningOp())
      llvm::append_range(pending, llvm::reverse(op->getOperands()));
  }
  return llvm::to_vector<4>(leaves);
}

/// The same with logic of words looked through; with numbers that are made of
/// words alone as well, if `throughNumbers`.
SmallVector<Value, 4> FunctionProof::expand(ArrayRef<Value> leaves,
                                            bool throughNumbers) const {
  llvm::SetVector<Value> result;
  for (Value leaf : leaves) {
    const Cut &cut = cuts.find(leaf)->second;
    if (!(throughNumbers ? cut.isOfWords : cut.isWordLogic) ||
        cut.leaves.empty())
      result.insert(leaf);
    else
      for (Value further : expand(cut.leaves, throughNumbers))
        result.insert(further);
  }
  return llvm::to_vector<4>(result);
}

std::vector<LinearLane> FunctionProof::getForms(const Cut &cut) {
  std::vector<LinearLane> forms;
  for (const CutLane &lane : cut.lanes) {
    if (lane.isIgnored) {
      forms.emplace_back().width = lane.width;
      continue;
    }
    if (!lane.isBits) {
      forms.push_back(
          domain.makeValue(domain.variable(lane.number), lane.width));
      continue;
    }
    LinearLane form = domain.makeConstant(0, lane.width);
    for (auto [bit, variable] : llvm::enumerate(lane.bits))
      form.bits[bit] = variable < 0
                           ? unsigned(variable == kOne)
                           : domain.makeBits({unsigned(variable)}).bits[0];
    forms.push_back(std::move(form));
  }
  return forms;
}

FailureOr<LaneProgram> FunctionProof::getProgram(ArrayRef<Value> leaves,
                                                 ValueRange values) {
  return set.getProgram(leaves, values);
}

std::vector<std::vector<LinearLane>>
FunctionProof::evaluate(ArrayRef<Value> leaves, ValueRange values) {
  FailureOr<LaneProgram> program = getProgram(leaves, values);
  if (failed(program))
    return {};
  std::vector<std::vector<LinearLane>> inputs;
  for (Value leaf : leaves)
    inputs.push_back(getForms(cuts[leaf]));
  if (!demand)
    return domain.evaluate(*program, inputs);
  std::optional<LaneDemand> part = findDemand(*program, leaves, values);
  if (!part)
    return {};
  return domain.evaluate(*program, inputs, /*checks=*/nullptr, &*part);
}

std::optional<LaneDemand> FunctionProof::findDemand(const LaneProgram &program,
                                                    ArrayRef<Value> leaves,
                                                    ValueRange values) const {
  std::vector<llvm::BitVector> outputs;
  for (Value value : values)
    outputs.push_back(demand->find(value)->second);
  LaneDemand part = LaneDemand::find(program, outputs);
  for (auto [index, step] : llvm::enumerate(program.steps())) {
    if (step.kind != StepKind::Input)
      continue;
    const Cut &cut = cuts.find(leaves[step.payload[0]])->second;
    for (unsigned bit : part.steps[index].set_bits()) {
      const CutLane &lane = cut.lanes[bit / step.type.width];
      if (lane.isIgnored ||
          (lane.isBits && lane.bits[bit % step.type.width] == kIgnored))
        return std::nullopt;
    }
  }
  return part;
}

/// Linear, but for products of bits of words.
bool FunctionProof::isGood(const Polynomial &number) const {
  auto isWord = [&](unsigned factor) {
    auto it = variables.find(factor);
    return it != variables.end() && it->second.isWord;
  };
  return llvm::all_of(number.terms(), [&](auto term) {
    ArrayRef<unsigned> factors = domain.getFactors(term.first);
    return factors.size() < 2 || llvm::all_of(factors, isWord);
  });
}

std::optional<Polynomial> FunctionProof::bitOf(const LinearLane &lane,
                                               unsigned bit) {
  LinearLane one;
  one.form = Form::Bits;
  one.width = 1;
  one.bits = {lane.bits[bit]};
  std::optional<Polynomial> number = domain.asUnsigned(one);
  return number ? domain.canonical(*number) : std::nullopt;
}

/// A constant, or a copy of another bit.
bool FunctionProof::isTrivialBit(const Polynomial &bit) const {
  return bit.isConstant() ||
         (bit.terms().size() == 1 && bit.terms()[0].second == 1 &&
          domain.getFactors(bit.terms()[0].first).size() == 1);
}

/// What lanes are, in variables of the cuts `leaves`.
FunctionProof::Reading FunctionProof::read(Value value,
                                           ArrayRef<Value> leaves) {
  Reading reading;
  llvm::append_range(reading.leaves, leaves);
  std::vector<std::vector<LinearLane>> outputs = evaluate(leaves, value);
  if (outputs.empty()) {
    reading.problem = "code without a meaning";
    return reading;
  }
  for (auto [index, form] : llvm::enumerate(outputs[0])) {
    LaneReading &lane = reading.lanes.emplace_back();
    lane.width = form.width;
    lane.numDemanded = countDemanded(value, index, form.width);
    if (!lane.numDemanded)
      continue;
    if (form.isUnknown()) {
      reading.problem = *form.reason;
      return reading;
    }
    lane.isBits = form.form == Form::Bits;
    lane.isGood = lane.isBits;
    bool isTrivial = true;
    if (!lane.isBits) {
      isTrivial = isCopy(form);
    } else {
      for (unsigned bit = 0; bit < form.width; ++bit) {
        std::optional<Polynomial> number = Polynomial();
        if (isDemanded(value, index, form.width, bit)) {
          number = bitOf(form, bit);
          if (!number) {
            reading.problem = "a bit with too many terms";
            return reading;
          }
          isTrivial &= isTrivialBit(*number);
          lane.isGood &= isGood(*number);
        }
        lane.bits.push_back(std::move(*number));
      }
    }
    reading.isTrivial &= isTrivial;
    reading.areBitsGood &= lane.isGood || !lane.isBits;
    if (!lane.isGood && lane.numDemanded == form.width)
      readNumber(form, lane);
    if (!lane.isBits && !lane.number)
      reading.areNumbersGood = false;
  }
  return reading;
}

/// As a number: unsigned, signed, or modulo 2^width.
void FunctionProof::readNumber(const LinearLane &form, LaneReading &lane) {
  auto accept = [&](std::optional<Polynomial> candidate) {
    if (candidate)
      candidate = domain.canonical(*candidate);
    if (candidate && isGood(*candidate))
      lane.number = std::move(candidate);
    return lane.number.has_value();
  };
  if (accept(domain.asUnsigned(form)))
    return;
  if (accept(domain.asSigned(form)))
    lane.isSigned = true;
  else if (!lane.isBits && accept(domain.valueOf(form)))
    lane.isModular = true;
}

/// Whether a number is one that is cut already.
bool FunctionProof::isCopy(const LinearLane &form) const {
  auto terms = form.value.terms();
  if (terms.size() != 1 || terms[0].second != 1 ||
      domain.getFactors(terms[0].first).size() != 1)
    return false;
  auto it = variables.find(domain.getFactors(terms[0].first)[0]);
  return it != variables.end() && it->second.bit < 0 &&
         LaneType::get(it->second.value.getType())->width == form.width;
}

/// Cuts a value if it is more than copies of bits and numbers, or if `force`.
bool FunctionProof::visit(Value value, bool force) {
  if (cuts.contains(value))
    return true;
  if (demand && demand->find(value)->second.none())
    return true;
  SmallVector<Value, 4> leaves = getWindow(value);
  if (leaves.empty() && !force)
    return true;
  Reading reading = read(value, leaves);
  if (!reading.problem.empty())
    return fail(reading.problem);
  if (reading.isTrivial && !force)
    return true;
  if (!reading.areBitsGood) {
    // Perhaps they are products of more bits of words.
    SmallVector<Value, 4> further = expand(leaves, /*throughNumbers=*/false);
    if (further != leaves) {
      Reading again = read(value, further);
      if (again.problem.empty() && again.areBitsGood)
        reading = std::move(again);
    }
  }
  if (!reading.areNumbersGood) {
    // Perhaps numbers are looked up in a table that words make.
    SmallVector<Value, 4> further = expand(leaves, /*throughNumbers=*/true);
    if (further != leaves) {
      Reading again = read(value, further);
      if (again.problem.empty() && again.areNumbersGood)
        reading = std::move(again);
    }
  }
  return cut(value, std::move(reading));
}

bool FunctionProof::cut(Value value, Reading reading) {
  ArrayRef<Value> leaves = reading.leaves;
  FailureOr<LaneProgram> program = getProgram(leaves, value);
  if (failed(program))
    return fail("code without a meaning");
  Cut cut;
  cut.isOfWords = !leaves.empty() && llvm::all_of(leaves, [&](Value leaf) {
    return cuts.find(leaf)->second.isOfWords;
  });
  cut.isWordLogic = reading.areBitsGood && !leaves.empty() &&
                    llvm::all_of(leaves, [&](Value leaf) {
                      return cuts.find(leaf)->second.isWordLogic;
                    });
  llvm::append_range(cut.leaves, leaves);
  bool isNonlinear = false;
  for (auto [index, form] : llvm::enumerate(reading.lanes)) {
    CutLane &lane = cut.lanes.emplace_back();
    lane.width = form.width;
    if (!form.numDemanded) {
      lane.isIgnored = true;
      continue;
    }
    if (!form.isBits && form.numDemanded != form.width)
      return fail("some bits of a number");
    if (!form.isBits && !form.number)
      return fail("a number that is not linear in bits and numbers");
    if (form.number) {
      lane.isSigned = form.isSigned;
      lane.isModular = form.isModular;
      cut.isWordLogic = false;
      numBounded += !lane.isModular;
      Bounds bounds = domain.bounds(*form.number);
      if (lane.isModular)
        bounds = {INT64_MIN, INT64_MAX, false};
      lane.number = addVariable(
          {value, unsigned(index), -1, false, false, lane.isModular},
          /*isBit=*/false, bounds.min, bounds.max);
      std::optional<unsigned> obligation =
          proveNumber(*program, leaves, value, index, lane, *form.number);
      if (!obligation)
        return fail("a number of too many bits");
      singles[lane.number] = facts.size();
      facts.push_back({{{lane.number, 1}},
                       std::move(*form.number),
                       lane.isModular ? std::min(lane.width, 32u) : 0,
                       *obligation});
      continue;
    }
    lane.isBits = true;
    std::map<unsigned, Polynomial> known;
    for (auto [bit, polynomial] : llvm::enumerate(form.bits)) {
      if (!isDemanded(value, index, form.width, bit)) {
        lane.bits.push_back(kIgnored);
        continue;
      }
      if (polynomial.isConstant()) {
        lane.bits.push_back(polynomial.constantTerm() ? kOne : kZero);
        known[bit] = polynomial;
        continue;
      }
      unsigned variable =
          addVariable({value, unsigned(index), int(bit), false, false},
                      /*isBit=*/true, 0, 1);
      lane.bits.push_back(variable);
      if (isGood(polynomial)) {
        known[bit] = polynomial;
      } else {
        definitions[variable] = polynomial;
        isNonlinear = true;
      }
    }
    if (known.empty())
      continue;
    std::optional<unsigned> obligation = proveBits(
        *program, leaves, value, {1}, index, known, Obligation::Kind::Bits);
    if (!obligation)
      return fail("bits of too many terms");
    for (auto &[bit, polynomial] : known)
      if (lane.bits[bit] >= 0) {
        singles[lane.bits[bit]] = facts.size();
        facts.push_back(
            {{{unsigned(lane.bits[bit]), 1}}, polynomial, 0, *obligation});
      }
  }
  if (isNonlinear)
    nonlinear.push_back(value);
  cuts[value] = std::move(cut);
  return true;
}

bool FunctionProof::run() {
  func::FuncOp op = function.function;
  Block &body = op.getBody().front();
  for (Operation &each : body.without_terminator())
    for (Value result : each.getResults())
      if (!visit(result, /*force=*/false))
        return false;
  for (Value result : body.getTerminator()->getOperands())
    if (!visit(result, /*force=*/true))
      return false;
  if (!nonlinear.empty())
    findAdders();
  return true;
}

FunctionProof::Term FunctionProof::getLane(unsigned result, unsigned lane) {
  func::FuncOp op = function.function;
  Value value = op.getBody().front().getTerminator()->getOperand(result);
  const CutLane &cut = cuts[value].lanes[lane];
  Term term;
  if (!cut.isBits) {
    term.variable = cut.number;
    term.isModular = cut.isModular;
    term.min = variables[cut.number].min;
    term.max = variables[cut.number].max;
    return term;
  }
  uint64_t constant = 0;
  for (auto [bit, variable] : llvm::enumerate(cut.bits)) {
    if (variable >= 0 || variable == kIgnored) {
      fail("a number that is known bit by bit only");
      return term;
    }
    constant |= uint64_t(variable == kOne) << bit;
  }
  term.constant = term.min = term.max = constant;
  return term;
}

FunctionProof::Term FunctionProof::getBit(unsigned result, unsigned lane,
                                          unsigned bit) {
  func::FuncOp op = function.function;
  Value value = op.getBody().front().getTerminator()->getOperand(result);
  const CutLane &cut = cuts[value].lanes[lane];
  Term term;
  if (!cut.isBits) {
    fail("bits of a number that are not known");
    return term;
  }
  if (cut.bits[bit] >= 0)
    term.variable = cut.bits[bit];
  else
    term.constant = cut.bits[bit] == kOne;
  return term;
}
