"""Text of a template with places in it: «Mã hồ sơ: {number}», «{due_at:date}», «{original:Bản chính|Bản sao}».

A place is written as its value is; after a colon stands another way of writing it. Of the mark-up only `<b>`, `<i>`,
`<u>` and `<br/>` mean something, and only in the template: a value prints letter by letter.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from station.dossier.text import exact
from station.forms.fields import Fields, Kind
from station.forms.vietnamese import amount, clock, day, moment, short_day

_TAG = re.compile(r"&lt;(/?[biu]|br/)&gt;")


def _two(number: int) -> str:
    return f"{number:02}"


OPTIONAL = "or_nothing"
"""A text that leaves no dots where it is not known."""

WRITTEN: dict[Kind, dict[str, Callable[[Any], str]]] = {
    Kind.TEXT: {"": str, "upper": str.upper, OPTIONAL: str},
    Kind.NUMBER: {"": str, "amount": amount, "two": _two, "if_any": lambda number: _two(number) if number else ""},
    Kind.MOMENT: {"": moment, "time": clock, "date": day, "short": short_day},
    Kind.DAY: {"": day, "short": short_day},
}
"""How each kind may be written. A yes or no takes its two words instead: `{original:Bản chính|Bản sao}`."""


class PhraseError(ValueError):
    """What is wrong with a phrase; `remedy` is what may stand there instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: Kind
    written: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is printed for a value that is not known: dots to write on."""

    text: str
    time: str
    day: str

    def of(self, place: Place) -> str:
        if place.kind is Kind.MOMENT:
            return self.time if place.written in ("", "time") else self.day
        if place.written == OPTIONAL:
            return ""
        return self.day if place.kind is Kind.DAY else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """The parts of a text in their order."""

    parts: tuple[str | Place, ...] = ()

    @classmethod
    def parse(cls, text: str, fields: Fields) -> Phrase:
        """Raises `PhraseError` for a place that the form does not know, or that cannot be written so."""
        parts: list[str | Place] = []
        try:
            split = list(string.Formatter().parse(text))
        except ValueError as error:
            raise PhraseError(text, "{" + "}, {".join(fields) + "}") from error
        _must_close("".join(literal for literal, *_place in split))
        for literal, name, written, _conversion in split:
            if literal:
                parts.append(literal)
            if name is not None:
                parts.append(_place(name, written or "", fields))
        return cls(tuple(parts))

    @property
    def names(self) -> set[str]:
        """The places that are named."""
        return {part.name for part in self.parts if isinstance(part, Place)}

    def marked_up(self, values: Mapping[str, Any], blanks: Blanks) -> str:
        """The text with its values, as mark-up."""
        return "".join(
            _marked_up(part) if isinstance(part, str) else escape(_filled(part, values, blanks)) for part in self.parts
        )

    def plain(self, values: Mapping[str, Any], blanks: Blanks) -> str:
        """The text with its values, without mark-up: for codes and for the foot of the page."""
        return "".join(part if isinstance(part, str) else _filled(part, values, blanks) for part in self.parts)


def _place(name: str, written: str, fields: Fields) -> Place:
    known = fields.get(name)
    if known is None or known.kind is Kind.ROWS:
        raise PhraseError(
            f"{{{name}}}", ", ".join(f"{{{key}}}" for key, one in fields.items() if one.kind is not Kind.ROWS)
        )
    if known.kind is Kind.YES_NO:
        if written.count("|") != 1:
            raise PhraseError(f"{{{name}}}", f"{{{name}:…|…}}")
    elif written not in WRITTEN[known.kind]:
        ways = (f"{{{name}:{way}}}" if way else f"{{{name}}}" for way in WRITTEN[known.kind])
        raise PhraseError(f"{{{name}:{written}}}", ", ".join(ways))
    return Place(name, known.kind, written)


def _must_close(text: str) -> None:
    open_: list[str] = []
    for tag in _TAG.findall(escape(text)):
        if tag.startswith("/"):
            if not open_ or open_.pop() != tag[1:]:
                raise PhraseError(f"<{tag}>", f"<{tag[1:]}>…<{tag}>")
        elif tag != "br/":
            open_.append(tag)
    if open_:
        raise PhraseError(f"<{open_[-1]}>", f"<{open_[-1]}>…</{open_[-1]}>")


def _marked_up(literal: str) -> str:
    return _TAG.sub(r"<\1>", escape(literal))


def _filled(place: Place, values: Mapping[str, Any], blanks: Blanks) -> str:
    value = values[place.name]
    if place.kind is Kind.YES_NO:
        return place.written.split("|")[0 if value else 1]
    if value is None or value == "":
        return blanks.of(place)
    if not isinstance(value, str | int | datetime | date):
        raise TypeError(f"{place.name} holds a {type(value).__name__}")
    return WRITTEN[place.kind][place.written](exact(value) if isinstance(value, str) else value)
