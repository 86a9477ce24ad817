"""What is looked into for a code is half ink all over: a square of modules, soft, framed, cropped or in shadow."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.codes.suspects import suspects

DICE = np.random.default_rng(3)


def modules(sigma: float) -> Any:
    """A square of ink and paper as fine as a code's, a quarter of the sheet wide."""
    sheet = np.full((1000, 800), 235, np.uint8)
    ink = (DICE.integers(0, 2, (45, 45)) * 200 + 30).astype(np.uint8)
    sheet[300:480, 200:380] = cv2.resize(ink, (180, 180), interpolation=cv2.INTER_NEAREST)
    return cv2.GaussianBlur(sheet, (0, 0), sigma)


def test_a_soft_square_of_modules_is_suspected_and_a_disc_of_its_size_is_not() -> None:
    disc = np.full((1000, 800), 235, np.uint8)
    cv2.circle(disc, (300, 400), 100, 190, -1)
    cv2.circle(disc, (300, 400), 88, 90, -1)
    [(left, top, right, bottom)] = suspects(modules(3.0))
    assert left < 200 < 380 < right
    assert top < 300 < 480 < bottom
    assert suspects(np.asarray(cv2.GaussianBlur(disc, (0, 0), 1.0))) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 1400), (1400, 1), (25_000, 20)])
def test_an_image_too_thin_for_a_code_has_none(shape: tuple[int, int]) -> None:
    assert suspects(np.full(shape, 200, np.uint8)) == []


def test_modules_are_suspected_within_a_frame() -> None:
    sheet = modules(0.01)
    cv2.rectangle(sheet, (140, 240), (440, 540), 30, 10)
    [(left, top, right, bottom)] = suspects(np.asarray(cv2.GaussianBlur(sheet, (0, 0), 3.0)))
    assert 140 < left < 200 < 380 < right < 440
    assert 240 < top < 300 < 480 < bottom < 540


def test_modules_that_fill_the_picture_are_suspected_though_half_of_them_lie_in_shadow() -> None:
    paper = cv2.resize(DICE.integers(0, 2, (100, 100)).astype(np.uint8), (800, 800), interpolation=cv2.INTER_NEAREST)
    lit = np.where(np.arange(800) < 400, 200, 80)
    seen = cv2.GaussianBlur((20 + paper * lit).astype(np.uint8), (0, 0), 2.4)
    assert suspects(np.asarray(seen)) == [(0, 0, 800, 800)]
