//===- LoopIterationsTest.cpp - Counting by running the control flow ------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopIterations.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SourceMgr.h"

#include "gtest/gtest.h"

#include <map>

using namespace mlir::bitserial;

namespace {

/// How often the blocks of the only function with a body are executed, by name;
/// or the message, as the only key.
std::map<std::string, uint64_t> count(llvm::StringRef text,
                                      uint64_t maxSteps = 1000) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  std::unique_ptr<llvm::Module> module =
      llvm::parseAssemblyString(text, problem, context);
  if (!module)
    return {{problem.getMessage().str(), 0}};
  for (const llvm::Function &function : *module)
    if (!function.isDeclaration()) {
      auto counts = countBlockExecutions(function, maxSteps);
      if (!counts)
        return {{llvm::toString(counts.takeError()), 0}};
      std::map<std::string, uint64_t> result;
      for (const auto &[block, executions] : *counts)
        result[block->getName().str()] = executions;
      return result;
    }
  return {};
}

TEST(LoopIterations, InnerLoopThatDependsOnTheOuterOne) {
  std::map<std::string, uint64_t> expected = {
      {"entry", 1}, {"outer", 10}, {"inner", 55}, {"latch", 10}, {"exit", 1}};
  EXPECT_EQ(count(R"(
define void @f() {
entry:
  br label %outer
outer:
  %i = phi i32 [ 1, %entry ], [ %i.next, %latch ]
  br label %inner
inner:
  %j = phi i32 [ 0, %outer ], [ %j.next, %inner ]
  %j.next = add i32 %j, 1
  %more = icmp ult i32 %j.next, %i
  br i1 %more, label %inner, label %latch
latch:
  %i.next = add i32 %i, 1
  %done = icmp eq i32 %i.next, 11
  br i1 %done, label %exit, label %outer
exit:
  ret void
})"),
            expected);
}

TEST(LoopIterations, Operations) {
  // 3 * 5 = 15; 15 >> 1 = 7; 7 % 4 = 3; min 2; -2; signed max with 1: 1.
  std::map<std::string, uint64_t> expected = {
      {"entry", 1}, {"one", 1}, {"other", 0}, {"default", 0}};
  EXPECT_EQ(count(R"(
define void @f() {
entry:
  %a = mul i32 3, 5
  %b = lshr i32 %a, 1
  %c = urem i32 %b, 4
  %d = call i32 @llvm.umin.i32(i32 %c, i32 2)
  %e = sub i32 0, %d
  %f = trunc i32 %e to i8
  %g = sext i8 %f to i16
  %h = call i16 @llvm.smax.i16(i16 %g, i16 1)
  %negative = icmp slt i16 %g, 0
  %i = select i1 %negative, i16 %h, i16 7
  switch i16 %i, label %default [ i16 1, label %one
                                  i16 7, label %other ]
one:
  ret void
other:
  ret void
default:
  ret void
}
declare i32 @llvm.umin.i32(i32, i32)
declare i16 @llvm.smax.i16(i16, i16))"),
            expected);
}

TEST(LoopIterations, PhisAreEvaluatedTogether) {
  // Two numbers that change places: 0, 1, 0, ...; left when the first is 1.
  EXPECT_EQ(count(R"(
define void @f() {
entry:
  br label %loop
loop:
  %a = phi i32 [ 0, %entry ], [ %b, %loop ]
  %b = phi i32 [ 1, %entry ], [ %a, %loop ]
  %done = icmp eq i32 %a, 1
  br i1 %done, label %exit, label %loop
exit:
  ret void
})")["loop"],
            2u);
}

TEST(LoopIterations, BuffersDoNotOverlap) {
  std::map<std::string, uint64_t> expected = {
      {"entry", 1}, {"fast", 1}, {"slow", 0}};
  EXPECT_EQ(count(R"(
define void @f(ptr %x) {
entry:
  %y = call ptr @malloc(i64 64)
  %n = ptrtoint ptr %y to i64
  %m = add i64 %n, 63
  %o = and i64 %m, -64
  %z = inttoptr i64 %o to ptr
  %end = getelementptr i8, ptr %x, i64 256
  %above = icmp ult ptr %z, %end
  %last = getelementptr i32, ptr %z, i64 16
  %below = icmp ult ptr %x, %last
  %overlap = and i1 %above, %below
  br i1 %overlap, label %slow, label %fast
fast:
  ret void
slow:
  ret void
}
declare ptr @malloc(i64))"),
            expected);
}

TEST(LoopIterations, WhatCannotBeCounted) {
  auto messageOf = [](llvm::StringRef text, uint64_t maxSteps = 1000) {
    return count(text, maxSteps).begin()->first;
  };
  EXPECT_EQ(messageOf(R"(
define void @f(i1 %c) {
  br i1 %c, label %a, label %b
a:
  ret void
b:
  ret void
})"),
            "a branch depends on 'i1 %c'");
  EXPECT_EQ(messageOf(R"(
define void @f(ptr %p) {
  %c = load i1, ptr %p
  br i1 %c, label %a, label %b
a:
  ret void
b:
  ret void
})"),
            "a branch depends on '%c = load i1, ptr %p, align 1'");
  EXPECT_EQ(messageOf(R"(
define void @f() {
  %c = udiv i32 1, 0
  %d = icmp eq i32 %c, 0
  br i1 %d, label %a, label %b
a:
  ret void
b:
  ret void
})"),
            "a branch depends on an undefined number");
  EXPECT_EQ(messageOf(R"(
define void @f() {
entry:
  br label %loop
loop:
  br label %loop
})",
                      100),
            "it executes more than 100 blocks, too many to count");
}

} // namespace
