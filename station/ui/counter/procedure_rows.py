"""A procedure before there is a dossier, as rows: its cases, the papers of one of them, what is new in it."""

from __future__ import annotations

from collections.abc import Iterator

from station.dossier.procedure import Handling, Procedure, RequiredPaper
from station.dossier.procedure_changes import changes
from station.language import Language
from station.ui.procedure_words import change_words, day_words, quantity_words, time_words, when_words
from station.ui.widgets.rows import Row


def case_rows(language: Language, procedure: Procedure) -> list[Row]:
    """The cases under their digits; their times stand beside them where they differ."""
    times = [time_words(language, case) for case in procedure.cases]
    alike = len(set(times)) == 1
    return [
        Row(f"{number}. {case.name}" if alike else f"{number}. {case.name} – {time}", data=case.key)
        for number, (case, time) in enumerate(zip(procedure.cases, times, strict=True), 1)
    ]


def required_rows(language: Language, procedure: Procedure, case: str) -> list[Row]:
    """What everybody brings in this case, alternatives together; then what an answer or the circumstances decide."""
    asked = [paper for paper in procedure.papers if paper.is_asked(case, {}) is not False]
    always = [paper for paper in asked if paper.required and not paper.when]
    rows: list[Row] = []
    for handling in Handling:
        if papers := [paper for paper in always if paper.handling is handling]:
            rows.append(Row(language(f"counter.papers.{handling.value}"), heading=True))
            rows.extend(_grouped(language, procedure, papers))
    if seldom := [paper for paper in asked if paper not in always]:
        rows.append(Row(language("counter.papers.when_needed"), heading=True))
        rows.extend(_grouped(language, procedure, seldom))
    return rows


def _grouped(language: Language, procedure: Procedure, papers: list[RequiredPaper]) -> Iterator[Row]:
    yield from (_row(language, procedure, paper) for paper in papers if paper.one_of is None)
    for name in dict.fromkeys(paper.one_of for paper in papers if paper.one_of):
        yield Row(language("counter.papers.one_of"), heading=True)
        yield from (_row(language, procedure, paper) for paper in papers if paper.one_of == name)


def _row(language: Language, procedure: Procedure, paper: RequiredPaper) -> Row:
    told = [quantity_words(language, paper.originals, paper.copies)]
    seldom = bool(paper.when) or not paper.required
    if seldom:
        told.append(language(f"counter.papers.how_{paper.handling.value}"))
    told[-1] = marked(language, procedure, f"papers.{paper.key}", told[-1])
    lines = [" · ".join(told), *when_words(language, procedure, paper), paper.note]
    sign = "mark-optional" if seldom else "mark-missing"
    return Row(paper.name, "\n".join(line for line in lines if line), sign, paper.key)


def marked(language: Language, procedure: Procedure, fact: str, words: str) -> str:
    """A fact that no published source confirmed says so."""
    return f"{words} ({language('procedure.from_memory')})" if fact in procedure.from_memory else words


def about_rows(language: Language, procedure: Procedure) -> list[Row]:
    """What is less often asked for: result, authority, legal basis, and who pays less."""
    remitted = [
        marked(
            language,
            procedure,
            f"exemptions.{one.key}",
            one.name if one.percent == 100 else f"{one.name} ({one.percent}%)",
        )
        for one in procedure.exemptions
    ]
    facts = [
        ("counter.open.result", "results", ", ".join(procedure.results)),
        ("counter.open.authority", "authority", procedure.authority),
        ("procedure.basis", "legal_basis", ", ".join(procedure.legal_basis)),
        ("procedure.exemptions", "", "; ".join(remitted)),
    ]
    rows = [Row(marked(language, procedure, fact, words), language(told)) for told, fact, words in facts if words]
    return [Row(language("procedure.about"), heading=True), *rows]


def news_rows(language: Language, procedure: Procedure, before: Procedure) -> list[Row]:
    """What changed since the version before, a sentence a row."""
    rows = [Row(language("procedure.news_since", day=day_words(before.version)), heading=True)]
    told = [change_words(language, change) for change in changes(before, procedure)]
    return rows + [Row(sentence) for sentence in told or [language("procedure.no_news")]]
