"""The chain from a photograph or scan to an even, upright, grey page."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from station.scan.image import illumination, ink, orientation
from station.scan.image.arrays import Colour
from station.scan.image.overview import overview
from station.scan.image.prepare import Prepared, box_on_page, in_colour, prepare, turned_back, upside_down
from station.scan.image.steps import Step, all_but
from tests.unit.scan.image.photographs import photographed

Array = npt.NDArray[Any]


def leaning(sheet: Array, degrees: float) -> Array:
    height, width = sheet.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(sheet, turn, (width, height), borderValue=(255, 255, 255)))


def codes(prepared: Prepared) -> set[str]:
    return {issue.code for issue in prepared.quality}


@pytest.mark.parametrize("degrees", [-4.0, -0.7, 0.0, 2.5])
def test_the_lean_of_a_page_is_found_within_a_tenth_of_a_degree(write: Any, letter: list[str], degrees: float) -> None:
    gray = leaning(write(letter), degrees)
    assert orientation.lie_of(overview(gray)).lean == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_the_wrong_way_is_turned_upright(write: Any, letter: list[str], turn: int) -> None:
    lying = orientation.turned(write(letter), turn)
    prepared = prepare(lying)
    assert (prepared.rotation + turn) % 360 == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_pixel_is_found_again_in_the_input(turn: int) -> None:
    image = np.zeros((30, 50), np.uint8)
    image[7, 11] = 255
    down, across = np.argwhere(orientation.turned(image, turn))[0]
    back = turned_back(image.shape, turn) @ [across, down, 1]
    assert back[:2].tolist() == [11, 7]


def test_a_box_on_the_prepared_page_is_told_in_pixels_of_the_input(write: Any, letter: list[str]) -> None:
    sheet = leaning(write(letter), 3.0)
    sheet[2900:2960, 1500:1900] = 0
    prepared = prepare(sheet)
    dark = cv2.morphologyEx((prepared.plain < 100).astype(np.uint8), cv2.MORPH_OPEN, np.ones((30, 30)))
    rows, columns = np.nonzero(dark)
    box = box_on_page(prepared, (columns.min(), rows.min(), columns.max(), rows.max()))
    overlap = (min(box[2], 1900) - max(box[0], 1500)) * (min(box[3], 2960) - max(box[1], 2900))
    assert overlap > 0.95 * 400 * 60


def test_a_red_stamp_fades_and_black_print_under_it_stays(write: Any) -> None:
    sheet = write(["CHỦ TỊCH"], size=(600, 300), at=(60, 100))
    stamped = sheet.copy()
    cv2.circle(stamped, (250, 130), 100, (60, 40, 205), 8)
    stamped = np.minimum(stamped, sheet)
    faded = ink.without_coloured_ink(stamped)
    assert faded[130 - 100, 250] > 190
    assert faded[sheet[:, :, 0] < 50].max() < 90


def test_a_hard_shadow_is_evened_out(write: Any, letter: list[str]) -> None:
    gray = cv2.cvtColor(write(letter), cv2.COLOR_BGR2GRAY).astype(np.float64)
    gray[:, :1200] *= 0.45
    even = illumination.even(gray.astype(np.uint8))
    assert np.percentile(even[:, :1150], 20) > 245
    assert even[:, :1150].min() < 30


def test_dotted_leaders_go_and_the_words_on_them_stay(write: Any, letter: list[str]) -> None:
    with_leaders = [*letter, "Dân tộc:" + "." * 60, "Quốc tịch:" + "." * 60]
    clean = prepare(write([*letter, "Dân tộc:", "Quốc tịch:"])).gray
    cleaned = prepare(write(with_leaders)).gray
    assert leader_ink(prepare(write(with_leaders)).plain) > 1.4 * leader_ink(clean)
    assert leader_ink(cleaned) == pytest.approx(leader_ink(clean), rel=0.03)


def leader_ink(gray: Array) -> int:
    """Ink in the last two lines of the sheet."""
    return int((gray[1200:1600] < 128).sum())


def test_an_email_address_keeps_its_dot_and_a_sentence_its_stop(write: Any, letter: list[str]) -> None:
    lines = [*letter, "Email: mau@thu.example", "Xong."]
    before, after = prepare(write(lines)).plain, prepare(write(lines)).gray
    assert np.array_equal(before < 128, after < 128)


def test_ruled_lines_go_and_letters_stay(write: Any, letter: list[str]) -> None:
    sheet = write(letter)
    ruled = sheet.copy()
    cv2.rectangle(ruled, (250, 2000), (2200, 2300), (0, 0, 0), 4)
    cv2.line(ruled, (900, 2000), (900, 2300), (0, 0, 0), 4)
    without, with_rules = prepare(sheet).gray < 128, prepare(ruled).gray < 128
    assert (prepare(ruled).plain < 128).sum() > without.sum() + 10_000
    assert abs(int(with_rules.sum()) - int(without.sum())) < 600


def test_a_blank_page_is_prepared_and_told_to_be_blank() -> None:
    prepared = prepare(np.full((3508, 2480, 3), 250, np.uint8))
    assert codes(prepared) == {"page.blank"}
    assert prepared.rotation == 0


def test_a_clean_scan_raises_no_doubts(write: Any, letter: list[str]) -> None:
    assert codes(prepare(write(letter))) == set()


def test_lean_darkness_blur_and_low_resolution_are_told(write: Any, letter: list[str]) -> None:
    sheet: Colour = write(letter)
    assert codes(prepare(leaning(sheet, 3.0))) == {"page.skewed"}
    assert "page.dark" in codes(prepare((sheet * 0.2).astype(np.uint8)))
    assert "page.blurred" in codes(prepare(np.asarray(cv2.GaussianBlur(sheet, (0, 0), 5))))
    tiny = np.asarray(cv2.resize(sheet, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    assert "page.low_resolution" in codes(prepare(tiny))


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 400, 3), (40, 40, 3)])
def test_images_too_small_to_hold_print_do_not_fail(shape: tuple[int, int, int]) -> None:
    assert prepare(np.full(shape, 200, np.uint8)).gray.ndim == 2


def test_a_page_of_noise_does_not_fail() -> None:
    noise = np.random.default_rng(5).integers(0, 255, (700, 500, 3), np.uint8)
    assert prepare(noise).gray.ndim == 2


def test_a_page_taken_upside_down_still_knows_its_way_back(write: Any, letter: list[str]) -> None:
    prepared = prepare(write(letter))
    other = upside_down(prepared)
    assert other.rotation == (prepared.rotation + 180) % 360
    height, width = prepared.gray.shape
    there = box_on_page(prepared, (100, 200, 300, 260))
    back = box_on_page(other, (width - 301, height - 261, width - 101, height - 201))
    assert np.abs(np.array(there) - np.array(back)).max() <= 2


@pytest.mark.parametrize("angle", [0.0, 12.0, 45.0, 160.0])
def test_a_value_is_seen_in_its_colours_without_what_stands_beside_it_however_the_card_lies(angle: float) -> None:
    upright = np.full((400, 600, 3), 250, np.uint8)
    upright[100:140], upright[160:200, 100:500] = (40, 40, 220), (30, 30, 30)
    forth = cv2.getRotationMatrix2D((300, 200), angle, 1.0)
    gray = np.zeros((400, 600), np.uint8)
    lying = cv2.warpAffine(upright, forth, (800, 800), borderValue=(250, 250, 250))
    part = in_colour(lying, Prepared(gray, gray, True, 0, (), np.vstack([forth, [0, 0, 1]])), (150, 162, 450, 198))
    tinted = np.mean(part[..., 2].astype(int) - part[..., 0] > 100)
    assert part.size
    assert tinted < (0.25 if angle == 12.0 else 0.01)


def test_an_outline_that_a_person_dragged_is_used_as_it_is(write: Any, letter: list[str]) -> None:
    quad = np.array([[110, 70], [1010, 95], [1040, 1400], [80, 1370]], np.float64)
    image = photographed(write(letter), quad)
    outline = ((150.0, 120.0), (960.0, 140.0), (980.0, 1340.0), (130.0, 1310.0))
    prepared = prepare(image, outline)
    assert prepared.outline == outline
    height, width = prepared.gray.shape
    corners = prepared.to_page @ np.array([[0, 0, 1], [width - 1, height - 1, 1]], np.float64).T
    assert np.abs((corners[:2] / corners[2]).T - (outline[0], outline[2])).max() < 30


def test_the_outline_that_was_found_is_told_in_pixels_of_the_input(write: Any, letter: list[str]) -> None:
    quad = np.array([[110, 70], [1010, 95], [1040, 1400], [80, 1370]], np.float64)
    prepared = prepare(photographed(write(letter), quad))
    assert prepared.outline is not None
    assert np.abs(np.array(prepared.outline) - quad).max() < 6
    assert prepare(write(letter)).outline is None


def test_each_step_can_be_left_out(write: Any, letter: list[str]) -> None:
    lines = [*letter, "Dân tộc:" + "." * 60]
    sheet = orientation.turned(write(lines), 180)
    for step in Step:
        assert prepare(sheet, steps=all_but(step)).gray.ndim == 2
    assert prepare(sheet, steps=all_but(Step.ORIENT)).rotation == 0
    without = prepare(sheet, steps=all_but(Step.LEADERS))
    assert np.array_equal(without.gray, without.plain)
