#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ResNet-18 end to end on one thread, beside ONNX Runtime in fp32.

Needs, besides the package, `pip install onnx onnxruntime`. The fp32 network has the
same convolutions with batch norms folded into them, and ReLU where ours quantises.
Rounds are interleaved; times are medians."""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

import bitserial

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "examples" / "resnet18"))
import network  # noqa: E402


def make_onnx(net: network.Network) -> bytes:
    """The network in fp32: float[1, 3, size, size] -> float[1, classes]."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes, weights = [], []
    random = np.random.default_rng(0)

    def constant(value):
        name = f"w{len(weights)}"
        weights.append(numpy_helper.from_array(value.astype(np.float32), name))
        return name

    def node(kind, inputs, **attributes):
        output = f"v{len(nodes)}"
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolve(x, c: network.Convolution):
        w = c.weights.transpose(0, 3, 1, 2)
        scale = 1 / np.sqrt(np.prod(w.shape[1:]))
        return node(
            "Conv",
            [x, constant(random.standard_normal(w.shape) * scale), constant(c.bias / 1e5)],
            strides=[c.stride] * 2,
            pads=[c.pad] * 4,
            kernel_shape=list(w.shape[2:]),
        )

    x = node("Relu", [convolve("image", net.first)])
    x = node("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for block in net.blocks:
        y = convolve(node("Relu", [convolve(x, block["a"])]), block["b"])
        shortcut = convolve(x, block["shortcut"]) if "shortcut" in block else x
        x = node("Relu", [node("Add", [y, shortcut])])
    x = node("Flatten", [node("GlobalAveragePool", [x])])
    x = node("MatMul", [x, constant(net.dense / 1e3)])
    size, classes = net.size, net.classes
    graph = helper.make_graph(
        nodes,
        "resnet18",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, size, size])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, classes])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model.SerializeToString()


def onnx_session(model: bytes):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default="a2w1,a1w1,a2w2")
    parser.add_argument("--importer", choices=("stablehlo", "tosa"), default="stablehlo")
    parser.add_argument("--target", default="native")
    parser.add_argument("--features")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--require", help="least ratios to fp32, as a2w1=2.2,a1w1=2.6")
    options = parser.parse_args()

    runs, compiled = {}, {}
    net = network.make(size=options.size)
    pixels = np.random.default_rng(1).standard_normal((1, 3, net.size, net.size))
    session = onnx_session(make_onnx(net))
    feed = {"image": pixels.astype(np.float32)}
    runs["onnxruntime fp32"] = lambda: session.run(None, feed)
    for formats in options.formats.split(","):
        net = network.make(int(formats[1]), int(formats[3]), size=options.size)
        start = time.perf_counter()
        given = dict(target=options.target, features=options.features)
        if options.importer == "tosa":
            module = bitserial.from_tosa(network.tosa_model(net).text(), **given)
        else:
            module = bitserial.compile(
                network.jax_function(net), (network.image(net),), **given
            )
        compiled[formats] = time.perf_counter() - start
        assert module.report().low_bit == net.low_bit
        runs[formats] = lambda main=module.main, x=network.image(net): main(x)

    seconds = {name: [] for name in runs}
    for round in range(options.rounds + 2):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if round >= 2:  # after warming up
                seconds[name].append(time.process_time() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    fp32 = medians["onnxruntime fp32"]
    ratios = {name: fp32 / median for name, median in medians.items()}
    if options.json:
        print(json.dumps({"seconds": seconds, "compile_seconds": compiled}))
    else:
        print(f"ResNet-18, {options.size}x{options.size}, one thread, CPU time, medians")
        for name, median in medians.items():
            compile_time = f"{compiled[name]:6.1f} s" if name in compiled else ""
            print(f"{name:18} {median * 1e3:8.2f} ms {ratios[name]:6.2f}x {compile_time}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak memory of this process: {peak / 1024:.0f} MiB")
    failed = False
    for requirement in (options.require or "").split(","):
        name, _, least = requirement.partition("=")
        if name and ratios[name] < float(least):
            print(f"FAIL: {name} is {ratios[name]:.2f} times fp32, not {least}")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
