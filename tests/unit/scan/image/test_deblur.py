"""A blur of a known spread is taken back, whichever way it goes."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.image.deblur import deblurred, gaussian

HALF = np.zeros((9, 9), np.float32)
HALF[4, 4:] = 0.2
"""Only to the right: taken back the wrong way round it would double."""


@pytest.mark.parametrize("spread", [gaussian(1.5), HALF], ids=["soft", "to the right"])
def test_a_blur_is_taken_back(spread: Any, write: Any) -> None:
    sharp = cv2.cvtColor(write(["Họ và tên: TRẦN THỊ MẪU"], size=(900, 200), at=(20, 40)), cv2.COLOR_BGR2GRAY)
    blurred = cv2.filter2D(sharp, -1, np.ascontiguousarray(spread[::-1, ::-1]))
    assert off(deblurred(blurred, spread, 0.003), sharp) < 0.6 * off(blurred, sharp)


def test_even_paper_stays_as_it_is() -> None:
    paper = np.full((100, 120), 203, np.uint8)
    assert off(deblurred(paper, gaussian(2.0), 0.003), paper) <= 1


def off(one: Any, other: Any) -> float:
    return float(np.abs(one.astype(float) - other).mean())
