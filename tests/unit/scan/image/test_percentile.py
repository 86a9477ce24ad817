"""Counting levels gives what sorting them gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.scan.image.percentile import percentiles


@given(st.binary(min_size=1, max_size=300), st.floats(0, 100))
def test_percentiles_are_those_of_numpy(content: bytes, share: float) -> None:
    levels = np.frombuffer(content, np.uint8)
    assert percentiles(levels, share)[0] == pytest.approx(float(np.percentile(levels, share)), abs=1e-9)


def test_several_are_told_at_once_also_of_a_cut_out_part() -> None:
    image = np.arange(200, dtype=np.uint8).reshape(10, 20)
    part = image[2:8, 3:15:2]
    assert percentiles(part, 0, 50, 100) == (43, float(np.median(part)), 153)
