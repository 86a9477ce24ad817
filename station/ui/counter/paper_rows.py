"""A procedure's papers (thành phần hồ sơ) as rows, before there is a dossier: what to hand in, what to show."""

from __future__ import annotations

from collections.abc import Iterator

from station.dossier.procedure import Handling, Procedure, RequiredPaper
from station.language import Language
from station.ui.checklist_words import quantity_words
from station.ui.widgets.rows import Row


def paper_rows(language: Language, procedure: Procedure) -> list[Row]:
    """Headings and papers: first what everybody brings, so that it stands in sight, then what only some need."""
    rows: list[Row] = []
    for handling in Handling:
        papers = [paper for paper in procedure.papers if paper.handling is handling and paper.required]
        if papers:
            rows.append(Row(language(f"counter.papers.{handling.value}"), heading=True))
            rows.extend(_grouped(language, papers))
    if seldom := [paper for paper in procedure.papers if not paper.required]:
        rows.append(Row(language("counter.papers.when_needed"), heading=True))
        rows.extend(_row(language, paper) for paper in seldom)
    return rows


def _grouped(language: Language, papers: list[RequiredPaper]) -> Iterator[Row]:
    """Papers of which one is enough stand together under their own heading, after those that stand alone."""
    yield from (_row(language, paper) for paper in papers if paper.one_of is None)
    for name in dict.fromkeys(paper.one_of for paper in papers if paper.one_of):
        yield Row(language("counter.papers.one_of"), heading=True)
        yield from (_row(language, paper) for paper in papers if paper.one_of == name)


def _row(language: Language, paper: RequiredPaper) -> Row:
    told = [quantity_words(paper, language)]
    if not paper.required:
        told.append(language(f"counter.papers.how_{paper.handling.value}"))
    sign = "mark-missing" if paper.required else "mark-optional"
    hint = " · ".join(told)
    return Row(paper.name, f"{hint}\n{paper.note}" if paper.note else hint, sign, paper.key)
