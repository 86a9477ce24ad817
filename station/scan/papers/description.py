"""What is known about each kind of paper: `resources/papers/*.toml`, read and checked at load.

A paper is its titles, the phrases that speak for it, and sections of fields. A section is a run of labels that
belong together (the mother's, the husband's): its first field's label opens it, the others are looked for inside.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from station.dossier.kinds import KEYS_OF_OTHER
from station.dossier.text import folded
from station.errors import ResourceError


class Grammar(StrEnum):
    """What a value must look like; `normalise.py` has the rules."""

    NAME = "name"
    TEXT = "text"
    ADDRESS = "address"
    DATE = "date"
    DATE_IN_WORDS = "date_in_words"
    DATETIME = "datetime"
    EXPIRY = "expiry"
    YEAR = "year"
    SEX = "sex"
    ID_NUMBER = "id_number"
    ID_PAPER = "id_paper"
    DIGITS = "digits"
    PHONE = "phone"
    MONEY = "money"
    AREA = "area"
    EMAIL = "email"
    REFERENCE = "reference"
    LEXICON = "lexicon"


class Place(StrEnum):
    """Where a value stands: after its label, as the title itself, under a signature, or free on the page."""

    AFTER_LABEL = "after_label"
    TITLE = "title"
    SIGNATURE = "signature"
    PATTERN = "pattern"


@dataclass(frozen=True)
class FieldRule:
    """One field. Without a `key` the label is known but nobody asks for its value."""

    key: str
    labels: tuple[str, ...]
    grammar: Grammar = Grammar.TEXT
    place: Place = Place.AFTER_LABEL
    lines: int = 1
    lexicon: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Section:
    """Fields that stand together. `beside`: it is printed to the right of the section before it."""

    fields: tuple[FieldRule, ...]
    beside: bool = False


@dataclass(frozen=True)
class Table:
    """A table of people: its key prefix, its columns in order, what stands above it and what ends it."""

    prefix: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    columns: tuple[FieldRule, ...]


@dataclass(frozen=True)
class Paper:
    """One kind of paper. `own` are the phrases among its labels and anchors that no other kind has."""

    kind: str
    titles: tuple[str, ...] = ()
    title_starts: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    own: frozenset[str] = frozenset()

    @cached_property
    def rules(self) -> tuple[FieldRule, ...]:
        return tuple(rule for section in self.sections for rule in section.fields)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every phrase that ends a value, each once."""
        phrases = [label for rule in self.rules if rule.place is Place.AFTER_LABEL for label in rule.labels]
        return tuple(dict.fromkeys((*phrases, *self.stops)))


@dataclass(frozen=True)
class Papers:
    """All kinds of paper and the closed lists of words that their fields name."""

    papers: tuple[Paper, ...]
    lexicons: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, kind: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.kind == kind), None)

    def keys_of(self, kind: str) -> Sequence[str]:
        """Every key of a kind as it is printed; of a table the first row's, `members[0].full_name`."""
        paper = self.get(kind)
        if paper is None:
            return KEYS_OF_OTHER
        columns = [f"{table.prefix}[0].{rule.key}" for table in paper.tables for rule in table.columns if rule.key]
        return tuple(dict.fromkeys([rule.key for rule in paper.rules if rule.key] + columns))


def load_papers(folder: Path) -> Papers:
    """Read every description; raises `ResourceError` naming file, place and remedy."""
    lexicons = {
        name: tuple(words)
        for name, words in _toml(folder / "lexicons.toml").items()
        if _check(isinstance(words, list), "lexicons.toml", name, "write a list of words")
    }
    papers = tuple(
        _paper(file.name, _toml(file), lexicons)
        for file in sorted(folder.glob("*.toml"))
        if file.name != "lexicons.toml"
    )
    if not papers:
        raise ResourceError("resource.missing", file=folder.name)
    return Papers(_with_own(papers), lexicons)


def _with_own(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    kinds = Counter(folded(phrase) for paper in papers for phrase in {*paper.anchors, *paper.labels})
    return tuple(
        replace(
            paper, own=frozenset(phrase for phrase in (*paper.anchors, *paper.labels) if kinds[folded(phrase)] == 1)
        )
        for paper in papers
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResourceError("resource.missing", file=file.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error


def _paper(file: str, data: dict[str, Any], lexicons: dict[str, tuple[str, ...]]) -> Paper:
    known = {"kind", "titles", "title_starts", "anchors", "stops", "section", "table"}
    for name in data:
        _check(name in known, file, name, f"use one of: {', '.join(sorted(known))}")
    kind = data.get("kind")
    _check(kind == file.removesuffix(".toml"), file, "kind", "give the kind the name of the file")
    return Paper(
        kind=str(kind),
        titles=_phrases(file, "titles", data.get("titles", [])),
        title_starts=_phrases(file, "title_starts", data.get("title_starts", [])),
        anchors=_phrases(file, "anchors", data.get("anchors", [])),
        stops=_phrases(file, "stops", data.get("stops", [])),
        sections=tuple(
            Section(
                tuple(_rules(file, f"section[{at}]", section, lexicons, section.get("prefix", ""))),
                bool(section.get("beside", False)),
            )
            for at, section in enumerate(data.get("section", []))
        ),
        tables=tuple(
            Table(
                prefix=str(table["prefix"]),
                above=_phrases(file, f"table[{at}].above", table.get("above", [])),
                below=_phrases(file, f"table[{at}].below", table.get("below", [])),
                columns=tuple(_rules(file, f"table[{at}]", table, lexicons, "")),
            )
            for at, table in enumerate(data.get("table", []))
            if _check("prefix" in table, file, f"table[{at}]", "write the prefix of its keys")
        ),
    )


def _rules(
    file: str, place: str, section: dict[str, Any], lexicons: dict[str, tuple[str, ...]], prefix: str
) -> Iterator[FieldRule]:
    fields = section.get("fields")
    if not isinstance(fields, list) or not fields:
        raise ResourceError("resource.invalid", file=file, place=place, remedy="write at least one field")
    for at, data in enumerate(fields):
        here = f"{place}.fields[{at}]"
        known = {"key", "labels", "grammar", "place", "lines", "lexicon", "pattern"}
        for name in data:
            _check(name in known, file, f"{here}.{name}", f"use one of: {', '.join(sorted(known))}")
        grammar, where = data.get("grammar", "text"), data.get("place", "after_label")
        _check(grammar in set(Grammar), file, f"{here}.grammar", f"use one of: {', '.join(Grammar)}")
        _check(where in set(Place), file, f"{here}.place", f"use one of: {', '.join(Place)}")
        lexicon = data.get("lexicon", "")
        _check((grammar == "lexicon") == bool(lexicon), file, f"{here}.lexicon", "name a lexicon for that grammar only")
        _check(not lexicon or lexicon in lexicons, file, f"{here}.lexicon", "name a list of lexicons.toml")
        _check((where == "pattern") == ("pattern" in data), file, f"{here}.pattern", "write it for that place only")
        lines = data.get("lines", 1)
        _check(isinstance(lines, int) and 1 <= lines <= 8, file, f"{here}.lines", "write a number from 1 to 8")
        yield FieldRule(
            key=f"{prefix}{data['key']}" if data.get("key") else "",
            labels=_phrases(file, f"{here}.labels", data.get("labels", [])),
            grammar=Grammar(grammar),
            place=Place(where),
            lines=lines,
            lexicon=lexicon,
            pattern=str(data.get("pattern", "")),
        )


def _phrases(file: str, place: str, phrases: object) -> tuple[str, ...]:
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise ResourceError("resource.invalid", file=file, place=place, remedy="write a list of phrases")
    return tuple(phrases)


def _check(fits: bool, file: str, place: str, remedy: str) -> bool:
    if not fits:
        raise ResourceError("resource.invalid", file=file, place=place, remedy=remedy)
    return True
