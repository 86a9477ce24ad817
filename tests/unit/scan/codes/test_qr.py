"""QR codes give back their exact bytes, or say that they cannot be read as text."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pytest
import segno
from PIL import Image

from station.errors import InputError
from station.scan.codes.code_reader import ImageCodeReader
from station.scan.codes.qr import exact_texts, issues, may_be_square, read_codes, told
from station.scan.image.shake import Shake, line

CARD = "001190123456||Nguyễn Thị Ánh Mẫu|12051990|Nữ|Thôn Đông, xã Mẫu, tỉnh Mẫu|01072021||||"


def printed(content: str | bytes, module: int = 6, **options: Any) -> Any:
    kept = io.BytesIO()
    segno.make(content, error="m", micro=False, **options).save(kept, kind="png", scale=module, border=4)
    return np.asarray(Image.open(kept).convert("L"))


def on_sheet(*codes: Any, size: tuple[int, int] = (1400, 1000)) -> Any:
    sheet = np.full((*size, 3), 255, np.uint8)
    top = 20
    for code in codes:
        sheet[top : top + code.shape[0], 30 : 30 + code.shape[1]] = code[:, :, None]
        top += code.shape[0] + 20
    return sheet


def test_vietnamese_text_comes_back_exactly_with_its_place() -> None:
    [code] = read_codes(on_sheet(printed(CARD)))
    assert code.text == CARD
    assert code.payload == CARD.encode()
    assert code.symbology == "QRCode"
    assert 30 < code.box[0] < code.box[2] < 30 + printed(CARD).shape[1]


def test_several_codes_are_told_from_top_to_bottom() -> None:
    codes = read_codes(on_sheet(printed("một"), printed("hai"), printed("ba")))
    assert [code.text for code in codes] == ["một", "hai", "ba"]


def test_a_payload_that_is_not_utf8_is_reported_and_not_repaired() -> None:
    payload = "Nguyễn".encode("utf-16-le")
    [code] = read_codes(on_sheet(printed(payload, mode="byte")))
    assert code.text is None
    assert code.payload == payload
    assert [code.error for code in told([code])] == ["code.undecodable"]
    assert [issue.code for issue in issues([code])] == ["page.code_unreadable"]
    with pytest.raises(InputError) as caught:
        exact_texts([code])
    assert caught.value.code == "code.undecodable"


def test_a_code_that_is_seen_but_not_read_is_told() -> None:
    sheet = on_sheet(printed(CARD))
    sheet[150:260, 120:330] = 255  # a hole larger than error correction can fill, away from the finder patterns
    [code] = read_codes(sheet)
    assert (code.text, code.payload, code.error) == (None, b"", "code.unreadable")
    assert told([code])[0].error == "code.unreadable"
    assert issues([code])[0].value == 1
    with pytest.raises(InputError) as caught:
        exact_texts([code])
    assert caught.value.code == "code.unreadable"


def test_what_is_no_square_and_was_not_read_is_no_code() -> None:
    assert not may_be_square((430, 266, 958, 568))
    assert not may_be_square((0, 0, 90, 0))
    assert may_be_square((100, 100, 240, 200))


def test_a_code_that_is_read_makes_up_for_one_that_is_not() -> None:
    undecodable = printed("Nguyễn".encode("utf-16-le"), mode="byte")
    assert exact_texts(read_codes(on_sheet(undecodable, printed(CARD)))) == [CARD]


@pytest.mark.parametrize("sigma", [1.4, 1.9])
def test_a_blurred_code_is_read_once_its_blur_is_taken_back(sigma: float) -> None:
    small = cv2.resize(printed(CARD), None, fx=3.2 / 6, fy=3.2 / 6, interpolation=cv2.INTER_AREA)
    [found] = read_codes(cv2.GaussianBlur(on_sheet(small, size=(400, 400)), (0, 0), sigma))
    assert found.text == CARD


def test_a_code_is_read_once_the_hand_holds_still() -> None:
    shake = Shake(8.0, 30.0)
    small = cv2.resize(printed(CARD), None, fx=3.6 / 6, fy=3.6 / 6, interpolation=cv2.INTER_AREA)
    shaken = cv2.filter2D(on_sheet(small, size=(700, 500)), -1, line(shake))
    assert not any(code.text for code in read_codes(shaken))
    assert [code.text for code in read_codes(shaken, shake)] == [CARD]


def test_a_crop_is_looked_into_though_its_edges_keep_to_the_direction_of_a_shake_that_nobody_told() -> None:
    small = cv2.resize(printed(CARD), None, fx=3.6 / 6, fy=3.6 / 6, interpolation=cv2.INTER_AREA)
    [found] = read_codes(cv2.filter2D(on_sheet(small, size=(400, 400)), -1, line(Shake(8.0, 30.0))))
    assert found.text == CARD


def test_small_codes_on_a_page_full_of_print_are_found(write: Any, letter: list[str]) -> None:
    page = write(letter * 3)
    small = cv2.resize(printed(CARD), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    for left, top in ((1900, 200), (1900, 1500)):
        page[top : top + small.shape[0], left : left + small.shape[1]] = small[:, :, None]
    codes = read_codes(np.asarray(cv2.GaussianBlur(page, (0, 0), 1.2)))
    assert [code.text for code in codes] == [CARD, CARD]
    assert abs(codes[1].box[0] - 1900) < 30


def test_a_small_soft_code_is_read_by_the_later_rungs() -> None:
    """About 1.8 pixels a module and slightly out of focus: the raw image is not enough."""
    code = cv2.resize(printed(CARD), None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    [found] = read_codes(on_sheet(cv2.GaussianBlur(code, (0, 0), 0.6), size=(300, 300)))
    assert found.text == CARD


def test_a_code_in_the_dark_is_told_from_grain() -> None:
    code = cv2.resize(printed(CARD), None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA)
    sheet = on_sheet(code, size=(1600, 1200))[:, :, 0]
    grain = np.random.default_rng(2).normal(0, 8, sheet.shape)
    [found] = read_codes(np.clip(cv2.GaussianBlur(5 + sheet * 0.3, (0, 0), 0.7) + grain, 0, 255).astype(np.uint8))
    assert found.text == CARD


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180])
def test_a_turned_code_is_read(turn: int) -> None:
    [found] = read_codes(np.asarray(cv2.rotate(on_sheet(printed(CARD)), turn)))
    assert found.text == CARD


def test_a_page_without_a_code_has_none(write: Any, letter: list[str]) -> None:
    assert read_codes(write(letter)) == ()


def test_a_micro_symbol_is_no_code_for_its_checks_pass_noise() -> None:
    kept = io.BytesIO()
    segno.make("284391", micro=True).save(kept, kind="png", scale=6, border=4)
    assert read_codes(on_sheet(np.asarray(Image.open(kept).convert("L")))) == ()


def test_a_card_image_gives_its_texts_to_the_deeds() -> None:
    kept = io.BytesIO()
    Image.fromarray(on_sheet(printed(CARD))).save(kept, "PNG")
    assert ImageCodeReader().read_codes(kept.getvalue()) == [CARD]
