//===- KernelCache.h - Kernels kept between runs ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A folder of texts by key, which any number of processes read and write at
/// the same time. An entry is a file:
///
///     // bitserial kernel, format 1
///     // key: planes=1,1 terms=3:1 ...
///     // blake3: 64 hexadecimal digits
///     module @a1w1 ...
///
/// The hash is that of the key and the text, so that an entry which is cut
/// short, edited or of another origin is told from a good one. Entries appear
/// complete or not at all: they are written under another name, then renamed.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_KERNELCACHE_H
#define BITSERIAL_SYNTHESIS_KERNELCACHE_H

#include "mlir/Support/LLVM.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

class KernelCache {
public:
  /// The user's folder: $BITSERIAL_CACHE_DIR if that is set (to nothing: no
  /// cache), else bitserial/kernels in $XDG_CACHE_HOME, if that is an absolute
  /// path, or in ~/.cache. Empty if there is no such place.
  static std::string getDefaultDirectory();

  /// A cache in a folder, which need not exist; "" is a cache without entries.
  explicit KernelCache(std::string directory) : folder(std::move(directory)) {}

  StringRef directory() const { return folder; }

  /// What lookup() found: a text, or nothing, or nothing and why what there is
  /// cannot be used (one line, which names the file).
  struct Result {
    std::optional<std::string> text;
    std::string problem;
  };

  /// The text that was stored under a key. `name` is the one given to store().
  Result lookup(StringRef name, StringRef key) const;

  /// Stores a text, in place of what there is under the key. `name`, made of
  /// letters, digits, '-', '_' and '.', is the begin of the file's name; `key`
  /// has one line.
  llvm::Error store(StringRef name, StringRef key, StringRef text) const;

  /// The file that a key has.
  std::string getPath(StringRef name, StringRef key) const;

  struct Entry {
    std::string path, key, text;
    std::string problem; ///< As in Result; then key and text are empty.
  };
  /// All entries, by path.
  std::vector<Entry> list() const;

private:
  std::string folder;
};

/// The text of an entry for a key: header and text.
std::string makeKernelEntry(StringRef key, StringRef text);

/// Takes an entry apart. Fails, with what is wrong, if it is none.
llvm::Expected<std::pair<std::string, std::string>>
parseKernelEntry(StringRef entry);

/// The hash that the entry for a key and a text states.
std::string hashEntry(StringRef key, StringRef text);

/// 64 hexadecimal digits that tell texts apart.
std::string hashText(StringRef text);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_KERNELCACHE_H
