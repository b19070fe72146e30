#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains the network of model.py on scikit-learn's digits, and writes digits.npz:
weights and test set. Quantisation-aware: rounding and signs pass gradients straight
through (Bengio et al., "Estimating or Propagating Gradients Through Stochastic
Neurons for Conditional Computation", arXiv 1308.3432); weights of the hidden layers
are signs, as in "Binarized Neural Networks" (arXiv 1602.02830)."""

import argparse

import jax
import jax.numpy as jnp
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import model


def straight_through(x, quantized):
    """`quantized` in the forward pass, the gradient of x in the backward one."""
    return x + jax.lax.stop_gradient(quantized - x)


def quantize_weights(w, bits):
    """Signs, or integers of `bits` bits that span -1..1 (as integers)."""
    if bits == 1:
        w = jnp.clip(w, -1, 1)
        return straight_through(w, jnp.where(w >= 0, 1.0, -1.0))
    largest = 2 ** (bits - 1) - 1
    w = jnp.clip(w, -1, 1) * largest
    return straight_through(w, jnp.round(w))


def forward(parameters, statistics, images):
    """Logits, and the mean and variance of every convolution's sums, with which they
    are normalised where `statistics` does not say others."""
    x, seen = images, []
    for i, (_, bits) in enumerate(model.CONVOLUTIONS):
        layer = parameters[i]
        x = model.convolution(x, quantize_weights(layer["w"], bits), None)
        seen.append((x.mean((0, 1, 2)), x.var((0, 1, 2))))
        mean, variance = statistics[i] if statistics else seen[-1]
        x = (x - mean) / jnp.sqrt(variance + 1e-3) * layer["gamma"] + layer["beta"]
        clipped = jnp.clip(x, 0, 3)
        x = straight_through(clipped, jnp.round(clipped))
        if i in model.POOLED:
            x = model.max_pool(x, -jnp.inf)
    x = x.reshape(x.shape[0], -1)
    return x @ quantize_weights(parameters[-1]["w"], 1), seen


def initialize(random):
    parameters, channels, size = [], 1, 8
    for i, (outputs, _) in enumerate(model.CONVOLUTIONS):
        shape = (3, 3, channels, outputs)
        parameters.append(
            {
                "w": jnp.asarray(random.uniform(-0.5, 0.5, shape), jnp.float32),
                "gamma": jnp.ones(outputs),
                "beta": jnp.full(outputs, 0.5),
            }
        )
        channels = outputs
        size = size // 2 if i in model.POOLED else size
    shape = (size * size * channels, model.CLASSES)
    parameters.append(
        {"w": jnp.asarray(random.uniform(-0.5, 0.5, shape), jnp.float32)}
    )
    return parameters


def train(images, labels, epochs, seed):
    random = np.random.default_rng(seed)
    parameters = initialize(random)
    statistics = [(jnp.zeros(n), jnp.ones(n)) for n, _ in model.CONVOLUTIONS]

    def loss(parameters, images, labels):
        logits, seen = forward(parameters, None, images)
        logits = logits / np.sqrt(parameters[-1]["w"].shape[0])
        chosen = jnp.take_along_axis(
            jax.nn.log_softmax(logits), labels[:, None], axis=1
        )
        return -chosen.mean(), seen

    @jax.jit
    def step(parameters, moments, statistics, images, labels, count, rate):
        """One step of Adam; running averages of the statistics."""
        (value, seen), gradient = jax.value_and_grad(loss, has_aux=True)(
            parameters, images, labels
        )
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)

        def move(p, m, v):
            m, v = m / (1 - 0.9**count), v / (1 - 0.999**count)
            return p - rate * m / (jnp.sqrt(v) + 1e-8)

        parameters = jax.tree.map(move, parameters, first, second)
        statistics = jax.tree.map(lambda s, t: 0.9 * s + 0.1 * t, statistics, seen)
        return parameters, (first, second), statistics, value

    zeros = jax.tree.map(jnp.zeros_like, parameters)
    moments, count, batch = (zeros, zeros), 0, 64
    for epoch in range(epochs):
        rate = 0.005 * 0.5 * (1 + np.cos(np.pi * epoch / epochs))
        order = random.permutation(len(images))
        for start in range(0, len(order) - batch + 1, batch):
            chosen, count = order[start : start + batch], count + 1
            parameters, moments, statistics, value = step(
                parameters,
                moments,
                statistics,
                images[chosen],
                labels[chosen],
                count,
                rate,
            )
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {value:.4f}", flush=True)
    return parameters, statistics


def freeze(parameters, statistics):
    """Integers: the weights, and every batch norm as a multiplier and a bias in
    units of 2^-SHIFT."""
    weights, one = {}, 2.0**model.SHIFT
    for i, (_, bits) in enumerate(model.CONVOLUTIONS):
        layer, (mean, variance) = parameters[i], statistics[i]
        w = np.asarray(quantize_weights(layer["w"], bits))
        weights[f"conv{i}"] = np.round(w).astype(np.int8)
        scale = np.asarray(layer["gamma"] / jnp.sqrt(variance + 1e-3))
        offset = np.asarray(layer["beta"]) - np.asarray(mean) * scale
        # Even multipliers and an odd bias: no sum is halfway between two integers.
        multiplier = 2 * np.round(scale * one / 2)
        bias = 2 * np.floor((offset + 0.5) * one / 2) + 1
        # Below 2^24 float32 has all integers, and int32 does not overflow.
        largest = np.abs(w).sum((0, 1, 2)) * (16 if i == 0 else 3)
        assert (largest * np.abs(multiplier) + np.abs(bias) < 2**24).all()
        weights[f"multiplier{i}"] = multiplier.astype(np.int32)
        weights[f"bias{i}"] = bias.astype(np.int32)
    dense = quantize_weights(parameters[-1]["w"], 1)
    weights["dense"] = np.asarray(dense).astype(np.int8)
    return weights


def split():
    """The images, int8[n, 8, 8, 1], and labels to train with, then to test with."""
    data = load_digits()
    images = data.images.astype(np.int8)[..., None]
    return train_test_split(
        images, data.target, test_size=0.2, random_state=0, stratify=data.target
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    images, test_images, labels, test_labels = split()
    parameters, statistics = train(
        images.astype(np.float32), labels, options.epochs, options.seed
    )
    weights = freeze(parameters, statistics)
    for name, x, y in (("training", images, labels), ("test", test_images, test_labels)):
        logits = jax.jit(model.integer(weights))(x)
        print(f"accuracy on the {name} set: {model.accuracy(logits, y):.2%}")
    np.savez_compressed(
        model.HERE / "digits.npz",
        **weights,
        images=test_images,
        labels=test_labels.astype(np.int8),
    )


if __name__ == "__main__":
    main()
