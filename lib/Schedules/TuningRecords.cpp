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
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cmath>
#include <random>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;
namespace json = llvm::json;

static constexpr int64_t kVersion = 1;

/// The time of what replaces the default, relative to it: measurements of the
/// same code differ by as much.
static constexpr double kMargin = 0.98;

/// The members of a description. `json::Object` prints them sorted, so that a
/// description is one text.
static constexpr StringLiteral kKeys[] = {"version", "target", "family", "kind",
                                          "formats", "shape",  "threads"};

static std::string formatOf(IntType type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef name = text;
  name.consume_front("!bitserial.");
  return name.str();
}

/// The CPU and, after it, the vector features that make code for the target
/// other than for the CPU as it is: "icelake-server,-avx512vpopcntdq".
static std::string nameOf(const Target &target) {
  std::string name = target.cpu().str();
  llvm::Expected<Target> plain =
      Target::get(target.triple().str() + ":" + name);
  if (!plain) {
    llvm::consumeError(plain.takeError());
    return name;
  }
  auto getFeatures = [](const Target &from) {
    std::string features = from.featureString();
    std::set<std::string> result;
    for (StringRef feature : llvm::split(features, ','))
      if (llvm::any_of(ArrayRef<StringRef>{"avx", "sse", "ssse", "gfni"},
                       [&](StringRef start) {
                         return feature.drop_front().starts_with(start);
                       }))
        result.insert(feature.str());
    return result;
  };
  std::set<std::string> usual = getFeatures(*plain);
  for (const std::string &feature : getFeatures(target))
    if (!usual.count(feature))
      name += "," + feature;
  return name;
}

json::Object bitserial::describeContraction(ContractOp op, const Target &target,
                                            int64_t threads) {
  ContractionSizes sizes = getSizes(op);
  return json::Object{
      {"version", kVersion},
      {"target", nameOf(target)},
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
                             {"stride", sizes.stride}}},
      {"threads", threads}};
}

/// The description in a record, as text. Those of before there were threads
/// are for one.
static std::string describe(const json::Object &record) {
  json::Object key;
  key["threads"] = 1;
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
               const Target &target, int64_t threads, unsigned limit) {
  constexpr unsigned kMaxCandidates = 100000;
  FailureOr<SmallVector<DictionaryAttr>> choices = schedules.enumerate(
      op, DictionaryAttr::get(op.getContext()), kMaxCandidates);
  if (failed(choices))
    return failure();
  ScheduleCost model(op, target, threads);
  SmallVector<Candidate> candidates;
  for (DictionaryAttr knobs : *choices) {
    double cost =
        model.estimateCall(getScheduleChoice(op, knobs, target, threads));
    if (std::isfinite(cost) || candidates.empty())
      candidates.push_back({knobs, cost, unsigned(candidates.size())});
  }
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
  FailureOr<int64_t> threads = getThreads(module);
  if (failed(threads))
    return failure();
  FailureOr<ScheduleSet> schedules =
      scheduleFile.empty()
          ? ScheduleSet::getShipped(context, target, *threads)
          : ScheduleSet::load(context, scheduleFile, target, *threads);
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
    json::Object description = describeContraction(op, target, *threads);
    if (!seen.insert(describe(description)).second)
      continue;
    // The choices are those of the trial, whatever is around the op.
    OwningOpRef<ModuleOp> trialModule = makeTrial(op);
    ContractOp alone;
    trialModule->walk([&](ContractOp contract) { alone = contract; });
    FailureOr<SmallVector<Candidate>> choices =
        rankCandidates(alone, *schedules, target, *threads, limit);
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
    if (!record.get(name) && name != "threads")
      return llvm::formatv("there is no '{0}'", name);
  if (const json::Value *threads = record.get("threads"))
    if (threads->getAsInteger().value_or(0) < 1)
      return "'threads' is no positive integer";
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

/// Whether brackets are nested deeper than those of any record. The parser
/// recurses for each, and would run out of stack.
static bool isTooDeep(StringRef line) {
  constexpr unsigned kMaxDepth = 64;
  unsigned depth = 0;
  bool inString = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"')
      inString = !inString;
    else if (inString)
      i += line[i] == '\\'; // What follows is no end of the string.
    else if (line[i] == '[' || line[i] == '{')
      depth += 1;
    else if (line[i] == ']' || line[i] == '}')
      depth -= depth != 0;
    if (depth > kMaxDepth)
      return true;
  }
  return false;
}

static llvm::Expected<json::Value> parseLine(StringRef line) {
  if (isTooDeep(line))
    return llvm::createStringError("it is nested too deeply");
  return json::parse(line);
}

llvm::Expected<TuningDatabase>
TuningDatabase::load(StringRef path,
                     llvm::function_ref<void(const llvm::Twine &)> warn) {
  // Some devices have lines without end.
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return llvm::createStringError("cannot read the tuning database '" + path +
                                   "': it is no regular file");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError(buffer.getError(),
                                   "cannot read the tuning database '" + path +
                                       "': " + buffer.getError().message());
  TuningDatabase database;
  llvm::StringMap<size_t> places;                       // in `records`
  SmallVector<std::pair<std::string, std::string>> bad; // place, reason
  StringRef line, rest = (*buffer)->getBuffer();
  for (unsigned number = 1; !rest.empty(); ++number) {
    std::tie(line, rest) = rest.split('\n');
    if (line.trim().empty())
      continue;
    std::string place = llvm::formatv("{0}:{1}", path, number);
    std::string reason;
    llvm::Expected<json::Value> value = parseLine(line);
    if (!value)
      reason = llvm::toString(value.takeError());
    else if (!value->getAsObject())
      reason = "it is no object";
    else
      reason = checkRecord(*value->getAsObject());
    if (!reason.empty()) {
      bad.emplace_back(std::move(place), std::move(reason));
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
          {std::move(key), std::move(knobs), seconds, isDefault, place});
    else
      std::tie(database.records[it->second].seconds,
               database.records[it->second].place) =
          std::make_pair(seconds, place);
  }
  // A process that was killed leaves one such line.
  if (database.records.empty() && bad.size() > 1)
    return llvm::createStringError(
        llvm::formatv("'{0}' is no tuning database: none of its {1} lines is a "
                      "tuning record, the first because: {2}",
                      path, bad.size(), bad.front().second));
  for (const auto &[place, reason] : bad)
    warn(place + ": this is no tuning record: " + reason);
  return database;
}

SmallVector<TuningDatabase::Match> TuningDatabase::find(ContractOp op,
                                                        const Target &target,
                                                        int64_t threads) const {
  std::string key = describe(describeContraction(op, target, threads));
  SmallVector<const Record *> found;
  for (const Record &record : records)
    if (record.key == key && record.seconds)
      found.push_back(&record);
  llvm::sort(found, [](const Record *a, const Record *b) {
    return std::tie(*a->seconds, a) < std::tie(*b->seconds, b);
  });
  // The default comes before those that beat it by no more than noise.
  auto isDefault = [](const Record *record) { return record->isDefault; };
  if (auto it = llvm::find_if(found, isDefault); it != found.end()) {
    const Record *byDefault = *it;
    auto isNoFaster = [&](const Record *record) {
      return *record->seconds > kMargin * *byDefault->seconds;
    };
    std::rotate(llvm::find_if(found, isNoFaster), it, std::next(it));
  }
  Builder b(op.getContext());
  return llvm::map_to_vector(found, [&](const Record *record) {
    NamedAttrList knobs;
    for (const auto &[name, value] : record->knobs)
      if (std::optional<int64_t> number = value.getAsInteger())
        knobs.set(StringRef(name), b.getI64IntegerAttr(*number));
      else
        knobs.set(StringRef(name), b.getStringAttr(*value.getAsString()));
    return Match{knobs.getDictionary(op.getContext()), record->place,
                 record->isDefault};
  });
}
