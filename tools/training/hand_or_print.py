"""Fit what tells a form filled in by hand: `python -m tools.training.hand_or_print FOLDER...`.

The folders are drawn by `tools.specimens.varied`: forms by hand (`--by-hand`, of hands that training may see) and about
as many printed pages, with the damages that are hardest to tell from a hand (`--damage shaken curl bound fax`). Printed
are the weights for `station.scan.papers.filled_in`, which a person rounds, and the pages that they get wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station import paths
from station.scan.papers.extract import Extracted
from station.scan.papers.filled_in import Evidence
from station.scan.reader import Reader

Numbers = npt.NDArray[np.float64]

USUAL_SPREAD = np.array([0.25, 0.03, 0.5, 0.15])
"""About how far hands are from print in each number: weights are held back as if all were measured alike."""

HELD_BACK = 0.005
ROUNDS = 50


@dataclass(frozen=True)
class Page:
    """What one page tells, and what it is."""

    file: Path
    evidence: Evidence
    by_hand: bool


def pages(folder: Path, reader: Reader) -> Iterator[Page]:
    """The sheets of a folder whose kind was known; on cards nobody writes."""
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if not told["damage"]["profile"].startswith("card"):
            file = folder / told["file"]
            found = _extracted(file.read_bytes(), reader)
            if found.values:
                yield Page(file, found.evidence, bool(told.get("handwritten")))


def _extracted(content: bytes, reader: Reader) -> Extracted:
    seen: list[Extracted] = []
    reader.read(content, watch=lambda found, _: seen.append(found))
    return seen[-1]


def fitted(evidence: Numbers, by_hand: npt.NDArray[np.bool_]) -> Numbers:
    """Weights and what is usual: logistic regression by Newton's method; hands and print count the same in all.

    `evidence` has a row a page and a column a number of `Evidence`.
    """
    terms = np.hstack([evidence / USUAL_SPREAD, np.ones((len(evidence), 1))])
    share = np.where(by_hand, 0.5 / by_hand.sum(), 0.5 / (~by_hand).sum())
    held = np.diag([HELD_BACK] * len(USUAL_SPREAD) + [0.0])
    weights = np.zeros(terms.shape[1])
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-terms @ weights))
        slope = terms.T @ (share * (odds - by_hand)) + held @ weights
        weights -= np.linalg.solve((terms * (share * odds * (1 - odds))[:, None]).T @ terms + held, slope)
    return np.append(weights[:-1] / USUAL_SPREAD, weights[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    reader = Reader(paths.resources() / "models")
    read = [page for folder in parser.parse_args().folders for page in pages(folder, reader)]
    evidence = np.array([astuple(page.evidence) for page in read])
    weights = fitted(evidence, np.array([page.by_hand for page in read]))
    print("lost, leaning, standing, seen, usual:", *(f"{weight:.1f}" for weight in weights))
    for page, score in zip(read, evidence @ weights[:-1] + weights[-1], strict=True):
        if (score > 0) != page.by_hand:
            print(page.file, "a hand" if page.by_hand else "print", f"{score:.1f}")


if __name__ == "__main__":
    main()
