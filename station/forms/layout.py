"""A template's blocks with a form's values in them, as flowing text for the PDF writer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from station.forms.codes import QrCode, barcode
from station.forms.phrases import Phrase
from station.forms.template import (
    Block,
    Code,
    Column,
    Columns,
    Signatures,
    Space,
    Table,
    Template,
    Text,
)
from station.forms.typography import FAMILIES, balanced, width_of

ALIGN: dict[str, Literal[0, 1, 2, 4]] = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}
LEADING = 1.3
"""Lines apart, by the size of the letters: a capital with two marks reaches above its line, ạ and ỵ below it."""
CELL = 1.4 * mm
"""Between a cell's text and its lines, left and right."""


class Layout:
    """One form's values in one template."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self._page, self._blanks = template.page, template.blanks
        self._blocks = template.blocks
        self._values = values
        self._family = FAMILIES[self._page.font]

    def story(self) -> list[Flowable]:
        """The blocks from top to bottom."""
        return self._flow(self._blocks, self._page.room * mm)

    def _flow(self, blocks: Iterable[Block], room: float) -> list[Flowable]:
        story: list[Flowable] = []
        for block in blocks:
            if block.when.holds(self._values):
                drawn = self._drawn(block, room)
                if isinstance(block, Signatures) and story:  # nobody signs a page without a word on it
                    drawn = [KeepTogether([story.pop(), *drawn])]
                story += drawn
        return story

    def _drawn(self, block: Block, room: float) -> list[Flowable]:
        if isinstance(block, Text):
            return self._text(block, room)
        if isinstance(block, Columns):
            return [self._columns(block, room)]
        if isinstance(block, Table):
            return [self._table(block, room)]
        if isinstance(block, Signatures):
            return self._signatures(block, room)
        if isinstance(block, Code):
            return [self._code(block, room)]
        return [_space(block)]

    def _text(self, block: Text, room: float) -> list[Flowable]:
        markup = self._written(block.phrase)
        style = self._style(block.size, block.align, before=block.before, after=1.5)
        font = f"{self._family}-Bold" if block.bold else self._family
        lines = balanced(markup, font, style.fontSize, room) if block.align == "centre" else [markup]
        text = "<br/>".join(lines)
        text = f"<b>{text}</b>" if block.bold else text
        story: list[Flowable] = [Paragraph(f"<i>{text}</i>" if block.italic else text, style)]
        if block.rule:
            length = width_of(lines[-1], font, style.fontSize) * block.rule / 100
            story.append(HRFlowable(length, 0.6, color=black, spaceBefore=1, spaceAfter=2))
        return story

    def _columns(self, block: Columns, room: float) -> Flowable:
        widths = [room * part / 100 for part in block.widths]
        sides = [self._flow(blocks, width) for blocks, width in zip((block.left, block.right), widths, strict=True)]
        return Grid(
            [sides],
            widths,
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (0, 0), (-1, -1), "CENTER"),  # rules and codes: text fills its cell
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ],
        )

    def _table(self, block: Table, room: float) -> Flowable:
        heads = _heads(block.columns)
        rows = [[self._cell(text, align="centre", bold=True) if text else "" for text in line] for line in heads]
        given = self._values[block.rows]
        for number, one in enumerate(given, 1):
            values = {name: getattr(one, name) for name in type(one).__dataclass_fields__} | {"row": number}
            rows.append(
                [
                    self._cell(_without_empty_lines(column.phrase.marked_up(values, self._blanks)), align=column.align)
                    for column in block.columns
                ]
            )
        rows += [[""] * len(block.columns) for _ in range(block.spare)]
        height = 1.6 * self._page.sizes["table"] * LEADING
        heights = [None] * (len(rows) - block.spare) + [height] * block.spare
        return Grid(
            rows,
            _widths(block.columns, room),
            heights,
            repeatRows=len(heads),
            style=[
                ("GRID", (0, 0), (-1, -1), 0.5, black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), CELL),
                ("RIGHTPADDING", (0, 0), (-1, -1), CELL),
                *_spans(heads),
            ],
        )

    def _signatures(self, block: Signatures, room: float) -> list[Flowable]:
        width = room / len(block.signers)
        above, below = [], []
        for signer in block.signers:
            note = self._written(signer.note) if signer.note.parts else ""
            head = self._even(self._written(signer.head), width)
            above.append(self._paragraph(f"<b>{head}</b><br/><i>{note}</i>", "text", "centre"))
            below.append(self._paragraph(f"<b>{self._even(self._named(signer.name), width)}</b>", "text", "centre"))
        signed = Grid(
            [above, below],
            [width] * len(block.signers),
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), CELL),
                ("RIGHTPADDING", (0, 0), (-1, -1), CELL),
                ("TOPPADDING", (0, 1), (-1, 1), block.room * mm),
            ],
        )
        return [Spacer(0, 3 * mm), signed]

    def _code(self, block: Code, room: float) -> Flowable:
        text = block.phrase.plain(self._values, self._blanks)
        drawn: Flowable = QrCode(text, block.size * mm) if block.kind == "qr" else barcode(text, room, block.size * mm)
        drawn.hAlign = "CENTER"
        return drawn

    def _even(self, markup: str, width: float) -> str:
        lines = balanced(markup, f"{self._family}-Bold", self._page.sizes["text"], width - 2 * CELL)
        return "<br/>".join(lines)

    def _named(self, phrase: Phrase) -> str:
        """A name under a signature; where it is not known, room to write and no dots."""
        known = phrase.parts and all(self._values[name] for name in phrase.names)
        return self._written(phrase) if known else " "

    def _written(self, phrase: Phrase) -> str:
        return phrase.marked_up(self._values, self._blanks)

    def _cell(self, markup: str, *, align: str, bold: bool = False) -> Paragraph:
        return self._paragraph(f"<b>{markup}</b>" if bold else markup, "table", align)

    def _paragraph(self, markup: str, size: str, align: str) -> Paragraph:
        return Paragraph(markup, self._style(size, align))

    def _style(self, size: str, align: str, before: float = 0, after: float = 0) -> ParagraphStyle:
        points = self._page.sizes[size]
        return ParagraphStyle(
            "block",
            fontName=self._family,
            fontSize=points,
            leading=points * LEADING,
            alignment=ALIGN[align],
            spaceBefore=before * mm,
            spaceAfter=after,
            splitLongWords=1,
        )


def _space(block: Space) -> Flowable:
    return Spacer(0, block.height * mm)


def _widths(columns: tuple[Column, ...], room: float) -> list[float]:
    """In points; columns without a width share what the others leave."""
    fixed = sum(column.width or 0 for column in columns) * mm
    shared = sum(column.width is None for column in columns)
    return [column.width * mm if column.width else (room - fixed) / shared for column in columns]


def _heads(columns: tuple[Column, ...]) -> list[list[str]]:
    """One line of headings, or two where columns share one."""
    heads = [escape(column.head) for column in columns]
    if not any(column.group for column in columns):
        return [heads]
    above = [escape(column.group) or head for column, head in zip(columns, heads, strict=True)]
    below = [head if column.group else "" for column, head in zip(columns, heads, strict=True)]
    return [above, below]


def _spans(heads: list[list[str]]) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Cells of the headings that are one: a shared heading over its columns, and any other over both lines."""
    if len(heads) == 1:
        return []
    spans = []
    above, below = heads
    for at, text in enumerate(above):
        if not below[at]:
            spans.append(("SPAN", (at, 0), (at, 1)))
        elif at == 0 or above[at - 1] != text:
            end = at
            while end + 1 < len(above) and above[end + 1] == text and below[end + 1]:
                end += 1
            spans.append(("SPAN", (at, 0), (end, 0)))
    return spans


def _without_empty_lines(markup: str) -> str:
    """A line of a cell whose values are not known takes no room."""
    return "<br/>".join(line for line in markup.split("<br/>") if line.strip())
