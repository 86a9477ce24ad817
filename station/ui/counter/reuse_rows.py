"""What the station already has of a person, as rows: papers with all that an officer knows them by, and facts."""

from __future__ import annotations

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.reuse import Known, KnownFact, KnownPaper
from station.language import Language
from station.ui.paper_words import paper_words
from station.ui.widgets.rows import Row
from station.ui.words import field_words, kind_words, value_words


def reuse_rows(known: Known, dossier: Dossier, language: Language) -> list[Row]:
    """What can be used, what was used already, and last what has expired: told, and not to be picked."""
    expired = [paper for paper in known.papers if paper.expired]
    used = [paper for paper in papers(dossier) if paper.pages[0].reused_from]
    rows: list[Row] = []
    for heading, group in (
        ("offered", [_paper(paper, language) for paper in known.offered]),
        ("facts", [_fact(fact, language) for fact in known.facts]),
        ("used", [Row(paper_words(dossier, paper, language), sign="mark-done", heading=True) for paper in used]),
        ("expired", [_paper(paper, language) for paper in expired]),
    ):
        if group:
            rows += [Row(language(f"reuse.{heading}", count=len(group)), heading=True), *group]
    return rows


def _paper(paper: KnownPaper, language: Language) -> Row:
    return Row(
        title=paper.title or kind_words(paper.kind, language),
        hint="  ·  ".join(_told(paper, language)),
        sign="mark-error" if paper.expired else "mark-info",
        data=None if paper.expired else paper,
        heading=paper.expired,
        bold=paper.wanted and not paper.expired,
    )


def _told(paper: KnownPaper, language: Language) -> list[str]:
    told = [language("reuse.captured", day=f"{paper.captured_at.astimezone(VIETNAM):%d/%m/%Y}")]
    told.append(language("reuse.from_dossier", number=paper.dossier_number))
    if paper.number:
        told.append(language("reuse.number", number=paper.number))
    if paper.issuer:
        told.append(language("reuse.issuer", issuer=paper.issuer))
    until = value_words("valid_until", paper.valid_until, language)
    told.append(language("reuse.until", day=until) if until else language("reuse.no_until"))
    if not paper.wanted:
        told.append(language("reuse.not_wanted"))
    return told


def _fact(fact: KnownFact, language: Language) -> Row:
    return Row(
        title=f"{field_words(fact.key, language)}: {value_words(fact.key, fact.value, language)}",
        hint=language("reuse.given", day=f"{fact.given_at.astimezone(VIETNAM):%d/%m/%Y}", number=fact.dossier_number),
        sign="mark-info",
        data=fact,
    )
