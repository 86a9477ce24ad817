"""What cannot be kept is not begun, and no date is promised by a clock that is behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from station.actions.guard_work import GuardWork
from station.actions.permits import RolePermits
from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.delivery import HubReceipt
from station.dossier.guards import ROOM_TO_SEAL, Ground, before_beginning, before_sealing
from station.dossier.people import Person, Role
from station.errors import RuleError, StoreError
from station.language import Language
from station.sync.hub_clock import HubClock
from tests.people import attendance

from .conftest import COPIES, MORNING, OFFICER, Counter

PLENTY = 10**12


class Shaky:
    """Ground that the test makes worse."""

    def __init__(self, counter: Counter) -> None:
        self._store = counter.store
        self.free, self.writable = PLENTY, True

    def free_space(self) -> int:
        return self.free

    def is_writable(self) -> bool:
        return self.writable

    def newest_moment(self) -> datetime | None:
        return self._store.newest_moment()

    def hub_time(self) -> datetime | None:
        return self._store.hub_time()


@pytest.fixture
def ground(counter: Counter) -> Shaky:
    shaky = Shaky(counter)
    counter.guard._found = shaky
    return shaky


def codes(counter: Counter) -> list[str]:
    return [one.code for one in counter.guard.obstacles()]


def test_on_good_ground_nothing_is_told(counter: Counter) -> None:
    counter.opened()
    assert counter.guard.obstacles() == ()
    assert counter.store.is_writable()


def test_with_too_little_room_nothing_new_is_begun_and_what_is_open_can_be_sealed(
    counter: Counter, ground: Shaky
) -> None:
    dossier = counter.ready()
    ground.free = 100 * 10**6
    assert codes(counter) == ["guard.nearly_full"]
    with pytest.raises(StoreError, match=r"guard\.nearly_full"):
        counter.open(COPIES, OFFICER)
    assert counter.seal(dossier.id, OFFICER, despite_warnings=True).number
    ground.free = 10**6
    other = counter.dossiers.find()[0]
    with pytest.raises(StoreError, match=r"guard\.nearly_full"):
        counter.seal(other.id, OFFICER)


def test_a_full_disk_is_told_as_what_it_is(counter: Counter, ground: Shaky) -> None:
    ground.writable, ground.free = False, 0
    assert codes(counter) == ["guard.nearly_full"]


def test_where_nothing_can_be_written_nothing_is_begun(counter: Counter, ground: Shaky) -> None:
    ground.writable = False
    with pytest.raises(StoreError, match=r"guard\.not_writable"):
        counter.open(COPIES, OFFICER)


def test_a_clock_behind_the_trail_promises_no_date(counter: Counter) -> None:
    dossier = counter.ready()
    counter.clock.time = MORNING - timedelta(hours=1)
    assert codes(counter) == ["guard.clock_behind"]
    with pytest.raises(StoreError, match=r"guard\.clock_behind"):
        counter.seal(dossier.id, OFFICER, despite_warnings=True)
    assert counter.get(dossier).number is None
    counter.clock.time = MORNING - timedelta(minutes=9)
    assert counter.seal(dossier.id, OFFICER, despite_warnings=True).number


def test_a_clock_behind_the_hubs_signed_word_promises_no_date(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    event = counter.store.outbox.pending()[0]
    later = (MORNING + timedelta(days=2)).isoformat()
    receipt = HubReceipt(event.station, event.seq, sealed.id, event.pages, later, "H-1", True, "key", "signature")
    counter.store.outbox.keep_receipt(event, receipt)
    counter.clock.time = MORNING + timedelta(days=1)
    dossier = counter.ready()
    with pytest.raises(StoreError, match=r"guard\.clock_behind"):
        counter.seal(dossier.id, OFFICER, despite_warnings=True)
    counter.guard.confirm_clock(OFFICER)
    assert counter.guard.obstacles() == ()


def test_a_clock_that_once_ran_ahead_does_not_close_the_counter_for_ever(counter: Counter) -> None:
    with counter.dossiers.transaction() as kept:
        kept.audit(AuditEntry("open_dossier", OFFICER, MORNING + timedelta(days=900)))
    assert codes(counter) == ["guard.clock_behind"]
    officer = Person("lan.mau", "Lan Mẫu", frozenset({Role.OFFICER}))
    alone = GuardWork(counter.store, counter.dossiers, counter.clock, RolePermits(attendance(officer)))
    with pytest.raises(RuleError, match=r"people\.not_allowed"):
        alone.confirm_clock("lan.mau")
    counter.guard.confirm_clock(OFFICER)
    assert counter.guard.obstacles() == ()
    counter.clock.time = MORNING - timedelta(days=1)
    assert codes(counter) == ["guard.clock_behind"], "what was written since still counts"


@pytest.mark.parametrize("name", ["vi", "en"])
def test_every_obstacle_has_its_sentence_and_its_next_step(name: str) -> None:
    language = Language.load(name)
    worst = Ground(ROOM_TO_SEAL, False, MORNING, datetime(2027, 1, 1, tzinfo=VIETNAM))
    found = {one.code: language.error(one) for one in (*before_beginning(worst), *before_sealing(worst))}
    assert set(found) == {"guard.not_writable", "guard.nearly_full", "guard.clock_behind"}
    assert all(text.sentence and text.remedy for text in found.values())


@pytest.mark.parametrize(("minutes", "told"), [(4, False), (-4, False), (6, True), (-6, True), (60 * 24 * 400, True)])
def test_a_clock_that_differs_from_the_hubs_is_told_and_forbids_nothing(
    counter: Counter, minutes: int, told: bool
) -> None:
    hub_clock = HubClock(counter.clock.now)
    guard = GuardWork(counter.store, counter.dossiers, counter.clock, counter.permits, lambda: hub_clock.ahead)
    assert guard.obstacles() == ()
    hubs = counter.clock.now() - timedelta(minutes=minutes)
    hub_clock.heard(format_datetime(hubs.astimezone(UTC), usegmt=True), timedelta())
    hub_clock.heard("no date at all", timedelta())
    assert [one.code for one in guard.obstacles()] == ["guard.clock_differs"] * told
    guard.must_be_able_to_begin()
    guard.must_be_able_to_seal()
