//===- PackKernel.cpp - Kernels that pack values --------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/PackKernel.h"
#include "KernelBody.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/Nesting.h"
#include "bitserial/Transforms/BitPlanes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// Specifications
//===----------------------------------------------------------------------===//

std::string PackSpec::str() const {
  return formatv("pack={0}:{1}:{2} values={3}", stringifyKind(format.getKind()),
                 format.getWidth(), format.getZeroPoint(), numValues);
}

std::string PackSpec::name() const {
  std::string text =
      formatv("pack-{0}{1}", stringifyKind(format.getKind()).take_front(1),
              format.getWidth());
  // A file's name: "zm3" for -3.
  if (int64_t zeroPoint = format.getZeroPoint())
    text += formatv("z{0}{1}", zeroPoint < 0 ? "m" : "", std::abs(zeroPoint));
  return text + formatv("-v{0}", numValues).str();
}

VectorType PackSpec::valueType(MLIRContext *context) const {
  return VectorType::get({int64_t(numValues)},
                         IntegerType::get(context, format.getValueBits()));
}

VectorType PackSpec::planeType(MLIRContext *context) const {
  return VectorType::get({int64_t(numValues / 8)},
                         IntegerType::get(context, 8));
}

Attribute PackSpec::toAttr(MLIRContext *context) const {
  Builder b(context);
  Type type = IntType::get(context, format.getWidth(), format.getKind(),
                           format.getZeroPoint());
  return b.getDictionaryAttr(
      {b.getNamedAttr("format", TypeAttr::get(type)),
       b.getNamedAttr("values", b.getI64IntegerAttr(numValues))});
}

FailureOr<PackSpec> PackSpec::fromAttr(Location loc, Attribute attr) {
  auto dictionary = dyn_cast_or_null<DictionaryAttr>(attr);
  auto format = dictionary ? dictionary.getAs<TypeAttr>("format") : TypeAttr();
  auto values =
      dictionary ? dictionary.getAs<IntegerAttr>("values") : IntegerAttr();
  auto type = format ? dyn_cast<IntType>(format.getValue()) : IntType();
  if (!type || !values)
    return emitError(loc, "the pack kernel needs `spec` = {format = "
                          "!bitserial.int<...>, values = ...}");
  if (values.getValue().getSignificantBits() > 32 ||
      !isValidNumValues(values.getValue().getSExtValue()))
    return emitError(loc, "the pack kernel is for ")
           << Attribute(values) << " values, expected 16, 32 or 64";
  return PackSpec{type.getFormat(), unsigned(values.getValue().getSExtValue())};
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The string of this name; fails, after a diagnostic, if it is something else.
static LogicalResult readString(Location loc, DictionaryAttr dictionary,
                                StringRef name, std::string &value) {
  Attribute attr = dictionary.get(name);
  if (!attr)
    return success();
  auto string = dyn_cast<StringAttr>(attr);
  if (!string)
    return emitError(loc, "the pack kernel has `")
           << name << "` = " << attr << ", expected a string";
  value = string.getValue().str();
  return success();
}

FailureOr<PackKernel> PackKernel::get(ModuleOp module) {
  Location loc = module.getLoc();
  auto dictionary = module->getAttrOfType<DictionaryAttr>(kAttrName);
  if (!dictionary)
    return emitError(loc, "expected a pack kernel: the module needs the "
                          "dictionary attribute ")
           << kAttrName;
  FailureOr<PackSpec> spec = PackSpec::fromAttr(loc, dictionary.get("spec"));
  if (failed(spec))
    return failure();
  PackKernel kernel{module, *spec, "", {}, {}, 1, "", 0};
  std::string cycles;
  if (failed(readString(loc, dictionary, "cpu", kernel.cpu)) ||
      failed(readString(loc, dictionary, "sketch", kernel.sketch)) ||
      failed(readString(loc, dictionary, "cycles", cycles)))
    return failure();
  if (!cycles.empty() &&
      (StringRef(cycles).getAsDouble(kernel.cycles) || !(kernel.cycles >= 0) ||
       !std::isfinite(kernel.cycles)))
    return emitError(loc, "the pack kernel has `cycles` = \"")
           << cycles << "\", expected a number";
  if (Attribute attr = dictionary.get("steps")) {
    auto integer = dyn_cast<IntegerAttr>(attr);
    if (!integer || integer.getValue().getSignificantBits() > 32 ||
        integer.getValue().getSExtValue() < 1 ||
        integer.getValue().getSExtValue() > kMaxSteps)
      return emitError(loc, "the pack kernel has `steps` = ")
             << attr << ", expected 1 to " << kMaxSteps;
    kernel.steps = integer.getValue().getSExtValue();
  }
  if (Attribute attr = dictionary.get("features")) {
    auto array = dyn_cast<ArrayAttr>(attr);
    for (Attribute element : array ? array.getValue() : ArrayRef<Attribute>())
      if (auto string = dyn_cast<StringAttr>(element))
        kernel.features.push_back(string.getValue().str());
    if (!array || kernel.features.size() != array.size())
      return emitError(loc, "the pack kernel has `features` = ")
             << attr << ", expected a list of strings";
  }

  for (Operation &op : *module.getBody()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function || function.getSymName() != "pack")
      return emitError(op.getLoc(), "does not belong into a pack kernel, which "
                                    "consists of the function @pack");
    kernel.function = function;
  }
  if (!kernel.function || kernel.function.isExternal())
    return emitError(loc, "the pack kernel has no function @pack with a body");
  MLIRContext *context = module.getContext();
  SmallVector<Type> planes(spec->format.getWidth(), spec->planeType(context));
  if (failed(checkKernelFunction(kernel.function,
                                 Type(spec->valueType(context)), planes)))
    return failure();
  return kernel;
}

FailureOr<PackKernel> PackKernel::parse(MLIRContext *context, StringRef text,
                                        StringRef name,
                                        OwningOpRef<ModuleOp> &owner) {
  context->loadDialect<BitserialDialect, arith::ArithDialect, func::FuncDialect,
                       LLVM::LLVMDialect, math::MathDialect,
                       vector::VectorDialect>();
  if (failed(checkText(context, text, name)))
    return failure();
  owner = parseSourceString<ModuleOp>(text, ParserConfig(context), name);
  if (!owner)
    return failure();
  // The parser wraps what is not one module into another one.
  if (!(*owner)->hasAttr(kAttrName))
    if (auto only = llvm::to_vector(owner->getOps<ModuleOp>());
        only.size() == 1 && llvm::hasSingleElement(*owner->getBody()))
      return get(only.front());
  return get(*owner);
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

OwningOpRef<ModuleOp> PackKernel::create(
    MLIRContext *context, const PackSpec &spec,
    function_ref<SmallVector<Value>(OpBuilder &, Location, Value)> emit) {
  context->loadDialect<BitserialDialect, arith::ArithDialect, func::FuncDialect,
                       LLVM::LLVMDialect, math::MathDialect,
                       vector::VectorDialect>();
  OpBuilder b(context);
  Location loc = b.getUnknownLoc();
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc, spec.name()));
  b.setInsertionPointToStart(module->getBody());
  SmallVector<Type> planes(spec.format.getWidth(), spec.planeType(context));
  auto function = func::FuncOp::create(
      b, loc, "pack", b.getFunctionType(Type(spec.valueType(context)), planes));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  func::ReturnOp::create(b, loc, emit(b, loc, entry->getArgument(0)));
  PackKernel{*module, spec, "", {}, function, 1, "", 0}.writeAttribute();
  return module;
}

OwningOpRef<ModuleOp> PackKernel::makeReference(MLIRContext *context,
                                                const PackSpec &spec,
                                                const Target &target) {
  return create(context, spec, [&](OpBuilder &b, Location loc, Value values) {
    return emitPlaneBytes(b, loc, values, spec.format, target);
  });
}

void PackKernel::writeAttribute() const {
  Builder b(ModuleOp(module).getContext());
  SmallVector<NamedAttribute> entries;
  auto add = [&](StringRef name, Attribute value) {
    entries.push_back(b.getNamedAttr(name, value));
  };
  add("spec", spec.toAttr(b.getContext()));
  if (!cpu.empty())
    add("cpu", b.getStringAttr(cpu));
  if (!features.empty()) {
    SmallVector<StringRef> names(features.begin(), features.end());
    add("features", b.getStrArrayAttr(names));
  }
  if (steps != 1)
    add("steps", b.getI64IntegerAttr(steps));
  if (!sketch.empty())
    add("sketch", b.getStringAttr(sketch));
  if (cycles > 0)
    add("cycles", b.getStringAttr(formatv("{0:f2}", cycles).str()));
  ModuleOp(module)->setAttr(kAttrName, b.getDictionaryAttr(entries));
}

bool PackKernel::isSupportedBy(const Target &target) const {
  return llvm::all_of(features, [&](const std::string &feature) {
    return target.hasFeature(feature);
  });
}

SmallVector<Value> PackKernel::inlineAt(OpBuilder &b, Location loc,
                                        Value values) const {
  Block &body = func::FuncOp(function).getBody().front();
  IRMapping mapping;
  mapping.map(body.getArgument(0), values);
  for (Operation &op : body.without_terminator())
    b.clone(op, mapping)->setLoc(loc);
  return llvm::map_to_vector(
      body.getTerminator()->getOperands(),
      [&](Value value) { return mapping.lookup(value); });
}

PackKernelSource::~PackKernelSource() = default;

PackKernelSource *PackKernelSource::get(MLIRContext *context) {
  auto *dialect = context->getLoadedDialect<BitserialDialect>();
  return dialect ? dialect->getRegisteredInterface<PackKernelSource>()
                 : nullptr;
}
