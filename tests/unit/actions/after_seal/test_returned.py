"""Dossiers that come back from the hub, and what goes with one that is erased."""

from __future__ import annotations

import pytest

from station.actions.hub_desk import HubDesk
from station.dossier.dossier import State
from station.errors import RuleError

from ..conftest import OFFICER, Counter, reading
from .telling_hub import NAME, WHY, Hub, events, hears, sealed


def test_a_returned_dossier_is_made_again_with_everything_that_was_digitised(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    open_one = counter.ready()
    counter.page(open_one, b"a page", reading())
    dossier = counter.seal(counter.answered(open_one).id, OFFICER, despite_warnings=True)
    with pytest.raises(RuleError, match=r"dossier\.not_returned"):
        desk.make_again(dossier.id, OFFICER)
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    again = desk.make_again(dossier.id, OFFICER)
    assert [page.sha256 for page in again.pages] == [page.sha256 for page in dossier.pages]
    assert again.pages[0].reused_from == dossier.id
    assert again.entry(NAME).value == "Nguyễn Thị Đặng"
    assert again.entry(NAME).answer is None, "the citizen is asked again"
    assert desk.returned() == []
    with pytest.raises(RuleError, match=r"dossier\.made_again"):
        desk.make_again(dossier.id, OFFICER)
    counter.clock.time = counter.store._now()  # the trail has lines of the store's own clock by now
    resealed = counter.seal(counter.answered(again).id, OFFICER, despite_warnings=True)
    assert resealed.state is State.SEALED
    assert events(counter)[-1].body["replaces"] == dossier.id
    assert "replaces" not in events(counter)[0].body


def test_a_returned_dossier_is_work_again_where_its_copy_was_thrown_away(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hears(counter, hub)
    counter.discard(desk.make_again(dossier.id, OFFICER).id, OFFICER)
    assert [one.dossier_id for one in desk.returned()] == [dossier.id]
    assert desk.make_again(dossier.id, OFFICER).state is State.OPEN


def test_what_was_told_and_corrected_goes_with_the_dossier_when_it_is_erased(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    with counter.store._database.writing() as connection:
        from station.store.forgetting import erasing

        serial = connection.exec_driver_sql("SELECT serial FROM dossier").scalar_one()
        connection.exec_driver_sql("DROP TRIGGER dossier_goes_with_a_record")
        for statement in erasing._ROWS:
            wanted = {"id": dossier.id, "serial": serial}
            connection.execute(statement, {name: wanted[name] for name in statement.compile().params})
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - constants
            for table in ("revision", "question", "hub_change")
        ]
    assert left == [0, 0, 0]
    assert counter.store.hub_feed.cursor(hub.authority) == 1
