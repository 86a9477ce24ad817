"""Lines of dust on a feeder's glass are taken off; what only looks like one stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.image.arrays import Colour
from station.scan.image.streaks import Streaks, issues, streaks_of, without_streaks
from tests.unit.scan.image.printed import page


def streaked(image: Colour, left: int, wide: int, light: float, *, level: bool = False) -> Colour:
    seen = image.copy()
    where = np.s_[left : left + wide] if level else np.s_[:, left : left + wide]
    seen[where] = (seen[where] * light).astype(np.uint8)
    return seen


def mended(image: Colour) -> Colour:
    return without_streaks(image, streaks_of(image))


def differing(one: Colour, other: Colour) -> float:
    """Share of the page that is plainly another grey."""
    return float((np.abs(one.astype(int) - other).max(2) > 60).mean())


@pytest.mark.parametrize("level", [False, True])
def test_a_pale_streak_leaves_the_paper_white_and_the_print_below_it_black(*, level: bool) -> None:
    dusty = streaked(page(), 403, 3, 0.6, level=level)
    assert differing(mended(dusty), page()) < differing(dusty, page()) / 8
    assert streaks_of(dusty).covering == ()


def test_a_black_streak_is_filled_and_told_of() -> None:
    dusty = streaked(page(), 403, 2, 0.05)
    streaks = streaks_of(dusty)
    (box,) = streaks.covering
    assert (box[1], box[3]) == (0, 1700)
    assert box[0] <= 403 < 405 <= box[2]
    assert [(issue.code, issue.value) for issue in issues(streaks)] == [("page.streaks", 1)]
    assert differing(mended(dusty), page()) < differing(dusty, page()) / 4


def test_several_streaks_of_both_ways_are_taken_off_at_once() -> None:
    dusty = streaked(streaked(streaked(page(), 300, 2, 0.4), 900, 3, 0.5), 850, 2, 0.4, level=True)
    assert differing(mended(dusty), page()) < differing(dusty, page()) / 4


def none(streaks: Streaks) -> bool:
    return bool((streaks.upright == 1).all() and (streaks.level == 1).all())


def test_rules_of_a_form_black_rims_and_aslant_lines_are_no_streaks() -> None:
    ruled, rimmed, aslant = page(), page(), page()
    cv2.rectangle(ruled, (60, 60), (1140, 1640), (20, 20, 20), 2)
    cv2.line(ruled, (600, 60), (600, 1640), (20, 20, 20), 2)
    rimmed[:, 1170:] = rimmed[:, :14] = 10
    cv2.line(aslant, (500, 0), (520, 1700), (20, 20, 20), 2)
    for image in (page(), ruled, rimmed, aslant):
        assert none(streaks_of(image))
        assert mended(image) is image


def test_a_pattern_of_many_lines_is_what_was_scanned() -> None:
    cloth = page()
    cloth[:, 5::20] = 120
    assert mended(cloth) is cloth


def test_so_many_black_lines_that_none_is_filled_are_told_all_the_same() -> None:
    dusty = page()
    for left in range(60, 1150, 60):
        dusty[:, left : left + 3] = 5
    assert mended(dusty) is dusty
    assert len(streaks_of(dusty).covering) > 15  # two lie below stems for most of the page


def test_a_line_is_as_wide_lying_as_upright() -> None:
    for level in (False, True):
        (box,) = streaks_of(streaked(page(), 403, 2, 0.05, level=level)).covering
        assert box[2] - box[0] == 1200 if level else box[3] - box[1] == 1700


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 40, 3), (40, 1, 3), (3, 3, 3)])
def test_a_picture_of_a_few_pixels_stays_as_it_is(shape: tuple[int, int, int]) -> None:
    image = np.full(shape, 200, np.uint8)
    assert np.array_equal(mended(image), image)
