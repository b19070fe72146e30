//===- OpenMP.cpp - Code that uses OpenMP where there is one --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpenMP.h"
#include "bitserial_threads.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

#include <dlfcn.h>

using namespace llvm;

// Not omp_get_num_threads: where the program has GCC's OpenMP, that counts its
// threads.
static constexpr StringRef kTeamSize = "__kmpc_bound_num_threads";

/// The most arguments of a region that runtime/Threads.c takes.
static constexpr unsigned kMaxArguments = 4;

namespace {
/// A function that compiled code may call, and what stands for it where the
/// process has no LLVM OpenMP.
struct RuntimeFunction {
  StringRef name;
  void *own;
};
} // namespace

extern "C" {
// Of runtime/Threads.c.
void __kmpc_fork_call(void *, int32_t, void *, ...);
void __kmpc_push_num_threads(void *, int32_t, int32_t);
int32_t __kmpc_global_thread_num(void *);
int32_t __kmpc_bound_num_threads(void *);
void __kmpc_barrier(void *, int32_t);
}

static ArrayRef<RuntimeFunction> runtimeFunctions() {
  static const RuntimeFunction functions[] = {
      {"__kmpc_fork_call", reinterpret_cast<void *>(&__kmpc_fork_call)},
      {"__kmpc_push_num_threads",
       reinterpret_cast<void *>(&__kmpc_push_num_threads)},
      {"__kmpc_global_thread_num",
       reinterpret_cast<void *>(&__kmpc_global_thread_num)},
      {kTeamSize, reinterpret_cast<void *>(&__kmpc_bound_num_threads)},
      {"__kmpc_barrier", reinterpret_cast<void *>(&__kmpc_barrier)},
  };
  return functions;
}

//===----------------------------------------------------------------------===//
// Conditional calls
//===----------------------------------------------------------------------===//

/// Calls the function of a parallel region as the runtime would in a team of
/// one: `__kmpc_fork_call(location, count, region, arguments...)` calls
/// `region(&thread, &thread in team, arguments...)`.
static void callRegionDirectly(CallInst *fork, Instruction *before) {
  IRBuilder<> builder(before);
  auto *region = cast<Function>(fork->getArgOperand(2)->stripPointerCasts());
  BasicBlock &entry = fork->getFunction()->getEntryBlock();
  IRBuilder<> atEntry(&entry, entry.begin());
  Value *thread = atEntry.CreateAlloca(builder.getInt32Ty());
  builder.CreateStore(builder.getInt32(0), thread);
  SmallVector<Value *> arguments = {thread, thread};
  append_range(arguments, drop_begin(fork->args(), 3));
  builder.CreateCall(region, arguments);
}

/// Without the runtime, loops run over all iterations, which is what their
/// bounds say before `__kmpc_for_static_init` changes them; the thread is 0;
/// everything else does nothing.
static void makeConditional(CallInst *call) {
  Function *function = call->getCalledFunction();
  IRBuilder<> builder(call);
  Value *exists = builder.CreateIsNotNull(function);
  bool isFork = function->getName() == "__kmpc_fork_call";
  Instruction *present = nullptr, *absent = nullptr;
  if (isFork)
    SplitBlockAndInsertIfThenElse(exists, call, &present, &absent);
  else
    present = SplitBlockAndInsertIfThen(exists, call, /*Unreachable=*/false);
  BasicBlock *head = isFork ? absent->getParent()
                            : present->getParent()->getSinglePredecessor();
  Instruction *tail = call;
  if (!call->getType()->isVoidTy()) {
    builder.SetInsertPoint(tail);
    PHINode *phi = builder.CreatePHI(call->getType(), 2);
    call->replaceAllUsesWith(phi);
    phi->addIncoming(call, present->getParent());
    phi->addIncoming(Constant::getNullValue(call->getType()), head);
  }
  if (isFork)
    callRegionDirectly(call, absent);
  call->moveBefore(present->getIterator());
}

/// Whether nothing is done from `instruction` on, before the function returns.
static bool isAtEnd(Instruction *instruction) {
  SmallPtrSet<BasicBlock *, 8> seen;
  while (true) {
    if (isa<ReturnInst>(instruction))
      return true;
    auto *branch = dyn_cast<BranchInst>(instruction);
    if (branch && branch->isUnconditional()) {
      if (!seen.insert(branch->getSuccessor(0)).second)
        return false;
      instruction = &branch->getSuccessor(0)->front();
    } else if (instruction->isTerminator() ||
               instruction->mayHaveSideEffects()) {
      return false;
    } else {
      instruction = instruction->getNextNode();
    }
  }
}

/// Threads meet at the end of a parallel region. A barrier before that, which
/// ends its last loop, has them meet twice.
static void removeLastBarriers(Module &module) {
  Function *barrier = module.getFunction("__kmpc_barrier");
  if (!barrier)
    return;
  for (User *user : make_early_inc_range(barrier->users()))
    if (auto *call = dyn_cast<CallInst>(user))
      if (call->use_empty() && isAtEnd(call->getNextNode()))
        call->eraseFromParent();
}

/// Divides the iterations of a loop among the threads of its region as
/// `__kmpc_for_static_init` does for its static schedule: blocks of equal
/// length, the first ones longer by one iteration where that does not come out
/// even. In place, since the runtime's bookkeeping of loops takes as long as
/// forking: a third of a microsecond, where small layers take fifteen.
static void divideInPlace(CallInst *init) {
  // location, thread, schedule, last, lower, upper, stride, increment, chunk.
  constexpr int64_t kStatic = 34;
  Function *region = init->getFunction();
  auto *schedule = dyn_cast<ConstantInt>(init->getArgOperand(2));
  auto *increment = dyn_cast<ConstantInt>(init->getArgOperand(7));
  bool isRegion = any_of(region->users(), [](User *user) {
    auto *fork = dyn_cast<CallInst>(user);
    return fork && fork->getCalledFunction() &&
           fork->getCalledFunction()->getName() == "__kmpc_fork_call";
  });
  if (!isRegion || !schedule || !schedule->equalsInt(kStatic) || !increment ||
      !increment->isOne())
    return;

  Type *type = increment->getType();
  IRBuilder<> builder(init);
  Value *location = init->getArgOperand(0);
  FunctionCallee getCount = init->getModule()->getOrInsertFunction(
      kTeamSize, builder.getInt32Ty(), location->getType());
  // A region gets a pointer to its thread's number in the team.
  Value *thread = builder.CreateZExt(
      builder.CreateLoad(builder.getInt32Ty(), region->getArg(1)), type);
  // At least 1, which makes up for the 0 of programs without the runtime.
  Value *threads = builder.CreateBinaryIntrinsic(
      Intrinsic::umax,
      builder.CreateZExt(builder.CreateCall(getCount, location), type),
      ConstantInt::get(type, 1));
  Value *first = builder.CreateLoad(type, init->getArgOperand(4));
  Value *last = builder.CreateLoad(type, init->getArgOperand(5));
  Value *count = builder.CreateAdd(builder.CreateSub(last, first), increment);
  Value *least = builder.CreateUDiv(count, threads);
  Value *rest = builder.CreateURem(count, threads);
  Value *begin = builder.CreateAdd(
      builder.CreateAdd(first, builder.CreateMul(thread, least)),
      builder.CreateBinaryIntrinsic(Intrinsic::umin, thread, rest));
  Value *length = builder.CreateAdd(
      least, builder.CreateZExt(builder.CreateICmpULT(thread, rest), type));
  builder.CreateStore(begin, init->getArgOperand(4));
  builder.CreateStore(
      builder.CreateSub(builder.CreateAdd(begin, length), increment),
      init->getArgOperand(5));

  auto *thisThread = dyn_cast<CallInst>(init->getArgOperand(1));
  init->eraseFromParent();
  if (thisThread && thisThread->use_empty())
    thisThread->eraseFromParent();
}

/// Passes what a region is told as arguments of its own, where that is a few
/// pointers: LLVM's OpenMP lowering puts it into a struct on the stack of the
/// thread that forks, and the others would wait for another cache line.
static void passDirectly(CallInst *fork) {
  constexpr unsigned kFirst = 3; // after location, count, region
  if (fork->arg_size() != kFirst + 1)
    return;
  auto *memory = dyn_cast<AllocaInst>(fork->getArgOperand(kFirst));
  auto *fields =
      memory ? dyn_cast<StructType>(memory->getAllocatedType()) : nullptr;
  auto *region =
      dyn_cast<Function>(fork->getArgOperand(kFirst - 1)->stripPointerCasts());
  if (!fields || !region || fields->getNumElements() > kMaxArguments ||
      any_of(fields->elements(),
             [](Type *type) { return !type->isPointerTy(); }))
    return;

  // A region that puts the struct on its own stack, where it soon vanishes.
  SmallVector<Type *> types(2 + fields->getNumElements(),
                            PointerType::getUnqual(fork->getContext()));
  auto *direct = Function::Create(
      FunctionType::get(region->getReturnType(), types, /*isVarArg=*/false),
      GlobalValue::InternalLinkage);
  fork->getModule()->getFunctionList().insert(region->getIterator(), direct);
  direct->takeName(region);
  region->setName(direct->getName() + ".body");
  direct->addFnAttrs(
      AttrBuilder(fork->getContext(), region->getAttributes().getFnAttrs()));
  IRBuilder<> inside(BasicBlock::Create(fork->getContext(), "", direct));
  Value *own = inside.CreateAlloca(fields);
  IRBuilder<> outside(fork);
  SmallVector<Value *> arguments(fork->arg_begin(), fork->arg_begin() + kFirst);
  arguments[1] = outside.getInt32(fields->getNumElements());
  arguments[2] = direct;
  for (auto [index, type] : enumerate(fields->elements())) {
    inside.CreateStore(direct->getArg(2 + index),
                       inside.CreateStructGEP(fields, own, index));
    arguments.push_back(outside.CreateLoad(
        type, outside.CreateStructGEP(fields, memory, index)));
  }
  inside.CreateCall(region, {direct->getArg(0), direct->getArg(1), own});
  inside.CreateRetVoid();
  outside.CreateCall(fork->getFunctionType(), fork->getCalledOperand(),
                     arguments);
  fork->eraseFromParent();
}

/// The calls of functions whose names begin with `prefix`.
static SmallVector<CallInst *> findCalls(Module &module, StringRef prefix) {
  SmallVector<CallInst *> calls;
  for (Function &function : module)
    if (function.isDeclaration() && function.getName().starts_with(prefix))
      for (User *user : function.users())
        calls.push_back(cast<CallInst>(user));
  return calls;
}

static void divideLoops(Module &module) {
  constexpr StringRef kInit = "__kmpc_for_static_init_";
  for (CallInst *init : findCalls(module, kInit))
    divideInPlace(init);
  // What the runtime does not know to begin it need not know to end.
  SmallPtrSet<Function *, 4> others;
  for (CallInst *init : findCalls(module, kInit))
    others.insert(init->getFunction());
  for (CallInst *fini : findCalls(module, "__kmpc_for_static_fini"))
    if (!others.contains(fini->getFunction()))
      fini->eraseFromParent();
}

Expected<bool> mlir::bitserial::makeOpenMPOptional(Module &module) {
  removeLastBarriers(module);
  divideLoops(module);
  for (CallInst *fork : findCalls(module, "__kmpc_fork_call"))
    passDirectly(fork);
  SmallVector<CallInst *> calls = findCalls(module, "__kmpc_");
  for (CallInst *call : calls) {
    Function *function = call->getCalledFunction();
    if (none_of(runtimeFunctions(), [&](const RuntimeFunction &known) {
          return known.name == function->getName();
        }))
      return createStringError(
          formatv("the code calls {0} of OpenMP, which is not supported: "
                  "parallel loops have a static schedule and no reductions",
                  function->getName()));
    function->setLinkage(GlobalValue::ExternalWeakLinkage);
    makeConditional(call);
  }
  return !calls.empty();
}

//===----------------------------------------------------------------------===//
// The runtime in this process
//===----------------------------------------------------------------------===//

mlir::bitserial::ThreadRuntime::ThreadRuntime() {
  for (const char *name : {"libomp.so.5", "libomp.so", "libiomp5.so"})
    if ((handle = dlopen(name, RTLD_NOW | RTLD_NOLOAD)))
      return;
}

SmallVector<std::pair<StringRef, void *>>
mlir::bitserial::ThreadRuntime::functions() const {
  SmallVector<std::pair<StringRef, void *>> result;
  for (const RuntimeFunction &function : runtimeFunctions())
    result.emplace_back(function.name,
                        handle ? dlsym(handle, function.name.str().c_str())
                               : function.own);
  return result;
}

int mlir::bitserial::ThreadRuntime::setNumThreads(int threads) const {
  if (!handle) {
    int previous = bitserial_get_max_threads();
    bitserial_set_num_threads(threads);
    return previous;
  }
  auto get = reinterpret_cast<int (*)()>(dlsym(handle, "omp_get_max_threads"));
  auto set =
      reinterpret_cast<void (*)(int)>(dlsym(handle, "omp_set_num_threads"));
  int previous = get();
  set(threads);
  return previous;
}
