"""Invented dossiers to try the rules on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict, entries_from
from station.dossier.page import Page
from station.dossier.procedure import Case, Procedure, RequiredPaper, TimeUnit
from station.dossier.reading import PageReading, ReadField, Source, Status

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TODAY = NOW.date()
NAME, NUMBER = "Nguyễn Thị Đăng", "001199000123"
OFFICER = "canbo.mau"


def field(key: str, value: str, source: Source = Source.OCR, *, accepted: bool = True) -> ReadField:
    status = Status.ACCEPTED if accepted else Status.REVIEW
    return ReadField(key, value, value, 0.97, status, source, (10, 20, 200, 44))


def page(number: int) -> Page:
    """A page that nobody has read yet."""
    return Page(f"p{number}", number, f"{number:064x}", 1000, "image/png", "tray", NOW)


def reading(*fields: ReadField, kind: str = "birth_certificate") -> PageReading:
    return PageReading(kind, 0.98, fields=fields)


def dossier(*pages: PageReading, name: str = NAME) -> Dossier:
    """An open dossier of the person above, with these pages read."""
    person = [field("full_name", name, Source.QR), field("id_number", NUMBER, Source.QR)]
    made = Dossier("d1", "1.001193", "1", OFFICER, NOW).with_person(entries_from(None, person), (), {})
    for number, read in enumerate(pages, 1):
        made = made.with_page(page(number)).with_reading(f"p{number}", read)
    return made


def procedure(*papers: RequiredPaper) -> Procedure:
    usual = Case("usual", "", 1, TimeUnit.DAY)
    names = ("Thủ tục mẫu", "Mẫu", "Hộ tịch", "UBND xã Mẫu")
    return Procedure("1.001193", "1", *names, (usual,), (), "", ("Kết quả",), (), papers)


def sealed(made: Dossier) -> Dossier:
    return made.sealed("TAM.T01-261120-0001", OFFICER, NOW, NOW + timedelta(days=1))


_NAMES = st.sampled_from([NAME, NAME.upper(), "NGUYEN THI DANG", "Trần Văn Mẫu", "Trần Vân Mẫu"])
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
_KEYS = st.sampled_from(
    [
        "number",
        *(f"{who}.{what}" for who in ("subject", "mother", "members[0]") for what in ("full_name", "id_number", "sex")),
        "subject.birth_date",
        "mother.residence",
        "request",
    ]
)


@st.composite
def fields(draw: st.DrawFn) -> ReadField:
    """One value of one source, names often being the same person's."""
    key = draw(_KEYS)
    values = _NAMES if key.endswith("full_name") else st.sampled_from([NUMBER, "001199000124", "1999-03-05"]) | _WORDS
    return field(key, draw(values), draw(st.sampled_from(Source)), accepted=draw(st.booleans()))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """An open dossier on which people have already decided this and that."""
    kinds = st.sampled_from(["birth_certificate", "citizen_card_back", "other"])
    readings = [
        reading(*draw(st.lists(fields(), max_size=8)), kind=draw(kinds)) for _ in range(draw(st.integers(0, 4)))
    ]
    made = dossier(*readings)
    for entry in made.entries:
        match draw(st.sampled_from(["leave", "check", "correct", "right", "wrong"])):
            case "check":
                made = made.with_entry(entry.checked(OFFICER, NOW))
            case "correct":
                made = made.with_entry(entry.corrected(draw(_WORDS), OFFICER, NOW))
            case "right" | "wrong" as said:
                made = made.with_entry(entry.answered(Verdict(said), NOW))
            case _:
                pass
    return made
