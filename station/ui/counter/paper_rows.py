"""A procedure's papers (thành phần hồ sơ) as rows: what to hand in, what to show, what is there already."""

from __future__ import annotations

from collections.abc import Iterator

from station.dossier.dossier import Dossier
from station.dossier.procedure import Handling, Procedure, RequiredPaper
from station.dossier.received import is_there, lacking_a_side, received_by
from station.language import Language
from station.ui.paper_words import numbers_words
from station.ui.widgets.rows import Row


def paper_rows(language: Language, procedure: Procedure, dossier: Dossier | None = None) -> list[Row]:
    """Headings and papers: first what everybody brings, so that it stands in sight, then what only some need.

    With a dossier, each row says whether its paper is there.
    """
    rows: list[Row] = []
    for handling in Handling:
        papers = [paper for paper in procedure.papers if paper.handling is handling and paper.required]
        if papers:
            rows.append(Row(language(f"counter.papers.{handling.value}"), heading=True))
            rows.extend(_grouped(language, papers, dossier))
    if seldom := [paper for paper in procedure.papers if not paper.required]:
        rows.append(Row(language("counter.papers.when_needed"), heading=True))
        rows.extend(_row(language, paper, dossier) for paper in seldom)
    return rows


def _grouped(language: Language, papers: list[RequiredPaper], dossier: Dossier | None) -> Iterator[Row]:
    """Papers of which one is enough stand together under their own heading, after those that stand alone."""
    yield from (_row(language, paper, dossier) for paper in papers if paper.one_of is None)
    for name in dict.fromkeys(paper.one_of for paper in papers if paper.one_of):
        group = [paper for paper in papers if paper.one_of == name]
        settled = dossier is not None and any(is_there(dossier, paper) for paper in group)
        yield Row(language("counter.papers.one_of"), heading=True)
        yield from (_row(language, paper, dossier, settled=settled) for paper in group)


def _row(language: Language, paper: RequiredPaper, dossier: Dossier | None, *, settled: bool = False) -> Row:
    told = [_quantity(language, paper)]
    if not paper.required:
        told.append(language(f"counter.papers.how_{paper.handling.value}"))
    sign, spoken = "mark-missing" if paper.required and not settled else "mark-optional", ""
    if dossier and is_there(dossier, paper):
        sign, spoken = "mark-done", language("counter.papers.there")
        numbers = numbers_words(received_by(dossier, paper))
        told.append(language("counter.papers.on_pages", pages=numbers) if numbers else language("counter.papers.noted"))
    elif dossier and (half := lacking_a_side(dossier, paper)):
        told.append(language("pile.one_side", pages=numbers_words(half)))
    hint = " · ".join(told)
    return Row(paper.name, f"{hint}\n{paper.note}" if paper.note else hint, sign, paper.key, spoken=spoken)


def _quantity(language: Language, paper: RequiredPaper) -> str:
    parts = []
    if paper.originals:
        parts.append(language("counter.papers.originals", count=paper.originals))
    if paper.copies:
        parts.append(language("counter.papers.copies", count=paper.copies))
    return ", ".join(parts)
