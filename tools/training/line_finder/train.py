"""One training run: `python -m tools.training.line_finder.train --out DIR --minutes 8 --workers 6`.

Worker processes compose samples without end; each is shown several times, changed a little, before newer ones replace
it, so that the accelerator need not wait for them. The learning rate falls as a cosine over the given minutes. DIR gets
`line_finder.pt`, `line_finder.onnx` and `preview.png`, every two minutes and at the end.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from tools.training.line_finder import preview
from tools.training.line_finder.compose import sample
from tools.training.line_finder.export import export
from tools.training.line_finder.network import LineFinderNetwork

HIGHEST_RATE = 3e-3
KEPT = 6000
"""Samples held for repetition; 400 kB each."""

SAVED_EACH, TOLD_EACH = 300.0, 90.0
VALIDATION_SEED = 7_000_000


class Composed(IterableDataset[tuple[Tensor, Tensor]]):
    """Samples without end, different in each worker."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        worker = get_worker_info()
        dice = random.Random(self.seed * 1000 + (worker.id if worker else 0))  # noqa: S311
        while True:
            picture, masks = sample(dice)
            yield torch.from_numpy(picture)[None], torch.from_numpy(masks)


class Reservoir:
    """The newest samples on the device; a batch is drawn from them by lot."""

    def __init__(self, size: int, device: str) -> None:
        self.size, self.device = size, device
        self.pictures = self.masks = torch.empty(0)
        self.seen = 0

    def add(self, pictures: Tensor, masks: Tensor) -> None:
        if not self.seen:
            self.pictures = torch.empty((self.size, *pictures.shape[1:]), dtype=torch.uint8, device=self.device)
            self.masks = torch.empty((self.size, *masks.shape[1:]), dtype=torch.uint8, device=self.device)
        at = (torch.arange(len(pictures)) + self.seen) % self.size
        self.pictures[at.to(self.device)] = pictures.to(self.device, non_blocking=True)
        self.masks[at.to(self.device)] = masks.to(self.device, non_blocking=True)
        self.seen += len(pictures)

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        at = torch.randint(min(self.seen, self.size), (count,), device=self.device)
        return self.pictures[at].float() / 255, self.masks[at].float() / 255


def part(pictures: Tensor, masks: Tensor, side: int) -> tuple[Tensor, Tensor]:
    """The same square of all samples, by lot: for machines to which whole samples are too much work."""
    room = pictures.shape[-1] - side
    left, top = (2 * random.randint(0, room // 2) for _ in range(2))  # noqa: S311
    return (
        pictures[..., top : top + side, left : left + side],
        masks[..., top // 2 : (top + side) // 2, left // 2 : (left + side) // 2],
    )


def changed(pictures: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
    """Another scale, light, contrast and grain than when it was shown before."""
    side = int(pictures.shape[-1] * random.uniform(0.8, 1.2)) // 64 * 64  # noqa: S311
    if side != pictures.shape[-1]:
        pictures = functional.interpolate(pictures, (side, side), mode="bilinear", antialias=True)
        masks = functional.interpolate(masks, (side // 2, side // 2), mode="bilinear", antialias=True)
    lots = torch.rand((4, len(pictures), 1, 1, 1), device=pictures.device)
    pictures = pictures ** (0.6 + lots[0]) * (0.75 + 0.35 * lots[1]) + 0.2 * (lots[2] - 0.5)
    pictures = pictures + torch.randn_like(pictures) * (0.025 * lots[3])
    return pictures.clamp(0, 1), masks


def loss_of(logits: Tensor, masks: Tensor) -> Tensor:
    """Cross entropy, heavier near bands of either kind, where lines could merge or one kind be taken for the other."""
    logits = logits.float()
    near = functional.max_pool2d(functional.max_pool2d(masks, (7, 1), 1, (3, 0)), (1, 7), 1, (0, 3))
    weights = (1 + 4 * near.amax(1, keepdim=True)).expand_as(masks)
    entropy = functional.binary_cross_entropy_with_logits(logits, masks, weights, reduction="sum") / weights.sum()
    found = torch.sigmoid(logits)
    both = (found * masks).sum((0, 2, 3))
    dice = 1 - (2 * both + 1) / ((found**2).sum((0, 2, 3)) + (masks**2).sum((0, 2, 3)) + 1)
    return 2 * entropy + 0.5 * dice.mean()


@torch.no_grad()
def validated(network: nn.Module, pictures: Tensor, masks: Tensor, device: str) -> tuple[str, Tensor]:
    """Figures over the fixed samples at threshold 0.5: precision and recall by pixel, and bands in place of bands."""
    network.eval()
    found = torch.cat(
        [torch.sigmoid(network(part.to(device).float() / 255)).float().cpu() for part in pictures.split(16)]
    )
    told = []
    for channel, name in enumerate(("printed", "written")):
        yes, true = found[:, channel] > 0.5, masks[:, channel] > 127
        both = int((yes & true).sum())
        told.append(f"{name} P {both / max(1, int(yes.sum())):.3f} R {both / max(1, int(true.sum())):.3f}")
    counts = [
        (
            cv2.connectedComponents(a.numpy().astype(np.uint8))[0] - 1,
            cv2.connectedComponents(b.numpy().astype(np.uint8))[0] - 1,
        )
        for a, b in zip(found[:, 0] > 0.5, masks[:, 0] > 127, strict=True)
    ]
    told.append(
        f"bands {sum(a for a, _ in counts)} of {sum(b for _, b in counts)}, off by {sum(abs(a - b) for a, b in counts)}"
    )
    network.train()
    return ", ".join(told), found


class Run:
    """State of one training run and what it writes."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked, self.device = asked, asked.device
        self.network: nn.Module = LineFinderNetwork().to(self.device, memory_format=torch.channels_last)
        if asked.resume:
            kept = torch.load(asked.resume, map_location=self.device, weights_only=True)
            self.network.load_state_dict(kept["averaged"])
        self.averaged = copy.deepcopy(self.network)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=asked.rate, weight_decay=0.02)
        self.steps = 0
        dice = random.Random(VALIDATION_SEED)  # noqa: S311
        drawn = [sample(dice) for _ in range(asked.validation)]
        self.pictures = torch.from_numpy(np.stack([picture for picture, _ in drawn]))[:, None]
        self.masks = torch.from_numpy(np.stack([masks for _, masks in drawn]))

    def step(self, reservoir: Reservoir, progress: float) -> float:
        warm = min(1.0, (self.steps + 1) / 200)
        for group in self.optimiser.param_groups:
            group["lr"] = self.asked.rate * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
        pictures, masks = changed(*part(*reservoir.batch(self.asked.batch), self.asked.side))
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.partition(":")[0], torch.bfloat16):
            logits = self.network(pictures)
        loss = loss_of(logits, masks)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.steps += 1
        self._average()
        return float(loss.detach()) if self.steps % 10 == 0 else math.nan

    @torch.no_grad()
    def _average(self) -> None:
        """The weights that are kept: a moving average, which is better than the last."""
        decay = min(0.999, self.steps / (self.steps + 10))
        kept, new = self.averaged.state_dict(), self.network.state_dict()
        floating = [name for name, value in kept.items() if value.dtype.is_floating_point]
        torch._foreach_lerp_([kept[name] for name in floating], [new[name] for name in floating], 1 - decay)

    def save(self) -> None:
        out: Path = self.asked.out
        torch.save({"averaged": self.averaged.state_dict(), "steps": self.steps}, out / "line_finder.pt")
        export(self.averaged, out / "line_finder.onnx")
        told, found = validated(self.averaged, self.pictures, self.masks, self.device)
        tiles = [
            preview.overlaid(picture[0].numpy(), (masks * 255).byte().numpy())
            for picture, masks in zip(self.pictures[:6], found[:6], strict=True)
        ]
        preview.write(
            out / "preview.png", [cv2.resize(tile, (336, 336), interpolation=cv2.INTER_AREA) for tile in tiles]
        )
        print(f"saved after {self.steps} steps: {told}", flush=True)


def train(asked: argparse.Namespace) -> None:
    begun = time.monotonic()
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.backends.cudnn.benchmark = False  # the sides change from step to step
    loader = iter(
        DataLoader(
            Composed(asked.seed), asked.chunk, num_workers=asked.workers, prefetch_factor=4, persistent_workers=True
        )
    )
    run, reservoir = Run(asked), Reservoir(asked.kept, asked.device)
    parameters = sum(value.numel() for value in run.network.parameters())
    print(f"{parameters} parameters, validation ready after {time.monotonic() - begun:.0f} s", flush=True)
    length, saved, told, losses = asked.minutes * 60, time.monotonic(), time.monotonic(), [1.0]
    while (now := time.monotonic()) - begun < length - asked.last_seconds:
        # New samples as they come, and never more than --repeat showings of one on average.
        while reservoir.seen < asked.first or run.steps * asked.batch > asked.repeat * reservoir.seen:
            reservoir.add(*next(loader))
        loss = run.step(reservoir, (now - begun) / (length - asked.last_seconds))
        if not math.isnan(loss):
            losses.append(loss)
        if now - told > TOLD_EACH:
            figures, _ = validated(run.averaged, run.pictures, run.masks, run.device)
            recent = losses[-20:]
            told_loss = sum(recent) / len(recent)
            print(
                f"{now - begun:4.0f} s, step {run.steps}, samples {reservoir.seen}, loss {told_loss:.4f}, {figures}",
                flush=True,
            )
            told = now
        if now - saved > SAVED_EACH:
            run.save()
            saved = now
    run.save()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--workers", type=int, default=6)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=HIGHEST_RATE)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--side", type=int, default=512, help="pixels of the part of a sample that is shown")
    parser.add_argument("--chunk", type=int, default=8, help="samples a worker delivers at once")
    parser.add_argument("--first", type=int, default=256, help="samples there must be before the first step")
    parser.add_argument("--kept", type=int, default=KEPT)
    parser.add_argument("--repeat", type=float, default=6, help="how often a sample is shown on average")
    parser.add_argument("--validation", type=int, default=64)
    parser.add_argument("--last-seconds", type=float, default=8, help="kept back for writing the result")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
