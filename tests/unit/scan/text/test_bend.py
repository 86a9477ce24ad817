"""Rows of a page that bends are told apart as if it were flat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.second_readers import SecondReaders
from station.scan.text.bend import bend_of
from station.scan.text.found_text import FoundText
from station.scan.text.line_crop import Segment
from station.scan.text.line_finder import LineFinder
from station.scan.text.line_reader import LineReader
from station.scan.text.value_reader import ValueReader

ROWS = ["Dân tộc: Kinh", "Nơi sinh: Bệnh viện Đa khoa", "Quê quán: Xã Hòa Bình, tỉnh Phú Thọ", "Năm sinh: 1993"]
BESIDE = ["Quốc tịch: Việt Nam", "Giới tính: Nam", "Năm: 2024", "Dân tộc: Dao"]
SHEET = (2400, 1700)


def curled(sheet: Gray, drop: float) -> Gray:
    """The right side sinks by `drop` pixels, the middle stays: a page that curls away from the camera."""
    height, width = sheet.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    sunk = drop * (columns / width) ** 2
    return np.asarray(cv2.remap(sheet, columns, rows - sunk, cv2.INTER_LINEAR, borderValue=(255,)), np.uint8)


def form(write: Any) -> Gray:
    left = cv2.cvtColor(write(ROWS * 4, size=SHEET, at=(150, 150)), cv2.COLOR_BGR2GRAY)
    right = cv2.cvtColor(write(BESIDE * 4, size=SHEET, at=(1600, 150)), cv2.COLOR_BGR2GRAY)
    return np.asarray(np.minimum(left, right), np.uint8)


def test_rows_of_a_page_that_curls_are_not_mixed(models: Path, write: Any) -> None:
    image = curled(form(write), 120)
    lines = FoundText(image, LineFinder(models).find(image).segments)
    page = lines.read(LineReader(models))
    assert page.text.splitlines() == [f"{left} {right}" for left, right in zip(ROWS * 4, BESIDE * 4, strict=True)]
    nationality = page.rows[0][-1].words[2:]
    box = (nationality[0].box[0], nationality[0].box[1], nationality[-1].box[2], nationality[-1].box[3])
    assert SecondReaders(lines, 1.0, [ValueReader(models, "vie")]).lines([[box]]) == [["Việt Nam"]]
    left, top, right, bottom = lines.on_image(box)
    assert (image[top:bottom, left:right] < 128).any()


def segment(left: float, right: float, top: float, rise: float) -> Segment:
    return Segment(((left, top), (right, top + rise)), 20.0, 0.9)


def test_level_lines_have_no_bend_and_a_few_lines_tell_none() -> None:
    assert bend_of([segment(0, 1000, row * 60.0, 0.0) for row in range(8)]) is None
    assert bend_of([segment(0, 1000, row * 60.0, 80.0) for row in range(3)]) is None


def test_one_line_that_leans_by_itself_bends_nothing() -> None:
    lines = [segment(0, 1000, row * 60.0, 0.0) for row in range(12)]
    assert bend_of([*lines, segment(700, 1000, 800.0, 200.0)]) is None


def test_a_box_goes_to_the_flat_page_and_back() -> None:
    lines = [segment(left, left + 400, row * 60.0, left / 10) for row in range(9) for left in (0.0, 500.0, 1000.0)]
    bend = bend_of(lines)
    assert bend is not None
    box = (1100, 300, 1300, 340)
    assert bend.levelled(box)[1] < 300
    assert abs(bend.bent(bend.levelled(box))[1] - 300) <= 2
