//===- ProofRecord.cpp - What programs of a user have proved --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/ProofRecord.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <unistd.h>

using namespace mlir;
using namespace mlir::bitserial;

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

std::string ProofRecord::getDefaultPath() {
  SmallString<128> result;
  const char *xdg = std::getenv("XDG_STATE_HOME");
  if (xdg && path::is_absolute(xdg)) {
    result = xdg;
  } else {
    if (!path::home_directory(result) || !path::is_absolute(result))
      return "";
    path::append(result, ".local", "state");
  }
  path::append(result, "bitserial", "proved");
  return result.str().str();
}

/// Whether a file is the user's own, and nobody else may write it.
static bool isPrivate(const fs::file_status &status) {
  return fs::is_regular_file(status) && status.getUser() == geteuid() &&
         !(status.permissions() & (fs::group_write | fs::others_write));
}

bool ProofRecord::contains(StringRef hash) const {
  fs::file_status status;
  if (path.empty() || hash.empty() || fs::status(path, status) ||
      !isPrivate(status))
    return false;
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false,
                                            /*IsVolatile=*/true);
  if (!buffer)
    return false;
  for (StringRef line : llvm::split((*buffer)->getBuffer(), '\n'))
    if (line == hash)
      return true;
  return false;
}

void ProofRecord::add(StringRef hash) const {
  if (path.empty() || contains(hash) ||
      fs::create_directories(path::parent_path(path), /*IgnoreExisting=*/true,
                             fs::owner_all))
    return;
  int file;
  if (fs::openFileForWrite(path, file, fs::CD_OpenAlways, fs::OF_Append,
                           fs::owner_read | fs::owner_write))
    return;
  // One line in one write, which is atomic at the end of a file. The break
  // before it ends what a full disk may have cut short.
  llvm::raw_fd_ostream os(file, /*shouldClose=*/true);
  os << "\n" + hash.str() + "\n";
  os.close();
  os.clear_error();
}
