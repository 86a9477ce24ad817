"""Where a dossier contradicts itself, rule by rule, and the traps of papers as they are."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

import pytest
from hypothesis import given

from station import paths
from station.dossier.checks import findings
from station.dossier.contradictions import contradictions
from station.dossier.dossier import Dossier
from station.dossier.finding import Finding
from station.dossier.health_card import parse_health_card
from station.dossier.reading import PageReading, ReadField
from station.dossier.units import NOWHERE, Gazetteer
from station.gazetteer import load_gazetteer
from tests.unit.dossier.invented import NAME, NUMBER, TODAY, dossier, dossiers, field, procedure, reading

CHILD = ("Lê Gia Bảo", "Trần Thị Mai", "Lê Văn Hùng")


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer(paths.resources() / "units")


def told(made: Dossier, places: Gazetteer = NOWHERE) -> list[str]:
    return [one.code.removeprefix("contradiction.") for one in contradictions(made, TODAY, places)]


def only(made: Dossier) -> Finding:
    (one,) = contradictions(made, TODAY)
    return one


def birth(*fields: ReadField, kind: str = "birth_certificate", names: tuple[str, str, str] = CHILD) -> PageReading:
    """A paper about a birth; `fields` come before the names, so that a test can say otherwise."""
    named = zip(("subject", "mother", "father"), names, strict=True)
    given = {one.key for one in fields}
    rest = [field(f"{role}.full_name", name) for role, name in named if f"{role}.full_name" not in given]
    return reading(*fields, *rest, kind=kind)


def test_a_dossier_that_agrees_with_itself_is_told_nothing() -> None:
    made = dossier(
        birth(
            field("subject.birth_date", "2026-11-02"),
            field("subject.birth_date_in_words", "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
            field("mother.birth_year", "1999"),
            field("father.birth_year", "1995"),
            field("registered_on", "2026-11-10"),
        )
    )
    assert told(made) == []


def test_every_contradiction_names_both_sides_with_page_and_source() -> None:
    made = dossier(reading(field("mother.id_number", NUMBER), field("mother.full_name", "Nguyễn Thị Đặng")))
    one = only(made)
    assert one.code == "contradiction.same_number"
    assert (one.told["kind"], one.told["page"], one.told["source"]) == ("birth_certificate", "1", "ocr")
    assert (one.told["other_source"], one.told["other_value"]) == ("qr", NAME)
    assert "other_page" not in one.told


def test_no_contradiction_refuses_a_dossier() -> None:
    made = dossier(reading(field("mother.id_number", NUMBER), field("mother.full_name", "Nguyễn Thị Đặng")))
    assert not any(one.blocking for one in findings(made, procedure(), TODAY) if one.code.startswith("contradiction"))


def test_two_papers_with_one_number_are_held_against_each_other_without_the_person() -> None:
    other = "040190003456"
    made = dossier(
        reading(field("head.id_number", other), field("head.full_name", "Trần Văn An"), kind="residence_form"),
        reading(field("owner.id_number", other), field("owner.full_name", "Trần Văn Ân"), kind="land_use_certificate"),
    )
    one = only(made)
    assert (one.code, one.entry_id, one.other_entry_id) == (
        "contradiction.same_number",
        "p2/owner.full_name",
        "p1/head.full_name",
    )


def test_a_birth_year_beside_a_birth_date_contradicts_only_another_year() -> None:
    def made(year: str) -> Dossier:
        return dossier(
            reading(
                field("subject.id_number", NUMBER), field("subject.birth_date", "1999-03-05"), kind="driving_licence"
            ),
            reading(field("owner.id_number", NUMBER), field("owner.birth_year", year), kind="land_use_certificate"),
        )

    assert told(made("1999")) == []
    assert told(made("1998")) == ["same_number"]


def test_one_name_and_birth_date_beside_two_numbers() -> None:
    papers = (
        ("power_of_attorney", "principal", "040090003456"),
        ("residence_form", "subject", "040090003457"),
    )
    made = dossier(
        *(
            reading(
                field(f"{role}.full_name", "Trần Văn An"),
                field(f"{role}.birth_date", "1990-05-01"),
                field(f"{role}.id_number", number),
                kind=kind,
            )
            for kind, role, number in papers
        )
    )
    one = only(made)
    assert (one.code, one.soft) == ("contradiction.two_numbers", False)


def test_a_name_with_other_marks_and_the_same_birth_date_is_asked_about() -> None:
    made = dossier(
        reading(field("subject.full_name", "Trần Vân Mẫu"), field("subject.birth_date", "1990-05-01")),
        reading(
            field("subject.full_name", "Trần Văn Mẫu"),
            field("subject.birth_date", "1990-05-01"),
            kind="health_insurance_card",
        ),
    )
    assert told(made) == ["two_spellings"]


def test_father_and_mother_that_changed_places_are_told_in_one_sentence() -> None:
    """The birth certificate prints the mother before the father, and is misread or miswritten the other way round."""
    swapped = (CHILD[0], CHILD[2], CHILD[1])
    made = dossier(birth(kind="birth_registration_form"), birth(names=swapped))
    one = only(made)
    assert one.code == "contradiction.parents_swapped"
    assert (one.told["value"], one.told["other_value"]) == (CHILD[2], CHILD[1])


def test_a_mother_with_another_name_on_the_notice_of_the_same_birth() -> None:
    notice = reading(
        field("mother.full_name", "Trần Thị Mại"), field("occurred_at", "2026-11-02T03:15"), kind="birth_notice"
    )
    form = birth(field("subject.birth_date", "2026-11-02"), kind="birth_registration_form")
    assert told(dossier(form, notice)) == ["two_names"]
    other_child = birth(field("subject.birth_date", "2024-01-09"), kind="birth_registration_form")
    assert told(dossier(other_child, notice)) == []


@pytest.mark.parametrize(
    ("year", "code"),
    [("2026", "mother_younger"), ("2030", "mother_younger"), ("2015", "mother_too_young"), ("2014", None)],
)
def test_a_mother_must_be_older_than_her_child(year: str, code: str | None) -> None:
    made = dossier(birth(field("subject.birth_date", "2026-11-02"), field("mother.birth_year", year)))
    assert told(made) == ([code] if code else [])


def test_a_mother_is_held_against_the_hour_of_birth_on_the_notice() -> None:
    notice = reading(
        field("mother.birth_date", "2016-01-01"), field("occurred_at", "2026-11-02T03:15"), kind="birth_notice"
    )
    assert told(dossier(notice)) == ["mother_too_young"]


def test_a_family_name_of_neither_parent_is_soft_and_only_asked_of_the_kinh() -> None:
    names = ("Phạm Gia Bảo", CHILD[1], CHILD[2])
    one = only(dossier(birth(names=names)))
    assert (one.code, one.soft) == ("contradiction.family_name", True)
    assert told(dossier(birth(names=("Trần Gia Bảo", *CHILD[1:])))) == []
    assert told(dossier(birth(field("subject.ethnicity", "Ê Đê"), names=names))) == []


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("wife.birth_date", "2008-11-11", "wife_under_age"),
        ("wife.birth_date", "2008-11-10", None),
        ("husband.birth_date", "2006-11-11", "husband_under_age"),
        ("husband.birth_date", "2006-11-10", None),
    ],
)
def test_the_age_of_marriage_counts_to_the_day(key: str, value: str, code: str | None) -> None:
    made = dossier(reading(field(key, value), field("registered_on", "2026-11-10"), kind="marriage_certificate"))
    assert told(made) == ([code] if code else [])


def test_nobody_dies_before_they_are_born_and_the_dead_come_to_no_counter() -> None:
    made = dossier(
        reading(
            field("subject.birth_date", "1999-03-05"),
            field("subject.id_number", NUMBER),
            field("died_at", "1989-03-05T10:00"),
            kind="death_extract",
        )
    )
    assert set(told(made)) == {"death_before_birth", "dead_person"}


def test_a_date_in_words_that_is_not_the_date_in_figures() -> None:
    made = dossier(
        reading(
            field("subject.birth_date", "1999-03-05"),
            field("subject.birth_date_in_words", "Ngày sáu tháng ba năm một nghìn chín trăm chín mươi chín"),
        )
    )
    assert told(made) == ["words"]


def test_dates_out_of_order() -> None:
    made = dossier(
        reading(
            field("subject.birth_date", "1999-03-05"),
            field("issue_date", "1989-01-01"),
            field("expiry_date", "1988-01-01"),
            kind="driving_licence",
        )
    )
    assert set(told(made)) == {"ends_before_begin", "before_birth"}
    assert told(dossier(reading(field("registered_on", "2026-11-21"), kind="marriage_certificate"))) == ["future"]
    assert told(dossier(reading(field("registered_on", "2026-11-20"), kind="marriage_certificate"))) == []


def test_a_number_that_does_not_fit_birth_and_sex_is_soft_and_never_refuses() -> None:
    """Numbers given before a correction of civil status do not fit, and are right (Luật Căn cước 2023, article 12)."""
    made = dossier(
        reading(
            field("head.id_number", "040090003456"),
            field("head.birth_date", "1991-01-01"),
            field("head.sex", "female"),
            kind="residence_form",
        )
    )
    found = contradictions(made, TODAY)
    assert {one.code for one in found} == {"contradiction.number_year", "contradiction.number_sex"}
    assert all(one.soft and not one.blocking for one in found)


def test_eleven_digits_are_offered_their_lost_zero_and_keep_what_was_read() -> None:
    made = dossier(reading(field("subject.id_number", NUMBER[1:]), kind="residence_form"))
    one = only(made)
    assert (one.code, one.told["whole"]) == ("contradiction.lost_zero", "0" + NUMBER[1:])
    assert made.entry("p1/subject.id_number").value == NUMBER[1:]


def test_the_insurance_cards_code_is_held_against_its_print_name_in_hexadecimal_and_all() -> None:
    """Fields of this code are hexadecimal, and the date of five years has a blank before it."""
    name = NAME.encode().hex()
    parts = ["7901234567", name, "05/03/1999", "2", "-", "79 - 001", "01/01/2026", "-", "20/12/2025", "79067901234567"]
    code = "|".join([*parts, "-", "4", " 01/01/2031", "0123456789abcdef-1202", "4", "58c3a3", "$"])
    payload = parse_health_card(code)
    assert (payload.full_name, payload.five_years_from) == (NAME, "2031-01-01")
    printed = (field("subject.full_name", NAME.upper()), field("five_years_from", "2031-01-01"))
    card = reading(*payload.fields(), *printed, kind="health_insurance_card")
    assert not [one for one in findings(dossier(card), procedure(), TODAY) if "contradict" in one.code]
    other = reading(*payload.fields(), field("subject.full_name", "Nguyễn Thị Đặng"), kind="health_insurance_card")
    assert "value.contradicted" in {one.code for one in findings(dossier(other), procedure(), TODAY)}


@pytest.mark.parametrize(
    "written", ["Nguyễn Thị Hòa", "Nguyễn Thị Hoà", unicodedata.normalize("NFD", "NGUYỄN THỊ HÒA")]
)
def test_how_a_name_is_encoded_and_where_its_tone_stands_contradicts_nothing(written: str) -> None:
    made = dossier(
        reading(field("subject.id_number", NUMBER), field("subject.full_name", written), kind="residence_form"),
        name="Nguyễn Thị Hòa",
    )
    assert told(made) == []


def test_a_birth_registered_in_another_province_than_the_numbers_is_soft_and_mergers_count_for_nothing() -> None:
    def made(place: str) -> Dossier:
        return dossier(reading(field("subject.id_number", "036199003456"), field("registered_at", place)))

    assert told(made("Ủy ban nhân dân xã Mẫu, tỉnh Nam Định"), gazetteer()) == []
    assert told(made("Ủy ban nhân dân xã Mẫu, tỉnh Ninh Bình"), gazetteer()) == []
    found = contradictions(made("Ủy ban nhân dân xã Mẫu, tỉnh Cà Mau"), TODAY, gazetteer())
    assert [(one.code, one.soft) for one in found] == [("contradiction.number_place", True)]


def test_where_somebody_lives_says_nothing_against_their_number() -> None:
    made = dossier(
        reading(
            field("subject.id_number", "036199003456"),
            field("subject.residence", "Xã Hòa Nhơn, Huyện Hòa Vang, Thành phố Đà Nẵng"),
            kind="citizen_card_front",
        )
    )
    assert told(made, gazetteer()) == []


def test_a_value_that_waits_for_a_look_is_told_once() -> None:
    made = dossier(
        reading(field("mother.id_number", NUMBER), field("mother.full_name", "Nguyễn Thị Đặng", accepted=False))
    )
    codes = [one.code for one in findings(made, procedure(), TODAY) if one.entry_id == "p1/mother.full_name"]
    assert codes == ["value.unchecked"]


@given(dossiers())
def test_two_values_are_told_against_each_other_once_and_the_answer_is_always_the_same(made: Dossier) -> None:
    found = contradictions(made, TODAY)
    pairs = [frozenset((one.entry_id, one.other_entry_id)) for one in found if one.other_entry_id]
    assert len(pairs) == len(set(pairs))
    assert contradictions(made, TODAY) == found
    known = {entry.id for entry in made.entries}
    assert {one.entry_id for one in found} <= known


def test_a_calendar_day_is_compared_as_the_counter_counts_it() -> None:
    made = dossier(reading(field("registered_on", "2026-11-21"), kind="marriage_certificate"))
    assert contradictions(made, date(2026, 11, 21)) == ()
