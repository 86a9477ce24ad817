"""Percentiles of grey levels by counting, a tenth of the time of sorting: a page has hundreds of strips."""

from __future__ import annotations

import math

import numpy as np

from station.scan.image.arrays import Colour, Gray


def paper_of(part: Colour, share: float) -> tuple[float, float, float]:
    """The colour of a part's paper: of each channel the level below which so many in a hundred lie, at least 1."""
    blue, green, red = (max(1.0, percentiles(part[..., channel], share)[0]) for channel in range(3))
    return blue, green, red


def percentiles(gray: Gray, *shares: float) -> tuple[float, ...]:
    """The levels below which so many in a hundred lie, as `numpy.percentile` tells them; `gray` is not empty."""
    reached = np.cumsum(np.bincount(gray.ravel(), minlength=256))
    places = [share / 100 * (gray.size - 1) for share in shares]
    ends = [(math.floor(place), math.ceil(place)) for place in places]
    levels = np.searchsorted(reached, ends, side="right").tolist()
    return tuple(
        low + (high - low) * (place - first)
        for place, (first, _), (low, high) in zip(places, ends, levels, strict=True)
    )
