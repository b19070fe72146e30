//===- bitserial-bench.cpp - Convolutions against oneDNN ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Times compiled low-bit convolutions beside oneDNN's fp32 and int8 ones and
/// beside the plain and-popcount-add loop. benchmarks/README.md says what is
/// compared with what.
///
//===----------------------------------------------------------------------===//

#include "BitserialConv.h"
#include "KernelBench.h"
#include "Measure.h"
#include "OneDnn.h"
#include "PlainLoop.h"
#include "Report.h"
#include "Requirements.h"
#include "bitserial/IR/Bitserial.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;
using namespace mlir::bitserial;
using namespace mlir::bitserial::bench;

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static cl::OptionCategory category("bitserial-bench options");

static cl::opt<std::string> formatsOption(
    "formats",
    cl::desc("Pairs of activation and weight formats, comma-separated: aMwN "
             "(M-bit unsigned activations, N-bit bipolar weights) or KM:KN "
             "with K one of u, s, b, t (unsigned, signed, bipolar, ternary)"),
    cl::value_desc("list"), cl::init("a1w1,a2w1,a2w2"), cl::cat(category));

static cl::opt<std::string>
    layersOption("layers",
                 cl::desc("Layers of ResNet-18, comma-separated: C2..C12; "
                          "and matrix products, as 8x4096x1024 (m, n, k)"),
                 cl::value_desc("list"), cl::init("all"), cl::cat(category));

static cl::opt<std::string> isaOption(
    "isa",
    cl::desc("Instruction sets that both sides are restricted to, "
             "comma-separated: baseline, avx2, avx512bw (no popcount), avx512 "
             "(with VPOPCNTDQ, BITALG, VNNI), amx, native"),
    cl::value_desc("list"), cl::init("native"), cl::cat(category));

static cl::opt<unsigned>
    repetitionsOption("repetitions",
                      cl::desc("Interleaved rounds per layer (default 21)"),
                      cl::value_desc("n"), cl::init(21), cl::cat(category));

static cl::opt<double> sampleOption(
    "sample-ms",
    cl::desc("Least length of one sample in milliseconds (default 2)"),
    cl::value_desc("ms"), cl::init(2), cl::cat(category));

// LLVM has a --threads already.
static cl::list<unsigned> threadsOption(
    "num-threads", cl::CommaSeparated,
    cl::desc("Numbers of threads to run ours in as well, comma-separated, each "
             "2 or more; implies elapsed time as the clock"),
    cl::value_desc("list"), cl::cat(category));

static cl::opt<Clock>
    clockOption("clock", cl::desc("Clock to measure with:"),
                cl::values(clEnumValN(Clock::Cpu, "cpu",
                                      "CPU time of the thread (default)"),
                           clEnumValN(Clock::Wall, "wall", "elapsed time")),
                cl::init(Clock::Cpu), cl::cat(category));

static cl::opt<Unit> unitOption(
    cl::desc("Unit of the tables:"),
    cl::values(clEnumValN(Unit::GMacPerSecond, "per-second",
                          "GMAC/s (default)"),
               clEnumValN(Unit::MacPerCycle, "per-cycle", "MAC/cycle")),
    cl::init(Unit::GMacPerSecond), cl::cat(category));

static cl::opt<std::string> scheduleOption("schedule",
                                           cl::desc("Schedule to compile with"),
                                           cl::value_desc("file.mlir"),
                                           cl::cat(category));

static cl::opt<bool> packedOption(
    "packed",
    cl::desc("From packed activations to packed activations of the next "
             "layer, requantised in between; oneDNN's int8 results are u8"),
    cl::cat(category));

static cl::opt<bool> noPeersOption("no-peers", cl::desc("Leave out oneDNN"),
                                   cl::cat(category));

static cl::opt<bool> kernelsOption(
    "kernels",
    cl::desc("Time the inner kernels alone, one micro-tile in the first-level "
             "cache each, beside the reference lowering and the plain loop"),
    cl::cat(category));

static cl::opt<bool>
    checkOnlyOption("check-only",
                    cl::desc("Compare results with the integer reference and "
                             "measure nothing"),
                    cl::cat(category));

static cl::opt<std::string> requireOption(
    "require",
    cl::desc("Exit with 1 unless these ratios are reached, comma-separated: "
             "FORMATS/REFERENCE[@LAYER]=MIN, reference fp32, int8 or plain"),
    cl::value_desc("list"), cl::cat(category));

enum class Output { Text, Markdown, Json };

static cl::opt<Output> outputOption(
    cl::desc("Output (text by default):"),
    cl::values(clEnumValN(Output::Json, "json", "JSON with all samples"),
               clEnumValN(Output::Markdown, "markdown", "Markdown tables")),
    cl::init(Output::Text), cl::cat(category));

static cl::opt<std::string>
    outputFileOption("o", cl::desc("Write the output to a file"),
                     cl::value_desc("file"), cl::init("-"), cl::cat(category));

static cl::opt<std::string>
    fromJsonOption("from-json",
                   cl::desc("Measure nothing; print the results of an earlier "
                            "run that was written with --json"),
                   cl::value_desc("file"), cl::cat(category));

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

namespace {

/// What to run, parsed.
struct Plan {
  std::vector<FormatPair> formats;
  std::vector<ConvLayer> layers;
  std::vector<InstructionSet> isas;
  std::vector<unsigned> threads;
  std::vector<Requirement> requirements;
  MeasureOptions measure;
};

/// The prepared work of one layer. The candidates refer to the convolutions.
struct Prepared {
  std::vector<std::unique_ptr<OneDnnConv>> peers;
  std::vector<std::unique_ptr<BitserialConv>> ours;
  std::vector<Candidate> candidates;
};

} // namespace

static Expected<Plan> parsePlan() {
  Plan plan;
  if (Error error = parseFormats(formatsOption).moveInto(plan.formats))
    return std::move(error);
  if (Error error = parseLayers(layersOption).moveInto(plan.layers))
    return std::move(error);
  if (Error error = parseInstructionSets(isaOption).moveInto(plan.isas))
    return std::move(error);
  if (!requireOption.empty())
    if (Error error =
            parseRequirements(requireOption).moveInto(plan.requirements))
      return std::move(error);
  if (repetitionsOption == 0)
    return createStringError("--repetitions must be at least 1");
  if (!(sampleOption > 0 && sampleOption <= 10000))
    return createStringError("--sample-ms must be above 0 and at most 10000");
  plan.measure.rounds = repetitionsOption;
  plan.measure.sampleSeconds = sampleOption * 1e-3;
  plan.measure.clock = clockOption;
  plan.threads.assign(threadsOption.begin(), threadsOption.end());
  if (!plan.threads.empty()) {
    if (any_of(plan.threads, [](unsigned n) { return n < 2 || n > 1024; }))
      return createStringError("--num-threads takes numbers from 2 to 1024");
    if (clockOption.getNumOccurrences() && clockOption == Clock::Cpu)
      return createStringError(
          "--clock=cpu does not tell how long several threads take");
    plan.measure.clock = Clock::Wall;
    // The second thread would sleep while others are measured, and its CPU is
    // slow when it wakes; a virtual one may be given to others meanwhile.
    setenv("OMP_WAIT_POLICY", "active", /*overwrite=*/0);
  }
  return plan;
}

static Error mismatch(const ConvLayer &layer, StringRef isa, StringRef name,
                      StringRef difference) {
  return createStringError(formatv("wrong result of {0} on {1} ({2}): {3}",
                                   name, layer.name, isa, difference));
}

/// Adds oneDNN's convolutions and checks them.
static Error preparePeers(const ConvLayer &layer, const InstructionSet &isa,
                          OneDnn &dnnl, const ConvData &data, Prepared &work) {
  auto int8 = packedOption ? OneDnn::Precision::Int8Requantised
                           : OneDnn::Precision::Int8;
  for (auto [name, precision] :
       {std::pair("fp32", OneDnn::Precision::Fp32), std::pair("int8", int8)}) {
    Expected<std::unique_ptr<OneDnnConv>> conv =
        dnnl.createConv(layer, precision, data);
    if (!conv)
      return conv.takeError();
    OneDnnConv *peer = conv->get();
    peer->run();
    Expected<std::vector<int32_t>> output = peer->output();
    if (!output)
      return output.takeError();
    std::string difference =
        describeDifference(precision == OneDnn::Precision::Int8Requantised
                               ? OneDnn::requantise(data.output)
                               : data.output,
                           *output);
    if (!difference.empty())
      return mismatch(layer, isa.name, "oneDNN " + std::string(name),
                      difference);
    work.candidates.push_back({isa.name.str(), name, peer->describe(),
                               double(layer.macs()), [peer] { peer->run(); }});
    work.peers.push_back(std::move(*conv));
  }
  return Error::success();
}

/// Adds our convolution for one pair of formats and checks it.
static Error prepareOurs(const ConvLayer &layer, const InstructionSet &isa,
                         const FormatPair &formats, unsigned threads,
                         const ConvData &data, Prepared &work) {
  Expected<std::unique_ptr<BitserialConv>> conv = BitserialConv::compile(
      layer, formats, isa, {threads, scheduleOption, packedOption}, data);
  if (!conv)
    return conv.takeError();
  BitserialConv *ours = conv->get();
  ours->run();
  std::string difference = ours->findDifference();
  if (!difference.empty())
    return mismatch(layer, isa.name, formats.name, difference);
  std::string name = formats.name;
  if (threads != 1)
    name += formatv("@{0}", threads);
  work.candidates.push_back({isa.name.str(), name, ours->describe().str(),
                             double(layer.macs()), [ours] { ours->run(); }});
  work.ours.push_back(std::move(*conv));
  return Error::success();
}

/// Bytes that have to be moved once: values and sums, or packed activations.
static int64_t memoryBytes(const ConvLayer &layer, const FormatPair &formats) {
  unsigned weights = formats.weights.getWidth();
  unsigned packed = formats.activations.getWidth();
  return packedOption ? layer.memoryBytes(packed, weights, packed)
                      : layer.memoryBytes(formats.activations.getValueBits(),
                                          weights, 32);
}

static Expected<Prepared> prepareLayer(const Plan &plan, const ConvLayer &layer,
                                       ArrayRef<std::unique_ptr<OneDnn>> dnnl) {
  Prepared work;
  work.candidates.push_back(makeClockLoop());
  // The peers' speed does not depend on the values.
  ConvData peerData;
  if (!dnnl.empty())
    peerData = makeConvData(layer, NumberFormat(2, Kind::Unsigned),
                            NumberFormat(1, Kind::Bipolar));
  for (const auto &[index, isa] : enumerate(plan.isas)) {
    append_range(work.candidates, makePlainLoops(isa));
    for (unsigned threads : plan.threads)
      if (std::optional<Candidate> loops = makeIndependentLoops(isa, threads))
        work.candidates.push_back(std::move(*loops));
    if (!dnnl.empty())
      if (Error error = preparePeers(layer, isa, *dnnl[index], peerData, work))
        return std::move(error);
  }
  for (const FormatPair &formats : plan.formats) {
    ConvData data = makeConvData(layer, formats.activations, formats.weights);
    for (const InstructionSet &isa : plan.isas) {
      if (Error error =
              prepareOurs(layer, isa, formats, /*threads=*/1, data, work))
        return std::move(error);
      for (unsigned threads : plan.threads)
        if (Error error = prepareOurs(layer, isa, formats, threads, data, work))
          return std::move(error);
      if (isa.plainLoop != PlainLoop::None)
        work.candidates.push_back(makeMemoryLoop(isa, "memory-" + formats.name,
                                                 memoryBytes(layer, formats)));
    }
  }
  return work;
}

/// The kernels alone, as if they were one layer.
static Expected<Prepared> prepareKernels(const Plan &plan) {
  Prepared work;
  work.candidates.push_back(makeClockLoop());
  for (const InstructionSet &isa : plan.isas) {
    // Kernels load what they count, unlike the loop on registers.
    for (Candidate &loop : makePlainLoops(isa))
      if (loop.name == "plain-tile")
        work.candidates.push_back(std::move(loop));
    for (const FormatPair &formats : plan.formats) {
      Expected<std::vector<Candidate>> kernels =
          makeKernelCandidates(formats, isa);
      if (!kernels)
        return kernels.takeError();
      append_range(work.candidates, *kernels);
    }
  }
  return work;
}

static LayerResult measure(const Prepared &work, const Plan &plan,
                           LayerResult result) {
  auto samples = measureInterleaved(work.candidates, plan.measure);
  for (auto [candidate, seconds] : zip_equal(work.candidates, samples))
    result.series.push_back({candidate.isa, candidate.name, candidate.details,
                             candidate.macs, std::move(seconds)});
  return result;
}

/// The CPU's own name and the one LLVM has for it.
static std::string describeHost() {
  std::string model = "CPU";
  if (auto info = MemoryBuffer::getFileAsStream("/proc/cpuinfo"))
    for (StringRef line : split((*info)->getBuffer(), '\n'))
      if (line.consume_front("model name"))
        model = line.ltrim(" \t:").str();
  return formatv("{0} ({1})", model, sys::getHostCPUName());
}

/// Loads oneDNN for each instruction set. Without it the run goes on, with a
/// warning and without peers.
static std::vector<std::unique_ptr<OneDnn>> loadPeers(const Plan &plan) {
  std::vector<std::unique_ptr<OneDnn>> dnnl;
  if (noPeersOption)
    return dnnl;
  for (const InstructionSet &isa : plan.isas) {
    Expected<std::unique_ptr<OneDnn>> library = OneDnn::load(isa.oneDnnCap);
    if (!library) {
      errs() << "bitserial-bench: warning: no comparison with oneDNN: "
             << toString(library.takeError()) << "\n";
      return {};
    }
    dnnl.push_back(std::move(*library));
  }
  return dnnl;
}

static Expected<BenchResult> runPlan(const Plan &plan) {
  BenchResult result;
  result.host = describeHost();
  result.clock = plan.measure.clock == Clock::Cpu ? "cpu" : "wall";
  result.threads.assign(plan.threads.begin(), plan.threads.end());
  result.packed = packedOption;
  result.rounds = plan.measure.rounds;
  result.sampleSeconds = plan.measure.sampleSeconds;
  for (const FormatPair &formats : plan.formats)
    result.formats.push_back({formats.name, formats.planeProducts()});
  for (const InstructionSet &isa : plan.isas)
    result.isas.push_back({isa.name.str(), isa.cpu.str(), isa.features.str(),
                           isa.oneDnnCap.str()});
  if (kernelsOption) {
    for (const FormatPair &formats : plan.formats)
      result.formats.push_back(
          {referenceName(formats), formats.planeProducts()});
    Expected<Prepared> work = prepareKernels(plan);
    if (!work)
      return work.takeError();
    result.layers.push_back(
        measure(*work, plan, {"kernel", "micro-tile in L1", 0, {}}));
    return result;
  }
  std::vector<std::unique_ptr<OneDnn>> dnnl = loadPeers(plan);
  if (!dnnl.empty())
    result.oneDnn = dnnl.front()->version();

  for (const ConvLayer &layer : plan.layers) {
    if (errs().is_displayed())
      errs() << layer.name << " ...\r";
    Expected<Prepared> work = prepareLayer(plan, layer, dnnl);
    if (!work)
      return work.takeError();
    LayerResult layerResult{
        layer.name, layer.shape(), double(layer.macs()), {}};
    if (!checkOnlyOption)
      layerResult = measure(*work, plan, std::move(layerResult));
    result.layers.push_back(std::move(layerResult));
  }
  return result;
}

static Expected<BenchResult> loadResult(StringRef file) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer = MemoryBuffer::getFile(file);
  if (!buffer)
    return createFileError(file, buffer.getError());
  Expected<BenchResult> result = parseResult((*buffer)->getBuffer());
  if (!result)
    return createFileError(file, result.takeError());
  return result;
}

static Error runTool() {
  Expected<Plan> plan = parsePlan();
  if (!plan)
    return plan.takeError();
  // Before the measurement, so as not to lose it.
  std::error_code ec;
  ToolOutputFile output(outputFileOption, ec, sys::fs::OF_Text);
  if (ec)
    return createFileError(outputFileOption, ec);

  Expected<BenchResult> result =
      fromJsonOption.empty() ? runPlan(*plan) : loadResult(fromJsonOption);
  if (!result)
    return result.takeError();
  if (checkOnlyOption) {
    output.os() << plan->layers.size() << " layers: all results are right\n";
    output.keep();
    return Error::success();
  }
  if (outputOption == Output::Json)
    output.os() << formatv("{0:2}", toJSON(*result)) << "\n";
  else
    printTables(*result,
                outputOption == Output::Markdown ? TableStyle::Markdown
                                                 : TableStyle::Text,
                unitOption, output.os());
  output.keep();
  // Beside the tables, but not into the JSON.
  raw_ostream &os = outputOption == Output::Text ? output.os() : errs();
  if (!plan->requirements.empty()) {
    if (outputOption == Output::Text)
      os << "\n";
    bool met = checkRequirements(*result, plan->requirements, os);
    os.flush();
    if (!met)
      return createStringError("not all required ratios are reached");
  }
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Times low-bit convolutions of ResNet-18 and matrix products beside\n"
      "oneDNN's in fp32 and int8 and beside the plain and-popcount-add loop.\n"
      "See benchmarks/README.md for what is compared with what.\n");
  if (Error error = runTool()) {
    handleAllErrors(std::move(error), [](const ErrorInfoBase &info) {
      errs() << "bitserial-bench: error: " << info.message() << "\n";
    });
    return 1;
  }
  return 0;
}
