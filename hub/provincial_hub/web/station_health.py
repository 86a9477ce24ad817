"""Which station needs help, and what is to be done about it: pure rules over what the hub knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from provincial_hub.keeping.station_view_books import StationSeen

GRAVE = 50
"""From this weight on somebody should call the commune today."""
SKEW = timedelta(minutes=5)
GRAVE_SKEW = timedelta(hours=12)
LITTLE_DISK, HARDLY_ANY_DISK = 10 * 10**9, 2 * 10**9
QUIET, SILENT = timedelta(days=1), timedelta(days=4)
"""A counter is closed over the weekend: who is not heard of for longer than that has a problem."""
LATE, VERY_LATE = timedelta(days=1), timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Need:
    """`key` names two sentences: what is the matter, and what to do. `weight` grows with the trouble."""

    key: str
    weight: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StationHealth:
    station: StationSeen
    needs: tuple[Need, ...]

    @property
    def weight(self) -> int:
        return max((need.weight for need in self.needs), default=0)

    @property
    def level(self) -> str:
        if self.station.shut_out_at:
            return "out"
        if self.weight >= GRAVE:
            return "grave"
        return "watch" if self.needs else "well"


def health(stations: Sequence[StationSeen], now: datetime) -> list[StationHealth]:
    """Who needs help most comes first; who was shut out on purpose comes last."""
    newest = max((_version(one) for one in stations), default=())
    judged = [StationHealth(one, tuple(sorted(_needs(one, now, newest), key=_weight))) for one in stations]
    return sorted(judged, key=lambda one: (one.level == "out", -one.weight, one.station.name))


def _needs(one: StationSeen, now: datetime, newest: tuple[int, ...]) -> list[Need]:
    if one.shut_out_at:
        return []
    needs = [*_contact(one, now), *_backlog(one, now), *_machine(one, newest)]
    if one.alarms:
        needs.append(Need("alarms", 90, {"n": one.alarms}))
    return needs


def _contact(one: StationSeen, now: datetime) -> list[Need]:
    if one.seen_at is None:
        return [Need("never_seen", 20)]
    silent = now - datetime.fromisoformat(one.seen_at)
    if silent >= QUIET:
        return [Need("silent", 80 if silent >= SILENT else 30, {"for": silent})]
    return []


def _backlog(one: StationSeen, now: datetime) -> list[Need]:
    needs = []
    refused, oldest = int(one.report.get("refused", 0)), one.report.get("oldest_waiting_at")
    if refused:
        needs.append(Need("refused", 70, {"n": refused}))
    if oldest is not None:
        waiting = now - datetime.fromisoformat(oldest)
        if waiting >= LATE:
            weight = 75 if waiting >= VERY_LATE else 40
            needs.append(Need("waiting", weight, {"for": waiting, "n": int(one.report.get("waiting", 0))}))
    return needs


def _machine(one: StationSeen, newest: tuple[int, ...]) -> list[Need]:
    needs = []
    free = one.report.get("free_bytes")
    if free is not None and free < LITTLE_DISK:
        needs.append(Need("disk", 85 if free < HARDLY_ANY_DISK else 35, {"free": int(free)}))
    if one.clock_offset_ms is not None and abs(one.clock_offset_ms) >= SKEW.total_seconds() * 1000:
        off = timedelta(milliseconds=abs(one.clock_offset_ms))
        key = "clock_ahead" if one.clock_offset_ms > 0 else "clock_behind"
        needs.append(Need(key, 60 if off >= GRAVE_SKEW else 25, {"by": off}))
    if one.report and _version(one) < newest:
        needs.append(Need("version", 10, {"version": one.report.get("version", "")}))
    return needs


def _weight(need: Need) -> int:
    return -need.weight


def _version(one: StationSeen) -> tuple[int, ...]:
    parts = str(one.report.get("version", "")).split("+")[0].split("-")[0].split(".")
    return tuple(int(part) for part in parts if part.isdecimal())
