"""The machine-readable zone of identity cards: three lines of 30 (TD1, ICAO 9303-5), with check digits.

Vietnamese cards: line 1 holds the last 9 digits of the personal number as document number and all 12 with a check
digit of their own in the optional data; dates are YYMMDD; the name has neither marks nor the bar of Đ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 30
WEIGHTS = (7, 3, 1)
FILLER = "<"
DIGITS = str.maketrans("OQDIZSBGT", "001125867")
LETTERS = str.maketrans("0125868", "OIZSBGB")
NUMERIC = {0: (*range(5, 15), *range(15, 27), 29), 1: (*range(7), *range(8, 15), 29)}
"""Positions of lines 1 and 2 that only hold digits (or filler) on Vietnamese cards."""

UNEXPIRING = "991231"


@dataclass(frozen=True)
class Mrz:
    """A zone whose check digits are all right. `lines` are the three lines as they were taken to be.

    `expiry_date` is None on a card without expiry (không thời hạn). The name is as printed in the zone: no marks.
    """

    lines: tuple[str, str, str]
    document_number: str
    id_number: str
    birth_date: date
    sex: str
    expiry_date: date | None
    nationality: str
    surname: str
    given_names: str

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()


def check_digit(characters: str) -> str:
    """ICAO 9303-3: weights 7, 3, 1; letters count from A = 10, filler as 0."""
    values = (int(c, 36) if c != FILLER else 0 for c in characters)
    return str(sum(value * WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def parse(lines: Sequence[str]) -> Mrz | None:
    """The zone of a Vietnamese card, or None unless every check digit and both forms of the number agree."""
    if len(lines) != 3 or any(not re.fullmatch(r"[A-Z0-9<]{30}", line) for line in lines):
        return None
    first, second, third = lines
    if not checks_hold(first, second):
        return None
    number, personal = first[5:14], first[15:27]
    if not first.startswith("IDVNM") or not personal.isdigit() or personal[3:] != number or second[7] not in "MF":
        return None
    born = birth_date(second[:6], personal)
    if born is None:
        return None
    try:
        expires = None if second[8:14] == UNEXPIRING else expiry_date(second[8:14])
    except ValueError:
        return None
    surname, _, given = third.rstrip(FILLER).partition(FILLER * 2)
    return Mrz(
        lines=(first, second, third),
        document_number=number,
        id_number=personal,
        birth_date=born,
        sex={"M": "male", "F": "female"}[second[7]],
        expiry_date=expires,
        nationality=second[15:18],
        surname=surname.replace(FILLER, " "),
        given_names=" ".join(given.replace(FILLER, " ").split()),
    )


def checks_hold(first: str, second: str) -> bool:
    """Document number, birth, expiry, all four composite fields, and Vietnam's own check of the 12 digits."""
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return (
        check_digit(first[5:14]) == first[14]
        and check_digit(first[15:27]) == first[29]
        and check_digit(second[0:6]) == second[6]
        and check_digit(second[8:14]) == second[14]
        and check_digit(composite) == second[29]
    )


def birth_date(digits: str, personal: str) -> date | None:
    """YYMMDD; the century stands in the personal number's fourth digit (0–1: 1900s, 2–3: 2000s …)."""
    try:
        year = 1900 + int(personal[3]) // 2 * 100 + int(digits[:2])
        return date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError:  # no day of the calendar, or letters whose check digit holds all the same
        return None


def expiry_date(digits: str) -> date:
    """YYMMDD in the 2000s: the first of these cards was issued in 2021."""
    return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))


def letters(text: str) -> str:
    """What of a line of print can stand in a zone."""
    return re.sub(r"[^A-Z0-9<]", "", text.upper().replace("«", "<<").replace("‹", "<"))


def is_name_line(line: str) -> bool:
    """Letters and fillers, a surname first, filled up to the end."""
    return re.fullmatch(r"[A-Z]+(?:<[A-Z]+)*(?:<<[A-Z]+(?:<[A-Z]+)*)?<*", line) is not None and len(line) == WIDTH


def variants(line: str, row: int) -> tuple[str, ...]:
    """What a line of nearly the right length may have been: fillers miscounted, digits and letters confused."""
    if row == 2:
        name = line.rstrip(FILLER + "KC").translate(LETTERS) if FILLER * 2 in line else ""
        exact = line.translate(LETTERS)
        return tuple(dict.fromkeys(option for option in (exact, name.ljust(WIDTH, FILLER)) if len(option) == WIDTH))
    if len(line) != WIDTH:
        # Only runs of filler are miscounted; what stands before and after them is print.
        run = max(re.findall(r"<+", line), key=len, default="")
        if not run or len(run) + WIDTH - len(line) < 1:
            return ()
        line = line.replace(run, FILLER * (len(run) + WIDTH - len(line)), 1)
    if len(line) != WIDTH:
        return ()
    digits = "".join(c.translate(DIGITS) if place in NUMERIC[row] else c for place, c in enumerate(line))
    head = digits[:5].translate(LETTERS) if row == 0 else digits[:5]
    return tuple(dict.fromkeys((line, head + digits[5:])))
