"""Fonts, and lines of like length for what is centred."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from station.errors import ResourceError

FAMILIES = {"serif": "LiberationSerif", "sans": "LiberationSans"}
_FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
_STANDS_IN = {("LiberationSans", "Italic"): "Regular", ("LiberationSans", "BoldItalic"): "Bold"}
"""Faces that do not travel with the program, and what is used instead."""
_TAG = re.compile(r"</?[biu]>")
_BREAK = re.compile(r"<br/>")


def register_fonts(folder: Path) -> None:
    """Make the families known to the PDF writer, or raise `ResourceError` naming the file that is missing."""
    for family in FAMILIES.values():
        for suffix, face in _FACES.items():
            file = folder / f"{family}-{_STANDS_IN.get((family, face), face)}.ttf"
            try:
                pdfmetrics.registerFont(TTFont(f"{family}{suffix}", str(file)))
            except (TTFError, OSError) as error:
                raise ResourceError("forms.no_font", file=file.name, place=folder.name) from error
        pdfmetrics.registerFontFamily(family, family, *(f"{family}{suffix}" for suffix in list(_FACES)[1:]))


def width_of(markup: str, font: str, size: float) -> float:
    """How wide a line of mark-up is, in points."""
    return float(pdfmetrics.stringWidth(unescape(_TAG.sub("", markup)), font, size))


def balanced(markup: str, font: str, size: float, room: float) -> list[str]:
    """As few lines as fit into `room`, as even as they can be: no syllable stands alone on the last line."""
    lines: list[str] = []
    for line in _BREAK.split(markup):
        words = [(word, width_of(word, font, size)) for word in line.split(" ")]
        lines += _evenly(words, pdfmetrics.stringWidth(" ", font, size), room)
    return lines


def _evenly(words: list[tuple[str, float]], space: float, room: float) -> list[str]:
    fewest = _filled(words, space, room)
    narrow, wide = max(width for _word, width in words), room
    while wide - narrow > 0.5:  # the narrowest measure that needs no line more
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_filled(words, space, middle)) <= len(fewest) else (middle, wide)
    return _filled(words, space, wide)


def _filled(words: list[tuple[str, float]], space: float, room: float) -> list[str]:
    lines: list[list[str]] = []
    taken = 0.0
    for word, width in words:
        if lines and taken + space + width <= room + 0.01:
            lines[-1].append(word)
            taken += space + width
        else:
            lines.append([word])
            taken = width
    return [" ".join(line) for line in lines]
