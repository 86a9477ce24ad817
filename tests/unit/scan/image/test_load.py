"""Images of unknown origin: what loads, and what is refused before it costs anything."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from station.errors import InputError
from station.scan.image.load import load


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    kept = io.BytesIO()
    image.save(kept, form, **options)
    return kept.getvalue()


def noisy(size: tuple[int, int] = (300, 200)) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8))


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        load(content)
    return caught.value.code


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_every_usual_format_loads_as_blue_green_red(form: str) -> None:
    image = load(encoded(Image.new("RGB", (40, 30), (250, 10, 20)), form))
    assert image.shape == (30, 40, 3)
    assert np.abs(image[15, 20].astype(int) - [20, 10, 250]).max() < 8


def test_grey_one_bit_palette_and_sixteen_bit_images_load() -> None:
    for mode in ("L", "1", "P", "I;16"):
        assert load(encoded(Image.new(mode, (20, 10)), "PNG")).shape == (10, 20, 3)


def test_transparent_parts_are_paper() -> None:
    assert load(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")).min() == 255


def test_a_photograph_is_turned_as_its_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert load(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif)).shape == (40, 20, 3)


def test_a_tiff_is_turned_as_its_exif_says_and_once_only() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 20, 20))
    turned = load(encoded(picture, "TIFF", exif=exif))
    assert turned.shape == (40, 20, 3)
    assert turned[:20].max() < turned[20:].min()


def test_nothing_is_refused_as_empty() -> None:
    assert refusal(b"") == "file.empty"


def test_text_is_not_an_image() -> None:
    assert refusal(b"Kinh gui: Uy ban nhan dan") == "file.not_an_image"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_picture_with_its_end_missing_is_refused_and_not_filled_with_grey(form: str, share: float) -> None:
    content = encoded(noisy(), form)
    assert refusal(content[: int(len(content) * share)]) in {"file.truncated", "file.not_an_image"}


def test_a_truncated_jpeg_is_named_as_truncated() -> None:
    content = encoded(noisy(), "JPEG")
    assert refusal(content[:-2000]) == "file.truncated"


@pytest.mark.parametrize("size", [(26_000, 10), (12_000, 11_000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    """Only a header is there: a decoder that looked further would report something else."""
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    assert refusal(b"\x89PNG\r\n\x1a\n" + chunk + data) == "file.too_large"
