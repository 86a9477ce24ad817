"""Invented people and what their papers say about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from station.dossier.text import folded


@dataclass(frozen=True, slots=True)
class Person:
    """Nobody real. `id_number` has the valid structure: province, century and sex, year of birth, six digits."""

    name: str
    birth_date: date
    sex: str
    id_number: str
    residence: str
    origin: str
    birth_registered_at: str = ""
    id_name: str = "Căn cước công dân"
    id_issued: date | None = None
    id_expires: date | None = None
    ethnicity: str = "Kinh"
    nationality: str = "Việt Nam"
    religion: str = "Không"
    phone: str = ""

    def __post_init__(self) -> None:
        century = (self.birth_date.year // 100 - 19) * 2 + (self.sex == "female")
        expected = f"{century}{self.birth_date.year % 100:02}"
        if not (len(self.id_number) == 12 and self.id_number[3:6] == expected):
            raise ValueError(f"the number of an invented person must have the valid structure, …{expected}…")

    @property
    def upper(self) -> str:
        return self.name.upper()

    @property
    def printed_sex(self) -> str:
        return "Nữ" if self.sex == "female" else "Nam"

    @property
    def id_paper(self) -> str:
        """The printed phrase of `docs/reading.md`."""
        issued = f", cấp ngày {printed(self.id_issued)}" if self.id_issued else ""
        return f"{self.id_name} số {self.id_number}{issued}"

    def qr(self, extras: int = 0) -> str:
        """The text of the card's QR: seven fields, and empty ones after them on cards since 2024."""
        issued = self.id_issued.strftime("%d%m%Y") if self.id_issued else ""
        born = self.birth_date.strftime("%d%m%Y")
        fields = [self.id_number, "", self.name, born, self.printed_sex, self.residence, issued]
        return "|".join([*fields, *[""] * extras])

    def mrz(self) -> tuple[str, str, str]:
        """The three lines of TD1 (ICAO 9303 part 5) as Vietnamese cards print them."""
        number = f"{self.id_number[-9:]}{check_digit(self.id_number[-9:])}"
        optional = f"{self.id_number}<<{check_digit(self.id_number)}"
        born = self.birth_date.strftime("%y%m%d")
        expires = self.id_expires.strftime("%y%m%d") if self.id_expires else "991231"
        sex = "F" if self.sex == "female" else "M"
        first = f"IDVNM{number}{optional}"
        second = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}VNM".ljust(29, "<")
        composite = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        surname, *given = folded(self.name).upper().split()
        return first, f"{second}{composite}", f"{surname}<<{'<'.join(given)}".ljust(30, "<")[:30]


def printed(day: date | None) -> str:
    """How papers print a date, and nothing where there is none."""
    return day.strftime("%d/%m/%Y") if day else ""


def check_digit(text: str) -> str:
    """The check digit of ICAO 9303: weights 7, 3, 1."""
    values = (0 if letter == "<" else int(letter, 36) for letter in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)
