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


def is_convex(outline: Outline) -> bool:
    """Whether the corners go round clockwise without a dent, as those of a sheet of paper do in any picture."""
    return all(_turn(outline[at], outline[(at + 1) % 4], outline[(at + 2) % 4]) > 0 for at in range(4))


def _turn(one: Point, two: Point, three: Point) -> float:
    """Positive where the way from `one` over `two` to `three` turns right, down being positive."""
    return (two[0] - one[0]) * (three[1] - two[1]) - (two[1] - one[1]) * (three[0] - two[0])
