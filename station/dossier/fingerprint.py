"""A page's fingerprint and how two are compared: where the print is surely dark and where it is surely white.

Two copies of one form filled in for two people agree nearly everywhere, so a distance over the whole page tells
nothing. The pages are compared block by block instead, each block finding its own place within a few cells (a second
scan never lies quite as the first), and the blocks that agree worst decide. Cells that are neither dark nor white
belong to the rims of letters, change with every scan, and are left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

BLOCK = (32, 12)
"""Cells of a block, across and down: a few words of one line."""

NEARBY = 3
"""Cells that a block may lie off where the whole page puts it."""

DISPLACED = 0.05
"""Share of the page's longer side that the whole page may be displaced."""

FEWEST_DARK = 30
"""Dark cells in both copies of a block, taken together, from which the block counts."""

WORST = 4
"""Blocks that decide: one may be a dog-ear, four are other words."""

ALIKE = 0.135
"""Share of dark cells contradicted, in the worst blocks, up to which two images show the same page."""

LEAST_PRINT = 150
"""Dark cells a page must have: two blank pages are not the same page twice."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`dark` and `white`: one row of cells each number, the leftmost cell in the lowest bit."""

    width: int
    dark: tuple[int, ...]
    white: tuple[int, ...]

    @classmethod
    def from_hex(cls, text: str) -> Fingerprint:
        """The inverse of `to_hex`. Raises ValueError for anything else."""
        packed = bytes.fromhex(text)
        width, height = int.from_bytes(packed[:2], "big"), int.from_bytes(packed[2:4], "big")
        try:
            planes = zlib.decompress(packed[4:])
        except zlib.error as error:
            raise ValueError("no fingerprint") from error
        size = (width + 7) // 8
        if not size or len(planes) != 2 * height * size:
            raise ValueError("no fingerprint")
        rows = tuple(int.from_bytes(planes[at : at + size], "little") for at in range(0, len(planes), size))
        return cls(width, rows[:height], rows[height:])

    def to_hex(self) -> str:
        size = (self.width + 7) // 8
        planes = b"".join(row.to_bytes(size, "little") for row in (*self.dark, *self.white))
        head = self.width.to_bytes(2, "big") + len(self.dark).to_bytes(2, "big")
        return (head + zlib.compress(planes, 9)).hex()


def disagreement(one: Fingerprint, other: Fingerprint) -> float | None:
    """The share of dark cells contradicted in the worst blocks, 0 to 1; None where a page has too little print."""
    if min(sum(map(int.bit_count, page.dark)) for page in (one, other)) < LEAST_PRINT:
        return None
    if not 0.9 < (one.width * len(other.dark)) / (other.width * len(one.dark)) < 1.1:
        return 1.0
    right, down = displacement(one, other)
    shares = sorted(_blocks(one, other, right, down), reverse=True)[:WORST]
    return sum(shares) / len(shares) if shares else None


def displacement(one: Fingerprint, other: Fingerprint) -> tuple[int, int]:
    """How many cells further right and down the print stands in `one`: the best fit of both profiles."""
    right = _shift(_columns(one), _columns(other))
    down = _shift([row.bit_count() for row in one.dark], [row.bit_count() for row in other.dark])
    return right, down


def _columns(page: Fingerprint) -> list[int]:
    counts = [0] * page.width
    for row in page.dark:
        left = row
        while left:
            lowest = left & -left
            counts[lowest.bit_length() - 1] += 1
            left ^= lowest
    return counts


def _shift(one: list[int], other: list[int]) -> int:
    length = min(len(one), len(other))
    reach = max(1, round(DISPLACED * length))

    def misfit(shift: int) -> float:
        pairs = zip(one[max(0, shift) : length + min(0, shift)], other[max(0, -shift) :], strict=False)
        return sum(abs(a - b) for a, b in pairs) / (length - abs(shift))

    return min(range(-reach, reach + 1), key=misfit)


def _blocks(one: Fingerprint, other: Fingerprint, right: int, down: int) -> Iterator[float]:
    """The share contradicted of each block with enough print, where it fits best."""
    across, rows = BLOCK
    # Several rows in one number, with room between them: one operation compares a whole band at a time.
    room = abs(right) + NEARBY
    stride = max(one.width, other.width) + 2 * room
    height = min(len(one.dark), len(other.dark))
    moved = [_stacked(plane, stride, room + NEARBY - right) for plane in (one.dark, one.white)]
    still = [_stacked(plane, stride, room) for plane in (other.dark, other.white)]
    columns = range(0, min(one.width, other.width), across)
    for top in range(0, height, rows):
        band = min(rows, height - top)
        there, empty = (_band(plane, top, band, stride) for plane in still)
        masks = [_mask(room + left, across, band, stride) for left in columns]
        totals = [(there & mask).bit_count() for mask in masks]
        best = [(stride * rows, 1)] * len(masks)
        for lower, shift in product(range(-NEARBY, NEARBY + 1), range(2 * NEARBY + 1)):
            dark, white = (_band(plane, top + down + lower, band, stride) >> shift for plane in moved)
            contradicted = (dark & empty) | (there & white)
            for number, mask in enumerate(masks):
                count = (contradicted & mask).bit_count()
                if count < best[number][0]:
                    best[number] = (count, totals[number] + (dark & mask).bit_count())
        yield from (count / total for count, total in best if total >= FEWEST_DARK)


def _stacked(rows: tuple[int, ...], stride: int, offset: int) -> int:
    """All rows in one number, the first in the lowest bits, each moved up by `offset` within its stride."""
    total = 0
    for row in reversed(rows):
        total = (total << stride) | (row << offset)
    return total


def _band(plane: int, top: int, rows: int, stride: int) -> int:
    if top < 0:
        return _band(plane, 0, max(0, rows + top), stride) << (-top * stride)
    return (plane >> (top * stride)) & ((1 << (rows * stride)) - 1)


def _mask(left: int, wide: int, rows: int, stride: int) -> int:
    """Ones over a block of cells in every row of a band."""
    row = ((1 << wide) - 1) << left
    return sum(row << (number * stride) for number in range(rows))
