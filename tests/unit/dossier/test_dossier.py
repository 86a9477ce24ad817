"""The dossier keeps what people decided, closes up its pages, and never changes once sealed."""

from __future__ import annotations

import pytest
from hypothesis import given

from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict, entries_from
from station.dossier.missing import missing_keys
from station.dossier.reading import PageReading, Source
from station.errors import RuleError
from tests.unit.dossier.invented import NAME, NOW, OFFICER, dossier, dossiers, field, page, reading, sealed


def test_the_reading_that_is_vouched_for_stands_before_the_surer_source() -> None:
    (entry,) = entries_from("p1", [field("sex", "male", Source.CHIP, accepted=False), field("sex", "female")])
    assert (entry.value, entry.source) == ("female", Source.OCR)
    assert entry.contradicted
    assert not entry.trusted


def test_reading_a_page_again_keeps_what_people_decided() -> None:
    made = dossier(reading(field("number", "105"), field("title", "Đơn")))
    made = made.with_entry(made.entry("p1/number").corrected("106", OFFICER, NOW)).with_kind("p1", "other", OFFICER)
    again = made.with_reading("p1", reading(field("title", "Đơn đề nghị")))
    assert {entry.key: entry.value for entry in again.entries_of("p1")} == {"number": "106", "title": "Đơn đề nghị"}
    assert again.page("p1").kind == "other"


def test_a_removed_page_takes_its_values_along_and_the_numbers_close_up() -> None:
    made = dossier(reading(field("number", "1")), reading(field("number", "2")), reading(field("number", "3")))
    left = made.without_page("p2")
    assert [(page.id, page.number) for page in left.pages] == [("p1", 1), ("p3", 2)]
    assert [entry.value for entry in left.entries if entry.page_id] == ["1", "3"]


def test_a_correction_takes_the_citizens_answer_back() -> None:
    made = dossier()
    answered = made.entry("person/full_name").answered(Verdict.RIGHT, NOW)
    corrected = answered.corrected("Nguyễn Thị Đặng", OFFICER, NOW)
    assert corrected.answer is None
    assert corrected.source is Source.TYPED
    assert corrected.corrections[0].old == NAME


def test_an_officers_look_keeps_a_right_answer_and_takes_a_wrong_one_back() -> None:
    entry = dossier().entry("person/full_name")
    assert entry.answered(Verdict.RIGHT, NOW).checked(OFFICER, NOW).confirmed
    assert entry.answered(Verdict.WRONG, NOW).checked(OFFICER, NOW).answer is None


@given(dossiers())
def test_a_sealed_dossier_never_changes_again(made: Dossier) -> None:
    closed = sealed(made)
    for deed in (
        lambda: closed.with_page(page(9)),
        lambda: closed.with_person((), (), {}),
        lambda: closed.with_entry(closed.entries[0]),
        lambda: closed.with_presented("form", True),
        closed.discarded,
        lambda: sealed(closed),
    ):
        with pytest.raises(RuleError):
            deed()


@given(dossiers())
def test_no_two_values_have_the_same_id(made: Dossier) -> None:
    ids = [entry.id for entry in made.entries]
    assert len(ids) == len(set(ids))


def test_a_reading_survives_its_way_as_json() -> None:
    told = reading(field("number", "105"), field("sex", "female", Source.MRZ))
    assert PageReading.from_json(told.to_json()) == told


def test_only_values_that_are_not_there_can_be_added() -> None:
    made = dossier(reading(field("number", "105")))
    assert missing_keys(made, "p1", ("number", "signed_by")) == ("signed_by",)


def test_of_a_table_the_gaps_and_one_row_more_can_be_added() -> None:
    made = dossier(reading(field("members[0].full_name", NAME), field("members[1].sex", "male")))
    assert missing_keys(made, "p1", ("members[0].full_name", "members[0].sex")) == (
        "members[0].sex",
        "members[1].full_name",
        "members[2].full_name",
        "members[2].sex",
    )


def test_a_page_that_is_read_again_keeps_what_the_citizen_answered() -> None:
    made = dossier(reading(field("birth_place", "Thôn Mẫu")))
    disputed = made.with_entry(made.entry("p1/birth_place").answered(Verdict.WRONG, NOW))
    again = disputed.with_reading("p1", reading(field("birth_place", "Thôn Mẫu")))
    assert again.entry("p1/birth_place").disputed
