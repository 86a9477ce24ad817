"""Corrections that stations tell: taken in, merged, asked about, and never the last writer's alone."""

from __future__ import annotations

import copy
from typing import Any

from provincial_hub.contract import validator

from hub.tests.cases.opened_books import BORN, DOSSIER, NAME, SUPERVISOR

MAU, MAU_HOI, MAU_NANG = "NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẨU", "NGUYỄN VĂN MẬU"


def test_a_correction_makes_a_version_and_the_sealed_dossier_stays(books: Any) -> None:
    books.sealed()
    answer = books.take(books.correction({NAME: (MAU, MAU_HOI)}))
    assert answer["status"] == "accepted"
    assert books.signer.vouches_for(answer["receipt"])
    assert {name: answer["receipt"][name] for name in ("dossier_id", "version", "pages")} == {
        "dossier_id": DOSSIER,
        "version": 2,
        "pages": [],
    }
    validator("answer.schema.json").validate(answer)
    history = books.history()
    assert history.sealed[NAME] == MAU
    assert history.values()[NAME] == MAU_HOI
    assert (books.case().version, books.origins()) == (2, ["station"])
    assert books.told() == []
    assert [topic for topic, _ in books.outgoing()] == ["dossier.received", "dossier.corrected"]
    assert books.outgoing()[1][1] == {"version": 2, "origin": "station", "values": [NAME]}


def test_the_same_correction_again_gets_the_same_receipt_and_makes_nothing(books: Any) -> None:
    books.sealed()
    event = books.correction({NAME: (MAU, MAU_HOI)})
    assert books.take(event) == books.take(event)
    assert books.case().version == 2
    changed = {**event, "base_version": 2}
    assert books.take(changed)["reason"]["code"] == "event.changed"


def test_a_correction_of_another_value_is_merged_however_old_what_its_maker_saw(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {BORN: "1990-02-02"}, "theo giấy khai sinh"))
    answer = books.take(books.correction({NAME: (MAU, MAU_HOI)}, base=1))
    assert (answer["status"], answer["receipt"]["version"]) == ("accepted", 3)
    assert books.history().values() == {NAME: MAU_HOI, BORN: "1990-02-02"}
    assert books.origins() == ["hub", "merged"]


def test_the_same_value_changed_otherwise_becomes_a_question_with_both_texts(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: MAU_HOI}, "theo thẻ"))
    event = books.correction({NAME: (MAU, MAU_NANG), BORN: ("1990-02-01", "1990-02-02")}, base=1)
    answer = books.take(event)
    assert (answer["status"], answer["reason"]["code"]) == ("conflict", "dossier.question")
    assert books.take(event) == answer
    assert books.history().values() == {NAME: MAU_HOI, BORN: "1990-02-01"}
    subject, body = books.told()[-1]
    assert len(books.told()) == 2
    assert (subject, body) == (
        "dossier.question",
        {
            "dossier_id": DOSSIER,
            "question": f"T01-{event['seq']}",
            "seq": event["seq"],
            "fields": [
                {"value": NAME, "base": MAU, "hub": MAU_HOI, "station": MAU_NANG},
                {"value": BORN, "base": "1990-02-01", "hub": "1990-02-01", "station": "1990-02-02"},
            ],
        },
    )


def asked(books: Any) -> str:
    """A dossier with a question about the name; its id."""
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: MAU_HOI}, "theo thẻ"))
    event = books.correction({NAME: (MAU, MAU_NANG)}, base=1)
    assert books.take(event)["status"] == "conflict"
    return f"T01-{event['seq']}"


def test_a_station_answers_its_question_and_everybody_is_told(books: Any) -> None:
    question = asked(books)
    answer = books.take(books.settlement(question, {NAME: (MAU_HOI, MAU_NANG)}))
    assert (answer["status"], answer["receipt"]["version"]) == ("accepted", 3)
    assert books.history().values()[NAME] == MAU_NANG
    assert books.told()[-1] == (
        "dossier.settled",
        {
            "dossier_id": DOSSIER,
            "question": question,
            "version": 3,
            "changes": [{"value": NAME, "before": MAU_HOI, "after": MAU_NANG}],
            "by": "officer",
        },
    )
    assert books.outgoing()[-1][1]["origin"] == "settled"


def test_a_question_is_answered_once(books: Any) -> None:
    question = asked(books)
    books.run(books.deeds.settle(SUPERVISOR, DOSSIER, question, {NAME: MAU_HOI}, {NAME: MAU_HOI}, ""))
    late = books.take(books.settlement(question, {NAME: (MAU_HOI, MAU_NANG)}))
    assert (late["status"], late["reason"]["code"]) == ("conflict", "question.settled")
    assert books.history().values()[NAME] == MAU_HOI


def test_an_answer_about_a_text_that_has_changed_again_is_asked_about_anew(either_books: Any) -> None:
    books = either_books
    question = asked(books)
    third = "NGUYỄN VĂN MÂU"
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 2, {NAME: third}, "theo thẻ mới"))
    event = books.settlement(question, {NAME: (MAU_HOI, MAU_NANG)})
    assert books.take(event)["reason"]["code"] == "dossier.question"
    assert books.told()[-1][1]["fields"] == [{"value": NAME, "base": MAU_HOI, "hub": third, "station": MAU_NANG}]
    again = books.take(books.settlement(f"T01-{event['seq']}", {NAME: (third, MAU_NANG)}))
    assert again["status"] == "accepted"
    assert books.history().values()[NAME] == MAU_NANG


def test_a_decision_to_keep_the_hubs_text_holds_against_an_older_correction(books: Any) -> None:
    question = asked(books)
    books.run(books.deeds.settle(SUPERVISOR, DOSSIER, question, {NAME: MAU_HOI}, {NAME: MAU_HOI}, ""))
    late = books.take(books.correction({NAME: (MAU_HOI, MAU_NANG)}, base=2))
    assert late["reason"]["code"] == "dossier.question"


def test_a_correction_of_a_value_that_the_dossier_does_not_have_is_rejected(books: Any) -> None:
    books.sealed()
    answer = books.take(books.correction({"person/nothing": ("", "x")}))
    assert (answer["status"], answer["reason"]["code"]) == ("rejected", "event.malformed")
    assert books.case().version == 1


def test_corrections_that_a_station_tells_before_it_heard_of_the_first_are_its_own(books: Any) -> None:
    books.sealed()
    books.take(books.correction({NAME: (MAU, MAU_HOI)}, base=1))
    assert books.take(books.correction({NAME: (MAU_HOI, MAU_NANG)}, base=1))["receipt"]["version"] == 3
    assert books.history().values()[NAME] == MAU_NANG


def test_a_correction_of_a_version_that_the_hub_does_not_have_is_kept_aside(books: Any) -> None:
    unknown = books.take(books.correction({NAME: (MAU, MAU_HOI)}))
    assert (unknown["status"], unknown["reason"]["code"]) == ("conflict", "dossier.version")
    books.sealed()
    ahead = books.take(books.correction({NAME: (MAU, MAU_HOI)}, base=2))
    assert (ahead["status"], ahead["reason"]["code"]) == ("conflict", "dossier.version")


def test_nobody_answers_the_question_of_another_dossier_or_station(books: Any) -> None:
    question = asked(books)
    books.sealed(dossier="other")
    books.sealed(dossier="elsewhere", station="T02")
    answers = [
        books.take(books.settlement(question, {NAME: (MAU_HOI, MAU_NANG)}, dossier="other")),
        books.take(books.settlement(question, {NAME: (MAU_HOI, MAU_NANG)}, dossier="elsewhere", station="T02")),
        books.take(books.settlement("T09-1", {NAME: (MAU_HOI, MAU_NANG)})),
    ]
    assert {answer["reason"]["code"] for answer in answers} == {"question.unknown"}
    foreign = books.take(books.correction({NAME: (MAU, MAU_HOI)}, station="T02"))
    assert foreign["reason"]["code"] == "dossier.other_station"


def test_a_dossier_that_is_sealed_again_begins_again_from_what_it_says_then(either_books: Any) -> None:
    books = either_books
    books.sealed()
    books.take(books.correction({NAME: (MAU, MAU_HOI)}))
    books.sealed(base=2)
    assert (books.case().version, books.history().values()[NAME]) == (3, MAU)
    late = books.take(books.correction({NAME: (MAU_HOI, MAU_NANG)}, base=2))
    assert late["reason"]["code"] == "dossier.version"
    assert books.take(books.correction({NAME: (MAU, MAU_NANG)}, base=3))["receipt"]["version"] == 4


def test_a_text_that_not_every_database_can_keep_is_rejected_and_stops_no_other(either_books: Any) -> None:
    books = either_books
    sealed = books.sealed()
    again = copy.deepcopy(sealed) | {"seq": 2, "dossier_id": "another"}
    again["body"]["number"] = "A\0B"
    assert books.take(again)["reason"]["code"] == "event.malformed"
    again["body"]["number"] = "AB"
    assert books.take(again)["status"] == "accepted"
