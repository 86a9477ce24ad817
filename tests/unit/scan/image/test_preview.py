"""A page in a few kilobytes: print stays legible, colour stays colour, nothing is beyond what the hub takes."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from station import paths
from station.dossier.rendition import MOST_BYTES, Rendition
from station.errors import InputError
from station.scan.image.preview import preview
from station.scan.worker import answer_from
from station.scan.workers import ReadingWorkers

TRAY = paths.resources() / "specimens" / "tray"
PRINT = TRAY / "1-khai-sinh" / "03-birth-notice.jpg"
CARD = TRAY / "1-khai-sinh" / "01-citizen-card-front.jpg"


def opened(made: Rendition) -> Image.Image:
    return Image.open(io.BytesIO(made.content))


def coded(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def test_print_becomes_black_and_white_at_200_dpi() -> None:
    made = preview(PRINT.read_bytes())
    seen = opened(made)
    assert made.media_type == "image/tiff"
    assert (seen.mode, seen.info["compression"], max(seen.size)) == ("1", "group4", 2339)
    assert len(made.content) < 30_000
    ink = seen.histogram()[0] / (seen.width * seen.height)
    assert 0.02 < ink < 0.2


def test_a_card_stays_in_colour_and_small() -> None:
    made = preview(CARD.read_bytes())
    assert made.media_type == "image/webp"
    assert max(opened(made).size) == 1000


def test_a_coloured_seal_keeps_a_page_in_colour() -> None:
    with Image.open(PRINT) as page:
        stamped = page.convert("RGB")
    ImageDraw.Draw(stamped).ellipse((600, 900, 1000, 1300), outline=(200, 20, 30), width=40)
    assert preview(coded(stamped)).media_type == "image/webp"


@pytest.mark.parametrize("size", [(1400, 1400), (3000, 400)])
def test_noise_that_nothing_makes_small_still_fits(size: tuple[int, int]) -> None:
    noise = Image.frombytes("RGB", size, random.Random(1).randbytes(3 * size[0] * size[1]))
    assert 0 < len(preview(coded(noise)).content) <= MOST_BYTES


def test_what_is_no_whole_image_has_no_preview() -> None:
    for content in (b"", b"%PDF-1.7", PRINT.read_bytes()[:5000]):
        with pytest.raises(InputError):
            preview(content)


def test_the_confined_process_makes_it_and_says_what_is_wrong(tmp_path: Path) -> None:
    with ReadingWorkers(tmp_path, count=1) as workers:
        assert workers.preview(PRINT.read_bytes()) == preview(PRINT.read_bytes())
        with pytest.raises(InputError):
            workers.preview(b"no image")


@pytest.mark.parametrize(("media_type", "size"), [("text/html", 5), ("image/webp", 0), ("image/webp", MOST_BYTES + 1)])
def test_a_process_that_was_taken_over_sends_nothing_else_to_the_hub(media_type: str, size: int) -> None:
    with pytest.raises(ValueError, match="not a preview"):
        answer_from({"preview": media_type}, bytes(size))
