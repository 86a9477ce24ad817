"""What the standard (ISO/IEC 18004) fixes of a QR symbol: its patterns, where its bits stand, how they are masked."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Modules = npt.NDArray[np.int8]
"""A square of modules: 1 ink, 0 paper, `UNKNOWN` what the symbol's text decides."""

Places = npt.NDArray[np.intp]
"""Modules by number, counted row by row."""

UNKNOWN = -1
LARGEST = 25
"""Versions beyond have 121 modules and more a side: no paper that a counter sees carries one."""

LEVELS = {1: "L", 0: "M", 3: "Q", 2: "H"}
"""Levels of error correction as the format information numbers them."""

FORMAT_CHECK, FORMAT_MASK, VERSION_CHECK = 0x537, 0x5412, 0x1F25

_BLOCKS = {
    "L": "7x1 10x1 15x1 20x1 26x1 18x2 20x2 24x2 30x2 18x4 20x4 24x4 26x4 30x4 22x6 24x6 28x6 30x6 28x7 28x8 "
    "28x8 28x9 30x9 30x10 26x12",
    "M": "10x1 16x1 26x1 18x2 24x2 16x4 18x4 22x4 22x5 26x5 30x5 22x8 22x9 24x9 24x10 28x10 28x11 26x13 26x14 "
    "26x16 26x17 28x17 28x18 28x20 28x21",
    "Q": "13x1 22x1 18x2 26x2 18x4 24x4 18x6 22x6 20x8 24x8 28x8 26x10 24x12 20x16 30x12 24x17 28x16 28x18 "
    "26x21 30x20 28x23 30x23 30x25 30x27 30x29",
    "H": "17x1 28x1 22x2 16x4 22x4 28x4 26x5 26x6 24x8 28x8 24x11 28x11 22x16 24x16 24x18 30x16 28x19 28x21 "
    "26x25 28x25 30x25 24x34 30x30 30x32 30x35",
}
"""Check codewords of each block × number of blocks, of versions 1 to 25."""


@dataclass(frozen=True)
class Format:
    """What the format information tells: how much is spare, and which mask lies over the text."""

    level: str
    mask: int


@dataclass(frozen=True)
class Block:
    """Codewords that are checked together: `codewords` in the order in which they stand, the last `checks` spare."""

    codewords: tuple[int, ...]
    checks: int


def side_of(version: int) -> int:
    """Modules along a side."""
    return 17 + 4 * version


@functools.lru_cache(maxsize=LARGEST)
def patterns(version: int) -> Modules:
    """Finder, timing and alignment patterns, the dark module and the version; not to be written to."""
    side = side_of(version)
    modules = np.full((side, side), UNKNOWN, np.int8)
    for row, column in ((0, 0), (0, side - 7), (side - 7, 0)):
        _square(modules, row + 3, column + 3, "11010")
    modules[6, 8 : side - 8] = modules[8 : side - 8, 6] = 1 - np.arange(8, side - 8) % 2
    modules[side - 8, 8] = 1
    centres = _alignment(version)
    for row in centres:
        for column in centres:
            if sorted((row, column)) not in ([6, 6], [6, side - 7]):
                _square(modules, row, column, "101")
    if version >= 7:
        for bit, value in enumerate(_bits(_checked(version, 12, VERSION_CHECK), 18)[::-1]):
            modules[bit // 3, side - 11 + bit % 3] = modules[side - 11 + bit % 3, bit // 3] = value
    modules.setflags(write=False)
    return modules


@functools.lru_cache(maxsize=LARGEST)
def format_places(version: int) -> Places:
    """Where the fifteen bits stand, most significant first: once around the first finder, once along the others."""
    side = side_of(version)
    around = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    along = [(row, 8) for row in range(side - 1, side - 8, -1)] + [(8, column) for column in range(side - 8, side)]
    return np.array([[row * side + column for row, column in one] for one in (around, along)], np.intp)


@functools.cache
def formats() -> tuple[tuple[Format, npt.NDArray[np.int8]], ...]:
    """All 32 with the bits that are written for them."""
    told = []
    for number in range(32):
        bits = _bits(_checked(number, 10, FORMAT_CHECK) ^ FORMAT_MASK, 15)
        told.append((Format(LEVELS[number >> 3], number & 7), np.array(bits, np.int8)))
    return tuple(told)


@functools.lru_cache(maxsize=LARGEST)
def codeword_places(version: int) -> Places:
    """One row a codeword, in the order in which they stand: its eight modules, the most significant first."""
    side = side_of(version)
    taken = patterns(version).reshape(-1) != UNKNOWN
    taken[format_places(version).reshape(-1)] = True
    order = [row * side + column for row, column in _zigzag(side) if not taken[row * side + column]]
    whole = len(order) // 8 * 8
    return np.array(order[:whole], np.intp).reshape(-1, 8)


def masked(version: int, mask: int) -> npt.NDArray[np.bool_]:
    """The modules that this mask turns over, as a square."""
    row, column = np.mgrid[0 : side_of(version), 0 : side_of(version)]
    both = row * column
    rule = (
        (row + column) % 2, row % 2, column % 3, (row + column) % 3,
        (row // 2 + column // 3) % 2, both % 2 + both % 3, (both % 2 + both % 3) % 2,
        ((row + column) % 2 + both % 3) % 2,
    )[mask]  # fmt: skip
    return np.asarray(rule == 0)


def blocks(version: int, level: str) -> tuple[Block, ...]:
    """The blocks of a symbol, whose codewords stand interleaved."""
    checks, number = map(int, _BLOCKS[level].split()[version - 1].split("x"))
    total = len(codeword_places(version))
    text = total - checks * number
    short, longer = text // number, text % number
    members: list[list[int]] = [[] for _ in range(number)]
    place = 0
    for column in range(short + 1):
        for block in range(0 if column < short else number - longer, number):
            members[block].append(place)
            place += 1
    for _ in range(checks):
        for block in range(number):
            members[block].append(place)
            place += 1
    return tuple(Block(tuple(codewords), checks) for codewords in members)


def _square(modules: Modules, row: int, column: int, rings: str) -> None:
    """Rings around a centre, from the centre outwards, as far as the symbol goes."""
    reach = len(rings) - 1
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            if 0 <= row + down < len(modules) and 0 <= column + across < len(modules):
                modules[row + down, column + across] = int(rings[max(abs(down), abs(across))])


def _alignment(version: int) -> tuple[int, ...]:
    """Rows, and columns, on which alignment patterns stand."""
    if version == 1:
        return ()
    gaps = version // 7 + 1
    step = (version * 4 + gaps * 2 + 3) // (gaps * 2) * 2
    return (6, *(side_of(version) - 7 - number * step for number in range(gaps - 1, -1, -1)))


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    """All modules in the order in which text is written: column pairs from the right, up and down in turn."""
    upwards = True
    for right in (*range(side - 1, 6, -2), *range(5, 0, -2)):
        for row in range(side - 1, -1, -1) if upwards else range(side):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _checked(number: int, checks: int, polynomial: int) -> int:
    """The number with its check bits behind it (BCH)."""
    rest = number << checks
    for bit in range(rest.bit_length() - 1, checks - 1, -1):
        if rest >> bit & 1:
            rest ^= polynomial << (bit - checks)
    return number << checks | rest


def _bits(number: int, count: int) -> list[int]:
    return [number >> bit & 1 for bit in range(count - 1, -1, -1)]
