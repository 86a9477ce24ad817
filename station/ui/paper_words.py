"""Papers in the words of the screens: what one is called, and why the machine thinks that a page belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.papers import Paper, Place
from station.language import Language
from station.ui.words import kind_words, page_words


def paper_words(dossier: Dossier, paper: Paper, language: Language) -> str:
    """The name of its kind; of a card whose sides are both there, that of the card; of an unknown one its title."""
    if paper.kind is None:
        return language("value.unread")
    if paper.kind == "other" and (title := dossier.value("title", paper.id)):
        return title
    both = f"pile.both.{paper.kind.rpartition('_')[0]}"
    return language(both) if paper.has_both_sides and both in language else kind_words(paper.kind, language)


def numbers_words(found: Sequence[Paper]) -> str:
    """The pages of each paper: «1, 3; 5–7»."""
    return "; ".join(_runs([page.number for page in paper.pages]) for paper in found)


def pages_words(paper: Paper, language: Language) -> str:
    """«trang 2–3»."""
    return language("pile.pages", pages=numbers_words([paper]))


def _runs(numbers: Sequence[int]) -> str:
    """Numbers that follow each other as one stretch."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def page_names(dossier: Dossier, language: Language) -> dict[str | None, str]:
    """Each page by the paper it is part of, «Tờ khai CT01 – trang 2»; None is the person at the counter.

    The sides of a card keep their own names.
    """
    names: dict[str | None, str] = {None: page_words(None, language)}
    for paper in papers(dossier):
        for page in paper.pages:
            unknown = page.kind == "other" and paper.kind is not None
            name = paper_words(dossier, paper, language) if unknown else None
            named = language("value.page", kind=name, number=page.number) if name else page_words(page, language)
            names[page.id] = named
    return names


def why_words(place: Place, language: Language) -> str:
    """What decided, in a few words."""
    return language(f"pile.why.{place.why.value}")
