//===- Extension.cpp - The Python extension module ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `bitserial._bitserial`: a thin layer that python/bitserial/_compiler.py turns
// into the public interface. Checks of arguments and all exceptions are there;
// what is expected here is stated per function. Compiling and calling release
// Python's lock.
//
//===----------------------------------------------------------------------===//

#include "Compilation.h"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>

namespace nb = nanobind;
using namespace mlir::bitserial;
using namespace mlir::bitserial::python;

namespace {

using Array = nb::ndarray<nb::c_contig, nb::device::cpu>;
using ConstArray = nb::ndarray<nb::ro, nb::c_contig, nb::device::cpu>;

/// (severity, message, file, line, column, line of the source, notes)
nb::tuple toTuple(const CompileDiagnostic &message) {
  nb::list notes;
  for (const CompileDiagnostic &note : message.notes)
    notes.append(toTuple(note));
  return nb::make_tuple(stringifySeverity(message.severity).str(),
                        message.message, message.file, message.line,
                        message.column, message.sourceLine, nb::tuple(notes));
}

nb::list toList(const std::vector<CompileDiagnostic> &messages) {
  nb::list list;
  for (const CompileDiagnostic &message : messages)
    list.append(toTuple(message));
  return list;
}

/// The name of the NumPy type of an element.
std::string dtype(const ValueInterface &value) {
  if (value.isBool)
    return "bool";
  const char *kind = value.isFloat ? "float" : value.isSigned ? "int" : "uint";
  return kind + std::to_string(value.bits);
}

/// (name, shape, dtype, type in MLIR, (minimum, maximum, step) or None, scalar)
nb::tuple toTuple(const ValueInterface &value) {
  nb::object limits = nb::none();
  if (value.isLimited)
    limits = nb::make_tuple(value.minimum, value.maximum, value.step);
  return nb::make_tuple(value.name, value.shape, dtype(value), value.type,
                        limits, !value.isTensor);
}

/// (name, arguments, results)
nb::tuple toTuple(const FunctionInterface &function) {
  nb::list arguments, results;
  for (const ValueInterface &value : function.arguments)
    arguments.append(toTuple(value));
  for (const ValueInterface &value : function.results)
    results.append(toTuple(value));
  return nb::make_tuple(function.name, arguments, results);
}

/// (the Compilation or None, diagnostics). `synthesize` is "off", "library" or
/// "search".
nb::tuple compile(nb::bytes source, std::string name, std::string cpu,
                  std::string features, std::string scheduleFile,
                  const std::string &synthesize, unsigned threads,
                  std::string tuningDatabase, bool allowReassociation,
                  double maxInput, std::string proofs) {
  Request request;
  request.source.assign(source.c_str(), source.size());
  request.name = std::move(name);
  request.cpu = std::move(cpu);
  request.features = std::move(features);
  request.scheduleFile = std::move(scheduleFile);
  if (auto mode = symbolizeSynthesisMode(synthesize))
    request.synthesis = *mode;
  request.threads = threads;
  request.tuningDatabase = std::move(tuningDatabase);
  request.allowReassociation = allowReassociation;
  request.maxInput = maxInput;
  request.proofs = std::move(proofs);
  std::vector<CompileDiagnostic> messages;
  std::shared_ptr<Compilation> compilation;
  {
    nb::gil_scoped_release unlocked;
    compilation = Compilation::create(request, messages);
  }
  return nb::make_tuple(compilation, toList(messages));
}

/// (JSON or None, diagnostics), see Compiler::tuningSpace.
nb::tuple tuningSpace(nb::bytes source, std::string name, std::string cpu,
                      std::string features, std::string scheduleFile,
                      unsigned threads, unsigned limit) {
  Request request;
  request.source.assign(source.c_str(), source.size());
  request.name = std::move(name);
  request.cpu = std::move(cpu);
  request.features = std::move(features);
  request.scheduleFile = std::move(scheduleFile);
  request.threads = threads;
  Outcome outcome;
  {
    nb::gil_scoped_release unlocked;
    outcome = describeTuningSpace(request, limit);
  }
  nb::object text = nb::none();
  if (outcome.text)
    text = nb::str(outcome.text->c_str());
  return nb::make_tuple(text, toList(outcome.messages));
}

/// (the bytes or None, diagnostics). `kind` is "llvm_ir", "asm", "cost" or
/// "object".
nb::tuple emit(const Compilation &self, const std::string &kind) {
  Outcome outcome;
  {
    nb::gil_scoped_release unlocked;
    outcome = self.emit(kind == "llvm_ir" ? EmitKind::LLVM
                        : kind == "asm"   ? EmitKind::Assembly
                        : kind == "cost"  ? EmitKind::Cost
                                          : EmitKind::Object);
  }
  nb::object text = nb::none();
  if (outcome.text)
    text = nb::bytes(outcome.text->data(), outcome.text->size());
  return nb::make_tuple(text, toList(outcome.messages));
}

/// (whether the file was written, diagnostics). `kind` is a value of
/// bitserial-compile's --emit.
nb::tuple save(const Compilation &self, const std::string &kind,
               const std::string &path, const std::string &prefix) {
  static const std::pair<const char *, EmitKind> kinds[] = {
      {"mlir", EmitKind::MLIR},     {"llvm", EmitKind::LLVM},
      {"asm", EmitKind::Assembly},  {"obj", EmitKind::Object},
      {"shared", EmitKind::Shared}, {"header", EmitKind::Header}};
  const auto *found =
      std::find_if(std::begin(kinds), std::end(kinds),
                   [&](const auto &entry) { return kind == entry.first; });
  if (found == std::end(kinds))
    throw std::invalid_argument("save: no such kind of file: " + kind);
  Outcome outcome;
  {
    nb::gil_scoped_release unlocked;
    outcome = self.save(found->second, path, prefix);
  }
  return nb::make_tuple(outcome.text.has_value(), toList(outcome.messages));
}

/// Calls functions[index], so many times in a row. The arrays must have the
/// types and shapes of its interface, and the code must be runnable.
void call(const Compilation &self, size_t index,
          const std::vector<ConstArray> &arguments,
          const std::vector<Array> &results, unsigned times) {
  std::vector<const void *> from;
  for (const ConstArray &array : arguments)
    from.push_back(array.data());
  std::vector<void *> to;
  for (const Array &array : results)
    to.push_back(array.data());
  nb::gil_scoped_release unlocked;
  for (unsigned i = 0; i < times; ++i)
    self.call(index, from, to);
}

/// The first index whose value is none of minimum, minimum + step, ...,
/// maximum, or -1. `step` is 1 or 2; minimum and maximum are values of T.
template <typename T>
int64_t findOutside(const T *values, int64_t size, int64_t minimum,
                    int64_t maximum, int64_t step) {
  // All modulo the width of T, so that vectors keep as many lanes: what is
  // below the minimum wraps to above the span.
  using U = std::make_unsigned_t<T>;
  const U low = static_cast<U>(minimum);
  const U span = static_cast<U>(maximum - minimum);
  const U odd = static_cast<U>(step - 1);
  auto isOutside = [=](T value) -> U {
    U distance = static_cast<U>(static_cast<U>(value) - low);
    return static_cast<U>((distance > span) | (distance & odd));
  };
  // A block at a time, without branches inside, to vectorise.
  constexpr int64_t kBlock = 4096;
  for (int64_t start = 0; start < size; start += kBlock) {
    int64_t end = std::min(size, start + kBlock);
    U found = 0;
    for (int64_t i = start; i < end; ++i)
      found |= isOutside(values[i]);
    if (found)
      for (int64_t i = start; i < end; ++i)
        if (isOutside(values[i]))
          return i;
  }
  return -1;
}

int64_t findOutsideOf(const ConstArray &array, int64_t minimum, int64_t maximum,
                      int64_t step) {
  const void *data = array.data();
  auto size = static_cast<int64_t>(array.size());
  nb::gil_scoped_release unlocked;
  auto find = [&](auto type) {
    using T = decltype(type);
    return findOutside(static_cast<const T *>(data), size, minimum, maximum,
                       step);
  };
  if (array.dtype() == nb::dtype<int8_t>())
    return find(int8_t());
  if (array.dtype() == nb::dtype<uint8_t>())
    return find(uint8_t());
  if (array.dtype() == nb::dtype<int16_t>())
    return find(int16_t());
  throw std::invalid_argument(
      "find_outside: not an int8, uint8 or int16 array");
}

} // namespace

NB_MODULE(_bitserial, m) {
  m.doc() = "The compiler; see bitserial.compile.";
  // LLVM keeps global state that other threads may use to the very end.
  nb::set_leak_warnings(false);

  nb::class_<Compilation>(m, "Compilation")
      .def_prop_ro("functions",
                   [](const Compilation &self) {
                     nb::list list;
                     for (const FunctionInterface &f : self.functions())
                       list.append(toTuple(f));
                     return list;
                   })
      .def_prop_ro("target", &Compilation::target)
      .def_prop_ro("runnable", &Compilation::isRunnable)
      .def("emit", &emit)
      .def("save", &save)
      .def("report",
           [](const Compilation &self) {
             auto [table, json] = self.report();
             return nb::make_tuple(table, json);
           })
      .def("call", &call, nb::arg("index"), nb::arg("arguments"),
           nb::arg("results"), nb::arg("times") = 1)
      .def("set_num_threads", &Compilation::setNumThreads);
  m.def("compile", &compile);
  m.def("tuning_space", &tuningSpace);
  m.def("find_outside", &findOutsideOf);
}
