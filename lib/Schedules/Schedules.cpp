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
                                               const Target &target) {
  OwningOpRef<ModuleOp> module =
      parseShipped(context, (getScheduleFamily(target) + ".mlir").str());
  OwningOpRef<ModuleOp> common = parseShipped(context, "common.mlir");
  if (!module || !common)
    return failure();
  addMissing(*module, *common);
  return ScheduleSet(std::move(module), target);
}

FailureOr<ScheduleSet> ScheduleSet::load(MLIRContext *context, StringRef path,
                                         const Target &target) {
  FailureOr<ScheduleSet> shipped = getShipped(context, target);
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
  addMissing(*module, *shipped->module);
  if (failed(verify(*module)))
    return failure();
  ScheduleSet result(std::move(module), target);
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
/// A param whose value does not depend on running the schedule: that of a knob,
/// or a number.
struct KnownParam {
  std::string name; // for messages; may be empty
  bool isKnob = false;
  int64_t value = 0; // of a number
};
using KnownParams = DenseMap<Value, KnownParam>;

/// A constraint between knobs and numbers.
struct Constraint {
  transform::RequireOp op;
  SmallVector<KnownParam> params;

  /// What `knobs` violate, as text; empty if nothing. Words are no numbers, and
  /// are left to the interpreter to refuse.
  std::string check(function_ref<Attribute(StringRef)> getKnob) const;
};
} // namespace

std::string
Constraint::check(function_ref<Attribute(StringRef)> getKnob) const {
  SmallVector<int64_t> numbers;
  for (const KnownParam &param : params) {
    if (!param.isKnob) {
      numbers.push_back(param.value);
      continue;
    }
    auto number = dyn_cast_or_null<IntegerAttr>(getKnob(param.name));
    if (!number)
      return "";
    numbers.push_back(number.getValue().getSExtValue());
  }
  if (transform::RequireOp(op).holds(numbers))
    return "";
  return transform::RequireOp(op).describe(
      numbers, llvm::map_to_vector(
                   params, [](const KnownParam &param) { return param.name; }));
}

/// Adds the constraints of a sequence that do not depend on running it.
/// `params` has the arguments of the sequence.
static void collectConstraints(NamedSequenceOp sequence, ContractOp op,
                               const Target &target, KnownParams params,
                               std::vector<Constraint> &constraints,
                               unsigned depth = 0) {
  if (!sequence || sequence.isExternal() || depth > kMaxDepth)
    return;
  sequence.getBody().walk<WalkOrder::PreOrder>([&](Operation *step) {
    if (auto knob = dyn_cast<KnobOp>(step)) {
      params[knob.getResult()] = {knob.getName().str(), /*isKnob=*/true};
    } else if (auto constant = dyn_cast<transform::ParamConstantOp>(step)) {
      if (auto number = dyn_cast<IntegerAttr>(constant.getValue()))
        params[constant.getParam()] = {"", false,
                                       number.getValue().getSExtValue()};
    } else if (auto property = dyn_cast<transform::PropertyOp>(step)) {
      std::optional<int64_t> value =
          getTargetProperty(property.getName(), target);
      if (!value)
        value = getContractionProperty(property.getName(), op);
      params[property.getValue()] = {property.getName().str(), false, *value};
    } else if (auto include = dyn_cast<transform::IncludeOp>(step)) {
      NamedSequenceOp included = getIncluded(include);
      if (!included || included.isExternal())
        return;
      KnownParams arguments;
      for (auto [argument, operand] :
           llvm::zip(included.getBody().getArguments(), include.getOperands()))
        if (auto known = params.find(operand); known != params.end())
          arguments[argument] = known->second;
      collectConstraints(included, op, target, std::move(arguments),
                         constraints, depth + 1);
    } else if (auto require = dyn_cast<transform::RequireOp>(step)) {
      Constraint constraint{require, {}};
      for (Value param : require.getParams())
        if (auto known = params.find(param); known != params.end())
          constraint.params.push_back(known->second);
      if (constraint.params.size() == require.getParams().size())
        constraints.push_back(std::move(constraint));
    }
  });
}

/// What the passes of the default schedule choose, by the names of the knobs.
static DictionaryAttr getDefaults(ContractOp op, const Target &target) {
  DefaultChoices choices = chooseDefaults(op, target);
  Builder b(op.getContext());
  auto number = [&](int64_t value) { return b.getI64IntegerAttr(value); };
  return b.getDictionaryAttr(
      {b.getNamedAttr("word", number(*choices.layouts.word)),
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
       b.getNamedAttr("order", b.getStringAttr("columns"))});
}

ScheduleChoice bitserial::getScheduleChoice(ContractOp op, DictionaryAttr knobs,
                                            const Target &target) {
  DictionaryAttr defaults; // They take longer than all else here.
  auto get = [&](StringRef name) {
    if (Attribute value = knobs.get(name))
      return value;
    if (!defaults)
      defaults = getDefaults(op, target);
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
  choice.word = number("word");
  choice.lanesAreReduction = isWord("lanes", "reduction");
  choice.rows = number("rows");
  choice.vectors = number("vectors");
  choice.lines = number("lines");
  choice.columns = number("columns");
  choice.rowsOutside = isWord("order", "rows");
  choice.numbers = isWord("planes", "none");
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
  if (a && b)
    return a.getValue().getSExtValue() == b.getValue().getSExtValue();
  return option == value;
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
      return op.emitError() << "the schedule @" << kind << " has no knob "
                            << setting.getName();

  // The options of each knob, closest to the default first; one if given.
  DictionaryAttr defaults = getDefaults(op, target);
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
               << llvm::join(llvm::map_range(knob.options, getText), ", ");
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
  collectConstraints(lookup(kind), op, target, KnownParams(), constraints);
  std::vector<SmallVector<const Constraint *>> decided(knobs.size() + 1);
  for (const Constraint &constraint : constraints) {
    unsigned last = 0;
    for (unsigned index = 0; index < knobs.size(); ++index)
      if (llvm::any_of(constraint.params, [&](const KnownParam &param) {
            return param.isKnob && param.name == knobs[index].name;
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
      if (std::string reason = constraint->check(getChosen); !reason.empty()) {
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
