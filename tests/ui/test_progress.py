"""What the step bar says about a dossier."""

from __future__ import annotations

from datetime import datetime

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.dossier.page import Page
from station.ui.counter.progress import STEPS, next_open_step, states, step_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
EMPTY = Dossier("d", "1.001193", "2026-07-18", "canbo.mau", NOW)
PERSON = (Entry("person/full_name", "full_name", "Mẫu"), Entry("person/id_number", "id_number", "001199000123"))


def page(kind: str | None) -> Page:
    return Page("p", 1, "0" * 64, 1, "image/png", "file", NOW, kind=kind)


def test_every_finding_has_a_step_where_it_is_mended() -> None:
    codes = {"person.missing": "identify", "paper.missing": "scan", "page.unread": "scan", "value.disputed": "review"}
    assert {code: step_of(Finding(code, blocking=True)) for code in codes} == codes
    assert step_of(Finding("value.unconfirmed", blocking=True)) == "confirm"


def test_what_has_not_begun_shows_no_problems() -> None:
    found = states(EMPTY, [Finding("paper.missing", blocking=True), Finding("person.missing", blocking=True)])
    assert [step for step in STEPS if found[step].problems] == []
    assert [step for step in STEPS if found[step].done] == ["open"]


def test_a_review_is_not_done_while_a_page_is_being_read() -> None:
    from dataclasses import replace

    reading = replace(EMPTY, pages=(page(None),), entries=PERSON)
    assert not states(reading, ())["review"].done
    assert states(replace(reading, pages=(page("other"),)), ())["review"].done


def test_a_warning_does_not_hold_a_step_open() -> None:
    from dataclasses import replace

    dossier = replace(EMPTY, entries=PERSON)
    assert states(dossier, [Finding("person.id.sex_mismatch", blocking=False)])["identify"].done


def test_a_sealed_dossier_can_only_be_looked_at() -> None:
    sealed = EMPTY.sealed("TAM.T01-261120-0001", "canbo.mau", NOW, NOW)
    assert [step for step, state in states(sealed, ()).items() if state.enabled] == ["seal"]
    assert next_open_step(sealed, ()) == "seal"


def test_work_goes_on_at_the_first_step_that_is_not_done() -> None:
    assert next_open_step(EMPTY, [Finding("person.missing", blocking=True)]) == "identify"
