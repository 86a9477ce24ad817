"""What supervisors do to a dossier: allowed to them alone, of what they saw, told down and out, and written down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from provincial_hub.cases.deeds import Looked
from provincial_hub.cases.official_code import is_official_code
from provincial_hub.contract import validator
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.tables import cases
from provincial_hub.web.visitor import Visitor

from hub.tests.cases.opened_books import BORN, DOSSIER, NAME, NOW, SUPERVISOR

CODE = "H15.50.05.13-261123-0975"
TODAY = date(2026, 11, 23)


def refused(books: Any, deed: Any) -> str:
    """The code of the refusal, after which nothing has changed."""
    before = [books.rows(cases), books.told(), books.outgoing(), books.written()]
    with pytest.raises(RefusedError) as refusal:
        books.run(deed)
    assert [books.rows(cases), books.told(), books.outgoing(), books.written()] == before
    return refusal.value.code


def test_a_correction_at_the_hub_is_told_down_out_and_written_down(books: Any) -> None:
    books.sealed()
    assert books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "NGUYỄN VĂN MẨU"}, "theo thẻ")) == 2
    body = {
        "dossier_id": DOSSIER,
        "version": 2,
        "changes": [{"value": NAME, "before": "NGUYỄN VĂN MẪU", "after": "NGUYỄN VĂN MẨU"}],
        "reason": "theo thẻ",
        "by": SUPERVISOR.id,
    }
    assert books.told() == [("dossier.corrected", body)]
    assert books.outgoing()[-1] == ("dossier.corrected", {"version": 2, "origin": "hub", "values": [NAME]})
    assert books.written() == [("dossier.corrected", SUPERVISOR.id)]


def test_corrections_of_different_values_by_two_who_saw_the_same_version_both_stand(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "A"}, "1"))
    assert books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {BORN: "1991-01-01"}, "2")) == 3
    assert books.history().values() == {NAME: "A", BORN: "1991-01-01"}


def test_a_correction_of_a_text_that_the_supervisor_has_not_seen_is_refused(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "A"}, "1"))
    for texts, version, reason, code in (
        ({NAME: "B"}, 1, "x", "dossier.changed"),
        ({NAME: "B"}, 3, "x", "dossier.changed"),
        ({NAME: "A"}, 2, "x", "correction.nothing"),
        ({"person/nothing": "B"}, 2, "x", "correction.unknown_value"),
        ({NAME: "B" * 10_001}, 2, "x", "correction.too_long"),
        ({NAME: "B"}, 2, "  ", "reason.missing"),
        ({NAME: "B"}, 2, "x" * 2001, "reason.too_long"),
    ):
        assert refused(books, books.deeds.correct(SUPERVISOR, DOSSIER, version, texts, reason)) == code


def test_what_a_station_changed_and_changed_back_was_not_seen_by_the_supervisor(books: Any) -> None:
    books.sealed()
    books.take(books.correction({BORN: ("1990-02-01", "1991-01-01")}, base=1))
    books.take(books.correction({BORN: ("1991-01-01", "1990-02-01")}, base=2))
    assert refused(books, books.deeds.correct(SUPERVISOR, DOSSIER, 1, {BORN: "1992-01-01"}, "x")) == "dossier.changed"
    assert books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 3, {BORN: "1992-01-01"}, "x")) == 4


def test_only_a_supervisor_of_the_station_may_do_anything_and_others_learn_nothing(books: Any) -> None:
    books.sealed()
    it = Visitor("it", "MẪU", frozenset({"it"}), None)
    elsewhere = Visitor("other", "MẪU", frozenset({"supervisor"}), frozenset({"T09"}))
    looked = books.looked()
    for who, code in ((it, "person.not_allowed"), (elsewhere, "dossier.unknown")):
        for deed in (
            books.deeds.correct(who, DOSSIER, 1, {NAME: "A"}, "x"),
            books.deeds.assign_code(who, DOSSIER, looked, CODE),
            books.deeds.give_back(who, DOSSIER, looked, "x"),
            books.deeds.note_state(who, DOSSIER, looked, "done", TODAY),
            books.deeds.settle(who, DOSSIER, "T01-2", {}, {}, ""),
        ):
            assert refused(books, deed) == code
    assert refused(books, books.deeds.give_back(SUPERVISOR, "nowhere", looked, "x")) == "dossier.unknown"


def test_an_official_code_is_given_once_and_to_one_dossier(books: Any) -> None:
    books.sealed()
    books.sealed(dossier="other")
    looked = books.looked()
    books.run(books.deeds.assign_code(SUPERVISOR, DOSSIER, looked, CODE))
    books.run(books.deeds.assign_code(SUPERVISOR, DOSSIER, looked, CODE))
    assert books.case().official_code == CODE
    assert books.told() == [("dossier.code", {"dossier_id": DOSSIER, "code": CODE, "by": SUPERVISOR.id})]
    assert refused(books, books.deeds.assign_code(SUPERVISOR, "other", books.looked("other"), CODE)) == "code.taken"
    another = CODE[:-1] + "6"
    assert refused(books, books.deeds.assign_code(SUPERVISOR, DOSSIER, looked, another)) == "dossier.changed"
    assert refused(books, books.deeds.assign_code(SUPERVISOR, DOSSIER, looked, "0975")) == "code.malformed"
    books.run(books.deeds.assign_code(SUPERVISOR, DOSSIER, books.looked(), another))
    assert books.case().official_code == another


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("H15.50.05.13-261008-0975", True),
        ("000.00.00.H15-261008-0975", True),
        ("G15.000.01-261008-150975", True),
        ("H15.50.05.13-261308-0975", False),
        ("H15.50.05.13-261008-0975-KQ1", False),
        ("H15.50.05.13-261008-975", False),
        ("h15.50.05.13-261008-0975", False),
        ("H15.50.05.13-261008-0975\n", False),
        ("T01-261120-0001", False),
    ],
)
def test_an_official_code_names_a_unit_a_day_and_a_number(text: str, right: bool) -> None:
    assert is_official_code(text) is right


def test_a_dossier_is_returned_with_a_reason(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.give_back(SUPERVISOR, DOSSIER, books.looked(), "trang 2 bị mờ"))
    told = {"dossier_id": DOSSIER, "reason": "trang 2 bị mờ", "by": SUPERVISOR.id}
    assert books.told() == [("dossier.returned", told)]
    assert books.outgoing()[-1] == ("dossier.returned", {"reason": "trang 2 bị mờ"})
    assert books.case().state == "more_wanted"
    stale = Looked(1, "received")
    assert refused(books, books.deeds.give_back(SUPERVISOR, DOSSIER, stale, "nữa")) == "dossier.changed"
    assert refused(books, books.deeds.give_back(SUPERVISOR, DOSSIER, books.looked(), "")) == "reason.missing"


def test_a_result_ends_the_work_and_counts_by_its_day(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.note_state(SUPERVISOR, DOSSIER, books.looked(), "done", date(2026, 11, 20), "mời đến nhận"))
    (row,) = books.rows(cases)
    assert (row.state, row.ended_at) == ("done", row.due_at)
    told = {"state": "done", "on": "2026-11-20", "note": "mời đến nhận"}
    assert books.told() == [("dossier.state", {"dossier_id": DOSSIER, **told})]
    assert books.outgoing()[-1] == ("dossier.state", told)
    assert refused(books, books.deeds.give_back(SUPERVISOR, DOSSIER, books.looked(), "x")) == "state.ended"
    books.run(books.deeds.note_state(SUPERVISOR, DOSSIER, books.looked(), "in_progress", TODAY, "nhầm"))
    assert books.rows(cases)[0].ended_at is None
    for state, on, code in (("lost", TODAY, "state.unknown"), ("done", date(2026, 11, 24), "state.in_future")):
        assert refused(books, books.deeds.note_state(SUPERVISOR, DOSSIER, books.looked(), state, on)) == code
    stale = Looked(1, "received")
    assert refused(books, books.deeds.note_state(SUPERVISOR, DOSSIER, stale, "done", TODAY)) == "dossier.changed"


@pytest.mark.parametrize(
    ("day", "ended_at"),
    [(19, "2026-11-19T23:59:59+07:00"), (20, "2026-11-20T17:00:00+07:00"), (23, NOW.isoformat())],
)
def test_work_ended_at_the_hour_that_is_known(books: Any, day: int, ended_at: str) -> None:
    books.sealed()
    assert books.rows(cases)[0].due_at == "2026-11-20T17:00:00+07:00"
    books.run(books.deeds.note_state(SUPERVISOR, DOSSIER, books.looked(), "done", date(2026, 11, day)))
    assert books.rows(cases)[0].ended_at == ended_at


def test_a_supervisor_answers_a_question_about_every_value_of_it(books: Any) -> None:
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "A"}, "1"))
    event = books.correction({NAME: ("NGUYỄN VĂN MẪU", "B"), BORN: ("1990-02-01", "1991-01-01")})
    books.take(event)
    question, seen = f"T01-{event['seq']}", {NAME: "A", BORN: "1990-02-01"}

    def settle(texts: dict[str, str], seen: dict[str, str] = seen, question: str = question) -> Any:
        return books.deeds.settle(SUPERVISOR, DOSSIER, question, seen, texts, "")

    assert refused(books, settle({NAME: "B"})) == "question.other_values"
    assert refused(books, settle({NAME: "B", BORN: "1991-01-01"}, {NAME: "?", BORN: "?"})) == "dossier.changed"
    assert refused(books, settle({NAME: "B"}, question="T01-99")) == "question.unknown"
    assert books.run(settle({NAME: "A", BORN: "1991-01-01"})) == 3
    assert books.history().values() == {NAME: "A", BORN: "1991-01-01"}
    assert books.told()[-1][1]["changes"] == [
        {"value": NAME, "before": "A", "after": "A"},
        {"value": BORN, "before": "1990-02-01", "after": "1991-01-01"},
    ]
    assert refused(books, settle({NAME: "B", BORN: "1991-01-01"})) == "question.settled"
    assert books.written()[-1] == ("question.settled", SUPERVISOR.id)


def test_everything_that_a_station_is_told_keeps_to_the_contract(either_books: Any) -> None:
    books = either_books
    books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "A"}, "1"))
    event = books.correction({NAME: ("NGUYỄN VĂN MẪU", "B")})
    books.take(event)
    books.take(books.settlement(f"T01-{event['seq']}", {NAME: ("A", "B")}))
    books.run(books.deeds.assign_code(SUPERVISOR, DOSSIER, books.looked(), CODE))
    books.run(books.deeds.give_back(SUPERVISOR, DOSSIER, books.looked(), "trang 2 bị mờ"))
    books.run(books.deeds.note_state(SUPERVISOR, DOSSIER, books.looked(), "done", NOW.date()))

    async def documents() -> list[dict[str, Any]]:
        async with books.ledger.transaction(ChangeBooks) as told:
            return (await told.after("T01", 0, 100)).documents

    said = books.run(documents())
    assert [one["cursor"] for one in said] == [1, 2, 3, 4, 5, 6]
    for document in said:
        validator("change.schema.json").validate(document)
        assert books.signer.vouches_for(document)


def test_no_value_of_a_dossier_stands_in_what_goes_out_or_is_written_down(books: Any) -> None:
    event = books.sealed()
    books.run(books.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "TÊN MỚI"}, "theo thẻ"))
    kept = str(books.outgoing()) + str(books.rows(cases)) + str(books.written())
    for value in ("TÊN MỚI", *(value["value"] for value in event["body"]["values"])):
        assert value not in kept
