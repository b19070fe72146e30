//===- FactCheck.cpp - The proof of a kernel by facts ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers in comments are those of the claims at the top of Prover.h.
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "bitserial/Transforms/PlaneNames.h"

#include "llvm/Support/FormatVariadic.h"

#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using Expression = FunctionProof::Expression;

namespace {

/// A function in blocks (see LaneBlocks.h), of which the first is looked at.
struct Blocks {
  unsigned count = 1;
  /// Components of the state that the function does not read, but returns.
  std::vector<bool> isReturned;
};

/// What a part of V_p, that of one block, depends on: as if it were the first
/// block.
struct BlockRow {
  std::vector<int64_t> coefficients; ///< By slot.
  /// By lane of words in the block (one lane if that is larger): whether it
  /// belongs to the output.
  std::vector<bool> isFed;

  bool isZero() const {
    return llvm::all_of(coefficients, [](int64_t each) { return !each; }) &&
           !llvm::is_contained(isFed, true);
  }
  bool operator==(const BlockRow &other) const {
    return coefficients == other.coefficients && isFed == other.isFed;
  }
};

class FactChecker {
public:
  FactChecker(const KernelCode &code, const InstructionSet &set,
              ObligationSet &obligations)
      : code(code), kernel(*code.kernel), set(set), obligations(obligations) {}

  bool run();

  LinearCheck check;

private:
  bool fail(const Twine &why) {
    if (check.reason.empty())
      check.reason = why.str();
    return false;
  }
  /// A function that was cut.
  struct CutFunction {
    const KernelFunction *function;
    std::vector<BlockInput> inputs;
    Blocks blocks;
    int64_t used;
    std::unique_ptr<FunctionProof> proof;
    bool isDone = false;
  };
  /// Cuts a function of the state within (pass, used) and of words; or finds
  /// that of another pass that does the same. Look at the first block only.
  CutFunction &cut(const KernelFunction &function, unsigned pass, int64_t used,
                   const Blocks &blocks);
  bool fail(FunctionProof &proof, const Twine &why) {
    return fail(proof.getReason().empty() ? why : Twine(proof.getReason()));
  }

  /// Of a pass; counters and bits are zero after the last.
  void addState(FunctionProof &proof, int64_t used, unsigned pass);
  /// The part of V that depends on the first block, of the arguments. Fails if
  /// the function does not read all that V depends on: it forgets some of it.
  bool addRow(FunctionProof &proof, Expression &sum, const BlockRow &row);
  /// The same of what a function returns, in its arguments.
  std::optional<Expression> apply(FunctionProof &proof, const BlockRow &row);

  /// The numbers of blocks to try for a function of the state and, in a step,
  /// of words: the most first, 1 at last.
  std::vector<Blocks> getBlocks(const KernelFunction &function, unsigned pass);
  /// Begins to look at the first block of the results.
  bool restrict(FunctionProof &proof, const Blocks &blocks);
  std::vector<BlockInput> getInputs(const KernelFunction &function,
                                    unsigned pass) const;
  /// Block of a slot, and the slot in the first block.
  std::pair<unsigned, unsigned> rebase(unsigned slot,
                                       const Blocks &blocks) const;
  /// A row block by block, without components that are returned.
  std::vector<BlockRow> divide(const LinearRow &row,
                               const Blocks &blocks) const;
  /// Tries a check with fewer and fewer blocks.
  bool tryBlocks(const KernelFunction &function, unsigned pass,
                 llvm::function_ref<bool(const Blocks &)> tryOne);
  bool areEqual(const Expression &a, const Expression &b);
  /// Whether components for which `which` holds are zero afterwards.
  bool isZero(FunctionProof &proof, const Blocks &blocks, unsigned pass,
              llvm::function_ref<bool(unsigned)> which);

  bool addFinish();
  bool addEnd(unsigned pass);
  bool addEnd(unsigned pass, const Blocks &blocks);
  bool addFlush(unsigned pass, const Blocks &blocks);
  bool addStep(unsigned pass, unsigned index, const Blocks &blocks);
  bool addSpec();
  /// A row for what an expression in the state says.
  bool readRow(FunctionProof &proof, const Expression &sum,
               unsigned firstArgument, LinearRow &row);
  bool checkNarrowSums(const LinearRow &row);
  /// What bits of words add to an output that they are fed to, at the lowest
  /// bit of lane `lane`.
  void readContribution(FunctionProof &proof, unsigned pass, unsigned lane,
                        const Expression &sum);

  const KernelCode &code;
  const Kernel &kernel;
  const InstructionSet &set;
  ObligationSet &obligations;
  std::vector<std::unique_ptr<CutFunction>> cutFunctions;
};

} // namespace

void FactChecker::addState(FunctionProof &proof, int64_t used, unsigned pass) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i)) {
      proof.addSums();
    } else if (pass == kernel.passes.size() || !code.isActive(pass, i)) {
      proof.addZeros();
    } else if (code.isCounter(i)) {
      int64_t max = code.getCounterLimit(i, used);
      bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
      proof.addNumbers(isSigned ? -max : 0, max, isSigned);
    } else {
      proof.addBits(/*isWord=*/false);
    }
  }
}

static unsigned monomialOf(FunctionProof &proof, ArrayRef<unsigned> factors) {
  return proof.getDomain().product(factors).terms()[0].first;
}

static void addTo(Expression &sum, unsigned monomial, int64_t coefficient) {
  sum[monomial] += coefficient;
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

static unsigned sizeOf(LaneType type) { return type.lanes * type.width; }

std::vector<Blocks> FactChecker::getBlocks(const KernelFunction &function,
                                           unsigned pass) {
  func::FuncOp op = function.function;
  Block &body = op.getBody().front();
  unsigned numStates = code.stateTypes.size();
  Blocks blocks;
  std::vector<unsigned> outputs;
  // Parts of numbers are whole lanes.
  unsigned most = sizeOf(code.wordType) / 8;
  for (unsigned i = 0; i < numStates; ++i) {
    BlockArgument argument = body.getArgument(i);
    bool isReturned =
        argument.hasOneUse() && body.getTerminator()->getOperand(i) == argument;
    blocks.isReturned.push_back(isReturned);
    if (isReturned)
      continue;
    outputs.push_back(i);
    LaneType type = code.stateTypes[i];
    bool isBits = kernel.stateKinds[i] == StateKind::Bits;
    most = std::gcd(most, isBits ? sizeOf(type) / 8 : type.lanes);
  }
  std::vector<BlockInput> inputs = getInputs(function, pass);
  std::vector<Blocks> result;
  for (blocks.count = most; blocks.count > 1; --blocks.count)
    if (most % blocks.count == 0 &&
        hasBlocks(function.program, inputs, outputs, blocks.count)) {
      result.push_back(blocks);
      break;
    }
  blocks.count = 1;
  result.push_back(std::move(blocks));
  return result;
}

std::vector<BlockInput> FactChecker::getInputs(const KernelFunction &function,
                                               unsigned pass) const {
  const KernelPass &kernelPass = kernel.passes[pass];
  unsigned numStates = code.stateTypes.size(),
           numPlanes = kernelPass.planes.size();
  std::vector<BlockInput> inputs;
  for (unsigned i = 0; i < function.program.inputs().size(); ++i) {
    bool isZero = i < numStates && !code.isActive(pass, i);
    bool isShared =
        i >= numStates &&
        code.isSharedByLanes(kernelPass.planes[(i - numStates) % numPlanes]);
    inputs.push_back(isZero     ? BlockInput::Zero
                     : isShared ? BlockInput::Shared
                                : BlockInput::Divided);
  }
  return inputs;
}

FactChecker::CutFunction &FactChecker::cut(const KernelFunction &function,
                                           unsigned pass, int64_t used,
                                           const Blocks &blocks) {
  func::FuncOp op = function.function;
  std::vector<BlockInput> inputs = getInputs(function, pass);
  for (auto &known : cutFunctions) {
    func::FuncOp other = known->function->function;
    if (known->used == used && known->inputs == inputs &&
        known->blocks.count == blocks.count &&
        OperationEquivalence::isRegionEquivalentTo(
            &op.getBody(), &other.getBody(),
            OperationEquivalence::IgnoreLocations))
      return *known;
  }
  auto made = std::make_unique<CutFunction>(
      CutFunction{&function, inputs, blocks, used, nullptr});
  made->proof = std::make_unique<FunctionProof>(function, set, obligations);
  FunctionProof &proof = *made->proof;
  if (restrict(proof, blocks)) {
    addState(proof, used, pass);
    for (unsigned i = code.stateTypes.size(); i < inputs.size(); ++i)
      proof.addBits(/*isWord=*/true, inputs[i] == BlockInput::Shared);
    made->isDone = proof.run();
    check.wrapChecks += proof.getNumBounded();
  }
  return *cutFunctions.emplace_back(std::move(made));
}

bool FactChecker::restrict(FunctionProof &proof, const Blocks &blocks) {
  if (blocks.count == 1)
    return true;
  std::vector<llvm::BitVector> results;
  for (auto [i, type] : llvm::enumerate(code.stateTypes)) {
    llvm::BitVector &bits = results.emplace_back(sizeOf(type));
    if (!blocks.isReturned[i])
      bits.set(0, sizeOf(type) / blocks.count);
  }
  return proof.restrict(results);
}

std::pair<unsigned, unsigned> FactChecker::rebase(unsigned slot,
                                                  const Blocks &blocks) const {
  auto [component, lane, bit] = code.slots[slot];
  LaneType type = code.stateTypes[component];
  unsigned size = sizeOf(type) / blocks.count;
  unsigned flat = lane * type.width + std::max(bit, 0);
  unsigned first = flat % size;
  return {flat / size, code.getSlot(component, first / type.width,
                                    bit < 0 ? 0 : first % type.width)};
}

std::vector<BlockRow> FactChecker::divide(const LinearRow &row,
                                          const Blocks &blocks) const {
  std::vector<BlockRow> result(blocks.count);
  unsigned bits = sizeOf(code.wordType) / blocks.count;
  for (auto [index, block] : llvm::enumerate(result)) {
    block.coefficients.assign(code.slots.size(), 0);
    unsigned first = index * bits / code.wordType.width,
             last = ((index + 1) * bits - 1) / code.wordType.width;
    for (unsigned lane = first; lane <= last; ++lane)
      block.isFed.push_back(code.feeds(lane, row.output));
  }
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients))
    if (coefficient && !blocks.isReturned[code.slots[slot].component]) {
      auto [block, first] = rebase(slot, blocks);
      result[block].coefficients[first] = coefficient;
    }
  return result;
}

bool FactChecker::tryBlocks(const KernelFunction &function, unsigned pass,
                            llvm::function_ref<bool(const Blocks &)> tryOne) {
  for (const Blocks &blocks : getBlocks(function, pass)) {
    check.reason.clear();
    if (tryOne(blocks))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

bool FactChecker::addRow(FunctionProof &proof, Expression &sum,
                         const BlockRow &row) {
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    auto [component, lane, bit] = code.slots[slot];
    if (!coefficient)
      continue;
    if (proof.isIgnored(component, lane, std::max(bit, 0)))
      return false;
    if (std::optional<unsigned> variable =
            proof.findArgument(component, lane, std::max(bit, 0)))
      addTo(sum, monomialOf(proof, *variable), coefficient);
  }
  return true;
}

std::optional<Expression> FactChecker::apply(FunctionProof &proof,
                                             const BlockRow &row) {
  Expression sum;
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    if (!coefficient)
      continue;
    auto [component, lane, bit] = code.slots[slot];
    FunctionProof::Term term = bit < 0 ? proof.getLane(component, lane)
                                       : proof.getBit(component, lane, bit);
    if (!proof.getReason().empty())
      return std::nullopt;
    if (term.variable)
      addTo(sum, monomialOf(proof, *term.variable), coefficient);
    else
      addTo(sum, 0, coefficient * term.constant);
  }
  for (auto it = sum.begin(); it != sum.end();)
    it = it->second ? std::next(it) : sum.erase(it);
  return proof.express(sum);
}

/// Modulo 2^32.
bool FactChecker::areEqual(const Expression &a, const Expression &b) {
  auto covers = [](const Expression &x, const Expression &y) {
    return llvm::all_of(x, [&](auto &term) {
      auto it = y.find(term.first);
      return reduce32(term.second - (it == y.end() ? 0 : it->second)) == 0;
    });
  };
  return covers(a, b) && covers(b, a);
}

bool FactChecker::isZero(FunctionProof &proof, const Blocks &blocks,
                         unsigned pass,
                         llvm::function_ref<bool(unsigned)> which) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i) || !which(i))
      continue;
    if (blocks.isReturned[i]) {
      if (code.isActive(pass, i))
        return false;
      continue;
    }
    LaneType type = code.stateTypes[i];
    unsigned size = sizeOf(type) / blocks.count;
    for (unsigned lane = 0; lane * type.width < size; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (term.variable || term.constant || !proof.getReason().empty())
        return false;
    }
  }
  return true;
}

bool FactChecker::readRow(FunctionProof &proof, const Expression &sum,
                          unsigned firstArgument, LinearRow &row) {
  std::map<unsigned, unsigned> slotOf;
  for (auto [slot, place] : llvm::enumerate(code.slots))
    if (std::optional<unsigned> variable =
            proof.findArgument(firstArgument + place.component, place.lane,
                               std::max(place.bit, 0)))
      slotOf[*variable] = slot;
  row.constant = 0;
  row.coefficients.assign(code.slots.size(), 0);
  for (auto [monomial, coefficient] : sum) {
    int64_t reduced = reduce32(coefficient);
    if (!reduced)
      continue;
    ArrayRef<unsigned> factors = proof.getFactors(monomial);
    if (factors.empty()) {
      row.constant = reduced;
      continue;
    }
    auto slot = slotOf.find(factors[0]);
    if (factors.size() != 1 || slot == slotOf.end())
      return fail("the result is not linear in the state, or depends on that "
                  "of another accumulator");
    row.coefficients[slot->second] = reduced;
  }
  return true;
}

bool FactChecker::checkNarrowSums(const LinearRow &row) {
  // Where the value of a narrow sum goes it does so modulo 2^width.
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    unsigned component = code.slots[slot].component;
    unsigned width = code.stateTypes[component].width;
    if (code.isSum(component) && width < 32 &&
        coefficient % (int64_t(1) << (32 - width)))
      return fail("sums of " + Twine(width) + " bits may wrap around");
  }
  return true;
}

// 1, after the last pass.
bool FactChecker::addFinish() {
  FunctionProof proof(*code.finish, set, obligations);
  for (unsigned i = 0; i < kernel.group; ++i)
    addState(proof, 0, kernel.passes.size());
  if (!proof.run())
    return fail(proof, "");
  check.wrapChecks += proof.getNumBounded();
  check.rows.resize(kernel.passes.size() + 1);
  std::vector<LinearRow> &rows = check.rows.back();
  for (unsigned output = 0; output < code.numOutputs(); ++output) {
    bool isReduction = kernel.spec.lanesAreReduction;
    LinearRow row;
    row.output = output;
    row.accumulator = isReduction ? output : 0;
    Expression given;
    FunctionProof::Term term = proof.getLane(0, output);
    addTo(given, term.variable ? monomialOf(proof, *term.variable) : 0,
          term.variable ? 1 : term.constant);
    std::optional<Expression> sum = proof.express(given);
    if (!sum)
      return fail(proof, "");
    if (!readRow(proof, *sum, row.accumulator * code.stateTypes.size(), row) ||
        !checkNarrowSums(row))
      return false;
    rows.push_back(std::move(row));
  }
  // Accumulators of which nothing differs are proved once.
  if (kernel.spec.lanesAreReduction)
    rows.erase(std::unique(rows.begin(), rows.end(),
                           [](const LinearRow &a, const LinearRow &b) {
                             return a.constant == b.constant &&
                                    a.coefficients == b.coefficients;
                           }),
               rows.end());
  return true;
}

// 1 and 3 of a pass.
bool FactChecker::addEnd(unsigned pass) {
  std::vector<LinearRow> &rows = check.rows[pass];
  rows = check.rows[pass + 1];
  if (!code.passes[pass].end) {
    // Counters and bits stay zero, and do not count.
    for (LinearRow &row : rows)
      for (auto [slot, coefficient] : llvm::enumerate(row.coefficients))
        if (!code.isSum(code.slots[slot].component))
          coefficient = 0;
    return true;
  }
  return tryBlocks(*code.passes[pass].end, pass,
                   [&](const Blocks &blocks) { return addEnd(pass, blocks); });
}

bool FactChecker::addEnd(unsigned pass, const Blocks &blocks) {
  const KernelFunction &function = *code.passes[pass].end;
  CutFunction &known =
      cut(function, pass, kernel.passes[pass].capacity, blocks);
  FunctionProof &proof = *known.proof;
  if (!known.isDone ||
      !isZero(proof, blocks, pass, [](unsigned) { return true; }))
    return fail(proof, "@" + function.name + ": counters or bits are not zero");
  std::vector<LinearRow> rows = check.rows[pass + 1];
  std::vector<std::pair<BlockRow, LinearRow>> made;
  for (LinearRow &row : rows) {
    std::vector<BlockRow> before = divide(row, blocks);
    // Sums that are returned stay as they are.
    for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
      unsigned component = code.slots[slot].component;
      if (!blocks.isReturned[component] || !code.isSum(component))
        coefficient = 0;
    }
    std::vector<LinearRow> after;
    for (BlockRow &block : before) {
      block.isFed.clear();
      auto it = llvm::find_if(
          made, [&](const auto &pair) { return pair.first == block; });
      if (it == made.end()) {
        std::optional<Expression> sum = apply(proof, block);
        if (!sum)
          return fail(proof, "");
        it = made.insert(made.end(), {block, LinearRow()});
        if (!readRow(proof, *sum, 0, it->second))
          return false;
      }
      after.push_back(it->second);
      row.constant = reduce32(row.constant + it->second.constant);
    }
    for (unsigned slot = 0; slot < code.slots.size(); ++slot) {
      if (blocks.isReturned[code.slots[slot].component])
        continue;
      auto [block, first] = rebase(slot, blocks);
      row.coefficients[slot] = after[block].coefficients[first];
    }
    if (!checkNarrowSums(row))
      return false;
  }
  check.rows[pass] = std::move(rows);
  return true;
}

// 4.
bool FactChecker::addFlush(unsigned pass, const Blocks &blocks) {
  const KernelFunction &function = *code.passes[pass].flush;
  CutFunction &known =
      cut(function, pass, kernel.passes[pass].capacity, blocks);
  FunctionProof &proof = *known.proof;
  if (!known.isDone || !isZero(proof, blocks, pass, [&](unsigned i) {
        return code.isCounter(i) || !code.isActive(pass, i);
      }))
    return fail(proof, "@" + function.name + ": counters are not zero");
  std::vector<BlockRow> done;
  for (const LinearRow &row : check.rows[pass])
    for (BlockRow &block : divide(row, blocks)) {
      block.isFed.clear();
      if (llvm::is_contained(done, block))
        continue;
      Expression expected;
      if (!addRow(proof, expected, block))
        return fail("@" + function.name + ": forgets what was counted");
      std::optional<Expression> actual = apply(proof, block);
      if (!actual || !areEqual(*actual, expected))
        return fail(proof, "@" + function.name + ": changes the result");
      done.push_back(std::move(block));
    }
  return true;
}

// 5 and 6, and 3 if there is no @end.
bool FactChecker::addStep(unsigned pass, unsigned index, const Blocks &blocks) {
  const KernelPass &kernelPass = kernel.passes[pass];
  const KernelStep &step = kernelPass.steps[index];
  const KernelFunction &function = code.passes[pass].steps[index];
  CutFunction &known =
      cut(function, pass, int64_t(kernelPass.capacity) - step.cost, blocks);
  FunctionProof &proof = *known.proof;
  if (!known.isDone)
    return fail(proof, "");
  if (!isZero(proof, blocks, pass,
              [&](unsigned i) { return !code.isActive(pass, i); }))
    return fail(proof, "@" + function.name + ": counters or bits are set");

  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (!code.isCounter(i) || !code.isActive(pass, i) || blocks.isReturned[i])
      continue;
    bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
    int64_t largest = code.getCounterLimit(i, INT64_MAX);
    unsigned numLanes = code.stateTypes[i].lanes / blocks.count;
    for (unsigned lane = 0; lane < numLanes; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (!proof.getReason().empty())
        return fail(proof, "");
      if (term.isModular || term.min < (isSigned ? -largest - 1 : 0) ||
          term.max > largest)
        return fail("@" + function.name + ": a counter may wrap around");
      if (!term.variable) {
        if (std::abs(term.constant) > int64_t(step.cost))
          return fail("@" + function.name + ": a counter is set");
        continue;
      }
      if (!proof.bound(*term.variable, step.cost, isSigned))
        return fail(proof, "");
    }
  }

  size_t numStates = code.stateTypes.size(),
         numPlanes = kernelPass.planes.size();
  // Of words, that of the first block.
  unsigned width = code.wordType.width,
           numBits = sizeOf(code.wordType) / blocks.count;
  std::vector<BlockRow> done;
  for (const LinearRow &row : check.rows[pass])
    for (BlockRow &block : divide(row, blocks)) {
      if (block.isZero() || llvm::is_contained(done, block))
        continue;
      std::optional<Expression> actual = apply(proof, block);
      if (!actual)
        return fail(proof, "");
      auto fed = llvm::find(block.isFed, true);
      if (step.words == 1 && done.empty() && fed != block.isFed.end())
        readContribution(proof, pass, fed - block.isFed.begin(), *actual);
      Expression expected;
      if (!addRow(proof, expected, block))
        return fail("@" + function.name + ": forgets what was counted");
      for (auto [planes, coefficient] :
           check.passes[pass].contribution.getTerms())
        for (unsigned position = 0; position < step.words; ++position)
          for (unsigned bit = 0; bit < numBits; ++bit) {
            if (!block.isFed[bit / width])
              continue;
            SmallVector<unsigned> factors;
            for (auto [i, plane] : llvm::enumerate(kernelPass.planes))
              if (planes >> plane & 1)
                if (std::optional<unsigned> factor =
                        proof.findArgument(numStates + position * numPlanes + i,
                                           bit / width, bit % width))
                  factors.push_back(*factor);
            if (int(factors.size()) != llvm::popcount(planes))
              return fail("@" + function.name + ": does not use all words");
            addTo(expected, monomialOf(proof, factors), coefficient);
          }
      if (!areEqual(*actual, expected))
        return fail("@" + function.name + ": adds something else than " +
                    describePolynomial(check.passes[pass].contribution,
                                       kernel.spec.numPlanes) +
                    " of each bit, in output " + Twine(row.output));
      done.push_back(std::move(block));
    }
  return true;
}

void FactChecker::readContribution(FunctionProof &proof, unsigned pass,
                                   unsigned lane, const Expression &sum) {
  std::map<unsigned, unsigned> planeOf;
  for (auto [i, plane] : llvm::enumerate(kernel.passes[pass].planes))
    if (std::optional<unsigned> variable =
            proof.findArgument(code.stateTypes.size() + i, lane, 0))
      planeOf[*variable] = plane;
  BitPolynomial &contribution = check.passes[pass].contribution;
  contribution = BitPolynomial();
  for (auto [monomial, coefficient] : sum) {
    BitPolynomial term = BitPolynomial::constant(reduce32(coefficient));
    ArrayRef<unsigned> factors = proof.getFactors(monomial);
    bool isOfWords = !factors.empty();
    for (unsigned factor : factors) {
      auto plane = planeOf.find(factor);
      isOfWords &= plane != planeOf.end();
      if (isOfWords)
        term = term * BitPolynomial::variable(plane->second);
    }
    if (isOfWords)
      contribution = contribution + term;
  }
}

// 2 and 7.
bool FactChecker::addSpec() {
  for (const LinearRow &row : check.rows[0])
    if (row.constant)
      return fail("the sum of nothing is " + Twine(row.constant));
  BitPolynomial total;
  for (const PassProof &pass : check.passes)
    total = total + pass.contribution;
  if (!(total == kernel.spec.polynomial))
    return fail(
        "the kernel computes " +
        describePolynomial(total, kernel.spec.numPlanes) + " rather than " +
        describePolynomial(kernel.spec.polynomial, kernel.spec.numPlanes));
  std::map<BitPolynomial::Monomial, std::string> names;
  auto makeSum = [&](const BitPolynomial &polynomial) {
    std::string text = "(+ 0";
    for (auto [planes, coefficient] : polynomial.getTerms()) {
      std::string &name = names[planes];
      if (name.empty()) {
        name = "b";
        for (unsigned plane = 0; plane < BitPolynomial::kMaxVariables; ++plane)
          if (planes >> plane & 1)
            name += "." + std::to_string(plane);
      }
      text += coefficient < 0
                  ? llvm::formatv(" (* (- {0}) {1})", -coefficient, name).str()
                  : llvm::formatv(" (* {0} {1})", coefficient, name).str();
    }
    return text + ")";
  };
  std::string sum = "(+ 0";
  for (const PassProof &pass : check.passes)
    sum += " " + makeSum(pass.contribution);
  sum += ")";
  std::string claim =
      "(= " + sum + "\n  " + makeSum(kernel.spec.polynomial) + ")";
  std::string text = "(set-logic QF_LIA)\n";
  for (auto &[planes, name] : names)
    text += "(declare-const " + name + " Int)\n";
  text += "(assert (not " + claim + "))\n(check-sat)\n";
  obligations.add(Obligation::Kind::Link,
                  "The contributions of all passes add up to the polynomial of "
                  "the specification.\nb.i.j is the product of planes i and j.",
                  text);
  return true;
}

bool FactChecker::run() {
  check.passes.resize(kernel.passes.size());
  if (!addFinish())
    return false;
  for (unsigned pass = kernel.passes.size(); pass-- > 0;) {
    check.passes[pass].capacity = kernel.passes[pass].capacity;
    if (!addEnd(pass))
      return false;
    const KernelCode::Pass &functions = code.passes[pass];
    if (functions.flush &&
        !tryBlocks(*functions.flush, pass, [&](const Blocks &blocks) {
          return addFlush(pass, blocks);
        }))
      return false;
    // The last step takes one word, and says what the contribution is.
    for (unsigned step = kernel.passes[pass].steps.size(); step-- > 0;)
      if (!tryBlocks(functions.steps[step], pass, [&](const Blocks &blocks) {
            return addStep(pass, step, blocks);
          }))
        return false;
  }
  return addSpec();
}

LinearCheck mlir::bitserial::checkFacts(const KernelCode &code,
                                        const InstructionSet &set,
                                        ObligationSet &obligations) {
  FactChecker checker(code, set, obligations);
  checker.check.holds = checker.run();
  return std::move(checker.check);
}
