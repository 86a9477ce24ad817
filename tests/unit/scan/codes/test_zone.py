"""A card's zone is found by its shape, read by several readers, and believed only where check digits prove it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.scan.codes.mrz import WIDTH
from station.scan.codes.zone import Zone, agreed_by_checks, agreed_name, issues, read_zone
from station.scan.codes.zone_lines import MARGIN, PITCH, Stroke, strokes

AN = ("IDVNM0850234567079085023456<<7", "8512316M2512314VNM<<<<<<<<<<<0", "TRAN<<VAN<AN<<<<<<<<<<<<<<<<<<")
BUOI = ("IDVNM1990123456001199012345<<7", "9903056F2403052VNM<<<<<<<<<<<0", "NGUYEN<<THI<BUOI<DO<<<<<<<<<<<")


def card(lines: tuple[str, ...], ink: int = 20) -> Any:
    """A card of 1011 × 638 pixels with a little print above its zone, as ICAO 9303-5 places it."""
    sheet = Image.new("L", (1011, 638), 236)
    pen = ImageDraw.Draw(sheet)
    words = ImageFont.truetype(str(paths.resources() / "fonts" / "LiberationSans-Regular.ttf"), 30)
    for number in range(5):
        pen.text((60, 50 + number * 60), "Đặc điểm nhận dạng: sẹo chấm"[: 12 + 4 * number], ink, words)
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "OCRB.otf"), 43)
    for row, line in enumerate(lines):
        for place, letter in enumerate(line):
            pen.text((59 + place * 30, 489 + row * 54), letter, ink, face, anchor="ls")
    return np.asarray(sheet)


def turned(picture: Any, degrees: float) -> Any:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=236)


def dark_and_grainy(picture: Any) -> Any:
    seen = picture.astype(np.float32) * 0.35 + np.random.default_rng(1).normal(0, 4, picture.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("lines", [AN, BUOI])
@pytest.mark.parametrize(
    "seen",
    [
        lambda picture: picture,
        lambda picture: turned(picture, 1.5),
        lambda picture: cv2.GaussianBlur(picture, (0, 0), 1.6),
        lambda picture: cv2.resize(picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA),
        dark_and_grainy,
    ],
    ids=["flat", "leaning", "soft", "180 dpi", "dim"],
)
def test_a_zone_is_read_as_it_is_printed(lines: tuple[str, str, str], seen: Any) -> None:
    zone = read_zone(seen(card(lines)))
    assert zone is not None
    assert zone.mrz is not None
    assert zone.mrz.lines == lines


@pytest.mark.parametrize("seen", [lambda picture: picture, lambda picture: turned(picture, -1.5), dark_and_grainy])
def test_a_zone_upside_down_is_read_and_told(seen: Any) -> None:
    zone = read_zone(np.asarray(cv2.rotate(seen(card(AN)), cv2.ROTATE_180)))
    assert zone is not None
    assert zone.mrz is not None
    assert zone.upside_down
    assert zone.mrz.lines == AN


def test_a_zone_upside_down_is_read_where_long_bars_stand_above_it() -> None:
    picture = card(AN).copy()
    for number in range(8):  # at no pitch of a zone's, and no two alike in length
        top = 30 + number * 48
        cv2.rectangle(picture, (30, top), (560 + 47 * number, top + 24), 150, -1)
    zone = read_zone(np.asarray(cv2.rotate(picture, cv2.ROTATE_180)))
    assert zone is not None
    assert zone.mrz is not None
    assert zone.mrz.lines == AN


def test_a_card_is_not_turned_for_a_zone_where_it_has_no_three_long_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[list[Stroke]] = []

    def seen(picture: Any) -> list[Stroke]:
        looks.append(strokes(picture))
        return looks[-1]

    monkeypatch.setattr("station.scan.codes.zone.strokes", seen)
    assert read_zone(card(AN[:2])) is None
    assert [len(found) for found in looks] == [2]


def test_its_box_surrounds_the_three_lines() -> None:
    zone = read_zone(card(AN))
    assert zone is not None
    left, top, right, bottom = zone.box
    assert 30 < left < 65
    assert 930 < right < 985
    assert 430 < top < 465
    assert 595 < bottom < 625


@pytest.mark.parametrize("picture", [np.full((638, 1011), 255, np.uint8), card(())], ids=["white", "print"])
def test_a_card_without_a_zone_has_none(picture: Any) -> None:
    assert read_zone(picture) is None


def test_print_that_fails_a_check_digit_is_told_as_unreadable() -> None:
    zone = read_zone(card((AN[0], AN[1].replace("8512316", "8512416"), AN[2])))
    assert zone is not None
    assert zone.mrz is None
    assert [issue.code for issue in issues(zone)] == ["page.zone_unreadable"]
    assert issues(None) == ()


def test_the_name_is_agreed_on_by_two_readers_or_told_with_what_the_other_read() -> None:
    picture = card(AN).copy()
    agreeing, other = (
        read_zone(picture, [lambda _: AN[2]]),
        read_zone(picture, [lambda _: AN[2].replace("AN<AN", "AN<AH")]),
    )
    assert agreeing is not None
    assert agreeing.name_agreed
    assert isinstance(other, Zone)
    assert not other.name_agreed
    assert other.other_names == (AN[2].replace("AN<AN", "AN<AH"),)


def test_the_other_readers_are_asked_for_the_name_alone_where_check_digits_prove_the_rest() -> None:
    asked = []

    def reader(image: Any) -> str:
        asked.append(image.shape)
        return AN[2]

    read_zone(card(AN), [reader])
    [(_, wide)] = asked
    assert (MARGIN + len("TRAN<<VAN<AN<")) * PITCH < wide < (MARGIN + 20) * PITCH, "without most of the fillers"


def test_readers_that_are_each_wrong_in_another_place_are_mixed_where_the_checks_prove_one_reading() -> None:
    one, other = (AN[0].replace("0850", "0350", 1), AN[1], AN[2]), (AN[0], AN[1].replace("8512", "8517", 1), AN[2])
    assert agreed_by_checks([one]) is None
    proved = agreed_by_checks([one, other])
    assert proved is not None
    assert proved.lines[:2] == AN[:2]


def test_two_zones_that_both_pass_are_neither_believed() -> None:
    assert agreed_by_checks([AN, BUOI]) is None


def test_a_digit_that_all_readers_have_is_never_changed() -> None:
    wrong = (AN[0].replace("079085023456", "079085023458"), AN[1], AN[2])
    assert agreed_by_checks([wrong, wrong]) is None


def test_names_agree_only_where_they_are_names() -> None:
    assert agreed_name([AN[2], AN[2]]) == AN[2]
    assert agreed_name([AN[2], BUOI[2]]) == ""
    assert agreed_name(["", ""]) == ""
    assert agreed_name(["<" * WIDTH, "<" * WIDTH]) == ""
