"""The templates of all forms, read strictly from a folder: what is wrong is said with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from station.dossier.printed_form import SHOWS, FormName
from station.errors import ResourceError
from station.forms.fields import AT_THE_FOOT, Fields, Kind, fields_of
from station.forms.phrases import Blanks, Phrase, PhraseError
from station.forms.template import (
    ALIGNMENTS,
    SIZES,
    Block,
    Code,
    Column,
    Columns,
    Page,
    Signatures,
    Signer,
    Space,
    Table,
    Template,
    Text,
    When,
)
from station.strict_toml import Table as Toml

MUST_SHOW: dict[FormName, tuple[str, ...]] = {
    FormName.RECEIPT: ("number", "acknowledged", "verification", "submitter_name", "received_at", "due_at"),
    FormName.RECEIPT_ROLL: ("number", "acknowledged", "verification", "submitter_name", "received_at", "due_at"),
    FormName.SUPPLEMENT: ("person_name", "rows"),
    FormName.REFUSAL: ("number", "person_name", "reason"),
    FormName.APOLOGY: ("number", "person_name", "reason", "new_due"),
    FormName.CONTROL: ("number", "handovers"),
    FormName.REGISTER: ("rows",),
    FormName.CLOSING: ("rows", "balance", "trail_head", "closed_by", "closed_at"),
    FormName.ERASURE: ("number", "dossiers", "by", "second", "backups", "cleared", "trail_head"),
    FormName.MY_DATA: ("person_id", "dossiers", "values", "papers", "words", "looks", "erased"),
}
"""What no editing may take off a form: a receipt says whether the province knows of it, a refusal says why."""
NARROWEST = 6
"""Millimetres: a column of one letter."""
FONTS = ("serif", "sans")
KINDS = ("text", "columns", "table", "signatures", "qr", "barcode", "space")


def load_forms(folder: Path) -> dict[FormName, Template]:
    """Every form's template. Raises `ResourceError` with file, line and remedy for the first thing that is wrong."""
    return {name: load_form(folder / f"{name.value}.toml", name) for name in FormName}


def load_form(file: Path, name: FormName) -> Template:
    """One template. Raises `ResourceError`."""
    toml = Toml.load(file)
    return _Reader(fields_of(SHOWS[name]), file.name).template(toml, MUST_SHOW[name])


class _Reader:
    """Reads one file; `shown` gathers the places that its text, its codes and its conditions name."""

    def __init__(self, fields: Fields, file: str) -> None:
        self._fields, self._file = fields, file
        self._shown: set[str] = set()
        self._read: dict[str, Callable[[Toml, When, int], Block]] = {
            "text": self._text,
            "columns": self._columns,
            "table": self._table,
            "signatures": self._signatures,
            "qr": self._code,
            "barcode": self._code,
            "space": self._space,
        }

    def template(self, toml: Toml, must_show: tuple[str, ...]) -> Template:
        title = toml.text("title")
        page = self._page(toml.table("page"))
        blanks = toml.table("blank")
        written = Blanks(blanks.text("text"), blanks.text("time"), blanks.text("day"))
        blanks.end()
        blocks = self._blocks(toml, "block", page.room)
        toml.end()
        missing = [name for name in must_show if name not in self._shown]
        if missing:
            raise toml.error("block", "resource.must_show", remedy=", ".join(f"{{{name}}}" for name in missing))
        return Template(title, page, written, blocks)

    def _page(self, toml: Toml) -> Page:
        width, height = self._numbers(toml, "size", 2, "[210, 297]")
        top, right, bottom, left = self._numbers(toml, "margins", 4, "[15, 15, 18, 25]")
        if width - left - right < 40:
            raise toml.error("margins", "resource.bad_value", remedy=f"[…, {right}, …, {max(width - right - 40, 0)}]")
        if height and height - top - bottom < 40:
            raise toml.error("margins", "resource.bad_value", remedy=f"[{top}, …, {max(height - top - 40, 0)}, …]")
        sizes = toml.table("sizes")
        read = {name: float(sizes.count(name, least=6, most=40)) for name in SIZES}
        sizes.end()
        page = Page(
            width,
            height,
            (top, right, bottom, left),
            toml.choice("font", FONTS, "serif"),
            read,
            self._phrase(toml, "foot", {**self._fields, **AT_THE_FOOT}, default=""),
            toml.texts("copies", default=()) or ("",),
            toml.text("mark"),
        )
        toml.end()
        return page

    def _blocks(self, toml: Toml, key: str, room: int) -> tuple[Block, ...]:
        """`room` is the width that the blocks may fill."""
        blocks = []
        for one in toml.tables(key, required=True):
            kind = one.choice("kind", KINDS)
            blocks.append(self._read[kind](one, self._when(one), room))
            one.end()
        return tuple(blocks)

    def _text(self, toml: Toml, when: When, _room: int) -> Text:
        return Text(
            self._phrase(toml, "text", self._fields),
            toml.choice("size", SIZES, "text"),
            toml.choice("align", ALIGNMENTS, "left"),
            toml.take("bold", bool, False),
            toml.take("italic", bool, False),
            toml.count("rule", 0, most=100),
            toml.count("before", 0, most=100),
            when,
        )

    def _columns(self, toml: Toml, when: When, room: int) -> Columns:
        left, right = self._numbers(toml, "widths", 2, "[50, 50]")
        if left + right != 100 or not 10 <= left <= 90:
            raise toml.error("widths", "resource.bad_value", remedy="[10…90, 10…90], 100 = … + …")
        return Columns(
            self._blocks(toml, "left", room * left // 100),
            self._blocks(toml, "right", room * right // 100),
            (left, right),
            when,
        )

    def _table(self, toml: Toml, when: When, room: int) -> Table:
        known = [name for name, field in self._fields.items() if field.kind is Kind.ROWS]
        rows = toml.choice("rows", known)
        self._shown.add(rows)
        columns = tuple(self._column(one, self._fields[rows].row, room) for one in toml.tables("column", required=True))
        free = room - sum(column.width or 0 for column in columns)
        rest = sum(column.width is None for column in columns)
        if free < NARROWEST * rest or (rest == 0 and free < 0):
            raise toml.error("column", "resource.too_wide", room=room, remedy=room - NARROWEST * rest)
        return Table(rows, columns, toml.count("spare", 0, most=40), when)

    def _column(self, toml: Toml, fields: Fields, room: int) -> Column:
        column = Column(
            toml.text("head"),
            self._phrase(toml, "value", fields, default=""),
            toml.count("width", least=NARROWEST, most=room) if "width" in toml else None,
            toml.choice("align", ALIGNMENTS, "left"),
            toml.text("group", ""),
        )
        toml.end()
        return column

    def _signatures(self, toml: Toml, when: When, _room: int) -> Signatures:
        signers = []
        for one in toml.tables("signer", required=True):
            signers.append(
                Signer(*(self._phrase(one, key, self._fields, default="") for key in ("head", "note", "name")))
            )
            one.end()
        return Signatures(tuple(signers), toml.count("room", 20, most=80), when)

    def _code(self, toml: Toml, when: When, room: int) -> Code:
        kind = toml.choice("kind", KINDS)
        size = toml.count("size", least=5, most=room)
        return Code(kind, self._phrase(toml, "value", self._fields), size, when)

    def _space(self, toml: Toml, when: When, _room: int) -> Space:
        return Space(toml.count("height", least=1, most=200), when)

    def _when(self, toml: Toml) -> When:
        told = toml.text("when", "")
        name = told.removeprefix("!")
        if told and name not in self._fields:
            raise toml.error("when", "resource.bad_value", remedy=", ".join(self._fields))
        self._shown.add(name)
        return When(name, absent=told.startswith("!"))

    def _phrase(self, toml: Toml, key: str, fields: Fields, default: str | None = None) -> Phrase:
        try:
            phrase = Phrase.parse(toml.text(key, default), fields)
        except PhraseError as error:
            raise toml.error(key, "resource.bad_phrase", wrong=error.wrong, remedy=error.remedy) from error
        self._shown |= phrase.names
        return phrase

    def _numbers(self, toml: Toml, key: str, count: int, sample: str) -> list[int]:
        values = toml.take(key, list)
        if len(values) != count or not all(type(value) is int and 0 <= value <= 2000 for value in values):
            error: ResourceError = toml.error(key, "resource.wrong_type", remedy=sample)
            raise error
        return values
