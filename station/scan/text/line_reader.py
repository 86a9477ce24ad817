"""The line reader: a network of our own reads strips of print, many at once.

It is Tesseract's network for Vietnamese script, tuned on damaged lines, with the same weights, in another runtime:
Tesseract reads one line after the other, sign by sign in plain loops, and takes five times as long (decision 0073).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from station.errors import ResourceError
from station.scan.image.arrays import Gray
from station.scan.text.engine import Word, is_blank
from station.scan.text.levels import Levels, seen
from station.scan.text.line_crop import SEEN_HEIGHT, for_network
from station.scan.text.signs import POOL, Likelihoods, words_of
from station.scan.text.strip_pieces import parted
from station.scan.text.words import in_strip

MODEL = "line_reader.onnx"

TOGETHER = 8
"""Pieces of like length that are read at once: more gain nothing, and the shorter ones wait for the longest."""

NOISE_COLUMNS = 1021


class LineReader:
    """The network, resident. One thread, which is the caller's."""

    def __init__(self, models: Path) -> None:
        """Raises `ResourceError("resource.no_model")` when the model's file is missing."""
        if not (models / MODEL).is_file():
            raise ResourceError("resource.no_model", file=MODEL)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        self._session: Any = onnxruntime.InferenceSession(
            str(models / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self.signs = self._session.get_modelmeta().custom_metadata_map["signs"].split("\n")

    def read_strips(self, strips: Sequence[Gray]) -> list[list[Word]]:
        """See `station.scan.text.engine.StripReader`."""
        pieces = [parted(strip) if not is_blank(strip) else [] for strip in strips]
        inked = [piece for each in pieces for piece in each if not is_blank(piece.image)]
        pictures = [for_network(piece.image) for piece in inked]
        read = {
            id(piece): piece.in_strip(in_strip(words_of(likely, self.signs, picture), piece.image))
            for piece, picture, likely in zip(inked, pictures, self.likelihoods(pictures), strict=True)
        }
        return [
            sorted((word for piece in each for word in read.get(id(piece), ())), key=lambda word: word.box[0])
            for each in pieces
        ]

    def likelihoods(self, pictures: Sequence[Gray]) -> list[Likelihoods]:
        """What the network says of pictures as `for_network` gives them, step by step; the last sign is none."""
        by_length = sorted(range(len(pictures)), key=lambda number: pictures[number].shape[1])
        found: dict[int, Likelihoods] = {}
        for first in range(0, len(by_length), TOGETHER):
            numbers = by_length[first : first + TOGETHER]
            steps = np.array([pictures[number].shape[1] // POOL for number in numbers], np.int32)
            page = among_noise([seen(pictures[number]) for number in numbers])
            likely = self._session.run(None, {"page": page, "steps": steps})[0]
            found |= {number: likely[: steps[at], at] for at, number in enumerate(numbers)}
        return [found[number] for number in range(len(pictures))]


def among_noise(pictures: Sequence[Levels]) -> Levels:
    """Pictures of one batch, with noise around and behind them: the network was trained to see no edge there."""
    wide = max(picture.shape[1] for picture in pictures) + 2
    around = noise().take(np.arange(wide), axis=1, mode="wrap")
    page = np.repeat(around[None, None], len(pictures), axis=0)
    for at, picture in enumerate(pictures):
        page[at, 0, 1:-1, 1 : 1 + picture.shape[1]] = picture
    return page


@functools.cache
def noise() -> Levels:
    """The same for every page: what is read does not depend on luck."""
    return np.random.default_rng(1).uniform(-1, 1, (SEEN_HEIGHT + 2, NOISE_COLUMNS)).astype(np.float32)
