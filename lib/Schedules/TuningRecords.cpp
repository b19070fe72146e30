//===- TuningRecords.cpp - What the tuner has measured --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Schedules/TuningRecords.h"
#include "bitserial/Schedules/Schedules.h"
#include "bitserial/Transforms/Scheduling.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;
namespace json = llvm::json;

static constexpr int64_t kVersion = 1;

/// The time of what replaces the default, relative to it: measurements of the
/// same code differ by as much.
static constexpr double kMargin = 0.98;

/// The members of a description. `json::Object` prints them sorted, so that a
/// description is one text.
static constexpr StringLiteral kKeys[] = {"version", "target",  "family",
                                          "kind",    "formats", "shape"};

static std::string formatOf(IntType type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef name = text;
  name.consume_front("!bitserial.");
  return name.str();
}

json::Object bitserial::describeContraction(ContractOp op,
                                            const Target &target) {
  ContractionSizes sizes = getSizes(op);
  return json::Object{
      {"version", kVersion},
      {"target", target.cpu()},
      {"family", getScheduleFamily(target)},
      {"kind", getContractionKind(op)},
      {"formats", json::Array{formatOf(op.getLhsElementType()),
                              formatOf(op.getRhsElementType())}},
      {"shape", json::Object{{"rows", sizes.rows},
                             {"lines", sizes.lines},
                             {"positions", sizes.positions},
                             {"outputs", sizes.outputs},
                             {"groups", sizes.groups},
                             {"packed", sizes.packed},
                             {"taps", sizes.taps},
                             {"stride", sizes.stride}}}};
}

/// The description in a record, as text.
static std::string describe(const json::Object &record) {
  json::Object key;
  for (StringRef name : kKeys)
    if (const json::Value *value = record.get(name))
      key[name] = *value;
  return llvm::formatv("{0}", json::Value(std::move(key)));
}

OwningOpRef<ModuleOp> bitserial::makeTrial(ContractOp op) {
  MLIRContext *context = op.getContext();
  Location loc = UnknownLoc::get(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder b = OpBuilder::atBlockEnd(module->getBody());
  auto func = func::FuncOp::create(
      b, loc, "trial",
      b.getFunctionType({op.getLhs().getType()}, {op.getType()}));
  b.setInsertionPointToStart(func.addEntryBlock());

  RankedTensorType type = op.getRhs().getType();
  NumberFormat format = op.getRhsElementType().getFormat();
  RankedTensorType stored = getStoredType(type);
  std::minstd_rand random(1);
  SmallVector<APInt> values;
  for (int64_t i = 0, size = type.getNumElements(); i < size; ++i) {
    int64_t value = format.getOffset();
    for (int64_t weight : format.getWeights())
      value += (random() >> 8) % 2 ? weight : 0;
    values.push_back(APInt(stored.getElementTypeBitWidth(), value,
                           /*isSigned=*/true, /*implicitTrunc=*/true));
  }
  Value weights = ConstantOp::create(b, loc, type,
                                     DenseIntElementsAttr::get(stored, values));
  IRMapping mapping;
  mapping.map(op.getLhs(), func.getArgument(0));
  mapping.map(op.getRhs(), weights);
  Operation *clone = b.clone(*op, mapping);
  clone->setDiscardableAttrs(DictionaryAttr::get(context));
  func::ReturnOp::create(b, loc, clone->getResults());
  return module;
}

namespace {
struct Candidate {
  DictionaryAttr knobs;
  double cost;
  unsigned distance; ///< Its rank in the distance from the default.
};
} // namespace

/// The default first, then the others, cheapest first by the model.
static FailureOr<SmallVector<Candidate>>
rankCandidates(ContractOp op, const ScheduleSet &schedules,
               const Target &target, unsigned limit) {
  constexpr unsigned kMaxCandidates = 100000;
  FailureOr<SmallVector<DictionaryAttr>> choices = schedules.enumerate(
      op, DictionaryAttr::get(op.getContext()), kMaxCandidates);
  if (failed(choices))
    return failure();
  ScheduleCost model(op, target);
  SmallVector<Candidate> candidates;
  for (DictionaryAttr knobs : *choices)
    candidates.push_back({knobs,
                          model.estimate(getScheduleChoice(op, knobs, target)),
                          unsigned(candidates.size())});
  // Equal ones stay in the order of their distance from the default.
  llvm::sort(candidates.begin() + 1, candidates.end(),
             [](const Candidate &a, const Candidate &b) {
               return std::tie(a.cost, a.distance) <
                      std::tie(b.cost, b.distance);
             });
  if (candidates.size() > limit)
    candidates.truncate(limit);
  return candidates;
}

FailureOr<json::Value> bitserial::describeTuningSpace(ModuleOp module,
                                                      const Target &target,
                                                      StringRef scheduleFile,
                                                      unsigned limit) {
  MLIRContext *context = module.getContext();
  FailureOr<ScheduleSet> schedules =
      scheduleFile.empty() ? ScheduleSet::getShipped(context, target)
                           : ScheduleSet::load(context, scheduleFile, target);
  if (failed(schedules))
    return failure();
  SmallVector<ContractOp> ops;
  module.walk([&](ContractOp op) {
    if (!op.getLhsLayout())
      ops.push_back(op);
  });
  json::Array result;
  llvm::StringSet<llvm::MallocAllocator> seen;
  for (ContractOp op : ops) {
    json::Object description = describeContraction(op, target);
    if (!seen.insert(describe(description)).second)
      continue;
    FailureOr<SmallVector<Candidate>> choices =
        rankCandidates(op, *schedules, target, limit);
    if (failed(choices))
      return failure();
    json::Array candidates, costs;
    for (const Candidate &choice : *choices) {
      json::Object candidate;
      for (NamedAttribute knob : choice.knobs)
        candidate[knob.getName().strref()] = toJSON(knob.getValue());
      candidates.push_back(std::move(candidate));
      costs.push_back(choice.cost);
    }
    std::string location, trial;
    if (auto place = op.getLoc()->findInstanceOf<FileLineColLoc>())
      location = llvm::formatv("{0}:{1}:{2}", place.getFilename().getValue(),
                               place.getLine(), place.getColumn());
    OwningOpRef<ModuleOp> trialModule = makeTrial(op);
    llvm::raw_string_ostream os(trial);
    trialModule->print(os);
    description["location"] = location;
    description["trial"] = trial;
    description["candidates"] = std::move(candidates);
    description["costs"] = std::move(costs);
    result.push_back(std::move(description));
  }
  return json::Value(std::move(result));
}

json::Value bitserial::toJSON(Attribute knobValue) {
  if (auto number = dyn_cast<IntegerAttr>(knobValue))
    return number.getValue().getSExtValue();
  return cast<StringAttr>(knobValue).getValue();
}

/// What is wrong with a line; empty if nothing is.
static std::string checkRecord(const json::Object &record) {
  for (StringRef name : kKeys)
    if (!record.get(name))
      return llvm::formatv("there is no '{0}'", name);
  if (record.getInteger("version") != kVersion)
    return llvm::formatv("it has version {0}, expected {1}",
                         *record.get("version"), kVersion);
  const json::Object *knobs = record.getObject("knobs");
  if (!knobs)
    return "there are no 'knobs'";
  for (const auto &[name, value] : *knobs)
    if (!value.getAsInteger() && !value.getAsString())
      return llvm::formatv("the knob '{0}' is neither an integer nor a string",
                           StringRef(name));
  const json::Value *seconds = record.get("seconds");
  if (!seconds ||
      (!seconds->getAsNull() && !(seconds->getAsNumber().value_or(0) > 0)))
    return "'seconds' is neither a positive number nor null";
  return "";
}

llvm::Expected<TuningDatabase>
TuningDatabase::load(StringRef path,
                     llvm::function_ref<void(const llvm::Twine &)> warn) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError(buffer.getError(),
                                   "cannot read the tuning database '" + path +
                                       "': " + buffer.getError().message());
  TuningDatabase database;
  llvm::StringMap<size_t> places; // in `records`
  for (llvm::line_iterator line(**buffer); !line.is_at_end(); ++line) {
    std::string reason;
    llvm::Expected<json::Value> value = json::parse(*line);
    if (!value)
      reason = llvm::toString(value.takeError());
    else if (!value->getAsObject())
      reason = "it is no object";
    else
      reason = checkRecord(*value->getAsObject());
    if (!reason.empty()) {
      warn(llvm::formatv("{0}:{1}: this is no tuning record: {2}", path,
                         line.line_number(), reason)
               .str());
      continue;
    }
    json::Object &record = *value->getAsObject();
    std::string key = describe(record);
    json::Object knobs = std::move(*record.getObject("knobs"));
    std::optional<double> seconds = record.getNumber("seconds");
    // What was measured last counts.
    std::string identity =
        llvm::formatv("{0} {1}", key, json::Value(json::Object(knobs)));
    auto [it, isNew] = places.try_emplace(identity, database.records.size());
    bool isDefault = record.getBoolean("is_default").value_or(false);
    if (isNew)
      database.records.push_back(
          {std::move(key), std::move(knobs), seconds, isDefault});
    else
      database.records[it->second].seconds = seconds;
  }
  return database;
}

std::optional<TuningDatabase::Match>
TuningDatabase::find(ContractOp op, const Target &target) const {
  std::string key = describe(describeContraction(op, target));
  const Record *best = nullptr, *bestDefault = nullptr;
  auto isFaster = [](const Record &record, const Record *other) {
    return !other || *record.seconds < *other->seconds;
  };
  for (const Record &record : records) {
    if (record.key != key || !record.seconds)
      continue;
    if (isFaster(record, best))
      best = &record;
    if (record.isDefault && isFaster(record, bestDefault))
      bestDefault = &record;
  }
  if (!best)
    return std::nullopt;
  if (bestDefault && *best->seconds > kMargin * *bestDefault->seconds)
    best = bestDefault;
  Builder b(op.getContext());
  NamedAttrList knobs;
  for (const auto &[name, value] : best->knobs)
    if (std::optional<int64_t> number = value.getAsInteger())
      knobs.set(StringRef(name), b.getI64IntegerAttr(*number));
    else
      knobs.set(StringRef(name), b.getStringAttr(*value.getAsString()));
  return Match{knobs.getDictionary(op.getContext()), *best->seconds};
}
