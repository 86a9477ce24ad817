"""Figures in the boxes of a form are closed up, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.image.arrays import Gray
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, X_HEIGHT
from station.scan.text.spaced_digits import closed_up


def strip_of(signs: str, pitch: int, start: int = 12) -> Gray:
    strip = np.full((HEIGHT, start + pitch * len(signs) + 12), 250, np.uint8)
    for at, sign in enumerate(signs):
        cv2.putText(strip, sign, (start + at * pitch, BASELINE_ROW), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return strip


def columns_of_ink(strip: Gray) -> int:
    return int((strip < 120).any(axis=0).sum())


@pytest.mark.parametrize("pitch", [30, 44, 60])
def test_spaced_figures_are_closed_up_and_none_is_lost(pitch: int) -> None:
    strip = strip_of("040198003517", pitch)
    found = closed_up(strip)
    assert found is not None
    assert found.begins <= 12
    assert found.strip.shape[1] < 0.9 * strip.shape[1]
    assert abs(columns_of_ink(found.strip) - columns_of_ink(strip)) <= 2 * 12


def test_a_label_before_the_boxes_stays_as_it_is() -> None:
    label = np.full((HEIGHT, 200), 250, np.uint8)
    cv2.putText(label, "So dinh danh:", (8, BASELINE_ROW), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 20, 2)
    found = closed_up(np.hstack([label, strip_of("040198003517", 48)]))
    assert found is not None
    assert 190 <= found.begins <= 215
    assert np.array_equal(found.strip[:, :180], label[:, :180])


def test_what_is_left_of_the_frames_goes() -> None:
    strip = strip_of("040198003517", 44)
    strip[2:4, 100:110] = strip[44:46, 150:160] = 20
    found = closed_up(strip)
    assert found is not None
    assert int(found.strip[:5].min()) > 200


def test_ordinary_text_a_few_figures_and_blank_paper_are_left_alone() -> None:
    text = np.full((HEIGHT, 600), 250, np.uint8)
    cv2.putText(text, "Uy ban nhan dan xa Mau", (8, BASELINE_ROW), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    assert closed_up(text) is None
    assert closed_up(strip_of("1234567", 44)) is None
    assert closed_up(strip_of("040198003517", X_HEIGHT)) is None
    assert closed_up(np.full((HEIGHT, 300), 250, np.uint8)) is None
