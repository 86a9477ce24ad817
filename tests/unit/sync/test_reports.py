"""The station's word about itself: what the contract asks for, and only where something has changed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from provincial_hub.contract import validator

from station.clock import VIETNAM
from station.errors import HubError
from station.sync.reports import Backlog, SendReport

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=VIETNAM)


class Hub:
    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.up = True

    def report(self, body: bytes) -> None:
        if not self.up:
            raise HubError("hub.unreachable")
        self.told.append(json.loads(body))


def test_a_report_is_sent_where_something_has_changed_since_the_last_that_arrived() -> None:
    hub, backlog, clock = Hub(), [Backlog(0, 0, None, 0)], [NOON]
    send = SendReport(hub, lambda: backlog[-1], lambda: 50 * 10**9, lambda: clock[-1], "0.1.0", "vi")
    send()
    clock.append(NOON + timedelta(minutes=15))
    send()
    assert len(hub.told) == 1, "the time alone is no news"
    backlog.append(Backlog(2, 1, NOON, 900_000))
    hub.up = False
    with pytest.raises(HubError):
        send()
    hub.up = True
    send()
    assert [one["waiting"] for one in hub.told] == [0, 2]
    assert hub.told[-1]["oldest_waiting_at"] == NOON.isoformat()
    assert all(validator("report.schema.json").is_valid(one) for one in hub.told)
