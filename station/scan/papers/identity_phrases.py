"""How papers name an identity paper: «Căn cước công dân số 0…, cấp ngày …», and the number in such a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.dossier.text import exact
from station.scan.papers.cleaning import clean, running
from station.scan.papers.closed_lists import from_words

_NUMBER = re.compile(r"(?<!\d)(\d(?:[ .]?\d){11}|(?<!\d[ .])\d(?:[ .]?\d){8}(?![ .]?\d))(?![\d/])")
_SPOILT = re.compile(r"\d[A-Za-z]|[A-Za-z]\d")
_GLUED_COMMA = re.compile(r"(?<=\d),(?=[^\W\d_])")
_POINT_FOR_COMMA = re.compile(r"(?<=\d)(?:[.;]|, ?[-–]) ?(?=(?:cấp|ngày cấp|do) )")
"""Behind a number in a phrase no sentence ends: small print makes a point of a comma, and a leader leaves a dash behind
it."""

_STRAY_SIGN = re.compile(r"(?<=số)[-–](?=\d)|(?<=cấp)[:;.,] ?(?=ngày )")
"""What a leader leaves between the words of a phrase; «số: …» is printed so."""


def identity_phrase(text: str, phrases: Sequence[str]) -> str | None:
    """The phrase with the number's spaces taken out and the marks of known words set right."""
    listed = clean(_POINT_FOR_COMMA.sub(", ", _STRAY_SIGN.sub(" ", exact(text))))
    whole = _NUMBER.sub(lambda number: re.sub(r"\D", "", number[0]), listed)
    plain = running(_GLUED_COMMA.sub(", ", whole))
    return from_words(plain, phrases, letters=True) if plain else None


def id_number_in(text: str) -> str | None:
    """The number that an identity paper's phrase holds: twelve digits, or nine on the old card.

    None where a group of figures beside it has a letter: «07S 203 012 345» is not the old number 203012345.
    """
    match = _NUMBER.search(text)
    if match is None or any(
        map(is_spoilt, (*text[: match.start()].split()[-1:], *text[match.end() :].split(" ")[1:2]))
    ):
        return None
    return re.sub(r"\D", "", match[1])


def is_spoilt(word: str) -> bool:
    """Whether figures and letters stand side by side: one of them is misread."""
    return bool(_SPOILT.search(word))
