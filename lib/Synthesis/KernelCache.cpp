//===- KernelCache.cpp - Kernels kept between runs ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelCache.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::createStringError;

namespace path = llvm::sys::path;

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

static constexpr StringLiteral kMark = "// bitserial kernel, format 1\n";
static constexpr StringLiteral kKey = "// key: ";
static constexpr StringLiteral kHash = "// blake3: ";

std::string bitserial::hashText(StringRef text) {
  return llvm::toHex(llvm::BLAKE3::hash(llvm::arrayRefFromStringRef(text)),
                     /*LowerCase=*/true);
}

std::string bitserial::hashEntry(StringRef key, StringRef text) {
  return hashText((key + "\n" + text).str());
}

std::string bitserial::makeKernelEntry(StringRef key, StringRef text) {
  assert(!key.contains('\n') && "a key has one line");
  return (kMark + kKey + key + "\n" + kHash + hashEntry(key, text) + "\n" +
          text)
      .str();
}

llvm::Expected<std::pair<std::string, std::string>>
bitserial::parseKernelEntry(StringRef entry) {
  StringRef key, hash;
  if (!entry.consume_front(kMark))
    return createStringError("it is not of this program's format");
  if (entry.consume_front(kKey))
    std::tie(key, entry) = entry.split('\n');
  if (entry.consume_front(kHash))
    std::tie(hash, entry) = entry.split('\n');
  if (hash != hashEntry(key, entry))
    return createStringError("its content does not have the hash it states");
  return std::make_pair(key.str(), entry.str());
}

//===----------------------------------------------------------------------===//
// The folder
//===----------------------------------------------------------------------===//

std::string KernelCache::getDefaultDirectory() {
  if (const char *directory = std::getenv("BITSERIAL_CACHE_DIR"))
    return directory;
  SmallString<128> result;
  const char *xdg = std::getenv("XDG_CACHE_HOME");
  if (xdg && path::is_absolute(xdg)) {
    result = xdg;
  } else {
    if (!path::home_directory(result) || !path::is_absolute(result))
      return "";
    path::append(result, ".cache");
  }
  path::append(result, "bitserial", "kernels");
  return result.str().str();
}

std::string KernelCache::getPath(StringRef name, StringRef key) const {
  SmallString<128> result(folder);
  path::append(result, name + "-" + hashText(key).substr(0, 16) + ".mlir");
  return result.str().str();
}

/// The size of the largest file that can be a kernel.
static constexpr uint64_t kMaxFileSize = uint64_t(1) << 24;

/// Reads a file without mapping it, since others may write it. Nullopt if there
/// is none. What is no file is not opened: a pipe may wait for its writer, and
/// a device not end.
static std::optional<llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>>
readFile(const Twine &file) {
  llvm::sys::fs::file_status status;
  if (!llvm::sys::fs::status(file, status)) {
    if (llvm::sys::fs::is_directory(status))
      return std::make_error_code(std::errc::is_a_directory);
    if (!llvm::sys::fs::is_regular_file(status))
      return std::make_error_code(std::errc::invalid_argument);
    if (status.getSize() > kMaxFileSize)
      return std::make_error_code(std::errc::file_too_large);
  }
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false,
                                            /*IsVolatile=*/true);
  if (!buffer && (buffer.getError() == std::errc::no_such_file_or_directory ||
                  buffer.getError() == std::errc::not_a_directory))
    return std::nullopt;
  return buffer;
}

/// Reads an entry; `key` is empty if any is wanted.
static KernelCache::Entry readEntry(StringRef file, StringRef key,
                                    bool &exists) {
  KernelCache::Entry result;
  result.path = file.str();
  auto fail = [&](const Twine &reason) {
    result.problem =
        ("the cached kernel '" + file + "' is not used: " + reason).str();
    result.key = result.text = "";
    return result;
  };
  auto buffer = readFile(file);
  exists = buffer.has_value();
  if (!exists)
    return result;
  if (!*buffer)
    return fail(buffer->getError().message());
  auto entry = parseKernelEntry((**buffer)->getBuffer());
  if (!entry)
    return fail(llvm::toString(entry.takeError()));
  std::tie(result.key, result.text) = std::move(*entry);
  if (!key.empty() && result.key != key)
    return fail("it is of another key");
  return result;
}

KernelCache::Result KernelCache::lookup(StringRef name, StringRef key) const {
  if (folder.empty())
    return {};
  bool exists;
  Entry entry = readEntry(getPath(name, key), key, exists);
  if (!entry.problem.empty())
    return {std::nullopt, std::move(entry.problem)};
  if (!exists)
    return {};
  return {std::move(entry.text), ""};
}

llvm::Error KernelCache::store(StringRef name, StringRef key,
                               StringRef text) const {
  if (folder.empty())
    return llvm::Error::success();
  if (std::error_code error = llvm::sys::fs::create_directories(folder))
    return createStringError(error, "cannot make the folder '" + folder +
                                        "': " + error.message());
  std::string file = getPath(name, key);
  auto fail = [&](llvm::Error error) {
    return createStringError("cannot write '" + file +
                             "': " + llvm::toString(std::move(error)));
  };
  auto temporary = llvm::sys::fs::TempFile::create(file + ".%%%%%%%%.tmp");
  if (!temporary)
    return fail(temporary.takeError());
  {
    llvm::raw_fd_ostream os(temporary->FD, /*shouldClose=*/false);
    os << makeKernelEntry(key, text);
    os.flush();
    if (std::error_code error = os.error()) {
      os.clear_error();
      llvm::consumeError(temporary->discard());
      return fail(llvm::errorCodeToError(error));
    }
  }
  if (llvm::Error error = temporary->keep(file))
    return fail(std::move(error));
  return llvm::Error::success();
}

std::vector<KernelCache::Entry> KernelCache::list() const {
  std::vector<Entry> entries;
  if (folder.empty())
    return entries;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(folder, error), end;
       !error && it != end; it.increment(error)) {
    if (path::extension(it->path()) != ".mlir")
      continue;
    bool exists;
    Entry entry = readEntry(it->path(), "", exists);
    if (exists)
      entries.push_back(std::move(entry));
  }
  llvm::sort(entries,
             [](const Entry &a, const Entry &b) { return a.path < b.path; });
  return entries;
}
