"""How a hand shook is told by the print itself, steady pictures are left alone, and a shake is taken back."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.image.shake import Shake, line, most_printed, shake_of, steadied


@pytest.fixture(scope="module")
def sheet(write: Any, letter: list[str]) -> Any:
    """Small print with the grain of a camera."""
    drawn = write(letter * 2, size=(900, 760), at=(30, 20), points=6)
    return grainy(drawn * 0.8)


@pytest.mark.parametrize("shake", [Shake(9, 20), Shake(7, 75), Shake(8, 150)], ids=str)
def test_a_shake_is_told_and_taken_back(sheet: Any, shake: Shake) -> None:
    shaken = grainy(cv2.filter2D(sheet, -1, line(shake)))
    told = shake_of(shaken)
    assert told is not None
    assert abs(told.length - shake.length) < 1.5
    assert abs(told.way - shake.way) < 10
    ink = sheet < 100
    assert off(steadied(shaken, told)[ink], sheet[ink]) < 0.6 * off(shaken[ink], sheet[ink])


@pytest.mark.parametrize("sigma", [0.4, 1.2, 2.2])
def test_print_out_of_focus_was_not_shaken(sheet: Any, sigma: float) -> None:
    assert shake_of(cv2.GaussianBlur(sheet, (0, 0), sigma)) is None


@pytest.mark.parametrize("shape", [(400, 600, 3), (1, 1, 3), (20, 2000, 3)], ids=str)
def test_what_shows_no_print_tells_nothing(shape: tuple[int, ...]) -> None:
    assert shake_of(np.full(shape, 210, np.uint8)) is None
    assert shake_of(np.random.default_rng(1).integers(0, 256, shape, np.uint8)) is None


@pytest.mark.parametrize("lean", [0, 1, 8, 90])
@pytest.mark.parametrize("grain", [False, True])
def test_rules_that_hardly_anything_crosses_tell_nothing(lean: int, grain: bool) -> None:
    ruled = np.full((800, 700, 3), 255, np.uint8)
    ruled[100:760:26, 60:640] = ruled[101:760:26, 60:600] = 128
    turned = cv2.warpAffine(
        ruled, cv2.getRotationMatrix2D((350, 400), lean, 1), (700, 800), borderValue=(255, 255, 255)
    )
    assert shake_of(grainy(turned) if grain else np.asarray(turned, np.uint8)) is None


def test_it_is_looked_for_where_most_is_printed(write: Any, letter: list[str]) -> None:
    desk = np.full((2400, 1800), 120, np.uint8)
    paper = cv2.cvtColor(write(letter, size=(500, 400), at=(10, 10), points=6), cv2.COLOR_BGR2GRAY)
    desk[1600:2000, 1100:1600] = paper
    piece = most_printed(desk, 512)
    assert piece.shape == (512, 512)
    assert (piece < 60).sum() > 0.9 * (desk < 60).sum()


def grainy(picture: Any) -> Any:
    grain = np.random.default_rng(0).normal(0, 2, picture.shape[:2])[..., None]
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def off(one: Any, other: Any) -> float:
    return float(np.abs(one.astype(float) - other).mean())
