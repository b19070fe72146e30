//===- Schedules.cpp - Schedules of contractions as text ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Schedules/Schedules.h"
#include "bitserial/TransformOps/BitserialTransformOps.h"
#include "bitserial/Transforms/Scheduling.h"

#include "mlir/Dialect/Transform/IR/Utils.h"
#include "mlir/Dialect/Transform/Transforms/TransformInterpreterUtils.h"
#include "mlir/Dialect/Transform/TuneExtension/TuneExtensionOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SourceMgr.h"

#include <cmath>
#include <map>
#include <memory>

using namespace mlir;
using namespace mlir::bitserial;
using transform::NamedSequenceOp;
using transform::tune::KnobOp;

//===----------------------------------------------------------------------===//
// Families and kinds
//===----------------------------------------------------------------------===//

StringRef bitserial::getScheduleFamily(const Target &target) {
  switch (target.arch()) {
  case Arch::X86_64:
    return target.vectorBits() == 512   ? "avx512"
           : target.vectorBits() == 256 ? "avx2"
                                        : "sse";
  case Arch::AArch64:
    return "neon";
  case Arch::ARM:
    return "arm";
  }
  llvm_unreachable("all families are handled");
}

ArrayRef<StringRef> bitserial::getContractionKinds() {
  static const StringRef kinds[] = {"conv",      "pointwise", "strided",
                                    "depthwise", "matmul",    "matvec"};
  return kinds;
}

StringRef bitserial::getContractionKind(ContractOp op) {
  ContractionSizes sizes = getSizes(op);
  if (sizes.groups > 1 && sizes.outputs == 1)
    return "depthwise";
  if (sizes.positions == 1)
    return "matvec";
  if (sizes.stride > 1)
    return "strided";
  if (sizes.taps > 1)
    return "conv";
  return sizes.lines == sizes.positions ? "matmul" : "pointwise";
}

//===----------------------------------------------------------------------===//
// Texts
//===----------------------------------------------------------------------===//

namespace {
struct ScheduleText {
  StringLiteral name, text;
};
} // namespace
static const ScheduleText kScheduleTexts[] = {
#include "ScheduleFiles.inc"
};

static OwningOpRef<ModuleOp> parseShipped(MLIRContext *context,
                                          StringRef name) {
  for (const ScheduleText &file : kScheduleTexts)
    if (file.name == name) {
      ParserConfig config(context);
      return parseSourceString<ModuleOp>(file.text, config, file.name);
    }
  llvm_unreachable("there is a file for each family");
}

/// Moves the sequences of `other` into `module`, except those that it has
/// itself; declarations in `module` give way.
static void addMissing(ModuleOp module, ModuleOp other) {
  for (auto sequence :
       llvm::make_early_inc_range(other.getOps<NamedSequenceOp>())) {
    Operation *existing =
        SymbolTable::lookupSymbolIn(module, sequence.getSymName());
    auto declaration = dyn_cast_or_null<NamedSequenceOp>(existing);
    if (existing &&
        !(declaration && declaration.isExternal() &&
          declaration.getFunctionType() == sequence.getFunctionType()))
      continue;
    if (existing)
      existing->erase();
    sequence->moveBefore(module.getBody(), module.getBody()->end());
  }
}

FailureOr<ScheduleSet> ScheduleSet::getShipped(MLIRContext *context,
                                               const Target &target,
                                               int64_t threads) {
  OwningOpRef<ModuleOp> module =
      parseShipped(context, (getScheduleFamily(target) + ".mlir").str());
  OwningOpRef<ModuleOp> common = parseShipped(context, "common.mlir");
  if (!module || !common)
    return failure();
  addMissing(*module, *common);
  return ScheduleSet(std::move(module), target, threads);
}

FailureOr<ScheduleSet> ScheduleSet::load(MLIRContext *context, StringRef path,
                                         const Target &target,
                                         int64_t threads) {
  FailureOr<ScheduleSet> shipped = getShipped(context, target, threads);
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(path, &message);
  if (!buffer)
    return emitError(UnknownLoc::get(context))
           << "cannot read the schedule: " << message;
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(sources, ParserConfig(context));
  if (failed(shipped) || !module)
    return failure();
  SmallVector<std::string> kinds;
  for (StringRef kind : getContractionKinds())
    if (auto sequence = module->lookupSymbol<NamedSequenceOp>(kind);
        sequence && !sequence.isExternal()) {
      if (sequence.getArgumentTypes().size() != 1 ||
          !isa<transform::TransformHandleTypeInterface>(
              sequence.getArgumentTypes()[0]))
        return sequence.emitError()
               << "the schedule for contractions of the kind '" << kind
               << "' must take one handle, that of the contraction";
      kinds.push_back(kind.str());
    }
  constexpr StringLiteral entry =
      transform::TransformDialect::kTransformEntryPointSymbolName;
  if (kinds.empty() && !module->lookupSymbol<NamedSequenceOp>(entry)) {
    InFlightDiagnostic diagnostic = emitError(module->getLoc())
                                    << "the schedule has no named sequence '@"
                                    << entry
                                    << "', nor one for a kind of contractions";
    for (auto sequence : module->getOps<NamedSequenceOp>())
      diagnostic.attachNote(sequence.getLoc())
          << "there is '@" << sequence.getSymName() << "'";
    return diagnostic;
  }
  // Such as one for a kind whose name is misspelt.
  for (auto sequence : module->getOps<NamedSequenceOp>())
    if (StringRef name = sequence.getSymName();
        !sequence.isExternal() && name != entry &&
        !llvm::is_contained(kinds, name) &&
        SymbolTable::symbolKnownUseEmpty(sequence, *module))
      sequence.emitWarning()
          << "the named sequence '@" << name
          << "' has no effect: nothing refers to it, and it is none of @"
          << llvm::join(getContractionKinds(), ", @");
  addMissing(*module, *shipped->module);
  if (failed(verify(*module)))
    return failure();
  ScheduleSet result(std::move(module), target, threads);
  result.kindsFromFile = std::move(kinds);
  return result;
}

NamedSequenceOp ScheduleSet::lookup(StringRef kind) const {
  return module->lookupSymbol<NamedSequenceOp>(kind);
}

bool ScheduleSet::hasMain() const {
  return static_cast<bool>(
      lookup(transform::TransformDialect::kTransformEntryPointSymbolName));
}

LogicalResult ScheduleSet::applyMain(ModuleOp payload) const {
  auto main =
      lookup(transform::TransformDialect::kTransformEntryPointSymbolName);
  if (!main)
    return success();
  return transform::applyTransformNamedSequence(payload, main, ModuleOp(),
                                                transform::TransformOptions());
}

//===----------------------------------------------------------------------===//
// Knobs and constraints
//===----------------------------------------------------------------------===//

/// The sequence that `include` names; null if there is none.
static NamedSequenceOp getIncluded(transform::IncludeOp include) {
  return SymbolTable::lookupNearestSymbolFrom<NamedSequenceOp>(
      include, include.getTarget());
}

/// Sequences do not include one another deeper than this.
static constexpr unsigned kMaxDepth = 32;

/// Visits the ops of a sequence, those of included ones in their place. Stops
/// at recursion, which the verifier of sequences refuses.
static void walkSequence(NamedSequenceOp sequence,
                         function_ref<void(Operation *)> visit,
                         unsigned depth = 0) {
  if (!sequence || sequence.isExternal() || depth > kMaxDepth)
    return;
  sequence.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    visit(op);
    if (auto include = dyn_cast<transform::IncludeOp>(op))
      walkSequence(getIncluded(include), visit, depth + 1);
  });
}

SmallVector<Knob> ScheduleSet::getKnobs(StringRef kind) const {
  SmallVector<Knob> knobs;
  walkSequence(lookup(kind), [&](Operation *op) {
    auto knob = dyn_cast<KnobOp>(op);
    if (!knob || llvm::any_of(knobs, [&](const Knob &other) {
          return other.name == knob.getName();
        }))
      return;
    Knob result{knob.getName().str(), {}};
    if (auto options = dyn_cast<ArrayAttr>(knob.getOptions()))
      llvm::append_range(result.options, options);
    else
      result.options.push_back(knob.getOptions());
    if (!result.options.empty())
      knobs.push_back(std::move(result));
  });
  return knobs;
}

namespace {
/// A param whose value does not depend on running the schedule.
struct KnownParam {
  enum Kind {
    Number,
    /// `name` is the word.
    Word,
    Knob,
    /// Whether a knob is a word.
    IsWord,
    /// A property of the blocks that the contraction is split into.
    OfBlocks
  };
  Kind kind = Number;
  std::string name;  // for messages; may be empty for a number
  int64_t value = 0; // of a number
  /// Of a property of blocks: how many there are.
  std::shared_ptr<const KnownParam> blocks = nullptr;
  /// Of what is a word: the op that says so.
  transform::IsOp is = nullptr;

  /// The knob that the value depends on; empty if on none.
  StringRef getKnob() const {
    if (kind == OfBlocks)
      return blocks->getKnob();
    return kind == Number || kind == Word ? StringRef() : StringRef(name);
  }
};

/// What is known of the values of a sequence: params, and handles to the blocks
/// of the contraction, for which it is how many there are.
struct KnownValues {
  DenseMap<Value, KnownParam> params, blocks;

  /// Has `to` stand for the same as `from`.
  void alias(Value to, const KnownValues &others, Value from) {
    if (auto known = others.params.find(from); known != others.params.end())
      params[to] = KnownParam(known->second);
    if (auto known = others.blocks.find(from); known != others.blocks.end())
      blocks[to] = KnownParam(known->second);
  }
};

/// The sizes of the blocks that a contraction can be split into.
class BlockSizes {
public:
  explicit BlockSizes(ContractOp op) : op(op) {}

  struct Blocks {
    /// Those that differ; none if it cannot be split so.
    SmallVector<ContractionSizes, 2> sizes;
    std::string reason; ///< Why not.
  };
  const Blocks &get(int64_t count);

private:
  ContractOp op;
  std::map<int64_t, Blocks> known;
};

/// A constraint between knobs and numbers: a `require`, or a `split`, which is
/// one on its single param, the number of blocks.
struct Constraint {
  Operation *op;
  SmallVector<KnownParam> params;

  /// What `knobs` violate, as text; empty if nothing. Words are no numbers, and
  /// are left to the interpreter to refuse.
  std::string check(function_ref<Attribute(StringRef)> getKnob,
                    BlockSizes &blockSizes) const;
};
} // namespace

const BlockSizes::Blocks &BlockSizes::get(int64_t count) {
  auto [it, isNew] = known.try_emplace(count);
  Blocks &blocks = it->second;
  if (!isNew)
    return blocks;
  if (count == 1) {
    blocks.sizes.push_back(getSizes(op));
    return blocks;
  }
  ScopedDiagnosticHandler handler(op.getContext(), [&](Diagnostic &error) {
    blocks.reason = error.str();
    return success();
  });
  FailureOr<OwningOpRef<ModuleOp>> parts = makeBlocks(op, count);
  if (succeeded(parts))
    (*parts)->walk([&](ContractOp part) {
      ContractionSizes sizes = getSizes(part);
      if (!llvm::is_contained(blocks.sizes, sizes))
        blocks.sizes.push_back(sizes);
    });
  return blocks;
}

std::string Constraint::check(function_ref<Attribute(StringRef)> getKnob,
                              BlockSizes &blockSizes) const {
  auto getNumber = [&](const KnownParam &param) -> std::optional<int64_t> {
    if (param.kind == KnownParam::Number)
      return param.value;
    Attribute value = getKnob(param.name);
    if (auto word = dyn_cast_or_null<StringAttr>(value);
        word && param.kind == KnownParam::IsWord)
      return word.getValue() == transform::IsOp(param.is).getWord();
    if (auto number = dyn_cast_or_null<IntegerAttr>(value);
        number && param.kind == KnownParam::Knob)
      return number.getValue().getSExtValue();
    return std::nullopt;
  };
  if (isa<transform::SplitContractionOp>(op)) {
    std::optional<int64_t> count = getNumber(params[0]);
    const auto &blocks = blockSizes.get(count.value_or(1));
    if (!blocks.sizes.empty())
      return "";
    return llvm::formatv("{0} ({1} = {2})", blocks.reason, params[0].name,
                         *count);
  }
  auto require = cast<transform::RequireOp>(op);
  auto checkBlock = [&](unsigned block) -> std::string {
    SmallVector<int64_t> numbers;
    for (const KnownParam &param : params) {
      std::optional<int64_t> number;
      if (param.kind == KnownParam::OfBlocks) {
        const auto &sizes =
            blockSizes.get(getNumber(*param.blocks).value_or(1)).sizes;
        if (block < sizes.size())
          number = getContractionProperty(param.name, sizes[block]);
      } else {
        number = getNumber(param);
      }
      if (!number)
        return "";
      numbers.push_back(*number);
    }
    if (require.holds(numbers))
      return "";
    SmallVector<std::string> texts;
    for (auto [i, param, number] : llvm::enumerate(params, numbers))
      if (param.kind == KnownParam::IsWord)
        texts.push_back(
            transform::IsOp(param.is).describe(param.name, number != 0));
      else
        texts.push_back(llvm::formatv(
            "{0} = {1}",
            param.name.empty() ? "#" + std::to_string(i) : param.name, number));
    return require.describe(texts);
  };
  // Blocks have two sizes at most.
  std::string problem = checkBlock(0);
  if (problem.empty() && llvm::any_of(params, [](const KnownParam &param) {
        return param.kind == KnownParam::OfBlocks;
      }))
    problem = checkBlock(1);
  return problem;
}

namespace {
/// Collects the constraints of a sequence that do not depend on running it.
class ConstraintCollector {
public:
  ConstraintCollector(ContractOp op, const Target &target, int64_t threads,
                      std::vector<Constraint> &constraints)
      : op(op), sizes(getSizes(op)), target(target), threads(threads),
        constraints(constraints) {}

  /// `values` has the arguments of the sequence.
  void collect(NamedSequenceOp sequence, KnownValues values,
               unsigned depth = 0) {
    if (!sequence || sequence.isExternal() || depth > kMaxDepth)
      return;
    sequence.getBody().walk<WalkOrder::PreOrder>(
        [&](Operation *step) { visit(step, values, depth); });
  }

private:
  void visit(Operation *step, KnownValues &values, unsigned depth);
  /// Adds a constraint if all its params are known.
  void add(Operation *op, ValueRange params, const KnownValues &values) {
    Constraint constraint{op, {}};
    for (Value param : params)
      if (auto known = values.params.find(param); known != values.params.end())
        constraint.params.push_back(known->second);
    if (constraint.params.size() == params.size())
      constraints.push_back(std::move(constraint));
  }

  ContractOp op;
  ContractionSizes sizes;
  const Target &target;
  int64_t threads;
  std::vector<Constraint> &constraints;
};
} // namespace

void ConstraintCollector::visit(Operation *step, KnownValues &values,
                                unsigned depth) {
  if (auto knob = dyn_cast<KnobOp>(step)) {
    values.params[knob.getResult()] = {KnownParam::Knob, knob.getName().str()};
  } else if (auto constant = dyn_cast<transform::ParamConstantOp>(step)) {
    if (auto number = dyn_cast<IntegerAttr>(constant.getValue()))
      values.params[constant.getParam()] = {KnownParam::Number, "",
                                            number.getValue().getSExtValue()};
    else if (auto word = dyn_cast<StringAttr>(constant.getValue()))
      values.params[constant.getParam()] = {KnownParam::Word,
                                            word.getValue().str()};
  } else if (auto property = dyn_cast<transform::PropertyOp>(step)) {
    StringRef name = property.getName();
    KnownParam &param = values.params[property.getValue()];
    std::optional<int64_t> value = getTargetProperty(name, target, threads);
    auto blocks = values.blocks.find(property.getTarget());
    bool ofSizes = getContractionProperty(name, sizes).has_value();
    if (!value && ofSizes && blocks != values.blocks.end()) {
      param = {KnownParam::OfBlocks, name.str(), 0,
               std::make_shared<const KnownParam>(blocks->second)};
      return;
    }
    if (!value)
      value = getContractionProperty(name, op, target);
    param = {KnownParam::Number, name.str(), *value};
  } else if (auto is = dyn_cast<transform::IsOp>(step)) {
    auto known = values.params.find(is.getParam());
    if (known == values.params.end())
      return;
    KnownParam param = known->second;
    if (param.kind == KnownParam::Word) {
      values.params[is.getValue()] = {KnownParam::Number, "",
                                      param.name == is.getWord()};
    } else if (param.kind == KnownParam::Knob) {
      param.kind = KnownParam::IsWord;
      param.is = is;
      values.params[is.getValue()] = std::move(param);
    }
  } else if (auto place = dyn_cast<transform::PlacePackingOp>(step)) {
    // What divides the lines of the whole divides those of its tiles.
    values.alias(place.getPlaced(), values, place.getTarget());
  } else if (auto split = dyn_cast<transform::SplitContractionOp>(step)) {
    // A number in the schedule itself is left to the interpreter.
    if (split.getParams().size() == 1)
      if (auto known = values.params.find(split.getParams()[0]);
          known != values.params.end()) {
        values.blocks[split.getParts()] = KnownParam(known->second);
        add(split, split.getParams(), values);
      }
  } else if (auto each = dyn_cast<transform::ForeachOp>(step)) {
    for (auto [argument, operand] :
         llvm::zip(each.getBody().getArguments(), each.getTargets()))
      values.alias(argument, values, operand);
  } else if (auto include = dyn_cast<transform::IncludeOp>(step)) {
    NamedSequenceOp included = getIncluded(include);
    if (!included || included.isExternal())
      return;
    KnownValues arguments;
    for (auto [argument, operand] :
         llvm::zip(included.getBody().getArguments(), include.getOperands()))
      arguments.alias(argument, values, operand);
    collect(included, std::move(arguments), depth + 1);
  } else if (auto require = dyn_cast<transform::RequireOp>(step)) {
    add(require, require.getParams(), values);
  }
}

/// What the passes of the default schedule choose, by the names of the knobs.
static DictionaryAttr getDefaults(ContractOp op, const Target &target,
                                  int64_t threads) {
  int64_t blocks = getDefaultBlocks(op, threads);
  DefaultChoices choices;
  // Of a block what the passes choose for it.
  FailureOr<OwningOpRef<ModuleOp>> parts = failure();
  if (blocks > 1 && succeeded(parts = makeBlocks(op, blocks)))
    (*parts)->walk([&](ContractOp part) {
      choices = chooseDefaults(part, target);
      return WalkResult::interrupt();
    });
  else
    choices = chooseDefaults(op, target);
  Builder b(op.getContext());
  auto number = [&](int64_t value) { return b.getI64IntegerAttr(value); };
  return b.getDictionaryAttr(
      {b.getNamedAttr("blocks", number(blocks)),
       b.getNamedAttr("word", number(*choices.layouts.word)),
       b.getNamedAttr("rows", number(choices.rows)),
       b.getNamedAttr("vectors", number(*choices.layouts.vectors)),
       b.getNamedAttr("lanes",
                      b.getStringAttr(*choices.layouts.lanesAreReduction
                                          ? "reduction"
                                          : "outputs")),
       b.getNamedAttr(
           "planes",
           b.getStringAttr(*choices.layouts.numbers ? "none" : "inner")),
       b.getNamedAttr("lines", number(0)), b.getNamedAttr("columns", number(0)),
       b.getNamedAttr("order", b.getStringAttr("columns")),
       // Blocks pack for themselves.
       b.getNamedAttr("packing", b.getStringAttr(blocks == 1 && hasProducer(op)
                                                     ? "producer"
                                                     : "whole"))});
}

ScheduleChoice bitserial::getScheduleChoice(ContractOp op, DictionaryAttr knobs,
                                            const Target &target,
                                            int64_t threads) {
  DictionaryAttr defaults; // They take longer than all else here.
  auto get = [&](StringRef name) {
    if (Attribute value = knobs.get(name))
      return value;
    if (!defaults)
      defaults = getDefaults(op, target, threads);
    return defaults.get(name);
  };
  // A schedule of one's own may mean something else by a name.
  auto number = [&](StringRef name) {
    auto value = dyn_cast<IntegerAttr>(get(name));
    return value ? value.getValue().getSExtValue() : 0;
  };
  auto isWord = [&](StringRef name, StringRef word) {
    auto value = dyn_cast<StringAttr>(get(name));
    return value && value.getValue() == word;
  };
  ScheduleChoice choice;
  choice.blocks = std::max<int64_t>(number("blocks"), 1);
  choice.word = number("word");
  choice.lanesAreReduction = isWord("lanes", "reduction");
  choice.rows = number("rows");
  choice.vectors = number("vectors");
  choice.lines = number("lines");
  choice.columns = number("columns");
  choice.rowsOutside = isWord("order", "rows");
  choice.numbers = isWord("planes", "none");
  choice.packing = isWord("packing", "tile")       ? Packing::Tile
                   : isWord("packing", "producer") ? Packing::Producer
                                                   : Packing::Whole;
  return choice;
}

/// How far `option` is from `value`, 0 if they are the same. Words are all
/// equally far.
static double getDistance(Attribute option, Attribute value) {
  auto a = dyn_cast<IntegerAttr>(option),
       b = dyn_cast_or_null<IntegerAttr>(value);
  if (!a || !b)
    return option == value ? 0 : 1;
  double from = a.getValue().getSExtValue(), to = b.getValue().getSExtValue();
  return std::abs(
             std::log2((1 + std::max(from, 0.0)) / (1 + std::max(to, 0.0)))) +
         (from < 0 || to < 0 ? std::abs(from - to) : 0);
}

/// Whether `option` and `value` are the same number, of whichever types, or the
/// same text.
static bool isSame(Attribute option, Attribute value) {
  auto a = dyn_cast<IntegerAttr>(option), b = dyn_cast<IntegerAttr>(value);
  if (!a || !b)
    return option == value;
  unsigned width =
      std::max(a.getValue().getBitWidth(), b.getValue().getBitWidth());
  return a.getValue().sext(width) == b.getValue().sext(width);
}

static std::string getText(Attribute value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto number = dyn_cast<IntegerAttr>(value))
    os << number.getValue();
  else
    os << value;
  return text;
}

FailureOr<SmallVector<DictionaryAttr>>
ScheduleSet::enumerate(ContractOp op, DictionaryAttr given,
                       unsigned limit) const {
  StringRef kind = getContractionKind(op);
  SmallVector<Knob> knobs = getKnobs(kind);
  for (NamedAttribute setting : given)
    if (llvm::none_of(knobs, [&](const Knob &knob) {
          return knob.name == setting.getName();
        }))
      return op.emitError()
             << "the schedule @" << kind << " has no knob " << setting.getName()
             << ", only "
             << llvm::join(
                    llvm::map_range(knobs,
                                    [](const Knob &knob) { return knob.name; }),
                    ", ");

  // The options of each knob, closest to the default first; one if given.
  DictionaryAttr defaults = getDefaults(op, target, threads);
  SmallVector<SmallVector<Attribute>> ranked;
  for (const Knob &knob : knobs) {
    SmallVector<Attribute> options = knob.options;
    if (Attribute value = given.get(knob.name)) {
      llvm::erase_if(options,
                     [&](Attribute option) { return !isSame(option, value); });
      if (options.empty())
        return op.emitError()
               << "the knob '" << knob.name << "' of the schedule @" << kind
               << " cannot be " << getText(value) << ", only "
               << llvm::join(llvm::map_range(knob.options, getText), ", ")
               << (isa<IntegerAttr, StringAttr>(value)
                       ? ""
                       : "; words are written in quotes");
    }
    Attribute value = defaults.get(knob.name);
    if (!value) // Not one of the names above: the first one.
      value = options.front();
    SmallVector<std::pair<double, unsigned>> order;
    for (auto [index, option] : llvm::enumerate(options))
      order.emplace_back(getDistance(option, value), index);
    llvm::sort(order);
    ranked.emplace_back();
    for (auto [distance, index] : order)
      ranked.back().push_back(options[index]);
  }

  // What each constraint waits for: the last of its knobs.
  std::vector<Constraint> constraints;
  ConstraintCollector(op, target, threads, constraints)
      .collect(lookup(kind), KnownValues());
  BlockSizes blockSizes(op);
  std::vector<SmallVector<const Constraint *>> decided(knobs.size() + 1);
  for (const Constraint &constraint : constraints) {
    unsigned last = 0;
    for (unsigned index = 0; index < knobs.size(); ++index)
      if (llvm::any_of(constraint.params, [&](const KnownParam &param) {
            return param.getKnob() == knobs[index].name;
          }))
        last = index + 1;
    decided[last].push_back(&constraint);
  }
  // The most that the ranks of the knobs from each on can add up to.
  SmallVector<unsigned> maxRanks(knobs.size() + 1, 0);
  for (unsigned knob = knobs.size(); knob-- > 0;)
    maxRanks[knob] = maxRanks[knob + 1] + ranked[knob].size() - 1;

  // Choices that satisfy the constraints, in the order of the sum of ranks.
  constexpr unsigned kMaxTrials = 1000000;
  unsigned trials = 0;
  std::string problem;
  SmallVector<NamedAttribute> chosen;
  auto getChosen = [&](StringRef name) {
    for (const NamedAttribute &knob : chosen)
      if (knob.getName() == name)
        return knob.getValue();
    return Attribute();
  };
  Builder b(op.getContext());
  SmallVector<DictionaryAttr> result;
  // Returns whether that is enough.
  std::function<bool(unsigned, unsigned)> choose = [&](unsigned knob,
                                                       unsigned ranks) -> bool {
    if (++trials > kMaxTrials)
      return true;
    for (const Constraint *constraint : decided[knob])
      if (std::string reason = constraint->check(getChosen, blockSizes);
          !reason.empty()) {
        if (problem.empty())
          problem = reason;
        return false;
      }
    if (knob == knobs.size()) {
      result.push_back(b.getDictionaryAttr(chosen));
      return result.size() >= limit;
    }
    for (auto [rank, option] : llvm::enumerate(ranked[knob])) {
      if (rank > ranks)
        break;
      if (ranks - rank > maxRanks[knob + 1])
        continue;
      chosen.push_back(b.getNamedAttr(knobs[knob].name, option));
      bool enough = choose(knob + 1, ranks - rank);
      chosen.pop_back();
      if (enough)
        return true;
    }
    return false;
  };
  for (unsigned ranks = 0; ranks <= maxRanks[0]; ++ranks)
    if (choose(0, ranks))
      break;
  if (!result.empty())
    return result;
  return op.emitError() << "no choice of knobs satisfies the schedule @" << kind
                        << ": " << problem;
}

FailureOr<DictionaryAttr> ScheduleSet::resolve(ContractOp op,
                                               DictionaryAttr given) const {
  FailureOr<SmallVector<DictionaryAttr>> first =
      enumerate(op, given, /*limit=*/1);
  if (failed(first))
    return failure();
  return first->front();
}

LogicalResult ScheduleSet::apply(ContractOp op, DictionaryAttr knobs) const {
  NamedSequenceOp sequence = lookup(getContractionKind(op));
  walkSequence(sequence, [&](Operation *step) {
    if (auto knob = dyn_cast<KnobOp>(step))
      if (Attribute value = knobs.get(knob.getName()))
        knob.setSelectedAttr(value);
  });
  return transform::applyTransformNamedSequence(
      op, sequence, ModuleOp(),
      transform::TransformOptions().enableExpensiveChecks(false));
}
