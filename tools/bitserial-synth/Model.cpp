//===- Model.cpp - Cycles of the library beside the reference -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model.h"

#include "BuildLibrary.h"
#include "Pack.h"
#include "Report.h"

#include "bitserial/InitAll.h"
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/KernelTiming.h"
#include "bitserial/Synthesis/PackSearch.h"
#include "bitserial/Transforms/PlaneNames.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Expected;
using llvm::formatv;
namespace json = llvm::json;

/// Two decimals: what the figures are good for, and the same in every run.
static double roundFigure(double value) {
  return std::round(value * 100) / 100;
}

static json::Object toJSON(const KernelCost &cost) {
  double vectors = cost.tile.rows * cost.tile.vectors;
  return json::Object{
      {"tile", formatv("{0}x{1}", cost.tile.rows, cost.tile.vectors).str()},
      {"cycles", roundFigure(cost.cycles)},
      {"simulated", roundFigure(cost.simulatedCycles)},
      {"bit_macs", roundFigure(cost.bitMacsPerCycle)},
      {"vector_ops", roundFigure(cost.vectorOps / vectors)},
      {"loads", roundFigure(cost.loads / vectors)},
      {"stack", roundFigure(cost.stackAccesses / vectors)}};
}

namespace {
/// Models the kernels of one target.
class TargetModel {
public:
  static Expected<std::unique_ptr<TargetModel>>
  create(const LibraryTarget &entry);

  Expected<json::Object> model(const KernelSpec &spec, bool measure);
  Expected<json::Object> model(const PackSpec &spec);
  std::vector<KernelSpec> getSpecs() const {
    return synth::getLibrarySpecs(target);
  }

private:
  /// What all objects begin with.
  json::Object describe() const {
    return json::Object{{"target", entry.cpu.str()},
                        {"features", entry.features.str()},
                        {"model", target.costModelCpu().str()},
                        {"kernel", nullptr}};
  }
  /// Adds the times of kernel and reference to the objects of both.
  llvm::Error measure(const Kernel &kernel, json::Object &ofKernel,
                      json::Object &ofReference);
  TargetModel(const LibraryTarget &entry, const Target &target)
      : entry(entry), target(target) {
    DialectRegistry registry;
    registerAllDialects(registry);
    CostModel::registerDialects(registry);
    context = std::make_unique<MLIRContext>(registry,
                                            MLIRContext::Threading::DISABLED);
  }

  LibraryTarget entry;
  Target target;
  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<CostModel> costs;
};
} // namespace

Expected<std::unique_ptr<TargetModel>>
TargetModel::create(const LibraryTarget &entry) {
  Expected<Target> target = Target::get(entry.cpu, entry.features);
  if (!target)
    return target.takeError();
  Expected<std::unique_ptr<CostModel>> costs = CostModel::create(*target);
  if (!costs)
    return costs.takeError();
  std::unique_ptr<TargetModel> model(new TargetModel(entry, *target));
  model->costs = std::move(*costs);
  return model;
}

llvm::Error TargetModel::measure(const Kernel &kernel, json::Object &ofKernel,
                                 json::Object &ofReference) {
  OwningOpRef<ModuleOp> module =
      Kernel::makeReference(context.get(), kernel.spec, target,
                            CostModel::kShortSum / kernel.spec.wordBits);
  FailureOr<Kernel> reference = Kernel::get(*module);
  if (failed(reference))
    return llvm::createStringError("the reference kernel is malformed");
  TimedKernel timed[] = {{kernel, {kernel.tileRows, kernel.tileVectors}},
                         {*reference, getDefaultMicroTile(target)}};
  Expected<std::vector<double>> times = timeKernels(timed, target);
  if (!times)
    return times.takeError();
  ofKernel["ns"] = (*times)[0];
  ofReference["ns"] = (*times)[1];
  return llvm::Error::success();
}

Expected<json::Object> TargetModel::model(const KernelSpec &spec,
                                          bool measure) {
  json::Object result = describe();
  result["spec"] = spec.name();
  result["terms"] = describePolynomial(spec.polynomial, spec.numPlanes);
  Expected<KernelCost> reference = costs->modelReference(context.get(), spec);
  if (!reference)
    return reference.takeError();
  result["reference"] = toJSON(*reference);
  Expected<KernelCost> longReference = costs->modelReference(
      context.get(), spec, std::nullopt, CostModel::kLongSum);
  if (!longReference)
    return longReference.takeError();
  result["long_reference"] = toJSON(*longReference);

  KernelLibraryOptions sources;
  sources.useCache = false;
  KernelAnswer answer =
      KernelLibrary(sources).lookup(context.get(), spec, target);
  if (!answer.kernel)
    return result;
  const Kernel &kernel = *answer.kernel;
  Expected<KernelCost> cost =
      costs->model(kernel, kernel.tileRows, kernel.tileVectors);
  if (!cost)
    return cost.takeError();
  json::Object object = toJSON(*cost);
  object["sketch"] = kernel.sketch;
  if (measure && target.isHostRunnable())
    if (llvm::Error error =
            this->measure(kernel, object, *result["reference"].getAsObject()))
      return std::move(error);
  result["kernel"] = std::move(object);
  return result;
}

Expected<json::Object> TargetModel::model(const PackSpec &spec) {
  json::Object result = describe();
  result["pack"] = spec.name();
  // LLVM's models of some cores lack instructions; then nothing is searched
  // either.
  Expected<double> reference = modelPackReference(context.get(), spec, target);
  if (!reference) {
    llvm::consumeError(reference.takeError());
    result["reference"] = nullptr;
    return result;
  }
  result["reference"] = json::Object{{"cycles", roundFigure(*reference)}};

  KernelLibraryOptions sources;
  sources.useCache = false;
  PackAnswer answer =
      KernelLibrary(sources).lookup(context.get(), spec, target);
  if (!answer.kernel)
    return result;
  const PackKernel &kernel = *answer.kernel;
  Expected<PackModel> cost = modelPack(kernel, target);
  if (!cost)
    return cost.takeError();
  result["kernel"] = json::Object{{"cycles", roundFigure(cost->cycles)},
                                  {"values", kernel.steps * spec.numValues},
                                  {"sketch", kernel.sketch}};
  return result;
}

LogicalResult synth::modelLibrary(const ModelOptions &options,
                                  llvm::raw_ostream &os) {
  auto fail = [](StringRef cpu, llvm::Error error) {
    llvm::errs() << "error: " << cpu << ": " << llvm::toString(std::move(error))
                 << '\n';
    return failure();
  };
  json::Array all;
  for (const LibraryTarget &entry : getLibraryTargets()) {
    if (!options.cpus.empty() && !llvm::is_contained(options.cpus, entry.cpu))
      continue;
    auto target = TargetModel::create(entry);
    if (!target)
      return fail(entry.cpu, target.takeError());
    auto add = [&](const auto &spec, auto model) {
      std::string name = spec.name();
      if (!options.names.empty() && !llvm::is_contained(options.names, name))
        return success();
      Expected<json::Object> object = model(spec);
      if (!object)
        return fail((entry.cpu + ", " + name).str(), object.takeError());
      all.push_back(std::move(*object));
      return success();
    };
    for (const KernelSpec &spec : (*target)->getSpecs())
      if (failed(add(spec, [&](const KernelSpec &spec) {
            return (*target)->model(spec, options.measure);
          })))
        return failure();
    for (const PackSpec &spec : getPackSpecs())
      if (failed(add(spec, [&](const PackSpec &spec) {
            return (*target)->model(spec);
          })))
        return failure();
  }
  if (all.empty())
    return synth::fail(
        "the library has no such kernels ('bitserial-synth list' "
        "says which it has)");
  os << formatv("{0:2}", json::Value(std::move(all))) << '\n';
  return success();
}
