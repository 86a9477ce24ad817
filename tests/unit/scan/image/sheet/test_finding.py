"""Where a sheet lies in a photograph; and scans, frames and cloths, where none does."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.image.sheet.finding import find_sheet
from tests.unit.scan.image.photographs import photographed


def test_a_photographed_page_is_found_and_cut_out(write: Any, letter: list[str]) -> None:
    quad = np.array([[110, 70], [1010, 95], [1040, 1400], [80, 1370]], np.float64)
    found = find_sheet(photographed(write(letter), quad))
    assert found.quad is not None
    assert np.abs(found.quad - quad).max() < 6
    assert not found.card


def test_a_photographed_card_is_known_by_its_shape(write: Any) -> None:
    card = write(["CĂN CƯỚC", "Họ và tên: NGUYỄN THỊ MẪU"], size=(1011, 638), at=(300, 100), points=9)
    quad = np.array([[100, 300], [1000, 340], [990, 905], [90, 860]], np.float64)
    found = find_sheet(photographed(card, quad))
    assert found.card
    assert found.quad is not None
    assert np.abs(found.quad - quad).max() < 6


def test_a_scanned_page_is_not_cut(write: Any, letter: list[str]) -> None:
    assert find_sheet(write(letter)).quad is None


def test_a_frame_printed_on_the_page_is_not_taken_for_its_edge(write: Any, letter: list[str]) -> None:
    sheet = write(letter)
    cv2.rectangle(sheet, (150, 150), (2330, 3350), (40, 40, 120), 12)
    assert find_sheet(sheet).quad is None


def test_a_sheet_on_a_desk_of_its_own_brightness_is_found_by_its_edges(write: Any, letter: list[str]) -> None:
    quad = np.array([[130, 110], [1000, 90], [1010, 1330], [120, 1350]], np.float64)
    image = photographed(write(letter), quad, desk=(196, 205, 216))
    image = (image * np.linspace(0.6, 1.0, image.shape[1])[None, :, None]).astype(np.uint8)
    found = find_sheet(image)
    assert found.quad is not None
    assert np.abs(found.quad - quad).max() < 12


def test_a_card_held_aslant_is_found_though_it_looks_slimmer_than_a_card(write: Any) -> None:
    card = write(["CĂN CƯỚC", "Họ và tên: LÊ VĂN MẪU"], size=(1264, 797), at=(300, 200))
    quad = np.array([[200, 500], [930, 480], [950, 880], [190, 900]], np.float64)
    found = find_sheet(photographed(card, quad))
    assert found.quad is not None
    assert found.card
    assert np.abs(found.quad - quad).max() < 6


@pytest.mark.parametrize("hidden", [0, 100])
def test_a_gleam_across_a_card_is_not_its_side(hidden: int) -> None:
    """Also where something as bright lies at the card's own side, so that the gleam is borne out better."""
    card = np.full((638, 1011, 3), (170, 215, 245), np.uint8)
    quad = np.array([[100, 300], [1000, 340], [990, 905], [90, 860]], np.float64)
    image = photographed(card, quad, desk=(60, 60, 60)).astype(np.float32)
    down, across = np.mgrid[0:1500, 0:1125]
    beyond = 0.88 * (across - 90) + 0.47 * (down - 860) + 30  # of a line up from the lower left corner
    share = (image.sum(axis=2) > 270) / (1 + np.exp(beyond / 4))
    image += ((190, 190, 190) - image) * share[..., None]
    image[500 : 500 + hidden, 60:106] = 190
    found = find_sheet(image.astype(np.uint8))
    assert found.card
    assert found.quad is not None
    assert np.abs(found.quad - quad).max() < 6


def test_the_checks_of_a_cloth_are_no_sheet() -> None:
    down, across = np.mgrid[0:1500, 0:1125] // 75
    cloth = np.where(((down + across) % 2)[..., None] == 1, (150, 140, 205), (215, 225, 210)).astype(np.uint8)
    assert find_sheet(cloth).quad is None
