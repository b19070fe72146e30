//===- DirectCheck.cpp - Claims about whole functions ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DirectCheck.h"

#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Synthesis/SolverTerms.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using llvm::Twine;
using StepKind = LaneProgram::Kind;

/// The largest magnitude of a product of two numbers.
static int64_t getMaxProduct(const KernelSpec &spec) {
  int64_t most = 0;
  for (int64_t a : {spec.numbers[0].min, spec.numbers[0].max})
    for (int64_t w : {spec.numbers[1].min, spec.numbers[1].max})
      most = std::max(most, std::abs(a * w));
  return most;
}

int64_t bitserial::getMaxPerWord(const KernelSpec &spec) {
  if (!spec.numbers.empty())
    return spec.wordBits / spec.numbers[0].bits * getMaxProduct(spec);
  int64_t most = 0;
  for (auto [planes, coefficient] : spec.polynomial.getTerms())
    most += std::abs(coefficient);
  return most * spec.wordBits;
}

bool bitserial::needsDirectCheck(const Kernel &kernel) {
  if (!kernel.spec.numbers.empty())
    return true;
  auto isNarrow = [](VectorType type) {
    return type.getElementTypeBitWidth() < 32;
  };
  return kernel.maxPositions && llvm::any_of(kernel.stateTypes, isNarrow) &&
         llvm::all_of(kernel.stateKinds,
                      [](StateKind kind) { return kind == StateKind::Sum; });
}

namespace {

/// A lane of an argument or result.
using Place = std::pair<unsigned, unsigned>;

/// What a step adds multiples of: the product of numbers in place `index` of
/// two words; or the ones in the AND of the planes with the bits of `index`.
struct Product {
  unsigned position, lane, index;
};

/// Multiples of lanes of the state, by slot.
using Combination = std::vector<int64_t>;

class DirectChecker {
public:
  DirectChecker(const KernelCode &code, ObligationSet &obligations)
      : code(code), kernel(*code.kernel), spec(kernel.spec),
        obligations(obligations), isNumbers(!spec.numbers.empty()) {}

  bool run();

  LinearCheck check;

private:
  bool fail(const Twine &reason) {
    check.reason = reason.str();
    return false;
  }
  /// What a step adds to the state.
  struct Contribution {
    unsigned pass, words, cost;
    const KernelFunction *function;
    std::vector<Product> products;
    std::vector<std::vector<int64_t>> multiples; ///< By slot.
  };

  bool isSupported();
  bool isNarrowSum(unsigned component) const {
    return code.isSum(component) && code.stateTypes[component].width < 32;
  }
  bool isSigned(unsigned component) const {
    return kernel.stateKinds[component] != StateKind::Counter;
  }
  /// Whether a lane is known as an integer, rather than modulo 2^width.
  bool isExact(unsigned component) const {
    return code.isCounter(component) || isNarrowSum(component);
  }
  /// The largest magnitude that such a lane holds.
  int64_t getCapacity(unsigned component) const {
    return isNarrowSum(component)
               ? int64_t(laneMask(code.stateTypes[component].width - 1))
               : code.getCounterLimit(component, INT64_MAX);
  }

  // What functions compute, read off from values.
  std::vector<Product> getProducts(unsigned pass, unsigned words) const;
  std::vector<std::vector<int64_t>> findMultiples(unsigned pass,
                                                  const KernelFunction &step,
                                                  ArrayRef<Product> products);
  /// By result and lane.
  std::vector<std::vector<Combination>>
  findCombinations(const LaneProgram &program);

  // Terms. A query is about some lanes of a function's arguments, which are
  // called by their order, so that claims about other lanes have the same text.
  struct Query {
    SolverQuery query;
    std::vector<std::vector<SolverTerm>> arguments;
    std::map<unsigned, SolverTerm> states; ///< By slot.
    /// By position and lane: the numbers of both inputs, in `productWidth`
    /// bits; or the words of the pass's planes.
    std::map<Place, std::vector<std::vector<SolverTerm>>> words;
  };
  Query makeQuery(const LaneProgram &program, unsigned pass,
                  ArrayRef<Place> places);
  void addNumbers(Query &made, Place place, unsigned &count);
  void addWords(Query &made, Place place, unsigned pass, unsigned &count);
  SolverTerm addProduct(Query &made, unsigned pass, const Product &product,
                        unsigned width);
  void claim(Obligation::Kind kind, Query &made, const SolverTerm &actual,
             const SolverTerm &expected, const Twine &text);

  // Claims.
  void addProductBound();
  /// `combinations` of a function without words; results are of the state, or
  /// the result of @finish.
  void addLinear(const KernelFunction &function,
                 ArrayRef<std::vector<Combination>> combinations);
  void addStep(const Contribution &step);
  bool boundSlot(unsigned pass, unsigned slot);
  bool addPass(unsigned pass);
  bool checkSpec();

  /// What a function without words makes of bounds of the state; fails if it
  /// does not fit.
  bool advance(const KernelFunction &function,
               ArrayRef<std::vector<Combination>> combinations);
  /// V_p, by output.
  using Rows = std::vector<std::vector<uint32_t>>;
  Rows apply(const Rows &rows,
             ArrayRef<std::vector<Combination>> combinations) const;

  const KernelCode &code;
  const Kernel &kernel;
  const KernelSpec &spec;
  ObligationSet &obligations;
  const bool isNumbers;
  /// The bits of products of numbers in the step that is looked at: those that
  /// its instructions have, if products fit these. Solvers find it hard to
  /// compare products of different widths.
  unsigned productWidth = 32;
  /// The largest magnitude of each slot that is exact.
  std::vector<int64_t> bounds;
  std::vector<Contribution> contributions;
  std::vector<std::optional<std::vector<std::vector<Combination>>>> ends,
      flushes;
};

} // namespace

bool DirectChecker::isSupported() {
  if (kernel.group != 1)
    return fail("a kernel whose claims are of whole functions has one "
                "accumulator");
  if (isNumbers && (kernel.passes.size() != 1 ||
                    kernel.passes[0].planes.size() != 2 || spec.wordBits > 32))
    return fail("a kernel of numbers has one pass, for both inputs, and words "
                "of 32 bits at most");
  if (isNumbers && getMaxProduct(spec) > INT32_MAX)
    return fail("products of numbers do not fit 32 bits");
  bool hasNarrowSum = false;
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (kernel.stateKinds[i] == StateKind::Bits)
      return fail("a state with bits is for facts");
    hasNarrowSum |= isNarrowSum(i);
    for (const KernelPass &pass : kernel.passes)
      if (code.isCounter(i) && pass.capacity > getCapacity(i))
        return fail("counters of component " + Twine(i) +
                    " cannot hold the capacity");
  }
  if (hasNarrowSum && !kernel.maxPositions)
    return fail("sums of fewer than 32 bits need a largest number of "
                "positions");
  return true;
}

//===----------------------------------------------------------------------===//
// What functions compute
//===----------------------------------------------------------------------===//

std::vector<Product> DirectChecker::getProducts(unsigned pass,
                                                unsigned words) const {
  SmallVector<unsigned> indices;
  if (isNumbers) {
    llvm::append_range(indices,
                       llvm::seq(spec.wordBits / spec.numbers[0].bits));
  } else {
    // Fewer planes first: a product of these is part of one of more.
    for (auto [planes, coefficient] : spec.polynomial.getTerms()) {
      unsigned inPass = 0, found = 0;
      for (auto [i, plane] : llvm::enumerate(kernel.passes[pass].planes))
        if (planes >> plane & 1) {
          inPass |= 1u << i;
          ++found;
        }
      if (int(found) == llvm::popcount(planes))
        indices.push_back(inPass);
    }
    llvm::sort(indices, [](unsigned a, unsigned b) {
      return std::make_pair(llvm::popcount(a), a) <
             std::make_pair(llvm::popcount(b), b);
    });
  }
  std::vector<Product> products;
  for (unsigned position = 0; position < words; ++position)
    for (unsigned lane = 0; lane < code.wordType.lanes; ++lane)
      for (unsigned index : indices)
        products.push_back({position, lane, index});
  return products;
}

std::vector<std::vector<int64_t>>
DirectChecker::findMultiples(unsigned pass, const KernelFunction &step,
                             ArrayRef<Product> products) {
  std::vector<std::vector<int64_t>> found(
      code.slots.size(), std::vector<int64_t>(products.size()));
  unsigned numPlanes = kernel.passes[pass].planes.size();
  // The words that make up one product, and its value.
  SmallVector<uint64_t> words(numPlanes);
  int64_t value = 1;
  if (isNumbers)
    for (auto [word, numbers] : llvm::zip_equal(words, spec.numbers)) {
      int64_t number = std::abs(numbers.min) > std::abs(numbers.max)
                           ? numbers.min
                           : numbers.max;
      word = uint64_t(number) & laneMask(numbers.bits);
      value *= number;
    }
  if (value == 0)
    return found; // All products are zero.
  std::vector<Lanes> arguments = code.zeroState();
  unsigned numStates = arguments.size();
  for (LaneType type : step.program.inputs().drop_front(numStates))
    arguments.emplace_back(type.lanes, 0);
  for (size_t index = 0; index < products.size(); ++index) {
    const Product &product = products[index];
    auto setWords = [&](bool isSet) {
      for (unsigned i = 0; i < numPlanes; ++i)
        arguments[numStates + numPlanes * product.position + i][product.lane] =
            !isSet      ? 0
            : isNumbers ? words[i] << product.index * spec.numbers[0].bits
                        : product.index >> i & 1;
    };
    setWords(true);
    std::vector<Lanes> after = evaluate(step.program, arguments);
    setWords(false);
    for (auto [slot, place] : llvm::enumerate(code.slots)) {
      int64_t total = signedLane(after[place.component][place.lane],
                                 code.stateTypes[place.component].width);
      // Of bits, products of fewer planes are 1, too.
      if (!isNumbers)
        for (size_t other = 0; other < index; ++other)
          if (products[other].position == product.position &&
              products[other].lane == product.lane &&
              (products[other].index & product.index) == products[other].index)
            total -= found[slot][other];
      // What is no multiple becomes a claim that does not hold.
      found[slot][index] = total / value;
    }
  }
  return found;
}

std::vector<std::vector<Combination>>
DirectChecker::findCombinations(const LaneProgram &program) {
  std::vector<std::vector<Combination>> found;
  for (unsigned result = 0; result < program.outputs().size(); ++result)
    found.emplace_back(program.outputType(result).lanes,
                       Combination(code.slots.size()));
  std::vector<Lanes> state = code.zeroState();
  for (auto [slot, place] : llvm::enumerate(code.slots)) {
    state[place.component][place.lane] = 1;
    std::vector<Lanes> after = evaluate(program, state);
    state[place.component][place.lane] = 0;
    for (unsigned result = 0; result < found.size(); ++result)
      for (auto [lane, combination] : llvm::enumerate(found[result]))
        combination[slot] =
            signedLane(after[result][lane], program.outputType(result).width);
  }
  return found;
}

//===----------------------------------------------------------------------===//
// Terms
//===----------------------------------------------------------------------===//

static SolverTerm getNumber(int64_t value, unsigned width) {
  return SolverQuery::getConstant(uint64_t(value) & laneMask(width), width);
}

/// A term in another width.
static SolverTerm resize(SolverQuery &query, const SolverTerm &term,
                         unsigned width, bool isSigned) {
  if (term.width == width)
    return term;
  StepKind kind = term.width > width ? StepKind::Truncate
                  : isSigned         ? StepKind::ExtendS
                                     : StepKind::ExtendU;
  return query.addTerm(kind, width, {term});
}

static void assumeWithin(SolverQuery &query, const SolverTerm &number,
                         int64_t min, int64_t max) {
  // Wide enough for the bounds and the sign of an unsigned number.
  auto assumeNotLess = [&](const SolverTerm &a, const SolverTerm &b) {
    query.assume(query.addTerm(StepKind::Equal, 1,
                               {query.addTerm(StepKind::LessS, 1, {a, b}),
                                SolverQuery::getConstant(0, 1)}));
  };
  assumeNotLess(number, getNumber(min, number.width));
  assumeNotLess(getNumber(max, number.width), number);
}

/// As code writes it, so that a solver sees the same on both sides.
static SolverTerm addMultiple(SolverQuery &query, const SolverTerm &sum,
                              const SolverTerm &term, int64_t coefficient) {
  int64_t magnitude = std::abs(coefficient);
  SolverTerm multiple = term;
  if (magnitude != 1 && llvm::isPowerOf2_64(magnitude))
    multiple =
        query.addTerm(StepKind::ShiftLeft, term.width,
                      {term, getNumber(llvm::Log2_64(magnitude), term.width)});
  else if (magnitude != 1)
    multiple = query.addTerm(StepKind::Mul, term.width,
                             {term, getNumber(magnitude, term.width)});
  return query.addTerm(coefficient < 0 ? StepKind::Sub : StepKind::Add,
                       term.width, {sum, multiple});
}

void DirectChecker::addNumbers(Query &made, Place place, unsigned &count) {
  SolverQuery &query = made.query;
  unsigned bits = spec.numbers[0].bits;
  std::vector<std::vector<SolverTerm>> numbers(2);
  std::array<SolverTerm, 2> words;
  for (unsigned index = 0; index < spec.wordBits / bits; ++index, ++count)
    for (unsigned input : {0, 1}) {
      const WordNumbers &format = spec.numbers[input];
      SolverTerm number = query.addVariable(
          formatv("{0}{1}", input ? "w" : "a", count).str(), bits);
      assumeWithin(query, resize(query, number, 32, format.isSigned),
                   format.min, format.max);
      numbers[input].push_back(
          resize(query, number, productWidth, format.isSigned));
      SolverTerm part = query.addTerm(
          StepKind::ShiftLeft, spec.wordBits,
          {resize(query, number, spec.wordBits, /*isSigned=*/false),
           SolverQuery::getConstant(index * bits, spec.wordBits)});
      words[input] = index == 0 ? part
                                : query.addTerm(StepKind::Or, spec.wordBits,
                                                {words[input], part});
    }
  for (unsigned input : {0, 1})
    made.arguments[code.stateTypes.size() + 2 * place.first + input]
                  [place.second] = words[input];
  made.words[place] = std::move(numbers);
}

void DirectChecker::addWords(Query &made, Place place, unsigned pass,
                             unsigned &count) {
  unsigned numPlanes = kernel.passes[pass].planes.size();
  std::vector<std::vector<SolverTerm>> words(numPlanes);
  for (unsigned i = 0; i < numPlanes; ++i) {
    SolverTerm word = made.query.addVariable(
        formatv("x{0}_{1}", count, i).str(), spec.wordBits);
    words[i].push_back(word);
    made.arguments[code.stateTypes.size() + numPlanes * place.first + i]
                  [place.second] = word;
  }
  ++count;
  made.words[place] = std::move(words);
}

DirectChecker::Query DirectChecker::makeQuery(const LaneProgram &program,
                                              unsigned pass,
                                              ArrayRef<Place> places) {
  Query made;
  for (LaneType type : program.inputs())
    made.arguments.emplace_back(type.lanes);
  SmallVector<Place> ordered(places);
  llvm::sort(ordered);
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  unsigned numStates = code.stateTypes.size(), numStateLanes = 0, numWords = 0;
  std::set<Place> words;
  for (auto [argument, lane] : ordered) {
    if (argument >= numStates) {
      words.insert(
          {(argument - numStates) / kernel.passes[pass].planes.size(), lane});
      continue;
    }
    unsigned width = code.stateTypes[argument].width;
    SolverTerm term =
        made.query.addVariable(formatv("s{0}", numStateLanes++).str(), width);
    made.arguments[argument][lane] = term;
    unsigned slot = code.getSlot(argument, lane);
    made.states[slot] = term;
    if (isExact(argument))
      assumeWithin(made.query, resize(made.query, term, 64, isSigned(argument)),
                   isSigned(argument) ? -bounds[slot] : 0, bounds[slot]);
  }
  for (Place place : words) {
    if (isNumbers)
      addNumbers(made, place, numWords);
    else
      addWords(made, place, pass, numWords);
  }
  return made;
}

SolverTerm DirectChecker::addProduct(Query &made, unsigned pass,
                                     const Product &product, unsigned width) {
  SolverQuery &query = made.query;
  const std::vector<std::vector<SolverTerm>> &words =
      made.words.at({product.position, product.lane});
  if (isNumbers)
    return resize(
        query,
        query.addTerm(StepKind::Mul, productWidth,
                      {words[0][product.index], words[1][product.index]}),
        width, /*isSigned=*/true);
  std::optional<SolverTerm> bits;
  for (auto [i, word] : llvm::enumerate(words))
    if (product.index >> i & 1)
      bits = bits ? query.addTerm(StepKind::And, spec.wordBits,
                                  {*bits, word.front()})
                  : word.front();
  return resize(query,
                query.addTerm(StepKind::Popcount, spec.wordBits, {*bits}),
                width, /*isSigned=*/false);
}

void DirectChecker::claim(Obligation::Kind kind, Query &made,
                          const SolverTerm &actual, const SolverTerm &expected,
                          const Twine &text) {
  // Nothing to ask for what is returned as it came, or a constant.
  if (actual.text == expected.text)
    return;
  made.query.claimEqual(actual, expected);
  obligations.add(kind, text.str(), made.query.str());
}

//===----------------------------------------------------------------------===//
// Claims
//===----------------------------------------------------------------------===//

void DirectChecker::addProductBound() {
  Query made;
  SolverQuery &query = made.query;
  std::array<SolverTerm, 2> factors;
  for (unsigned input : {0, 1}) {
    const WordNumbers &numbers = spec.numbers[input];
    factors[input] =
        resize(query, query.addVariable(input ? "w" : "a", numbers.bits), 32,
               numbers.isSigned);
    assumeWithin(query, factors[input], numbers.min, numbers.max);
  }
  SolverTerm product = query.addTerm(StepKind::Mul, 32, factors);
  int64_t most = getMaxProduct(spec);
  SolverTerm isOutside = query.addTerm(
      StepKind::Or, 1,
      {query.addTerm(StepKind::LessS, 1, {product, getNumber(-most, 32)}),
       query.addTerm(StepKind::LessS, 1, {getNumber(most, 32), product})});
  claim(
      Obligation::Kind::Bound, made, isOutside, SolverQuery::getConstant(0, 1),
      formatv("The product of two numbers is {0} at most, in magnitude.", most)
          .str());
}

void DirectChecker::addLinear(const KernelFunction &function,
                              ArrayRef<std::vector<Combination>> combinations) {
  const LaneProgram &program = function.program;
  for (auto [result, lanes] : llvm::enumerate(combinations))
    for (auto [lane, combination] : llvm::enumerate(lanes)) {
      Place demanded(result, lane);
      std::vector<Place> places = SolverQuery::findInputs(program, demanded);
      for (auto [slot, coefficient] : llvm::enumerate(combination))
        if (coefficient)
          places.push_back({code.slots[slot].component, code.slots[slot].lane});
      Query made = makeQuery(program, /*pass=*/0, places);
      unsigned width = program.outputType(result).width;
      SolverTerm actual = made.query.addProgram(program, made.arguments,
                                                demanded)[result][lane];
      SolverTerm expected = SolverQuery::getConstant(0, width);
      unsigned numTerms = 0;
      for (auto [slot, coefficient] : llvm::enumerate(combination))
        if (coefficient) {
          expected = addMultiple(made.query, expected,
                                 resize(made.query, made.states.at(slot), width,
                                        isSigned(code.slots[slot].component)),
                                 coefficient);
          ++numTerms;
        }
      claim(Obligation::Kind::Number, made, actual, expected,
            formatv("A lane of {0} bits is a sum of multiples of {1} of the "
                    "state, modulo 2^{0}.",
                    width, numTerms)
                .str());
    }
}

bool DirectChecker::advance(const KernelFunction &function,
                            ArrayRef<std::vector<Combination>> combinations) {
  std::vector<int64_t> after(code.slots.size());
  for (auto [slot, place] : llvm::enumerate(code.slots)) {
    if (!isExact(place.component))
      continue;
    for (auto [from, coefficient] :
         llvm::enumerate(combinations[place.component][place.lane])) {
      if (!coefficient)
        continue;
      if (!isExact(code.slots[from].component))
        return fail("@" + function.name + ": component " +
                    Twine(place.component) + " depends on a sum of 32 bits");
      int64_t most;
      if (llvm::MulOverflow(std::abs(coefficient), bounds[from], most) ||
          llvm::AddOverflow(after[slot], most, after[slot]))
        return fail("@" + function.name + ": numbers are not bounded");
    }
    if (after[slot] > getCapacity(place.component))
      return fail("@" + function.name + ": lanes of component " +
                  Twine(place.component) + " may be " + Twine(after[slot]) +
                  ", which they do not hold");
  }
  bounds = std::move(after);
  return true;
}

void DirectChecker::addStep(const Contribution &step) {
  const KernelFunction &function = *step.function;
  productWidth = 32;
  for (const LaneProgram::Step &op : function.program.steps())
    if (isNumbers && op.kind == StepKind::Mul &&
        op.type.width > spec.numbers[0].bits &&
        getMaxProduct(spec) <= int64_t(laneMask(op.type.width - 1)))
      productWidth = std::min(productWidth, op.type.width);
  unsigned numStates = code.stateTypes.size();
  unsigned numPlanes = kernel.passes[step.pass].planes.size();
  for (unsigned slot = 0; slot < code.slots.size(); ++slot) {
    unsigned component = code.slots[slot].component;
    unsigned lane = code.slots[slot].lane;
    unsigned width = code.stateTypes[component].width;
    Place demanded(component, lane);
    std::vector<Place> places =
        SolverQuery::findInputs(function.program, demanded);
    places.push_back(demanded);
    for (auto [product, times] :
         llvm::zip_equal(step.products, step.multiples[slot]))
      if (times)
        places.push_back(
            {numStates + numPlanes * product.position, product.lane});
    Query made = makeQuery(function.program, step.pass, places);
    SolverTerm actual = made.query.addProgram(function.program, made.arguments,
                                              demanded)[component][lane];
    SolverTerm expected = made.states.at(slot);
    unsigned numTerms = 0;
    for (auto [product, times] :
         llvm::zip_equal(step.products, step.multiples[slot]))
      if (times) {
        expected =
            addMultiple(made.query, expected,
                        addProduct(made, step.pass, product, width), times);
        ++numTerms;
      }
    claim(Obligation::Kind::Product, made, actual, expected,
          formatv("A lane of {0} bits grows by multiples of {1} products, "
                  "modulo 2^{0}.",
                  width, numTerms)
              .str());
  }
}

/// 5: what the steps of a pass make of the bounds of one slot.
bool DirectChecker::boundSlot(unsigned pass, unsigned slot) {
  unsigned component = code.slots[slot].component;
  if (!isExact(component))
    return true;
  if (code.isCounter(component) && bounds[slot])
    return fail("a counter is not zero when pass " + Twine(pass) + " begins");
  int64_t perProduct = isNumbers ? getMaxProduct(spec) : spec.wordBits;
  bool areNegative =
      isNumbers && (spec.numbers[0].min < 0 || spec.numbers[1].min < 0);
  int64_t most = bounds[slot];
  for (const Contribution &step : contributions) {
    if (step.pass != pass)
      continue;
    int64_t growth = 0;
    bool isNegative = areNegative;
    for (int64_t times : step.multiples[slot]) {
      growth += std::abs(times) * perProduct;
      isNegative |= times < 0;
    }
    const std::string &name = step.function->name;
    if (growth && isNegative && !isSigned(component))
      return fail("@" + name +
                  ": contributions may be negative, counters are not");
    if (code.isCounter(component)) {
      if (growth > step.cost)
        return fail("@" + name + ": a counter of component " +
                    Twine(component) + " may grow by " + Twine(growth) +
                    ", more than the cost");
      most = kernel.passes[pass].capacity;
      continue;
    }
    // One step or the other takes each position.
    int64_t total;
    if (llvm::MulOverflow(growth, *kernel.maxPositions, total) ||
        (total = llvm::divideCeil(total, step.words) + bounds[slot]) >
            getCapacity(component))
      return fail("@" + name + ": sums of component " + Twine(component) +
                  " do not hold what " + Twine(*kernel.maxPositions) +
                  " positions add to them");
    most = std::max(most, total);
  }
  bounds[slot] = most;
  return true;
}

bool DirectChecker::addPass(unsigned pass) {
  const KernelCode::Pass &functions = code.passes[pass];
  size_t first = contributions.size();
  for (auto [function, step] :
       llvm::zip_equal(functions.steps, kernel.passes[pass].steps)) {
    std::vector<Product> products = getProducts(pass, step.words);
    std::vector<std::vector<int64_t>> multiples =
        findMultiples(pass, function, products);
    contributions.push_back({pass, step.words, step.cost, &function,
                             std::move(products), std::move(multiples)});
  }
  for (unsigned slot = 0; slot < code.slots.size(); ++slot)
    if (!boundSlot(pass, slot))
      return false;
  for (size_t step = first; step < contributions.size(); ++step)
    addStep(contributions[step]);

  if (functions.flush) {
    flushes[pass] = findCombinations(functions.flush->program);
    addLinear(*functions.flush, *flushes[pass]);
    for (auto [slot, place] : llvm::enumerate(code.slots)) {
      const Combination &after = (*flushes[pass])[place.component][place.lane];
      if (code.isCounter(place.component) &&
          llvm::any_of(after, [](int64_t times) { return times != 0; }))
        return fail("@" + functions.flush->name + " leaves counters");
      // What is flushed into them is not counted here.
      if (isNarrowSum(place.component))
        return fail("sums of fewer than 32 bits have no counters beside them");
    }
  }
  if (!functions.end)
    return true;
  ends[pass] = findCombinations(functions.end->program);
  addLinear(*functions.end, *ends[pass]);
  if (!advance(*functions.end, *ends[pass]))
    return false;
  for (auto [slot, place] : llvm::enumerate(code.slots))
    if (code.isCounter(place.component) && bounds[slot])
      return fail("@" + functions.end->name + " leaves counters");
  return true;
}

DirectChecker::Rows
DirectChecker::apply(const Rows &rows,
                     ArrayRef<std::vector<Combination>> combinations) const {
  Rows result;
  for (const std::vector<uint32_t> &row : rows) {
    std::vector<uint32_t> &made = result.emplace_back(code.slots.size());
    for (auto [slot, place] : llvm::enumerate(code.slots))
      if (row[slot])
        for (auto [from, coefficient] :
             llvm::enumerate(combinations[place.component][place.lane]))
          made[from] += row[slot] * uint32_t(coefficient);
  }
  return result;
}

/// 1, 4, 6 and 7: coefficients, modulo 2^32.
bool DirectChecker::checkSpec() {
  std::vector<std::vector<Combination>> finish =
      findCombinations(code.finish->program);
  addLinear(*code.finish, finish);
  Rows rows;
  for (const Combination &combination : finish[0])
    rows.emplace_back(combination.begin(), combination.end());

  // By output, lane and product, what positions contribute in all passes; by
  // one step for each number of words.
  std::map<std::tuple<unsigned, unsigned, unsigned>, uint32_t> sums;
  for (unsigned pass = code.passes.size(); pass-- > 0;) {
    if (ends[pass])
      rows = apply(rows, *ends[pass]);
    if (flushes[pass] && apply(rows, *flushes[pass]) != rows)
      return fail("@" + code.passes[pass].flush->name + " changes the result");
    std::map<std::tuple<unsigned, unsigned, unsigned>, uint32_t> ofSingle;
    for (const Contribution &step : llvm::reverse(contributions)) {
      if (step.pass != pass)
        continue;
      for (unsigned output = 0; output < rows.size(); ++output)
        for (auto [i, product] : llvm::enumerate(step.products)) {
          uint32_t sum = 0;
          for (unsigned slot = 0; slot < code.slots.size(); ++slot)
            sum += rows[output][slot] * uint32_t(step.multiples[slot][i]);
          unsigned planes = product.index;
          if (!isNumbers) {
            planes = 0;
            for (auto [bit, plane] :
                 llvm::enumerate(kernel.passes[pass].planes))
              planes |= (product.index >> bit & 1) << plane;
          }
          std::tuple key(output, product.lane, planes);
          if (step.words == 1)
            ofSingle[key] = sum;
          else if (ofSingle[key] != sum)
            return fail("steps of pass " + Twine(pass) +
                        " contribute different things");
        }
    }
    BitPolynomial ofLane;
    for (auto [key, sum] : ofSingle) {
      sums[key] += sum;
      auto [output, lane, planes] = key;
      if (!isNumbers && output == 0 && lane == 0) {
        BitPolynomial term = BitPolynomial::constant(int32_t(sum));
        for (unsigned plane = 0; plane < spec.getTotalPlanes(); ++plane)
          if (planes >> plane & 1)
            term = term * BitPolynomial::variable(plane);
        ofLane = ofLane + term;
      }
    }
    check.passes[pass] = {isNumbers ? spec.polynomial : ofLane,
                          kernel.passes[pass].capacity, std::nullopt};
  }
  if (isNumbers && getMaxProduct(spec) == 0)
    return true;
  for (auto [key, sum] : sums) {
    auto [output, lane, index] = key;
    int64_t wanted = isNumbers ? 1 : spec.polynomial.getCoefficient(index);
    if (!code.feeds(lane, output))
      wanted = 0;
    if (sum != uint32_t(wanted))
      return fail("output " + Twine(output) + " takes a product of lane " +
                  Twine(lane) + " " + Twine(int32_t(sum)) +
                  " times instead of " + Twine(wanted));
  }
  // Each monomial is in some pass.
  size_t perLane = isNumbers ? spec.wordBits / spec.numbers[0].bits
                             : spec.polynomial.getTerms().size();
  if (sums.size() != rows.size() * code.wordType.lanes * perLane)
    return fail("no pass has all planes of some product");
  return true;
}

bool DirectChecker::run() {
  if (!isSupported())
    return false;
  bounds.assign(code.slots.size(), 0);
  ends.resize(code.passes.size());
  flushes.resize(code.passes.size());
  if (isNumbers)
    addProductBound();
  check.passes.resize(code.passes.size());
  for (unsigned pass = 0; pass < code.passes.size(); ++pass)
    if (!addPass(pass))
      return false;
  return checkSpec();
}

LinearCheck bitserial::checkDirectly(const KernelCode &code,
                                     ObligationSet &obligations) {
  DirectChecker checker(code, obligations);
  checker.check.holds = checker.run();
  return std::move(checker.check);
}
