"""How much of a page goes into one body: what the outcome of the last ones says of devices that cut, and of chance."""

from __future__ import annotations

from dataclasses import replace

from station.sync.answers import Standing
from station.sync.plan import Bodies, Failed, Outcome

GROW_AFTER = 16
CUT_AFTER = 3
"""So many breaks at one size are a device; two that left nothing of a body are often chance (decision 0120)."""
_SIZE_AT_FAULT = frozenset({"hub.body_cut", "hub.broken_off", "hub.timeout", "hub.failed"})


def after_body(bodies: Bodies, length: int, outcome: Outcome) -> Bodies:
    """A body of this length was sent."""
    match outcome:
        case Failed(code="hub.body_cut"):
            return _halved(bodies, length)
        case Failed(code=code) if code in _SIZE_AT_FAULT:
            return replace(bodies, broke_at=length, good=0)
        case Standing():
            if bodies.cut is not None and length >= bodies.cut[0]:
                bodies = replace(bodies, cut=None, alike=0)
            return _counted(bodies) if length >= bodies.most else bodies
        case _:
            return bodies


def after_break(bodies: Bodies, arrived: int) -> Bodies:
    """The hub was asked how many bytes of the broken body it holds.

    A device that cuts at some size cuts there every time, and a line that breaks now and then does not: so breaks at
    one size count only where as much arrived each time.
    """
    if bodies.broke_at is None:
        return bodies
    length, before = bodies.broke_at, bodies.cut
    as_before = before is not None and before[0] == length and abs(arrived - before[1]) <= bodies.least
    alike = bodies.alike + 1 if as_before else 1
    if alike >= CUT_AFTER:
        return _halved(bodies, length)
    return replace(bodies, broke_at=None, cut=(length, arrived), alike=alike)


def _counted(bodies: Bodies) -> Bodies:
    if bodies.good + 1 < GROW_AFTER:
        return replace(bodies, good=bodies.good + 1)
    return replace(bodies, most=min(2 * bodies.most, bodies.top), good=0)


def _halved(bodies: Bodies, length: int) -> Bodies:
    return replace(bodies, most=max(bodies.least, length // 2), broke_at=None, cut=None, alike=0, good=0)
