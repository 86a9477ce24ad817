"""The layout of QR symbols is that of the standard: held against symbols that another program drew."""

from __future__ import annotations

import numpy as np
import pytest
import segno

from station.scan.codes.symbol_layout import (
    LARGEST,
    UNKNOWN,
    Format,
    blocks,
    codeword_places,
    format_places,
    formats,
    masked,
    patterns,
    side_of,
)


@pytest.mark.parametrize("version", range(1, LARGEST + 1))
def test_patterns_format_and_padding_of_a_symbol_stand_where_they_are_looked_for(version: int) -> None:
    symbol = segno.make("a", version=version, error="m", micro=False, boost_error=False)
    drawn = np.array([list(row) for row in symbol.matrix], np.int8)
    known = patterns(version)
    assert drawn.shape == known.shape == (side_of(version),) * 2
    assert (drawn == known)[known != UNKNOWN].all()
    told = [one for one, bits in formats() if (drawn.reshape(-1)[format_places(version)] == bits).all()]
    assert told == [Format("M", symbol.mask)]
    bits = (drawn == 1) ^ masked(version, symbol.mask)
    words = np.packbits(bits.reshape(-1)[codeword_places(version)], axis=1)[:, 0]
    in_order = [word for block in blocks(version, "M") for word in words[list(block.codewords[: -block.checks])]]
    # Mode, length and letter, then the two words that fill what is left, in turn, over all blocks.
    head = in_order.index(236)
    assert head <= 5
    assert in_order[head:] == [(236, 17)[place % 2] for place in range(len(in_order) - head)]


@pytest.mark.parametrize("level", "LMQH")
def test_every_codeword_belongs_to_one_block(level: str) -> None:
    for version in range(1, LARGEST + 1):
        of_blocks = sorted(word for block in blocks(version, level) for word in block.codewords)
        assert of_blocks == list(range(len(codeword_places(version))))
