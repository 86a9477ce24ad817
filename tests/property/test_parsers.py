"""Whatever text a code, a zone or an engine yields, parsers give a value or an error of the station's own tree."""

from __future__ import annotations

import contextlib
import re
from datetime import date

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from station import paths
from station.dossier.citizen_card import parse_card_payload
from station.dossier.health_card import parse_health_card
from station.dossier.identity_number import PROVINCES, check_identity_number, offered
from station.dossier.number_words import date_in_words
from station.dossier.receipt_payload import parse_receipt
from station.dossier.units import Gazetteer
from station.errors import InputError
from station.gazetteer import load_gazetteer
from station.scan.codes import mrz
from station.scan.codes.qr import SYMBOLOGY, FoundCode, exact_texts, text_of
from station.scan.codes.zone import agreed_by_checks, agreed_name
from station.scan.papers import dates
from station.scan.papers.addresses import address, is_known, names_no_unit, parted
from station.scan.papers.addresses import offered as offered_addresses
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.machine_readable import fields_of_codes, fields_of_zone, likely_kinds
from station.scan.papers.normalise import normalised
from tests.property.strategies import CARD, HEALTH, PHRASES, RECEIPT, ZONE, nearly, texts

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ISO = re.compile(rf"{ISO_DAY.pattern}|[0-9]{{4}}")
LEXICONS = {"religion": ("Không", "Phật giáo", "Công giáo"), "surname": ("Nguyễn", "Trần")}

repeatable = settings(max_examples=300)


def is_day(text: str) -> bool:
    return ISO_DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))


@repeatable
@given(texts(CARD))
@example(CARD.replace("079085023456", "٠٧٩٠٨٥٠٢٣٤٥٦"))
@example(CARD.replace("31121985", "30021985"))
@example(CARD.replace("31121985", "01010000"))
def test_a_card_s_code_gives_a_card_or_an_input_error(text: str) -> None:
    try:
        card = parse_card_payload(text)
    except InputError as error:
        event(error.code)
        return
    assert re.fullmatch(r"[0-9]{12}", card.id_number)
    assert is_day(card.birth_date)
    assert card.full_name
    assert all(field.value for field in card.fields())


@repeatable
@given(texts(HEALTH))
@example(HEALTH.replace("05/03/1999", "29/02/1999"))
@example(HEALTH.replace("|4e67", "|ff67"))
def test_a_health_card_s_code_gives_a_card_or_an_input_error(text: str) -> None:
    try:
        card = parse_health_card(text)
    except InputError as error:
        event(error.code)
        return
    assert card.full_name
    assert re.fullmatch(r"[0-9]{10}|[A-Z]{2}[1-5][0-9]{12}", card.number)
    assert all(ISO.fullmatch(day) for day in (card.birth_date, card.valid_from, card.five_years_from) if day)


@repeatable
@given(texts(RECEIPT))
def test_a_receipt_s_code_gives_a_receipt_or_an_input_error(text: str) -> None:
    with contextlib.suppress(InputError):
        receipt = parse_receipt(text)
        assert re.fullmatch(r"[0-9a-f]{32}", receipt.digest)
        assert is_day(receipt.sealed_at.date().isoformat())


@repeatable
@given(st.binary(max_size=200) | texts(CARD).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_the_bytes_of_a_code_are_its_text_exactly_or_no_text(payload: bytes) -> None:
    text = text_of(payload)
    assert text is None or text.encode() == payload
    code = FoundCode(SYMBOLOGY, payload, text, (0, 0, 9, 9))
    if text is None:
        with pytest.raises(InputError):
            exact_texts([code])
    else:
        assert exact_texts([code]) == [text]


@repeatable
@given(texts(CARD, HEALTH, RECEIPT), st.sampled_from(("citizen_card_front", "health_insurance_card", "other", "x")))
def test_any_code_gives_fields_of_the_kind_or_none(text: str, kind: str) -> None:
    codes = [FoundCode(SYMBOLOGY, b"x", text, (0, 0, 9, 9))]
    assert all(field.box == (0, 0, 9, 9) for field in fields_of_codes(codes, kind))
    assert set(likely_kinds(codes, None)) <= {"identity_card_back", "citizen_card_front"}


@repeatable
@given(*(texts(line) for line in ZONE))
@example(*ZONE)
@example(ZONE[0], ZONE[1].replace("8512316", "8502306"), ZONE[2])
@example("IDVNM0850234567079085023456<<7", "A320908M2512314VNM<<<<<<<<<<<0", "TRAN<<VAN<AN<<<<<<<<<<<<<<<<<<")
def test_three_lines_give_a_zone_that_checks_or_none(first: str, second: str, third: str) -> None:
    zone = mrz.parse((first, second, third))
    if zone is not None:
        assert zone.lines == (first, second, third)
        assert mrz.checks_hold(first, second)
        assert zone.id_number.endswith(zone.document_number)
        assert len(fields_of_zone(zone)) == 6


@repeatable
@given(st.lists(st.tuples(*(texts(line).map(mrz.letters) for line in ZONE)), max_size=3))
def test_any_readings_of_a_zone_are_weighed_without_fail(heard: list[tuple[str, str, str]]) -> None:
    proved = agreed_by_checks(heard)
    assert proved is None or mrz.checks_hold(*proved.lines[:2])
    name = agreed_name([lines[2] for lines in heard])
    assert name == "" or len(name) == mrz.WIDTH


@repeatable
@given(texts(*ZONE), st.integers(0, 2))
def test_what_a_line_may_have_been_always_fills_a_line(text: str, row: int) -> None:
    assert all(len(option) == mrz.WIDTH for option in mrz.variants(mrz.letters(text), row))


@repeatable
@given(texts(*PHRASES))
@example("31/02/2020")
@example("00/00/0000")
@example("Ngày ٣١ tháng ١٢ năm ١٩٨٥")
def test_dates_are_days_of_the_calendar_or_years_or_none(text: str) -> None:
    day = dates.iso_date(text)
    assert day is None or re.fullmatch(r"[0-9]{4}", day) or is_day(day)
    assert date_in_words(text) != ""
    moment = dates.iso_moment(text)
    assert moment is None or ISO.match(moment)
    assert dates.expiry(text) in (dates.iso_date(text), "Không thời hạn")
    year = dates.year_of(text)
    assert year is None or re.fullmatch(r"[0-9]{4}", year)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(paths.resources() / "units")


@repeatable
@given(text=texts(*PHRASES))
def test_addresses_never_fail_and_keep_their_digits(gazetteer: Gazetteer, text: str) -> None:
    spelt = address(text, gazetteer)
    assert [letter for letter in spelt if letter.isdigit()] == [letter for letter in text if letter.isdigit()]
    assert "".join(parted(text, gazetteer)) == text
    assert not (is_known(text, gazetteer) and names_no_unit(text, gazetteer))
    assert len(offered_addresses(text, gazetteer)) <= 3


@repeatable
@given(grammar=st.sampled_from(Grammar), text=texts(*PHRASES))
def test_every_grammar_gives_a_value_or_none(gazetteer: Gazetteer, grammar: Grammar, text: str) -> None:
    rule = FieldRule("subject.value", ("nhãn",), grammar, lexicon="religion")
    value = normalised(rule, text, LEXICONS, gazetteer)
    assert value is None or value == value.strip()


@repeatable
@given(texts("079085023456", "79085023456", "1199012345"), st.sampled_from(("", "male")), texts("1985-12-31", "1985"))
def test_any_number_is_judged_with_warnings_and_offered_only_whole_numbers(number: str, sex: str, born: str) -> None:
    assert all(code.startswith("id.") for code in check_identity_number(number, sex=sex, birth_date=born))
    for whole in offered(number):
        assert re.fullmatch(r"[0-9]{12}", whole)
        assert whole[:3] in PROVINCES
        assert whole.endswith("".join(letter for letter in number if letter.isdigit()))


@repeatable
@given(st.sampled_from(tuple(PROVINCES)), st.integers(0, 3), st.integers(0, 99999999))
def test_a_whole_number_is_offered_again_once_its_zeros_are_lost(province: str, century: int, rest: int) -> None:
    whole = f"{province}{century}{rest:08}"
    assert offered(whole) == ()
    lost = whole.lstrip("0")
    assert offered(lost) == ((whole,) if len(lost) in (10, 11) else ())


@repeatable
@given(nearly("Nguyễn Thị Đăng"))
def test_letters_of_a_zone_are_letters_digits_and_fillers(text: str) -> None:
    assert re.fullmatch(r"[A-Z0-9<]*", mrz.letters(text))
