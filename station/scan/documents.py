"""Files into page images: an image is one page as it is; a TIFF or PDF becomes one image a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PIL import Image

from station.errors import InputError
from station.scan.image.load import pixels
from station.scan.image.opening import DAMAGED, MOST_PIXELS, open_image, quietly, refuse_too_large

MOST_PAGES = 200
MOST_BYTES = 512 * 1024 * 1024
RESOLUTION = 300
LARGEST_SIDE = 5000
"""Pixels of a rendered PDF page: A3 at 300 dpi; a larger sheet is rendered smaller."""

QUALITY = 92
POINTS_PER_INCH = 72
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff", "WEBP": "image/webp", "BMP": "image/bmp"}


@dataclass(frozen=True)
class DocumentPage:
    """One page image, ready to be kept."""

    content: bytes
    media_type: str


def is_document(content: bytes, name: str) -> bool:
    """Whether the file may hold several pages and is to be taken apart: a PDF or TIFF, by first bytes or name."""
    tiff = content[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    return tiff or b"%PDF-" in content[:1024] or name.lower().endswith(".pdf")


def split(content: bytes, name: str) -> Iterator[DocumentPage]:
    """The pages of a file, in order; `name` only helps to tell what a damaged file was meant to be.

    A one-page image passes through byte for byte. Raises `InputError` before the first page where the whole file is
    refused (`file.empty`, `file.not_an_image`, `file.encrypted`, `file.damaged`, `file.too_many_pages`,
    `file.too_large`), and at the page concerned where only that page is bad (`file.truncated`).
    """
    if len(content) > MOST_BYTES:
        raise InputError("file.too_large", megapixels=MOST_PIXELS // 1_000_000)
    if b"%PDF-" in content[:1024]:
        return pdf_pages(content)
    if name.lower().endswith(".pdf") and content:
        raise InputError("file.damaged")
    return image_pages(content)


def image_pages(content: bytes) -> Iterator[DocumentPage]:
    with open_image(content) as image:
        try:
            with quietly():
                frames = getattr(image, "n_frames", 1)
        except DAMAGED as error:
            raise InputError("file.damaged") from error
        form = image.format or ""
        if frames == 1 or form != "TIFF":  # an animated PNG or WebP shows its first picture
            pixels(image)  # a truncated file is refused before it counts as a page
            return iter((DocumentPage(content, MEDIA_TYPES[form]),))
    if frames > MOST_PAGES:
        raise InputError("file.too_many_pages", most=MOST_PAGES)
    return tiff_pages(content, frames)


def tiff_pages(content: bytes, frames: int) -> Iterator[DocumentPage]:
    with open_image(content) as image:
        for number in range(frames):
            try:
                with quietly():
                    image.seek(number)
            except DAMAGED as error:
                raise InputError("file.damaged") from error
            refuse_too_large(image)
            resolution = image.info.get("dpi", (RESOLUTION, RESOLUTION))
            page = Image.fromarray(pixels(image)[:, :, ::-1])
            yield DocumentPage(lossless(page, resolution), "image/png")


def lossless(page: Image.Image, resolution: tuple[float, float]) -> bytes:
    """PNG: a fax page of a TIFF must not get JPEG's halos."""
    kept = io.BytesIO()
    page.save(kept, "PNG", dpi=tuple(float(value) or RESOLUTION for value in resolution), compress_level=3)
    return kept.getvalue()


def pdf_pages(content: bytes) -> Iterator[DocumentPage]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise InputError(_pdf_failure(error)) from error
    if count == 0:
        document.close()
        raise InputError("file.damaged")
    if count > MOST_PAGES:
        document.close()
        raise InputError("file.too_many_pages", most=MOST_PAGES)
    return _rendered(document, count)


def _pdf_failure(error: Any) -> str:
    """FPDF_ERR_PASSWORD (4) and FPDF_ERR_SECURITY (5) mean locked; anything else, damaged."""
    return "file.encrypted" if getattr(error, "err_code", None) in {4, 5} else "file.damaged"


def _rendered(document: Any, count: int) -> Iterator[DocumentPage]:
    import pypdfium2

    with closing(document):
        for number in range(count):
            try:
                with closing(document[number]) as page:
                    longest = max(page.get_size()) / POINTS_PER_INCH
                    scale = min(RESOLUTION, LARGEST_SIDE / max(longest, 0.01)) / POINTS_PER_INCH
                    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
            except (pypdfium2.PdfiumError, ValueError, OSError) as error:
                raise InputError("file.damaged") from error
            kept = io.BytesIO()
            dots = round(scale * POINTS_PER_INCH)
            picture.save(kept, "JPEG", quality=QUALITY, subsampling=0, dpi=(dots, dots))
            yield DocumentPage(kept.getvalue(), "image/jpeg")
