"""Numbers, amounts and dates written out in words, beside which papers print the same in figures.

The vocabulary is closed, so words are understood without their marks; «mươi» and «mười», «lăm» and «năm», «linh» and
«lẻ», «tư» and «bốn», «nghìn» and «ngàn» are told apart by where they stand or mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded

_WORDS = (
    "ngày", "tháng", "năm", "mùng", "mồng", "không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu",
    "bảy", "bẩy", "tám", "chín", "mười", "mươi", "mốt", "linh", "lẻ", "trăm", "nghìn", "ngàn", "giêng",
)  # fmt: skip
_TENS = {"hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
_THOUSAND = {"nghìn", "ngàn"}
"""Stands in every year: where it is missing, the end of the line was not read."""

_BY_FOLDED = {folded(word): word for word in reversed(_WORDS)}
_ENDS = re.compile(r"^\W+|\W+$")
_IN_WORDS = re.compile(r"bang chu\W*(?P<words>[^()\d]+)")
_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = ((("ty", "ti"), 10**9), (("trieu",), 10**6), (("nghin", "ngan"), 1000))
_ODD = frozenset(("linh", "le"))
_COUNTING = frozenset(("tram", "muoi", *_DIGITS, *_ODD, *(name for names, _ in _SCALES for name in names)))
_YEARS = range(1800, 2100)


def date_in_words(text: str) -> str | None:
    """The words as they must have been printed; None where one of them is no number word or the year is cut off.

    Only marks and single letters are set right. «mươi» and «mười» are told apart by what stands before them.
    """
    words: list[str] = []
    for printed in text.replace(".", " ").split():
        bare = _ENDS.sub("", printed)
        if not bare:
            continue
        word = _closest(bare)
        if word is None:
            return None
        if folded(word) == "muoi":
            word = "mươi" if words and words[-1] in _TENS else "mười"
        elif folded(word) == "mot":
            short = bare.casefold() == "mốt" and words and words[-1] in _TENS  # «hai mốt»
            word = "mốt" if short or (words and words[-1] == "mươi") else "một"
        words.append(word)
    if not _THOUSAND & set(words):
        return None
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:]


def date_said(text: str) -> str | None:
    """The date that words say, `YYYY-MM-DD`; None where they say none, or one that is not in the calendar."""
    day_words, month, rest = _parted(_plain(text), "thang")
    days = [word for word in day_words if word not in ("ngay", "mung", "mong")]
    found = set()
    for at, word in enumerate(rest):
        if word == "nam" and at:  # «tháng năm năm hai nghìn»: the year begins behind one of them
            parts = (number_said(rest[at + 1 :]), _month(rest[:at]), number_said(days))
            if month and None not in parts and parts[0] in _YEARS:
                found.add(parts)
    if len(found) != 1:
        return None
    try:
        return date(*found.pop()).isoformat()  # type: ignore[arg-type]
    except ValueError:
        return None


def amount_said(text: str) -> int | None:
    """The whole number behind «bằng chữ:», up to its unit («đồng», «mét vuông») or «phẩy»; None where there is none."""
    match = _IN_WORDS.search(folded(text))
    if match is None:
        return None
    words = []
    for word in re.findall(r"[a-z]+", match["words"]):
        if word not in _COUNTING:
            break
        words.append(word)
    return number_said(words)


def contradicts_words(text: str, amount: str) -> bool:
    """Whether a text that gives an amount in figures and in words says another one in words."""
    said = amount_said(text)
    return said is not None and str(said) != amount.partition(".")[0]


def number_said(words: Sequence[str]) -> int | None:
    """The whole number that folded words say; None where they do not make one."""
    total, said = 0, False
    rest = list(words)
    for names, scale in _SCALES:
        head, name, tail = _parted(rest, *names)
        if name:
            count = _hundreds(head)
            if count is None:
                return None
            total, said, rest = total + count * scale, True, tail
    if not rest:
        return total if said else None
    if said and _is_cut(rest):
        return None
    units = _hundreds(rest)
    return None if units is None else total + units


def _hundreds(words: Sequence[str]) -> int | None:
    """0 to 999."""
    head, hundred, rest = _parted(words, "tram")
    if not hundred:
        return _tens(words)
    if len(head) != 1 or head[0] not in _DIGITS:
        return None
    units = _tens(rest) if rest else 0
    return None if units is None or _is_cut(rest) else 100 * _DIGITS[head[0]] + units


def _is_cut(rest: Sequence[str]) -> bool:
    """Whether a bare figure follows a hundred or a thousand: «hai nghìn năm» may be 2005, 2500 or half a line."""
    return len(rest) == 1 and rest[0] in _DIGITS


def _tens(words: Sequence[str]) -> int | None:
    """0 to 99; «linh năm» and «lẻ năm» are five, «hai mốt» and «chín chín» leave out «mươi»."""
    match [word if word in _ODD or word == "muoi" else _DIGITS.get(word) for word in words]:
        case [int(units)] | [("linh" | "le"), int(units)]:
            return units
        case ["muoi"]:
            return 10
        case ["muoi", int(units)]:
            return 10 + units
        case [int(tens), "muoi"] if tens > 1:
            return 10 * tens
        case [int(tens), "muoi", int(units)] | [int(tens), int(units)] if tens > 1 and units:
            return 10 * tens + units
    return None


def _month(words: Sequence[str]) -> int | None:
    return 1 if list(words) == ["gieng"] else number_said(words)


def _parted(words: Sequence[str], *names: str) -> tuple[list[str], str, list[str]]:
    """What stands before the first of these words, the word («» where there is none), and what stands behind it."""
    at = next((at for at, word in enumerate(words) if word in names), None)
    return (list(words), "", []) if at is None else (list(words[:at]), words[at], list(words[at + 1 :]))


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z]+", folded(text))


def _closest(word: str) -> str | None:
    if word.casefold() in _WORDS:
        return word.casefold()
    plain = folded(word)
    if plain in _BY_FOLDED:
        return _BY_FOLDED[plain]
    near = {known for key, known in _BY_FOLDED.items() if Levenshtein.distance(key, plain, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 and len(plain) > 2 else None
