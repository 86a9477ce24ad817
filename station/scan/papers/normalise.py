"""Printed values brought to the normal forms of `docs/reading.md`; None where the text cannot be such a value."""

from __future__ import annotations

import re
from collections.abc import Callable

from station.dossier.number_words import date_in_words
from station.dossier.text import folded
from station.dossier.units import NOWHERE, Gazetteer
from station.scan.papers import dates, structures
from station.scan.papers.addresses import address
from station.scan.papers.cleaning import EDGES, clean, running
from station.scan.papers.closed_lists import from_lexicon, from_words, with_phrases
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.identity_phrases import id_number_in, identity_phrase, is_spoilt
from station.scan.papers.objections import whole_number
from station.scan.papers.syllables import apart

_NAME = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "B": "8"})
"""Letters read for a figure that can only be this one."""

_FIVE_OR_EIGHT = re.compile(r"\d ?S ?\d")
"""An S is no figure: more often a worn 8 than a 5."""

_SIX_OF_SERIES = re.compile(r"(?<=[A-ZĐ])[óÓ](?=\W?\d)")
_COMMA_OF_PLATE = re.compile(r"(?<=\d{3}),(?=\d{2}$)")
_DISTANCE = re.compile(r"(?<![^\W_])([^\W\d_]:) (?=\d)")
"""«C: 1cm» (cách 1 cm), of which wide type makes two words."""

_SERIES_AND_NUMBER = re.compile(r"^([1-9]\d-[A-ZĐ]\d)(\d{3}\.\d{2})$")
_HOOK = re.compile(r"(?<=[^\W_])\)(?=[^\W_])")
_MONEY = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
_AREA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*m")


def normalised(
    rule: FieldRule, text: str, lexicons: dict[str, tuple[str, ...]], gazetteer: Gazetteer = NOWHERE
) -> str | None:
    """The value of `text` under the rule's grammar; exact NFC, single spaces."""
    cleaned = clean(text)
    if not cleaned:
        return None
    match rule.grammar:
        case Grammar.LEXICON:
            return from_lexicon(cleaned, lexicons[rule.lexicon])
        case Grammar.WORDS | Grammar.TEXT as grammar if rule.lexicon:
            plain = running(cleaned)
            listed = from_words if grammar is Grammar.WORDS else with_phrases
            return listed(_DISTANCE.sub(r"\1", plain), lexicons[rule.lexicon]) if plain else None
        case Grammar.ADDRESS:
            plain = running(cleaned)
            return address(plain, gazetteer) if plain else None
        case Grammar.ID_PAPER:  # its signs are told by what stands beside them, which cleaning takes away
            return identity_phrase(text, lexicons.get("id_paper", ()))
        case grammar:
            return _NORMAL[grammar](cleaned)


def _name(text: str) -> str | None:
    words = [word.strip(EDGES) for word in re.split(r"[\s,;:()|]+", text)]
    words = [part for word in words if _NAME.fullmatch(word) for part in apart(word).split()]
    words = _in_capitals(words)
    while words and len(words[-1]) == 1 and not words[-1].isupper():
        words.pop()
    while words and len(words[0]) == 1:
        words.pop(0)
    return " ".join(words) if len(words) >= 2 and sum(map(len, words)) >= 4 else None


def _in_capitals(words: list[str]) -> list[str]:
    """A name in capitals leaves the small words before and behind it: «người mẹ LÊ THỊ ANH Năm sinh»."""
    if sum(map(str.isupper, words)) < 2:
        return words
    while words and not words[0].isupper() and (words[0].islower() or words[0].istitle()):
        words = words[1:]
    while words and not words[-1].isupper() and (words[-1].islower() or words[-1].istitle()):
        words = words[:-1]
    return words


def _sex(text: str) -> str | None:
    first = re.split(r"\W+", folded(text).strip())[0]
    return {"nam": "male", "nu": "female"}.get(first)


def _id_number(text: str) -> str | None:
    parts = re.split(r"[\s|.\[\]()_\-]+", text)
    digits = "".join(part for part in parts if part.isdigit())
    if (len(digits) in (9, 12) or whole_number(digits)) and not any(map(is_spoilt, parts)):
        return digits
    return None if _FIVE_OR_EIGHT.search(text) else id_number_in(text.translate(_LOOKALIKES))


def _plate(text: str) -> str | None:
    """«11-C1453.92»: the space between series and number may be narrow. «Dó» and «453,92» stand on no plate."""
    value = _reference(_SIX_OF_SERIES.sub("6", text))
    return _SERIES_AND_NUMBER.sub(r"\1 \2", _COMMA_OF_PLATE.sub(".", value)) if value else None


def _code(text: str) -> str | None:
    """Letters and figures of no language, as they are printed: «WAVE ALPHA», «SH125i»."""
    return text.strip(EDGES) or None


def _chassis_number(text: str) -> str | None:
    """Without the spaces that an engine sees in one; what is none stays as a reference.

    There are no brackets in one: «)» inside is the hook of a J in typefaces whose J has no bar.
    """
    whole = _HOOK.sub("J", "".join(text.split()))
    return whole if structures.is_chassis_number(whole) else _reference(text)


def _digits(text: str) -> str | None:
    match = re.search(r"\d+", text)
    return match[0] if match else None


def _money(text: str) -> str | None:
    match = _MONEY.search(text)
    return re.sub(r"\D", "", match[0]) if match else None


def _area(text: str) -> str | None:
    match = _AREA.search(text)
    if match is None:
        return None
    whole = match[1].replace(".", "")
    return f"{whole}.{match[2]}" if match[2] else whole


def _email(text: str) -> str | None:
    """With the last dot of the domain, where leader dots took it along: «ten@thu example»."""
    name, at, domain = text.replace("(@", "@").partition("@")
    if "." not in domain:
        domain = ".".join(domain.split())
    match = _EMAIL.search((name + at + domain).replace(" ", ""))
    return match[0] if match else None


def _reference(text: str) -> str | None:
    """Words up to the first with a digit, and those after it that have one too: «VP 34415», «6507/XN»."""
    kept: list[str] = []
    for word in text.split():
        numbered = any(letter.isdigit() for letter in word)
        if kept and any(letter.isdigit() for letter in kept[-1]) and not numbered:
            break
        kept.append(word)
    value = " ".join(kept).strip(EDGES)
    return value if len(kept) <= 4 and any(letter.isdigit() for letter in value) else None


_NORMAL: dict[Grammar, Callable[[str], str | None]] = {
    Grammar.NAME: _name,
    Grammar.TEXT: running,
    Grammar.DATE: dates.iso_date,
    Grammar.DATE_IN_WORDS: date_in_words,
    Grammar.DATETIME: dates.iso_moment,
    Grammar.EXPIRY: dates.expiry,
    Grammar.YEAR: dates.year_of,
    Grammar.SEX: _sex,
    Grammar.ID_NUMBER: _id_number,
    Grammar.DIGITS: _digits,
    Grammar.PHONE: structures.phone,
    Grammar.MONEY: _money,
    Grammar.AREA: _area,
    Grammar.EMAIL: _email,
    Grammar.REFERENCE: _reference,
    Grammar.CODE: _code,
    Grammar.PLATE: _plate,
    Grammar.INSURANCE_NUMBER: structures.insurance_number,
    Grammar.LAND_SERIAL: _reference,
    Grammar.CHASSIS_NUMBER: _chassis_number,
}
