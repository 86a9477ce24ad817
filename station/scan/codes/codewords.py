"""From modules, some of them doubtful, to the codewords that were sent: the format, then block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.scan.codes.reed_solomon import corrected
from station.scan.codes.symbol_layout import (
    UNKNOWN,
    Format,
    Modules,
    blocks,
    codeword_places,
    format_places,
    formats,
    masked,
    patterns,
)

Shares = npt.NDArray[np.float64]
"""One number a module: how much of it is ink, or how certain that is."""

LOST = (0.0, 0.3, 0.6, 1.0)
"""Shares of the checks that are spent on the least certain codewords, tried in turn."""

SPARE = 4
"""Checks that are never spent, so that noise does not pass for text; small symbols have few, and keep half of it."""


@dataclass(frozen=True)
class Mended:
    """A symbol of which whole blocks have been proved. `modules` are all that is known by now."""

    modules: Modules
    whole: bool


def likely_format(ink: Shares, version: int) -> Format:
    """The format whose two copies agree best with what was seen."""
    seen = ink.reshape(-1)[format_places(version)].sum(axis=0) - 1
    return max(formats(), key=lambda one: float(((2 * one[1] - 1) * seen).sum()))[0]


def with_format(modules: Modules, version: int, chosen: Format) -> Modules:
    """The same modules with the format information written in."""
    written = modules.copy()
    bits = next(bits for one, bits in formats() if one == chosen)
    written.reshape(-1)[format_places(version)] = bits
    return written


def mended(ink: Shares, certain: Shares, version: int, chosen: Format) -> Mended:
    """Correct the errors of each block, the least certain codewords given up first where that is needed."""
    side = len(ink)
    places = codeword_places(version)
    turned = masked(version, chosen.mask).reshape(-1)
    words = np.packbits((ink.reshape(-1) > 0.5)[places] ^ turned[places], axis=1)[:, 0]
    trust = certain.reshape(-1)[places].min(axis=1)
    known = with_format(patterns(version), version, chosen).reshape(-1)
    whole = True
    for block in blocks(version, chosen.level):
        members = np.array(block.codewords)
        sent = _corrected(words[members], trust[members], block.checks)
        if sent is None:
            whole = False
        else:
            bits = np.unpackbits(sent.astype(np.uint8)[:, None], axis=1).astype(np.bool_)
            known[places[members]] = bits ^ turned[places[members]]
    if whole:
        known[known == UNKNOWN] = turned[known == UNKNOWN]  # the few bits behind the last codeword are nought
    return Mended(known.reshape(side, side), whole)


def _corrected(words: npt.NDArray[np.uint8], trust: Shares, checks: int) -> npt.NDArray[np.int64] | None:
    spare = min(SPARE, checks // 4)
    doubtful = np.argsort(trust, kind="stable")
    for share in LOST:
        lost = doubtful[: round(share * (checks - spare))]
        sent = corrected(words.tolist(), checks, lost.tolist(), spare)
        if sent is not None:
            return sent
    return None
