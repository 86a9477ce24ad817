"""Names for the arrays that images are: 8 bits a channel, rows first.

OpenCV's stubs do not tell element types, so neither can these; the docstrings do.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Gray: TypeAlias = npt.NDArray[Any]
"""uint8, height × width; 0 is black."""

Colour: TypeAlias = npt.NDArray[Any]
"""uint8, height × width × 3; blue, green, red, as OpenCV has them."""

Mask: TypeAlias = npt.NDArray[Any]
"""uint8, height × width; 255 where something is, else 0."""

Matrix: TypeAlias = npt.NDArray[Any]
"""float64, 3 × 3; maps (x, y, 1) of one image to another."""

Quad: TypeAlias = npt.NDArray[Any]
"""float64, 4 × 2 corner points: top left, top right, bottom right, bottom left."""

Points: TypeAlias = npt.NDArray[Any]
"""float64, … × 2; x and y."""

Lab: TypeAlias = npt.NDArray[Any]
"""float32, height × width × 3; CIE L*a*b* in OpenCV's 8-bit scaling."""

Labels: TypeAlias = npt.NDArray[Any]
"""int32, height × width; which connected component a pixel belongs to, 0 for none."""

Stats: TypeAlias = npt.NDArray[Any]
"""int32, one row a connected component, the background first; columns as OpenCV's `CC_STAT_*` name them."""

Places: TypeAlias = npt.NDArray[np.intp]
"""Indices into an image: rows, columns, or both in one."""
