"""What the hub tells: taken in once and whole, in order, signed, and also after it was restored."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from station.actions.hub_desk import HubDesk
from station.dossier.hub_changes import HubState
from station.errors import HubError, StoreError

from ..conftest import CommitRefusedError, Counter, commits_refused
from .telling_hub import NAME, Hub, hears, now_of, sealed


def test_code_states_and_a_return_are_told(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    hub.says("dossier.state", dossier_id=dossier.id, state="received", on="2026-11-20", note="")
    hub.says("dossier.code", dossier_id=dossier.id, code="H00.00.00-261120-0001", by="giamsat")
    hub.says("something.new", whatever=1)
    hub.says("dossier.state", dossier_id=dossier.id, state="in_progress", on="2026-11-21", note="đang thẩm định")
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hub.says("dossier.code", dossier_id="nobody", code="H00", by="giamsat")
    hub.at_once = 2
    hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert word.code is not None
    assert word.code.code == "H00.00.00-261120-0001"
    progress = counter.dossiers.progress(dossier.id)
    assert progress is not None
    assert progress.official_number == "H00.00.00-261120-0001"  # what the receipt prints from now on
    assert word.state is not None
    assert (word.state.state, word.state.note) == (HubState.IN_PROGRESS, "đang thẩm định")
    assert [one.reason for one in desk.returned()] == ["thiếu chữ ký"]
    assert [one.id for one in counter.dossiers.find("H00.00.00-261120-0001")] == [dossier.id]
    assert counter.store.hub_feed.cursor(hub.authority) == 6


def test_what_was_told_is_taken_in_once_and_whole(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đặng")
    hub.says("dossier.state", dossier_id=dossier.id, state="done", on="2026-11-20", note="")
    with pytest.raises(CommitRefusedError), commits_refused():
        hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 0
    assert desk.changes_of(dossier.id).states == ()
    for _ in range(2):
        hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert (len(word.states), len(word.revisions), word.version) == (1, 1, 2)
    assert now_of(desk, dossier) == "Nguyễn Thị Đặng"
    assert counter.get(dossier) == dossier


def test_a_gap_is_refused_and_asked_for_again(counter: Counter, hub: Hub) -> None:
    dossier = sealed(counter)
    for day in range(1, 4):
        hub.says("dossier.state", dossier_id=dossier.id, state="received", on=f"2026-11-0{day}", note="")
    whole = list(hub.told)
    hub.told = [whole[0], whole[2], whole[2]]
    with pytest.raises(HubError, match=r"hub\.bad_change"):
        hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 0
    hub.told = whole
    hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 3


@pytest.mark.parametrize("member", ["station", "cursor", "subject", "body", "signature", "at", "key_id"])
def test_a_change_that_the_hub_did_not_sign_is_never_used(
    counter: Counter, desk: HubDesk, hub: Hub, member: str
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.code", dossier_id=dossier.id, code="H1", by="giamsat")
    other = {"station": "T02", "cursor": 1, "subject": "dossier.state", "at": "2026-11-20T10:00:01+07:00"}
    hub.told[0][member] = (
        {"dossier_id": dossier.id, "code": "H2", "by": "x"} if member == "body" else other.get(member, "AA")
    )
    if member == "cursor":
        hub.told[0]["cursor"] = 2
    with pytest.raises(HubError, match=r"hub\.(bad_change|malformed_answer)"):
        hears(counter, hub)
    assert desk.changes_of(dossier.id).code is None
    assert counter.store.hub_feed.cursor(hub.authority) == 0


def test_a_hub_that_was_restored_is_believed_and_tells_nothing_twice(
    counter: Counter, desk: HubDesk, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.state", dossier_id=dossier.id, state="received", on="2026-11-20", note="")
    hub.says("dossier.code", dossier_id=dossier.id, code="H1", by="giamsat")
    hears(counter, hub)
    del hub.told[1:]
    hears(counter, hub)
    assert "went back" in caplog.text
    assert counter.store.hub_feed.cursor(hub.authority) == 1
    hub.says("dossier.code", dossier_id=dossier.id, code="H2", by="giamsat")
    hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert word.code is not None
    assert (word.code.code, len(word.states)) == ("H2", 1)


def test_a_gap_is_refused_by_the_store_itself(counter: Counter, hub: Hub) -> None:
    from station.sync.changes import read_changes

    hub.says("roster", version=2)
    hub.says("roster", version=3)
    content = hub.changes(0)
    assert content is not None
    batch = read_changes(content, "T01", 0, hub.authority)
    with pytest.raises(StoreError, match=r"store\.change_missing"):
        counter.store.hub_feed.take(hub.authority, "T01", batch.changes[1:])
    later = datetime.fromisoformat("2026-11-20T10:00:00+07:00") + timedelta(0)
    assert batch.changes[0].at == later
