"""Both text engines pass the same tests, on the same sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.errors import ResourceError
from station.scan.image.prepare import prepare
from station.scan.text.engine import TextEngine
from station.scan.text.engines import ENGINES, open_engine


@pytest.fixture(params=list(ENGINES), scope="module")
def engine(request: pytest.FixtureRequest, models: Path) -> Iterator[TextEngine]:
    kind = ENGINES[request.param]
    if not kind.is_installed():
        pytest.skip(f"needs {request.param}: {kind.how_to_install()}")
    opened = kind(models, "vie")
    yield opened
    opened.close()


def test_a_page_is_read_in_order_with_every_mark(engine: TextEngine, write: Any, letter: list[str]) -> None:
    read = engine.read_page(prepare(write(letter)).gray)
    assert read.text.splitlines() == letter


def test_words_have_boxes_around_their_ink_and_confidences(engine: TextEngine, write: Any) -> None:
    image = cv2.cvtColor(write(["Nguyễn Mẫu"], size=(900, 300), at=(100, 100)), cv2.COLOR_BGR2GRAY)
    words = engine.read_page(image).words
    assert [word.text for word in words] == ["Nguyễn", "Mẫu"]
    rows, columns = np.nonzero(image < 128)
    assert abs(words[0].box[0] - columns.min()) < 12
    assert abs(words[1].box[2] - columns.max()) < 12
    assert abs(words[0].box[3] - rows.max()) < 20
    assert all(0.5 < word.confidence <= 1 for word in words)


def test_a_line_is_read_with_its_confidence(engine: TextEngine, write: Any) -> None:
    image = cv2.cvtColor(write(["Số: 012345678901"], size=(900, 120), at=(30, 25)), cv2.COLOR_BGR2GRAY)
    text, confidence = engine.read_line(image)
    assert text == "Số: 012345678901"
    assert 0.5 < confidence <= 1


def test_white_paper_has_no_text(engine: TextEngine) -> None:
    white = np.full((400, 600), 255, np.uint8)
    assert engine.read_page(white).lines == ()
    assert engine.read_line(white) == ("", 0.0)


@pytest.mark.parametrize("name", list(ENGINES))
def test_a_missing_model_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        open_engine(name, tmp_path)
    assert caught.value.code == "resource.no_model"


def test_an_unknown_engine_is_named(models: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        open_engine("abbyy", models)
    assert caught.value.code == "resource.no_engine"
