"""How well a network reads lines whose text is known: wrong signs in a hundred, and lines read without a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from tools.training.line_reader.batches import batch_of
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.network import LineReaderNetwork
from tools.training.line_reader.samples import Sample


@dataclass(frozen=True)
class Errors:
    signs: float
    lines: float

    def __str__(self) -> str:
        return f"{100 * self.signs:.2f} % of signs wrong, {100 * self.lines:.1f} % of lines right"


@torch.no_grad()
def read(network: LineReaderNetwork, charset: Charset, chosen: Sequence[Sample]) -> list[tuple[str, str]]:
    """What stands there and what is read, line by line; lines that the model cannot write are left out."""
    network.eval()
    found = []
    for sample in chosen:
        batch = batch_of([sample], charset)
        if batch:
            path = network(batch.pictures, batch.steps)[:, 0].argmax(-1).tolist()
            found.append((sample.text, charset.decoded(path)))
    network.train()
    return found


def error_of(network: LineReaderNetwork, charset: Charset, chosen: Sequence[Sample]) -> Errors:
    pairs = read(network, charset, chosen)
    wrong = sum(distance(true, text) for true, text in pairs)
    right = sum(true == text for true, text in pairs)
    return Errors(wrong / sum(len(true) for true, _ in pairs), right / len(pairs))


def distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, against in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (sign != against))
    return row[-1]
