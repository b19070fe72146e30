//===- Interface.cpp - The C interface of a module ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Pipelines/Interface.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/MemoryPlan.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// Description
//===----------------------------------------------------------------------===//

int64_t ValueInterface::numElements() const {
  int64_t product = 1;
  for (int64_t size : shape)
    product *= size;
  return product;
}

std::string ValueInterface::allowedValues() const {
  constexpr int64_t maxListed = 8;
  int64_t count = (maximum - minimum) / step + 1;
  if (count > maxListed || (step == 1 && count > 2))
    return formatv("{0}..{1}{2}", minimum, maximum,
                   step == 1 ? "" : formatv(" in steps of {0}", step).str());
  std::string text;
  for (int64_t value = minimum; value <= maximum; value += step)
    text += (text.empty() ? "" : ", ") + std::to_string(value);
  return text;
}

/// The name of a block argument in the text it was parsed from. MLIR drops the
/// names, but the location of an argument is where its name stands.
static std::string nameInSource(BlockArgument argument,
                                const llvm::SourceMgr *sources) {
  Location location = argument.getLoc();
  if (auto named = dyn_cast<NameLoc>(location))
    return named.getName().str();
  auto place = dyn_cast<FileLineColLoc>(location);
  if (!place || !sources || sources->getNumBuffers() == 0)
    return "";
  unsigned id = sources->getMainFileID();
  const llvm::MemoryBuffer *buffer = sources->getMemoryBuffer(id);
  if (isBytecode(buffer->getMemBufferRef()) ||
      buffer->getBufferIdentifier() != place.getFilename().getValue())
    return "";
  // FindLocForLineAndColumn wants lines that exist.
  if (place.getLine() == 0 || place.getColumn() == 0)
    return "";
  llvm::SMLoc start =
      const_cast<llvm::SourceMgr *>(sources)->FindLocForLineAndColumn(
          id, place.getLine(), place.getColumn());
  if (!start.isValid())
    return "";
  StringRef rest(start.getPointer(),
                 buffer->getBufferEnd() - start.getPointer());
  if (!rest.consume_front("%"))
    return "";
  StringRef name = rest.take_while([](char c) {
    return llvm::isAlnum(c) || c == '_' || c == '$' || c == '.' || c == '-';
  });
  return name.empty() || llvm::isDigit(name.front()) ? "" : name.str();
}

/// Fills in what describes an element of the builtin type `type`; fails if no
/// C type corresponds.
static LogicalResult describeElement(Type type, ValueInterface &value) {
  // Quantised numbers are passed as the integers that are stored.
  if (auto quantized = dyn_cast<quant::QuantizedType>(type)) {
    auto storage = dyn_cast<IntegerType>(quantized.getStorageType());
    if (!storage || storage.getWidth() < 2)
      return failure();
    Type integer = quantized.isSigned()
                       ? storage
                       : IntegerType::get(type.getContext(), storage.getWidth(),
                                          IntegerType::Unsigned);
    if (failed(describeElement(integer, value)))
      return failure();
    if (quantized.hasStorageTypeBounds()) {
      value.isLimited = true;
      value.minimum = quantized.getStorageTypeMin();
      value.maximum = quantized.getStorageTypeMax();
    }
    return success();
  }
  if (auto integer = dyn_cast<IntegerType>(type)) {
    unsigned width = integer.getWidth();
    value.isBool = width == 1;
    value.bits = std::max(width, 8u);
    value.isSigned = !value.isBool && !integer.isUnsigned();
    // Shorter integers are in bytes, as booleans are.
    if (width > 1 && width < 8) {
      value.isLimited = true;
      value.minimum = value.isSigned ? llvm::minIntN(width) : 0;
      value.maximum = value.isSigned ? llvm::maxIntN(width)
                                     : int64_t(llvm::maxUIntN(width));
      width = 8;
    }
    if (width != 1 && width != 8 && width != 16 && width != 32 && width != 64)
      return failure();
    value.cType = value.isBool ? std::string("bool")
                               : formatv("{0}int{1}_t",
                                         value.isSigned ? "" : "u", value.bits)
                                     .str();
    return success();
  }
  if (type.isF16() || type.isBF16() || type.isF32() || type.isF64()) {
    value.isFloat = value.isSigned = true;
    value.bits = type.getIntOrFloatBitWidth();
    value.cType = value.bits == 16   ? "uint16_t"
                  : value.bits == 32 ? "float"
                                     : "double";
    return success();
  }
  return failure();
}

/// Describes a type at the boundary of a function; why not, if that is
/// impossible.
static std::string describeType(Type type, ValueInterface &value) {
  llvm::raw_string_ostream(value.type) << type;
  Type element = type;
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    if (!isa<RankedTensorType, MemRefType>(type))
      return "it is neither a ranked tensor nor a scalar";
    if (!shaped.hasStaticShape())
      return "its shape is not static";
    if (auto memref = dyn_cast<MemRefType>(type);
        memref && !memref.getLayout().isIdentity())
      return "it is not contiguous in memory";
    value.isTensor = true;
    value.shape = shaped.getShape().vec();
    element = shaped.getElementType();

    if (auto number = dyn_cast<bitserial::IntType>(element)) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor)
        return "a memref cannot have low-bit elements";
      NumberFormat format = number.getFormat();
      value.format = format.describe();
      RankedTensorType stored = getStoredType(tensor);
      value.shape = stored.getShape().vec();
      if (failed(describeElement(stored.getElementType(), value)))
        return "its words have no counterpart in C";
      value.isPacked = isPackedTensor(tensor);
      value.isSigned = !value.isPacked && !format.isValueUnsigned();
      if (!value.isSigned)
        value.cType = formatv("uint{0}_t", value.bits).str();
      if (!value.isPacked) {
        value.isLimited = true;
        value.minimum = format.getMin();
        value.maximum = format.getMax();
        value.step = format.getStep();
      }
      return "";
    }
  }
  if (failed(describeElement(element, value)))
    return value.isTensor ? "its element type has no counterpart in C"
                          : "it has no counterpart in C";
  if (!value.isTensor && value.isFloat && value.bits == 16)
    return "C has no 16-bit floats";
  if (value.isLimited && !isa<RankedTensorType>(type))
    return "integers of so few bits are passed in tensors only";
  return "";
}

FailureOr<std::vector<FunctionInterface>>
mlir::bitserial::describeInterface(ModuleOp module,
                                   const llvm::SourceMgr *sources) {
  std::vector<FunctionInterface> functions;
  for (auto func : module.getOps<func::FuncOp>()) {
    if (!func.isPublic() || func.isExternal())
      continue;
    FunctionInterface function;
    function.name = func.getName().str();
    for (BlockArgument argument : func.getArguments()) {
      ValueInterface value;
      value.name = nameInSource(argument, sources);
      std::string problem = describeType(argument.getType(), value);
      if (!problem.empty())
        return emitError(argument.getLoc())
               << "argument " << argument.getArgNumber()
               << " of the public function '" << func.getName()
               << "' has the type " << argument.getType()
               << ", which cannot be passed from C: " << problem;
      function.arguments.push_back(std::move(value));
    }
    unsigned scalars = 0;
    for (auto [i, type] : llvm::enumerate(func.getResultTypes())) {
      ValueInterface value;
      std::string problem = describeType(type, value);
      scalars += !value.isTensor;
      if (problem.empty() && scalars > 1)
        problem = "there is another scalar result";
      if (!problem.empty())
        return func.emitError()
               << "result " << i << " of the public function '"
               << func.getName() << "' has the type " << type
               << ", which cannot be returned to C: " << problem;
      function.results.push_back(std::move(value));
    }
    functions.push_back(std::move(function));
  }
  return functions;
}

//===----------------------------------------------------------------------===//
// Header
//===----------------------------------------------------------------------===//

std::string mlir::bitserial::makeCIdentifier(StringRef text) {
  std::string result = text.str();
  for (char &c : result)
    if (!llvm::isAlnum(c) && c != '_')
      c = '_';
  if (result.empty() || llvm::isDigit(result.front()))
    result.insert(0, "_");
  return result;
}

bool mlir::bitserial::isCIdentifier(StringRef text) {
  return makeCIdentifier(text) == text;
}

static bool isReservedInC(StringRef name) {
  // The keywords of C and C++ and the type names in the header.
  static const llvm::StringSet<> reserved = {
      "alignas",  "alignof",   "and",      "asm",       "auto",     "bool",
      "break",    "case",      "catch",    "char",      "class",    "compl",
      "const",    "constexpr", "continue", "decltype",  "default",  "delete",
      "do",       "double",    "else",     "enum",      "explicit", "export",
      "extern",   "false",     "float",    "for",       "friend",   "goto",
      "if",       "inline",    "int",      "int16_t",   "int32_t",  "int64_t",
      "int8_t",   "long",      "mutable",  "namespace", "new",      "noexcept",
      "not",      "nullptr",   "operator", "or",        "private",  "protected",
      "public",   "register",  "requires", "restrict",  "return",   "short",
      "signed",   "sizeof",    "static",   "struct",    "switch",   "template",
      "this",     "throw",     "true",     "try",       "typedef",  "typeid",
      "typename", "typeof",    "uint16_t", "uint32_t",  "uint64_t", "uint8_t",
      "union",    "unsigned",  "using",    "virtual",   "void",     "volatile",
      "wchar_t",  "while",     "xor"};
  return reserved.contains(name);
}

/// Names for the parameters of a C function: the source's where possible.
static std::vector<std::string>
parameterNames(const FunctionInterface &function) {
  std::vector<std::string> names;
  llvm::StringSet<> used;
  auto add = [&](StringRef wanted) {
    std::string name = makeCIdentifier(wanted);
    while (isReservedInC(name) || !used.insert(name).second)
      name += '_';
    names.push_back(name);
  };
  for (auto [i, argument] : llvm::enumerate(function.arguments))
    add(argument.name.empty() ? "arg" + std::to_string(i) : argument.name);
  size_t tensors = llvm::count_if(
      function.results, [](const ValueInterface &v) { return v.isTensor; });
  size_t number = 0;
  for (const ValueInterface &result : function.results)
    if (result.isTensor)
      add(tensors == 1 ? "result" : "result" + std::to_string(number++));
  return names;
}

/// What the comment says of a value, behind its name.
static std::string describeForC(const ValueInterface &value) {
  std::string text = value.cType;
  if (value.isTensor) {
    text += " ";
    for (int64_t size : value.shape)
      text += "[" + std::to_string(size) + "]";
    if (value.shape.empty())
      text += "[1]";
  }
  if (value.isPacked)
    text += ", words of packed " + value.format + " numbers, " + value.type;
  else if (value.isLimited)
    text += ", " + (value.format.empty() ? value.type : value.format) +
            ": values " + value.allowedValues();
  else if (value.isFloat && value.bits == 16)
    text += ", the bits of a 16-bit float: " + value.type;
  return text;
}

std::string
mlir::bitserial::generateHeader(ArrayRef<FunctionInterface> functions,
                                StringRef prefix, StringRef title,
                                StringRef description) {
  std::string guard = StringRef(makeCIdentifier(title)).upper();
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "/* " << title << ": generated by bitserial-compile.\n * "
     << description << "\n *\n"
     << " * Arrays are row-major and contiguous and do not overlap. Values "
        "that "
        "are not\n * allowed give wrong results, which nothing reports. */\n\n"
     << "#ifndef " << guard << "\n#define " << guard << "\n\n";
  auto anyValue = [&](auto predicate) {
    return llvm::any_of(functions, [&](const FunctionInterface &function) {
      return llvm::any_of(function.arguments, predicate) ||
             llvm::any_of(function.results, predicate);
    });
  };
  if (anyValue([](const ValueInterface &value) { return value.isBool; }))
    os << "#include <stdbool.h>\n";
  os << "#include <stdint.h>\n\n"
     << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n";

  for (const FunctionInterface &function : functions) {
    std::vector<std::string> names = parameterNames(function);
    const ValueInterface *returned = nullptr;
    SmallVector<std::string> parameters;
    os << "\n/* @" << function.name << "\n";
    size_t next = 0;
    for (const ValueInterface &argument : function.arguments) {
      const std::string &name = names[next++];
      os << " *   " << name << ": in, " << describeForC(argument) << "\n";
      parameters.push_back(
          formatv(argument.isTensor ? "const {0} *{1}" : "{0} {1}",
                  argument.cType, name)
              .str());
    }
    for (const ValueInterface &result : function.results) {
      if (!result.isTensor) {
        returned = &result;
        continue;
      }
      const std::string &name = names[next++];
      os << " *   " << name << ": out, " << describeForC(result) << "\n";
      parameters.push_back(formatv("{0} *{1}", result.cType, name).str());
    }
    if (returned)
      os << " *   returns " << describeForC(*returned) << "\n";
    os << " */\n";

    auto declare = [&](StringRef suffix) {
      std::string head = formatv("{0} {1}{2}{3}(",
                                 returned ? StringRef(returned->cType) : "void",
                                 prefix, function.name, suffix);
      std::string line =
          head + (parameters.empty() ? "void" : llvm::join(parameters, ", ")) +
          ");";
      if (line.size() > 80)
        line = head + "\n    " + llvm::join(parameters, ",\n    ") + ");";
      os << line << "\n";
    };
    declare("");
    std::string name = (prefix + function.name).str();
    if (function.maxInput > 0) {
      SmallString<32> number;
      APFloat(function.maxInput).toString(number);
      if (!StringRef(number).contains_insensitive('e') &&
          !StringRef(number).contains('.'))
        number += ".0";
      os << "\n/* " << name
         << " relies on floats among its arguments\n * to be numbers of at "
            "most "
            "this magnitude, none of them NaN:\n * results for others are not "
            "the model's, which nothing reports. */\n#define "
         << StringRef(name).upper() << "_MAX_INPUT " << number << "\n";
    }
    if (function.arenaBytes == 0)
      continue;
    os << "\n/* The memory that " << name << " works in, in bytes.\n * " << name
       << " allocates and frees it at every call;\n * " << name << kArenaSuffix
       << " gets it from its caller, aligned to " << kArenaAlignment
       << ",\n * and allocates "
       << (function.allocates ? "the less itself" : "nothing itself")
       << ". */\n#define " << StringRef(name).upper() << "_ARENA_BYTES "
       << function.arenaBytes << "\n";
    parameters.push_back("void *arena");
    declare(kArenaSuffix);
  }
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return text;
}
