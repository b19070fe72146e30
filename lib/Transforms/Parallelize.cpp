//===- Parallelize.cpp - Loops with independent iterations ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiling and peeling are over and buffers are known when loops are made
// parallel. So nothing is believed of a loop because of where it came from:
// its iterations are shown to touch different memory. That holds whatever a
// schedule did, covers packing and elementwise loops as well, and a scratch
// buffer that bufferization placed outside the loop shows up as a conflict.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_PARALLELIZE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;

//===----------------------------------------------------------------------===//
// Indices as linear expressions
//===----------------------------------------------------------------------===//

/// How often a loop runs; none if that is not constant.
static std::optional<int64_t> tripCount(scf::ForOp loop) {
  std::optional<int64_t> lower = getConstantIntValue(loop.getLowerBound());
  std::optional<int64_t> upper = getConstantIntValue(loop.getUpperBound());
  std::optional<int64_t> step = getConstantIntValue(loop.getStep());
  if (!lower || !upper || !step || *step <= 0)
    return std::nullopt;
  return *upper > *lower ? llvm::divideCeil(*upper - *lower, *step) : 0;
}

namespace {
/// constant + sum of coefficient * value. A loop's index with constant bounds
/// stands for the number of the iteration, from 0 on, so that what goes in
/// steps of a tile is divided by the tile's size.
struct LinearIndex {
  int64_t constant = 0;
  llvm::SmallMapVector<Value, int64_t, 4> terms;

  void add(const LinearIndex &other, int64_t factor) {
    constant += factor * other.constant;
    for (auto [value, coefficient] : other.terms)
      terms[value] += factor * coefficient;
    terms.remove_if([](const auto &term) { return term.second == 0; });
  }

  /// Divides, rounding down, if that is linear.
  bool divide(int64_t divisor) {
    if (divisor <= 0 || llvm::any_of(terms, [&](const auto &term) {
          return term.second % divisor != 0;
        }))
      return false;
    constant = llvm::divideFloorSigned(constant, divisor);
    for (auto &term : terms)
      term.second /= divisor;
    return true;
  }

  std::optional<int64_t> asConstant() const {
    return terms.empty() ? std::optional(constant) : std::nullopt;
  }
};
} // namespace

static LinearIndex linearIndex(Value value);

static LinearIndex linearIndex(int64_t constant) {
  LinearIndex result;
  result.constant = constant;
  return result;
}

static LinearIndex linearIndex(OpFoldResult value) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return linearIndex(*constant);
  return linearIndex(cast<Value>(value));
}

/// None if `expr` is not linear in `operands`.
static std::optional<LinearIndex> linearIndex(AffineExpr expr, unsigned numDims,
                                              ValueRange operands) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return linearIndex(constant.getValue());
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return linearIndex(operands[dim.getPosition()]);
  if (auto symbol = dyn_cast<AffineSymbolExpr>(expr))
    return linearIndex(operands[numDims + symbol.getPosition()]);
  auto binary = cast<AffineBinaryOpExpr>(expr);
  if (!llvm::is_contained(
          {AffineExprKind::Add, AffineExprKind::Mul, AffineExprKind::FloorDiv},
          binary.getKind()))
    return std::nullopt;
  std::optional<LinearIndex> lhs =
      linearIndex(binary.getLHS(), numDims, operands);
  std::optional<LinearIndex> rhs =
      linearIndex(binary.getRHS(), numDims, operands);
  if (!lhs || !rhs)
    return std::nullopt;
  LinearIndex result;
  if (binary.getKind() == AffineExprKind::Add) {
    result.add(*lhs, 1);
    result.add(*rhs, 1);
    return result;
  }
  if (binary.getKind() == AffineExprKind::FloorDiv) {
    std::optional<int64_t> divisor = rhs->asConstant();
    return divisor && lhs->divide(*divisor) ? lhs : std::nullopt;
  }
  if (std::optional<int64_t> factor = rhs->asConstant())
    result.add(*lhs, *factor);
  else if (std::optional<int64_t> factor = lhs->asConstant())
    result.add(*rhs, *factor);
  else
    return std::nullopt;
  return result;
}

/// What is not linear is a term of its own.
static LinearIndex linearIndex(Value value) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return linearIndex(*constant);
  if (auto apply = value.getDefiningOp<affine::AffineApplyOp>())
    if (std::optional<LinearIndex> result =
            linearIndex(apply.getAffineMap().getResult(0),
                        apply.getAffineMap().getNumDims(), apply.getOperands()))
      return *result;
  LinearIndex result;
  if (scf::ForOp loop = scf::getForInductionVarOwner(value))
    if (tripCount(loop)) {
      result.constant = *getConstantIntValue(loop.getLowerBound());
      result.terms[value] = *getConstantIntValue(loop.getStep());
      return result;
    }
  auto combine = [&](Operation *op, int64_t rhsFactor) {
    result.add(linearIndex(op->getOperand(0)), 1);
    result.add(linearIndex(op->getOperand(1)), rhsFactor);
    return result;
  };
  if (auto add = value.getDefiningOp<arith::AddIOp>())
    return combine(add, 1);
  if (auto sub = value.getDefiningOp<arith::SubIOp>())
    return combine(sub, -1);
  if (auto mul = value.getDefiningOp<arith::MulIOp>())
    if (std::optional<int64_t> factor = getConstantIntValue(mul.getRhs())) {
      result.add(linearIndex(mul.getLhs()), *factor);
      return result;
    }
  result.terms[value] = 1;
  return result;
}

//===----------------------------------------------------------------------===//
// Memory that an iteration touches
//===----------------------------------------------------------------------===//

namespace {
/// A box within `memory`, which is defined outside the loop.
struct Access {
  Value memory;
  bool isWrite;
  SmallVector<LinearIndex> offsets;
  SmallVector<int64_t> sizes; // kDynamic: unknown
};
} // namespace

/// The allocation or function argument that a view is of; null if unknown.
static Value findBase(Value memory) {
  while (auto view = memory.getDefiningOp<ViewLikeOpInterface>())
    memory = view.getViewSource();
  if (auto argument = dyn_cast<BlockArgument>(memory))
    return isa<FunctionOpInterface>(argument.getOwner()->getParentOp())
               ? memory
               : Value();
  Operation *op = memory.getDefiningOp();
  return isa<memref::AllocOp, memref::AllocaOp, memref::GetGlobalOp>(op)
             ? memory
             : Value();
}

/// All of `memory`.
static Access wholeOf(Value memory, bool isWrite) {
  auto type = cast<MemRefType>(memory.getType());
  return {memory, isWrite,
          SmallVector<LinearIndex>(type.getRank(), LinearIndex()),
          llvm::to_vector(type.getShape())};
}

/// Replaces views made inside `loop` by what they are views of.
static void resolveViews(Access &access, Operation *loop) {
  while (Operation *op = access.memory.getDefiningOp()) {
    if (!loop->isProperAncestor(op))
      return;
    if (auto cast = dyn_cast<memref::CastOp>(op)) {
      access.memory = cast.getSource();
      continue;
    }
    auto subview = dyn_cast<memref::SubViewOp>(op);
    if (!subview) {
      auto view = dyn_cast<ViewLikeOpInterface>(op);
      if (!view)
        return;
      access = wholeOf(view.getViewSource(), access.isWrite);
      continue;
    }
    Access source = wholeOf(subview.getSource(), access.isWrite);
    llvm::SmallBitVector dropped = subview.getDroppedDims();
    unsigned dim = 0;
    for (unsigned i = 0; i < source.sizes.size(); ++i) {
      OpFoldResult size = subview.getMixedSizes()[i];
      source.offsets[i] = linearIndex(subview.getMixedOffsets()[i]);
      if (dropped.test(i)) {
        source.sizes[i] = 1;
        continue;
      }
      unsigned viewDim = dim++;
      if (getConstantIntValue(subview.getMixedStrides()[i]) == 1) {
        source.offsets[i].add(access.offsets[viewDim], 1);
        source.sizes[i] = access.sizes[viewDim];
      } else {
        // All between the first and the last element.
        std::optional<int64_t> count = getConstantIntValue(size);
        std::optional<int64_t> stride =
            getConstantIntValue(subview.getMixedStrides()[i]);
        source.sizes[i] = count && stride && *count > 0 && *stride > 0
                              ? (*count - 1) * *stride + 1
                              : ShapedType::kDynamic;
      }
    }
    access = std::move(source);
  }
}

/// The box at `indices` whose last dimensions have the sizes of `shape`.
static Access boxAt(Value memory, bool isWrite, ValueRange indices,
                    ArrayRef<int64_t> shape) {
  Access access = wholeOf(memory, isWrite);
  llvm::fill(access.sizes, 1);
  llvm::copy(shape, access.sizes.end() - shape.size());
  for (auto [offset, index] : llvm::zip_equal(access.offsets, indices))
    offset = linearIndex(index);
  return access;
}

/// What `op` touches of `memory`: exactly for loads and stores, else all of it.
static Access accessOf(Operation *op, Value memory, bool isWrite) {
  if (auto transfer = dyn_cast<VectorTransferOpInterface>(op))
    if (transfer.getPermutationMap().isMinorIdentity() &&
        !transfer.hasOutOfBoundsDim())
      return boxAt(memory, isWrite, transfer.getIndices(),
                   transfer.getVectorType().getShape());
  if (auto load = dyn_cast<memref::LoadOp>(op))
    return boxAt(memory, isWrite, load.getIndices(), {});
  if (auto store = dyn_cast<memref::StoreOp>(op))
    return boxAt(memory, isWrite, store.getIndices(), {});
  if (auto load = dyn_cast<vector::LoadOp>(op))
    return boxAt(memory, isWrite, load.getIndices(),
                 load.getVectorType().getShape());
  if (auto store = dyn_cast<vector::StoreOp>(op))
    return boxAt(memory, isWrite, store.getIndices(),
                 store.getVectorType().getShape());
  return wholeOf(memory, isWrite);
}

/// Adds to `accesses` all that `root` touches, but for what is allocated within
/// `owner`, in terms of memory outside of `scope`. Fails where that is not
/// known.
static LogicalResult collectAccesses(Operation *root, Operation *owner,
                                     Operation *scope,
                                     SmallVector<Access> &accesses) {
  auto visit = [&](Operation *op) -> WalkResult {
    if (op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
        isMemoryEffectFree(op) || op->hasTrait<OpTrait::IsTerminator>())
      return WalkResult::advance();
    auto interface = dyn_cast<MemoryEffectOpInterface>(op);
    if (!interface)
      return WalkResult::interrupt();
    SmallVector<MemoryEffects::EffectInstance> effects;
    interface.getEffects(effects);
    for (const MemoryEffects::EffectInstance &effect : effects) {
      if (isa<MemoryEffects::Allocate>(effect.getEffect()))
        continue;
      Value memory = effect.getValue();
      if (!memory || !isa<MemRefType>(memory.getType()))
        return WalkResult::interrupt();
      Value base = findBase(memory);
      if (!base)
        return WalkResult::interrupt();
      if (Operation *alloc = base.getDefiningOp())
        if (owner->isProperAncestor(alloc))
          continue; // each run has its own
      if (isa<MemoryEffects::Free>(effect.getEffect()))
        return WalkResult::interrupt();
      Access access =
          accessOf(op, memory, isa<MemoryEffects::Write>(effect.getEffect()));
      resolveViews(access, scope);
      accesses.push_back(std::move(access));
    }
    return WalkResult::advance();
  };
  return failure(root->walk(visit).wasInterrupted());
}

/// All that an iteration of `loop` touches outside of what it allocates itself.
/// Fails where that is not known.
static FailureOr<SmallVector<Access>> collectAccesses(scf::ForOp loop) {
  SmallVector<Access> accesses;
  for (Operation &op : *loop.getBody())
    if (failed(collectAccesses(&op, loop, loop, accesses)))
      return failure();
  return accesses;
}

//===----------------------------------------------------------------------===//
// Independence
//===----------------------------------------------------------------------===//

namespace {
/// An index in an iteration: stride * (its number) + invariant + a number from
/// `low` to `high`.
struct IndexRange {
  int64_t stride, low, high;
  LinearIndex invariant;
};
} // namespace

/// None where an index depends on the iteration in an unknown way.
static std::optional<IndexRange> rangeOf(const LinearIndex &index,
                                         scf::ForOp loop) {
  IndexRange range{0, index.constant, index.constant, {}};
  for (auto [value, coefficient] : index.terms) {
    if (value == loop.getInductionVar()) {
      range.stride = coefficient;
      continue;
    }
    if (loop.isDefinedOutsideOfLoop(value)) {
      range.invariant.terms[value] = coefficient;
      continue;
    }
    scf::ForOp inner = scf::getForInductionVarOwner(value);
    std::optional<int64_t> trips = inner ? tripCount(inner) : std::nullopt;
    if (!trips)
      return std::nullopt;
    int64_t last = coefficient * std::max<int64_t>(*trips - 1, 0);
    range.low += std::min<int64_t>(last, 0);
    range.high += std::max<int64_t>(last, 0);
  }
  return range;
}

/// Whether `a` in one iteration and `b` in another one, of `trips` in all,
/// never meet in dimension `dim`.
static bool areDisjoint(const Access &a, const Access &b, unsigned dim,
                        scf::ForOp loop, int64_t trips) {
  std::optional<IndexRange> first = rangeOf(a.offsets[dim], loop);
  std::optional<IndexRange> second = rangeOf(b.offsets[dim], loop);
  if (!first || !second || first->stride == 0 ||
      first->stride != second->stride || ShapedType::isDynamic(a.sizes[dim]) ||
      ShapedType::isDynamic(b.sizes[dim]))
    return false;
  first->invariant.add(second->invariant, -1);
  if (!first->invariant.terms.empty())
    return false;
  // With t iterations between them, they meet if t * distance is one of the
  // numbers from low to high; t is none of 0 and at most trips - 1.
  int64_t distance = std::abs(first->stride);
  int64_t low = first->low - (second->high + b.sizes[dim] - 1);
  int64_t high = first->high + a.sizes[dim] - 1 - second->low;
  auto meets = [&](int64_t from, int64_t to) {
    from = std::max<int64_t>(from, 1);
    to = std::min(to, distance * (trips - 1));
    return from <= to && to / distance > (from - 1) / distance;
  };
  return !meets(low, high) && !meets(-high, -low);
}

/// Whether no iteration of `loop` touches what another one writes.
static bool isParallel(scf::ForOp loop) {
  std::optional<int64_t> trips = tripCount(loop);
  if (!trips || !loop.getInitArgs().empty())
    return false;
  FailureOr<SmallVector<Access>> accesses = collectAccesses(loop);
  if (failed(accesses))
    return false;
  auto conflict = [&](const Access &a, const Access &b) {
    // Different allocations are different memory, and so are the arguments of
    // a function: it is part of the C interface.
    if ((!a.isWrite && !b.isWrite) || findBase(a.memory) != findBase(b.memory))
      return false;
    return a.memory != b.memory ||
           llvm::none_of(llvm::seq<unsigned>(0, a.sizes.size()),
                         [&](unsigned dim) {
                           return areDisjoint(a, b, dim, loop, *trips);
                         });
  };
  for (auto [index, access] : llvm::enumerate(*accesses))
    for (const Access &other : llvm::drop_begin(*accesses, index))
      if (conflict(access, other))
        return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Choice and rewriting
//===----------------------------------------------------------------------===//

/// Ops executed by one run of `block`, those on indices and views not counted.
static double countOps(Block &block) {
  double count = 0;
  for (Operation &op : block) {
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      count += countOps(*loop.getBody()) * tripCount(loop).value_or(1);
      continue;
    }
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        count += countOps(inner);
    bool isAddress =
        isa<ViewLikeOpInterface>(op) ||
        (op.getNumResults() == 1 && op.getResult(0).getType().isIndex());
    if (!isAddress && !op.hasTrait<OpTrait::IsTerminator>())
      ++count;
  }
  return count;
}

/// The loop that, but for index and view computations, is all of the body of
/// `loop`. Null if there is none.
static scf::ForOp findNestedLoop(scf::ForOp loop) {
  scf::ForOp nested;
  for (Operation &op : loop.getBody()->without_terminator()) {
    auto inner = dyn_cast<scf::ForOp>(op);
    if (inner && !nested)
      nested = inner;
    else if (!isPure(&op))
      return {};
  }
  // Its bounds must not depend on the outer loop.
  if (nested && tripCount(nested))
    return nested;
  return {};
}

/// Turns perfectly nested loops into one scf.parallel.
static void makeParallel(RewriterBase &rewriter, ArrayRef<scf::ForOp> loops) {
  scf::ForOp outer = loops.front();
  rewriter.setInsertionPoint(outer);
  SmallVector<Value> lower, upper, step;
  for (scf::ForOp loop : loops) {
    auto constant = [&](Value bound) -> Value {
      return arith::ConstantIndexOp::create(rewriter, loop.getLoc(),
                                            *getConstantIntValue(bound));
    };
    lower.push_back(constant(loop.getLowerBound()));
    upper.push_back(constant(loop.getUpperBound()));
    step.push_back(constant(loop.getStep()));
  }
  auto parallel =
      scf::ParallelOp::create(rewriter, outer.getLoc(), lower, upper, step);
  Block *body = parallel.getBody();
  for (unsigned depth = 0; depth < loops.size(); ++depth) {
    scf::ForOp loop = loops[depth];
    // The next loop is a body of its own; the rest is computed before it.
    scf::ForOp nested;
    if (depth + 1 < loops.size())
      nested = loops[depth + 1];
    for (Operation &op :
         llvm::make_early_inc_range(loop.getBody()->without_terminator()))
      if (&op != nested.getOperation())
        rewriter.moveOpBefore(&op, body->getTerminator());
    rewriter.replaceAllUsesWith(loop.getInductionVar(),
                                body->getArgument(depth));
  }
  for (scf::ForOp loop : llvm::reverse(loops))
    rewriter.eraseOp(loop);
}

//===----------------------------------------------------------------------===//
// Independent parts of a function
//===----------------------------------------------------------------------===//

namespace {
/// An op of a function's body, and what it touches.
struct Work {
  Operation *op;
  SmallVector<Access> accesses;
};
} // namespace

/// The numbers that an index of an access in the body of a function may be,
/// from one to the other; nullopt if that depends on more than loops.
static std::optional<std::pair<int64_t, int64_t>>
constantRange(const LinearIndex &index) {
  int64_t low = index.constant, high = index.constant;
  for (auto [value, coefficient] : index.terms) {
    scf::ForOp loop = scf::getForInductionVarOwner(value);
    std::optional<int64_t> trips = loop ? tripCount(loop) : std::nullopt;
    if (!trips)
      return std::nullopt;
    int64_t last = coefficient * std::max<int64_t>(*trips - 1, 0);
    low += std::min<int64_t>(last, 0);
    high += std::max<int64_t>(last, 0);
  }
  return std::pair(low, high);
}

/// Whether there is a dimension in which two accesses of the same memory never
/// meet.
static bool areApart(const Access &a, const Access &b) {
  if (a.memory != b.memory)
    return false;
  for (unsigned dim = 0; dim < a.sizes.size(); ++dim) {
    auto first = constantRange(a.offsets[dim]),
         second = constantRange(b.offsets[dim]);
    if (!first || !second || ShapedType::isDynamic(a.sizes[dim]) ||
        ShapedType::isDynamic(b.sizes[dim]))
      continue;
    if (first->second + a.sizes[dim] <= second->first ||
        second->second + b.sizes[dim] <= first->first)
      return true;
  }
  return false;
}

/// Whether two ops cannot change places: one writes to what the other touches,
/// or needs its result.
static bool dependOnOneAnother(const Work &a, const Work &b) {
  for (Operation *user : a.op->getUsers())
    if (b.op->isAncestor(user))
      return true;
  for (const Access &first : a.accesses)
    for (const Access &second : b.accesses)
      if ((first.isWrite || second.isWrite) &&
          findBase(first.memory) == findBase(second.memory) &&
          !areApart(first, second))
        return true;
  return false;
}

static double countOps(Operation *op) {
  double count = 1;
  for (Region &region : op->getRegions())
    for (Block &block : region)
      count += countOps(block);
  if (auto loop = dyn_cast<scf::ForOp>(op))
    count *= tripCount(loop).value_or(1);
  return count;
}

namespace {
/// The work in the body of a function. Views, constants and allocations come
/// before all of it, deallocations after it.
struct Body {
  SmallVector<Operation *> before, after;
  std::vector<Work> works;
  /// Of each, which of those before it it depends on.
  std::vector<SmallVector<size_t>> dependences;
};
} // namespace

/// Fails where it is not known what an op touches.
static FailureOr<Body> analyseBody(func::FuncOp func) {
  Body body;
  llvm::SmallPtrSet<Operation *, 16> early;
  for (Operation &op : func.getBody().front().without_terminator()) {
    bool isEarly = llvm::all_of(op.getOperands(), [&](Value operand) {
      Operation *def = operand.getDefiningOp();
      return !def || early.contains(def);
    });
    if (isEarly && (isPure(&op) || isa<memref::AllocOp>(op))) {
      body.before.push_back(&op);
      early.insert(&op);
      continue;
    }
    if (isa<memref::DeallocOp>(op)) {
      body.after.push_back(&op);
      continue;
    }
    Work work{&op, {}};
    if (failed(collectAccesses(&op, &op, func, work.accesses)))
      return failure();
    SmallVector<size_t> dependences;
    for (auto [index, other] : llvm::enumerate(body.works))
      if (dependOnOneAnother(other, work))
        dependences.push_back(index);
    body.works.push_back(std::move(work));
    body.dependences.push_back(std::move(dependences));
  }
  return body;
}

/// Works by whether a part has them, in order.
using Part = llvm::SmallBitVector;

/// Adds what `part` depends on.
static void close(Part &part, const Body &body) {
  for (size_t index = body.works.size(); index-- > 0;)
    if (part.test(index))
      for (size_t other : body.dependences[index])
        part.set(other);
}

/// Parts that large works, of at least `minOps`, fall into with all that they
/// depend on. What is done in several parts, such as packing activations that
/// all need, has to be little; everything has to be in one, and no part be much
/// longer than others. Empty if there are no two.
static SmallVector<Part> findParts(const Body &body, double minOps) {
  constexpr double kMostRepeated = 0.15, kMostUneven = 1.5;
  size_t numWorks = body.works.size();
  SmallVector<double> ops;
  for (const Work &work : body.works)
    ops.push_back(countOps(work.op));
  SmallVector<Part> parts;
  for (size_t index = 0; index < numWorks; ++index) {
    if (ops[index] < minOps)
      continue;
    Part part(numWorks);
    part.set(index);
    close(part, body);
    // One with those whose large works it needs.
    llvm::erase_if(parts, [&](const Part &other) {
      Part common = other;
      common &= part;
      bool isOne = llvm::any_of(common.set_bits(), [&](size_t shared) {
        return ops[shared] >= minOps;
      });
      if (isOne)
        part |= other;
      return isOne;
    });
    parts.push_back(std::move(part));
  }
  // Small works that follow a part, such as a last partial tile.
  for (size_t index = 0; index < numWorks; ++index)
    for (Part &part : parts)
      if (llvm::none_of(parts, [&](const Part &p) { return p.test(index); }) &&
          llvm::any_of(body.dependences[index],
                       [&](size_t other) { return part.test(other); })) {
        part.set(index);
        close(part, body);
      }
  if (parts.size() < 2)
    return {};
  Part all(numWorks);
  double total = 0, repeated = 0, longest = 0;
  for (const Part &part : parts) {
    double length = 0;
    for (size_t index : part.set_bits()) {
      (all.test(index) ? repeated : total) += ops[index];
      length += ops[index];
    }
    longest = std::max(longest, length);
    all |= part;
  }
  if (!all.all() || repeated > kMostRepeated * total ||
      longest * parts.size() > kMostUneven * (total + repeated))
    return {};
  return parts;
}

/// Whether all that `work` writes is allocated by the function.
static bool isPrivate(const Work &work) {
  return llvm::all_of(work.accesses, [](const Access &access) {
    return !access.isWrite || isa_and_nonnull<memref::AllocOp>(
                                  findBase(access.memory).getDefiningOp());
  });
}

/// Moves the views of memory before `parallel` into the alternative of `choice`
/// that is the only one to use them: what a thread finds out itself, it need
/// not be told.
static void moveViewsInto(RewriterBase &rewriter, scf::IndexSwitchOp choice,
                          Operation *parallel) {
  SmallVector<Operation *> views;
  for (Operation &op : *parallel->getBlock()) {
    if (&op == parallel)
      break;
    if (isa<ViewLikeOpInterface>(op) && !op.use_empty())
      views.push_back(&op);
  }
  for (Operation *view : llvm::reverse(views))
    for (Region &alternative : choice->getRegions())
      if (llvm::all_of(view->getUsers(), [&](Operation *user) {
            return alternative.isAncestor(user->getParentRegion());
          }))
        rewriter.moveOpBefore(view, &alternative.front(),
                              alternative.front().begin());
}

/// Turns the body of a function whose work falls into independent parts into a
/// loop over these.
static void makePartsParallel(RewriterBase &rewriter, func::FuncOp func,
                              double minOps) {
  if (!func.getBody().hasOneBlock())
    return;
  FailureOr<Body> body = analyseBody(func);
  if (failed(body))
    return;
  SmallVector<Part> parts = findParts(*body, minOps);
  if (parts.empty())
    return;
  // What is repeated must not be seen outside of a part.
  SmallVector<size_t> counts(body->works.size(), 0);
  for (const Part &part : parts)
    for (size_t index : part.set_bits())
      ++counts[index];
  for (auto [work, count] : llvm::zip_equal(body->works, counts))
    if (count > 1 && !isPrivate(work))
      return;

  Location loc = func.getLoc();
  Operation *terminator = func.getBody().front().getTerminator();
  for (Operation *op : body->before)
    rewriter.moveOpBefore(op, body->works.front().op);
  rewriter.setInsertionPoint(terminator);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  };
  auto parallel = scf::ParallelOp::create(
      rewriter, loc, ValueRange(constant(0)),
      ValueRange(constant(parts.size())), ValueRange(constant(1)));
  rewriter.setInsertionPointToStart(parallel.getBody());
  SmallVector<int64_t> cases;
  for (int64_t part = 1; part < int64_t(parts.size()); ++part)
    cases.push_back(part);
  auto choice = scf::IndexSwitchOp::create(rewriter, loc, TypeRange(),
                                           parallel.getInductionVars()[0],
                                           cases, cases.size());
  for (auto [part, region] : llvm::zip_equal(parts, choice->getRegions())) {
    Block &block = region.emplaceBlock();
    rewriter.setInsertionPointToEnd(&block);
    Operation *end = scf::YieldOp::create(rewriter, loc);
    // Where it repeats something, it has memory of its own for that.
    IRMapping mapping;
    llvm::SmallPtrSet<Operation *, 8> own;
    for (size_t index : part.set_bits())
      if (counts[index] > 1)
        for (const Access &access : body->works[index].accesses)
          if (Operation *alloc = findBase(access.memory).getDefiningOp();
              access.isWrite && alloc)
            own.insert(alloc);
    rewriter.setInsertionPoint(parallel);
    for (Operation *op : body->before) {
      bool isOwn = own.contains(op) ||
                   llvm::any_of(op->getOperands(), [&](Value operand) {
                     return mapping.contains(operand);
                   });
      if (isOwn)
        rewriter.clone(*op, mapping);
    }
    for (Operation *op : own) {
      Value memory = mapping.lookup(op->getResult(0));
      rewriter.setInsertionPoint(terminator);
      memref::DeallocOp::create(rewriter, loc, memory);
    }
    rewriter.setInsertionPoint(end);
    for (size_t index : part.set_bits())
      rewriter.clone(*body->works[index].op, mapping);
  }
  for (Work &work : llvm::reverse(body->works))
    rewriter.eraseOp(work.op);
  moveViewsInto(rewriter, choice, parallel);
  for (Operation *op : body->after)
    rewriter.moveOpBefore(op, terminator);
  remark::analysis(func.getLoc(),
                   remark::RemarkOpts::name("threads").category("bitserial"))
      << llvm::formatv("{0} independent parts run in parallel", parts.size())
             .str();
}

namespace {
struct ParallelizePass : bitserial::impl::ParallelizeBase<ParallelizePass> {
  using ParallelizeBase::ParallelizeBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    makePartsParallel(rewriter, getOperation(), minOps);
    SmallVector<SmallVector<scf::ForOp>> nests;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      // One level of threads is enough.
      if (isa<scf::ParallelOp, scf::ForallOp>(op))
        return WalkResult::skip();
      auto loop = dyn_cast<scf::ForOp>(op);
      if (!loop)
        return WalkResult::advance();
      int64_t iterations = tripCount(loop).value_or(1);
      if (countOps(*loop.getBody()) * iterations < minOps)
        return WalkResult::skip();
      if (iterations < 2 || !isParallel(loop))
        return WalkResult::advance();
      SmallVector<scf::ForOp> nest = {loop};
      while (iterations < minIterations) {
        scf::ForOp nested = findNestedLoop(nest.back());
        if (!nested || !isParallel(nested))
          break;
        nest.push_back(nested);
        iterations *= *tripCount(nested);
      }
      remark::analysis(
          loop.getLoc(),
          remark::RemarkOpts::name("threads").category("bitserial"))
          << llvm::formatv("{0} iterations run in parallel", iterations).str();
      nests.push_back(std::move(nest));
      return WalkResult::skip();
    });
    for (ArrayRef<scf::ForOp> nest : nests)
      makeParallel(rewriter, nest);
  }
};
} // namespace
