"""Masks become lines, lines become strips of fixed geometry, and the network finds what stands on a sheet."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.errors import ResourceError
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, X_HEIGHT, Segment, crop
from station.scan.text.line_doubts import believed
from station.scan.text.line_finder import LineFinder
from station.scan.text.line_shapes import SWOLLEN, bands_of


def mask_with(*bands: tuple[float, float, float, float], bend: float = 0, lean: float = 0) -> Any:
    """Bands of (left, right, baseline, x-height): how much of each pixel they cover, edges as wide as in training."""
    rows, columns = np.mgrid[0:120, 0:400].astype(np.float64)
    mask = np.zeros((120, 400), np.float32)
    for left, right, base, x_height in bands:
        lower = base + lean * (columns - left) + bend * np.sin((columns - left) / 400 * math.pi) + SWOLLEN / 2
        upper = lower - x_height - SWOLLEN
        high = np.clip(np.minimum(rows + 1, lower) - np.maximum(rows, upper), 0, 1)
        wide = np.clip(np.minimum(columns + 1, right) - np.maximum(columns, left), 0, 1)
        mask = np.maximum(mask, high * wide)
    return mask.astype(np.float32)


def test_a_band_tells_its_baseline_and_x_height_finer_than_a_pixel() -> None:
    found = bands_of(mask_with((20, 300, 60.5, 4.25)))
    assert len(found) == 1
    assert found.x_height[0] == pytest.approx(4.25, abs=0.3)
    ends = found.baseline(0)
    assert ends[0] == pytest.approx([20, 60.5], abs=0.6)
    assert ends[-1] == pytest.approx([300, 60.5], abs=0.6)


def test_a_leaning_line_keeps_its_slope_and_a_bent_one_its_bend() -> None:
    leaning = bands_of(mask_with((20, 380, 40, 4), lean=0.07))
    assert leaning.baseline(0)[-1][1] == pytest.approx(40 + 360 * 0.07, abs=0.6)
    bent = bands_of(mask_with((0, 400, 40, 4), bend=12))
    points = bent.baseline(0)
    assert len(points) > 4
    assert points[:, 1].max() - points[:, 1].min() == pytest.approx(12, abs=1.5)


def test_lines_one_below_the_other_stay_apart_and_pieces_of_one_line_come_together() -> None:
    found = bands_of(mask_with((20, 100, 30, 4), (103, 200, 30, 4), (20, 200, 40, 4), (240, 300, 40, 4)))
    assert sorted((round(left), round(right)) for left, right in zip(found.left, found.right, strict=True)) == [
        (20, 200),
        (20, 200),
        (240, 300),
    ]


def test_lines_that_have_run_together_are_parted() -> None:
    mask = mask_with((20, 300, 40, 5), (20, 300, 51, 5))
    mask[39:47, 100:106] = np.maximum(mask[39:47, 100:106], 0.6)
    found = bands_of(mask)
    assert sorted(round(float(y)) for y in (found.baseline(line)[0][1] for line in range(len(found)))) == [40, 51]


def test_specks_and_an_empty_mask_are_no_lines() -> None:
    mask = np.zeros((64, 64), np.float32)
    assert len(bands_of(mask)) == 0
    mask[10, 10] = mask[20:22, 30] = 1
    assert len(bands_of(mask)) == 0


@pytest.mark.parametrize("scale", [0.4, 1.0, 2.5])
@pytest.mark.parametrize("angle", [0.0, 4.0, -3.0])
def test_a_strip_has_the_baseline_and_the_x_height_in_their_rows(scale: float, angle: float) -> None:
    turn = math.radians(angle)
    x_height = 20 * scale
    start = np.array([200.0, 300.0]) * scale
    ahead, down = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    end = start + 500 * scale * ahead
    rows, columns = np.mgrid[0 : round(600 * scale), 0 : round(1000 * scale)] + 0.5
    below = (columns - start[0]) * down[0] + (rows - start[1]) * down[1]
    covered = np.clip(below + x_height + 0.5, 0, 1) * np.clip(0.5 - below, 0, 1)
    image = np.round(255 * (1 - covered)).astype(np.uint8)
    strip = crop(image, Segment(((start[0], start[1]), (end[0], end[1])), x_height, 1.0))
    assert strip.shape[0] == HEIGHT
    assert strip.shape[1] == pytest.approx(500 * scale * X_HEIGHT / x_height + 1.2 * X_HEIGHT, abs=1.5)
    darkness = 255 - strip[:, 20:-20].mean(1)
    assert darkness.sum() / 255 == pytest.approx(X_HEIGHT, abs=0.5)
    assert (darkness * (np.arange(HEIGHT) + 0.5)).sum() / darkness.sum() == pytest.approx(
        BASELINE_ROW - X_HEIGHT / 2, abs=0.4
    )


def test_a_strip_at_the_border_repeats_the_border() -> None:
    image = np.full((40, 200), 90, np.uint8)
    strip = crop(image, Segment(((0.0, 5.0), (200.0, 5.0)), 12.0, 1.0))
    assert (strip == 90).all()


def test_a_box_has_room_for_marks_and_descenders() -> None:
    left, top, right, bottom = Segment(((10.0, 100.0), (90.0, 104.0)), 10.0, 0.9).box
    assert (left, right) == (10, 90)
    assert top < 100 - 20
    assert bottom > 104 + 5


def printed_rows(*levels: int) -> tuple[Any, list[Segment]]:
    """A page with a row of bars of each grey level, and the segments that stand for the rows."""
    image = np.full((100 * len(levels) + 100, 600), 250, np.uint8)
    segments = []
    for row, level in enumerate(levels):
        base = 100 * (row + 1)
        for left in range(50, 540, 12):
            image[base - 20 : base, left : left + 4] = level
        segments.append(Segment(((50.0, float(base)), (540.0, float(base))), 20.0, 0.9))
    return image, segments


def test_pale_lines_of_a_black_page_need_more_certainty_and_black_ones_less() -> None:
    image, (*black, pale, ghost, digit) = printed_rows(20, 20, 20, 170, 225, 20)
    pale, digit = replace(pale, confidence=0.75), replace(digit, confidence=0.6)
    assert believed([*black, pale, ghost, digit], image) == [*black, digit]
    assert believed([*black, replace(pale, confidence=0.86)], image)[-1].confidence == 0.86
    assert believed([pale], image) == [pale]


def test_waves_of_a_patterned_paper_are_no_lines_though_they_outnumber_the_print() -> None:
    image, (*black, wave, _, _, _) = printed_rows(20, 20, 224, 224, 224, 224)
    assert believed([*black, *[wave] * 9], image) == black


def test_a_dark_spot_is_no_line_and_handwriting_may_be_pale() -> None:
    image, segments = printed_rows(20, 20, 20, 200)
    spot = Segment(((200.0, 410.0), (240.0, 410.0)), 30.0, 0.9)
    cv2.circle(image, (220, 395), 40, 0, -1)
    hand = replace(segments[3], confidence=0.75, handwritten=True)
    assert believed([*segments[:3], spot, hand], image) == [*segments[:3], hand]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as raised:
        LineFinder(tmp_path)
    assert raised.value.code == "resource.no_model"
    assert raised.value.parameters == {"file": "line_finder.onnx"}


@pytest.fixture(scope="module")
def finder(models: Path) -> LineFinder:
    return LineFinder(models)


def test_each_line_of_a_letter_is_found_once_with_its_x_height(
    finder: LineFinder, write: Any, letter: list[str]
) -> None:
    image = cv2.cvtColor(write(letter), cv2.COLOR_BGR2GRAY)
    found = finder.find(image)
    assert len(found.printed) == len(letter)
    assert not found.handwritten
    heights = [segment.x_height for segment in found.printed]
    assert max(heights) < 1.25 * min(heights)
    ink = cv2.dilate((image < 128).astype(np.uint8), np.ones((1, 9), np.uint8))
    inside = np.zeros_like(ink)
    for left, top, right, bottom in (segment.box for segment in found.printed):
        inside[max(0, top) : bottom, max(0, left - 12) : right + 12] = 1
    assert (ink & (1 - inside)).sum() < 0.002 * ink.sum()


def test_nothing_is_found_on_nothing(finder: LineFinder) -> None:
    assert finder.find(np.zeros((0, 0), np.uint8)).segments == ()
    assert finder.find(np.full((3, 200), 255, np.uint8)).segments == ()


def test_rules_leaders_and_a_blank_sheet_are_no_lines(finder: LineFinder) -> None:
    sheet = np.full((3508, 2480), 250, np.uint8)
    assert finder.find(sheet).segments == ()
    for row in range(600, 3000, 150):
        cv2.line(sheet, (300, row), (2200, row), 40, 3)
        sheet[row + 60 : row + 65, 300:2200:14] = 30
    cv2.rectangle(sheet, (250, 500), (2250, 3200), 60, 4)
    assert finder.find(sheet).printed == ()


def test_a_small_scan_of_the_same_letter_has_the_same_lines(finder: LineFinder, write: Any, letter: list[str]) -> None:
    image = cv2.cvtColor(write(letter), cv2.COLOR_BGR2GRAY)
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    large, small = finder.find(image).printed, finder.find(half).printed
    assert len(large) == len(small)
    for one, other in zip(large, small, strict=True):
        assert one.baseline[0][1] == pytest.approx(2 * other.baseline[0][1], abs=6)
