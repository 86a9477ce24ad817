"""Numbers with a structure of their own: what fits, and what a person is shown."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.reading import Doubt
from station.dossier.units import NOWHERE
from station.scan.papers.description import FieldRule, Grammar, Papers
from station.scan.papers.objections import objection
from station.scan.papers.structures import (
    insurance_number,
    is_insurance_number,
    is_land_serial,
    is_phone,
    is_plate,
    phone,
)

FIGURES = st.text(string.digits, min_size=10, max_size=10)


@pytest.mark.parametrize(
    "value", ["0905314026", "0339679184", "02438251234", "0243825123", "84905314026", "01234567890"]
)
def test_telephone_numbers_in_use(value: str) -> None:
    assert is_phone(value)


@pytest.mark.parametrize("value", ["0105314026", "090531402", "09053140261", "0405314026", ""])
def test_what_is_no_telephone_number(value: str) -> None:
    assert not is_phone(value)


@pytest.mark.parametrize(
    "value",
    [
        *("29A-123.45", "29A-12345", "29A-1234", "29-B1 123.45", "29B1-123.45", "29-AA 123.45"),
        *("80NG-123.45", "51LD-123.45", "59-Đ1 1234", "99C 123.45"),
    ],
)
def test_every_series_of_plates(value: str) -> None:
    assert is_plate(value)


@pytest.mark.parametrize("value", ["09A-123.45", "29A-123.456", "29-123.45", "A29-123.45", "29ABC-123.45", ""])
def test_what_is_no_plate(value: str) -> None:
    assert not is_plate(value)


@given(FIGURES, st.text(string.ascii_uppercase, min_size=2, max_size=2), st.integers(1, 5), st.integers(10, 99))
def test_insurance_numbers_of_both_cards_are_read_from_boxes(
    number: str, group: str, level: int, province: int
) -> None:
    whole = f"{group}{level}{province}{number}"
    for value in (number, whole):
        assert is_insurance_number(value)
        assert insurance_number(f"Mã số: {value}") == value
        assert insurance_number(" ".join(value)) == value


def test_an_insurance_number_that_lost_a_figure_stays_what_was_read() -> None:
    assert insurance_number("790123456") == "790123456"
    assert not is_insurance_number("790123456")
    assert not is_insurance_number("TE9797901234567")


def test_serials_of_land_certificates() -> None:
    assert all(map(is_land_serial, ("AA 123456", "DK 67853454", "CK352256", "BĐ 123456")))
    assert not any(map(is_land_serial, ("A 123456", "AA 12345", "AA 123456789", "CS 12A456")))


@given(st.text())
def test_any_text_has_a_number_or_none(text: str) -> None:
    assert phone(text) is None or 9 <= len(phone(text) or "") <= 12
    found = insurance_number(text)
    assert found is None or found.isalnum()


@pytest.mark.parametrize(
    ("grammar", "right", "wrong"),
    [
        (Grammar.PHONE, "0905314026", "0105314026"),
        (Grammar.PLATE, "29A-123.45", "29A-123.4S"),
        (Grammar.INSURANCE_NUMBER, "7901234567", "790123456"),
        (Grammar.LAND_SERIAL, "AA 123456", "AA 12345"),
        (Grammar.CHASSIS_NUMBER, "RLHJC7975FY116207", "RLHJC7975FYI16207"),
        (Grammar.CODE, "WAVE ALPHA", "WÁVE ALPHA"),
    ],
)
def test_what_does_not_fit_is_questioned_though_all_reads_agree(grammar: Grammar, right: str, wrong: str) -> None:
    rule = FieldRule("key", (), grammar)
    assert objection(rule, right, {}, NOWHERE) is None
    assert objection(rule, wrong, {}, NOWHERE) is Doubt.STRUCTURE


@pytest.mark.parametrize(
    ("value", "doubt"),
    [("Thổ", None), ("THỔ", None), ("Tho", Doubt.UNKNOWN_WORD), ("Hoà Hảo", None), ("Rục", Doubt.UNKNOWN_WORD)],
)
def test_a_word_of_a_closed_list_is_right_with_its_marks_only(value: str, doubt: Doubt | None) -> None:
    rule = FieldRule("key", (), Grammar.LEXICON, lexicon="people")
    assert objection(rule, value, {"people": ("Thổ", "Thọ", "Hòa Hảo")}, NOWHERE) is doubt


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("Y Mẫu Niê", None),
        ("H'HEN NIÊ", None),
        ("H’Mẫu Byă", None),
        ("Ksor Mẫu", None),
        ("H'Mẫu Nguyễn", Doubt.UNKNOWN_WORD),
        ("Lê Văn Niee", Doubt.UNKNOWN_WORD),
    ],
)
def test_names_of_the_highlands_are_names(name: str, doubt: Doubt | None, papers: Papers) -> None:
    assert objection(FieldRule("key", (), Grammar.NAME), name, papers.lexicons, NOWHERE) is doubt


def test_abbreviations_are_words(papers: Papers) -> None:
    rule = FieldRule("origin", (), Grammar.TEXT)
    assert objection(rule, "Công nhận QSDĐ như giao đất có thu tiền", papers.lexicons, NOWHERE) is None
    assert objection(rule, "Công nhận QSDD như giao đất có thu tiền", papers.lexicons, NOWHERE) is Doubt.UNKNOWN_WORD


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("CCCD số 064086690477, cấp", Doubt.UNKNOWN_WORD),
        ("CCCD số 064086690477, cấp ngày", Doubt.UNKNOWN_WORD),
        ("Căn cước công dân số", Doubt.UNKNOWN_WORD),
        ("CCCD số 064086690477, cấp ngày 25/04/2023", None),
        ("CMND số 196132651 do Công an Hà Nội cấp", None),
    ],
)
def test_a_phrase_that_was_not_read_to_its_end_is_for_a_person(
    phrase: str, doubt: Doubt | None, papers: Papers
) -> None:
    assert objection(FieldRule("key", (), Grammar.ID_PAPER), phrase, papers.lexicons, NOWHERE) is doubt


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("DƯƠNG THI YẾN", Doubt.UNKNOWN_WORD),
        ("Dương Thì Yến", Doubt.UNKNOWN_WORD),
        ("DƯƠNG THỊ YẾN", None),
        ("NGUYỄN ĐÌNH THI", None),
    ],
)
def test_a_middle_name_that_lost_its_dot_to_all_models_is_for_a_person(
    name: str, doubt: Doubt | None, papers: Papers
) -> None:
    assert objection(FieldRule("key", (), Grammar.NAME), name, papers.lexicons, NOWHERE) is doubt
