//===- ControlFlow.cpp - Loops, branches and sorting ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static bool isScalarBool(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getRank() == 0 &&
         tensor.getElementType().isInteger(1);
}

/// That `region` takes and returns values of these types.
static LogicalResult verifyRegion(Operation *op, Region &region, StringRef name,
                                  TypeRange arguments, TypeRange results) {
  Block &block = region.front();
  auto terminator = dyn_cast<ReturnOp>(block.back());
  if (terminator && llvm::equal(block.getArgumentTypes(), arguments) &&
      llvm::equal(terminator.getOperandTypes(), results))
    return success();
  InFlightDiagnostic error = op->emitOpError()
                             << "expects " << name << " to take (" << arguments
                             << ") and to return (" << results << ")";
  return error;
}

//===----------------------------------------------------------------------===//
// while
//===----------------------------------------------------------------------===//

static ParseResult parseLoopRegion(OpAsmParser &parser, StringRef keyword,
                                   ArrayRef<OpAsmParser::Argument> arguments,
                                   Region &region) {
  return failure(parser.parseKeyword(keyword) ||
                 parser.parseRegion(region, arguments));
}

ParseResult WhileOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<Type> types;
  llvm::SMLoc loc = parser.getCurrentLocation();
  auto parseCarried = [&]() -> ParseResult {
    return failure(parser.parseArgument(arguments.emplace_back()) ||
                   parser.parseEqual() ||
                   parser.parseOperand(operands.emplace_back()));
  };
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren,
                                     parseCarried) ||
      (!operands.empty() &&
       (parser.parseColon() || parser.parseTypeList(types))) ||
      parser.resolveOperands(operands, types, loc, result.operands) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes))
    return failure();
  result.addTypes(types);
  for (auto [argument, type] : llvm::zip_equal(arguments, types))
    argument.type = type;
  Region *cond = result.addRegion(), *body = result.addRegion();
  if (succeeded(parseLoopRegion(parser, "cond", arguments, *cond)) &&
      succeeded(parseLoopRegion(parser, "do", arguments, *body)))
    return success();
  // What stands outside may have referred to values of the regions, which are
  // thrown away.
  for (Region *region : {cond, body})
    for (Block &block : *region)
      block.dropAllDefinedValueUses();
  return failure();
}

void WhileOp::print(OpAsmPrinter &printer) {
  printer << '(';
  llvm::interleaveComma(llvm::zip_equal(getBody().getArguments(), getCarried()),
                        printer, [&](auto pair) {
                          printer << std::get<0>(pair) << " = "
                                  << std::get<1>(pair);
                        });
  printer << ')';
  if (!getCarried().empty())
    printer << " : " << getCarried().getTypes();
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  // The numbers of arguments begin anew in each region: both have these names.
  printer.printNewline();
  printer << "cond ";
  printer.printRegion(getCond(), /*printEntryBlockArgs=*/false);
  printer << " do ";
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

LogicalResult WhileOp::verify() {
  TypeRange types = getCarried().getTypes();
  Type condition = RankedTensorType::get({}, IntegerType::get(getContext(), 1));
  if (getResultTypes() != types)
    return emitOpError("has results of other types than what is carried");
  return success(
      succeeded(verifyRegion(*this, getCond(), "cond", types, {condition})) &&
      succeeded(verifyRegion(*this, getBody(), "the body", types, types)));
}

//===----------------------------------------------------------------------===//
// case and if
//===----------------------------------------------------------------------===//

LogicalResult CaseOp::verify() {
  RankedTensorType index = getTensor(getIndex());
  if (index.getRank() != 0 || !index.getElementType().isSignlessInteger(32))
    return emitOpError() << "expects an index of type tensor<i32>, got "
                         << index;
  if (getBranches().empty())
    return emitOpError("expects a branch at least");
  for (Region &branch : getBranches())
    if (failed(
            verifyRegion(*this, branch, "each branch", {}, getResultTypes())))
      return failure();
  return success();
}

LogicalResult IfOp::verify() {
  if (!isScalarBool(getPred().getType()))
    return emitOpError() << "expects a condition of type tensor<i1>, got "
                         << getPred().getType();
  for (Region *branch : {&getThenRegion(), &getElseRegion()})
    if (failed(
            verifyRegion(*this, *branch, "each branch", {}, getResultTypes())))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// sort and top_k
//===----------------------------------------------------------------------===//

LogicalResult SortOp::verify() {
  if (getInputs().empty() || getInputs().getTypes() != getResultTypes())
    return emitOpError("expects one result per input, of its type, and at "
                       "least one");
  RankedTensorType first = getTensor(getInputs()[0]);
  SmallVector<Type> elements;
  for (Value input : getInputs()) {
    RankedTensorType type = getTensor(input);
    if (type.getShape() != first.getShape())
      return emitOpError("expects inputs of one shape");
    elements.append(2, RankedTensorType::get({}, type.getElementType()));
  }
  if (getSortedDim() < 0 || getSortedDim() >= first.getRank())
    return emitOpError() << "has no dimension " << int64_t(getDimension());
  Type condition = RankedTensorType::get({}, IntegerType::get(getContext(), 1));
  return verifyRegion(*this, getComparator(), "the comparator", elements,
                      {condition});
}

LogicalResult chlo::TopKOp::verify() {
  RankedTensorType from = getTensor(getOperand()),
                   values = getTensor(getValues()),
                   indices = getTensor(getIndices());
  if (from.getRank() == 0 || int64_t(getK()) < 0 ||
      int64_t(getK()) > from.getShape().back())
    return emitOpError() << "cannot take " << int64_t(getK())
                         << " elements of the last dimension of " << from;
  SmallVector<int64_t> shape(from.getShape());
  shape.back() = getK();
  if (values != from.clone(shape) || indices.getShape() != values.getShape() ||
      !indices.getElementType().isSignlessInteger(32))
    return emitOpError() << "expects results of types " << from.clone(shape)
                         << " and "
                         << RankedTensorType::get(
                                shape, IntegerType::get(getContext(), 32));
  return success();
}
