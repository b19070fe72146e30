//===- Dialect.cpp - A subset of StableHLO: dialect and text --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

//===----------------------------------------------------------------------===//
// Pieces of text that several attributes and ops have
//===----------------------------------------------------------------------===//

static ParseResult parseIntegers(AsmParser &parser,
                                 SmallVectorImpl<int64_t> &values) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(values.emplace_back());
  });
}

static void printIntegers(AsmPrinter &printer, ArrayRef<int64_t> values) {
  printer << '[';
  llvm::interleaveComma(values, printer);
  printer << ']';
}

/// One dimension's role: a letter, or the number of a spatial dimension.
static ParseResult parseRoles(AsmParser &parser, StringRef first,
                              StringRef second, int64_t &a, int64_t &b,
                              SmallVectorImpl<int64_t> &spatial) {
  llvm::SMLoc start = parser.getCurrentLocation();
  constexpr int64_t kMaxRank = 64;
  SmallVector<std::pair<int64_t, int64_t>> numbered;
  int64_t position = 0;
  a = b = -1;
  auto parseRole = [&]() -> ParseResult {
    int64_t dim = position++;
    int64_t number;
    OptionalParseResult integer = parser.parseOptionalInteger(number);
    if (integer.has_value()) {
      numbered.emplace_back(number, dim);
      return *integer;
    }
    llvm::SMLoc loc = parser.getCurrentLocation();
    StringRef keyword;
    if (parser.parseKeyword(&keyword))
      return failure();
    int64_t &role = keyword == first ? a : b;
    if ((keyword != first && keyword != second) || role >= 0)
      return parser.emitError(loc)
             << "expected each of '" << first << "' and '" << second
             << "' once, got '" << keyword << "'";
    role = dim;
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseRole))
    return failure();
  if (a < 0 || b < 0)
    return parser.emitError(start) << "expected the dimensions '" << first
                                   << "' and '" << second << "'";
  if (position > kMaxRank)
    return parser.emitError(start, "too many dimensions");
  spatial.assign(numbered.size(), -1);
  for (auto [number, dim] : numbered) {
    if (number < 0 || number >= int64_t(spatial.size()) || spatial[number] >= 0)
      return parser.emitError(start)
             << "expected the spatial dimensions 0 to "
             << int64_t(spatial.size()) - 1 << ", each once";
    spatial[number] = dim;
  }
  return success();
}

static void printRoles(AsmPrinter &printer, StringRef first, StringRef second,
                       int64_t a, int64_t b, ArrayRef<int64_t> spatial) {
  SmallVector<std::string> roles(spatial.size() + 2);
  roles[a] = first;
  roles[b] = second;
  for (auto [number, dim] : llvm::enumerate(spatial))
    roles[dim] = std::to_string(number);
  printer << '[';
  llvm::interleaveComma(roles, printer);
  printer << ']';
}

static ParseResult parseConvNumbers(AsmParser &parser, ConvNumbersAttr &attr) {
  int64_t inputBatch, inputFeature, kernelInput, kernelOutput, outputBatch,
      outputFeature;
  SmallVector<int64_t> input, kernel, output;
  llvm::SMLoc loc = parser.getCurrentLocation();
  if (parseRoles(parser, "b", "f", inputBatch, inputFeature, input) ||
      parser.parseKeyword("x") ||
      parseRoles(parser, "i", "o", kernelInput, kernelOutput, kernel) ||
      parser.parseArrow() ||
      parseRoles(parser, "b", "f", outputBatch, outputFeature, output))
    return failure();
  if (input.size() != kernel.size() || input.size() != output.size())
    return parser.emitError(loc, "input, kernel and output have different "
                                 "numbers of spatial dimensions");
  attr = ConvNumbersAttr::get(parser.getContext(), inputBatch, inputFeature,
                              input, kernelInput, kernelOutput, kernel,
                              outputBatch, outputFeature, output);
  return success();
}

static void printConvNumbers(AsmPrinter &printer, Operation *,
                             ConvNumbersAttr attr) {
  printRoles(printer, "b", "f", attr.getInputBatch(), attr.getInputFeature(),
             attr.getInputSpatial());
  printer << 'x';
  printRoles(printer, "i", "o", attr.getKernelInputFeature(),
             attr.getKernelOutputFeature(), attr.getKernelSpatial());
  printer << "->";
  printRoles(printer, "b", "f", attr.getOutputBatch(), attr.getOutputFeature(),
             attr.getOutputSpatial());
}

/// ", precision = [DEFAULT, HIGH]"
static ParseResult parsePrecisionConfig(AsmParser &parser, ArrayAttr &attr) {
  if (failed(parser.parseOptionalComma()))
    return success();
  if (parser.parseKeyword("precision") || parser.parseEqual())
    return failure();
  SmallVector<Attribute> precisions;
  auto parseOne = [&]() -> ParseResult {
    FailureOr<Precision> precision = FieldParser<Precision>::parse(parser);
    if (failed(precision))
      return failure();
    precisions.push_back(PrecisionAttr::get(parser.getContext(), *precision));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  attr = ArrayAttr::get(parser.getContext(), precisions);
  return success();
}

static void printPrecisionConfig(AsmPrinter &printer, ArrayAttr attr) {
  if (!attr)
    return;
  printer << ", precision = [";
  llvm::interleaveComma(attr, printer, [&](Attribute precision) {
    printer << stringifyPrecision(cast<PrecisionAttr>(precision).getValue());
  });
  printer << ']';
}

/// "[0] x [1]"
static ParseResult parsePair(AsmParser &parser, SmallVectorImpl<int64_t> &lhs,
                             SmallVectorImpl<int64_t> &rhs) {
  return failure(parseIntegers(parser, lhs) || parser.parseKeyword("x") ||
                 parseIntegers(parser, rhs));
}

static ParseResult parseDotNumbers(AsmParser &parser, DotNumbersAttr &attr,
                                   ArrayAttr &precision) {
  SmallVector<int64_t> lhsBatch, rhsBatch, lhs, rhs;
  if (succeeded(parser.parseOptionalKeyword("batching_dims")))
    if (parser.parseEqual() || parsePair(parser, lhsBatch, rhsBatch) ||
        parser.parseComma())
      return failure();
  if (parser.parseKeyword("contracting_dims") || parser.parseEqual() ||
      parsePair(parser, lhs, rhs))
    return failure();
  attr = DotNumbersAttr::get(parser.getContext(), lhsBatch, rhsBatch, lhs, rhs);
  return parsePrecisionConfig(parser, precision);
}

static void printDotNumbers(AsmPrinter &printer, Operation *,
                            DotNumbersAttr attr, ArrayAttr precision) {
  if (!attr.getLhsBatchingDimensions().empty()) {
    printer << "batching_dims = ";
    printIntegers(printer, attr.getLhsBatchingDimensions());
    printer << " x ";
    printIntegers(printer, attr.getRhsBatchingDimensions());
    printer << ", ";
  }
  printer << "contracting_dims = ";
  printIntegers(printer, attr.getLhsContractingDimensions());
  printer << " x ";
  printIntegers(printer, attr.getRhsContractingDimensions());
  printPrecisionConfig(printer, precision);
}

/// Enumerators without `<` and `>`.
template <typename EnumAttr>
static ParseResult parseEnumerator(AsmParser &parser, EnumAttr &attr) {
  using Enum = decltype(attr.getValue());
  FailureOr<Enum> value = FieldParser<Enum>::parse(parser);
  if (failed(value))
    return failure();
  attr = EnumAttr::get(parser.getContext(), *value);
  return success();
}
static ParseResult parseBare(AsmParser &parser, ComparisonDirectionAttr &attr) {
  return parseEnumerator(parser, attr);
}
static void printBare(AsmPrinter &printer, Operation *,
                      ComparisonDirectionAttr attr) {
  printer << stringifyComparisonDirection(attr.getValue());
}
static ParseResult parseBareType(AsmParser &parser, ComparisonTypeAttr &attr) {
  return parseEnumerator(parser, attr);
}
static void printBareType(AsmPrinter &printer, Operation *,
                          ComparisonTypeAttr attr) {
  printer << stringifyComparisonType(attr.getValue());
}

static ParseResult parseInteger(AsmParser &parser, IntegerAttr &attr) {
  int64_t value;
  if (parser.parseInteger(value))
    return failure();
  attr = parser.getBuilder().getI64IntegerAttr(value);
  return success();
}
static void printInteger(AsmPrinter &printer, Operation *, IntegerAttr attr) {
  printer << attr.getInt();
}

/// Operands, each with a comma behind it.
static ParseResult parseOperandsBeforeAttribute(
    OpAsmParser &parser,
    SmallVectorImpl<OpAsmParser::UnresolvedOperand> &operands) {
  while (true) {
    OpAsmParser::UnresolvedOperand operand;
    OptionalParseResult result = parser.parseOptionalOperand(operand);
    if (!result.has_value())
      return success();
    if (failed(*result) || parser.parseComma())
      return failure();
    operands.push_back(operand);
  }
}
static void printOperandsBeforeAttribute(OpAsmPrinter &printer, Operation *,
                                         OperandRange operands) {
  llvm::interleaveComma(operands, printer);
  printer << ',';
}

/// " : tensor<4xf32>, tensor<f32>" behind operands, whose types the results
/// have as well; nothing without operands.
static ParseResult parsePairwiseTypes(OpAsmParser &parser,
                                      SmallVectorImpl<Type> &operands,
                                      SmallVectorImpl<Type> &results) {
  if (succeeded(parser.parseOptionalColon()) && parser.parseTypeList(operands))
    return failure();
  results.assign(operands.begin(), operands.end());
  return success();
}
static void printPairwiseTypes(OpAsmPrinter &printer, Operation *,
                               TypeRange operands, TypeRange) {
  if (!operands.empty())
    printer << ": " << operands;
}

/// "[0:8:2, 3:4]"
static ParseResult parseSliceRanges(AsmParser &parser, DenseI64ArrayAttr &start,
                                    DenseI64ArrayAttr &limit,
                                    DenseI64ArrayAttr &stride) {
  SmallVector<int64_t> starts, limits, strides;
  auto parseRange = [&]() -> ParseResult {
    if (parser.parseInteger(starts.emplace_back()) || parser.parseColon() ||
        parser.parseInteger(limits.emplace_back()))
      return failure();
    strides.push_back(1);
    if (failed(parser.parseOptionalColon()))
      return success();
    return parser.parseInteger(strides.back());
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseRange))
    return failure();
  Builder b = parser.getBuilder();
  start = b.getDenseI64ArrayAttr(starts);
  limit = b.getDenseI64ArrayAttr(limits);
  stride = b.getDenseI64ArrayAttr(strides);
  return success();
}
static void printSliceRanges(AsmPrinter &printer, Operation *,
                             DenseI64ArrayAttr start, DenseI64ArrayAttr limit,
                             DenseI64ArrayAttr stride) {
  printer << '[';
  llvm::interleaveComma(llvm::zip_equal(start.asArrayRef(), limit.asArrayRef(),
                                        stride.asArrayRef()),
                        printer, [&](auto range) {
                          auto [from, to, step] = range;
                          printer << from << ':' << to;
                          if (step != 1)
                            printer << ':' << step;
                        });
  printer << ']';
}

//===----------------------------------------------------------------------===//
// Types that follow from one another
//===----------------------------------------------------------------------===//

/// Either one type for all, or a function type.
static ParseResult parseTypes(OpAsmParser &parser,
                              MutableArrayRef<Type *> types) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  auto function = dyn_cast<FunctionType>(type);
  if (!function) {
    for (Type *into : types)
      *into = type;
    return success();
  }
  if (function.getNumInputs() + 1 != types.size() ||
      function.getNumResults() != 1)
    return parser.emitError(loc) << "expected the types of " << types.size() - 1
                                 << " operands and a result";
  for (auto [into, from] : llvm::zip(types, function.getInputs()))
    *into = from;
  *types.back() = function.getResult(0);
  return success();
}
static void printTypes(OpAsmPrinter &printer, ArrayRef<Type> types) {
  if (llvm::all_equal(types)) {
    printer << types.back();
    return;
  }
  printer.printFunctionalType(TypeRange(types.drop_back()),
                              TypeRange(types.back()));
}

static ParseResult parseSameType(OpAsmParser &parser, Type &a, Type &result) {
  Type *types[] = {&a, &result};
  return parseTypes(parser, types);
}
static void printSameType(OpAsmPrinter &printer, Operation *, Type a,
                          Type result) {
  printTypes(printer, {a, result});
}
static ParseResult parseSameType(OpAsmParser &parser, Type &a, Type &b,
                                 Type &result) {
  Type *types[] = {&a, &b, &result};
  return parseTypes(parser, types);
}
static void printSameType(OpAsmPrinter &printer, Operation *, Type a, Type b,
                          Type result) {
  printTypes(printer, {a, b, result});
}
static ParseResult parseSameType(OpAsmParser &parser, Type &a, Type &b, Type &c,
                                 Type &result) {
  Type *types[] = {&a, &b, &c, &result};
  return parseTypes(parser, types);
}
static void printSameType(OpAsmPrinter &printer, Operation *, Type a, Type b,
                          Type c, Type result) {
  printTypes(printer, {a, b, c, result});
}

/// "tensor<4xi1>, tensor<4xf32>" or a function type.
static ParseResult parseSelectType(OpAsmParser &parser, Type &pred,
                                   Type &onTrue, Type &onFalse, Type &result) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  if (parser.parseType(pred))
    return failure();
  if (auto function = dyn_cast<FunctionType>(pred)) {
    if (function.getNumInputs() != 3 || function.getNumResults() != 1)
      return parser.emitError(loc, "expected the types of 3 operands and a "
                                   "result");
    pred = function.getInput(0);
    onTrue = function.getInput(1);
    onFalse = function.getInput(2);
    result = function.getResult(0);
    return success();
  }
  if (parser.parseComma() || parser.parseType(result))
    return failure();
  onTrue = onFalse = result;
  return success();
}
static void printSelectType(OpAsmPrinter &printer, Operation *, Type pred,
                            Type onTrue, Type onFalse, Type result) {
  if (onTrue == result && onFalse == result)
    printer << pred << ", " << result;
  else
    printer.printFunctionalType(TypeRange{pred, onTrue, onFalse},
                                TypeRange{result});
}

//===----------------------------------------------------------------------===//
// Windows of convolutions
//===----------------------------------------------------------------------===//

/// "stride = [1, 1], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1],
/// rhs_dilate = [1, 1], reverse = [false, false]", each of which may be absent.
static ParseResult parseWindow(OpAsmParser &parser, DenseI64ArrayAttr &strides,
                               DenseIntElementsAttr &padding,
                               DenseI64ArrayAttr &lhsDilation,
                               DenseI64ArrayAttr &rhsDilation,
                               DenseBoolArrayAttr &reversal) {
  Builder b = parser.getBuilder();
  auto parseArray = [&](DenseI64ArrayAttr &attr) -> ParseResult {
    SmallVector<int64_t> values;
    if (parseIntegers(parser, values))
      return failure();
    attr = b.getDenseI64ArrayAttr(values);
    return success();
  };
  auto parsePadding = [&]() -> ParseResult {
    SmallVector<int64_t> values;
    auto parseDim = [&]() -> ParseResult {
      size_t before = values.size();
      llvm::SMLoc loc = parser.getCurrentLocation();
      if (parseIntegers(parser, values))
        return failure();
      if (values.size() != before + 2)
        return parser.emitError(loc, "expected low and high padding");
      return success();
    };
    if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseDim))
      return failure();
    auto type =
        RankedTensorType::get({int64_t(values.size()) / 2, 2}, b.getI64Type());
    padding = DenseIntElementsAttr::get(type, values);
    return success();
  };
  auto parseReversal = [&]() -> ParseResult {
    SmallVector<bool> values;
    auto parseOne = [&]() -> ParseResult {
      if (succeeded(parser.parseOptionalKeyword("true"))) {
        values.push_back(true);
        return success();
      }
      values.push_back(false);
      int64_t number;
      OptionalParseResult integer = parser.parseOptionalInteger(number);
      if (!integer.has_value())
        return parser.parseKeyword("false");
      values.back() = number != 0;
      return *integer;
    };
    if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
      return failure();
    reversal = b.getDenseBoolArrayAttr(values);
    return success();
  };

  StringRef name;
  llvm::SMLoc loc = parser.getCurrentLocation();
  if (failed(parser.parseOptionalKeyword(&name)))
    return success();
  llvm::SmallDenseSet<StringRef> seen;
  while (true) {
    if (!seen.insert(name).second)
      return parser.emitError(loc) << "'" << name << "' is given twice";
    if (parser.parseEqual())
      return failure();
    ParseResult result = success();
    if (name == "stride")
      result = parseArray(strides);
    else if (name == "pad")
      result = parsePadding();
    else if (name == "lhs_dilate")
      result = parseArray(lhsDilation);
    else if (name == "rhs_dilate")
      result = parseArray(rhsDilation);
    else if (name == "reverse")
      result = parseReversal();
    else
      return parser.emitError(loc)
             << "expected stride, pad, lhs_dilate, rhs_dilate or reverse, got '"
             << name << "'";
    if (failed(result))
      return failure();
    if (failed(parser.parseOptionalComma()))
      return success();
    loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&name))
      return failure();
  }
}

static void printWindow(OpAsmPrinter &printer, Operation *,
                        DenseI64ArrayAttr strides, DenseIntElementsAttr padding,
                        DenseI64ArrayAttr lhsDilation,
                        DenseI64ArrayAttr rhsDilation,
                        DenseBoolArrayAttr reversal) {
  llvm::ListSeparator separator;
  auto printArray = [&](StringRef name, DenseI64ArrayAttr attr) {
    if (!attr)
      return;
    printer << StringRef(separator) << name << " = ";
    printIntegers(printer, attr.asArrayRef());
  };
  printArray("stride", strides);
  if (padding) {
    printer << StringRef(separator) << "pad = [";
    SmallVector<int64_t> values(padding.getValues<int64_t>());
    for (size_t dim = 0; dim + 1 < values.size(); dim += 2) {
      printer << (dim ? ", " : "");
      printIntegers(printer, {values[dim], values[dim + 1]});
    }
    printer << ']';
  }
  printArray("lhs_dilate", lhsDilation);
  printArray("rhs_dilate", rhsDilation);
  if (reversal) {
    printer << StringRef(separator) << "reverse = [";
    llvm::interleaveComma(reversal.asArrayRef(), printer, [&](bool value) {
      printer << (value ? "true" : "false");
    });
    printer << ']';
  }
}

//===----------------------------------------------------------------------===//
// Dialect
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/StableHLO/StableHLODialect.cpp.inc"

#include "bitserial/Conversion/StableHLO/StableHLOEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "bitserial/Conversion/StableHLO/StableHLOAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "bitserial/Conversion/StableHLO/StableHLOOps.cpp.inc"

#include "bitserial/Conversion/StableHLO/CHLODialect.cpp.inc"

#define GET_OP_CLASSES
#include "bitserial/Conversion/StableHLO/CHLOOps.cpp.inc"

namespace {
/// All ops may be inlined, and into the bodies of others.
struct StableHLOInliner : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
};
} // namespace

void StableHLODialect::initialize() {
  addInterfaces<StableHLOInliner>();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "bitserial/Conversion/StableHLO/StableHLOAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "bitserial/Conversion/StableHLO/StableHLOOps.cpp.inc"
      >();
}

Operation *StableHLODialect::materializeConstant(OpBuilder &b, Attribute value,
                                                 Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(b, loc, type, elements);
}

/// Registered ops do not come here.
static ParseResult refuseOp(OpAsmParser &parser, OperationState &result) {
  InFlightDiagnostic error = parser.emitError(parser.getNameLoc())
                             << "'" << result.name
                             << "' is not among the StableHLO ops that are "
                                "supported";
  // What symbolic dimensions are exported as.
  StringRef name = result.name.getStringRef();
  if (name.contains("dynamic") || name.contains("dimension_size"))
    error << ": shapes must be static; export the model for one size of batch, "
             "without symbolic dimensions";
  return error;
}

std::optional<Dialect::ParseOpHook>
StableHLODialect::getParseOperationHook(StringRef) const {
  return ParseOpHook(refuseOp);
}

Type StableHLODialect::parseType(DialectAsmParser &parser) const {
  parser.emitError(parser.getNameLoc())
      << "the type '!" << getNamespace() << "." << parser.getFullSymbolSpec()
      << "' is not supported";
  return {};
}

Attribute StableHLODialect::parseAttribute(DialectAsmParser &parser,
                                           Type type) const {
  llvm::SMLoc loc = parser.getCurrentLocation();
  StringRef mnemonic;
  Attribute attribute;
  if (generatedAttributeParser(parser, &mnemonic, type, attribute).has_value())
    return attribute;
  parser.emitError(loc) << "the attribute '" << getNamespace() << "."
                        << mnemonic
                        << "' is of an op that is not among the StableHLO ops "
                           "that are supported";
  return {};
}

void StableHLODialect::printAttribute(Attribute attribute,
                                      DialectAsmPrinter &printer) const {
  (void)generatedAttributePrinter(attribute, printer);
}

void chlo::CHLODialect::initialize() {
  addInterfaces<StableHLOInliner>();
  addOperations<
#define GET_OP_LIST
#include "bitserial/Conversion/StableHLO/CHLOOps.cpp.inc"
      >();
}

std::optional<Dialect::ParseOpHook>
chlo::CHLODialect::getParseOperationHook(StringRef) const {
  return ParseOpHook(refuseOp);
}

bool stablehlo::isTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || tensor.getEncoding())
    return false;
  constexpr int64_t kMaxElements = int64_t(1) << 40;
  int64_t count = 1;
  for (int64_t size : tensor.getShape())
    if (llvm::MulOverflow(count, size, count) || count > kMaxElements)
      return false;
  Type element = tensor.getElementType();
  if (auto integer = dyn_cast<IntegerType>(element))
    return integer.getWidth() >= 1 && integer.getWidth() <= 64 &&
           !integer.isSigned();
  return isa<FloatType, quant::QuantizedType>(element);
}

/// "<a = [0], b = [1, 2], c = 3>": the members `names`, any of which may be
/// absent, in any order; a number alone is a list of one.
static ParseResult parseMembers(AsmParser &parser, ArrayRef<StringRef> names,
                                MutableArrayRef<SmallVector<int64_t>> values) {
  llvm::SmallDenseSet<StringRef> seen;
  auto parseMember = [&]() -> ParseResult {
    llvm::SMLoc loc = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    const auto *found = llvm::find(names, name);
    if (found == names.end())
      return parser.emitError(loc) << "unexpected '" << name << "'";
    if (!seen.insert(name).second)
      return parser.emitError(loc) << "'" << name << "' is given twice";
    SmallVector<int64_t> &into = values[found - names.begin()];
    int64_t number;
    OptionalParseResult integer = parser.parseOptionalInteger(number);
    if (!integer.has_value())
      return parseIntegers(parser, into);
    into = {number};
    return *integer;
  };
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                        parseMember);
}

Attribute DotNumbersAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> dims[4];
  if (parseMembers(parser,
                   {"lhs_batching_dimensions", "rhs_batching_dimensions",
                    "lhs_contracting_dimensions", "rhs_contracting_dimensions"},
                   dims))
    return {};
  return get(parser.getContext(), dims[0], dims[1], dims[2], dims[3]);
}

void DotNumbersAttr::print(AsmPrinter &printer) const {
  llvm::ListSeparator separator;
  printer << '<';
  auto printMember = [&](StringRef name, ArrayRef<int64_t> dims) {
    if (dims.empty())
      return;
    printer << StringRef(separator) << name << " = ";
    printIntegers(printer, dims);
  };
  printMember("lhs_batching_dimensions", getLhsBatchingDimensions());
  printMember("rhs_batching_dimensions", getRhsBatchingDimensions());
  printMember("lhs_contracting_dimensions", getLhsContractingDimensions());
  printMember("rhs_contracting_dimensions", getRhsContractingDimensions());
  printer << '>';
}

Attribute GatherNumbersAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> dims[6];
  llvm::SMLoc loc = parser.getCurrentLocation();
  if (parseMembers(parser,
                   {"offset_dims", "collapsed_slice_dims",
                    "operand_batching_dims", "start_indices_batching_dims",
                    "start_index_map", "index_vector_dim"},
                   dims))
    return {};
  if (dims[5].size() > 1) {
    parser.emitError(loc, "index_vector_dim is more than one dimension");
    return {};
  }
  return get(parser.getContext(), dims[0], dims[1], dims[2], dims[3], dims[4],
             dims[5].empty() ? 0 : dims[5][0]);
}

void GatherNumbersAttr::print(AsmPrinter &printer) const {
  printer << '<';
  auto printMember = [&](StringRef name, ArrayRef<int64_t> dims) {
    if (dims.empty())
      return;
    printer << name << " = ";
    printIntegers(printer, dims);
    printer << ", ";
  };
  printMember("offset_dims", getOffsetDims());
  printMember("collapsed_slice_dims", getCollapsedSliceDims());
  printMember("operand_batching_dims", getOperandBatchingDims());
  printMember("start_indices_batching_dims", getStartIndicesBatchingDims());
  printMember("start_index_map", getStartIndexMap());
  printer << "index_vector_dim = " << getIndexVectorDim() << '>';
}

Attribute ConvNumbersAttr::parse(AsmParser &parser, Type) {
  ConvNumbersAttr attr;
  if (parser.parseLess() || parseConvNumbers(parser, attr) ||
      parser.parseGreater())
    return {};
  return attr;
}

void ConvNumbersAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printConvNumbers(printer, nullptr, *this);
  printer << '>';
}

//===----------------------------------------------------------------------===//
// Constant and reduce
//===----------------------------------------------------------------------===//

ParseResult ConstantOp::parse(OpAsmParser &parser, OperationState &result) {
  // In generic form, with a type of its own.
  if (succeeded(parser.parseOptionalLParen())) {
    NamedAttrList properties;
    FunctionType type;
    llvm::SMLoc loc = parser.getCurrentLocation();
    if (parser.parseRParen())
      return failure();
    if (succeeded(parser.parseOptionalLess()) &&
        (parser.parseOptionalAttrDict(properties) || parser.parseGreater()))
      return failure();
    if (parser.parseOptionalAttrDict(result.attributes) ||
        parser.parseColonType(type))
      return failure();
    result.attributes.append(properties);
    if (type.getNumInputs() != 0 || type.getNumResults() != 1)
      return parser.emitError(loc, "expected no operands and one result");
    if (!isa_and_nonnull<ElementsAttr>(result.attributes.get("value")))
      return parser.emitError(loc, "expected a tensor as 'value'");
    result.addTypes(type.getResults());
    return success();
  }
  ElementsAttr value;
  if (parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseAttribute(value, "value", result.attributes))
    return failure();
  result.addTypes(value.getType());
  return success();
}

void ConstantOp::print(OpAsmPrinter &printer) {
  if (getValue().getShapedType() != getType()) {
    printer << "() <{value = " << getValue() << "}>";
    printer.printOptionalAttrDict((*this)->getAttrs(), {"value"});
    printer << " : () -> " << getType();
    return;
  }
  printer.printOptionalAttrDict((*this)->getAttrs(), {"value"});
  printer << ' ' << getValue();
}

void ConstantOp::getAsmResultNames(
    function_ref<void(Value, StringRef)> setName) {
  bool isInteger = isa<IntegerType>(getType().getElementType());
  setName(getResult(), isInteger ? "c" : "cst");
}

OpFoldResult ConstantOp::fold(FoldAdaptor) {
  // The attribute alone would not say how the numbers are quantised.
  if (getValue().getShapedType() != getType())
    return {};
  return getValue();
}

/// Either the only op of the body,
///   reduce(%x init: %c) applies stablehlo.add across dimensions = [1] : ...
/// or all of it,
///   reduce(%x init: %c), (%y init: %d) across dimensions = [1] : ...
///    reducer(%a: tensor<f32>, %b: tensor<f32>) (%c: ..., %d: ...) { ... }
ParseResult ReduceOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> inputs, inits;
  llvm::SMLoc loc = parser.getCurrentLocation();
  do {
    if (parser.parseLParen() || parser.parseOperand(inputs.emplace_back()) ||
        parser.parseKeyword("init") || parser.parseColon() ||
        parser.parseOperand(inits.emplace_back()) || parser.parseRParen())
      return failure();
  } while (succeeded(parser.parseOptionalComma()));

  std::optional<OperationName> inner;
  if (succeeded(parser.parseOptionalKeyword("applies"))) {
    llvm::SMLoc nameLoc = parser.getCurrentLocation();
    FailureOr<OperationName> name = parser.parseCustomOperationName();
    if (failed(name))
      return failure();
    if (!name->isRegistered() ||
        !isa_and_nonnull<StableHLODialect>(name->getDialect()))
      return parser.emitError(nameLoc)
             << "'" << *name
             << "' is not among the StableHLO ops that are supported";
    inner = *name;
  }
  SmallVector<int64_t> dimensions;
  FunctionType type;
  if (parser.parseKeyword("across") || parser.parseKeyword("dimensions") ||
      parser.parseEqual() || parseIntegers(parser, dimensions) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonType(type))
    return failure();
  result.addAttribute("dimensions",
                      parser.getBuilder().getDenseI64ArrayAttr(dimensions));
  result.addTypes(type.getResults());
  inputs.append(inits);
  if (parser.resolveOperands(inputs, type.getInputs(), loc, result.operands))
    return failure();

  Region *body = result.addRegion();
  if (!inner) {
    SmallVector<OpAsmParser::Argument> lhs, rhs;
    if (parser.parseKeyword("reducer"))
      return failure();
    for (size_t i = 0; i < inits.size(); ++i)
      if (parser.parseLParen() ||
          parser.parseArgument(lhs.emplace_back(), /*allowType=*/true) ||
          parser.parseComma() ||
          parser.parseArgument(rhs.emplace_back(), /*allowType=*/true) ||
          parser.parseRParen())
        return failure();
    lhs.append(rhs);
    return parser.parseRegion(*body, lhs);
  }

  auto init = inits.size() == 1
                  ? dyn_cast<RankedTensorType>(type.getInputs().back())
                  : RankedTensorType();
  if (!init)
    return parser.emitError(loc, "expected one input where an op is applied");
  if (!inner->hasTrait<OpTrait::NOperands<2>::Impl>() ||
      !inner->hasTrait<SameTypeOrQuantized>())
    return parser.emitError(loc) << "'" << *inner << "' cannot be applied";
  Location opLoc = parser.getEncodedSourceLoc(parser.getNameLoc());
  Block &block = body->emplaceBlock();
  block.addArguments({init, init}, {opLoc, opLoc});
  // The region is not in an op yet, and has no context.
  OpBuilder b(parser.getContext());
  b.setInsertionPointToStart(&block);
  OperationState state(opLoc, *inner, block.getArguments(), {init});
  ReturnOp::create(b, opLoc, b.create(state)->getResults());
  return success();
}

void ReduceOp::print(OpAsmPrinter &printer) {
  llvm::interleaveComma(llvm::zip(getInputs(), getInitValues()), printer,
                        [&](auto pair) {
                          auto [input, init] = pair;
                          printer << '(' << input << " init: " << init << ')';
                        });
  // In short where the body is one op of its arguments in order.
  Block &block = getBody().front();
  Operation *inner = &block.front();
  bool isShort = getInputs().size() == 1 && llvm::hasNItems(block, 2) &&
                 isa<StableHLODialect>(inner->getDialect()) &&
                 inner->getAttrs().empty() && inner->getNumResults() == 1 &&
                 llvm::equal(inner->getOperands(), block.getArguments()) &&
                 inner->hasTrait<SameTypeOrQuantized>() &&
                 llvm::equal(inner->getResults(), block.back().getOperands()) &&
                 inner->getResult(0).getType() == getInitValues()[0].getType();
  if (isShort)
    printer << " applies " << inner->getName();
  printer << " across dimensions = ";
  printIntegers(printer, getDimensions());
  printer.printOptionalAttrDict((*this)->getAttrs(), {"dimensions"});
  printer << " : ";
  printer.printFunctionalType(*this);
  if (isShort)
    return;
  printer.printNewline();
  printer << " reducer";
  size_t count = getInputs().size();
  for (size_t i = 0; i < count; ++i) {
    printer << '(';
    printer.printRegionArgument(block.getArgument(i));
    printer << ", ";
    printer.printRegionArgument(block.getArgument(i + count));
    printer << ") ";
  }
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}
