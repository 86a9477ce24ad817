"""What can still be said against a value that all reads agree on: an unknown word, an impossible structure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.dossier.identity_number import check_identity_number, is_of_the_living
from station.dossier.reading import Doubt
from station.dossier.text import spelling
from station.dossier.units import Gazetteer
from station.scan.papers import structures
from station.scan.papers.address_words import miscounts
from station.scan.papers.addresses import ends_early, misnames_place, names_no_unit, parted
from station.scan.papers.closed_lists import words_of
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.labels import bare
from station.scan.papers.syllables import implausible

_WORD = re.compile(r"[^\W\d_]+")
_MISREAD = re.compile(r"(?<!\w)(?=[\dA-Z]\w{8})(?![A-Z]\d{7,8}(?!\w))(?=(?:\w*?\d){7})\d*(?:[^\W\d_]\d*){1,2}(?!\w)")
"""Nine signs and more, at least seven of them figures, and a letter or two, which are none of a passport's number."""

_UNFINISHED = (" với", " và", " của", " tại", " cho", " hoặc")
"""What no value ends with: the rest was not read."""

_UNISSUED = (*_UNFINISHED, " số", " do", " ngày", " cấp")
"""What the phrase of an identity paper does not end with either, unless it says who issued it: «do Công an … cấp»."""

_ISSUED_BY = re.compile(r"\bdo .+ cấp$")

_MIDDLE = "thị"
"""What no name ends with either: a given name follows it. With another mark or none it stands in no name's middle: on a
leader or a fax its dot is lost to all models alike."""

ID_DIGITS = 12
MOST_NOUGHTS = 2
"""Numbers begin with 0, those of Hà Nội to Thái Nguyên with 00: spreadsheets drop these."""

_STRUCTURES = {
    Grammar.CODE: str.isascii,
    Grammar.PHONE: structures.is_phone,
    Grammar.PLATE: structures.is_plate,
    Grammar.INSURANCE_NUMBER: structures.is_insurance_number,
    Grammar.LAND_SERIAL: structures.is_land_serial,
    Grammar.CHASSIS_NUMBER: structures.is_chassis_number,
}


def objection(rule: FieldRule, value: str, lexicons: dict[str, tuple[str, ...]], gazetteer: Gazetteer) -> Doubt | None:
    """Why a person should look though the reads agree; None where nothing speaks against the value."""
    match rule.grammar:
        case Grammar.LEXICON:
            words = {spelling(word) for word in lexicons[rule.lexicon]}
            return None if spelling(value) in words else Doubt.UNKNOWN_WORD
        case Grammar.NAME | Grammar.ID_PAPER as grammar:
            named = grammar is Grammar.NAME
            known = _may_be_name(value, lexicons) if named else _is_phrase(value, lexicons.get("id_paper", ()))
            return None if known else Doubt.UNKNOWN_WORD
        case Grammar.ID_NUMBER:
            odd = {"id.not_twelve_digits", "id.unknown_province"} & set(check_identity_number(value))
            # A driving licence's number has twelve digits too, and no century among them.
            personal = rule.key.endswith("id_number") and len(value) == ID_DIGITS
            unborn = personal and not is_of_the_living(value)
            return Doubt.STRUCTURE if odd or unborn else None
        case grammar if grammar in _STRUCTURES:
            return None if _STRUCTURES[grammar](value) else Doubt.STRUCTURE
        case Grammar.ADDRESS | Grammar.TEXT | Grammar.WORDS:
            unfinished = value.endswith(_UNFINISHED)
            made_up = rule.grammar is Grammar.ADDRESS and (
                names_no_unit(value, gazetteer)
                or misnames_place(value, gazetteer)
                or ends_early(value, gazetteer)
                or miscounts(parted(value, gazetteer)[0])
            )
            listed = {word.casefold() for word in lexicons.get("abbreviation", ())}
            return Doubt.UNKNOWN_WORD if made_up or unfinished or implausible(value, gazetteer.words | listed) else None
    return None


def has_misread_number(text: str) -> bool:
    """Whether a long number has a letter or two, «0420S4044167», «O79203012345», which a reader made of figures."""
    return bool(_MISREAD.search(text))


def _is_phrase(value: str, phrases: Sequence[str]) -> bool:
    """Whether it is read to its end, its number has figures alone, and all small words are those of the phrases; what
    begins with a capital may be an office's name."""
    if (value.endswith(_UNISSUED) and not _ISSUED_BY.search(value)) or has_misread_number(value):
        return False
    known = words_of(phrases)
    return not known or all(word.casefold() in known for word in _WORD.findall(value) if word[0].islower())


def _may_be_name(value: str, lexicons: dict[str, tuple[str, ...]]) -> bool:
    """A known family name and possible words, none of which begins with a small letter: «Li en» is no «Liên».

    Behind H' (women of the highlands) the family's name stands last.
    """
    if not value.isupper() and any(word[0].islower() for word in value.split()):
        return False
    words = {word.casefold() for word in lexicons.get("name_word", ())}
    first, _, rest = value.replace("’", "'").partition(" ")
    *middle, last = rest.split() or [""]
    if spelling(last) == spelling(_MIDDLE):
        return False
    if any(bare(word) == bare(_MIDDLE) and spelling(word) != spelling(_MIDDLE) for word in middle):
        return False
    if first.casefold().startswith("h'"):
        return last.casefold() in words and not implausible(f"{first[2:]} {rest}", words)
    surnames = {name.casefold() for name in lexicons.get("surname", ())}
    return first.casefold() in surnames and not implausible(rest, words)


def whole_number(digits: str) -> str | None:
    """The twelve digits that a number must have had before it lost the noughts at its head; None if it lost none.

    It is offered to a person, never set: the digit that is missing may as well be another one.
    """
    lost = ID_DIGITS - len(digits)
    if not 1 <= lost <= MOST_NOUGHTS or digits.startswith("0"):
        return None
    whole = digits.zfill(ID_DIGITS)
    return None if check_identity_number(whole) else whole
