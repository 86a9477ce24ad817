"""Cards that lie somewhere on a scanner's glass, and pages that are no such thing."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from station.scan.image.flatbed import card_on_bed
from station.scan.image.prepare import prepare

Array = npt.NDArray[Any]
LINES = [
    "CĂN CƯỚC MẪU",
    "Số: 001099000001",
    "Họ và tên: TRẦN THỊ MẪU",
    "Nơi cư trú: Thôn Đông, xã Mẫu",
    "Mẫu, tỉnh Mẫu",
]


def bed(card: Array, lid: int, angle: float, at: tuple[int, int] = (900, 1200)) -> Array:
    """A card turned by an angle on an A4 glass under a lid of this brightness."""
    height, width = card.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += (at[0] - width / 2, at[1] - height / 2)
    glass = np.full((3508, 2480, 3), lid, np.uint8)
    where = cv2.warpAffine(np.full((height, width), 255, np.uint8), turn, (2480, 3508)) > 127
    glass[where] = cv2.warpAffine(card, turn, (2480, 3508))[where]
    return glass


@pytest.fixture
def card(write: Any) -> Array:
    """ID-1 at 300 dpi on green paper."""
    return np.asarray(
        np.minimum(write(LINES, size=(1011, 638), points=9, at=(120, 90)), np.array((226, 238, 222), np.uint8))
    )


@pytest.mark.parametrize(("lid", "angle"), [(255, 0.0), (255, 37.0), (170, -6.0), (205, 92.0)])
def test_a_card_anywhere_on_the_glass_is_cut_out(card: Array, lid: int, angle: float) -> None:
    prepared = prepare(bed(card, lid, angle))
    assert prepared.card
    assert prepared.gray.shape[1] / prepared.gray.shape[0] == pytest.approx(1.586, abs=0.1)


def test_a_pale_card_that_hardly_differs_from_the_lid_is_cut_out_at_any_angle(write: Any) -> None:
    pale = np.minimum(
        write([*LINES, *LINES], size=(1011, 638), points=9, at=(120, 90)), np.array((228, 238, 222), np.uint8)
    )
    glass = cv2.GaussianBlur(bed(pale, 237, 20.0), (0, 0), 0.8)
    prepared = prepare(glass)
    assert prepared.card
    assert prepared.outline is not None
    sides = np.hypot(*(np.array(prepared.outline[1]) - np.array(prepared.outline[0])))
    assert sides == pytest.approx(1011, abs=25)


@pytest.mark.parametrize(("at", "is_card"), [((780, 570), True), ((780, 760), False)])
def test_print_apart_from_the_rest_belongs_to_a_pale_card_if_it_lies_on_it(
    write: Any, at: tuple[int, int], is_card: bool
) -> None:
    paper = np.full((900, 1011, 3), 237, np.uint8)
    paper[:638] = (228, 238, 222)
    print_on_it = write([*LINES, *LINES], size=(1011, 900), points=8, at=(60, 60))
    print_on_it = np.minimum(print_on_it, write(["MẪU MẪU"], size=(1011, 900), points=7, at=at))
    glass = cv2.GaussianBlur(bed(np.minimum(paper, print_on_it), 237, 110.0), (0, 0), 0.8)
    assert prepare(glass).card is is_card


def test_what_is_read_on_a_card_is_found_again_on_the_glass(card: Array) -> None:
    to_page = prepare(bed(card, 170, 5.0)).to_page
    across, down, scale = to_page @ np.array([0, 0, 1])
    assert np.hypot(across / scale - (900 - 505), down / scale - (1200 - 319)) < 90


def test_of_two_cards_one_is_read_and_not_the_glass(card: Array) -> None:
    both = bed(card, 250, 3.0, (800, 800))
    other = bed(card, 250, -4.0, (1500, 2600))
    both[2000:] = other[2000:]
    assert prepare(both).card


def test_a_copied_card_without_edges_is_read_as_a_card(write: Any) -> None:
    copied = bed(
        write(
            [*LINES, "MẪU – SPECIMEN, bản chụp của một thẻ căn cước", *LINES],
            size=(1011, 638),
            points=10,
            at=(40, 40),
            spacing=1.25,
        ),
        255,
        1.0,
    )
    found = card_on_bed(copied)
    assert found is not None
    assert found.card
    assert found.quad is not None
    assert np.ptp(found.quad[:, 0]) < 1300


def test_a_page_of_print_is_no_card(write: Any, letter: list[str]) -> None:
    assert card_on_bed(write(letter)) is None
    assert card_on_bed(write([])) is None
