"""Samples of like length in batches, as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from station.scan.text.levels import seen
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.network import POOL
from tools.training.line_reader.samples import Sample

POOLED = 640
"""Samples that are sorted by length at once."""


@dataclass(frozen=True)
class Batch:
    """`steps` and `lengths` are the network's steps and the signs of each line, `codes` all signs in a row."""

    pictures: Tensor
    steps: Tensor
    codes: Tensor
    lengths: Tensor


def batches(drawn: Iterable[list[Sample]], charset: Charset, size: int, dice: random.Random) -> Iterator[Batch]:
    """Batches of about `size` steps in all, in no order."""
    pool: list[Sample] = []
    for handful in drawn:
        pool += handful
        if len(pool) < POOLED:
            continue
        pool.sort(key=lambda sample: sample.strip.shape[1] * dice.uniform(0.9, 1.1))
        groups: list[list[Sample]] = [[]]
        for sample in pool:
            if (len(groups[-1]) + 1) * sample.strip.shape[1] > size * POOL:
                groups.append([])
            groups[-1].append(sample)
        dice.shuffle(groups)
        yield from (batch for group in groups if (batch := batch_of(group, charset)))
        pool = []


def batch_of(group: Sequence[Sample], charset: Charset) -> Batch | None:
    """None where none of the samples can be learnt: signs that the model does not have, more signs than steps."""
    kept = [(sample, codes) for sample in group if (codes := charset.encoded(sample.text)) is not None]
    kept = [(sample, codes) for sample, codes in kept if 1.3 * len(codes) < sample.strip.shape[1] // POOL]
    if not kept:
        return None
    wide = max(sample.strip.shape[1] for sample, _ in kept)
    pictures = torch.rand(len(kept), kept[0][0].strip.shape[0], wide) * 2 - 1
    for at, (sample, _) in enumerate(kept):
        pictures[at, :, : sample.strip.shape[1]] = torch.from_numpy(seen(sample.strip))
    return Batch(
        pictures,
        torch.tensor([sample.strip.shape[1] // POOL for sample, _ in kept]),
        torch.tensor([code for _, codes in kept for code in codes]),
        torch.tensor([len(codes) for _, codes in kept]),
    )
