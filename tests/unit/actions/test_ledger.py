"""The conservation ledger over a counter at work: every image is somewhere, or somebody took it out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from station.dossier.capture import ScanJob
from station.dossier.conservation import BroughtBack, Counts, Gap, gaps
from station.dossier.delivery import Delivery, HubReceipt
from station.dossier.dossier import Dossier
from station.dossier.judgement import Judgement
from station.errors import DeviceError
from station.paths import DataFolder
from station.store.backup import brought_back as restoration
from station.store.database import Database

from .conftest import MORNING, OFFICER, Counter

EVENING = MORNING - timedelta(hours=15)
JOB = ScanJob("scanner", "adf")
LEFT = ((0.0, 0.0), (1.0, 0.0), (1.0, 2.0), (0.0, 2.0))
RIGHT = ((1.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 2.0))


def whole(counter: Counter) -> Counts:
    counts = counter.store.ledger.counts()
    assert gaps(counts) == ()
    return counts


def scan(counter: Counter, dossier: Dossier, *sheets: bytes) -> Dossier:
    counter.sheets.sheets = list(sheets)
    counter.scan(dossier.id, JOB, OFFICER, lambda _page: None, threading.Event())
    for page in counter.get(dossier).pages:
        counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    return counter.get(dossier)


def spoil(counter: Counter, statement: str, *values: object) -> None:
    """Change a row behind everybody's back."""
    database: Database = counter.store.dossiers._database
    with database.writing() as connection:
        assert connection.exec_driver_sql(statement, values).rowcount > 0


def receive(counter: Counter) -> None:
    for event in counter.store.outbox.pending():
        told = (event.pages, MORNING.isoformat(), "H-1", True, "key", "signature")
        counter.store.outbox.keep_receipt(event, HubReceipt(event.station, event.seq, event.dossier_id, *told))


def test_what_was_scanned_is_counted_as_fed_kept_and_stored(counter: Counter) -> None:
    scan(counter, counter.opened(), b"one", b"two", b"three")
    counts = whole(counter)
    assert (counts.fed, counts.taken, counts.in_open, counts.stored) == (3, 3, 3, 3)


def test_the_same_sheet_scanned_twice_is_two_sheets(counter: Counter) -> None:
    dossier = scan(counter, counter.opened(), b"same", b"same")
    assert whole(counter).taken == 2
    counter.remove_page(dossier.id, dossier.pages[0].id, dossier.pages[0].sha256, OFFICER)
    counts = whole(counter)
    assert (counts.in_open, dict(counts.set_aside)) == (1, {"remove_page": 1})


@pytest.mark.parametrize(("code", "fed"), [("device.jammed", 3), ("device.cancelled", 2), ("device.lost", 2)])
def test_a_run_that_ends_badly_says_why_a_sheet_was_not_kept(counter: Counter, code: str, fed: int) -> None:
    counter.sheets.failure = DeviceError(code)
    with pytest.raises(DeviceError):
        scan(counter, counter.opened(), b"one", b"two")
    counts = whole(counter)
    assert (counts.fed, counts.taken, sum(counts.not_kept.values())) == (fed, 2, fed - 2)


def test_a_sheet_that_the_dossier_would_not_take_is_explained(counter: Counter) -> None:
    dossier = counter.opened()
    counter.discard(dossier.id, OFFICER)
    with pytest.raises(Exception, match=r"dossier\.not_open"):
        scan(counter, dossier, b"late")
    assert dict(whole(counter).not_kept) == {"dossier.not_open": 1}


def test_the_picture_of_a_card_is_fed_and_kept_nowhere(counter: Counter) -> None:
    counter.sheets.sheets = [b"card"]
    counter.scan.one_image(JOB, threading.Event())
    counts = whole(counter)
    assert (counts.fed, counts.taken, dict(counts.not_kept)) == (1, 0, {"not_for_pages": 1})


def test_a_run_that_the_program_did_not_survive_is_found_broken_off(counter: Counter) -> None:
    scan(counter, counter.opened(), b"one")
    spoil(counter, "UPDATE feeding SET ended_at = NULL")
    from station.store.rows import intake

    with counter.store.dossiers._database.writing() as connection:
        assert intake.close_broken_off(connection, MORNING) == 1
    assert whole(counter).broken_off == 1


def test_a_sheet_of_two_papers_is_one_image_until_its_last_part_is_gone(counter: Counter) -> None:
    dossier = scan(counter, counter.opened(), b"two papers")
    page = dossier.pages[0]
    counter.gate.says[b"two papers"] = Judgement((), "f", papers=(LEFT, RIGHT))
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    first, second = counter.get(dossier).pages
    assert (whole(counter).taken, first.image, second.image) == (1, page.id, page.id)
    counter.remove_page(dossier.id, first.id, first.sha256, OFFICER)
    assert whole(counter).in_open == 1
    counter.remove_page(dossier.id, second.id, second.sha256, OFFICER)
    counts = whole(counter)
    assert (counts.in_open, dict(counts.set_aside)) == (0, {"remove_page": 1})
    counter.queue.undo(dossier.id, OFFICER)
    counts = whole(counter)
    assert (counts.in_open, dict(counts.set_aside)) == (1, {})


def test_an_image_that_was_replaced_and_brought_back_is_counted_where_it_is(counter: Counter) -> None:
    dossier = scan(counter, counter.opened(), b"blurred")
    counter.sheets.sheets = [b"sharp"]
    counter.scan.again(dossier.id, dossier.pages[0], JOB, OFFICER, lambda _: None, threading.Event())
    counts = whole(counter)
    assert (counts.fed, counts.taken, counts.in_open, dict(counts.set_aside)) == (2, 2, 1, {"replace_page": 1})
    counter.queue.undo(dossier.id, OFFICER)
    counts = whole(counter)
    assert (counts.in_open, dict(counts.set_aside)) == (1, {"undo": 1})
    counter.queue.undo.redo(dossier.id, OFFICER)
    assert whole(counter).in_open == 1


def test_a_discarded_dossier_keeps_its_images_on_the_books(counter: Counter) -> None:
    dossier = scan(counter, counter.opened(), b"one")
    counter.discard(dossier.id, OFFICER)
    counts = whole(counter)
    assert (counts.in_open, counts.in_discarded, counts.stored) == (0, 1, 1)


def test_sealed_images_are_queued_and_then_acknowledged(counter: Counter) -> None:
    dossier = counter.ready()
    scan(counter, dossier, b"one", b"two")
    counter.seal(dossier.id, OFFICER, despite_warnings=True)
    counts = whole(counter)
    assert (counts.in_sealed, counts.queued, counts.waiting, counts.acknowledged) == (2, 2, 2, 0)
    event = counter.store.outbox.pending()[0]
    counter.store.outbox.note(event.station, event.seq, Delivery.REFUSED, "hub.refused", None, None)
    assert whole(counter).refused == 2
    counter.store.outbox.note(event.station, event.seq, Delivery.WAITING, None, None, None)
    receive(counter)
    counts = whole(counter)
    assert (counts.waiting, counts.acknowledged) == (0, 2)


def test_a_day_has_only_what_went_in_on_it(counter: Counter) -> None:
    scan(counter, counter.opened(), b"today")
    counter.clock.time = MORNING + timedelta(days=1)
    scan(counter, counter.opened(), b"tomorrow", b"tomorrow too")
    midnight = counter.clock.time.replace(hour=0)
    ledger = counter.store.ledger
    assert ledger.counts(midnight - timedelta(days=1), midnight).taken == 1
    assert ledger.counts(midnight, midnight + timedelta(days=1)).fed == 2
    assert ledger.counts().taken == 3


def lose_a_row(counter: Counter, folder: DataFolder) -> None:
    spoil(counter, "DELETE FROM page WHERE position = 1")


def lose_a_file(counter: Counter, folder: DataFolder) -> None:
    next(file for file in folder.pages.glob("*/*") if file.is_file()).unlink()


def lose_an_event(counter: Counter, folder: DataFolder) -> None:
    spoil(counter, "DELETE FROM delivery")
    spoil(counter, "DELETE FROM outbox")


def lose_a_delivery(counter: Counter, folder: DataFolder) -> None:
    spoil(counter, "DELETE FROM delivery")


def forget_a_receipt(counter: Counter, folder: DataFolder) -> None:
    receive(counter)
    spoil(counter, "DELETE FROM receipt")


def lose_an_intake(counter: Counter, folder: DataFolder) -> None:
    spoil(counter, "DELETE FROM intake WHERE id = (SELECT min(id) FROM intake)")


def set_aside_by_nobody(counter: Counter, folder: DataFolder) -> None:
    spoil(counter, "UPDATE intake SET set_aside = 'remove_page'")


@pytest.mark.parametrize(
    ("lose", "gap"),
    [
        (lose_a_row, Gap.NOWHERE),
        (lose_a_file, Gap.NO_FILE),
        (lose_an_event, Gap.NOT_QUEUED),
        (lose_a_delivery, Gap.UNDELIVERED),
        (forget_a_receipt, Gap.UNDELIVERED),
        (lose_an_intake, Gap.UNCOUNTED),
        (set_aside_by_nobody, Gap.TWICE),
    ],
)
def test_whatever_is_lost_behind_everybodys_back_shows_with_the_dossiers_number(
    counter: Counter, folder: DataFolder, lose: Callable[[Counter, Path], None], gap: Gap
) -> None:
    dossier = counter.ready()
    scan(counter, dossier, b"one", b"two")
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    whole(counter)
    lose(counter, folder)
    counts = counter.store.ledger.counts()
    assert gap in gaps(counts)
    assert counts.missing[gap][0] == sealed.number


def test_a_hole_in_the_events_numbers_shows(counter: Counter) -> None:
    for _ in range(3):
        counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    spoil(counter, "DELETE FROM delivery WHERE seq = 2")
    spoil(counter, "DELETE FROM outbox WHERE seq = 2")
    counts = counter.store.ledger.counts()
    assert counts.missing[Gap.SEQUENCE] == ("T01/2",)


def bring_back(counter: Counter, hub_has: int | None = None) -> None:
    """As if this machine had been restored this morning from a backup of the evening before."""
    with counter.store.dossiers._database.writing() as connection:
        restoration.begin(connection, 1, EVENING, counter.clock.now(), {})
    if hub_has is not None:
        counter.store.restorations.settle(hub_has)


def test_what_a_restoration_left_behind_is_told_though_all_that_is_here_adds_up(counter: Counter) -> None:
    for _ in range(2):
        counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    bring_back(counter, hub_has=5)
    counts = whole(counter)
    assert counts.brought_back == (BroughtBack(EVENING, range(3, 6)),)
    assert not counts.is_whole


def test_until_the_hub_was_asked_nobody_knows_what_is_gone(counter: Counter) -> None:
    bring_back(counter)
    assert whole(counter).brought_back == (BroughtBack(EVENING, None),)
    assert not whole(counter).is_whole
    next_day = MORNING + timedelta(days=1)
    assert counter.store.ledger.brought_back(next_day) == (BroughtBack(EVENING, None),)
    counter.store.restorations.settle(0)
    assert whole(counter).is_whole, "the hub has nothing that is not here"


def test_a_restoration_is_told_on_its_own_day_only(counter: Counter) -> None:
    bring_back(counter, hub_has=5)
    day = counter.clock.now().replace(hour=0, minute=0)
    ledger = counter.store.ledger
    assert ledger.counts(day, day + timedelta(days=1)).brought_back
    assert not ledger.counts(day + timedelta(days=1), day + timedelta(days=2)).brought_back
