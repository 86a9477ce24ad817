"""Pages from drivers: only whole ones, and what they look like afterwards."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.devices.page_image import Pixels, jpeg_from_pnm


def pnm(pixels: Pixels, comment: str = "# SANE data follows\n") -> bytes:
    height, width = pixels.shape[:2]
    kind = "P6" if pixels.ndim == 3 else "P5"
    deep = pixels.dtype == np.uint16
    header = f"{kind}\n{comment}{width} {height}\n{65535 if deep else 255}\n".encode()
    return header + (pixels.astype(">u2") if deep else pixels).tobytes()


def sample() -> Pixels:
    ramp = np.linspace(10, 240, 64, dtype=np.uint8)
    return np.stack([np.tile(ramp, (48, 1)), np.full((48, 64), 60, np.uint8), np.full((48, 64), 200, np.uint8)], axis=2)


def decode(content: bytes | None) -> Pixels:
    assert content is not None
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def test_colours_stay_what_they_are() -> None:
    picture = decode(jpeg_from_pnm(pnm(sample()), 300))
    assert np.abs(picture[..., ::-1].astype(int) - sample()).max() < 12


def test_the_density_is_told() -> None:
    content = jpeg_from_pnm(pnm(sample()), 300)
    assert content is not None
    assert content[6:18] == b"JFIF\x00\x01\x01\x01\x01\x2c\x01\x2c"


@pytest.mark.parametrize("missing", [1, 100, 64 * 48 * 3])
def test_a_page_that_lacks_even_one_byte_is_not_taken(missing: int) -> None:
    assert jpeg_from_pnm(pnm(sample())[:-missing], 300) is None


@pytest.mark.parametrize("content", [b"", b"P6\n", b"P6\n0 0\n255\n", b"\x89PNG\r\n", b"P6\n64 48\n255\n"])
def test_what_is_no_page_is_not_taken(content: bytes) -> None:
    assert jpeg_from_pnm(content, 300) is None


def test_a_page_that_the_driver_filled_up_with_grey_is_not_taken() -> None:
    torn = sample()
    torn[32:] = 128
    assert jpeg_from_pnm(pnm(torn), 300) is None


def test_a_white_page_is_taken() -> None:
    assert jpeg_from_pnm(pnm(np.full((48, 64, 3), 255, np.uint8)), 300) is not None


def test_sixteen_bits_become_eight() -> None:
    deep = (sample().astype(np.uint16) << 8) + 17
    assert jpeg_from_pnm(pnm(deep), 300) == jpeg_from_pnm(pnm(sample()), 300)


def test_black_and_white_that_begins_with_bytes_like_spaces_and_digits_is_read_exactly() -> None:
    ink = np.zeros((16, 20), np.uint8)
    row = b"\x20\x31\x00"
    picture = decode(jpeg_from_pnm(b"P4\n# SANE data follows\n20 16\n" + row * 16, 300))
    ink[:] = np.unpackbits(np.frombuffer(row, np.uint8))[:20]
    assert ((picture[..., 0] < 128) == ink.astype(bool)).all()
