//===- TestHarness.cpp - Semantics against the instruction ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/TestHarness.h"

#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Target/Codegen.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <map>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

std::string InstructionGroup::name() const {
  return (stringifyArch(arch) + (features.empty() ? "" : " ") + features).str();
}

std::vector<InstructionGroup>
mlir::bitserial::groupInstructions(ArrayRef<Instruction> instructions) {
  std::vector<InstructionGroup> groups;
  for (const Instruction &instruction : instructions) {
    std::string features;
    for (StringRef feature : instruction.getFeatures())
      features += (features.empty() ? "+" : ",+") + feature.str();
    auto group = llvm::find_if(groups, [&](const InstructionGroup &group) {
      return group.arch == instruction.getArch() && group.features == features;
    });
    if (group == groups.end()) {
      groups.push_back({instruction.getArch(), features, {}});
      group = std::prev(groups.end());
    }
    group->instructions.push_back(&instruction);
  }
  return groups;
}

/// The least target that has the features.
static Expected<Target> getTarget(const InstructionGroup &group) {
  switch (group.arch) {
  case Arch::X86_64:
    return Target::get("x86-64", group.features);
  case Arch::AArch64:
    return Target::get("aarch64-linux-gnu:generic", group.features);
  case Arch::ARM:
    return Target::get("armv7-linux-gnueabihf:generic", group.features);
  }
  llvm_unreachable("unknown architecture");
}

//===----------------------------------------------------------------------===//
// Test vectors
//===----------------------------------------------------------------------===//

namespace {

/// A small generator of good quality (splitmix64), the same everywhere.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

private:
  uint64_t state;
};

/// Eight bytes where arithmetic of some width is at an end of its range.
constexpr uint64_t corners[] = {
    0,
    ~uint64_t(0),
    0x7f7f7f7f7f7f7f7f,
    0x8080808080808080,
    0x0101010101010101,
    0x0202020202020202,
    0x0404040404040404,
    0x0808080808080808,
    0x1010101010101010,
    0x2020202020202020,
    0x4040404040404040,
    0x7fff7fff7fff7fff,
    0x8000800080008000,
    0x0001000100010001,
    0x00ff00ff00ff00ff,
    0x7fffffff7fffffff,
    0x8000000080000000,
    0x0000000100000001,
    0x7fffffffffffffff,
    0x8000000000000000,
    0x0000000000000001,
};
constexpr size_t numCorners = std::size(corners);

constexpr size_t maxBytes = 64;

/// Operand number `operand` of vector number `index`.
void fillVector(uint64_t seed, size_t index, unsigned operand,
                unsigned char *bytes) {
  Random random(seed + index * 16 + operand);
  uint64_t words[maxBytes / 8];
  auto randomCorner = [&] { return corners[random.next() % numCorners]; };
  if (index < numCorners * numCorners) {
    uint64_t corner = operand == 0   ? corners[index % numCorners]
                      : operand == 1 ? corners[index / numCorners]
                                     : randomCorner();
    llvm::fill(words, corner);
  } else {
    for (uint64_t &word : words) {
      switch (index % 4) {
      case 0: // anything
        word = random.next();
        break;
      case 1: // each 16-bit lane at some end
        word = 0;
        for (unsigned shift = 0; shift < 64; shift += 16)
          word |= (randomCorner() >> shift & 0xffff) << shift;
        break;
      case 2: // each byte anywhere or at some end
        word = random.next();
        for (unsigned shift = 0; shift < 64; shift += 8)
          if (random.next() % 2)
            word = (word & ~(uint64_t(0xff) << shift)) |
                   (randomCorner() & (uint64_t(0xff) << shift));
        break;
      case 3: // small bytes: indices, distances, counts
        word = random.next() &
               (index % 8 == 3 ? 0x1f1f1f1f1f1f1f1f : 0x7f7f7f7f7f7f7f7f);
        break;
      }
    }
  }
  std::memcpy(bytes, words, maxBytes);
}

} // namespace

struct InstructionTester::Data {
  const InstructionSet &set;
  InstructionTestOptions options;
  /// By number of the operand and size in bytes, all vectors one after another.
  std::map<std::pair<unsigned, size_t>, std::vector<unsigned char>> vectors;

  size_t maxVectors() const {
    return std::max(options.vectors, options.vectorsPerImmediate);
  }

  /// Vectors from element `first` on are the same for all sizes, cut off.
  const std::vector<unsigned char> &getVectors(unsigned operand, size_t bytes) {
    auto &all = vectors[{operand, bytes}];
    if (!all.empty())
      return all;
    // A little more, so that nothing ends exactly where memory does.
    all.resize(maxVectors() * bytes + maxBytes);
    unsigned char whole[maxBytes];
    for (size_t i = 0; i < maxVectors(); ++i) {
      fillVector(options.seed, i, operand, whole);
      std::memcpy(all.data() + i * bytes, whole, bytes);
    }
    return all;
  }
};

InstructionTester::InstructionTester(const InstructionSet &set,
                                     const InstructionTestOptions &options)
    : data(new Data{set, options, {}}) {}
InstructionTester::~InstructionTester() = default;

//===----------------------------------------------------------------------===//
// Code that applies an instruction to many vectors
//===----------------------------------------------------------------------===//

namespace {

/// One function: an instruction with certain immediates.
struct Case {
  const Instruction *instruction;
  SmallVector<int64_t> immediates;
  std::string symbol;
  size_t vectors;

  SmallVector<size_t> operandBytes() const {
    return llvm::map_to_vector(instruction->getOperandTypes(), [](Type type) {
      return bytesInMemory(*LaneType::get(type));
    });
  }
  size_t resultBytes() const {
    return bytesInMemory(*LaneType::get(instruction->getResultType()));
  }
};

/// Every combination of immediates of every instruction.
std::vector<Case> getCases(const InstructionGroup &group,
                           const InstructionTestOptions &options) {
  std::vector<Case> cases;
  for (const Instruction *instruction : group.instructions) {
    size_t combinations = 1;
    for (const ImmediateRange &range : instruction->getImmediates())
      combinations *= range.max - range.min + 1;
    for (size_t i = 0; i < combinations; ++i) {
      Case test = {instruction, {}, formatv("test{0}", cases.size()), 0};
      test.vectors = std::max(llvm::divideCeil(options.vectors, combinations),
                              options.vectorsPerImmediate);
      size_t rest = i;
      for (const ImmediateRange &range : instruction->getImmediates()) {
        int64_t count = range.max - range.min + 1;
        test.immediates.push_back(range.min + rest % count);
        rest /= count;
      }
      cases.push_back(std::move(test));
    }
  }
  return cases;
}

/// A value that LLVM knows nothing of but that it is in a vector register:
/// otherwise an instruction and the store of its result can become another
/// store.
Value keepInRegister(OpBuilder &builder, Location loc, Value value, Arch arch) {
  auto type = dyn_cast<VectorType>(value.getType());
  unsigned leastBits = arch == Arch::X86_64 ? 128 : 64;
  if (!type || type.getNumElements() < 2 ||
      type.getNumElements() * type.getElementTypeBitWidth() < leastBits)
    return value;
  StringRef constraints = arch == Arch::X86_64 ? "=x,0" : "=w,0";
  return LLVM::InlineAsmOp::create(
             builder, loc, Type(type), value, /*asm_string=*/"", constraints,
             /*has_side_effects=*/false, /*is_align_stack=*/false,
             LLVM::tailcallkind::TailCallKind::None, LLVM::AsmDialectAttr(),
             ArrayAttr())
      .getResult(0);
}

/// void test(const void *const *operands, void *result, int64_t vectors)
void buildFunction(OpBuilder &builder, const Case &test) {
  Location loc = test.instruction->getFunction().getLoc();
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  Type i64 = builder.getI64Type();
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(builder.getContext()), {pointer, pointer, i64});
  auto function = LLVM::LLVMFuncOp::create(builder, loc, test.symbol, type);

  OpBuilder::InsertionGuard guard(builder);
  Block *entry = function.addEntryBlock(builder);
  Block *loop = builder.createBlock(&function.getBody(), {}, {i64}, {loc});
  Block *exit = builder.createBlock(&function.getBody());

  auto element = [&](Type type, Value base, LLVM::GEPArg index) {
    return LLVM::GEPOp::create(builder, loc, pointer, type, base,
                               ArrayRef<LLVM::GEPArg>(index));
  };
  builder.setInsertionPointToEnd(entry);
  SmallVector<Value> bases;
  for (auto [i, type] : llvm::enumerate(test.instruction->getOperandTypes()))
    bases.push_back(LLVM::LoadOp::create(
        builder, loc, pointer,
        element(pointer, function.getArgument(0), static_cast<int32_t>(i))));
  auto constant = [&](int64_t value) {
    return LLVM::ConstantOp::create(builder, loc, i64,
                                    builder.getI64IntegerAttr(value));
  };
  LLVM::BrOp::create(builder, loc, ValueRange(constant(0)), loop);

  builder.setInsertionPointToEnd(loop);
  Value i = loop->getArgument(0);
  SmallVector<Value> operands;
  // Volatile, so that operands come in registers: a shuffle of a load can
  // become a load of something else.
  for (auto [base, type] :
       llvm::zip(bases, test.instruction->getOperandTypes()))
    operands.push_back(LLVM::LoadOp::create(builder, loc, type,
                                            element(type, base, i),
                                            /*alignment=*/1,
                                            /*isVolatile=*/true));
  Value result = InstructionSet::emit(builder, loc, *test.instruction, operands,
                                      test.immediates);
  result = keepInRegister(builder, loc, result, test.instruction->getArch());
  LLVM::StoreOp::create(builder, loc, result,
                        element(result.getType(), function.getArgument(1), i),
                        /*alignment=*/1);
  Value next = LLVM::AddOp::create(builder, loc, i, constant(1));
  Value more = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ult,
                                    next, function.getArgument(2));
  LLVM::CondBrOp::create(builder, loc, more, loop, ValueRange(next), exit,
                         ValueRange());

  builder.setInsertionPointToEnd(exit);
  LLVM::ReturnOp::create(builder, loc, ValueRange());
}

/// A module of the LLVM dialect with the functions of all cases.
Expected<OwningOpRef<ModuleOp>> buildModule(MLIRContext *context,
                                            ArrayRef<Case> cases) {
  OpBuilder builder(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  builder.setInsertionPointToEnd(module->getBody());
  for (const Case &test : cases)
    buildFunction(builder, test);

  PassManager passes(context);
  passes.addPass(createConvertVectorToLLVMPass());
  passes.addPass(createConvertMathToLLVMPass());
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
  if (failed(passes.run(*module)))
    return error("the test functions cannot be lowered");
  return std::move(module);
}

//===----------------------------------------------------------------------===//
// Assembly
//===----------------------------------------------------------------------===//

using Words = std::set<std::string, std::less<>>;

/// The mnemonics of each function in assembly.
llvm::StringMap<Words> getMnemonics(StringRef assembly) {
  llvm::StringMap<Words> mnemonics;
  Words *current = nullptr;
  for (StringRef line : llvm::split(assembly, '\n')) {
    if (line.starts_with("test"))
      current = &mnemonics[line.take_until([](char c) { return c == ':'; })];
    else if (current && line.consume_front("\t")) {
      // A wish for an encoding ("{vex}") may come first.
      if (line.consume_front("{"))
        line = line.split('}').second.ltrim();
      current->insert(line.take_until([](char c) { return isspace(c); }).str());
    }
  }
  return mnemonics;
}

bool hasMnemonic(const Case &test, const Words &mnemonics) {
  return llvm::any_of(test.instruction->getMnemonics(),
                      [&](StringRef mnemonic) {
                        return mnemonics.count(mnemonic) ||
                               (test.instruction->getArch() == Arch::X86_64 &&
                                mnemonics.count(("v" + mnemonic).str()));
                      });
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

std::string toHex(const unsigned char *bytes, size_t size, size_t laneBytes) {
  std::string text;
  for (size_t lane = 0; lane < size; lane += laneBytes) {
    text += lane ? " " : "";
    for (size_t byte = laneBytes; byte-- > 0;)
      text += llvm::utohexstr(bytes[lane + byte], /*LowerCase=*/true, 2);
  }
  return text;
}

size_t laneBytes(Type type) { return bytesPerLane(LaneType::get(type)->width); }

} // namespace

/// Compares what an instruction gave with what it should.
static std::string compare(const Case &test, ArrayRef<const void *> operands,
                           const unsigned char *actual,
                           const unsigned char *expected) {
  size_t bytes = test.resultBytes();
  if (!std::memcmp(actual, expected, test.vectors * bytes))
    return "";
  size_t i = 0;
  while (!std::memcmp(actual + i * bytes, expected + i * bytes, bytes))
    ++i;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << test.instruction->getName();
  for (int64_t immediate : test.immediates)
    os << " #" << immediate;
  os << " on vector " << i << " (lane 0 first):\n";
  for (auto [base, size, type] : llvm::zip_equal(
           operands, test.operandBytes(), test.instruction->getOperandTypes()))
    os << "  operand     "
       << toHex(static_cast<const unsigned char *>(base) + i * size, size,
                laneBytes(type))
       << '\n';
  size_t lane = laneBytes(test.instruction->getResultType());
  os << "  instruction " << toHex(actual + i * bytes, bytes, lane) << '\n'
     << "  semantics   " << toHex(expected + i * bytes, bytes, lane) << '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// Execution
//===----------------------------------------------------------------------===//

namespace {

/// Cross compiler and emulator of an architecture.
struct Emulator {
  StringRef compiler;
  StringRef qemu;
  StringRef cpu;
};

Emulator getEmulator(Arch arch) {
  switch (arch) {
  case Arch::X86_64:
    return {"x86_64-linux-gnu-gcc", "qemu-x86_64", "max"};
  case Arch::AArch64:
    return {"aarch64-linux-gnu-gcc", "qemu-aarch64", "max"};
  case Arch::ARM:
    return {"arm-linux-gnueabihf-gcc", "qemu-arm", "cortex-a7"};
  }
  llvm_unreachable("unknown architecture");
}

/// Reads the vectors of operand o, of b bytes each, from the file o.b and
/// writes the results of all cases, one after another.
constexpr StringRef driver = R"(
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef void Function(const void *const *operands, void *result,
                      int64_t vectors);
typedef struct {
  Function *function;
  int64_t vectors;
  int result_bytes;
  int pools[8];
} Case;

@DECLARATIONS@
static const Case cases[] = {
@CASES@
};
static const char *const pools[] = {@POOLS@};
enum { kCases = sizeof cases / sizeof *cases };
enum { kPools = sizeof pools / sizeof *pools };

static void *read_all(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) exit(2);
  long size = ftell(file);
  rewind(file);
  void *data = malloc(size);
  if (!data || fread(data, 1, size, file) != (size_t)size) exit(3);
  fclose(file);
  return data;
}

int main(int argc, char **argv) {
  if (argc != 2) return 1;
  FILE *out = fopen(argv[1], "wb");
  const void *data[kPools];
  for (int i = 0; i < kPools; ++i) data[i] = read_all(pools[i]);
  for (int i = 0; i < kCases; ++i) {
    const Case *c = &cases[i];
    const void *operands[8];
    for (int o = 0; o < 8; ++o) operands[o] = data[c->pools[o]];
    size_t bytes = (size_t)c->vectors * c->result_bytes;
    void *result = malloc(bytes);
    c->function(operands, result, c->vectors);
    if (fwrite(result, 1, bytes, out) != bytes) return 4;
    free(result);
  }
  return fclose(out) ? 5 : 0;
}
)";

/// Replaces the one occurrence of `pattern`.
void substitute(std::string &text, StringRef pattern, StringRef replacement) {
  text.replace(text.find(pattern), pattern.size(), replacement.str());
}

/// Runs a program; an error has what it printed.
Error runProgram(StringRef program, ArrayRef<StringRef> arguments,
                 StringRef directory) {
  SmallString<128> log(directory);
  llvm::sys::path::append(log, "log");
  auto path = llvm::sys::findProgramByName(program);
  if (!path)
    return error(formatv("{0} is not installed", program));
  SmallVector<StringRef> all = {*path};
  llvm::append_range(all, arguments);
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(log),
                                          StringRef(log)};
  std::string message;
  int code = llvm::sys::ExecuteAndWait(*path, all, std::nullopt, redirects,
                                       /*SecondsToWait=*/300, 0, &message);
  if (code == 0)
    return Error::success();
  auto printed = llvm::MemoryBuffer::getFile(log);
  return error(formatv("{0} failed with code {1}: {2}{3}", program, code,
                       message, printed ? (*printed)->getBuffer() : ""));
}

} // namespace

static void removeDirectory(StringRef path) {
  llvm::sys::fs::remove_directories(path);
}

/// The results of all cases, one after another.
using Pools = std::map<std::pair<unsigned, size_t>, std::vector<unsigned char>>;
static Expected<std::unique_ptr<llvm::MemoryBuffer>>
emulate(const GeneratedCode &code, const Emulator &emulator,
        ArrayRef<Case> cases, const Pools &pools) {
  SmallString<128> directory;
  if (llvm::sys::fs::createUniqueDirectory("bitserial-isa", directory))
    return error("cannot create a temporary directory");
  llvm::scope_exit cleanup([&] { removeDirectory(directory); });
  auto inDirectory = [&](const llvm::Twine &name) {
    SmallString<128> path(directory);
    llvm::sys::path::append(path, name);
    return path.str().str();
  };

  std::string poolNames, declarations, entries, source = driver.str();
  std::map<std::pair<unsigned, size_t>, size_t> poolNumbers;
  for (const auto &[key, bytes] : pools) {
    std::string path = inDirectory(formatv("{0}.{1}", key.first, key.second));
    poolNumbers[key] = poolNumbers.size();
    poolNames += "\"" + path + "\", ";
    if (Error e = writeOutputFile(
            path, StringRef(reinterpret_cast<const char *>(bytes.data()),
                            bytes.size())))
      return std::move(e);
  }
  for (const Case &test : cases) {
    declarations += "Function " + test.symbol + ";\n";
    entries += formatv("  {{{0}, {1}, {2}, {{", test.symbol, test.vectors,
                       test.resultBytes());
    for (auto [operand, bytes] : llvm::enumerate(test.operandBytes()))
      entries += formatv("{0}, ", poolNumbers.at({operand, bytes}));
    entries += "}},\n";
  }
  substitute(source, "@DECLARATIONS@", declarations);
  substitute(source, "@CASES@", entries);
  substitute(source, "@POOLS@", poolNames);

  Expected<std::string> object = code.object();
  if (!object)
    return object.takeError();
  std::string objectPath = inDirectory("tests.o"),
              sourcePath = inDirectory("driver.c"),
              program = inDirectory("driver"), output = inDirectory("results");
  if (Error e = writeOutputFile(objectPath, *object))
    return std::move(e);
  if (Error e = writeOutputFile(sourcePath, source))
    return std::move(e);
  if (Error e = runProgram(
          emulator.compiler,
          {"-O1", "-static", sourcePath, objectPath, "-o", program}, directory))
    return std::move(e);
  if (Error e = runProgram(emulator.qemu,
                           {"-cpu", emulator.cpu, program, output}, directory))
    return std::move(e);
  auto results = llvm::MemoryBuffer::getFile(output);
  if (!results)
    return error("the emulated program left no results");
  return std::move(*results);
}

Expected<std::vector<InstructionTestResult>>
InstructionTester::test(const InstructionGroup &group, std::string &skipped) {
  Expected<Target> target = getTarget(group);
  if (!target)
    return target.takeError();
  Expected<Target> host = Target::get("native");
  if (!host)
    return host.takeError();
  bool isNative = host->arch() == group.arch;
  Emulator emulator = getEmulator(group.arch);
  if (isNative && !target->isHostRunnable(&skipped))
    return std::vector<InstructionTestResult>();
  if (!isNative)
    for (StringRef program : {emulator.compiler, emulator.qemu})
      if (!llvm::sys::findProgramByName(program)) {
        skipped = (program + " is not installed").str();
        return std::vector<InstructionTestResult>();
      }

  // Generate code.
  std::vector<Case> cases = getCases(group, data->options);
  for (const Case &test : cases)
    for (auto [operand, bytes] : llvm::enumerate(test.operandBytes()))
      (void)data->getVectors(operand, bytes);
  MLIRContext *context =
      group.instructions.front()->getFunction()->getContext();
  Expected<OwningOpRef<ModuleOp>> module = buildModule(context, cases);
  if (!module)
    return module.takeError();
  std::unique_ptr<JitModule> jit;
  std::unique_ptr<GeneratedCode> object;
  std::unique_ptr<llvm::MemoryBuffer> emulated;
  if (isNative) {
    auto created = JitModule::create(**module, *target);
    if (!created)
      return created.takeError();
    jit = std::move(*created);
  } else {
    auto created = GeneratedCode::create(**module, *target);
    if (!created)
      return created.takeError();
    object = std::make_unique<GeneratedCode>(std::move(*created));
    auto results = emulate(*object, emulator, cases, data->vectors);
    if (!results)
      return results.takeError();
    emulated = std::move(*results);
  }
  Expected<std::string> assembly = (jit ? jit->code() : *object).assembly();
  if (!assembly)
    return assembly.takeError();
  llvm::StringMap<Words> mnemonics = getMnemonics(*assembly);

  // Execute and compare.
  std::vector<InstructionTestResult> results;
  std::vector<unsigned char> actual, expected;
  size_t offset = 0;
  bool mnemonicSeen = false;
  for (const Case &test : cases) {
    if (results.empty() || results.back().instruction != test.instruction) {
      results.push_back({test.instruction, 0, ""});
      mnemonicSeen = false;
    }
    InstructionTestResult &result = results.back();
    SmallVector<const void *> operands;
    for (auto [operand, bytes] : llvm::enumerate(test.operandBytes()))
      operands.push_back(data->getVectors(operand, bytes).data());
    size_t bytes = test.vectors * test.resultBytes();
    actual.assign(bytes, 0);
    expected.assign(bytes, 0);
    if (jit) {
      auto function = jit->lookup(test.symbol);
      if (!function)
        return function.takeError();
      const void *const *operandsArgument = operands.data();
      void *resultArgument = actual.data();
      int64_t vectors = test.vectors;
      void *arguments[] = {&operandsArgument, &resultArgument, &vectors};
      (*function)(arguments);
    } else {
      if (offset + bytes > emulated->getBufferSize())
        return error("the emulated program left too few results");
      std::memcpy(actual.data(), emulated->getBufferStart() + offset, bytes);
      offset += bytes;
    }
    Evaluator evaluator(
        data->set.getProgram(*test.instruction, test.immediates));
    evaluator.run(operands, {expected.data()}, test.vectors);

    result.vectors += test.vectors;
    if (result.failure.empty())
      result.failure = compare(test, operands, actual.data(), expected.data());
    mnemonicSeen |= hasMnemonic(test, mnemonics[test.symbol]);
    bool isLast =
        &test == &cases.back() || (&test)[1].instruction != test.instruction;
    if (isLast && !mnemonicSeen && result.failure.empty())
      result.failure =
          formatv("{0}: none of its mnemonics {1} is in the code, but {2}",
                  test.instruction->getName(),
                  llvm::join(test.instruction->getMnemonics(), ", "),
                  llvm::join(mnemonics[test.symbol], " "));
  }
  return results;
}
