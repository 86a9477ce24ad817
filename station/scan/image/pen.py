"""Whether something was written with a pen: ball-point and ink are blue, print is black."""

from __future__ import annotations

import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Colour

FAINT = 45
"""By so much darker than the paper, of 255, a pixel is ink."""

BLUE = 0.22
"""By such a share of its darkness, blue ink is bluer than it is red or green; a camera's tint gives print 0.1."""

MOSTLY = 0.55
LEAST = 0.01
"""Share of a box that must be ink at all."""


def in_blue_ink(image: Colour, box: Box) -> bool:
    """Whether most of the ink in a box of the image is blue."""
    left, top, right, bottom = (max(0, edge) for edge in box)
    part = image[top:bottom, left:right].reshape(-1, 3).astype(np.float32)
    if not part.size:
        return False
    paper = np.maximum(np.percentile(part, 80, axis=0), 1.0)
    light = part * (paper.max() / paper)
    dark = light.max() - light.min(axis=1)
    ink = light[dark > FAINT]
    if len(ink) < LEAST * len(light):
        return False
    blue = ink[:, 0] - np.maximum(ink[:, 1], ink[:, 2])
    return bool(np.mean(blue > BLUE * dark[dark > FAINT]) > MOSTLY)
