"""The end of a shift: the day's dossiers, the ledger and the trail's head on one sheet."""

from __future__ import annotations

import pytest

from station.actions.close_shift import CloseShift
from station.actions.permits import RolePermits
from station.dossier.capture import CapturedImage
from station.dossier.people import Person, Role
from station.dossier.printed_form import FormName
from station.dossier.trail import SignedHead
from station.errors import RuleError
from station.paths import DataFolder
from station.scan.codes.code_reader import ImageCodeReader
from station.store.trail.audit import Head
from station.ui.ledger_words import words_of_balance
from tests.people import attendance

from .conftest import MORNING, OFFICER, Counter

SHEET = CapturedImage(b"a page", "image/png", "sheets")


@pytest.fixture
def shift(counter: Counter) -> CloseShift:
    store = counter.store
    return CloseShift(
        store.dossiers,
        store.ledger,
        store.audit,
        counter.permits,
        counter.clock,
        counter.forms.make_register,
        words_of_balance(),
    )


def test_the_sheet_has_the_days_dossiers_the_ledger_and_the_head_after_its_own_line(
    counter: Counter, shift: CloseShift
) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    counter.add_page(counter.opened().id, SHEET, OFFICER)
    sheet = shift(OFFICER, "Cán bộ Mẫu")
    assert [row.number for row in sheet.rows] == [sealed.number]
    assert sheet.whole
    assert [row.verdict for row in sheet.balance] == ["Khớp"] * 5
    assert (sheet.closed_by, sheet.closed_at) == ("Cán bộ Mẫu", MORNING)
    newest = counter.store.audit.entries()[0]
    assert (newest.deed, newest.by, newest.detail["dossiers"]) == ("close_shift", OFFICER, 1)
    head = SignedHead.parse(sheet.trail_signed)
    assert head.is_genuine()
    assert sheet.trail_head == head.short
    assert counter.store.audit.verify(Head(head.seq, head.hash)) is None
    (page, *_more) = counter.forms.images(FormName.CLOSING, sheet, 200)
    assert sheet.trail_signed in ImageCodeReader().read_codes(page), "as a scanner would see it"


def test_a_gap_stops_nobody_and_is_said_in_words(counter: Counter, shift: CloseShift, folder: DataFolder) -> None:
    dossier = counter.opened()
    counter.add_page(dossier.id, SHEET, OFFICER)
    next(file for file in folder.pages.glob("*/*") if file.is_file()).unlink()
    sheet = shift(OFFICER)
    assert not sheet.whole
    assert any("mất tệp ảnh" in row.said and "2.000815 09:00 20/11" in row.said for row in sheet.balance)
    assert counter.store.audit.entries()[0].detail["gaps"] == "no_file"


def test_who_may_not_close_a_shift_does_not(counter: Counter, shift: CloseShift) -> None:
    it = Person("it.mau", "Máy Mẫu", frozenset({Role.IT}))
    shift._permits = RolePermits(attendance(it))
    with pytest.raises(RuleError, match=r"people\.not_allowed"):
        shift("it.mau")
    assert shift.today("it.mau").fed == 0, "IT may look"
