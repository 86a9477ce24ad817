"""Fit and measure the small network by which a 3 is told from a 5: `python -m tools.training.three_or_five`.

Lines of figures are drawn as for the line reader, half of them with flat-topped threes, in every second typeface; the
line reader says where a 3 or a 5 stands. The weights go to `station.scan.text.three_or_five_weights`. `--measure` only
tells how often those are right, in the other typefaces; `--folder DIR` in those of DIR.
"""

from __future__ import annotations

import argparse
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.scan.text import three_or_five
from station.scan.text.line_reader import LineReader
from station.scan.text.signs import POOL, edges_of, signs_of
from station.scan.text.three_or_five import ALIKE, CERTAIN, Network, upper_half
from tools.training.fonts import font_files, styles_of
from tools.training.line_finder.material import Face, measured
from tools.training.line_reader import wording
from tools.training.line_reader.samples import Sample, samples
from tools.training.line_reader.sheet import Stock
from tools.training.texts import RESOURCES

Numbers = npt.NDArray[np.float64]

UNITS = 12
ROUNDS, AT_ONCE, HIGHEST_RATE = 60, 64, 5e-3
DECAY = 0.02
NOISE = 0.15
"""Of each share's spread: it learns no single pixel by heart."""

WEIGHTS = Path(three_or_five.__file__).with_name("three_or_five_weights.py")
HEAD = '''"""The network of `three_or_five` in hundredths, as `python -m tools.training.three_or_five` writes it."""
'''


@dataclass(frozen=True)
class Figure:
    """A figure that is printed as `true` and that the line reader `read`; `shares` as `upper_half` has them."""

    true: str
    read: str
    shares: Numbers


def figures(count: int, reader: LineReader, stock: Stock, dice: random.Random) -> Iterator[Figure]:
    """From lines on which nothing but a 3 and a 5 is mistaken for one another, or that are read as they are."""
    found = 0
    while found < count:
        for figure in _of_sheet(list(samples(dice, stock)), reader):
            found += 1
            yield figure


def _of_sheet(drawn: Sequence[Sample], reader: LineReader) -> Iterator[Figure]:
    for sample, likely in zip(drawn, reader.network.likelihoods([sample.strip for sample in drawn]), strict=True):
        row = list(signs_of(likely, reader.network.signs))
        if len(row) != len(sample.text):
            continue
        if any(
            sign.text != true and not {sign.text, true} <= ALIKE for sign, true in zip(row, sample.text, strict=True)
        ):
            continue
        edges = edges_of(row, len(likely))
        for at, (sign, true) in enumerate(zip(row, sample.text, strict=True)):
            shares = upper_half(sample.strip, edges[at] * POOL, edges[at + 1] * POOL) if true in ALIKE else None
            if shares is not None:
                yield Figure(true, sign.text, shares.ravel().astype(np.float64))


def fitted(shown: Sequence[Figure], luck: np.random.Generator) -> Network:
    """By Adam on the logarithm of the odds."""
    given = np.array([figure.shares for figure in shown])
    threes = np.array([figure.true == "3" for figure in shown], np.float64)
    middle, spread = given.mean(axis=0), given.std(axis=0) + 1e-2
    plain = (given - middle) / spread
    parts = [luck.normal(0, 0.13, (UNITS, given.shape[1])), np.zeros(UNITS), luck.normal(0, 0.3, UNITS), np.zeros(1)]
    means, squares = ([np.zeros_like(part) for part in parts] for _ in range(2))
    steps = 0
    for number in range(ROUNDS):
        order = luck.permutation(len(plain))
        for start in range(0, len(order), AT_ONCE):
            batch = order[start : start + AT_ONCE]
            steps += 1
            slopes = _slopes(parts, plain[batch] + luck.normal(0, NOISE, (len(batch), plain.shape[1])), threes[batch])
            rate = HIGHEST_RATE * (1 - number / ROUNDS)
            for at, slope in enumerate(slopes):
                means[at] += 0.1 * (slope - means[at])
                squares[at] += 0.001 * (slope**2 - squares[at])
                step = means[at] / (1 - 0.9**steps) / (np.sqrt(squares[at] / (1 - 0.999**steps)) + 1e-8)
                parts[at] -= rate * (step + DECAY * parts[at])
    inner, shift, outer, bias = parts
    return Network(inner / spread, shift - inner @ (middle / spread), outer, float(bias[0]))


def _slopes(parts: Sequence[Numbers], given: Numbers, threes: Numbers) -> list[Numbers]:
    inner, shift, outer, bias = parts
    hidden = np.tanh(given @ inner.T + shift)
    error = (1 / (1 + np.exp(-(hidden @ outer + bias[0]))) - threes) / len(given)
    back = error[:, None] * outer * (1 - hidden**2)
    return [back.T @ given, back.sum(axis=0), hidden.T @ error, np.array([error.sum()])]


def written(network: Network) -> str:
    """The module that holds it."""
    whole = [np.rint(100 * np.asarray(part)).astype(int) for part in (*network[:3], [network.bias])]
    rows = "\n".join(_wrapped(row) for row in whole[0].tolist())
    return (
        f"{HEAD}\n# fmt: off\nINNER = (\n{rows}\n)\nSHIFT = {tuple(whole[1].tolist())}\n"
        f"OUTER = {tuple(whole[2].tolist())}\nBIAS = {whole[3][0]}\n"
    )


def _wrapped(row: Sequence[int]) -> str:
    return textwrap.fill(f"({', '.join(map(str, row))}),", 118, initial_indent="    ", subsequent_indent="     ")


def told(shown: Sequence[Figure], network: Network) -> str:
    """How often the shape is told and right, beside the line reader."""
    odds = np.array([network.odds(figure.shares) for figure in shown])
    threes, read = (
        np.array([part == "3" for part in row]) for row in zip(*((f.true, f.read) for f in shown), strict=True)
    )
    certain, shape = np.abs(odds) >= CERTAIN, odds > 0
    agree, right = certain & (shape == read), shape == threes
    return (
        f"{len(shown)} figures, the reader wrong on {(read != threes).sum()}; told by shape {certain.mean():.1%}, "
        f"wrong {(certain & ~right).sum()}; confirmed and wrong {(agree & ~right).sum()}; "
        f"against the reader {(certain & ~agree).sum()}, right {(certain & ~agree & right).sum()}"
    )


def _typefaces(files: Sequence[Path]) -> tuple[tuple[Face, ...], ...]:
    families = (tuple(face for file in group if (face := measured(file))) for _, group in styles_of(list(files)))
    return tuple(family for family in families if family)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=6500)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--folder", type=Path, help="typefaces to measure in, with their own threes")
    asked = parser.parse_args()
    every = _typefaces(sorted(asked.folder.glob("*.ttf")) if asked.folder else font_files("printed"))
    chosen = every if asked.folder else every[asked.measure :: 2]
    stock = Stock(chosen, 0.0 if asked.folder else 0.5, wording.figures)
    dice = random.Random(asked.seed)  # noqa: S311
    shown = list(figures(asked.count, LineReader(RESOURCES / "models"), stock, dice))
    network = three_or_five.NETWORK
    if not (asked.measure or asked.folder):
        network = fitted(shown, np.random.default_rng(asked.seed))
        WEIGHTS.write_text(written(network), encoding="utf-8")
    print(told(shown, network))


if __name__ == "__main__":
    main()
