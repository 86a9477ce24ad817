"""When a dossier may go, who may let it go, what holds it, and what its people are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from station import paths
from station.actions.correct_sealed import CorrectSealed
from station.actions.erase_dossiers import EraseDossiers, RetentionDays
from station.actions.hold_dossier import HoldDossier
from station.actions.make_certificate import MakeCertificate
from station.actions.make_receipt import Office
from station.actions.permits import RolePermits
from station.actions.see_dossiers import SeeDossiers
from station.actions.see_my_data import Confirmed, SeeMyData
from station.dossier.delivery import HubReceipt
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.people import STATION
from station.errors import InputError, RuleError
from station.scan.papers.folder import load_papers
from station.ui.my_data_words import words_of_my_data
from tests.people import LAN, MINH, attendance
from tests.unit.actions.conftest import BIRTH, MORNING, OFFICER, Counter

NUMBER = "001199000123"
MOTHER = "001175000456"
DAYS = RetentionDays(sealed=180, discarded=30)


class Forgetting:
    """What forgets, over one counter; a supervisor sits there."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.people = counter, attendance(MINH, LAN)
        permits, store = RolePermits(self.people), counter.store
        self.erase = EraseDossiers(
            store.erasing, counter.dossiers, counter.procedures, permits, counter.clock, "T01", DAYS
        )
        self.hold = HoldDossier(counter.dossiers, permits, counter.clock)
        self.my_data = SeeMyData(
            counter.dossiers,
            store.erasing,
            store.audit,
            store.pseudonyms,
            permits,
            counter.clock,
            self.erase.kept_until,
        )
        office = Office("XÃ MẪU", "Trung tâm", self.people, practice=False)
        self.certificate = MakeCertificate(
            store.erasing, counter.dossiers, counter.procedures, counter.clock, office, "T01", 7, self.people.name_of
        )

    def by_two(self, *dossiers: Dossier) -> list[str]:
        """Erase with Lan's word; the ids of what went."""
        self.people.vouch(LAN.id, "erase")
        return [one.dossier_id for one in self.erase([one.id for one in dossiers], MINH.id, LAN.id)]

    def due(self) -> list[str]:
        return [one.standing.dossier_id for one in self.erase.due()]

    def sealed(self) -> Dossier:
        counter = self.counter
        return counter.seal(counter.ready().id, OFFICER, despite_warnings=True)

    def received(self, at: datetime | None = None) -> Dossier:
        """Sealed, and in the hub's hands."""
        sealed, counter = self.sealed(), self.counter
        (event,) = counter.store.outbox.pending()
        told = (at or counter.clock.now()).isoformat()
        counter.store.outbox.keep_receipt(
            event,
            HubReceipt(event.station, event.seq, sealed.id, event.pages, told, f"H-{event.seq}", True, "k", "s"),
        )
        return sealed

    def pass_days(self, days: int) -> None:
        self.counter.clock.time += timedelta(days=days)


@pytest.fixture
def forgetting(counter: Counter) -> Forgetting:
    return Forgetting(counter)


def test_a_dossier_is_due_after_its_days_from_the_day_its_result_was_due(forgetting: Forgetting) -> None:
    sealed = forgetting.received()
    assert sealed.due_at is not None
    assert sealed.due_at > MORNING
    forgetting.counter.clock.time = sealed.due_at + timedelta(days=180, seconds=-1)
    assert forgetting.due() == []
    forgetting.counter.clock.time = sealed.due_at + timedelta(days=180)
    assert forgetting.due() == [sealed.id]


def test_what_the_hub_has_not_received_is_never_due(forgetting: Forgetting) -> None:
    unsent, opened = forgetting.sealed(), forgetting.counter.identified()
    forgetting.pass_days(5000)
    assert forgetting.due() == []
    with pytest.raises(RuleError, match=r"dossier\.nothing_due"):
        forgetting.by_two(unsent, opened)
    assert forgetting.counter.get(unsent) == unsent


def test_what_was_given_up_is_due_after_a_shorter_time(forgetting: Forgetting) -> None:
    given_up = forgetting.counter.discard(forgetting.counter.identified().id, OFFICER)
    forgetting.pass_days(29)
    assert forgetting.due() == []
    forgetting.pass_days(1)
    assert forgetting.by_two(given_up) == [given_up.id]


def test_it_takes_two(forgetting: Forgetting) -> None:
    given_up = forgetting.counter.discard(forgetting.counter.identified().id, OFFICER)
    forgetting.pass_days(31)
    for second in ("", MINH.id, LAN.id):  # nobody; oneself; somebody who has not vouched
        with pytest.raises(RuleError, match=r"people\.second_needed"):
            forgetting.erase([given_up.id], MINH.id, second)
    assert forgetting.counter.get(given_up) == given_up


def test_a_hold_beats_the_days_until_its_last_day_is_over_or_it_is_lifted(forgetting: Forgetting) -> None:
    held, lifted = (forgetting.counter.discard(forgetting.counter.identified().id, OFFICER) for _ in range(2))
    until = (MORNING + timedelta(days=60)).date()
    forgetting.hold(held.id, "Công văn 12/CV", until, MINH.id)
    forgetting.hold(lifted.id, "Công văn 13/CV", None, MINH.id)
    with pytest.raises(RuleError, match=r"dossier\.held"):
        forgetting.hold(held.id, "Công văn 14/CV", None, MINH.id)
    forgetting.pass_days(60)
    assert forgetting.due() == []
    assert {one.hold.reason for one in forgetting.hold.all()} == {"Công văn 12/CV", "Công văn 13/CV"}
    forgetting.pass_days(1)
    assert forgetting.due() == [held.id]
    forgetting.hold.lift(lifted.id, MINH.id)
    assert set(forgetting.due()) == {held.id, lifted.id}
    assert forgetting.counter.deeds(lifted)[:2] == ["lift_hold", "hold_dossier"]
    assert forgetting.hold.of(held.id) is None
    forgetting.hold(held.id, "Công văn 15/CV", None, MINH.id)
    assert forgetting.due() == [lifted.id]


@pytest.mark.parametrize(
    ("reason", "until", "code"),
    [(" ", None, r"value\.no_hold_reason"), ("Công văn", date(2026, 11, 19), r"value\.past_day")],
)
def test_a_hold_wants_a_reason_and_no_day_that_is_over(
    forgetting: Forgetting, reason: str, until: date | None, code: str
) -> None:
    with pytest.raises(InputError, match=code):
        forgetting.hold(forgetting.counter.opened().id, reason, until, MINH.id)


def test_the_certificate_says_what_went_who_did_it_and_until_when_backups_have_it(forgetting: Forgetting) -> None:
    sealed = forgetting.received()
    forgetting.pass_days(400)
    forgetting.by_two(sealed)
    (erased,) = forgetting.counter.store.erasing.newest()
    made = forgetting.certificate(erased.certificate, MINH.id)
    assert (made.by, made.second) == ("Lê Văn Minh Mẫu (minh.mau)", "Trần Thị Lan Mẫu (lan.mau)")
    assert (made.dossier_count, made.dossiers[0].number, made.dossiers[0].official_number) == (1, sealed.number, "H-1")
    assert made.cleared
    assert made.backups_until == forgetting.counter.clock.time.date() + timedelta(days=7)
    assert NUMBER not in repr(made)
    assert "Đăng" not in repr(made)
    with pytest.raises(RuleError, match=r"dossier\.no_certificate"):
        forgetting.certificate("XD.T01-26-9999", MINH.id)


def test_alone_the_machines_clock_erases_nothing(forgetting: Forgetting) -> None:
    sealed = forgetting.received()
    forgetting.pass_days(4000)
    assert list(forgetting.erase.automatically()) == []
    forgetting.received(forgetting.counter.clock.now())
    (erased,) = forgetting.erase.automatically()
    assert (erased.dossier_id, erased.by) == (sealed.id, STATION)
    assert forgetting.certificate.look(erased.certificate).automatic


def test_people_are_told_all_of_their_own_dossiers(forgetting: Forgetting) -> None:
    counter = forgetting.counter
    own, other = counter.identified(BIRTH), counter.opened()
    counter.page(own, b"a paper")
    asked = forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id)
    (held,) = asked.data.dossiers
    assert (held.dossier.id, held.own, asked.data.name) == (own.id, True, "Nguyễn Thị Đăng")
    assert [entry.deed for entry in held.looks][-2:] == ["identify_person", "open_dossier"]
    assert (len(held.pages), held.entries) == (1, counter.get(own).entries)
    assert "see_my_data" not in counter.deeds(other)


def test_what_was_corrected_after_the_seal_is_told_and_who_it_names_now(forgetting: Forgetting) -> None:
    counter, right = forgetting.counter, "001199000124"
    dossier = forgetting.sealed()
    correct = CorrectSealed(counter.dossiers, counter.clock, "T01")
    correct(dossier.id, "person/full_name", "Nguyễn Thị Đặng", "nhập nhầm so với thẻ", OFFICER)
    asked = forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id)
    (held,) = asked.data.dossiers
    assert asked.data.name == "Nguyễn Thị Đặng"
    assert held.dossier == counter.get(dossier), "the seal is as it was"
    name = next(one for one in held.entries if one.key == "full_name")
    words = words_of_my_data(load_papers(paths.resources() / "papers").kinds)
    assert words.value(name) == "Nguyễn Thị Đặng"
    assert words.source(held, name) == (
        f"đính chính ngày 20/11/2026, sau khi chốt; lúc chốt ghi: {dossier.person_name}. Lý do: nhập nhầm so với thẻ"
    )
    correct(dossier.id, "person/id_number", right, "nhập nhầm so với thẻ", OFFICER)
    assert forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id).data.dossiers == ()
    (held,) = forgetting.my_data(right, Confirmed.CARD, MINH.id).data.dossiers
    assert held.own


def test_who_is_only_named_is_told_of_their_own_part_alone(forgetting: Forgetting) -> None:
    counter = forgetting.counter
    dossier = counter.identified(BIRTH)
    page = counter.page(dossier, b"a birth notice")
    with counter.dossiers.transaction() as kept:
        loaded = kept.load(dossier.id)
        for key, value in (("mother.id_number", MOTHER), ("mother.full_name", "Phạm Thị Mẹ Mẫu"), ("child", "Con")):
            loaded = loaded.with_new_entry(Entry(f"{page.id}/{key}", key, value, page.id))
        kept.save(loaded)
    asked = forgetting.my_data(MOTHER, Confirmed.OFFICER, MINH.id)
    (held,) = asked.data.dossiers
    assert not held.own
    assert held.parts == ("mother.id_number",)
    assert [entry.value for entry in held.entries] == [MOTHER, "Phạm Thị Mẹ Mẫu"]
    assert held.pages == ()
    assert asked.data.name == "Phạm Thị Mẹ Mẫu"
    again = forgetting.my_data(MOTHER, Confirmed.OFFICER, MINH.id)
    assert again.data.dossiers[0].looks[0].deed == "see_my_data", "who asked before is told, too"
    assert all(MOTHER not in str(entry) for entry in counter.store.audit.entries())


def test_nobody_is_told_before_it_is_sure_who_asks(forgetting: Forgetting) -> None:
    forgetting.counter.identified()
    with pytest.raises(RuleError, match=r"people\.identity_not_confirmed"):
        forgetting.my_data(NUMBER, Confirmed.NOT, MINH.id)
    with pytest.raises(InputError, match=r"value\.bad_id_number"):
        forgetting.my_data("12", Confirmed.CARD, MINH.id)


def test_after_an_erasure_only_the_number_on_the_receipt_finds_its_certificate(forgetting: Forgetting) -> None:
    sealed = forgetting.received()
    forgetting.pass_days(400)
    forgetting.by_two(sealed)
    assert sealed.number is not None
    assert forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id).data.dossiers == ()
    asked = forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id, [sealed.number])
    assert [one.dossier_id for one in asked.erased] == [sealed.id]


def test_who_searched_by_a_number_is_told_to_whose_it_is(forgetting: Forgetting) -> None:
    counter = forgetting.counter
    see = SeeDossiers(counter.dossiers, counter.store.audit, counter.store.pseudonyms, counter.clock)
    see.find("001 199 000 123", LAN.id, 10)
    see.find(MOTHER, LAN.id, 10)
    (search,) = forgetting.my_data(NUMBER, Confirmed.CARD, MINH.id).data.searches
    assert (search.deed, search.by) == ("search_by_number", LAN.id)
