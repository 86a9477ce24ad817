"""One training run: `python -m tools.training.line_reader.train --out DIR --minutes 70`.

Needs PyTorch, the typefaces of `tools.training.fonts` and Tesseract's training tools. One process draws lines without
end, the other learns from them, each on one core. The learning rate falls as a cosine over the given minutes. DIR gets
`line_reader.pt` and `line_reader.traineddata`, every few minutes and at the end. It begins with the model that is
shipped; the first one began with `--base resources/models/Vietnamese.traineddata`.
"""

from __future__ import annotations

import argparse
import copy
import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from tools.training.line_reader import lstm_file, traineddata
from tools.training.line_reader.batches import Batch, batches
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.measure import error_of
from tools.training.line_reader.network import LineReaderNetwork
from tools.training.line_reader.respelt import respelt
from tools.training.line_reader.samples import Sample, samples

BASE = Path(__file__).with_name("line_reader.traineddata")
HIGHEST_RATE = 2.5e-4
"""Where a tuned model is tuned further; from the script model on it was 4e-4."""

TOLD_EACH, SAVED_EACH = 60.0, 300.0
VALIDATION_SEED = 9_000_000
DRAWN_AT_ONCE = 40
LAZINESS = 5
"""By so much the drawing process steps back behind the learning one."""


class Drawn(IterableDataset[list[Sample]]):
    """Handfuls of lines without end, different in each worker."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __iter__(self) -> Iterator[list[Sample]]:
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        worker = get_worker_info()
        if worker:
            os.nice(LAZINESS)
        dice = random.Random(self.seed * 1000 + (worker.id if worker else 0))  # noqa: S311
        kept: list[Sample] = []
        while True:
            kept += samples(dice)
            while len(kept) >= DRAWN_AT_ONCE:
                yield kept[:DRAWN_AT_ONCE]
                kept = kept[DRAWN_AT_ONCE:]


class Run:
    """State of one training run and what it writes."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        components = traineddata.read(asked.base)
        found = lstm_file.Reading(components[traineddata.LSTM])
        matrices = {name: matrix.weights for name, matrix in found.matrices.items()}
        self.components, matrices["Output"] = respelt(components, matrices["Output"], found.null)
        self.charset = Charset.of(self.components, found.null)
        self.network = LineReaderNetwork(matrices)
        for cell in (self.network.down, self.network.along, self.network.back, self.network.last):
            cell.bias_hh_l0.requires_grad_(False)  # one bias is enough
        if asked.resume:
            self.network.load_state_dict(torch.load(asked.resume, weights_only=True))
        self.averaged = copy.deepcopy(self.network)
        learning = [value for value in self.network.parameters() if value.requires_grad]
        self.optimiser = torch.optim.AdamW(learning, lr=asked.rate, betas=(0.9, 0.99), weight_decay=0.0)
        self.steps = 0

    def step(self, batch: Batch, progress: float) -> float:
        rate = self.asked.rate * min(1.0, (self.steps + 1) / 150)
        for group in self.optimiser.param_groups:
            group["lr"] = rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.asked.bf16):
            found = self.network(batch.pictures, batch.steps)
        loss = self._loss(found.float(), batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.steps += 1
        self._average()
        return float(loss.detach())

    def _loss(self, found: Tensor, batch: Batch) -> Tensor:
        each = functional.ctc_loss(
            found, batch.codes, batch.steps, batch.lengths, self.charset.null, reduction="none", zero_infinity=True
        )
        # What nobody could read teaches nothing but guessing: a line counts no more than so much a sign.
        sign = each / batch.lengths.clamp(min=1)
        return (sign.clamp(max=3.0) * batch.lengths.clamp(min=1)).sum() / batch.lengths.sum().clamp(min=1)

    @torch.no_grad()
    def _average(self) -> None:
        """The weights that are kept: a moving average, which is better than the last."""
        decay = min(0.995, self.steps / (self.steps + 10))
        kept, new = list(self.averaged.parameters()), list(self.network.parameters())
        torch._foreach_lerp_(kept, new, 1 - decay)

    def save(self) -> None:
        out: Path = self.asked.out
        torch.save(self.averaged.state_dict(), out / "line_reader.pt")
        weights = self.averaged.matrices()
        network = lstm_file.with_weights(self.components[traineddata.LSTM], weights)
        kept = {number: part for number, part in self.components.items() if number not in traineddata.DICTIONARIES}
        traineddata.write(out / "line_reader.traineddata", kept | {traineddata.LSTM: network})


def train(asked: argparse.Namespace) -> None:
    begun = time.monotonic()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)  # before the other process is begun, which would wait for its threads for ever
    asked.out.mkdir(parents=True, exist_ok=True)
    run = Run(asked)
    validation = _validation(asked.validation)
    print(f"before: {error_of(run.network, run.charset, validation)}", flush=True)
    drawn = Drawn(asked.seed)
    loader = iter(
        DataLoader(drawn, None, num_workers=asked.workers, prefetch_factor=40, multiprocessing_context="spawn")
    )
    shuffle = random.Random(asked.seed)  # noqa: S311
    length, told, saved, losses, lines = asked.minutes * 60, time.monotonic(), time.monotonic(), [0.0], 0
    for batch in batches(loader, run.charset, asked.batch, shuffle):
        now = time.monotonic()
        if now - begun > length:
            break
        losses.append(run.step(batch, (now - begun) / length))
        lines += len(batch.steps)
        if now - told > TOLD_EACH:
            loss = sum(losses[-50:]) / len(losses[-50:])
            print(f"{now - begun:5.0f} s, step {run.steps}, lines {lines}, loss {loss:.4f}", flush=True)
            told = now
        if now - saved > SAVED_EACH:
            run.save()
            print(f"saved: {error_of(run.averaged, run.charset, validation)}", flush=True)
            saved = now
    run.save()
    print(f"after {run.steps} steps: {error_of(run.averaged, run.charset, validation)}", flush=True)


def _validation(count: int) -> list[Sample]:
    dice, kept = random.Random(VALIDATION_SEED), list[Sample]()  # noqa: S311
    while len(kept) < count:
        kept += samples(dice)
    return kept[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=70)
    parser.add_argument("--base", type=Path, default=BASE, help="the model to begin with")
    parser.add_argument("--resume", type=Path, help="a line_reader.pt to go on with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=HIGHEST_RATE)
    parser.add_argument("--batch", type=int, default=6000, help="steps of the network in one batch, all lines together")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--validation", type=int, default=400)
    parser.add_argument("--no-bf16", dest="bf16", action="store_false")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
