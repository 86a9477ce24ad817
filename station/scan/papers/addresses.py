"""Addresses: the words between the names are a closed list, and so are the provinces; the names themselves are not.

«phương Phú Lợi» cannot be printed where «phường Phú Lợi» stands in every address; a comma stands before each level.
"""

from __future__ import annotations

import re

from station.dossier.identity_number import PROVINCES
from station.dossier.text import folded

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
    r"thôn|ấp|khóm|xã|phường|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|đặc khu|đường|phố|ngõ)$",
    re.IGNORECASE,
)
_PROVINCE = {folded(name): name for name in (*PROVINCES.values(), "Huế", "Hồ Chí Minh")}


def address(text: str) -> str:
    """The address with the unit words and the province spelt as they must be, and its levels parted by commas."""
    words = _with_units(text.split())
    joined = " ".join(words)
    parted = _COMMA.sub(
        lambda match: " " if _NO_COMMA_AFTER.search(joined[: match.end() - 1].rstrip(" .;")) else ", ", joined
    )
    return _with_province(parted)


def has_whole_province(text: str) -> bool:
    """False where the province that ends an address is none: «tỉnh Thái» has lost its last line."""
    last = text.rpartition(", ")[2].casefold()
    unit = next((unit for unit in ("tỉnh", "thành phố") if last == unit or last.startswith(f"{unit} ")), None)
    return unit is None or folded(last.removeprefix(unit).strip()) in _PROVINCE or not last.startswith("tỉnh")


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


def _may_be_unit(before: list[str], word: str) -> bool:
    """Names are capitalised, so a capital word is a unit only where a level begins: «xã Dương Hòa» has no «đường»."""
    return word[0].islower() or not before or before[-1].endswith(",")


def _begins_name(word: str, unit: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or unit in ("ngõ", "số") or word.startswith("số")


def _in_case_of(unit: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return unit.upper()
    return unit[0].upper() + unit[1:] if printed[0].isupper() else unit


def _with_province(text: str) -> str:
    head, comma, last = text.rpartition(", ")
    for unit in ("tỉnh ", "thành phố ", ""):
        if last.casefold().startswith(unit):
            name = _PROVINCE.get(folded(last[len(unit) :]))
            if name and (unit or head):
                return f"{head}{comma}{last[: len(unit)]}{name if not last[len(unit) :].isupper() else name.upper()}"
    return text
