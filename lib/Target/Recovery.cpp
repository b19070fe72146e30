//===- Recovery.cpp - Fatal errors of LLVM as errors ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Recovery.h"

#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>
#include <string>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define BITSERIAL_LEAKS_EXPECTED __lsan::ScopedDisabler leaksExpected
#endif
#endif
#ifndef BITSERIAL_LEAKS_EXPECTED
#define BITSERIAL_LEAKS_EXPECTED (void)0
#endif

using llvm::Error;

namespace {

/// Where a fatal error on this thread leaves its message.
thread_local std::string *fatalMessage = nullptr;

void onFatalError(void *, const char *reason, bool) {
  if (fatalMessage)
    *fatalMessage = reason;
  // Does not return: continues after RunSafely below.
  if (llvm::CrashRecoveryContext *recovery =
          llvm::CrashRecoveryContext::GetCurrent())
    recovery->HandleExit(1);
  llvm::errs() << "LLVM ERROR: " << reason << '\n';
}

/// Installs the handlers, which are global to the process, for as long as any
/// thread is inside.
class ScopedRecovery {
public:
  ScopedRecovery() {
    std::lock_guard<std::mutex> lock(mutex);
    if (users++ == 0) {
      llvm::install_fatal_error_handler(onFatalError);
      llvm::CrashRecoveryContext::Enable();
    }
  }
  ~ScopedRecovery() {
    std::lock_guard<std::mutex> lock(mutex);
    if (--users == 0) {
      llvm::CrashRecoveryContext::Disable();
      llvm::remove_fatal_error_handler();
    }
  }

private:
  static std::mutex mutex;
  static unsigned users;
};

std::mutex ScopedRecovery::mutex;
unsigned ScopedRecovery::users = 0;

} // namespace

Error mlir::bitserial::runProtected(llvm::function_ref<void()> function) {
  // What is allocated inside is lost when LLVM gives up.
  BITSERIAL_LEAKS_EXPECTED;
  std::string message;
  ScopedRecovery scope;
  llvm::CrashRecoveryContext recovery;
  std::string *outer = std::exchange(fatalMessage, &message);
  bool completed = recovery.RunSafely(function);
  fatalMessage = outer;
  if (completed)
    return Error::success();
  if (message.empty())
    message = "LLVM crashed";
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}
