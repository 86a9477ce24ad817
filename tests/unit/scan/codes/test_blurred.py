"""Symbols whose modules have run together are read by solving for them; what is no symbol gives nothing."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from station.scan.codes.blurred.reader import Allowance, read_blurred
from station.scan.codes.qr import read_codes

CARD = "001190123456||Nguyễn Thị Ánh Mẫu|12051990|Nữ|Thôn Đông, xã Mẫu, tỉnh Mẫu|01072021||||"
FINE = 10


def seen(module: float, sigma: float, degrees: float = 17.0, text: str = CARD) -> Any:
    """The symbol as a sensor sees it: turned, so many pixels a module, blurred, with a little noise."""
    kept = io.BytesIO()
    made = segno.make(text, error="m", micro=False)
    made.save(kept, kind="png", scale=FINE, border=4)
    drawn = np.asarray(Image.open(kept).convert("L"))
    side = round(drawn.shape[0] / FINE * module * 1.5)
    middle = ((drawn.shape[1] - 1) / 2, (drawn.shape[0] - 1) / 2)
    turn = cv2.getRotationMatrix2D(middle, degrees, 4 * module / FINE)
    turn[:, 2] += 2 * side - np.array(middle)
    fine = cv2.warpAffine(drawn, turn, (4 * side, 4 * side), flags=cv2.INTER_AREA, borderValue=255.0)
    small = cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(25 + small * (215 / 255), (0, 0), sigma)
    noise = np.random.default_rng(7).normal(0, 1.2, soft.shape)
    return np.clip(np.rint(soft + noise), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("module", "sigma", "degrees"), [(2.0, 1.4, 17.0), (1.8, 1.7, 61.0), (2.0, 1.95, 140.0), (2.7, 2.5, 250.0)]
)
def test_a_blur_of_about_a_module_is_no_hindrance(module: float, sigma: float, degrees: float) -> None:
    image = seen(module, sigma, degrees)
    assert not zxingcpp.read_barcodes(image)
    [code] = read_codes(image)
    assert code.text == CARD
    left, top, right, bottom = code.box
    assert abs((left + right) / 2 - image.shape[1] / 2) < 2 * module
    assert abs((top + bottom) / 2 - image.shape[0] / 2) < 2 * module


def test_a_symbol_seen_at_an_angle_is_read() -> None:
    image = seen(2.3, 1.4)
    side = image.shape[0]
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    leaning = corners + np.array([[0.05, 0.03], [-0.02, 0.06], [-0.06, -0.03], [0.02, 0]], np.float32) * side
    turn = cv2.getPerspectiveTransform(corners, leaning)
    [code] = read_codes(np.asarray(cv2.warpPerspective(image, turn, (side, side), borderValue=240.0)))
    assert code.text == CARD


def test_a_soft_symbol_that_leans_far_is_read_though_wrong_grids_fit_better_at_first() -> None:
    text = CARD + "|Giấy tờ này chỉ để thử, không có giá trị, mẫu số 1234567890"
    image = seen(2.0, 1.6, 78.0, text)
    side = image.shape[0]
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    leaning = corners + np.array([[0.03, 0.04], [-0.01, 0], [-0.02, -0.03], [0.09, -0.09]], np.float32) * side
    turn = cv2.getPerspectiveTransform(corners, leaning)
    [code] = read_codes(np.asarray(cv2.warpPerspective(image, turn, (side, side), borderValue=240.0)))
    assert code.text == text


def test_a_lamp_in_which_a_part_of_the_symbol_drowns_is_no_hindrance() -> None:
    image = seen(2.3, 1.7).astype(np.float32)
    rows, columns = np.mgrid[0 : image.shape[0], 0 : image.shape[1]] / image.shape[0]
    lamp = 100 * np.exp(-((rows - 0.4) ** 2 + (columns - 0.6) ** 2) / (2 * 0.15**2))
    [code] = read_codes(np.clip(image + lamp, 0, 255).astype(np.uint8))
    assert code.text == CARD


def test_a_symbol_that_drowns_in_glare_altogether_is_none() -> None:
    symbol = seen(2.3, 1.4).astype(np.float32)
    glare = 252 + (symbol - symbol.min()) / np.ptp(symbol) * 3
    assert read_blurred(np.rint(glare).astype(np.uint8), Allowance()) is None


def test_beyond_what_can_be_told_no_text_is_made_up() -> None:
    assert all(code.text in (None, CARD) for code in read_codes(seen(1.8, 3.6)))


def test_print_and_noise_are_no_symbols() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (160, 160), np.uint8)
    assert read_blurred(noise, Allowance()) is None
    assert read_blurred(np.asarray(cv2.GaussianBlur(noise, (0, 0), 2.0)), Allowance()) is None


@settings(max_examples=30)
@given(arrays(np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90))))
def test_any_image_gives_a_symbol_or_none(image: Any) -> None:
    assert read_blurred(image, Allowance()) is None


def test_a_symbol_is_not_solved_for_once_the_rounds_of_its_image_are_used_up() -> None:
    symbol = seen(2.6, 2.1)
    assert (read_blurred(symbol, Allowance()) is None, read_blurred(symbol, Allowance(0)) is None) == (False, True)
