"""Files built to choke or to crash whoever opens them: each is refused with a sentence, or gives bearable pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from station import paths
from station.dossier.capture import CapturedImage
from station.errors import InputError, StationError
from station.language import Language
from station.scan.devices.files import pages_of
from station.scan.devices.isolated import Limits
from station.scan.image.opening import MOST_PIXELS, quietly
from station.scan.image.sheet.fitting import refined
from station.scan.workers import ReadingWorkers
from tests.hostile import files

LIMITS = Limits(memory=1 << 30, processor_seconds=60, seconds=120.0)
HARMLESS = ""


def outcome(content: bytes, name: str) -> str:
    """The code of the refusal; empty where pages came, all of them bearable."""
    try:
        pages: list[CapturedImage] = pages_of(content, name, "file", LIMITS)
    except InputError as error:
        return error.code
    assert pages
    for page in pages:
        with quietly(), Image.open(io.BytesIO(page.content)) as image:
            assert image.width * image.height <= MOST_PIXELS
    return HARMLESS


@pytest.mark.parametrize(
    ("made", "name", "codes"),
    [
        (files.png_bomb, "a.png", {"file.too_large"}),
        (files.jpeg_bomb, "a.jpg", {"file.too_large"}),
        (files.webp_bomb, "a.webp", {"file.too_large", "file.truncated", "file.not_an_image"}),
        (files.tiff_bomb, "a.tiff", {"file.too_large"}),
        (files.png_text_bomb, "a.png", {"file.truncated", "file.too_heavy", "file.not_an_image", HARMLESS}),
        (files.tiff_without_a_size, "a.tiff", {"file.damaged", "file.not_an_image"}),
        (files.looping_tiff, "a.tiff", {"file.damaged", "file.truncated", "file.not_an_image", HARMLESS}),
        (files.endless_tiff, "a.tiff", {"file.damaged", "file.truncated", "file.not_an_image", HARMLESS}),
        (files.tiff_of_many_tags, "a.tiff", {"file.damaged", "file.truncated", "file.not_an_image", HARMLESS}),
        (files.nested_pdf, "a.pdf", {"file.damaged", HARMLESS}),
        (files.circular_pdf, "a.pdf", {"file.damaged", "file.too_many_pages"}),
        (files.huge_page_pdf, "a.pdf", {"file.damaged", HARMLESS}),
        (files.flat_page_pdf, "a.pdf", {"file.damaged", HARMLESS}),
        (files.zipped_stream_pdf, "a.pdf", {"file.reader_died", "file.damaged", "file.too_heavy", HARMLESS}),
        (files.recursive_form_pdf, "a.pdf", {"file.reader_died", "file.too_heavy", "file.damaged", HARMLESS}),
        (files.jbig2_pdf, "a.pdf", {"file.damaged", HARMLESS}),
        (files.script_pdf, "a.pdf", {HARMLESS}),
        (lambda: files.pdf(1000), "a.pdf", {"file.too_many_pages"}),
        (lambda: files.pdf(password="mat-khau"), "a.pdf", {"file.encrypted"}),
    ],
    ids=lambda given: getattr(given, "__name__", None) if callable(given) else None,
)
def test_a_file_built_to_harm_is_refused_or_harmless(made: Callable[[], bytes], name: str, codes: set[str]) -> None:
    assert outcome(made(), name) in codes


@pytest.fixture(scope="module")
def workers() -> ReadingWorkers:  # type: ignore[misc]
    with ReadingWorkers(paths.resources() / "models", count=1) as made:
        yield made


def shown_or_code(workers: ReadingWorkers, content: bytes) -> str:
    try:
        shown = workers.picture(content, 132)
    except StationError as error:
        return error.code
    return HARMLESS if max(shown.width, shown.height) <= 132 else "too large a picture"


@pytest.mark.parametrize(
    "made", [files.png_bomb, files.jpeg_bomb, files.webp_bomb, files.tiff_bomb, files.looping_tiff]
)
def test_no_picture_of_it_is_shown_and_the_next_one_is(workers: ReadingWorkers, made: Callable[[], bytes]) -> None:
    assert shown_or_code(workers, made()) in {HARMLESS, "file.too_large", "file.truncated", "file.not_an_image"}
    good = io.BytesIO()
    Image.new("RGB", (80, 60), (10, 20, 30)).save(good, "PNG")
    assert workers.picture(good.getvalue(), 132).pixels[:3] == bytes((10, 20, 30))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_has_its_words(language: str) -> None:
    words = Language.load(language)
    for code in ("no_bundle", "bundle_damaged", "bundle_unsafe", "bundle_too_large", "too_heavy", "reader_died"):
        assert words.error(InputError(f"file.{code}", megabytes=1)).remedy.endswith(".")


def test_the_sides_of_a_sheet_are_fitted_on_an_image_of_few_pixels() -> None:
    quad = np.array([[20.0, 20.0], [120.0, 22.0], [118.0, 121.0], [21.0, 119.0]])
    assert refined(np.full((147, 147, 3), 90, np.uint8), quad).shape == (4, 2)
