"""What is each step of reading worth? The same images with one step left out at a time.

    python -m bench.leave_one_out FOLDER [--sample 12] [--seed 1] [--only leaders --only ink] [--markdown]

One process, one thread, engines started once per row and before its clock; CPU is user + system per image.
A row's figures hold for these images only; with a dozen pages a field is worth about half a per cent.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from bench.reading import corpus
from bench.reading.report import Report, score_all, shares
from station import paths
from station.dossier.reading import Box
from station.dossier.units import NOWHERE
from station.errors import StationError
from station.scan import reader as reading
from station.scan.codes import qr, zone
from station.scan.image.arrays import Gray
from station.scan.image.prepare import prepare
from station.scan.image.steps import Step, all_but
from station.scan.papers.description import Papers
from station.scan.papers.folder import load_papers
from station.scan.text import signs
from station.scan.text.engine import PageText, StripReader
from station.scan.text.found_text import FoundText
from station.scan.text.tesserocr_engine import TesserocrEngine
from station.scan.text.three_or_five import UNTOLD

os.environ["OMP_THREAD_LIMIT"] = "1"  # read when an engine first starts


Stand = tuple[object, str, object]
"""Whose name stands for what instead: owner, name, and what it gets."""


@dataclass(frozen=True)
class Without:
    """One thing left out: what stands in its place, and what the papers become."""

    name: str
    instead: tuple[Stand, ...] = ()
    papers: Callable[[Papers], Papers] = lambda papers: papers


@dataclass(frozen=True)
class WholePage(FoundText):
    """The page as an engine itself divides it, without a line finder."""

    def read(self, reader: StripReader) -> PageText:  # noqa: ARG002
        return page_engine().read_page(self.image)

    def part(self, box: Box) -> Gray | None:
        left, top, right, bottom = (max(0, edge) for edge in box)
        around = (bottom - top) // 4
        piece = self.image[max(0, top - around) : bottom + around, max(0, left - around) : right + around]
        return piece if piece.size else None

    def x_height(self, box: Box) -> float | None:  # noqa: ARG002
        return None


@cache
def page_engine() -> TesserocrEngine:
    return TesserocrEngine(paths.resources() / "models", reading.SECOND_MODELS[0])


def rows() -> tuple[Without, ...]:
    """Everything, then everything but one thing."""
    models = reading.SECOND_MODELS
    return (
        Without("everything"),
        *(Without(f"− {step}", ((reading, "prepare", partial(prepare, steps=all_but(step))),)) for step in Step),
        Without("− line finder", ((reading, "FoundText", WholePage),)),
        *(
            Without(f"− second read by {model}", ((reading, "SECOND_MODELS", tuple({*models} - {model})),))
            for model in models
        ),
        Without("− shapes of figures", ((signs, "shape_of", lambda _picture, _left, _right: UNTOLD),)),
        Without("− lists of words", papers=_without_lexicons),
        Without("− gazetteer", ((reading, "load_gazetteer", lambda _folder: NOWHERE),)),
        Without("− codes", ((qr, "read_codes", lambda _image, _shake: []),)),
        Without("− zone", ((zone, "read_zone", lambda _image, _readers: None),)),
        Without("− seals and pens doubted", ((reading, "doubted", lambda fields, _image: fields),)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only rows whose name contains it")
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    truths = corpus.drawn(corpus.truths(given.folder), given.sample, given.seed)
    images = {truth["file"]: (given.folder / truth["file"]).read_bytes() for truth in truths}
    print(_heading(given.markdown), flush=True)
    for row in rows():
        if given.only and row.name != "everything" and not any(part in row.name for part in given.only):
            continue
        report, seconds = measured(row, truths, images)
        print(_line(row.name, report, seconds / len(truths), given.markdown), flush=True)


def measured(row: Without, truths: Sequence[Mapping[str, Any]], images: Mapping[str, bytes]) -> tuple[Report, float]:
    """Read every image with one thing left out; the scores and the CPU seconds."""
    with _replaced(row.instead):
        papers = row.papers(load_papers(paths.resources() / "papers"))
        reader = reading.Reader(paths.resources() / "models", papers=papers)
        before = time.process_time()
        readings = {name: _read(reader, content) for name, content in images.items()}
        seconds = time.process_time() - before
    return score_all(truths, readings), seconds


def _read(reader: reading.Reader, content: bytes) -> dict[str, Any]:
    try:
        return reader.read(content).to_json()
    except StationError as error:
        return {"error": {"code": error.code}}


@contextmanager
def _replaced(instead: Sequence[Stand]) -> Iterator[None]:
    """Names that stand for something else for a while."""
    own = [(owner, name, getattr(owner, name)) for owner, name, _ in instead]
    for owner, name, value in instead:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in own:
            setattr(owner, name, value)


def _without_lexicons(papers: Papers) -> Papers:
    return replace(papers, lexicons=dict.fromkeys(papers.lexicons, ()))


COLUMNS = ("left out", "kind", "field", "missing", "invented", "accepted", "precision", "CER", "CPU s")


def _heading(markdown: bool) -> str:
    if markdown:
        return "| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS)
    return f"{COLUMNS[0]:<34}" + "".join(f"{column:>10}" for column in COLUMNS[1:])


def _line(name: str, report: Report, seconds: float, markdown: bool) -> str:
    found = shares(report.total)
    named = ("kind", "field", "missing", "invented", "accepted_share", "accepted_precision", "cer")
    cells = [_shown(found[figure]) for figure in named] + [f"{seconds:.2f}"]
    if markdown:
        return f"| {name} | " + " | ".join(cells) + " |"
    return f"{name:<34}" + "".join(f"{cell:>10}" for cell in cells)


def _shown(figure: float | int | None) -> str:
    if figure is None:
        return "–"
    return f"{100 * figure:.1f} %" if isinstance(figure, float) else str(figure)


if __name__ == "__main__":
    main()
