"""After a restoration no number and no event is given out a second time."""

from __future__ import annotations

from station.paths import DataFolder
from station.store.backup.brought_back import FAR
from station.store.store import Store
from tests.unit.store.backup.conftest import Station


def test_no_number_on_paper_is_given_out_twice(station: Station, bare: DataFolder) -> None:
    def number(store: Store, series: str) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_number(series)

    assert [number(station.store, "dossier 261120") for _ in range(7)] == list(range(1, 8))
    station.back_up()
    lost = [number(station.store, "dossier 261120"), number(station.store, "dossier 261121")]
    assert lost == [8, 1]
    station.destroy()
    with station.restore(bare) as restored:
        assert number(restored, "dossier 261120") == 1001
        assert [number(restored, "dossier 261121") for _ in range(2)] == [1001, 1002]


def test_events_go_on_above_the_highest_that_the_hub_keeps(station: Station, bare: DataFolder) -> None:
    def seq(store: Store) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_seq()

    assert [seq(station.store) for _ in range(16)][-1] == 16
    station.back_up()
    station.destroy()
    with station.restore(bare) as restored:
        assert restored.restorations.unsettled()
        restored.restorations.settle(19)
        assert not restored.restorations.unsettled()
        assert seq(restored) == 20
        (told,) = restored.restorations.all()
        assert told.lost == range(17, 20)
        assert restored.audit.entries()[0].detail == {"last_event": 16, "hub_event": 19, "lost_from": 17, "lost_to": 19}


def test_events_made_before_the_hub_can_be_asked_leave_room_for_what_was_lost(
    station: Station, bare: DataFolder
) -> None:
    def seq(store: Store) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_seq()

    station.back_up()
    station.destroy()
    with station.restore(bare) as restored:
        assert [seq(restored), seq(restored)] == [FAR + 1, FAR + 2]
        restored.restorations.settle(3)
        assert seq(restored) == FAR + 3
        (told,) = restored.restorations.all()
        assert told.lost == range(1, 4)
