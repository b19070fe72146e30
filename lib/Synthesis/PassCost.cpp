//===- PassCost.cpp - What plans cost, pass by pass -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PassCost.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"

#include <mutex>

using namespace mlir;
using namespace mlir::bitserial;

/// Pass `index` of a plan as the only one of a kernel for the planes that it
/// reads, its first coefficient positive; nullopt if it reads no plane of some
/// input.
static std::optional<std::pair<KernelSpec, AccumulationPlan>>
isolatePass(const KernelSpec &spec, const AccumulationPlan &plan,
            unsigned index) {
  ArrayRef<WeightedTerm> terms = plan.passes[index];
  BitPolynomial::Monomial used = 0;
  for (const WeightedTerm &term : terms)
    used |= term.planes;
  SmallVector<unsigned> numPlanes(spec.numPlanes.size(), 0), planes;
  for (unsigned plane = 0; plane < spec.getTotalPlanes(); ++plane)
    if (used >> plane & 1) {
      ++numPlanes[spec.getInput(plane)];
      planes.push_back(plane);
    }
  if (llvm::is_contained(numPlanes, 0u))
    return std::nullopt;

  AccumulationPlan alone = plan;
  // One pass has no other way to apply weights, except in steps.
  if (alone.weighting == AccumulationPlan::Weighting::Pass)
    alone.weighting = AccumulationPlan::Weighting::Flush;
  alone.scaleAfterPass.assign(1, 1);
  alone.passes.assign(1, {});
  BitPolynomial polynomial;
  int64_t sign = terms.front().coefficient < 0 ? -1 : 1;
  for (const WeightedTerm &term : terms) {
    WeightedTerm renumbered{0, sign * term.coefficient};
    BitPolynomial product = BitPolynomial::constant(renumbered.coefficient);
    for (auto [i, plane] : llvm::enumerate(planes))
      if (term.planes >> plane & 1) {
        renumbered.planes |= BitPolynomial::Monomial(1) << i;
        product = product * BitPolynomial::variable(i);
      }
    polynomial = polynomial + product;
    alone.passes.front().push_back(renumbered);
  }
  auto normalised = KernelSpec::get(numPlanes, polynomial, spec.wordBits,
                                    spec.lanesAreReduction);
  if (failed(normalised))
    return std::nullopt;
  return std::make_pair(normalised->first, std::move(alone));
}

namespace {
/// What the process has modelled: searches for kernels of other formats need
/// the same passes.
class ProcessMemory {
public:
  static ProcessMemory &get() {
    static ProcessMemory memory;
    return memory;
  }
  std::optional<std::optional<TileEstimate>> lookup(StringRef key) {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = costs.find(key);
    if (it == costs.end())
      return std::nullopt;
    return std::make_optional(it->second);
  }
  void store(StringRef key, std::optional<TileEstimate> value) {
    std::lock_guard<std::mutex> lock(mutex);
    costs[key] = value;
  }

private:
  std::mutex mutex;
  llvm::StringMap<std::optional<TileEstimate>> costs;
};
} // namespace

PassCosts::PassCosts(SketchContext &sketch, CostModel &costs)
    : sketch(sketch), costs(costs),
      target((sketch.target.triple().str() + ":" + sketch.target.cpu() + ":" +
              sketch.target.featureString())
                 .str()) {}

PassCosts::Piece &PassCosts::getPiece(const std::string &key,
                                      const KernelSpec &spec,
                                      const AccumulationPlan &plan) {
  auto [it, isNew] = pieces.try_emplace(key);
  Piece &piece = it->second;
  if (!isNew)
    return piece;
  piece.module = buildKernel(sketch, spec, plan);
  if (!piece.module)
    return piece;
  FailureOr<Kernel> kernel = Kernel::get(*piece.module);
  if (failed(kernel))
    return piece;
  piece.kernel = std::move(*kernel);
  // Without flushes there is one loop to compile instead of three, two of them
  // alike.
  piece.flushCycles = estimateFlushes(*piece.kernel, sketch.target);
  for (KernelPass &pass : piece.kernel->passes)
    pass.capacity = 0;
  return piece;
}

std::optional<TileEstimate> PassCosts::modelPiece(const KernelSpec &spec,
                                                  const AccumulationPlan &plan,
                                                  MicroTile tile) {
  std::string piece = spec.str() + "; " + plan.str(spec.numPlanes);
  std::string key = llvm::formatv("{0}; {1}; {2}x{3}", target, piece, tile.rows,
                                  tile.vectors);
  if (auto known = ProcessMemory::get().lookup(key))
    return *known;
  std::optional<TileEstimate> result;
  if (Piece &alone = getPiece(piece, spec, plan); alone.kernel) {
    llvm::Expected<KernelCost> cost =
        costs.model(*alone.kernel, tile.rows, tile.vectors);
    if (cost)
      result = TileEstimate{tile.rows, tile.vectors,
                            cost->cycles + alone.flushCycles,
                            cost->simulatedCycles + alone.flushCycles};
    else
      llvm::consumeError(cost.takeError());
  }
  ProcessMemory::get().store(key, result);
  return result;
}

std::optional<TileEstimate> PassCosts::model(const KernelSpec &spec,
                                             const AccumulationPlan &plan,
                                             MicroTile tile) {
  TileEstimate sum{tile.rows, tile.vectors, 0};
  for (unsigned i = 0; i < plan.passes.size(); ++i) {
    auto alone = isolatePass(spec, plan, i);
    if (!alone)
      return modelPiece(spec, plan, tile);
    std::optional<TileEstimate> ofPass =
        modelPiece(alone->first, alone->second, tile);
    if (!ofPass)
      return std::nullopt;
    sum.cycles += ofPass->cycles;
    sum.simulatedCycles += ofPass->simulatedCycles;
  }
  return sum;
}
