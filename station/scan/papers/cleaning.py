"""What a value's text is without what is none of it: leader dots, stray marks, quotes, figures read as letters."""

from __future__ import annotations

import re

from station.dossier.text import exact
from station.scan.papers.layout import ABBREVIATIONS, in_code
from station.scan.papers.syllables import apart, is_syllable

EDGES = " .,;:…·_~-–—|'\"`‘’“”*=<>\\/[]{}«»°"
"""Signs with which no value begins or ends."""

_LEADERS = re.compile(r"(?:[.…·_~\-–—]\s*){3,}|…+|(?<!\w)\.{2,}|(?<!\S)_+(?!\S)")
_QUOTES = re.compile(r"(?<![^\W\d_])['`‘’“”\"|]+|['`‘’“”\"|]+(?![^\W\d_])")
_DOT_INSIDE = re.compile(r"(?P<before>[^\W_]+)(?P<comma>[,;]?)\. ?(?=[^\W_])(?<!\d\.(?=\d))")
_SQUARE = re.compile(r"(?<=\d) ?m[2?°˚*](?!\w)")
_SIX = re.compile(
    r"(?<![^\W\d_óÓ])(?:(?<=\d)[óÓ]+|[óÓ]+(?=\d))(?![^\W\d_óÓ])"
    r"|(?<=phố )ó\b|(?<=thôn )ó\b|(?<=xóm )ó\b|(?<=khóm )ó\b|(?<=ấp )ó\b|(?<=tổ )ó\b|(?<=đội )ó\b|(?<=số )ó\b",
    re.IGNORECASE,
)
"""«ó» among figures, or for a figure behind what is numbered: the 6 of some typefaces. It is a word nowhere there."""

_HALF_DASH = re.compile(r"(?<=[^\W\d_]{2})- (?=[^\W\d_])|(?<=[^\W\d_]) -(?=[^\W\d_]{2})")
"""A dash with a space on one side: within a word it has none, between words two, of which narrow type loses one."""

_ABSENT = re.compile(r"[\W_]*")


def clean(text: str) -> str:
    """Exact NFC without leader dots and stray marks at the ends; empty where nothing is left («-/-», dots)."""
    bare = _LEADERS.sub(" ", exact(text))
    bare = _SIX.sub(lambda match: "6" * len(match[0]), _QUOTES.sub(" ", bare))
    if "@" not in bare:
        bare = _DOT_INSIDE.sub(_without_dot, bare)
    bare = exact(_SQUARE.sub(" m²", bare)).strip(EDGES)
    return "" if _ABSENT.fullmatch(bare) else bare


def running(text: str) -> str | None:
    """Words of a cleaned text, those that were read as one set apart; None where there are less than two signs."""
    balanced = text.strip("()") if text.count("(") != text.count(")") else text
    balanced = _HALF_DASH.sub(_spaced, " ".join(_turned(word) for word in balanced.split()))
    return balanced.strip(EDGES) if sum(map(str.isalnum, balanced)) >= 2 else None


def _spaced(dash: re.Match[str]) -> str:
    """In a reference, «12/QĐ- UBND», the space is what is wrong, and it stays as it is printed."""
    before = dash.string[: dash.start()].rpartition(" ")[2]
    return dash[0] if "/" in before or any(map(str.isdigit, before)) else " - "


def _without_dot(match: re.Match[str]) -> str:
    return match[0] if match["before"] in ABBREVIATIONS or in_code(match) else f"{match['before']}{match['comma']} "


def _turned(word: str) -> str:
    """«XãAn» is two words; «UBND», «VietinBank» and «VIVA» stay."""
    parted = word if word.isupper() and word.isascii() else apart(word)
    return parted if all(is_syllable(part) for part in parted.split()) else word
