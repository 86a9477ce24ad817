"""What the citizen is asked about on the second screen: the facts of their life, each of them once."""

from __future__ import annotations

from collections.abc import Iterable

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.text import exact, folded

# A hundred values would not be read by anyone. These are the ones that harm a citizen when they are wrong.
ASKED = frozenset(
    {
        "full_name",
        "birth_date",
        "birth_year",
        "sex",
        "id_number",
        "ethnicity",
        "nationality",
        "birth_place",
        "residence",
        "permanent_residence",
        "temporary_residence",
        "current_residence",
        "phone",
        "relationship",
        "request",
        "purpose",
        "marital_status",
        "scope",
    }
)

Fact = tuple[str, str, str]
"""Whose (a folded name, or the place on the paper where there is none), which field, which value."""


def is_asked(entry: Entry) -> bool:
    """Whether the citizen is asked about this value; never about a name that the card's MRZ writes without marks.

    Nor about handwriting that nobody has typed yet: there is no value to say yes or no to.
    """
    return bool(entry.value) and entry.key.rpartition(".")[2] in ASKED and not entry.unmarked


def questions(dossier: Dossier) -> tuple[Entry, ...]:
    """One entry for each fact to ask about, the person's first, then paper by paper in the order of the pages.

    The same value of the same field of the same human being on several papers is one fact: it is asked once.
    """
    return tuple(
        next((entry for entry in entries if entry.answer is None), entries[0]) for entries in _facts(dossier).values()
    )


def unanswered(dossier: Dossier) -> tuple[Entry, ...]:
    """Questions without a verdict on the value as it stands."""
    return tuple(entry for entry in questions(dossier) if entry.answer is None)


def asked_with(dossier: Dossier, entry: Entry) -> tuple[Entry, ...]:
    """The entries that an answer about this one settles as well, itself among them."""
    return tuple(_facts(dossier).get(_fact(_names(dossier), entry), ())) or (entry,)


def _facts(dossier: Dossier) -> dict[Fact, list[Entry]]:
    names = _names(dossier)
    facts: dict[Fact, list[Entry]] = {}
    for entry in _in_order(dossier, filter(is_asked, dossier.entries)):
        facts.setdefault(_fact(names, entry), []).append(entry)
    return facts


def _names(dossier: Dossier) -> dict[tuple[str | None, str], str]:
    """Who is meant by a key's prefix on a page."""
    return {
        (entry.page_id, entry.key.removesuffix("full_name")): entry.value
        for entry in dossier.entries
        if entry.key.rpartition(".")[2] == "full_name"
    }


def _fact(names: dict[tuple[str | None, str], str], entry: Entry) -> Fact:
    whose, dot, field = entry.key.rpartition(".")
    name = names.get((entry.page_id, f"{whose}{dot}"))
    return folded(name) if name else f"{entry.page_id}/{whose}", field, exact(entry.value).casefold()


def _in_order(dossier: Dossier, entries: Iterable[Entry]) -> list[Entry]:
    order = {page.id: page.number for page in dossier.pages}
    return sorted(entries, key=lambda entry: order.get(entry.page_id or "", 0))
