"""One deed taken back while what came after it stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry, Verdict
from station.dossier.images import framed
from station.dossier.page import Page
from station.dossier.reading import PageReading, ReadField, Source, Status
from station.dossier.taking_back import Step, taken_back
from station.errors import RuleError

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
OUTLINE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
Deed = Callable[[Dossier], Dossier]


def page(name: str) -> Page:
    return Page(name, 0, name * 64, 10, "image/png", "sane", NOON, kind="other")


@pytest.fixture
def dossier() -> Dossier:
    made = Dossier("d", "1.001193", "2026", "officer", NOON)
    for name in "abc":
        made = made.with_page(replace(page(name), number=len(made.pages) + 1))
    entries = [Entry(f"{name}/full_name", "full_name", f"Người {name}", name) for name in "abc"]
    return replace(made, entries=(Entry("person/full_name", "full_name", "Nguyễn Thị Mẫu"), *entries))


def done(deed: str, dossier: Dossier, change: Deed) -> tuple[Step, Dossier]:
    after = change(dossier)
    return Step(deed, dossier, after), after


def names(dossier: Dossier) -> str:
    return "".join(one.id for one in dossier.pages)


def read(value: str) -> PageReading:
    return PageReading(
        "birth_certificate", 0.9, fields=(ReadField("full_name", value, value, 0.9, Status.ACCEPTED, Source.OCR),)
    )


def test_a_correction_goes_back_to_what_stood_there_with_nobody_having_checked_it(dossier: Dossier) -> None:
    entry = dossier.entry("a/full_name")
    step, after = done("correct_field", dossier, lambda one: one.with_entry(entry.corrected("Khác", "officer", NOON)))
    assert taken_back(after, step) == dossier
    assert taken_back(dossier, step.reversed) == after
    assert step.entry == entry
    assert step.page is None


def test_a_removed_page_comes_back_to_its_place_with_its_values(dossier: Dossier) -> None:
    step, after = done("remove_page", dossier, lambda one: one.without_page("b"))
    assert names(after) == "ac"
    later = after.with_page(replace(page("d"), number=3))
    back = taken_back(later, step)
    assert names(back) == "abcd"
    assert [one.number for one in back.pages] == [1, 2, 3, 4]
    assert back.entry("b/full_name").value == "Người b"
    assert step.page is not None
    assert step.page.id == "b"


def test_what_the_machine_read_meanwhile_stays(dossier: Dossier) -> None:
    step, after = done("assign_kind", dossier, lambda one: one.with_kind("a", "application", "officer"))
    later = after.with_reading("c", read("Đọc sau")).with_reading("a", read("Đọc lại"))
    back = taken_back(later, step)
    assert back.page("a").kind == "other"
    assert back.page("a").kind_set_by is None
    assert back.entry("c/full_name").value == "Đọc sau"
    assert back.entry("a/full_name").value == "Đọc lại"


def test_a_frame_taken_back_has_the_page_read_again(dossier: Dossier) -> None:
    step, after = done("outline_page", dossier, lambda one: framed(one, "b", OUTLINE))
    back = taken_back(after.with_reading("b", read("Trong khung")), step)
    assert back.page("b").outline is None
    assert back.page("b").again


def test_a_value_that_was_answered_meanwhile_is_not_lost(dossier: Dossier) -> None:
    entry = dossier.entry("a/full_name")
    step, after = done("correct_field", dossier, lambda one: one.with_entry(entry.corrected("Khác", "officer", NOON)))
    answered = after.with_entry(after.entry(entry.id).answered(Verdict.RIGHT, NOON))
    with pytest.raises(RuleError, match=r"dossier\.changed_since"):
        taken_back(answered, step)


def test_nothing_of_a_sealed_dossier_is_taken_back(dossier: Dossier) -> None:
    step, after = done("note_paper", dossier, lambda one: one.with_presented("ct01", True))
    assert taken_back(after, step).presented == ()
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        taken_back(after.sealed("TAM.1", "officer", NOON, NOON), step)
