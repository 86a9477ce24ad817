"""Whatever picture is fed: pages come out, or an `InputError`, and soon."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from PIL import Image

from station import paths
from station.errors import InputError
from station.scan.codes.qr import read_codes
from station.scan.codes.zone import read_zone
from station.scan.documents import split
from station.scan.image.load import load
from station.scan.image.prepare import prepare
from station.scan.reader import Reader
from tests.property.strategies import files, pictures

pytestmark = pytest.mark.timeout(90)  # of all examples together; a hang would take for ever

repeatable = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@repeatable
@given(files())
def test_a_picture_file_gives_one_upright_colour_page_or_an_input_error(content: bytes) -> None:
    try:
        page = load(content)
    except InputError as error:
        event(error.code)
        return
    assert page.dtype == np.uint8
    assert page.ndim == 3
    assert page.shape[2] == 3
    assert [one.content for one in split(content, "a")] == [content]


@repeatable
@given(pictures())
def test_codes_and_zones_are_looked_for_in_any_picture(picture: Any) -> None:
    assert read_codes(picture) == ()
    gray = picture if picture.ndim == 2 else np.ascontiguousarray(picture[:, :, 0])
    assert read_zone(gray) is None


@repeatable
@given(pictures())
def test_any_picture_is_prepared_as_a_page(picture: Any) -> None:
    prepared = prepare(picture if picture.ndim == 3 else np.dstack([picture] * 3))
    assert prepared.gray.ndim == 2
    assert prepared.rotation in (0, 90, 180, 270)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(paths.resources() / "models")


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((1, 1), np.uint8),
        np.zeros((700, 500), np.uint8),
        np.full((3, 900), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (400, 300), np.uint8),
        np.tile(np.array([[0, 255], [255, 0]], np.uint8), (200, 150)),
    ],
    ids=["one pixel", "black", "a thread", "noise", "chequers"],
)
def test_a_picture_that_is_no_paper_is_read_as_an_unknown_one_without_fields(reader: Reader, picture: Any) -> None:
    kept = io.BytesIO()
    Image.fromarray(picture).save(kept, "PNG")
    reading = reader.read(kept.getvalue())
    assert reading.kind == "other"
    assert reading.codes == ()
    assert not any(field.status == "accepted" for field in reading.fields)
