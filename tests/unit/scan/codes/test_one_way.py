"""Whether edges keep to one direction: of print, bars, rims and wood they do, of modules they do not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.codes.one_way import keeps_one_way

SIDE = 240


def modules(degrees: float = 0.0, sigma: float = 1.5) -> Any:
    """Ink and paper at random in squares of six pixels, turned and blurred, without a quiet zone."""
    ink = np.random.default_rng(3).integers(0, 2, (80, 80)).astype(np.uint8)
    fine = np.kron(ink, np.full((6, 6), 200, np.uint8)) + 30
    turn = cv2.getRotationMatrix2D((240, 240), degrees, 1) - np.array([[0, 0, SIDE / 2]] * 2)
    return cv2.GaussianBlur(cv2.warpAffine(fine, turn, (SIDE, SIDE)), (0, 0), sigma)


def bars(degrees: float) -> Any:
    """Stripes of ink eleven pixels apart, at this angle."""
    angle = np.radians(degrees)
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return (130 + 90 * np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 2 * np.pi / 11)).astype(np.uint8)


@pytest.mark.parametrize("degrees", [0, 17, 45, 80])
def test_modules_have_as_many_edges_across_as_down_at_any_angle(degrees: float) -> None:
    assert not keeps_one_way(modules(degrees))


@pytest.mark.parametrize("degrees", [0, 17, 45, 90])
def test_bars_keep_one_way_at_any_angle(degrees: float) -> None:
    assert keeps_one_way(bars(degrees))


def test_wood_keeps_one_way() -> None:
    grain = cv2.GaussianBlur(np.random.default_rng(4).normal(0, 1, (SIDE, SIDE)), (0, 0), 12, sigmaY=1.5)
    assert keeps_one_way(np.interp(grain, (grain.min(), grain.max()), (60, 120)).astype(np.uint8))


def test_modules_under_glare_are_no_bars() -> None:
    rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE
    glare = 150 * np.exp(-((rows - 0.4) ** 2 + (columns - 0.6) ** 2) / 0.05)
    assert not keeps_one_way(np.clip(modules(30) + glare, 0, 255).astype(np.uint8))


def test_a_shake_makes_all_edges_keep_to_its_direction() -> None:
    shaken = cv2.blur(modules(), (25, 1))
    assert keeps_one_way(np.asarray(shaken))


def test_what_lies_around_a_code_does_not_count() -> None:
    framed = modules(20)
    rim = 30
    framed[:rim], framed[-rim:] = bars(90)[:rim], bars(90)[:rim]
    assert not keeps_one_way(framed)


@pytest.mark.parametrize("shape", [(1, 1), (5, 3), (40, 40)])
def test_an_even_patch_has_no_direction(shape: tuple[int, int]) -> None:
    assert not keeps_one_way(np.full(shape, 120, np.uint8))
