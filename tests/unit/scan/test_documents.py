"""Files that become pages, and files that are refused."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from station.errors import InputError
from station.scan.documents import MOST_PAGES, split
from station.scan.image.load import load


def pdf(pages: int, size: tuple[float, float] = A4, password: str | None = None) -> bytes:
    kept = io.BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(kept, pagesize=size, encrypt=encrypt)
    for number in range(pages):
        canvas.rect(72, 72, 144 + 72 * number, 144, fill=1)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def picture(form: str, *frames: Image.Image, **options: object) -> bytes:
    kept = io.BytesIO()
    frames[0].save(kept, form, **({"save_all": True, "append_images": frames[1:]} if frames[1:] else {}), **options)
    return kept.getvalue()


def refusal(content: bytes, name: str = "x.bin") -> str:
    with pytest.raises(InputError) as caught:
        list(split(content, name))
    return caught.value.code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_an_image_passes_through_byte_for_byte(form: str) -> None:
    content = picture(form, Image.new("RGB", (30, 20), "white"))
    [page] = split(content, "page")
    assert page.content == content
    assert page.media_type == f"image/{form.lower()}"


def test_a_tiff_of_three_pages_becomes_three_images_in_order() -> None:
    content = picture("TIFF", *(Image.new("RGB", (30 + number, 20), "white") for number in range(3)))
    pages = list(split(content, "fax.tiff"))
    assert [load(page.content).shape[1] for page in pages] == [30, 31, 32]


def test_a_pdf_is_rendered_at_300_dots_an_inch() -> None:
    first, second = (load(page.content) for page in split(pdf(2), "two.pdf"))
    assert first.shape[:2] == pytest.approx((3508, 2480), abs=1)
    assert (first[:, :, 0] < 128).sum() == pytest.approx(600 * 600, rel=0.02)
    assert (second[:, :, 0] < 128).sum() == pytest.approx(900 * 600, rel=0.02)


def test_a_poster_is_rendered_no_larger_than_a_page_can_be() -> None:
    [page] = split(pdf(1, size=(14_000, 7_000)), "poster.pdf")
    assert max(load(page.content).shape) <= 5001


def test_a_pdf_with_a_password_is_refused_as_encrypted() -> None:
    assert refusal(pdf(1, password="mat-khau")) == "file.encrypted"


@pytest.mark.parametrize("cut", [20, 400])
def test_a_damaged_pdf_is_refused(cut: int) -> None:
    assert refusal(pdf(1)[:cut], "x.pdf") == "file.damaged"


def test_what_is_called_pdf_and_is_none_is_damaged() -> None:
    assert refusal(b"hello", "x.PDF") == "file.damaged"


def test_more_pages_than_a_dossier_holds_are_refused_before_the_first() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(MOST_PAGES + 1):
        document.new_page(100, 100).close()
    kept = io.BytesIO()
    document.save(kept)
    document.close()
    with pytest.raises(InputError) as caught:
        split(kept.getvalue(), "book.pdf")
    assert caught.value.code == "file.too_many_pages"


def test_an_empty_file_and_a_text_are_refused() -> None:
    assert refusal(b"") == "file.empty"
    assert refusal(b"", "x.pdf") == "file.empty"
    assert refusal("Kính gửi".encode(), "x.txt") == "file.not_an_image"


def test_a_truncated_image_is_refused_before_it_counts_as_a_page() -> None:
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 255, (200, 300, 3), np.uint8))
    assert refusal(picture("JPEG", noise)[:-3000], "x.jpg") == "file.truncated"
