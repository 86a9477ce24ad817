"""The words between the names of an address: a closed list, and so is what numbers stand behind.

«phương Phú Lợi» cannot be printed where «phường Phú Lợi» stands in every address, nor «Khám 8» for «Khóm 8»; a comma
stands before each level. The names themselves are not looked at here.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded, spelling
from station.scan.papers.syllables import is_syllable

_UNITS = {
    folded(unit): unit
    for unit in (
        "số", "ngõ", "ngách", "hẻm", "đường", "phố", "thôn", "ấp", "khóm", "tổ dân phố", "khu phố", "phường", "xã",
        "thị trấn", "thị xã", "quận", "huyện", "tỉnh", "thành phố", "đặc khu",
    )
}  # fmt: skip
_LEVELS = r"(?:phường|xã|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|đặc khu|ngõ)"
_COMMA = re.compile(rf"(?<=[\w)])[.;]? (?={_LEVELS} [\w])", re.IGNORECASE)
_NO_COMMA_AFTER = re.compile(
    r"(?<!\w)(?:ủy ban nhân dân|công an|hội đồng nhân dân|bảo hiểm|nhân dân|y tế|đa khoa|phụ sản|sản nhi|nhi|khu vực|"
    r"y học cổ truyền|mầm non|tiểu học|của|thuộc|ubnd|đội|tại|số|tư pháp|"
    r"thị|thôn|ấp|khóm|xã|phường|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|đặc khu|đường|phố|ngõ)$",
    re.IGNORECASE,
)
OFFICES = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Công an")
"""What may stand before a unit without a comma, and is as closed a list as the units."""

_OPENINGS = (*OFFICES[:2], "Tổ dân phố", "Khu phố", "Trung tâm Y tế", "Bệnh viện đa khoa", "Bệnh viện Phụ sản")
"""What many addresses begin with, and is long enough to be known with two letters misread at the edge of a line."""

_MISREAD = 2
_LETTERS_A_MISTAKE = 7
_AROUND_COMMA = re.compile(r"(?!(?<=\d),\d)\s*(?:[.;]*,[.,;]*|\.{2,})\s*(?=\S)")
_STRAY_DASH = re.compile(r"\b(tỉnh|thành phố|phường|xã|huyện|quận) [-–—_] (?=\w)")
"""What is left of a leader where the line ends behind a unit's kind, which its name must follow."""

_STRAY_DOT = re.compile(r" \.(?=[^\W\d_])")
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_][a-zà-ỹ])[^\w\s,/()]+(?=\d)")
_HEALTH_IN_ONE = re.compile(r"\bY(?=tế\b)")
_TORN = re.compile(r"(?<!\S)([BCDĐGHKLMNPQRSTVX]) ([^\W\d_]{2,})")
_COUNTED = {
    "chòm", "đồi", "phum", "sóc", "trại", "số", "tổ", "thôn", "ấp", "khóm", "xóm", "khu", "khối", "đội", "ngõ",
    "ngách", "hẻm", "kiệt", "đường", "phố", "lộ", "lô", "tầng", "phòng", "căn", "cụm", "bản", "buôn", "làng", "km",
    "ql", "tl", "dt", "đt", "tháng", "phường", "quận", "xã", "huyện", "tdp", "kp", "nhà", "hộ", "tòa", "toà", "block",
    "ô", "dãy", "gia", "bon", "plei", "tuyến", "trục", "đoạn", "hồ", "kênh", "cầu",
}  # fmt: skip
"""What numbers stand behind, besides the names of units."""

_HAMLETS = ("thôn", "khóm", "xóm", "khu", "khối", "đội", "tổ", "ngõ", "ngách", "hẻm", "đường", "phố")


def worded(text: str) -> str:
    """The address with its words spelt as they must be, and its levels parted by commas."""
    words = _with_hamlets(_with_units(_with_opening(_with_signs(text)).split()))
    joined = " ".join(words)
    return _COMMA.sub(
        lambda match: " " if _NO_COMMA_AFTER.search(joined[: match.end() - 1].rstrip(" .;")) else ", ", joined
    )


def miscounts(text: str) -> bool:
    """Whether a number stands behind a word that nothing is counted by: «Khám 8» for «Khóm 8»."""
    return any(
        word[0].isdigit() and before.isalpha() and before.casefold() not in _COUNTED
        for part in text.split(",")
        for before, word in pairwise(part.split())
    )


def _with_signs(text: str) -> str:
    """One comma and a space between parts, whatever dots and spaces were read around it; «N ội» is one word."""
    text = _AROUND_COMMA.sub(", ", text.replace("„", ","))
    text = _HEALTH_IN_ONE.sub("Y ", _STRAY_DASH.sub(r"\1 ", text))
    text = _STRAY_DOT.sub(" ", _BEFORE_NUMBER.sub(" ", text))
    return _TORN.sub(lambda torn: torn[1] + torn[2] if _is_torn(torn[1], torn[2]) else torn[0], text)


def _is_torn(head: str, rest: str) -> bool:
    return rest[0].islower() and folded(rest[0]) in "aeiouy" and is_syllable(head + rest)


def _with_opening(text: str) -> str:
    """«Ủy han nhân dân» can only be «Ủy ban nhân dân», and «4ổ dân phố» only «Tổ dân phố»."""
    words = text.split()
    for opening in _OPENINGS:
        length = len(opening.split())
        here = " ".join(words[:length])
        far = Levenshtein.distance(folded(here), folded(opening), score_cutoff=_MISREAD)
        if (
            len(words) > length
            and far <= min(_MISREAD, len(opening) // _LETTERS_A_MISTAKE)
            and spelling(here) != spelling(opening)
        ):
            return " ".join((opening.upper() if here.isupper() else opening, *words[length:]))
    return text


def _with_units(words: list[str]) -> list[str]:
    done: list[str] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            here = words[at : at + length]
            unit = _UNITS.get(folded(" ".join(here)))
            # A unit word is followed by a name or a number, never by the comma that ends a name.
            follows = words[at + length] if at + length < len(words) else ""
            if unit and len(here) == length and follows and _may_be_unit(done, here[0]) and _begins_name(follows, unit):
                done += [_in_case_of(unit, here[0])] if length == 1 else _in_case_of(unit, here[0]).split()
                at += length
                break
        else:
            done.append(words[at])
            at += 1
    return done


def _with_hamlets(words: list[str]) -> list[str]:
    """«Khám 8» can only be «Khóm 8»: what a number stands behind is a closed list."""
    return [
        _in_case_of(hamlet, word) if behind[0].isdigit() and (hamlet := _hamlet(word)) else word
        for word, behind in pairwise([*words, " "])
    ]


def _hamlet(word: str) -> str:
    """The one word of the list with these letters, or with one other; empty where it is counted by already."""
    plain = folded(word)
    if not word.isalpha() or word.casefold() in _COUNTED:
        return ""
    near = [
        hamlet
        for hamlet in _HAMLETS
        if folded(hamlet) == plain
        or (len(hamlet) == len(plain) > 3 and Levenshtein.distance(folded(hamlet), plain, score_cutoff=1) <= 1)
    ]
    return near[0] if len(near) == 1 else ""


def _may_be_unit(before: list[str], word: str) -> bool:
    """Names are capitalised, so a capital word is a unit only where a level begins: «xã Dương Hòa» has no «đường»."""
    return word[0].islower() or not before or before[-1].endswith(",")


def _begins_name(word: str, unit: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or unit in ("ngõ", "số") or word.startswith("số")


def _in_case_of(unit: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return unit.upper()
    return unit[0].upper() + unit[1:] if printed[0].isupper() else unit
