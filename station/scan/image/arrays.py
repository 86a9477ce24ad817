"""Names for the arrays that images are: 8 bits a channel, rows first."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Gray: TypeAlias = npt.NDArray[np.uint8]
"""Height × width; 0 is black."""

Colour: TypeAlias = npt.NDArray[np.uint8]
"""Height × width × 3; blue, green, red, as OpenCV has them."""

Mask: TypeAlias = npt.NDArray[np.uint8]
"""Height × width; 255 where something is, else 0."""

Matrix: TypeAlias = npt.NDArray[np.float64]
"""3 × 3, maps (x, y, 1) of one image to another."""

Quad: TypeAlias = npt.NDArray[np.float64]
"""4 × 2 corner points: top left, top right, bottom right, bottom left."""
