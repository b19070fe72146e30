//===- Linker.cpp - Output files and shared libraries ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Codegen.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;
using llvm::SmallString;
using llvm::SmallVector;
using llvm::StringRef;

namespace {

Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// A command that can link; the object and "-o output" are appended.
struct Linker {
  std::string program;
  SmallVector<StringRef> arguments;
};

/// The prefix of the GNU cross tools for the target, "aarch64-linux-gnu".
std::string gnuPrefix(const llvm::Triple &triple) {
  StringRef arch =
      triple.isARM() ? "arm" : llvm::Triple::getArchTypeName(triple.getArch());
  return (arch + "-linux-" + triple.getEnvironmentName()).str();
}

/// In the order of preference. `needsRuntime`: the object calls functions of
/// the compiler's runtime library, which only a compiler driver can find.
SmallVector<Linker> candidates(const Target &target, bool needsRuntime) {
  SmallVector<Linker> linkers = {{"ld.lld-22", {}},
                                 {"ld.lld", {}},
                                 {gnuPrefix(target.triple()) + "-ld", {}}};
  SmallVector<Linker> drivers = {
      {gnuPrefix(target.triple()) + "-gcc", {"-nostdlib", "-lgcc"}}};
  if (llvm::Triple(llvm::sys::getProcessTriple()).getArch() ==
      target.triple().getArch()) {
    linkers.push_back({"ld", {}});
    drivers.push_back({"cc", {"-nostdlib"}});
  }
  if (!needsRuntime)
    linkers.swap(drivers);
  llvm::append_range(drivers, linkers);
  return drivers;
}

bool usesRuntimeLibrary(StringRef object) {
  Expected<std::unique_ptr<llvm::object::ObjectFile>> file =
      llvm::object::ObjectFile::createObjectFile(
          llvm::MemoryBufferRef(object, "object"));
  if (!file) {
    llvm::consumeError(file.takeError());
    return false;
  }
  for (const llvm::object::SymbolRef &symbol : (*file)->symbols()) {
    Expected<uint32_t> flags = symbol.getFlags();
    Expected<StringRef> name = symbol.getName();
    bool runtime =
        flags && name && (*flags & llvm::object::SymbolRef::SF_Undefined) &&
        !(*flags & llvm::object::SymbolRef::SF_Weak) && name->starts_with("__");
    if (!flags)
      llvm::consumeError(flags.takeError());
    if (!name)
      llvm::consumeError(name.takeError());
    if (runtime)
      return true;
  }
  return false;
}

} // namespace

/// Whether output goes to what is at `path` rather than to a new file in its
/// place: a device, a pipe, or a link, such as /dev/stdout, to any of these.
static bool isWrittenInPlace(StringRef path) {
  return llvm::sys::fs::is_symlink_file(path) ||
         (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path));
}

/// Writes to a stream, which is left without an error, as its destructor would
/// end the process otherwise.
static std::error_code writeTo(llvm::raw_fd_ostream &os, StringRef contents) {
  os << contents;
  os.flush();
  std::error_code ec = os.error();
  os.clear_error();
  return ec;
}

static std::error_code writeFile(StringRef path, StringRef contents) {
  if (path == "-")
    return writeTo(llvm::outs(), contents);
  if (isWrittenInPlace(path)) {
    std::error_code ec;
    llvm::raw_fd_ostream os(path, ec, llvm::sys::fs::OF_None);
    return ec ? ec : writeTo(os, contents);
  }
  Expected<llvm::sys::fs::TempFile> file =
      llvm::sys::fs::TempFile::create(path + ".%%%%%%%%.tmp");
  if (!file)
    return llvm::errorToErrorCode(file.takeError());
  llvm::raw_fd_ostream os(file->FD, /*shouldClose=*/false);
  std::error_code ec = writeTo(os, contents);
  Error closed = ec ? file->discard() : file->keep(path);
  if (ec) {
    llvm::consumeError(std::move(closed));
    return ec;
  }
  return llvm::errorToErrorCode(std::move(closed));
}

Error mlir::bitserial::writeOutputFile(StringRef path, StringRef contents) {
  if (std::error_code ec = writeFile(path, contents))
    return error(formatv("cannot write '{0}': {1}", path, ec.message()));
  return Error::success();
}

Error mlir::bitserial::linkSharedLibrary(StringRef object, StringRef path,
                                         const Target &target) {
  if (!target.triple().isOSBinFormatELF())
    return error(formatv("cannot link '{0}': shared libraries are supported "
                         "for ELF targets only, not for '{1}'; emit an object "
                         "file instead",
                         path, target.triple().str()));
  if (path == "-")
    return error("a shared library cannot be written to standard output");

  SmallString<128> directory(path);
  llvm::sys::path::remove_filename(directory);
  if (directory.empty())
    directory = ".";
  if (!llvm::sys::fs::is_directory(directory))
    return error(formatv("cannot write '{0}': there is no directory '{1}'",
                         path, directory));

  SmallVector<std::string> tried;
  Linker linker;
  std::string program;
  for (Linker &candidate : candidates(target, usesRuntimeLibrary(object))) {
    if (llvm::ErrorOr<std::string> found =
            llvm::sys::findProgramByName(candidate.program)) {
      program = *found;
      linker = std::move(candidate);
      break;
    }
    tried.push_back(candidate.program);
  }
  if (program.empty())
    return error(formatv("cannot link '{0}': no linker for {1} found in PATH; "
                         "tried {2}",
                         path, stringifyArch(target.arch()),
                         llvm::join(tried, ", ")));

  SmallString<128> objectFile, messages;
  std::error_code ec =
      llvm::sys::fs::createTemporaryFile("bitserial", "o", objectFile);
  llvm::FileRemover removeObject(objectFile);
  if (!ec)
    ec = llvm::sys::fs::createTemporaryFile("bitserial", "log", messages);
  llvm::FileRemover removeMessages(messages);
  if (ec)
    return error(formatv("cannot link '{0}': no temporary file: {1}", path,
                         ec.message()));
  if (Error e = writeOutputFile(objectFile, object))
    return e;

  // Linked under another name beside the final one, then renamed.
  SmallString<128> unfinished;
  llvm::sys::fs::createUniquePath(path + ".%%%%%%%%.tmp", unfinished,
                                  /*MakeAbsolute=*/false);
  llvm::FileRemover removeUnfinished(unfinished);
  StringRef soname = llvm::sys::path::filename(path);
  SmallVector<StringRef> command = {program, "-shared", objectFile};
  std::string sonameArgument;
  bool isDriver = !linker.arguments.empty();
  if (isDriver) {
    sonameArgument = ("-Wl,-soname," + soname).str();
    command.push_back(sonameArgument);
  } else {
    command.append({"-soname", soname, "-z", "noexecstack"});
  }
  llvm::append_range(command, linker.arguments);
  command.append({"-o", unfinished});

  std::string reason;
  int status = llvm::sys::ExecuteAndWait(
      program, command, std::nullopt,
      {StringRef(), StringRef(messages), StringRef(messages)},
      /*SecondsToWait=*/0,
      /*MemoryLimit=*/0, &reason);
  if (status == 0) {
    if (isWrittenInPlace(path)) {
      auto library = llvm::MemoryBuffer::getFile(unfinished);
      if (!library)
        return error(formatv("cannot write '{0}': {1}", path,
                             library.getError().message()));
      return writeOutputFile(path, (*library)->getBuffer());
    }
    if (std::error_code renamed = llvm::sys::fs::rename(unfinished, path))
      return error(formatv("cannot write '{0}': {1}", path, renamed.message()));
    removeUnfinished.releaseFile();
    return Error::success();
  }
  if (reason.empty())
    if (auto log = llvm::MemoryBuffer::getFile(messages))
      reason = (*log)->getBuffer().trim().str();
  return error(
      formatv("cannot link '{0}': '{1}' failed: {2}", path, program, reason));
}
