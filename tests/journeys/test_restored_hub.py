"""The hub is brought back from an older backup: the station notices, says so, and sends again what was lost, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.piles import BIRTH, COPIES, MARRIAGE, Pile
from tests.journeys.programs import AStation, Hub, until
from tests.journeys.test_kill_and_sync import assert_held, received, serve

Told = dict[str, Any]


def numbers_of(station: AStation) -> dict[str, str]:
    """The hub's number of each dossier, by what the station goes by now."""
    return {told["id"]: told["hub_number"] for told in station.do("state")}


def test_what_a_restored_hub_has_lost_comes_to_it_again_and_nothing_counts_twice(
    hub: Hub, start_station: Callable[..., AStation], tmp_path: Path
) -> None:
    station, sealed = start_station(BIRTH.folder), dict[str, Pile]()

    def serve_and_send(pile: Pile) -> None:
        sealed[serve(station, pile)] = pile
        assert until(lambda: received(station) == len(sealed)), station.do("state")

    serve_and_send(BIRTH)
    hub.back_up(tmp_path / "backup")

    # What happens afterwards, the hub will know nothing of: another key and token, and another dossier.
    assert station.do("change_access") is True
    station.close()
    station = start_station(MARRIAGE.folder)
    assert until(lambda: station.do("restored") == {"sentence": "", "change_wanted": False})
    serve_and_send(MARRIAGE)
    before = numbers_of(station)

    assert hub.bring_back(tmp_path / "backup") == {"restored": {"T01": 1}}
    assert [row["seq"] for row in hub.holdings()] == [1]
    lost = next(dossier for dossier, pile in sealed.items() if pile is MARRIAGE)
    station.close()
    station = start_station(COPIES.folder)
    assert until(lambda: "1 hồ sơ" in station.do("restored")["sentence"])
    assert until(lambda: "gửi lại đủ 1 hồ sơ" in station.do("restored")["sentence"]), station.do("state")
    serve_and_send(COPIES)

    # Each once, with every page; and the receipts at the counter are those that the hub would give.
    rows = assert_held(hub, sealed)
    after = numbers_of(station)
    assert after == {row["dossier_id"]: row["hub_number"] for row in rows}
    assert [dossier for dossier in before if after[dossier] != before[dossier]] == [lost], "no number is given twice"
    assert station.do("trail").count('"tell_again"') == 1
    station.close()
