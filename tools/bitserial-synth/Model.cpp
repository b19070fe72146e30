//===- Model.cpp - Cycles of the library beside the reference -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model.h"

#include "BuildLibrary.h"
#include "Report.h"

#include "bitserial/InitAll.h"
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/KernelTiming.h"
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
  std::vector<KernelSpec> getSpecs() const {
    return synth::getLibrarySpecs(target);
  }

private:
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
  json::Object result{
      {"target", entry.cpu.str()},
      {"features", entry.features.str()},
      {"model", target.costModelCpu().str()},
      {"spec", spec.name()},
      {"terms", describePolynomial(spec.polynomial, spec.numPlanes)},
      {"kernel", nullptr}};
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
    for (const KernelSpec &spec : (*target)->getSpecs()) {
      std::string name = spec.name();
      if (!options.names.empty() && !llvm::is_contained(options.names, name))
        continue;
      Expected<json::Object> object = (*target)->model(spec, options.measure);
      if (!object)
        return fail((entry.cpu + ", " + name).str(), object.takeError());
      all.push_back(std::move(*object));
    }
  }
  if (all.empty())
    return synth::fail(
        "the library has no such kernels ('bitserial-synth list' "
        "says which it has)");
  os << formatv("{0:2}", json::Value(std::move(all))) << '\n';
  return success();
}
