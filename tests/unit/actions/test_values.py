"""Values are corrected, checked by the officer, and confirmed or disputed by the citizen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from station.dossier.confirmation import unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Answer, Correction, Verdict
from station.dossier.finding import Finding
from station.dossier.reading import Source, Status
from station.errors import InputError, RuleError

from .conftest import MORNING, OFFICER, CommitRefusedError, Counter, commits_refused, read, reading

NAME = "person/full_name"


def findings(counter: Counter, dossier: Dossier, code: str) -> list[Finding]:
    return [finding for finding in counter.seal.findings(counter.get(dossier)) if finding.code == code]


def test_a_correction_keeps_the_old_value_with_who_and_when(counter: Counter) -> None:
    dossier = counter.identified()
    counter.correct(dossier.id, NAME, " Nguyễn  Thị Đặng ", OFFICER)
    counter.clock.time += timedelta(minutes=1)
    counter.correct(dossier.id, NAME, "Nguyễn Thị Đẵng", "canbo.hai")
    entry = counter.entry(dossier, NAME)
    assert entry.value == "Nguyễn Thị Đẵng"
    assert entry.corrections == (
        Correction("Nguyễn Thị Đăng", "Nguyễn Thị Đặng", OFFICER, MORNING),
        Correction("Nguyễn Thị Đặng", "Nguyễn Thị Đẵng", "canbo.hai", MORNING + timedelta(minutes=1)),
    )
    assert (entry.checked_by, entry.source, entry.readings[0].value) == ("canbo.hai", Source.TYPED, "Nguyễn Thị Đăng")


def test_the_citizen_is_asked_again_about_a_corrected_value(counter: Counter) -> None:
    dossier = counter.answered(counter.identified())
    assert unanswered(dossier) == ()
    after = counter.correct(dossier.id, NAME, "Nguyễn Thị Đặng", OFFICER)
    assert [entry.id for entry in unanswered(after)] == [NAME]


def test_typing_the_same_value_is_a_check_and_no_correction(counter: Counter) -> None:
    dossier = counter.answered(counter.identified())
    counter.correct(dossier.id, NAME, "Nguyễn Thị Đăng ", OFFICER)
    entry = counter.entry(dossier, NAME)
    assert (entry.corrections, entry.checked_by, entry.confirmed) == ((), OFFICER, True)


@pytest.mark.parametrize("nothing", ["", "  ", "\t\n"])
def test_an_empty_value_is_refused(counter: Counter, nothing: str) -> None:
    dossier = counter.identified()
    with pytest.raises(InputError, match=r"value\.empty"):
        counter.correct(dossier.id, NAME, nothing, OFFICER)
    assert counter.get(dossier) == dossier


def test_a_correction_that_cannot_be_committed_leaves_value_and_audit_as_they_were(counter: Counter) -> None:
    dossier = counter.identified()
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.correct(dossier.id, NAME, "Nguyễn Thị Đặng", OFFICER)
    assert counter.get(dossier) == dossier
    assert "correct_field" not in counter.deeds(dossier)
    assert counter.store.audit.verify() is None


def test_the_audit_trail_of_a_correction_holds_no_value(counter: Counter) -> None:
    dossier = counter.identified()
    counter.correct(dossier.id, NAME, "Nguyễn Thị Đặng", OFFICER)
    (told,) = (told for told in counter.store.audit.entries(dossier.id) if told.deed == "correct_field")
    assert told.detail == {"entry": NAME}


def test_a_value_that_was_not_read_can_be_added_once(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier)
    counter.correct.add(dossier.id, page.id, "number", "12/2026", OFFICER)
    entry = counter.entry(dossier, f"{page.id}/number")
    assert (entry.value, entry.source, entry.checked_by, entry.trusted) == ("12/2026", Source.TYPED, OFFICER, True)
    with pytest.raises(RuleError, match=r"dossier\.field_exists"):
        counter.correct.add(dossier.id, page.id, "number", "13/2026", OFFICER)
    assert counter.entry(dossier, f"{page.id}/number").value == "12/2026"


def test_a_value_is_not_added_to_a_page_that_is_gone(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier)
    counter.remove_page(dossier.id, page.id, page.sha256, OFFICER)
    before = counter.get(dossier)
    with pytest.raises(RuleError, match=r"dossier\.no_such_page"):
        counter.correct.add(dossier.id, page.id, "number", "12/2026", OFFICER)
    assert counter.get(dossier) == before


def test_a_checked_value_is_in_nobodys_way_any_more(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier, b"1", reading(read("number", "12/2026", Status.REVIEW)))
    assert len(findings(counter, dossier, "value.unchecked")) == 1
    counter.check(dossier.id, f"{page.id}/number", OFFICER)
    assert findings(counter, dossier, "value.unchecked") == []
    entry = counter.entry(dossier, f"{page.id}/number")
    assert (entry.checked_by, entry.checked_at) == (OFFICER, MORNING)


def test_the_citizen_is_asked_again_about_a_disputed_value_that_was_checked(counter: Counter) -> None:
    dossier = counter.answered(counter.identified())
    counter.confirm(dossier.id, NAME, "Nguyễn Thị Đăng", Verdict.WRONG)
    assert [finding.entry_id for finding in findings(counter, dossier, "value.disputed")] == [NAME]
    after = counter.check(dossier.id, NAME, OFFICER)
    assert findings(counter, dossier, "value.disputed") == []
    assert [entry.id for entry in unanswered(after)] == [NAME]


def test_a_check_leaves_the_citizens_yes_as_it_is(counter: Counter) -> None:
    dossier = counter.answered(counter.identified())
    assert counter.check(dossier.id, NAME, OFFICER).entry(NAME).confirmed


def test_an_answer_settles_the_same_fact_on_every_paper_and_no_other(counter: Counter) -> None:
    dossier = counter.identified()
    same = reading(read("mother.full_name", "NGUYỄN THỊ ĐĂNG"), read("mother.residence", "Thôn Mẫu, xã Mẫu, tỉnh Mẫu"))
    other = reading(read("mother.full_name", "NGUYỄN THỊ ĐĂNG"), read("mother.residence", "Thôn Khác"))
    first, second = counter.page(dossier, b"1", same), counter.page(dossier, b"2", other)
    counter.confirm(dossier.id, "person/residence", "Thôn Mẫu, xã Mẫu, tỉnh Mẫu", Verdict.RIGHT)
    right = Answer(Verdict.RIGHT, MORNING)
    assert counter.entry(dossier, "person/residence").answer == right
    assert counter.entry(dossier, f"{first.id}/mother.residence").answer == right
    assert counter.entry(dossier, f"{second.id}/mother.residence").answer is None
    counter.confirm(dossier.id, NAME, "Nguyễn Thị Đăng", Verdict.WRONG)
    names = [NAME, f"{first.id}/mother.full_name", f"{second.id}/mother.full_name"]
    assert all(counter.entry(dossier, entry_id).disputed for entry_id in names)


def test_an_answer_to_a_value_that_changed_meanwhile_does_not_count(counter: Counter) -> None:
    dossier = counter.identified()
    shown = counter.entry(dossier, NAME).value
    counter.correct(dossier.id, NAME, "Nguyễn Thị Đặng", OFFICER)
    counter.confirm(dossier.id, NAME, shown, Verdict.RIGHT)
    assert counter.entry(dossier, NAME).answer is None
    assert NAME in [entry.id for entry in unanswered(counter.get(dossier))]


def test_the_audit_trail_says_that_the_citizen_answered(counter: Counter) -> None:
    dossier = counter.identified()
    counter.confirm(dossier.id, NAME, "Nguyễn Thị Đăng", Verdict.WRONG)
    (told,) = (told for told in counter.store.audit.entries(dossier.id) if told.deed == "confirm_by_citizen")
    assert (told.by, told.detail) == ("citizen", {"entry": NAME, "verdict": "wrong"})


def test_nothing_can_be_said_of_a_value_that_is_not_there(counter: Counter) -> None:
    dossier = counter.identified()
    for deed in (
        lambda: counter.correct(dossier.id, "person/shoe_size", "42", OFFICER),
        lambda: counter.check(dossier.id, "person/shoe_size", OFFICER),
        lambda: counter.confirm(dossier.id, "person/shoe_size", "42", Verdict.RIGHT),
    ):
        with pytest.raises(RuleError, match=r"dossier\.no_such_field"):
            deed()
    assert counter.get(dossier) == dossier


def test_a_paper_can_be_noted_as_seen_and_the_note_taken_back(counter: Counter) -> None:
    dossier = counter.identified()
    assert counter.note_paper(dossier.id, "original", True, OFFICER).presented == ("original",)
    assert counter.note_paper(dossier.id, "original", True, OFFICER).presented == ("original",)
    assert counter.note_paper(dossier.id, "original", False, OFFICER).presented == ()
