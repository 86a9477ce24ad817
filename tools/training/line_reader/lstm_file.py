"""The network component of a Tesseract model: its weight matrices as numbers, and the same file with other numbers.

The layout follows Tesseract's `Network::Serialize` and `WeightMatrix::Serialize` (src/lstm, Apache-2.0), little-endian.
A released model stores each row of a matrix as int8 with one scale; the last column is the bias.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

INT8, ADAM, DOUBLE = 1, 4, 128
"""Flags of a matrix: stored as bytes with scales, trained with Adam, and the format with doubles (not the oldest)."""

WHOLE_NUMBERS = 1
"""Flag of the whole network, behind its last layer: the sums are done in whole numbers."""

LAYER_RATES = 64
"""Flag of a layer with sub-layers: behind them stands a learning rate for each."""

GATES = ("cell", "input", "forget", "output")
STACKS = ("Series", "Parallel", "Replicated", "RTLReversed", "TTBReversed", "XYTranspose")
DENSE = ("Tanh", "Softmax", "Relu", "Linear", "Logistic")
LARGEST = 127

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Matrix:
    """Where a matrix stands in the file, and its weights: one row an output, one column an input, the bias last."""

    start: int
    end: int
    weights: Weights


class Reading:
    """A walk through the bytes of one component; `matrices` by name, such as `Lfx512.forget`."""

    def __init__(self, content: bytes) -> None:
        """Raises `ValueError` for a file of another layout."""
        self.content, self.at = content, 0
        self.matrices: dict[str, Matrix] = {}
        self._layer()
        self.spec = self._text()
        self.flags_at = self.at
        self.flags, self.iteration, self.samples, self.null = self._numbers("<iiii")

    def _numbers(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.content, self.at)
        self.at += struct.calcsize(form)
        return found

    def _text(self) -> str:
        (length,) = self._numbers("<I")
        self.at += length
        return self.content[self.at - length : self.at].decode()

    def _layer(self) -> None:
        (marker,) = self._numbers("<b")
        if marker != 0:
            raise ValueError("an old model, with numbered layers")
        kind = self._text()
        _, _, flags, _, _, _ = self._numbers("<bbIiii")
        name = self._text()
        if kind in STACKS:
            (count,) = self._numbers("<I")
            for _ in range(count):
                self._layer()
            if flags & LAYER_RATES:
                (rates,) = self._numbers("<I")
                self._numbers(f"<{rates}f")
        elif kind == "Input":
            self._numbers("<5i")
        elif kind in ("Convolve", "Maxpool"):
            self._numbers("<2i")
        elif kind in ("LSTM", "SummLSTM"):
            self._numbers("<i")
            for gate in GATES:
                self._matrix(f"{name}.{gate}")
        elif kind in DENSE:
            self._matrix(name)
        else:
            raise ValueError(f"no layer that is known here: {kind}")

    def _matrix(self, name: str) -> None:
        start = self.at
        (mode,) = self._numbers("<B")
        if not mode & DOUBLE:
            raise ValueError("an old model, with matrices of single precision")
        rows, columns, _ = self._numbers("<IIb" if mode & INT8 else "<IId")
        size = rows * columns
        if mode & INT8:
            steps = np.frombuffer(self.content, np.int8, size, self.at).reshape(rows, columns)
            self.at += size
            (scales,) = self._numbers("<I")  # more than rows, where it was padded for a processor
            scale = np.frombuffer(self.content, "<f8", scales, self.at)[:rows]
            self.at += 8 * scales
            weights = steps * scale[:, None]
        else:
            weights = np.frombuffer(self.content, "<f8", size, self.at).reshape(rows, columns).copy()
            self.at += 8 * size
        self.matrices[name] = Matrix(start, self.at, weights)


def with_weights(content: bytes, weights: dict[str, Weights], *, integer: bool = True) -> bytes:
    """The same network with these numbers, rounded to int8 or in full."""
    found = Reading(content)
    parts, at = [], 0
    for name, matrix in found.matrices.items():
        parts += [content[at : matrix.start], (rounded if integer else in_full)(weights[name])]
        at = matrix.end
    flags = found.flags | WHOLE_NUMBERS if integer else found.flags & ~WHOLE_NUMBERS
    return b"".join((*parts, content[at : found.flags_at], struct.pack("<i", flags), content[found.flags_at + 4 :]))


def stepped(weights: Weights) -> tuple[npt.NDArray[np.int8], Weights]:
    """Steps of a 127th of the row's largest weight, as Tesseract's own conversion does it, and what a step is."""
    scale = np.abs(weights).max(axis=1) / LARGEST
    return np.rint(weights / np.where(scale == 0, 1, scale)[:, None]).astype(np.int8), scale


def rounded(weights: Weights) -> bytes:
    steps, scale = stepped(weights)
    head = struct.pack("<BIIb", INT8 | ADAM | DOUBLE, *weights.shape, 0)
    return b"".join((head, steps.tobytes(), struct.pack("<I", len(scale)), scale.astype("<f8").tobytes()))


def in_full(weights: Weights) -> bytes:
    return struct.pack("<BIId", ADAM | DOUBLE, *weights.shape, 0.0) + weights.astype("<f8").tobytes()
