"""Who is named where: every person that a dossier's papers speak of, and what each paper says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import papers
from station.dossier.text import folded, same

_NUMBER = re.compile(r"[0-9]{12}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One person as one paper names them. `whose` is the prefix of the keys: `mother.`; empty at the counter itself.

    `said` holds the values by the last part of their key, of a value that stands on several pages the first;
    `kind` is the paper's.
    """

    paper: str | None
    kind: str | None
    whose: str
    said: Mapping[str, Entry]

    @property
    def role(self) -> str:
        """`mother`; `members` for any row of that table; empty for the person at the counter."""
        return self.whose.rstrip(".").partition("[")[0]

    def value(self, key: str) -> str:
        return self.said[key].value if key in self.said else ""

    @property
    def number(self) -> str:
        """The twelve digits, where the paper has twelve."""
        return self.value("id_number") if _NUMBER.fullmatch(self.value("id_number")) else ""

    @property
    def born(self) -> Entry | None:
        """The birth date, or the year where that is all that the paper says."""
        return next((self.said[key] for key in ("birth_date", "birth_year") if self.value(key)), None)


def mentions(dossier: Dossier) -> tuple[Mention, ...]:
    """The person at the counter first, then paper by paper in the order of the pile, each as printed."""
    return tuple(_mentions(dossier))


def _mentions(dossier: Dossier) -> Iterator[Mention]:
    if person := _by_whose(dossier.entries_of(None)):
        yield Mention(None, None, "", person[""])
    for paper in papers(dossier):
        entries = tuple(entry for page in paper.pages for entry in dossier.entries_of(page.id))
        for whose, said in _by_whose(entries).items():
            if whose:
                yield Mention(paper.id, paper.kind, whose, said)


def _by_whose(entries: tuple[Entry, ...]) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        whose, dot, last = entry.key.rpartition(".")
        if entry.value:
            found.setdefault(f"{whose}{dot}", {}).setdefault(last, entry)
    return found


def agree(one: Entry, other: Entry) -> bool:
    """Whether two values can both be right: the tone mark's place, case, and a year beside its date count for nothing.

    An MRZ has no marks; where one of the two is its name, only letters count.
    """
    if one.unmarked or other.unmarked:
        return folded(one.value) == folded(other.value)
    if is_year(one.value) or is_year(other.value):
        return one.value[:4] == other.value[:4]
    return same(one.value, other.value)


def is_year(value: str) -> bool:
    return bool(_YEAR.fullmatch(value))
