"""Where one paper lies in an image: its four corners, in pixels of the image as it came."""

from __future__ import annotations

Point = tuple[float, float]
"""Across and down."""

Outline = tuple[Point, Point, Point, Point]
"""The corners clockwise, beginning at the one that is top left in the image; the paper need not stand upright."""
