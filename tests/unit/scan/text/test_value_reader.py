"""Tesseract's models read a value in our runtime where it is cut as Tesseract cuts it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.errors import ResourceError
from station.scan.image.arrays import Gray
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, SEEN_HEIGHT, X_HEIGHT, Segment, crop, for_network
from station.scan.text.signs import Likelihoods, signs_of
from station.scan.text.strip_network import StripNetwork
from station.scan.text.value_reader import ValueReader, close, text_of

VALUES = (
    "NGUYỄN THỊ XUYẾN",
    "012345678905",
    "20/10/1996",
    "Tổ 7, phường Đông Hòa, tỉnh Đắk Lắk",
    "Sẹo chấm cách 1,5cm dưới trước đầu mày trái",
    "Việt Nam",
)


def strip_of(write: Any, text: str) -> Gray:
    sheet = np.asarray(cv2.cvtColor(write([text], size=(1600, 200), at=(60, 60)), cv2.COLOR_BGR2GRAY), np.uint8)
    low = write(["x"], size=(1600, 200), at=(60, 60))
    rows = np.flatnonzero((low < 128).any(axis=(1, 2)))
    right = int(np.flatnonzero((sheet < 128).any(axis=0))[-1])
    baseline = float(rows[-1] + 1)
    return crop(sheet, Segment(((60.0, baseline), (right + 1.0, baseline)), float(len(rows)), 0.9))


@pytest.mark.parametrize("model", ["vie", "vie_fast"])
def test_values_are_read_of_which_the_same_network_misreads_some_as_the_line_reader_sees_them(
    models: Path, write: Any, model: str
) -> None:
    strips = [strip_of(write, text) for text in VALUES]
    assert ValueReader(models, model).read_lines(strips) == list(VALUES)
    network = StripNetwork(models, f"{model}.onnx")
    told = network.likelihoods([for_network(strip) for strip in strips])
    assert ["".join(sign.text for sign in signs_of(likely, network.signs)) for likely in told] != list(VALUES)


def test_paper_without_print_says_nothing(models: Path, write: Any) -> None:
    white = np.full((HEIGHT, 300), 255, np.uint8)
    assert ValueReader(models, "vie_fast").read_lines([white, strip_of(write, "Mẫu"), white]) == ["", "Mẫu", ""]


def test_a_line_is_shown_close_to_its_ink_and_no_closer_than_a_line_is_high() -> None:
    strip = np.full((HEIGHT, 400), 255, np.uint8)
    strip[BASELINE_ROW - X_HEIGHT : BASELINE_ROW, 100:200] = 0
    shown = close(strip)
    rows = np.flatnonzero((shown < 128).any(axis=1))
    assert shown.shape[0] == SEEN_HEIGHT
    assert 90 <= shown.shape[1] <= 110
    assert 14 <= len(rows) <= 16
    assert 7 <= rows[0] <= 11


@pytest.mark.parametrize("level", [np.zeros((HEIGHT, 9)), np.tril(np.full((HEIGHT, HEIGHT), 255))])
def test_a_strip_that_is_hardly_paper_is_shown_whole(level: Any) -> None:
    assert close(level.astype(np.uint8)).shape[0] == SEEN_HEIGHT


def likely(*steps: dict[str, float]) -> Likelihoods:
    """Steps with these probabilities, and hardly anything else; «-» is none."""
    return np.log(np.array([[step.get(sign, 1e-6) for sign in "CcIT-"] for step in steps], np.float32))


def test_where_the_network_wavers_between_two_signs_the_likelier_stands_alone() -> None:
    wavering = likely({"C": 0.6, "c": 0.3}, {"c": 0.5, "C": 0.4}, {"-": 0.9}, {"I": 0.9})
    assert text_of(wavering, "CcIT") == "CI"
    assert text_of(likely({"I": 0.7, "T": 0.2}, {"T": 0.6, "I": 0.4}, {"T": 0.5, "-": 0.4, "I": 0.1}), "CcIT") == "I"


def test_two_signs_of_which_each_was_seen_stay_two() -> None:
    assert text_of(likely({"C": 0.9}, {"c": 0.9}), "CcIT") == "Cc"
    assert text_of(likely({"C": 0.6, "c": 0.3}, {"-": 0.9}, {"c": 0.5, "C": 0.4}), "CcIT") == "Cc"


def test_a_missing_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        ValueReader(tmp_path, "vie")
    assert caught.value.parameters == {"file": "vie.onnx"}
