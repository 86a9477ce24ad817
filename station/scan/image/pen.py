"""Whether something was written with a pen: ball-point and ink are blue, print is black."""

from __future__ import annotations

import numpy as np

from station.scan.image.arrays import Colour
from station.scan.image.percentile import paper_of

FAINT = 45
"""By so much darker than the paper, of 255, a pixel is ink."""

BLUE = 0.22
"""By such a share of its darkness, blue ink is bluer than it is red or green; a camera's tint gives print 0.1."""

PEN = 0.3
"""From this share nobody prints so: a pen has 0.33 to 0.47, but a faded one 0.25; dark blue print has up to 0.27."""

MOSTLY = 0.55
"""Share of the ink that is as blue as is told."""

LEAST = 0.01
"""Share of a box that must be ink at all."""


def blueness(part: Colour) -> float:
    """By which share of its darkness most of the ink on a piece of a page is bluer than it is red or green; 0 without
    ink."""
    if not part.size:
        return 0.0
    paper = np.array(paper_of(part, 80), np.float32)
    light = part.reshape(-1, 3) * (paper.max() / paper)
    dark = light.max() - light.min(axis=1)
    inked = dark > FAINT
    ink = light[inked]
    if len(ink) < LEAST * len(light):
        return 0.0
    blue = (ink[:, 0] - np.maximum(ink[:, 1], ink[:, 2])) / dark[inked]
    return float(np.percentile(blue, 100 * (1 - MOSTLY)))
