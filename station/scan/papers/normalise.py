"""Printed values brought to the normal forms of `docs/reading.md`; None where the text cannot be such a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from station.dossier.number_words import date_in_words
from station.dossier.text import exact, folded, same
from station.dossier.units import NOWHERE, Gazetteer
from station.scan.papers import dates, structures
from station.scan.papers.addresses import address
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.layout import ABBREVIATIONS, in_code
from station.scan.papers.objections import whole_number
from station.scan.papers.syllables import apart, is_syllable

_LEADERS = re.compile(r"(?:[.…·_~\-–—]\s*){3,}|…+|(?<!\w)\.{2,}|(?<!\S)_+(?!\S)")
_EDGES = " .,;:…·_~-–—|'\"`‘’“”*=<>\\/[]{}«»"
_QUOTES = re.compile(r"(?<![^\W\d_])['`‘’“”\"|]+|['`‘’“”\"|]+(?![^\W\d_])")
_DOT_INSIDE = re.compile(r"(?P<before>[^\W_]+)(?P<comma>[,;]?)\. ?(?=[^\W_])(?<!\d\.(?=\d))")
_SQUARE = re.compile(r"(?<=\d) ?m[2?°˚*](?!\w)")
_SIX = re.compile(
    r"(?<![^\W\d_óÓ])(?:(?<=\d)[óÓ]+|[óÓ]+(?=\d))(?![^\W\d_óÓ])"
    r"|(?<=phố )ó\b|(?<=thôn )ó\b|(?<=xóm )ó\b|(?<=khóm )ó\b|(?<=ấp )ó\b|(?<=tổ )ó\b|(?<=đội )ó\b|(?<=số )ó\b",
    re.IGNORECASE,
)
"""«ó» among figures, or for a figure behind what is numbered: the 6 of some typefaces. It is a word nowhere there."""

_ABSENT = re.compile(r"[\W_]*")
_NAME = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8"})
_ID_IN_PHRASE = re.compile(r"(?<!\d)(\d(?:[ .]?\d){11}|\d(?:[ .]?\d){8})(?![\d/])")
_SIX_OF_SERIES = re.compile(r"(?<=[A-ZĐ])[óÓ](?=\W?\d)")
_COMMA_OF_PLATE = re.compile(r"(?<=\d{3}),(?=\d{2}$)")
_GLUED_COMMA = re.compile(r"(?<=\d),(?=[^\W\d_])")
_POINT_FOR_COMMA = re.compile(r"(?<=\d)(?:[.;]|, ?[-–]) ?(?=(?:cấp|ngày cấp|do) )")
"""Behind a number in a phrase no sentence ends: small print makes a point of a comma, and a leader leaves a dash behind
it."""

_STRAY_SIGN = re.compile(r"(?<=số)[-–](?=\d)|(?<=cấp)[:;.,] ?(?=ngày )")
"""What a leader leaves between the words of a phrase; «số: …» is printed so."""

_HALF_DASH = re.compile(r"(?<=[^\W\d_]{2})- (?=[^\W\d_])|(?<=[^\W\d_]) -(?=[^\W\d_]{2})")
"""A dash with a space on one side: within a word it has none, between words two, of which narrow type loses one."""

_DISTANCE = re.compile(r"(?<![^\W_])([^\W\d_]:) (?=\d)")
"""«C: 1cm» (cách 1 cm), of which wide type makes two words."""

_SERIES_AND_NUMBER = re.compile(r"^([1-9]\d-[A-ZĐ]\d)(\d{3}\.\d{2})$")
_LONG_WORD = 4
_MONEY = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
_AREA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*m")


def normalised(
    rule: FieldRule, text: str, lexicons: dict[str, tuple[str, ...]], gazetteer: Gazetteer = NOWHERE
) -> str | None:
    """The value of `text` under the rule's grammar; exact NFC, single spaces."""
    cleaned = clean(text)
    if rule.grammar is Grammar.ADDRESS:
        return _address(cleaned, gazetteer)
    if rule.grammar is Grammar.WORDS:
        plain = _text(cleaned)
        return from_words(_DISTANCE.sub(r"\1", plain), lexicons[rule.lexicon]) if plain else None
    if rule.grammar is Grammar.ID_PAPER:
        listed = clean(_POINT_FOR_COMMA.sub(", ", _STRAY_SIGN.sub(" ", exact(text))))
        whole = _ID_IN_PHRASE.sub(lambda number: re.sub(r"\D", "", number[0]), listed)
        plain = _text(_GLUED_COMMA.sub(", ", whole))
        return from_words(plain, lexicons.get("id_paper", ()), letters=True) if plain else None
    if rule.grammar is Grammar.LEXICON:
        return from_lexicon(cleaned, lexicons[rule.lexicon])
    return _NORMAL[rule.grammar](cleaned) if cleaned else None


def clean(text: str) -> str:
    """Without leader dots and stray marks at the ends; empty where nothing is left («-/-», dots)."""
    bare = _LEADERS.sub(" ", exact(text))
    bare = _SIX.sub(lambda match: "6" * len(match[0]), _QUOTES.sub(" ", bare))
    if "@" not in bare:
        bare = _DOT_INSIDE.sub(_without_dot, bare)
    bare = exact(_SQUARE.sub(" m²", bare)).strip(_EDGES)
    return "" if _ABSENT.fullmatch(bare) else bare


def _without_dot(match: re.Match[str]) -> str:
    return match[0] if match["before"] in ABBREVIATIONS or in_code(match) else f"{match['before']}{match['comma']} "


def id_number_in(text: str) -> str | None:
    """The number that an identity paper's phrase holds: twelve digits, or nine on the old card."""
    match = _ID_IN_PHRASE.search(text)
    return re.sub(r"\D", "", match[1]) if match else None


def from_lexicon(text: str, words: Sequence[str]) -> str | None:
    """The word of the closed list that is printed, marks and all.

    A text that differs in marks only, or in one letter of a long word, or that has stray marks around one word of the
    list, is brought to the list's spelling where just one word fits; anything else is kept as printed, for lists of
    religions and relations are never complete.
    """
    text = " ".join(part for word in text.split() for part in apart(word).split())
    if not any(letter.isalpha() for letter in text):
        return None
    if any(same(word, text.strip(_EDGES)) for word in words):
        return text.strip(_EDGES)
    near = [word for word in words if folded(word) == folded(text)]
    if not near:
        near = [word for word in words if folded(word).replace(" ", "") == folded(text).replace(" ", "")]
    if not near and len(text) > 4:
        near = [word for word in words if Levenshtein.distance(word.casefold(), text.casefold()) == 1]
    if not near:
        inside = [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        near = [word for word in inside if not any(word != other and word in other for other in inside)]
        # A printed word beside it may be part of the value: «Con ruột» is more than «Con».
        near = [word for word in near if not _words_beside(text, word)]
    return near[0] if len(near) == 1 else text


def from_words(text: str, phrases: Sequence[str], *, letters: bool = False) -> str:
    """Running text whose words are mostly those of a list's phrases, their marks set right where one word fits.

    Where all small words are the list's, so is one of its `letters` («cấp ngàu»). A word with a capital behind the
    first may be somebody's name: it stays.
    """
    known = {word.casefold() for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase)}

    def right(match: re.Match[str]) -> str:
        word = match[0]
        if word.casefold() in known or (match.start() and not word.islower()):
            return word
        fitting = [other for other in known if folded(other) == folded(word)]
        if letters and not fitting and len(word) >= _LONG_WORD:
            fitting = [other for other in known if Levenshtein.distance(other, word.casefold(), score_cutoff=1) == 1]
        if len(fitting) != 1:
            return word
        return fitting[0].upper() if word.isupper() and len(word) > 1 else _like(word, fitting[0])

    return re.sub(r"[^\W\d_]+", right, text)


def _like(printed: str, word: str) -> str:
    return word[0].upper() + word[1:] if printed[0].isupper() else word


def _words_beside(text: str, word: str) -> bool:
    rest = re.split(r"[\W_]+", text.replace(word, " ", 1))
    return any(len(part) > 1 and (is_syllable(part) or (part.isalpha() and part.islower())) for part in rest)


def _name(text: str) -> str | None:
    words = [word.strip(_EDGES) for word in re.split(r"[\s,;:()|]+", text)]
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


def _text(text: str) -> str | None:
    balanced = text.strip("()") if text.count("(") != text.count(")") else text
    balanced = _HALF_DASH.sub(" - ", " ".join(_turned(word) for word in balanced.split()))
    return balanced.strip(_EDGES) if sum(map(str.isalnum, balanced)) >= 2 else None


def _turned(word: str) -> str:
    """«XãAn» is two words; «UBND», «VietinBank» and «VIVA» stay."""
    parted = word if word.isupper() and word.isascii() else apart(word)
    return parted if all(is_syllable(part) for part in parted.split()) else word


def _address(text: str, gazetteer: Gazetteer) -> str | None:
    plain = _text(text)
    return address(plain, gazetteer) if plain else None


def _sex(text: str) -> str | None:
    first = re.split(r"\W+", folded(text).strip())[0]
    return {"nam": "male", "nu": "female"}.get(first)


def _id_number(text: str) -> str | None:
    digits = "".join(part for part in re.split(r"[\s|.\[\]()_\-]+", text) if part.isdigit())
    if len(digits) in (9, 12) or whole_number(digits):
        return digits
    return id_number_in(text.translate(_LOOKALIKES))


def _plate(text: str) -> str | None:
    """«11-C1453.92»: the space between series and number may be narrow. «Dó» and «453,92» stand on no plate."""
    value = _reference(_SIX_OF_SERIES.sub("6", text))
    return _SERIES_AND_NUMBER.sub(r"\1 \2", _COMMA_OF_PLATE.sub(".", value)) if value else None


def _code(text: str) -> str | None:
    """Letters and figures of no language, as they are printed: «WAVE ALPHA», «SH125i»."""
    return text.strip(_EDGES) or None


def _chassis_number(text: str) -> str | None:
    """Without the spaces that an engine sees in one; what is none stays as a reference.

    There are no brackets in one: «)» is the hook of a J in typefaces whose J has no bar.
    """
    whole = "".join(text.split()).replace(")", "J")
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
    value = " ".join(kept).strip(_EDGES)
    return value if len(kept) <= 4 and any(letter.isdigit() for letter in value) else None


_NORMAL: dict[Grammar, Callable[[str], str | None]] = {
    Grammar.NAME: _name,
    Grammar.TEXT: _text,
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
