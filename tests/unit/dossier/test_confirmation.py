"""The citizen is asked about each fact of their life once, and one answer settles it wherever it stands."""

from __future__ import annotations

from hypothesis import given

from station.dossier.checks import findings
from station.dossier.confirmation import asked_with, questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.reading import Source
from tests.unit.dossier.invented import NAME, NOW, NUMBER, OFFICER, TODAY, dossier, dossiers, field, procedure, reading


def answer_all(made: Dossier, verdict: Verdict = Verdict.RIGHT) -> Dossier:
    """What the counter does with each answer, until there is nothing left to ask."""
    for _ in range(len(made.entries) + 1):
        if not (left := unanswered(made)):
            return made
        for entry in asked_with(made, left[0]):
            made = made.with_entry(entry.answered(verdict, NOW))
    raise AssertionError("the questions never end")


def test_the_same_name_on_two_papers_is_asked_about_once() -> None:
    made = dossier(
        reading(field("subject.full_name", NAME.upper()), field("subject.sex", "female")),
        reading(field("applicant.full_name", NAME), field("applicant.sex", "female")),
    )
    assert [entry.key for entry in questions(made)] == ["full_name", "id_number", "subject.sex"]


def test_the_same_value_of_two_people_is_two_questions() -> None:
    made = dossier(
        reading(
            field("mother.full_name", "Trần Thị Mẫu"),
            field("mother.residence", "Xã Mẫu"),
            field("father.full_name", "Lê Văn Mẫu"),
            field("father.residence", "Xã Mẫu"),
        )
    )
    asked = [entry.key for entry in questions(made)]
    assert asked.count("mother.residence") == 1
    assert asked.count("father.residence") == 1


def test_names_that_differ_in_a_mark_are_both_asked_about() -> None:
    made = dossier(reading(field("subject.full_name", "Nguyễn Thị Đặng")))
    assert [entry.value for entry in questions(made) if entry.key.endswith("full_name")] == [NAME, "Nguyễn Thị Đặng"]


def test_nobody_is_asked_about_a_name_without_marks_from_the_cards_mrz() -> None:
    made = dossier(reading(field("subject.full_name", "NGUYEN THI DANG", Source.MRZ), kind="citizen_card_back"))
    assert "subject.full_name" not in [entry.key for entry in questions(made)]
    typed = made.with_entry(made.entry("p1/subject.full_name").corrected("Nguyễn Thị Đặng", OFFICER, NOW))
    assert "subject.full_name" in [entry.key for entry in questions(typed)]


def test_numbers_and_offices_of_a_paper_are_not_the_citizens_to_confirm() -> None:
    made = dossier(reading(field("number", "105/2024"), field("registered_at", "UBND xã Mẫu")))
    assert [entry.key for entry in questions(made)] == ["full_name", "id_number"]


def test_one_answer_settles_the_fact_on_every_paper() -> None:
    made = dossier(reading(field("subject.full_name", NAME), field("subject.id_number", NUMBER)))
    settled = asked_with(made, made.entry("person/id_number"))
    assert [entry.id for entry in settled] == ["person/id_number", "p1/subject.id_number"]


def test_a_corrected_value_is_asked_about_again() -> None:
    made = answer_all(dossier())
    again = made.with_entry(made.entry("person/full_name").corrected("Nguyễn Thị Đặng", OFFICER, NOW))
    assert [entry.id for entry in unanswered(again)] == ["person/full_name"]


@given(dossiers())
def test_no_fact_is_ever_asked_twice(made: Dossier) -> None:
    asked = questions(made)
    settled = [entry.id for question in asked for entry in asked_with(made, question)]
    assert len(settled) == len(set(settled))


@given(dossiers())
def test_after_every_question_is_answered_nothing_waits_for_the_citizen(made: Dossier) -> None:
    done = answer_all(made)
    assert "value.unconfirmed" not in {finding.code for finding in findings(done, procedure(), TODAY)}


@given(dossiers())
def test_only_a_wrong_answer_is_disputed(made: Dossier) -> None:
    untouched = [entry.id for entry in unanswered(made)]
    wrong = answer_all(made, Verdict.WRONG)
    assert all(wrong.entry(entry_id).disputed for entry_id in untouched)
