"""A sealed value corrected: on top of the seal, whole or not at all, and told to the hub."""

from __future__ import annotations

import pytest

from station import paths
from station.actions.hub_desk import HubDesk
from station.actions.seal_dossier import SealDossier
from station.dossier.correction import Origin
from station.dossier.delivery import Delivery
from station.dossier.dossier import State
from station.errors import InputError, RuleError
from station.joins.contract import keep_to_the_contract

from ..conftest import OFFICER, CommitRefusedError, Counter, commits_refused
from .telling_hub import NAME, NUMBER, WHY, Hub, events, hears, now_of, receives, sealed


def test_a_correction_stands_on_top_of_the_seal_and_goes_to_the_hub(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    before = dossier.entry(NAME).value
    made = desk.correct_sealed(dossier.id, NAME, "  Nguyễn Thị  Đặng ", WHY, OFFICER)
    assert counter.get(dossier) == dossier, "the seal is as it was"
    value = next(one for one in desk.changes_of(dossier.id).values if one.id == NAME)
    assert (value.sealed, value.now, value.waiting, value.asked) == (before, "Nguyễn Thị Đặng", True, False)
    told = events(counter)[-1]
    assert (told.kind, told.base_version, told.pages, told.seq) == ("dossier.corrected", 1, (), made.seq)
    assert told.body["changes"] == [{"value": NAME, "before": before, "after": "Nguyễn Thị Đặng"}]
    assert told.body["reason"] == WHY
    assert "correct_sealed" in counter.deeds(dossier)
    found = counter.dossiers.find("Đặng")
    assert [one.id for one in found] == [dossier.id], "found by what it is now, too"


def test_a_correction_is_whole_or_not_at_all(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    with pytest.raises(CommitRefusedError), commits_refused():
        desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    assert desk.changes_of(dossier.id).revisions == ()
    assert len(events(counter)) == 1
    assert "correct_sealed" not in counter.deeds(dossier)


@pytest.mark.parametrize(
    ("value", "after", "reason", "code"),
    [
        (NAME, " ", WHY, "value.empty"),
        (NAME, "Khác", " ", "value.no_correction_reason"),
        (NAME, "x" * 10_001, WHY, "value.too_long"),
        ("person/none", "Khác", WHY, "dossier.no_such_field"),
        (NUMBER, "0010900000", WHY, "value.form.id_number"),
        (NAME, "Nguyễn Thị Đăng", WHY, "dossier.same_value"),
    ],
)
def test_what_is_no_correction_is_said_before_anything_is_kept(
    counter: Counter, desk: HubDesk, value: str, after: str, reason: str, code: str
) -> None:
    dossier = sealed(counter)
    with pytest.raises((InputError, RuleError), match=code.replace(".", r"\.")):
        desk.correct_sealed(dossier.id, value, after, reason, OFFICER)
    assert len(events(counter)) == 1


def test_what_is_printed_so_is_kept_although_it_has_another_form_and_the_hub_is_told_so(
    counter: Counter, desk: HubDesk
) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NUMBER, "0010900000", WHY, OFFICER, as_printed=True)
    assert now_of(desk, dossier, NUMBER) == "0010900000"
    assert events(counter)[-1].body["changes"][0]["as_printed"] is True
    line = next(one for one in counter.store.audit.entries(dossier.id) if one.deed == "correct_sealed")
    assert line.detail["as_printed"] == 1
    desk.correct_sealed(dossier.id, NUMBER, "001090000009", WHY, OFFICER, as_printed=True)
    assert "as_printed" not in events(counter)[-1].body["changes"][0], "it has its form anyway"


def test_an_open_dossier_is_corrected_in_itself(counter: Counter, desk: HubDesk) -> None:
    with pytest.raises(RuleError, match=r"dossier\.never_sealed"):
        desk.correct_sealed(counter.ready().id, NAME, "Khác", WHY, OFFICER)


def test_the_hub_has_a_correction_once_it_says_so(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    seal, correction = events(counter)
    receives(counter, seal)
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert (progress.delivery, progress.hub_number) == (Delivery.WAITING, f"H-{seal.seq}")
    receives(counter, correction, version=2)
    word = desk.changes_of(dossier.id)
    assert (word.version, word.revisions[0].version, word.values[0].waiting) == (2, 2, False)
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert (progress.delivery, progress.hub_number) == (Delivery.RECEIVED, f"H-{seal.seq}"), "the dossier's own number"


def test_disjoint_corrections_merge_silently(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    other = next(entry for entry in dossier.entries if entry.id != NAME)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, other.id, other.value, "khác")
    hears(counter, hub)
    assert desk.questions() == []
    assert (now_of(desk, dossier), now_of(desk, dossier, other.id)) == ("Nguyễn Thị Đặng", "khác")
    assert [one.origin for one in desk.changes_of(dossier.id).revisions] == [Origin.STATION, Origin.HUB]


def test_what_the_hub_would_refuse_is_told_at_the_seal_and_nothing_is_kept(counter: Counter) -> None:
    keep_to_the_contract(counter.dossiers, paths.resources() / "contract")
    dossier = counter.ready()
    with pytest.raises(InputError, match=r"value\.too_long"):
        counter.correct(dossier.id, NAME, "x" * 10_001, OFFICER)
    misnamed = SealDossier(counter.dossiers, counter.procedures, counter.calendar, counter.clock, "T 01", counter.guard)
    with pytest.raises(RuleError, match=r"dossier\.not_for_hub \(place=/station: pattern\)"):
        misnamed(dossier.id, OFFICER, despite_warnings=True)
    assert counter.get(dossier).state is State.OPEN
    assert events(counter) == []
    assert counter.seal(dossier.id, OFFICER, despite_warnings=True).state is State.SEALED
