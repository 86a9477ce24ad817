"""Cards told from pages."""

from __future__ import annotations

import numpy as np
import pytest

from station.scan.image.sheet.kinds import Sheet, by_print


@pytest.mark.parametrize(
    ("across", "card", "letters", "told"),
    [
        (1.47, False, 0.018, True), (1.47, False, 0.010, False), (1.52, True, 0.010, False), (1.52, True, 0.012, True),
        (1.58, True, 0.005, True), (1.41, False, 0.020, False), (1.52, True, 0.0, True),
    ],
)  # fmt: skip
def test_where_the_proportion_does_not_tell_the_height_of_letters_tells_cards_from_pages(
    across: float, card: bool, letters: float, told: bool
) -> None:
    quad = np.array([[0, 0], [1000 * across, 0], [1000 * across, 1000], [0, 1000]], np.float64)
    assert by_print(Sheet(quad, card), letters).card is told
