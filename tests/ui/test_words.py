"""Values, fields and findings in words: what is shown can be typed again, and no code reaches the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.clock import VIETNAM
from station.dossier.delivery import Delivery, HubReceipt, Progress
from station.dossier.finding import Finding
from station.dossier.kinds import PERSON_KEYS
from station.dossier.why_stuck import QUESTION
from station.language import Language
from station.ui.province.size_words import when_words
from station.ui.words import (
    delivery_words,
    field_words,
    finding_words,
    kind_words,
    receipt_words,
    time_words,
    value_typed,
    value_words,
)
from tests.ui.desk import KINDS

LANGUAGES = {name: Language.load(name).with_sentences(KINDS.sentences(name)) for name in ("vi", "en")}
VI = LANGUAGES["vi"]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("subject.birth_date", "1999-03-05", "05/03/1999"),
        ("subject.birth_date", "1999", "1999"),
        ("subject.sex", "female", "Nữ"),
        ("died_at", "2024-02-29T08:05", "08:05 29/02/2024"),
        ("number", "105/2024", "105/2024"),
    ],
)
def test_a_value_is_written_as_people_write_it(key: str, value: str, words: str) -> None:
    assert value_words(key, value, VI) == words
    assert value_typed(key, words, VI) == value


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["registered_on", "birth_date", "valid_until", "valid_from"]))
def test_a_date_that_was_shown_and_typed_again_is_the_same_date(day: date, key: str) -> None:
    assert value_typed(key, value_words(key, day.isoformat(), VI), VI) == day.isoformat()


@given(st.text(), st.sampled_from(["subject.sex", "subject.birth_date", "number", "died_at"]))
def test_typing_again_what_is_shown_never_changes_a_value_twice(text: str, key: str) -> None:
    once = value_typed(key, text, VI)
    assert value_typed(key, value_words(key, once, VI), VI) == once


@pytest.mark.parametrize("typed", ["5/3/1999", "05-03-1999", "5.3.1999", " 05/03/1999 "])
def test_dates_may_be_typed_in_the_usual_ways(typed: str) -> None:
    assert value_typed("birth_date", typed, VI) == "1999-03-05"


def test_a_day_that_is_in_no_calendar_stays_as_it_was_typed() -> None:
    assert value_typed("birth_date", "31/02/1999", VI) == "31/02/1999"


def test_a_number_that_looks_like_a_date_stays_a_number() -> None:
    assert value_typed("number", "05/03/1999", VI) == "05/03/1999"


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_field_of_every_paper_has_a_name_in_words(name: str) -> None:
    keys = {key for kind in KINDS for key in KINDS.keys_of(kind)} | set(PERSON_KEYS)
    assert len(keys) > 80
    assert [key for key in sorted(keys) if field_words(key, LANGUAGES[name]) == key] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_members_of_a_household_are_counted_from_one(name: str) -> None:
    assert "3" in field_words("members[2].full_name", LANGUAGES[name])


def test_a_finding_tells_dates_and_sexes_in_words() -> None:
    told = {"key": "subject.birth_date", "value": "1999-03-05", "readings": "1999-03-05 ≠ 1999-05-03"}
    sentence = finding_words(Finding("value.contradicted", True, told=told), VI)
    assert "05/03/1999 ≠ 03/05/1999" in sentence
    assert "1999-03" not in sentence


def test_times_are_told_in_vietnamese_time_whatever_they_were_kept_in() -> None:
    assert time_words(datetime(2026, 11, 20, 20, 30, tzinfo=UTC), VI) == "03 giờ 30, ngày 21/11/2026"


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("delivery", list(Delivery))
def test_every_delivery_has_its_words(name: str, delivery: Delivery) -> None:
    assert delivery_words(Progress("d1", delivery, 1, 2), LANGUAGES[name])


def test_a_question_of_the_hub_is_not_told_as_a_refusal() -> None:
    asked = Progress("d1", Delivery.REFUSED, 2, 2, QUESTION)
    assert delivery_words(asked, VI) == VI("delivery.question")
    assert delivery_words(replace(asked, reason="hub.refused"), VI) == VI("delivery.refused")


def test_what_the_hub_has_is_told_with_its_number_and_vietnamese_time() -> None:
    receipt = HubReceipt("T01", 1, "d1", (), "2026-11-20T20:30:00+00:00", "H01-7", True, "k", "s")
    assert "H01-7" in receipt_words(receipt, VI)
    assert "03:30 21/11/2026" in receipt_words(receipt, VI)


def test_a_kind_whose_description_was_taken_away_keeps_its_bare_word() -> None:
    assert kind_words("birth_notice", VI) == "Giấy chứng sinh"
    assert kind_words("poor_household_certificate", VI) == "poor_household_certificate"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(30, "00:00, sau 30 giây nữa"), (1800, "00:29, sau 30 phút nữa"), (7200, "01:59 01/01")],
)
def test_when_it_is_tried_again_counts_down_past_midnight_too(seconds: int, words: str) -> None:
    now = datetime(2026, 12, 31, 23, 59, 30, tzinfo=VIETNAM)
    assert when_words(now + timedelta(seconds=seconds), now, VI) == words
