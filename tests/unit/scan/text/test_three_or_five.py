"""A 3, round or with a flat top, and a 5 are told by their shapes, or not at all where the picture cannot tell."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.scan.image.arrays import Gray
from station.scan.text.line_crop import SEEN_HEIGHT
from station.scan.text.line_reader import LineReader
from station.scan.text.three_or_five import UNTOLD, shape_of

BASELINE, FACES = 28, ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSans-Regular")
LARGER = 4


def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(paths.resources() / "fonts" / f"{name}.ttf"), size)


def seen(sheet: Image.Image) -> Gray:
    small = cv2.resize(np.asarray(sheet), None, fx=1 / LARGER, fy=1 / LARGER, interpolation=cv2.INTER_AREA)
    return np.asarray(255 - small.astype(int), np.uint8)


def line(text: str, name: str) -> tuple[Gray, list[tuple[int, int]]]:
    """As the network sees it, with the columns in which each sign stands."""
    cut = face(name, 26.5 * LARGER)
    sheet = Image.new("L", (round(cut.getlength(text)) + 16 * LARGER, SEEN_HEIGHT * LARGER))
    ImageDraw.Draw(sheet).text((8 * LARGER, BASELINE * LARGER), text, 255, cut, anchor="ls")
    edges = [8 + cut.getlength(text[:at]) / LARGER for at in range(len(text) + 1)]
    return seen(sheet), [(round(left), round(right)) for left, right in pairwise(edges)]


def flat_three(sheet: Image.Image, left: float) -> None:
    """Drawn here, with a pen: a bar, a slanting stroke, a bowl."""
    pen, base = ImageDraw.Draw(sheet), BASELINE * LARGER
    top, waist, right = base - 18 * LARGER, base - 10 * LARGER, left + 10 * LARGER
    pen.line([(left, top), (right, top)], 255, 9)
    pen.line([(right, top), (left + 4 * LARGER, waist)], 255, 8)
    pen.arc((left, waist, right, base), -100, 150, 255, 9)


@pytest.mark.parametrize("name", FACES)
def test_round_threes_and_fives_are_told_among_other_figures(name: str) -> None:
    text = "03/05/1935"
    picture, places = line(text, name)
    told = "".join(shape_of(picture, *place) for sign, place in zip(text, places, strict=True) if sign in "35")
    assert told == "3535"


def test_a_three_with_a_flat_top_is_a_three() -> None:
    sheet = Image.new("L", (30 * LARGER, SEEN_HEIGHT * LARGER))
    flat_three(sheet, 10 * LARGER)
    assert shape_of(seen(sheet), 8, 22) == "3"


def test_what_is_no_single_figure_is_not_told() -> None:
    paper = np.full((SEEN_HEIGHT, 60), 255, np.uint8)
    assert shape_of(paper, 10, 22) == UNTOLD
    assert shape_of(paper, 10, 11) == UNTOLD
    assert shape_of(paper[:, :0], 0, 12) == UNTOLD
    dot = paper.copy()
    dot[24:28, 14:18] = 0
    assert shape_of(dot, 10, 22) == UNTOLD


@pytest.mark.parametrize("name", FACES)
def test_figures_that_are_as_pale_as_grain_are_not_told(name: str) -> None:
    picture, places = line("35", name)
    pale = np.asarray(255 - (255 - picture.astype(float)) / 10, np.uint8)
    assert [shape_of(pale, *place) for place in places] == [UNTOLD, UNTOLD]


def test_the_reader_tells_the_shape_of_each_three_and_five_of_a_word() -> None:
    cut = face("LiberationSerif-Regular", 35)
    sheet = Image.new("L", (420, 52), 255)
    ImageDraw.Draw(sheet).text((12, 40), "Số 1305 nhà 335", 0, cut, anchor="ls")
    [words] = LineReader(paths.resources() / "models").read_strips([np.asarray(sheet)])
    assert [(word.text, word.shapes) for word in words] == [("Số", ""), ("1305", "35"), ("nhà", ""), ("335", "335")]
