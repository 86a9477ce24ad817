"""A form's template: pages and blocks, as `resources/forms/*.toml` describes them (the README there tells how).

Lengths are millimetres, sizes of letters points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from station.forms.phrases import Blanks, Phrase

SIZES = ("text", "title", "small", "table")
ALIGNMENTS = ("left", "centre", "right", "justify")


@dataclass(frozen=True, slots=True)
class When:
    """A block stands only where a value is there, or, turned round (`!key`), where it is not; empty: always."""

    name: str = ""
    absent: bool = False

    def holds(self, values: Mapping[str, Any]) -> bool:
        return not self.name or bool(values[self.name]) is not self.absent


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. What is centred is broken into lines of like length; `rule` is the part of its width underlined."""

    phrase: Phrase
    size: str
    align: str
    bold: bool
    italic: bool
    rule: int
    before: int
    when: When


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side; `widths` are parts of a hundred."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    widths: tuple[int, int]
    when: When


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; neighbours of the same `group` share a heading above theirs. Without a width: the rest."""

    head: str
    phrase: Phrase
    width: int | None
    align: str
    group: str


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each of `rows`, then `spare` empty ones to write in."""

    rows: str
    columns: tuple[Column, ...]
    spare: int
    when: When


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, what they do there, and the name under it."""

    head: Phrase
    note: Phrase
    name: Phrase


@dataclass(frozen=True, slots=True)
class Signatures:
    """Side by side, with room to sign; never torn from page to page."""

    signers: tuple[Signer, ...]
    room: int
    when: When


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code (`size` is its side) or a Code 128 (`size` is its height)."""

    kind: str
    phrase: Phrase
    size: int
    when: When


@dataclass(frozen=True, slots=True)
class Space:
    height: int
    when: When


Block = Text | Columns | Table | Signatures | Code | Space


@dataclass(frozen=True, slots=True)
class Page:
    """The paper. A height of 0 is a roll: as long as its contents. Margins are top, right, bottom, left."""

    width: int
    height: int
    margins: tuple[int, int, int, int]
    font: str
    sizes: Mapping[str, float]
    foot: Phrase
    copies: tuple[str, ...]
    mark: str
    """What stands across every page in practice."""

    @property
    def room(self) -> int:
        """The width between the margins."""
        return self.width - self.margins[1] - self.margins[3]


@dataclass(frozen=True, slots=True)
class Template:
    """A form: its title in the file, its paper, and its blocks from top to bottom."""

    title: str
    page: Page
    blanks: Blanks
    blocks: tuple[Block, ...]
