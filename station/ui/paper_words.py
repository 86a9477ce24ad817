"""Papers in the words of the screens: what one is called, and why the machine thinks that a page belongs to it."""

from __future__ import annotations

from station.dossier.papers import Paper, Place
from station.language import Language


def paper_words(paper: Paper, language: Language) -> str:
    """The name of its kind; of a card whose sides are both there, that of the card."""
    if paper.kind is None:
        return language("value.unread")
    both = f"pile.both.{paper.kind.rpartition('_')[0]}"
    return language(both) if paper.has_both_sides and both in language else language(f"kind.{paper.kind}")


def pages_words(paper: Paper, language: Language) -> str:
    """«trang 2, 3»."""
    return language("pile.pages", pages=", ".join(str(page.number) for page in paper.pages))


def why_words(place: Place, language: Language) -> str:
    """What decided, in a few words."""
    return language(f"pile.why.{place.why.value}")
