# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the contractions of `bitserial.build` compute, in plain NumPy.

Works on values as 64-bit integers and knows nothing of bits, formats or
layouts: the meaning that compiled code is tested against.
"""

from __future__ import annotations

import numpy as np

__all__ = ["conv2d", "matmul"]


def conv2d(x, w, strides=(1, 1), padding=(1, 1), dilations=(1, 1), groups=1):
    """The convolution of `build.conv2d` with the same parameters.

    x: integers of shape (batch, height, width, channels).
    w: integers of shape (output channels, height, width, channels / groups).
    Returns int64 of shape (batch, output height, output width, output channels).
    """
    x, w = np.asarray(x, np.int64), np.asarray(w, np.int64)
    (sh, sw), (dh, dw) = _pair(strides), _pair(dilations)
    sides = _pair(padding)
    (top, bottom), (left, right) = (_pair(side) for side in sides)
    x = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))
    n, h, width, channels = x.shape
    o, kh, kw, c = w.shape
    assert channels == groups * c and o % groups == 0
    oh = (h - (kh - 1) * dh - 1) // sh + 1
    ow = (width - (kw - 1) * dw - 1) // sw + 1
    result = np.zeros((n, oh, ow, o), np.int64)
    per_group = o // groups
    for i in range(kh):
        for j in range(kw):
            rows = slice(i * dh, i * dh + (oh - 1) * sh + 1, sh)
            columns = slice(j * dw, j * dw + (ow - 1) * sw + 1, sw)
            window = x[:, rows, columns, :]
            for g in range(groups):
                outputs = slice(g * per_group, (g + 1) * per_group)
                inputs = window[..., g * c : (g + 1) * c]
                result[..., outputs] += inputs @ w[outputs, i, j, :].T
    return result


def matmul(x, w):
    """The product of `build.matmul`: x[.., m, k] times w[.., n, k], as int64."""
    x, w = np.asarray(x, np.int64), np.asarray(w, np.int64)
    return x @ np.swapaxes(w, -1, -2)


def _pair(value):
    return value if isinstance(value, (tuple, list)) else (value, value)
