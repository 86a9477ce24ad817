"""What is known about each kind of paper, as `resources/papers/*.toml` say it.

A paper is its names, its titles, the phrases that speak for it, and sections of fields. A section is a run of labels
that belong together (the mother's, the husband's): its first field's label opens it, the others are looked for inside.
`docs/adding-a-paper.md` walks through one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from station.dossier.kinds import ANY, PaperKind, PaperKinds, Receiving
from station.dossier.units import NOWHERE, Gazetteer


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
    CODE = "code"
    PLATE = "plate"
    INSURANCE_NUMBER = "insurance_number"
    LAND_SERIAL = "land_serial"
    CHASSIS_NUMBER = "chassis_number"
    LEXICON = "lexicon"
    WORDS = "words"


WITH_LEXICON = frozenset((Grammar.LEXICON, Grammar.WORDS))
"""Grammars that name a list: one entry of it as a whole, or words of its entries in any order. Running text may name a
list of phrases, each known as a whole."""


TELLING = frozenset((Grammar.DATE, Grammar.SEX, Grammar.ID_NUMBER))
"""Grammars whose cells are known by their look; the rows of a table are found by two of its columns that have them."""


class Place(StrEnum):
    """Where a value stands.

    After its label (to the right, and below it where it wraps or begins on the next line), to the right only, below
    only; as the title itself, under a signature, in the letterhead, or free on the page by its look.
    """

    AFTER_LABEL = "after_label"
    RIGHT = "right"
    BELOW = "below"
    TITLE = "title"
    SIGNATURE = "signature"
    LETTERHEAD = "letterhead"
    PATTERN = "pattern"


LABELLED = frozenset((Place.AFTER_LABEL, Place.RIGHT, Place.BELOW))


@dataclass(frozen=True)
class FieldRule:
    """One field. Without a `key` the label is known but nobody asks for its value. `optional`: often left blank."""

    key: str
    labels: tuple[str, ...]
    grammar: Grammar = Grammar.TEXT
    place: Place = Place.AFTER_LABEL
    lines: int = 1
    lexicon: str = ""
    pattern: str = ""
    optional: bool = False


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
    """One kind of paper. `own` are the phrases among its labels and anchors that no other kind has.

    `tolerance` is the share of a title's letters, in percent, that may be misread; `not_titles` are titles of other
    papers that a misreading could take for one of this kind. `by_fields` has the text read field by field, as the
    description lists them: for cards, on which labels stand in columns. `in_order` says that every field is printed, in
    the order of the description.
    """

    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    title_starts: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    own: frozenset[str] = frozenset()
    tolerance: int = 18
    by_fields: bool = False
    in_order: bool = False
    key_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    receiving: Receiving = ANY

    @cached_property
    def rules(self) -> tuple[FieldRule, ...]:
        return tuple(rule for section in self.sections for rule in section.fields)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every phrase that ends a value, each once."""
        phrases = [label for rule in self.rules if rule.place in LABELLED for label in rule.labels]
        return tuple(dict.fromkeys((*phrases, *self.stops)))


@dataclass(frozen=True)
class Papers:
    """All kinds of paper and the closed lists of words that their fields name."""

    papers: tuple[Paper, ...]
    lexicons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gazetteer: Gazetteer = NOWHERE

    def get(self, kind: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.kind == kind), None)

    @cached_property
    def kinds(self) -> PaperKinds:
        """What the rest of the station needs to know of the papers."""
        return PaperKinds(
            tuple(
                PaperKind(paper.kind, paper.names, keys_of(paper), paper.key_names, paper.receiving)
                for paper in self.papers
            )
        )


def keys_of(paper: Paper) -> tuple[str, ...]:
    """Every field key in printing order, each once; of a table the first row's."""
    columns = [f"{table.prefix}[0].{rule.key}" for table in paper.tables for rule in table.columns if rule.key]
    return tuple(dict.fromkeys([rule.key for rule in paper.rules if rule.key] + columns))
