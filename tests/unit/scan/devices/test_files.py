"""Files that people bring, opened where they can do no harm."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image

from station.dossier.capture import CapturedImage
from station.errors import DeviceError, InputError
from station.scan.devices.files import open_file, pages_of
from station.scan.devices.isolated import Limits


def picture(shade: int, form: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), (shade, shade, 90)).save(kept, form)
    return kept.getvalue()


def document(pages: int) -> bytes:
    kept = io.BytesIO()
    sheets = [Image.new("RGB", (80, 60), (40 * number, 9, 9)) for number in range(pages)]
    sheets[0].save(kept, "TIFF", save_all=True, append_images=sheets[1:])
    return kept.getvalue()


def opened(content: bytes, name: str) -> list[CapturedImage]:
    pages: list[CapturedImage] = []
    open_file(content, name, pages.append, threading.Event())
    return pages


def test_a_photograph_arrives_byte_for_byte() -> None:
    content = picture(10, "JPEG")
    assert opened(content, "a.jpg") == [CapturedImage(content, "image/jpeg", "file")]


def test_each_page_of_a_document_arrives_in_its_order() -> None:
    pages = opened(document(4), "a.tiff")
    shades = [Image.open(io.BytesIO(page.content)).getpixel((5, 5)) for page in pages]
    assert shades == [(40 * number, 9, 9) for number in range(4)]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.jpg", "file.empty"),
        (b"hello", "a.jpg", "file.not_an_image"),
        (picture(10)[:-40], "a.png", "file.truncated"),
        (b"%PDF-1.7 rubbish", "a.pdf", "file.damaged"),
    ],
)
def test_a_file_that_cannot_be_used_delivers_nothing_and_says_why(content: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        opened(content, name)
    assert refused.value.code == code


def test_a_file_that_is_called_off_while_it_is_opened_leaves_no_page() -> None:
    cancel, pages = threading.Event(), list[CapturedImage]()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(DeviceError) as told:
        open_file(document(200), "a.tiff", pages.append, cancel)
    assert told.value.code == "device.cancelled"
    assert pages == []


def test_a_document_with_a_damaged_page_leaves_no_other_page_behind() -> None:
    content = document(3)
    pages: list[CapturedImage] = []
    with pytest.raises(InputError):
        open_file(content[: len(content) * 2 // 3], "a.tiff", pages.append, threading.Event())
    assert pages == []


def test_a_file_that_takes_too_long_is_too_heavy() -> None:
    with pytest.raises(InputError, match=r"file\.too_heavy"):
        pages_of(picture(10), "a.png", "file", Limits(seconds=0.0))
