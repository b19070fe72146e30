//===- PlanMemory.cpp - One arena for temporary buffers -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/MemoryPlan.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_PLANMEMORY
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

int64_t bitserial::planMemory(MutableArrayRef<BufferLifetime> buffers) {
  SmallVector<BufferLifetime *> bySize;
  for (BufferLifetime &buffer : buffers)
    bySize.push_back(&buffer);
  llvm::sort(bySize, [](const auto *a, const auto *b) {
    return std::tie(b->size, a) < std::tie(a->size, b);
  });
  int64_t total = 0;
  SmallVector<BufferLifetime *> placed; // by offset
  for (BufferLifetime *buffer : bySize) {
    // The smallest gap among those that live at the same time.
    int64_t end = 0;
    std::optional<int64_t> best;
    int64_t bestGap = INT64_MAX;
    for (BufferLifetime *other : placed) {
      if (other->last < buffer->first || buffer->last < other->first)
        continue;
      int64_t gap = other->offset - end;
      if (gap >= buffer->size && gap < bestGap) {
        bestGap = gap;
        best = end;
      }
      end = std::max(end, other->offset + other->size);
    }
    buffer->offset = best.value_or(end);
    total = std::max(total, buffer->offset + buffer->size);
    placed.insert(llvm::upper_bound(placed, buffer,
                                    [](const auto *a, const auto *b) {
                                      return a->offset < b->offset;
                                    }),
                  buffer);
  }
  return total;
}

//===----------------------------------------------------------------------===//
// Buffers of a function
//===----------------------------------------------------------------------===//

/// What the buffers of different threads are apart, in bytes. Where a thread
/// goes through memory, hardware fetches what follows, up to the end of a page,
/// and takes it from another thread's cache.
constexpr int64_t kThreadDistance = 4096;

/// The largest buffer that gets a place in the arena, in bytes: more than any
/// machine has, and so little that no sum of sizes overflows.
constexpr int64_t kLargestBuffer = int64_t(1) << 40;

namespace {
struct Buffer {
  memref::AllocOp alloc;
  memref::DeallocOp dealloc;
  int64_t size; // in bytes
};

/// What gets a place of its own in the arena: a buffer, or all those of a
/// thread.
struct Placement {
  SmallVector<Buffer> buffers;
  Block *thread; // null: of any
};
} // namespace

/// The size in memory, a multiple of the arena's alignment; nullopt if it is
/// not known or too large for the arena.
static std::optional<int64_t> getSize(MemRefType type) {
  Type element = type.getElementType();
  if (!type.hasStaticShape() || !type.getLayout().isIdentity() ||
      type.getMemorySpace() || !element.isIntOrFloat())
    return std::nullopt;
  int64_t bytes =
      llvm::PowerOf2Ceil(llvm::divideCeil(element.getIntOrFloatBitWidth(), 8));
  for (int64_t size : type.getShape())
    if (llvm::MulOverflow(bytes, size, bytes))
      return std::nullopt;
  if (bytes > kLargestBuffer)
    return std::nullopt;
  return llvm::alignTo(std::max<int64_t>(bytes, 1), kArenaAlignment);
}

/// The op that frees `alloc` in the block that it stands in, if no other op
/// frees it.
static memref::DeallocOp findDealloc(memref::AllocOp alloc) {
  memref::DeallocOp result;
  for (Operation *user : alloc->getUsers())
    if (auto dealloc = dyn_cast<memref::DeallocOp>(user)) {
      if (result || dealloc->getBlock() != alloc->getBlock())
        return {};
      result = dealloc;
    }
  return result;
}

/// The first op in the block of `alloc` that uses it, or in which it is used.
/// Bufferization allocates where the tensor was created, often far above.
static Operation *findFirstUse(memref::AllocOp alloc) {
  Operation *first = nullptr;
  for (Operation *user : alloc->getUsers()) {
    Operation *inBlock = alloc->getBlock()->findAncestorOpInBlock(*user);
    if (!first || inBlock->isBeforeInBlock(first))
      first = inBlock;
  }
  return first;
}

/// If one alternative of those that a parallel loop chooses from (see
/// bitserial-parallelize) is all that uses `buffer`, its block, else null.
static Block *findThread(const Buffer &buffer) {
  Block *thread = nullptr;
  for (Operation *user : buffer.alloc->getUsers()) {
    if (user == buffer.dealloc)
      continue;
    auto parallel = user->getParentOfType<scf::ParallelOp>();
    auto choice =
        parallel ? dyn_cast<scf::IndexSwitchOp>(parallel.getBody()->front())
                 : scf::IndexSwitchOp();
    if (!choice)
      return nullptr;
    // None: before or after the choice.
    Block *alternative = nullptr;
    for (Region &region : choice->getRegions())
      if (region.isAncestor(user->getParentRegion()))
        alternative = &region.front();
    if (!alternative || (thread && thread != alternative))
      return nullptr;
    thread = alternative;
  }
  return thread;
}

/// Replaces the buffers of `func` that have a lifetime in it by parts of
/// `arena()`. Returns the size of the arena.
static int64_t placeBuffers(func::FuncOp func,
                            llvm::function_ref<Value(int64_t)> getArena) {
  // Positions in the order of the code. A loop's come between those of the
  // buffers that live while it runs.
  llvm::DenseMap<Operation *, int64_t> positions;
  SmallVector<memref::AllocOp> allocs;
  func.walk<WalkOrder::PreOrder>([&](Operation *op) {
    positions[op] = positions.size();
    if (auto alloc = dyn_cast<memref::AllocOp>(op))
      allocs.push_back(alloc);
  });
  SmallVector<Placement> placements;
  SmallVector<BufferLifetime> lifetimes;
  llvm::DenseMap<Block *, size_t> indices;
  for (memref::AllocOp alloc : allocs) {
    std::optional<int64_t> size = getSize(alloc.getType());
    memref::DeallocOp dealloc = findDealloc(alloc);
    // The iterations of a parallel loop each need their own.
    if (!size || !dealloc || alloc->getParentOfType<scf::ParallelOp>())
      continue;
    Buffer buffer{alloc, dealloc, *size};
    Block *thread = findThread(buffer);
    auto [it, isNew] = indices.try_emplace(thread, placements.size());
    BufferLifetime lifetime{*size, positions[findFirstUse(alloc)],
                            positions[dealloc], /*offset=*/0};
    if (!thread || isNew) {
      placements.push_back({{buffer}, thread});
      lifetime.size += thread ? kThreadDistance : 0;
      lifetimes.push_back(lifetime);
      continue;
    }
    placements[it->second].buffers.push_back(buffer);
    BufferLifetime &all = lifetimes[it->second];
    all.size += *size;
    all.first = std::min(all.first, lifetime.first);
    all.last = std::max(all.last, lifetime.last);
  }
  if (placements.empty())
    return 0;
  int64_t total = planMemory(lifetimes);
  Value arena = getArena(total);
  OpBuilder b(func.getContext());
  for (auto [placement, lifetime] : llvm::zip_equal(placements, lifetimes)) {
    int64_t offset = lifetime.offset;
    for (Buffer &buffer : placement.buffers) {
      // In the thread itself, which need not be told where it is then.
      if (placement.thread)
        b.setInsertionPointToStart(placement.thread);
      else
        b.setInsertionPoint(buffer.alloc);
      Location loc = buffer.alloc.getLoc();
      Value start = arith::ConstantIndexOp::create(b, loc, offset);
      Value view = memref::ViewOp::create(b, loc, buffer.alloc.getType(), arena,
                                          start, ValueRange());
      offset += buffer.size;
      buffer.dealloc.erase();
      buffer.alloc.replaceAllUsesWith(view);
      buffer.alloc.erase();
    }
  }
  return total;
}

/// Adds to `module` a function of the name and arguments that `entry` had,
/// which allocates the arena that is `entry`'s last argument now.
static void addAllocatingEntry(ModuleOp module, func::FuncOp entry,
                               StringRef name) {
  OpBuilder b(entry);
  Location loc = entry.getLoc();
  FunctionType type = entry.getFunctionType();
  auto outer = func::FuncOp::create(
      b, loc, name,
      b.getFunctionType(type.getInputs().drop_back(), type.getResults()));
  outer->setDiscardableAttrs(entry->getDiscardableAttrDictionary());
  Block *block = outer.addEntryBlock();
  b.setInsertionPointToStart(block);
  Value arena =
      memref::AllocOp::create(b, loc, cast<MemRefType>(type.getInputs().back()),
                              b.getI64IntegerAttr(kArenaAlignment));
  SmallVector<Value> arguments(block->getArguments());
  arguments.push_back(arena);
  auto call = func::CallOp::create(b, loc, entry, arguments);
  memref::DeallocOp::create(b, loc, arena);
  func::ReturnOp::create(b, loc, call.getResults());
}

namespace {
struct PlanMemoryPass : bitserial::impl::PlanMemoryBase<PlanMemoryPass> {
  LogicalResult plan(func::FuncOp func, SymbolTable &symbols) {
    MLIRContext *context = &getContext();
    unsigned numArguments = func.getNumArguments();
    int64_t size = placeBuffers(func, [&](int64_t size) -> Value {
      auto type = MemRefType::get({size}, IntegerType::get(context, 8));
      (void)func.insertArgument(numArguments, type, {}, func.getLoc());
      return func.getArgument(numArguments);
    });
    WalkResult allocates = func.walk([](Operation *op) {
      return isa<memref::AllocOp, func::CallOp>(op) ? WalkResult::interrupt()
                                                    : WalkResult::advance();
    });
    if (allocates.wasInterrupted())
      func->setAttr(kAllocatesAttrName, UnitAttr::get(context));
    if (size == 0)
      return success();
    func->setAttr(kArenaAttrName,
                  IntegerAttr::get(IntegerType::get(context, 64), size));
    std::string name = func.getName().str();
    std::string inArena = name + kArenaSuffix.str();
    if (symbols.lookup(inArena))
      return func.emitError()
             << "'" << inArena << "', the name of the variant of '" << name
             << "' that gets its memory from the caller, is taken";
    if (failed(symbols.rename(func, inArena)))
      return failure();
    addAllocatingEntry(getOperation(), func, name);
    return success();
  }

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    SmallVector<func::FuncOp> functions(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp func : functions)
      if (func.isPublic() && !func.isExternal() && failed(plan(func, symbols)))
        return signalPassFailure();
  }
};
} // namespace
