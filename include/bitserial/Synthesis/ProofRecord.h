//===- ProofRecord.h - What programs of a user have proved ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A file with the hashes of the cache's entries that programs of this user
/// have proved, one a line: `proved` in bitserial's folder for state. The cache
/// may be a folder that others write to, or one that was copied from elsewhere;
/// the record is the user's own. It is ignored if it belongs to someone else or
/// if others may write it.
///
/// A hash is that of an entry's text and key (hashEntry() in KernelCache.h),
/// and the key names semantics, target and version of the prover. So an entry
/// that differs in any of these is not in the record.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PROOFRECORD_H
#define BITSERIAL_SYNTHESIS_PROOFRECORD_H

#include "mlir/Support/LLVM.h"

#include <string>

namespace mlir::bitserial {

class ProofRecord {
public:
  /// bitserial/proved in $XDG_STATE_HOME, if that is an absolute path, or in
  /// ~/.local/state. Empty if there is no such place.
  static std::string getDefaultPath();

  /// A record in a file, which need not exist; "" is one that stays empty.
  explicit ProofRecord(std::string path = getDefaultPath())
      : path(std::move(path)) {}

  /// Whether the entry of a hash is recorded.
  bool contains(StringRef hash) const;

  /// Records it. Any number of processes may do so at the same time. Does
  /// nothing if the file cannot be written: the entry is then proved again.
  void add(StringRef hash) const;

private:
  std::string path;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_PROOFRECORD_H
