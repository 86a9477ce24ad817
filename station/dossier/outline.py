"""Where one paper lies in an image: its four corners, in pixels of the image as it came."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
"""Across and down."""

Outline = tuple[Point, Point, Point, Point]
"""The corners clockwise, beginning at the one that is top left in the image; the paper need not stand upright."""


def outline_from_json(corners: Sequence[Sequence[float]] | None) -> Outline | None:
    """Out of the lists that JSON makes of an outline; None stays None."""
    if corners is None:
        return None
    first, second, third, fourth = ((float(across), float(down)) for across, down in corners)
    return first, second, third, fourth
