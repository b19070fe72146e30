# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A bar chart of speed-ups per layer, as SVG without any library."""

from __future__ import annotations

import math
from html import escape

COLOURS = ["#0b5394", "#3d85c6", "#9fc5e8", "#b45f06", "#e69138", "#f9cb9c"]
WIDTH, HEIGHT = 900, 360
LEFT, RIGHT, TOP, BOTTOM = 50, 10, 60, 30


def speedups(results, isa: str, formats) -> str:
    """The speed-up of each of the formats over oneDNN's fp32, layer by layer."""
    layers = results.layers()
    formats = [f for f in formats if f in results.products]
    values = {
        (layer, f): results.speedup(layer, isa, f, "fp32") or 0.0
        for layer in layers
        for f in formats
    }
    top = max(values.values(), default=1.0)
    step = 10 ** math.floor(math.log10(max(top, 1)))
    if top / step < 3:
        step /= 2
    top = max(math.ceil(top / step), 1) * step
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def y(value):
        return TOP + inner_height * (1 - value / top)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="14">Times as fast as oneDNN fp32, one '
        f"thread, {escape(isa)} on both sides, {escape(results.data['host'])}</text>",
    ]
    for index, f in enumerate(formats):
        x = LEFT + 80 * index
        out.append(
            f'<rect x="{x}" y="30" width="12" height="12" fill="{COLOURS[index]}"/>'
            f'<text x="{x + 16}" y="41">{escape(f.upper())}</text>'
        )
    tick = 0.0
    while tick <= top + step / 2:
        out.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" '
            f'y2="{y(tick):.1f}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}×</text>'
        )
        tick += step
    group = inner_width / len(layers)
    bar = group * 0.85 / len(formats)
    for column, layer in enumerate(layers):
        start = LEFT + group * (column + 0.075)
        for index, f in enumerate(formats):
            value = values[layer, f]
            out.append(
                f'<rect x="{start + bar * index:.1f}" y="{y(value):.1f}" '
                f'width="{bar * 0.92:.1f}" height="{y(0) - y(value):.1f}" '
                f'fill="{COLOURS[index]}"><title>{escape(layer)} {escape(f)}: '
                f"{value:.2f}×</title></rect>"
            )
        out.append(
            f'<text x="{LEFT + group * (column + 0.5):.1f}" y="{HEIGHT - 10}" '
            f'text-anchor="middle">{escape(layer)}</text>'
        )
    # As fast as fp32.
    out.append(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(1):.1f}" y2="{y(1):.1f}" '
        'stroke="#c00" stroke-dasharray="4 3"/>'
    )
    return "\n".join([*out, "</svg>", ""])
