//===- KernelSpec.cpp - What a micro-kernel computes ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"

#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;

unsigned KernelSpec::getTotalPlanes() const {
  return std::accumulate(numPlanes.begin(), numPlanes.end(), 0u);
}

unsigned KernelSpec::getInput(unsigned plane) const {
  unsigned input = 0;
  while (plane >= numPlanes[input])
    plane -= numPlanes[input++];
  return input;
}

FailureOr<std::pair<KernelSpec, int64_t>>
KernelSpec::get(ReduceOp op, const Target &target) {
  FailureOr<BitPolynomial> polynomial = op.getContribution();
  if (failed(polynomial))
    return failure();
  SmallVector<unsigned> numPlanes;
  for (unsigned input = 0; input < op.getInputs().size(); ++input)
    numPlanes.push_back(op.getNumPlanes(input));
  auto spec = get(numPlanes, *polynomial, op.getWordBits(),
                  getLaneMapping(op, target).isReduction);
  if (op.getNumbersAttr() && succeeded(spec))
    for (unsigned input = 0; input < op.getInputs().size(); ++input) {
      NumbersAttr numbers = op.getNumbersOf(input);
      spec->first.numbers.push_back({numbers.getType().getWidth(),
                                     numbers.getType().isSigned(),
                                     numbers.getMin(), numbers.getMax()});
    }
  return spec;
}

/// The factor that `normalise` takes out: the common factor, with the sign of
/// the smallest monomial's coefficient; 0 for no terms.
static int64_t getFactor(const BitPolynomial &polynomial) {
  int64_t factor = 0;
  for (auto [monomial, coefficient] : polynomial.getTerms())
    factor = std::gcd(factor, coefficient);
  if (factor != 0 && polynomial.getTerms().begin()->second < 0)
    factor = -factor;
  return factor;
}

static BitPolynomial makeTerm(BitPolynomial::Monomial monomial,
                              int64_t coefficient) {
  BitPolynomial term = BitPolynomial::constant(coefficient);
  for (unsigned i = 0; i < BitPolynomial::kMaxVariables; ++i)
    if (monomial >> i & 1)
      term = term * BitPolynomial::variable(i);
  return term;
}

FailureOr<std::pair<KernelSpec, int64_t>>
KernelSpec::get(ArrayRef<unsigned> numPlanes, const BitPolynomial &polynomial,
                unsigned wordBits, bool lanesAreReduction) {
  if (polynomial.isTooLarge() || polynomial.getTerms().empty())
    return failure();
  KernelSpec spec;
  spec.numPlanes.assign(numPlanes.begin(), numPlanes.end());
  spec.wordBits = wordBits;
  spec.lanesAreReduction = lanesAreReduction;
  int64_t factor = getFactor(polynomial);
  for (auto [monomial, coefficient] : polynomial.getTerms())
    spec.polynomial =
        spec.polynomial + makeTerm(monomial, coefficient / factor);
  return std::make_pair(spec, factor);
}

std::pair<KernelSpec, int64_t> KernelSpec::get(const NumberFormat &lhs,
                                               const NumberFormat &rhs,
                                               unsigned wordBits,
                                               bool lanesAreReduction) {
  BitPolynomial product;
  for (auto [i, lhsWeight] : llvm::enumerate(lhs.getWeights()))
    for (auto [j, rhsWeight] : llvm::enumerate(rhs.getWeights()))
      product = product +
                makeTerm(BitPolynomial::Monomial(1) << i |
                             BitPolynomial::Monomial(1) << (lhs.getWidth() + j),
                         lhsWeight * rhsWeight);
  return *get({lhs.getWidth(), rhs.getWidth()}, product, wordBits,
              lanesAreReduction);
}

/// "u8_0_255xs8_-1_1"
static std::string nameNumbers(ArrayRef<WordNumbers> numbers) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(
      numbers, os,
      [&](const WordNumbers &of) {
        os << (of.isSigned ? 's' : 'u') << of.bits << '_' << of.min << '_'
           << of.max;
      },
      "x");
  return text;
}

std::string KernelSpec::str() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "planes=";
  llvm::interleave(numPlanes, os, ",");
  os << " terms=";
  llvm::interleave(
      polynomial.getTerms(), os,
      [&](auto &term) { os << term.first << ':' << term.second; }, ",");
  os << " word=" << wordBits
     << " lanes=" << (lanesAreReduction ? "reduction" : "outputs");
  if (!numbers.empty())
    os << " numbers=" << nameNumbers(numbers);
  return text;
}

/// How the weights of planes are called in a name; nullopt if they have no
/// name. Powers of two go first, which all of these are for one plane.
static std::optional<StringRef> nameWeights(ArrayRef<int64_t> weights) {
  auto matches = [&](function_ref<int64_t(unsigned)> weight) {
    for (unsigned i = 0; i < weights.size(); ++i)
      if (weights[i] != weight(i))
        return false;
    return true;
  };
  if (matches([](unsigned i) { return int64_t(1) << i; }))
    return StringRef("");
  if (matches([&](unsigned i) {
        return i + 1 == weights.size() ? -(int64_t(1) << i) : int64_t(1) << i;
      }))
    return StringRef("s");
  if (matches([](unsigned i) {
        int64_t weight = i % 2 ? -1 : 1;
        for (unsigned digit = 0; digit < i / 2; ++digit)
          weight *= 3;
        return weight;
      }))
    return StringRef("t");
  return std::nullopt;
}

/// The name of the product of two numbers, if the polynomial is one.
static std::optional<std::string> nameProduct(const KernelSpec &spec) {
  if (spec.numPlanes.size() != 2)
    return std::nullopt;
  unsigned rows = spec.numPlanes[0], columns = spec.numPlanes[1];
  auto coefficient = [&](unsigned i, unsigned j) {
    return spec.polynomial.getCoefficient(BitPolynomial::Monomial(1) << i |
                                          BitPolynomial::Monomial(1)
                                              << (rows + j));
  };
  // The first planes of both have the weight 1.
  if (coefficient(0, 0) != 1 ||
      spec.polynomial.getTerms().size() != size_t(rows) * columns)
    return std::nullopt;
  SmallVector<int64_t> lhs, rhs;
  for (unsigned i = 0; i < rows; ++i)
    lhs.push_back(coefficient(i, 0));
  for (unsigned j = 0; j < columns; ++j)
    rhs.push_back(coefficient(0, j));
  for (unsigned i = 0; i < rows; ++i)
    for (unsigned j = 0; j < columns; ++j)
      if (coefficient(i, j) == 0 || coefficient(i, j) != lhs[i] * rhs[j])
        return std::nullopt;
  std::optional<StringRef> lhsName = nameWeights(lhs),
                           rhsName = nameWeights(rhs);
  if (!lhsName || !rhsName)
    return std::nullopt;
  return llvm::formatv("a{0}{1}w{2}{3}", rows, *lhsName, columns, *rhsName)
      .str();
}

std::string KernelSpec::name() const {
  std::string text;
  if (!numbers.empty()) {
    text = nameNumbers(numbers);
  } else if (std::optional<std::string> product = nameProduct(*this)) {
    text = *product;
  } else {
    if (numPlanes.size() == 2)
      text = llvm::formatv("a{0}w{1}", numPlanes[0], numPlanes[1]);
    else
      for (unsigned planes : numPlanes)
        text += llvm::formatv("x{0}", planes);
    text += llvm::formatv("x{0}",
                          llvm::utohexstr(llvm::xxh3_64bits(str()),
                                          /*LowerCase=*/true, /*Width=*/16));
  }
  return llvm::formatv("{0}-{1}{2}", text, lanesAreReduction ? "r" : "o",
                       wordBits);
}

//===----------------------------------------------------------------------===//
// As an attribute
//===----------------------------------------------------------------------===//

DictionaryAttr KernelSpec::toAttr(MLIRContext *context) const {
  Builder b(context);
  SmallVector<int64_t> planes(numPlanes.begin(), numPlanes.end());
  SmallVector<Attribute> terms;
  for (auto [monomial, coefficient] : polynomial.getTerms())
    terms.push_back(b.getI64ArrayAttr({int64_t(monomial), coefficient}));
  SmallVector<NamedAttribute, 5> attributes;
  SmallVector<Attribute> ofInputs;
  for (const WordNumbers &of : numbers)
    ofInputs.push_back(b.getI64ArrayAttr(
        {int64_t(of.bits), int64_t(of.isSigned), of.min, of.max}));
  if (!ofInputs.empty())
    attributes.push_back(b.getNamedAttr("numbers", b.getArrayAttr(ofInputs)));
  attributes.append(
      {b.getNamedAttr("planes", b.getI64ArrayAttr(planes)),
       b.getNamedAttr("terms", b.getArrayAttr(terms)),
       b.getNamedAttr("word", b.getI64IntegerAttr(wordBits)),
       b.getNamedAttr(
           "lanes",
           b.getStringAttr(lanesAreReduction ? "reduction" : "outputs"))});
  return b.getDictionaryAttr(attributes);
}

/// The integers of an array of them; nullopt if `attr` is none.
static std::optional<SmallVector<int64_t>> getIntegers(Attribute attr) {
  auto array = dyn_cast_or_null<ArrayAttr>(attr);
  if (!array)
    return std::nullopt;
  SmallVector<int64_t> values;
  for (Attribute element : array) {
    auto integer = dyn_cast<IntegerAttr>(element);
    if (!integer || integer.getValue().getSignificantBits() > 64)
      return std::nullopt;
    values.push_back(integer.getValue().getSExtValue());
  }
  return values;
}

FailureOr<KernelSpec> KernelSpec::fromAttr(Location loc, Attribute attr) {
  auto fail = [&](const Twine &message) {
    return emitError(loc, "the spec of the kernel ") << message;
  };
  auto dictionary = dyn_cast_or_null<DictionaryAttr>(attr);
  if (!dictionary)
    return fail("must be a dictionary");

  KernelSpec spec;
  std::optional<SmallVector<int64_t>> planes =
      getIntegers(dictionary.get("planes"));
  int64_t total = 0;
  if (!planes || planes->empty())
    return fail("needs `planes`, the number of planes of each input");
  for (int64_t count : *planes) {
    if (count < 1 || count > BitPolynomial::kMaxVariables ||
        (total += count) > BitPolynomial::kMaxVariables)
      return fail("must have at least one plane for each input, and at most " +
                  Twine(BitPolynomial::kMaxVariables) + " in all");
    spec.numPlanes.push_back(count);
  }

  auto terms = dictionary.getAs<ArrayAttr>("terms");
  if (!terms || terms.empty() || terms.size() > BitPolynomial::kMaxTerms)
    return fail("needs `terms`, one [planes, coefficient] for each monomial");
  int64_t previous = 0;
  for (Attribute element : terms) {
    std::optional<SmallVector<int64_t>> term = getIntegers(element);
    if (!term || term->size() != 2)
      return fail("has a term that is not [planes, coefficient]");
    int64_t monomial = (*term)[0], coefficient = (*term)[1];
    if (monomial <= previous || monomial >= int64_t(1) << total)
      return fail("must have terms of its planes in ascending order, without "
                  "a constant one");
    // A coefficient that is too large leaves no terms behind.
    spec.polynomial = spec.polynomial + makeTerm(monomial, coefficient);
    if (coefficient == 0 || spec.polynomial.isTooLarge())
      return fail("has a coefficient that is zero or too large");
    previous = monomial;
  }
  if (getFactor(spec.polynomial) != 1)
    return fail("is not normalised: the coefficients must have no common "
                "factor, and that of the first term be positive");

  auto word = dictionary.getAs<IntegerAttr>("word");
  int64_t bits = word && word.getValue().getSignificantBits() <= 64
                     ? word.getValue().getSExtValue()
                     : 0;
  if (bits != 8 && bits != 16 && bits != 32 && bits != 64)
    return fail("needs `word`, the bits of a word: 8, 16, 32 or 64");
  spec.wordBits = bits;

  auto lanes = dictionary.getAs<StringAttr>("lanes");
  if (!lanes || (lanes != "outputs" && lanes != "reduction"))
    return fail("needs `lanes`, \"outputs\" or \"reduction\"");
  spec.lanesAreReduction = lanes == "reduction";

  Attribute numbers = dictionary.get("numbers");
  if (!numbers)
    return spec;
  auto ofInputs = dyn_cast<ArrayAttr>(numbers);
  constexpr BitPolynomial::Monomial kProduct = 3;
  if (!ofInputs || ofInputs.size() != 2 || spec.numPlanes.size() != 2 ||
      total != 2 || spec.polynomial.getTerms().size() != 1 ||
      spec.polynomial.getCoefficient(kProduct) != 1)
    return fail("must be that of a product of two numbers if it has "
                "`numbers`, one [bits, signed, min, max] for each");
  for (Attribute element : ofInputs) {
    std::optional<SmallVector<int64_t>> of = getIntegers(element);
    auto fits = [&](int64_t number) {
      return (*of)[1] ? llvm::isIntN((*of)[0], number)
                      : llvm::isUIntN((*of)[0], number);
    };
    if (!of || of->size() != 4 || ((*of)[0] != 8 && (*of)[0] != 16) ||
        (*of)[0] > bits || (*of)[2] > 0 || (*of)[2] < INT16_MIN ||
        (*of)[3] < 0 || (*of)[3] > INT16_MAX || !fits((*of)[2]) ||
        !fits((*of)[3]))
      return fail("has `numbers` that are not [bits, signed, min, max] with 8 "
                  "or 16 bits and bounds around 0 that fit them");
    spec.numbers.push_back(
        {unsigned((*of)[0]), (*of)[1] != 0, (*of)[2], (*of)[3]});
  }
  return spec;
}
