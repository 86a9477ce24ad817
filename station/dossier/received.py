"""Which papers of a dossier satisfy a required one (thành phần hồ sơ đã nhận)."""

from __future__ import annotations

from station.dossier.card_sides import BACKS, FRONTS
from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.papers import Paper
from station.dossier.procedure import Handling, Procedure, RequiredPaper
from station.dossier.reading import Source
from station.dossier.text import folded

_HEAD = 14
"""A title stands in the first lines, under the state's heading."""


def received_by(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    """The papers that satisfy a required one, each however many pages it has."""
    return tuple(paper for paper in _fitting(dossier, wanted) if paper.has_both_sides or not wanted.both_sides)


def lacking_a_side(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    """The cards of which one side is there where both are asked for."""
    return tuple(paper for paper in _fitting(dossier, wanted) if wanted.both_sides and not paper.has_both_sides)


def handed_in(dossier: Dossier, procedure: Procedure) -> tuple[RequiredPaper, ...]:
    """The required papers that stay at the counter; those only shown go home with the citizen."""
    return tuple(
        paper
        for paper in procedure.papers
        if paper.handling is Handling.SUBMIT and (paper.key in dossier.presented or received_by(dossier, paper))
    )


def was_the_card(dossier: Dossier, paper: RequiredPaper) -> bool:
    """An identity paper that is only to be shown: who was identified by the card itself has shown it."""
    wanted = paper.handling is Handling.PRESENT and not (FRONTS | BACKS).isdisjoint(paper.kinds)
    return wanted and any(entry.source in (Source.QR, Source.CHIP) for entry in dossier.entries_of(None))


def titled_otherwise(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, str] | None:
    """A paper of the right kind that is another one by its title, «Trích lục khai sinh», and that title."""
    for paper in _of_its_kinds(dossier, wanted):
        if title := _other_title(paper, wanted):
            return paper, title
    return None


def _fitting(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    return tuple(paper for paper in _of_its_kinds(dossier, wanted) if not _other_title(paper, wanted))


def _of_its_kinds(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    return tuple(paper for paper in papers(dossier) if not paper.kinds.isdisjoint(wanted.kinds))


def _other_title(paper: Paper, wanted: RequiredPaper) -> str:
    """The line at the head of the paper that makes it another one; empty where there is none."""
    if not wanted.not_titled:
        return ""
    beginnings = tuple(folded(title) for title in wanted.not_titled)
    lines = paper.pages[0].text.splitlines()[:_HEAD]
    return next((line for line in lines if folded(line).startswith(beginnings)), "")
