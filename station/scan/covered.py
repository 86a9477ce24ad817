"""Codes and zones painted white: their modules look like letters, to the line finder and to every engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from station.dossier.reading import Box
from station.scan.codes.qr import FoundCode
from station.scan.image.arrays import Gray
from station.scan.image.prepare import Prepared

QUIET = 0.06
"""Paper around a code that belongs to it, as a share of its side."""


def places_of(codes: Sequence[FoundCode], prepared: Prepared) -> list[Box]:
    """Where the codes stand in the prepared image, with their quiet zones."""
    to_prepared = np.linalg.inv(prepared.to_page)
    places = []
    for code in codes:
        left, top, right, bottom = code.box
        corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], np.float64).T
        across, down, scale = to_prepared @ corners
        across, down = across / scale, down / scale
        quiet = QUIET * max(np.ptp(across), np.ptp(down))
        places.append(
            (
                int(across.min() - quiet),
                int(down.min() - quiet),
                int(across.max() + quiet),
                int(down.max() + quiet),
            )
        )
    return places


def without(gray: Gray, places: Sequence[Box]) -> Gray:
    """The image with these places white; the image itself where there are none."""
    if not places:
        return gray
    gray = gray.copy()
    for place in places:
        left, top, right, bottom = (max(0, edge) for edge in place)
        gray[top:bottom, left:right] = 255
    return gray
