"""A network of Tesseract's making in ONNX Runtime: pictures of lines, many at once, to what stands on each step.

Tesseract reads one line after the other, sign by sign in plain loops, and takes two to five times as long (decision
0073). Models are written as ONNX by `tools/training/line_reader/export.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from station.scan.image.arrays import Gray
from station.scan.text.levels import Levels, seen
from station.scan.text.line_crop import SEEN_HEIGHT
from station.scan.text.model_files import network
from station.scan.text.signs import POOL, Likelihoods

TOGETHER = 8
"""Pictures that are read at once: more gain nothing."""

ALIKE = 0.75
"""How long each of them is at least, by the longest: the shorter ones cost as much as it does."""

NOISE_COLUMNS = 1021
"""Columns after which the noise around pictures begins again."""


class StripNetwork:
    """The network, resident. One thread, which is the caller's."""

    def __init__(self, models: Path, model: str) -> None:
        """Raises what `model_files.network` does."""
        self._session = network(models, model)
        self.signs = self._session.get_modelmeta().custom_metadata_map["signs"].split("\n")

    def likelihoods(self, pictures: Sequence[Gray]) -> list[Likelihoods]:
        """What the network says of pictures `SEEN_HEIGHT` rows high, step by step; the last sign is none."""
        found: dict[int, Likelihoods] = {}
        for numbers in of_like_length([picture.shape[1] for picture in pictures]):
            steps = np.array([pictures[number].shape[1] // POOL for number in numbers], np.int32)
            page = among_noise([seen(pictures[number]) for number in numbers])
            likely = self._session.run(None, {"page": page, "steps": steps})[0]
            found |= {number: likely[: steps[at], at] for at, number in enumerate(numbers)}
        return [found[number] for number in range(len(pictures))]


def of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of all lengths, those together that cost little more together than each alone."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        if batch and (len(batch) == TOGETHER or lengths[number] < ALIKE * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


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
