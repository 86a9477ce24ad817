"""How well a trained finder does on samples that it has not seen: `python -m tools.training.line_finder.measure ONNX`.

A line counts as found when a line of the network has its baseline within 0.3 x-heights and covers at least 80 % of it
without reaching more than two x-heights beyond it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from station.scan.text.line_doubts import LIKELY as SURE_ENOUGH
from station.scan.text.line_shapes import LIKELY, Bands, bands_of
from tools.training.line_finder.compose import sample

SEED = 90_000_000
LEVEL, COVERED, BEYOND = 0.3, 0.8, 2.0
PLAIN = 2.0
"""Pixels of the mask, an x-height of four pixels as the network sees it: smaller print is counted apart."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("onnx", type=Path)
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(asked.onnx), options, providers=["CPUExecutionProvider"])
    counts: Counter[str] = Counter()
    off: list[float] = []
    seconds = 0.0
    for number in range(asked.count):
        picture, masks = sample(random.Random(SEED + number))  # noqa: S311
        begun = time.process_time()
        found = session.run(None, {"page": picture[None, None].astype(np.float32) / 255})[0][0]
        seconds += time.process_time() - begun
        for channel, name in enumerate(("printed", "written")):
            bands = bands_of(found[channel])
            bands = bands.only(bands.confidence >= SURE_ENOUGH)
            off += compared(bands_of(masks[channel].astype(np.float32) / 255), bands, name, counts)
            true = masks[channel] > 127
            counts[f"{name} area"] += int(true.sum())
            for other, taken in enumerate(("print", "handwriting")):
                counts[f"{name} as {taken}"] += int(
                    (true & (found[other] > LIKELY) & (found[other] >= found[1 - other])).sum()
                )
    for name in ("printed", "small"):
        true, right, said, ghosts = (counts[f"{name} {what}"] for what in ("true", "right", "said", "ghost"))
        print(
            f"{name}: {right} of {true} lines found ({right / max(1, true):.3f}); {ghosts} of {said} where no line is"
        )
    for name in ("printed", "written"):
        whole = max(1, counts[f"{name} area"])
        shares = {taken: counts[f"{name} as {taken}"] / whole for taken in ("print", "handwriting")}
        print(f"{name}: of its area {shares['print']:.3f} marked as print, {shares['handwriting']:.3f} as handwriting")
    print(f"x-height of printed lines off by {np.median(np.abs(off)):.3f} (median), {np.mean(off):+.3f} (mean)")
    print(f"{seconds / asked.count:.3f} CPU seconds a sample in the network")


def compared(true: Bands, found: Bands, name: str, counts: Counter[str]) -> list[float]:
    """Count into `counts`; returns how far the x-heights of printed lines that were found are off, as shares."""
    hits = matched(true, found)
    small = true.x_height < PLAIN
    for line in range(len(true)):
        kind = "small" if small[line] and name == "printed" else name
        counts[f"{kind} true"] += 1
        counts[f"{kind} right"] += int(hits[line] >= 0)
    counts[f"{name} said"] += len(found)
    counts[f"{name} ghost"] += int((~touching(true, found).any(0)).sum())
    return [
        float(found.x_height[hits[line]] / true.x_height[line] - 1)
        for line in range(len(true))
        if hits[line] >= 0 and not small[line] and name == "printed"
    ]


def touching(true: Bands, found: Bands) -> npt.NDArray[Any]:
    """True lines × found lines: whether they share a stretch at one height."""
    shared = np.minimum(true.right[:, None], found.right) - np.maximum(true.left[:, None], found.left)
    level = np.zeros(shared.shape, bool)
    for one, other in zip(*np.nonzero(shared > 0), strict=True):
        at = np.array([max(true.left[one], found.left[other]), min(true.right[one], found.right[other])]).mean()
        drop = true.middles(int(one), at) - found.middles(int(other), at)
        level[one, other] = abs(float(drop)) < 0.7 * true.x_height[one]
    return level


def matched(true: Bands, found: Bands) -> npt.NDArray[Any]:
    """For each true line the found line that is it, or -1."""
    hits = np.full(len(true), -1)
    for line in range(len(true)):
        for other in range(len(found)):
            left, right = max(true.left[line], found.left[other]), min(true.right[line], found.right[other])
            length, x_height = true.right[line] - true.left[line], true.x_height[line]
            if right - left < COVERED * length:
                continue
            if max(true.left[line] - found.left[other], found.right[other] - true.right[line]) > BEYOND * x_height:
                continue
            ends = np.array([left, right])
            if np.abs(true.middles(line, ends) - found.middles(other, ends)).max() < LEVEL * x_height:
                hits[line] = other
    return hits


if __name__ == "__main__":
    main()
