//===- ScheduleOps.cpp - Transform ops: layouts and tiles -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/TransformOps/BitserialTransformOps.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"

#include "mlir/Dialect/Transform/TuneExtension/TuneExtensionOps.h"
#include "mlir/IR/IntegerSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using bitserial::ContractOp;
using bitserial::LayoutChoice;
using bitserial::ReduceOp;
using bitserial::TileAttr;

//===----------------------------------------------------------------------===//
// Settings
//===----------------------------------------------------------------------===//

/// with name = %param, name = 4, name = "text"
static ParseResult
parseSettings(OpAsmParser &parser,
              SmallVectorImpl<OpAsmParser::UnresolvedOperand> &params,
              ArrayAttr &paramNames, DictionaryAttr &settings) {
  Builder &b = parser.getBuilder();
  SmallVector<Attribute> names;
  NamedAttrList values;
  llvm::StringSet<llvm::MallocAllocator> seen;
  auto parseSetting = [&]() -> ParseResult {
    std::string name;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeywordOrString(&name) || parser.parseEqual())
      return failure();
    if (!seen.insert(name).second)
      return parser.emitError(loc) << "'" << name << "' is set twice";
    OpAsmParser::UnresolvedOperand param;
    OptionalParseResult isParam = parser.parseOptionalOperand(param);
    if (isParam.has_value()) {
      params.push_back(param);
      names.push_back(b.getStringAttr(name));
      return *isParam;
    }
    // Attributes without types: the colon behind them is that of the op.
    int64_t number;
    OptionalParseResult isNumber = parser.parseOptionalInteger(number);
    if (isNumber.has_value()) {
      values.append(name, b.getI64IntegerAttr(number));
      return *isNumber;
    }
    std::string text;
    if (failed(parser.parseOptionalString(&text)))
      return parser.emitError(parser.getCurrentLocation(),
                              "expected a param, an integer or a string");
    values.append(name, b.getStringAttr(text));
    return success();
  };
  if (succeeded(parser.parseOptionalKeyword("with")) &&
      parser.parseCommaSeparatedList(parseSetting))
    return failure();
  paramNames = b.getArrayAttr(names);
  settings = values.getDictionary(parser.getContext());
  return success();
}

static void printSettings(OpAsmPrinter &printer, Operation *,
                          OperandRange params, ArrayAttr paramNames,
                          DictionaryAttr settings) {
  if (params.empty() && settings.empty())
    return;
  printer << "with";
  StringRef separator = " ";
  auto printName = [&](StringRef name) -> OpAsmPrinter & {
    printer << separator << name << " = ";
    separator = ", ";
    return printer;
  };
  for (auto [param, name] :
       llvm::zip(params, paramNames.getAsValueRange<StringAttr>()))
    printName(name) << param;
  for (NamedAttribute setting : settings)
    printName(setting.getName()).printAttributeWithoutType(setting.getValue());
}

#define GET_OP_CLASSES
#include "bitserial/TransformOps/BitserialTransformOps.cpp.inc"

namespace {
/// A setting that an op knows: a number, or one of some words.
struct KnownSetting {
  StringRef name;
  SmallVector<StringRef, 2> words; // empty: a number
};
using Settings = llvm::StringMap<Attribute>;
} // namespace

static const KnownSetting kSplitSettings[] = {{"blocks", {}}};
static const KnownSetting kPackingSettings[] = {
    {"packing", {"whole", "tile", "producer"}}, {"lines", {}}};
static const KnownSetting kLayoutSettings[] = {
    {"word", {}},
    {"vectors", {}},
    {"lanes", {"outputs", "reduction"}},
    {"planes", {"inner", "outer", "none"}}};
static const KnownSetting kTileSettings[] = {{"rows", {}},
                                             {"vectors", {}},
                                             {"lines", {}},
                                             {"columns", {}},
                                             {"order", {"columns", "rows"}}};

/// What is wrong with `value` as that of a setting; empty if nothing is.
static std::string checkSetting(const KnownSetting &setting, Attribute value) {
  std::string expected = "an integer";
  if (setting.words.empty()) {
    auto number = dyn_cast<IntegerAttr>(value);
    if (number && number.getValue().isSignedIntN(64))
      return "";
  } else {
    auto text = dyn_cast<StringAttr>(value);
    if (text && llvm::is_contained(setting.words, text.getValue()))
      return "";
    expected = "\"" + llvm::join(setting.words, "\" or \"") + "\"";
  }
  std::string got;
  llvm::raw_string_ostream(got) << value;
  return llvm::formatv("'{0}' must be {1}, got {2}", setting.name, expected,
                       got);
}

static const KnownSetting *findSetting(ArrayRef<KnownSetting> known,
                                       StringRef name) {
  const auto *found = llvm::find_if(
      known, [&](const KnownSetting &setting) { return setting.name == name; });
  return found == known.end() ? nullptr : found;
}

template <typename Op>
static LogicalResult verifySettings(Op op, ArrayRef<KnownSetting> known) {
  if (op.getParams().size() != op.getParamNames().size())
    return op.emitOpError()
           << "has " << op.getParams().size() << " params, but names for "
           << op.getParamNames().size();
  SmallVector<StringRef> names(
      op.getParamNames().template getAsValueRange<StringAttr>());
  for (NamedAttribute setting : op.getSettings())
    names.push_back(setting.getName());
  llvm::StringSet<llvm::MallocAllocator> seen;
  for (StringRef name : names) {
    const KnownSetting *setting = findSetting(known, name);
    if (!setting) {
      auto names = llvm::map_range(
          known, [](const KnownSetting &setting) { return setting.name; });
      return op.emitOpError() << "has no setting '" << name << "', only "
                              << llvm::join(names, ", ");
    }
    if (!seen.insert(name).second)
      return op.emitOpError() << "sets '" << name << "' twice";
    if (Attribute value = op.getSettings().get(name))
      if (std::string problem = checkSetting(*setting, value); !problem.empty())
        return op.emitOpError() << problem;
  }
  return success();
}

/// The values of all settings of `op`.
template <typename Op>
static DiagnosedSilenceableFailure
resolveSettings(Op op, transform::TransformState &state,
                ArrayRef<KnownSetting> known, Settings &result) {
  for (NamedAttribute setting : op.getSettings())
    result[setting.getName()] = setting.getValue();
  for (auto [param, name] :
       llvm::zip(op.getParams(),
                 op.getParamNames().template getAsValueRange<StringAttr>())) {
    ArrayRef<Attribute> values = state.getParams(param);
    if (values.size() != 1)
      return op.emitDefiniteFailure()
             << "the param for '" << name << "' has " << values.size()
             << " values, expected one";
    if (std::string problem =
            checkSetting(*findSetting(known, name), values[0]);
        !problem.empty())
      return op.emitDefiniteFailure() << problem;
    result[name] = values[0];
  }
  return DiagnosedSilenceableFailure::success();
}

/// Applies `apply` to the payload ops of `op` one after the other, up to the
/// first failure.
template <typename Op>
static DiagnosedSilenceableFailure applyToEach(
    Op op, transform::TransformState &state, ArrayRef<KnownSetting> known,
    function_ref<DiagnosedSilenceableFailure(Operation *, const Settings &)>
        apply) {
  Settings settings;
  DiagnosedSilenceableFailure status =
      resolveSettings(op, state, known, settings);
  if (!status.succeeded())
    return status;
  for (Operation *target :
       llvm::to_vector(state.getPayloadOps(op.getTarget()))) {
    status = apply(target, settings);
    if (!status.succeeded())
      return status;
  }
  return status;
}

static std::optional<int64_t> getNumber(const Settings &settings,
                                        StringRef name) {
  auto it = settings.find(name);
  if (it == settings.end())
    return std::nullopt;
  return cast<IntegerAttr>(it->second).getValue().getSExtValue();
}

/// Whether a setting is `word`; nullopt if it is not set.
static std::optional<bool> isSetTo(const Settings &settings, StringRef name,
                                   StringRef word) {
  auto it = settings.find(name);
  if (it == settings.end())
    return std::nullopt;
  return cast<StringAttr>(it->second).getValue() == word;
}

//===----------------------------------------------------------------------===//
// Failures
//===----------------------------------------------------------------------===//

namespace {
/// Turns errors of the functions that passes call, too, into a silenceable
/// failure of the transform op.
class ErrorCollector {
public:
  explicit ErrorCollector(MLIRContext *context)
      : handler(context, [this](Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
            return failure();
          errors.push_back(std::move(diagnostic));
          return success();
        }) {}

  DiagnosedSilenceableFailure asFailure() {
    return DiagnosedSilenceableFailure::silenceableFailure(std::move(errors));
  }

private:
  SmallVector<Diagnostic> errors;
  ScopedDiagnosticHandler handler;
};
} // namespace

template <typename Op>
static DiagnosedSilenceableFailure rejectPayload(Op op, Operation *target,
                                                 StringRef reason) {
  DiagnosedSilenceableFailure result = op.emitSilenceableError() << reason;
  result.attachNote(target->getLoc()) << "payload op";
  return result;
}

/// The effects of ops that put others in place of their target.
template <typename Op>
static void
replaceTarget(Op op, SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::consumesHandle(op.getTargetMutable(), effects);
  transform::onlyReadsHandle(op.getParamsMutable(), effects);
  transform::producesHandle(op->getOpResults(), effects);
  transform::modifiesPayload(effects);
}

//===----------------------------------------------------------------------===//
// split
//===----------------------------------------------------------------------===//

LogicalResult transform::SplitContractionOp::verify() {
  if (failed(verifySettings(*this, kSplitSettings)))
    return failure();
  if (getParams().empty() && getSettings().empty())
    return emitOpError("does not set 'blocks'");
  return success();
}

void transform::SplitContractionOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  replaceTarget(*this, effects);
}

DiagnosedSilenceableFailure
transform::SplitContractionOp::apply(transform::TransformRewriter &rewriter,
                                     transform::TransformResults &results,
                                     transform::TransformState &state) {
  SmallVector<Operation *> parts;
  auto split = [&](Operation *target,
                   const Settings &settings) -> DiagnosedSilenceableFailure {
    auto contract = dyn_cast<ContractOp>(target);
    if (!contract)
      return rejectPayload(*this, target,
                           "only bitserial.contract is split into blocks");
    ErrorCollector errors(getContext());
    FailureOr<SmallVector<ContractOp>> blocks = bitserial::splitContraction(
        rewriter, contract, *getNumber(settings, "blocks"));
    if (failed(blocks))
      return errors.asFailure();
    llvm::append_range(parts, *blocks);
    return DiagnosedSilenceableFailure::success();
  };
  DiagnosedSilenceableFailure status =
      applyToEach(*this, state, kSplitSettings, split);
  results.set(cast<OpResult>(getParts()), parts);
  return status;
}

//===----------------------------------------------------------------------===//
// place_packing
//===----------------------------------------------------------------------===//

LogicalResult transform::PlacePackingOp::verify() {
  if (failed(verifySettings(*this, kPackingSettings)))
    return failure();
  if (getSettings().contains("packing") ||
      llvm::is_contained(getParamNames().getAsValueRange<StringAttr>(),
                         "packing"))
    return success();
  return emitOpError("does not set 'packing'");
}

void transform::PlacePackingOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  replaceTarget(*this, effects);
}

DiagnosedSilenceableFailure
transform::PlacePackingOp::apply(transform::TransformRewriter &rewriter,
                                 transform::TransformResults &results,
                                 transform::TransformState &state) {
  SmallVector<Operation *> placed;
  auto place = [&](Operation *target,
                   const Settings &settings) -> DiagnosedSilenceableFailure {
    auto contract = dyn_cast<ContractOp>(target);
    if (!contract)
      return rejectPayload(*this, target,
                           "only bitserial.contract packs activations");
    if (contract.getLhsLayout())
      return rejectPayload(*this, target, "the operands have layouts already");
    bool hasProducer = bitserial::hasProducer(contract);
    if (*isSetTo(settings, "packing", "producer") && !hasProducer)
      return rejectPayload(
          *this, target,
          "packing = \"producer\" needs values that are computed from a "
          "contraction, position by position, and used by contractions alone");
    if (*isSetTo(settings, "packing", "whole") && hasProducer)
      rewriter.modifyOpInPlace(contract, [&] {
        contract->setDiscardableAttr(bitserial::kPackingAttrName,
                                     rewriter.getStringAttr("whole"));
      });
    if (!*isSetTo(settings, "packing", "tile")) {
      placed.push_back(contract);
      return DiagnosedSilenceableFailure::success();
    }
    std::optional<int64_t> lines = getNumber(settings, "lines");
    if (!lines)
      return rejectPayload(*this, target,
                           "packing = \"tile\" needs 'lines' to be set");
    ErrorCollector errors(getContext());
    FailureOr<SmallVector<ContractOp>> tiles =
        bitserial::packPerTile(rewriter, contract, *lines);
    if (failed(tiles))
      return errors.asFailure();
    llvm::append_range(placed, *tiles);
    return DiagnosedSilenceableFailure::success();
  };
  DiagnosedSilenceableFailure status =
      applyToEach(*this, state, kPackingSettings, place);
  results.set(cast<OpResult>(getPlaced()), placed);
  return status;
}

//===----------------------------------------------------------------------===//
// assign_layouts
//===----------------------------------------------------------------------===//

LogicalResult transform::AssignLayoutsOp::verify() {
  return verifySettings(*this, kLayoutSettings);
}

void transform::AssignLayoutsOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  replaceTarget(*this, effects);
}

DiagnosedSilenceableFailure
transform::AssignLayoutsOp::apply(transform::TransformRewriter &rewriter,
                                  transform::TransformResults &results,
                                  transform::TransformState &state) {
  SmallVector<Operation *> packed;
  auto pack = [&](Operation *target,
                  const Settings &settings) -> DiagnosedSilenceableFailure {
    auto contract = dyn_cast<ContractOp>(target);
    if (!contract)
      return rejectPayload(
          *this, target, "only the operands of bitserial.contract get layouts");
    if (contract.getLhsLayout())
      return rejectPayload(*this, target, "the operands have layouts already");
    FailureOr<bitserial::Target> machine = bitserial::getTarget(target);
    if (failed(machine))
      return DiagnosedSilenceableFailure::definiteFailure();
    LayoutChoice choice;
    choice.word = getNumber(settings, "word");
    choice.vectors = getNumber(settings, "vectors");
    choice.lanesAreReduction = isSetTo(settings, "lanes", "reduction");
    choice.planesOutermost = isSetTo(settings, "planes", "outer");
    choice.numbers = isSetTo(settings, "planes", "none");
    ErrorCollector errors(getContext());
    FailureOr<ContractOp> result =
        bitserial::assignLayouts(rewriter, contract, *machine, choice);
    if (failed(result))
      return errors.asFailure();
    packed.push_back(*result);
    return DiagnosedSilenceableFailure::success();
  };
  DiagnosedSilenceableFailure status =
      applyToEach(*this, state, kLayoutSettings, pack);
  results.set(cast<OpResult>(getPacked()), packed);
  return status;
}

//===----------------------------------------------------------------------===//
// materialize_layouts
//===----------------------------------------------------------------------===//

void transform::MaterializeLayoutsOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  consumesHandle(getTargetMutable(), effects);
  producesHandle(getOperation()->getOpResults(), effects);
  modifiesPayload(effects);
}

DiagnosedSilenceableFailure transform::MaterializeLayoutsOp::applyToOne(
    transform::TransformRewriter &, Operation *target,
    transform::ApplyToEachResultList &results, transform::TransformState &) {
  auto module = dyn_cast<ModuleOp>(target);
  if (!module)
    return rejectPayload(*this, target,
                         "layouts are materialised in whole modules");
  FailureOr<bitserial::Target> machine = bitserial::getTarget(target);
  if (failed(machine) ||
      failed(bitserial::materializeLayouts(module, *machine)))
    return DiagnosedSilenceableFailure::definiteFailure();
  results.push_back(target);
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// request_tile
//===----------------------------------------------------------------------===//

template <typename Op> static LogicalResult verifyTileSettings(Op op) {
  if (failed(verifySettings(op, kTileSettings)))
    return failure();
  SmallVector<StringRef> params(
      op.getParamNames().template getAsValueRange<StringAttr>());
  for (StringRef name : {"rows", "vectors"})
    if (!op.getSettings().contains(name) && !llvm::is_contained(params, name))
      return op.emitOpError() << "does not set '" << name << "'";
  return success();
}

/// Null, with an error at `loc`, if the settings make no valid tile.
static TileAttr makeTile(Location loc, const Settings &settings) {
  return TileAttr::getChecked([&] { return emitError(loc); }, loc.getContext(),
                              *getNumber(settings, "rows"),
                              *getNumber(settings, "vectors"),
                              getNumber(settings, "lines").value_or(0),
                              getNumber(settings, "columns").value_or(0),
                              isSetTo(settings, "order", "rows").value_or(false)
                                  ? bitserial::TileOrder::Rows
                                  : bitserial::TileOrder::Columns);
}

LogicalResult transform::RequestTileOp::verify() {
  return verifyTileSettings(*this);
}

void transform::RequestTileOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  onlyReadsHandle(getTargetMutable(), effects);
  onlyReadsHandle(getParamsMutable(), effects);
  producesHandle(getOperation()->getOpResults(), effects);
  modifiesPayload(effects);
}

DiagnosedSilenceableFailure
transform::RequestTileOp::apply(transform::TransformRewriter &rewriter,
                                transform::TransformResults &results,
                                transform::TransformState &state) {
  SmallVector<Operation *> requested;
  auto request = [&](Operation *target,
                     const Settings &settings) -> DiagnosedSilenceableFailure {
    if (!isa<ContractOp, ReduceOp>(target))
      return rejectPayload(
          *this, target,
          "only bitserial.contract and bitserial.reduce have tiles");
    ErrorCollector errors(getContext());
    TileAttr tile = makeTile(getLoc(), settings);
    if (!tile)
      return errors.asFailure();
    rewriter.modifyOpInPlace(target, [&] {
      target->setDiscardableAttr(bitserial::kTileAttrName, tile);
    });
    requested.push_back(target);
    return DiagnosedSilenceableFailure::success();
  };
  DiagnosedSilenceableFailure status =
      applyToEach(*this, state, kTileSettings, request);
  results.set(cast<OpResult>(getRequested()), requested);
  return status;
}

//===----------------------------------------------------------------------===//
// tile
//===----------------------------------------------------------------------===//

LogicalResult transform::TileReduceOp::verify() {
  if (getParams().empty() && getSettings().empty())
    return success();
  return verifyTileSettings(*this);
}

void transform::TileReduceOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  replaceTarget(*this, effects);
}

DiagnosedSilenceableFailure
transform::TileReduceOp::apply(transform::TransformRewriter &rewriter,
                               transform::TransformResults &results,
                               transform::TransformState &state) {
  SmallVector<Operation *> tiles, loops;
  auto tile = [&](Operation *target,
                  const Settings &settings) -> DiagnosedSilenceableFailure {
    auto reduce = dyn_cast<ReduceOp>(target);
    if (!reduce)
      return rejectPayload(*this, target, "only bitserial.reduce is tiled");
    FailureOr<bitserial::Target> machine = bitserial::getTarget(target);
    if (failed(machine))
      return DiagnosedSilenceableFailure::definiteFailure();
    auto request = reduce->getAttrOfType<TileAttr>(bitserial::kTileAttrName);
    if (settings.empty() && !request)
      return rejectPayload(*this, target,
                           "no tile is set, nor does the op request one");
    ErrorCollector errors(getContext());
    if (!settings.empty())
      request = makeTile(getLoc(), settings);
    if (!request)
      return errors.asFailure();
    FailureOr<bitserial::TiledReduce> tiled =
        bitserial::tileReduce(rewriter, reduce, *machine, request);
    if (failed(tiled))
      return errors.asFailure();
    llvm::append_range(tiles, tiled->tiles);
    llvm::append_range(loops, tiled->loops);
    return DiagnosedSilenceableFailure::success();
  };
  DiagnosedSilenceableFailure status =
      applyToEach(*this, state, kTileSettings, tile);
  results.set(cast<OpResult>(getTiles()), tiles);
  results.set(cast<OpResult>(getLoops()), loops);
  return status;
}

//===----------------------------------------------------------------------===//
// property
//===----------------------------------------------------------------------===//

LogicalResult transform::PropertyOp::verify() {
  if (llvm::is_contained(bitserial::getTargetPropertyNames(), getName()) ||
      llvm::is_contained(bitserial::getContractionPropertyNames(), getName()))
    return success();
  return emitOpError() << "has no property '" << getName() << "', only "
                       << llvm::join(bitserial::getTargetPropertyNames(), ", ")
                       << " of targets and "
                       << llvm::join(bitserial::getContractionPropertyNames(),
                                     ", ")
                       << " of contractions";
}

void transform::PropertyOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  onlyReadsHandle(getTargetMutable(), effects);
  producesHandle(getOperation()->getOpResults(), effects);
  onlyReadsPayload(effects);
}

DiagnosedSilenceableFailure
transform::PropertyOp::apply(transform::TransformRewriter &,
                             transform::TransformResults &results,
                             transform::TransformState &state) {
  SmallVector<Operation *> targets =
      llvm::to_vector(state.getPayloadOps(getTarget()));
  if (targets.size() != 1)
    return emitSilenceableError() << "a property is one of exactly one op, got "
                                  << targets.size() << " of them";
  FailureOr<bitserial::Target> machine = bitserial::getTarget(targets[0]);
  FailureOr<int64_t> threads = bitserial::getThreads(targets[0]);
  if (failed(machine) || failed(threads))
    return DiagnosedSilenceableFailure::definiteFailure();
  std::optional<int64_t> value =
      bitserial::getTargetProperty(getName(), *machine, *threads);
  auto contract = dyn_cast<ContractOp>(targets[0]);
  if (!value && !contract)
    return rejectPayload(*this, targets[0],
                         "this is a property of a bitserial.contract");
  if (!value)
    value = bitserial::getContractionProperty(getName(), contract, *machine);
  Builder b(getContext());
  results.setParams(cast<OpResult>(getValue()), {b.getI64IntegerAttr(*value)});
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// is
//===----------------------------------------------------------------------===//

void transform::IsOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  onlyReadsHandle(getParamMutable(), effects);
  producesHandle(getOperation()->getOpResults(), effects);
}

std::string transform::IsOp::describe(StringRef name, bool isWord) {
  return llvm::formatv("{0} {1} \"{2}\"", name, isWord ? "=" : "is not",
                       getWord());
}

DiagnosedSilenceableFailure
transform::IsOp::apply(transform::TransformRewriter &,
                       transform::TransformResults &results,
                       transform::TransformState &state) {
  ArrayRef<Attribute> values = state.getParams(getParam());
  auto text =
      values.size() == 1 ? dyn_cast<StringAttr>(values[0]) : StringAttr();
  if (!text)
    return emitDefiniteFailure("the param is not a single string");
  Builder b(getContext());
  results.setParams(cast<OpResult>(getValue()),
                    {b.getI64IntegerAttr(text.getValue() == getWord())});
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// require
//===----------------------------------------------------------------------===//

LogicalResult transform::RequireOp::verify() {
  IntegerSet condition = getCondition();
  if (condition.getNumDims() != 0)
    return emitOpError("has a condition with dimensions; params are symbols: "
                       "affine_set<()[...] : (...)>");
  if (condition.getNumSymbols() != getParams().size())
    return emitOpError() << "has a condition of " << condition.getNumSymbols()
                         << " symbols, but " << getParams().size() << " params";
  return success();
}

void transform::RequireOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  onlyReadsHandle(getParamsMutable(), effects);
}

/// The value of an expression; nullopt if it divides by less than one or
/// overflows.
static std::optional<int64_t> evaluate(AffineExpr expr,
                                       ArrayRef<int64_t> symbols) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return constant.getValue();
  if (auto symbol = dyn_cast<AffineSymbolExpr>(expr))
    return symbols[symbol.getPosition()];
  auto binary = cast<AffineBinaryOpExpr>(expr);
  std::optional<int64_t> lhs = evaluate(binary.getLHS(), symbols),
                         rhs = evaluate(binary.getRHS(), symbols);
  if (!lhs || !rhs)
    return std::nullopt;
  int64_t result;
  switch (binary.getKind()) {
  case AffineExprKind::Add:
    if (llvm::AddOverflow(*lhs, *rhs, result))
      return std::nullopt;
    return result;
  case AffineExprKind::Mul:
    if (llvm::MulOverflow(*lhs, *rhs, result))
      return std::nullopt;
    return result;
  case AffineExprKind::Mod:
    if (*rhs < 1)
      return std::nullopt;
    return llvm::mod(*lhs, *rhs);
  case AffineExprKind::FloorDiv:
    if (*rhs < 1)
      return std::nullopt;
    return llvm::divideFloorSigned(*lhs, *rhs);
  case AffineExprKind::CeilDiv:
    if (*rhs < 1)
      return std::nullopt;
    return llvm::divideCeilSigned(*lhs, *rhs);
  default:
    llvm_unreachable("dimensions are refused by the verifier");
  }
}

/// What the schedule calls a param, or "#1", counted from 0.
static std::string getParamName(Value param, unsigned index) {
  if (auto knob = param.getDefiningOp<transform::tune::KnobOp>())
    return knob.getName().str();
  if (auto property = param.getDefiningOp<transform::PropertyOp>())
    return property.getName().str();
  return "#" + std::to_string(index);
}

bool transform::RequireOp::holds(ArrayRef<int64_t> values) {
  IntegerSet condition = getCondition();
  for (unsigned i = 0; i < condition.getNumConstraints(); ++i) {
    std::optional<int64_t> value = evaluate(condition.getConstraint(i), values);
    if (!value || (condition.isEq(i) ? *value != 0 : *value < 0))
      return false;
  }
  return true;
}

std::string transform::RequireOp::describe(ArrayRef<std::string> params) {
  return llvm::formatv("{0} ({1})", getMessage(), llvm::join(params, ", "));
}

DiagnosedSilenceableFailure
transform::RequireOp::apply(transform::TransformRewriter &,
                            transform::TransformResults &,
                            transform::TransformState &state) {
  SmallVector<int64_t> values;
  for (auto [i, param] : llvm::enumerate(getParams())) {
    ArrayRef<Attribute> attributes = state.getParams(param);
    auto number = attributes.size() == 1 ? dyn_cast<IntegerAttr>(attributes[0])
                                         : IntegerAttr();
    if (!number || !number.getValue().isSignedIntN(64))
      return emitDefiniteFailure()
             << "param " << i << " is not a single integer";
    values.push_back(number.getValue().getSExtValue());
  }
  if (holds(values))
    return DiagnosedSilenceableFailure::success();
  SmallVector<std::string> params;
  for (auto [i, param, value] : llvm::enumerate(getParams(), values))
    if (auto is = param.getDefiningOp<transform::IsOp>())
      params.push_back(is.describe(getParamName(is.getParam(), i), value != 0));
    else
      params.push_back(
          llvm::formatv("{0} = {1}", getParamName(param, i), value));
  return emitSilenceableError() << describe(params);
}
