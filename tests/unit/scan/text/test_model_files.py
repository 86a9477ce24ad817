"""Models whose files are missing, or only half there: each is named, and no network speaks of its own classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from station.errors import ResourceError
from station.scan.text.model_files import network
from station.scan.text.tesserocr_engine import TesserocrEngine


def half(models: Path, name: str, into: Path) -> None:
    whole = (models / name).read_bytes()
    (into / name).write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("name", ["line_finder.onnx", "line_reader.onnx", "vie.onnx", "vie_fast.onnx"])
def test_a_damaged_network_is_named(name: str, models: Path, tmp_path: Path) -> None:
    half(models, name, tmp_path)
    with pytest.raises(ResourceError) as caught:
        network(tmp_path, name)
    assert (caught.value.code, caught.value.parameters) == ("resource.bad_model", {"file": name})


def test_a_damaged_model_of_tesseract_is_named_when_it_is_asked(models: Path, tmp_path: Path) -> None:
    half(models, "mrz.traineddata", tmp_path)
    engine = TesserocrEngine(tmp_path, "mrz")
    page = np.full((60, 200), 255, np.uint8)
    page[20:40, 50:150] = 0
    with pytest.raises(ResourceError) as caught:
        engine.read_line(page)
    assert (caught.value.code, caught.value.parameters) == ("resource.bad_model", {"file": "mrz.traineddata"})
