"""Seals fade and titles in red stay, on white and on tinted paper."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.scan.image.ink import print_lines, under_seal, without_coloured_ink

Array = npt.NDArray[Any]
RED = (196, 30, 44)
WHITE, PINK, WARM = (252, 252, 252), (250, 230, 224), (250, 236, 200)
TITLE = (300, 100, 1300, 200)


def paper(tint: tuple[int, int, int]) -> Array:
    """A red title, black print, and a red seal over black print."""
    sheet = Image.new("RGB", (1600, 1200), tint)
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "LiberationSerif-Bold.ttf"), 66)
    pen.text((320, 110), "GIẤY ỦY QUYỀN MẪU", RED, face)
    pen.text((320, 400), "Năm sinh: 1980", (20, 20, 22), face)
    pen.text((320, 800), "Năm sinh: 1980", (20, 20, 22), face)
    pen.ellipse((560, 640, 980, 1060), outline=RED, width=14)
    pen.line((600, 760, 900, 900), RED, 12)
    return np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])


@pytest.mark.parametrize("tint", [WHITE, PINK, WARM])
def test_a_red_title_stays_dark_and_a_red_seal_fades(tint: tuple[int, int, int]) -> None:
    gray = without_coloured_ink(paper(tint))
    assert np.percentile(gray[TITLE[1] : TITLE[3], TITLE[0] : TITLE[2]], 2) < 110
    assert gray[640:660, 700:840].min() > 150


def test_a_seal_is_no_line_of_print(write: Any) -> None:
    sheet = paper(WHITE).astype(int)
    coloured = sheet.max(axis=2) - sheet.min(axis=2) > 60
    lines = print_lines(coloured)
    assert [line[1] < 110 and line[3] > 150 for line in lines] == [True]


def test_a_short_title_whose_letters_touch_is_a_line_of_print() -> None:
    """«CĂN CƯỚC» in red on a flat card of 2024, 12 pixels high at the size at which it is looked for: three marks."""
    coloured = np.zeros((300, 600), bool)
    for left, right in ((150, 198), (207, 246), (249, 315)):
        coloured[120:156, left:right] = True
    assert len(print_lines(coloured)) == 1
    assert not print_lines(coloured[:, :250]), "two marks are no line"


def test_figures_under_a_seal_are_known_and_plain_ones_are_not() -> None:
    sheet = paper(PINK)
    assert under_seal(sheet[790:880, 600:860])
    assert not under_seal(sheet[400:480, 320:860])
    assert not under_seal(sheet[TITLE[1] : TITLE[3], TITLE[0] : TITLE[2]])
    assert not under_seal(sheet[5000:5100, 5000:5100])
