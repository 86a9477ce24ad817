"""Whether edges keep to one direction, as those of print, wood and rims do: a code has as many across as down."""

from __future__ import annotations

import math

import cv2
import numpy as np

from station.scan.image.arrays import Gray

MOST_OF_A_CODE = 0.25
"""0 where as many edges go down as across, 1 in a barcode. Nine codes of ten have 0.06 and less, blurred, aslant and
under glare, and none of 340 more than 0.18 (`bench.codes`, seed 86200); print has 0.4 and more, grained wood and the
rim of a card 0.9. Measured on patches as they are cut, of up to 420 pixels, or made smaller to 250."""

RIM_LEFT_OUT = 0.18
"""Of the shorter side: what lies around a code."""


def keeps_one_way(patch: Gray) -> bool:
    """Whether a patch is no code for that, unless a hand has shaken: then all edges keep to the shake's direction."""
    height, width = patch.shape
    rim = round(RIM_LEFT_OUT * min(height, width))
    core = cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 1)[rim : height - rim, rim : width - rim]
    across, down = cv2.Sobel(core, cv2.CV_32F, 1, 0), cv2.Sobel(core, cv2.CV_32F, 0, 1)
    edges = float((across * across + down * down).sum())
    turned = (float((across * across - down * down).sum()), float(2 * (across * down).sum()))
    return math.hypot(*turned) > MOST_OF_A_CODE * max(1e-9, edges)
