"""What a corrected value is written like: the contract's vectors, and what is taken in, refused, or printed so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.cases.value_form import form_of, has_form
from provincial_hub.errors import RefusedError

from hub.tests.cases.opened_books import BORN, DOSSIER, NAME, SUPERVISOR

VECTOR = Path(__file__).parents[3] / "contract" / "v1" / "vectors" / "value.json"
CASES = json.loads(VECTOR.read_text(encoding="utf-8"))["cases"]
SEALED = "1990-02-01"
NO_DAY = "31/02/1990"


@pytest.mark.parametrize("case", CASES, ids=[f"{one['key']}={one['value']!r}" for one in CASES])
def test_the_hub_tells_forms_apart_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert has_form(case["key"], case["value"]) is case["fits"]
    assert form_of(case["key"]) is not None or case["fits"]


def told(books: Any, after: str, **more: object) -> dict[str, Any]:
    event: dict[str, Any] = books.correction({BORN: (SEALED, after)})
    event["body"]["changes"][0] |= more
    answer: dict[str, Any] = books.take(event)
    return answer


def test_a_station_that_corrects_a_day_to_what_is_none_is_refused_and_nothing_is_kept(books: Any) -> None:
    books.sealed()
    answer = told(books, NO_DAY)
    assert (answer["status"], answer["reason"]["code"]) == ("rejected", "event.malformed")
    assert NO_DAY not in answer["reason"]["message"]
    assert told(books, NO_DAY, as_printed=False)["status"] == "rejected"
    assert books.history().values()[BORN] == SEALED
    assert books.case().version == 1


def test_what_is_printed_so_is_taken_in_and_said_to_be(books: Any) -> None:
    books.sealed()
    assert told(books, NO_DAY, as_printed=True)["status"] == "accepted"
    (change,) = books.history().revisions[0].changes
    assert (change.after, change.as_printed) == (NO_DAY, True)


def test_a_name_may_say_what_a_date_may_not(books: Any) -> None:
    books.sealed()
    assert books.take(books.correction({NAME: ("NGUYỄN VĂN MẪU", NO_DAY)}))["status"] == "accepted"


def test_a_supervisor_is_told_which_form_is_wanted_and_may_leave_the_value_as_printed(books: Any) -> None:
    books.sealed()
    correct = books.deeds.correct
    with pytest.raises(RefusedError, match=r"form\.day"):
        books.run(correct(SUPERVISOR, DOSSIER, 1, {BORN: NO_DAY}, "theo giấy"))
    with pytest.raises(RefusedError, match=r"form\.day"):
        books.run(correct(SUPERVISOR, DOSSIER, 1, {BORN: NO_DAY}, "theo giấy", {NAME}))
    assert books.told() == []
    assert books.run(correct(SUPERVISOR, DOSSIER, 1, {BORN: NO_DAY}, "theo giấy", {BORN})) == 2
    subject, body = books.told()[-1]
    assert subject == "dossier.corrected"
    assert body["changes"] == [{"value": BORN, "before": SEALED, "after": NO_DAY, "as_printed": True}]


def test_as_printed_is_not_said_of_what_has_its_form_anyway(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {BORN: "1990-02-02"}, "theo giấy", {BORN}))
    assert books.told()[-1][1]["changes"] == [{"value": BORN, "before": SEALED, "after": "1990-02-02"}]


def asked_about_a_day(books: Any) -> str:
    """The hub left a day as printed, a station wants another; the question's id."""
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {BORN: NO_DAY}, "theo giấy", {BORN}))
    event = books.correction({BORN: (SEALED, "1990-02-02")})
    assert books.take(event)["reason"]["code"] == "dossier.question"
    return f"T01-{event['seq']}"


def test_either_text_of_a_question_may_be_chosen_and_a_third_has_its_form(books: Any) -> None:
    question = asked_about_a_day(books)
    third = books.settlement(question, {BORN: (NO_DAY, "30/02/1990")}, base=2)
    assert books.take(third)["reason"]["code"] == "event.malformed"
    settle, seen = books.deeds.settle, {BORN: NO_DAY}
    with pytest.raises(RefusedError, match=r"form\.day"):
        books.run(settle(SUPERVISOR, DOSSIER, question, seen, {BORN: "30/02/1990"}, ""))
    chosen = books.settlement(question, {BORN: (NO_DAY, NO_DAY)}, base=2)
    assert books.take(chosen)["status"] == "accepted"
    assert books.history().values()[BORN] == NO_DAY


def test_a_third_text_that_is_printed_so_settles_a_question_at_the_hub(books: Any) -> None:
    question = asked_about_a_day(books)
    books.run(books.deeds.settle(SUPERVISOR, DOSSIER, question, {BORN: NO_DAY}, {BORN: "30/02/1990"}, "", {BORN}))
    assert books.told()[-1][1]["changes"][0]["as_printed"] is True
