"""Connected components and their pixels, and images made smaller by whole numbers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.image.components import MOST_SHORT_LABELS, Components, labelled
from station.scan.image.shrink import shrink, to_side


def test_chosen_components_come_back_as_a_mask() -> None:
    mask = np.zeros((20, 30), np.uint8)
    mask[2:5, 3:9] = 255
    mask[10:12, 20:22] = 255
    found = Components.of_mask(mask)
    large = found.stats[:, cv2.CC_STAT_AREA] == 18
    assert np.array_equal(found.mask(large), np.where(np.arange(20)[:, None] < 6, mask, 0))
    assert sorted(found.first_pixels()[1:].tolist()) == [2 * 30 + 3, 10 * 30 + 20]
    assert found.counted_in(mask).tolist()[1:] == found.stats[1:, cv2.CC_STAT_AREA].tolist()


def test_more_components_than_short_labels_can_tell_are_all_counted() -> None:
    mask = np.zeros((700, 700), np.uint8)
    mask[::2, ::2] = 255
    labels, stats = labelled(mask)
    assert len(stats) - 1 == 350 * 350 > MOST_SHORT_LABELS
    assert labels.max() == 350 * 350


@pytest.mark.parametrize("shape", [(16, 24), (17, 23), (3, 3)])
def test_shrinking_averages_and_keeps_the_place(shape: tuple[int, int]) -> None:
    small = shrink(np.full(shape, 77, np.uint8), 8)
    assert small.shape == (-(-shape[0] // 8), -(-shape[1] // 8))
    assert (small == 77).all()


def test_an_image_is_brought_to_a_side_with_its_scale() -> None:
    small, factor = to_side(np.zeros((3508, 2480, 3), np.uint8), 640)
    assert abs(max(small.shape) - 640) <= 1
    assert factor == pytest.approx(3508 / 640, rel=0.003)
    same, one = to_side(np.zeros((300, 200, 3), np.uint8), 640)
    assert same.shape == (300, 200, 3)
    assert one == 1.0
