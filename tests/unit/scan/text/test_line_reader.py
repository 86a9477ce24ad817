"""Strips are read many at once, each as if it were alone, with words where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.errors import ResourceError
from station.scan.image.arrays import Gray
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, X_HEIGHT, Segment, crop
from station.scan.text.line_reader import LineReader
from station.scan.text.strip_network import TOGETHER, of_like_length


@pytest.fixture(scope="module")
def reader(models: Path) -> LineReader:
    return LineReader(models)


def strip_of(write: Any, text: str) -> Gray:
    image = cv2.cvtColor(write([text], size=(1500, 300), at=(100, 100)), cv2.COLOR_BGR2GRAY)
    rows, columns = np.nonzero(image < 128)
    base = float(rows[columns < columns.min() + 30].max() + 1)  # of a capital without a descender
    return crop(image, Segment(((float(columns.min()), base), (float(columns.max()), base)), 24.5, 1.0))


def test_a_strip_is_read_with_words_where_they_stand(reader: LineReader, write: Any) -> None:
    strip = strip_of(write, "Trần Văn Mẫu")
    [words] = reader.read_strips([strip])
    assert [word.text for word in words] == ["Trần", "Văn", "Mẫu"]
    inked = np.flatnonzero((strip < 128).any(axis=0))
    assert abs(words[0].box[0] - inked[0]) < 3
    assert abs(words[-1].box[2] - inked[-1]) < 3
    for word in words:
        assert BASELINE_ROW - 2 * X_HEIGHT <= word.box[1] < BASELINE_ROW - X_HEIGHT
        assert BASELINE_ROW - 3 <= word.box[3] <= BASELINE_ROW + 5
        assert 0.8 < word.confidence <= 1


def test_strips_of_any_length_are_read_in_the_order_in_which_they_came(reader: LineReader, write: Any) -> None:
    lines = [f"Số {number} " + "Mẫu " * (number % 7) + "đơn" for number in range(10, 10 + 2 * TOGETHER + 1)]
    read = reader.read_strips([strip_of(write, line) for line in lines])
    assert [" ".join(word.text for word in words) for words in read] == lines


def test_what_is_read_together_is_of_like_length() -> None:
    lengths = [100, 30, 400, 90, 380, *[50] * TOGETHER]
    batches = list(of_like_length(lengths))
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= TOGETHER
        assert min(lengths[number] for number in batch) >= 0.7 * max(lengths[number] for number in batch)
    assert [4, 2] in [sorted(batch, reverse=True) for batch in batches]
    assert list(of_like_length([])) == []


def test_paper_without_print_has_no_words(reader: LineReader, write: Any) -> None:
    white = np.full((HEIGHT, 300), 255, np.uint8)
    assert reader.read_strips([]) == []
    assert reader.read_strips([white]) == [[]]
    empty, [word] = reader.read_strips([white, strip_of(write, "Mẫu")])
    assert empty == []
    assert word.text == "Mẫu"


def test_a_missing_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        LineReader(tmp_path)
    assert caught.value.code == "resource.no_model"
