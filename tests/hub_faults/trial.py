"""One site under load, struck at moments that nobody knows beforehand."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from .node import Node
from .reckoning import losses
from .sites import Site
from .stations import AGAIN, AWAY, Promised, Stations

_BETWEEN = 6
"""Receipts that come between two strikes, so that each strikes a hub at work."""


@dataclass
class Result:
    name: str
    promised: Promised
    strikes: Counter[str] = field(default_factory=Counter)
    under_way: Counter[str] = field(default_factory=Counter)
    """Pages that were on their way to a node at the moment it was struck, by the kind of strike."""
    seconds: float = 0.0
    longest_start: float = 0.0
    losses: list[str] = field(default_factory=list)


def run(site: Site, seconds: float, seed: int, most: int | None = None) -> Result:
    """Strike for so long, or so often; every kind in turn, in an order that the seed gives."""
    dice, stations = random.Random(f"{seed}/{site.name}"), Stations(site.nodes, seed)
    result = Result(site.name, stations.promised)
    began = time.monotonic()
    stations.start()
    try:
        while time.monotonic() - began < seconds and (most is None or result.strikes.total() < most):
            kinds = sorted(site.strikes)
            for kind in dice.sample(kinds, len(kinds)):
                stations.wait_for(_BETWEEN, seconds=20)
                time.sleep(dice.uniform(0, 0.2))
                if time.monotonic() - began < seconds and (most is None or result.strikes.total() < most):
                    strike = site.strikes[kind]
                    result.under_way[kind] += stations.wait_for_upload(strike.nodes, seconds=5)
                    strike.fall(stations)
                    result.strikes[kind] += 1
    finally:
        stations.finish()
    result.seconds = time.monotonic() - began
    result.longest_start = max(node.longest_start for node in site.nodes)
    expected = AWAY | ({AGAIN} if any("power" in kind for kind in result.strikes) else set())
    odd = {told: count for told, count in result.promised.refusals.items() if told not in expected}
    result.losses += losses(result.promised, site.nodes)
    result.losses += [f"answered {status} {code}, {count} times" for (status, code), count in odd.items()]
    if odd:
        result.losses += [line for node in site.nodes for line in _about_failures(node)]
    return result


def _about_failures(node: Node) -> list[str]:
    """What a node's log says of the requests that it answered with 500."""
    told = [json.loads(line) for line in node.log.read_text().splitlines() if line.startswith("{")]
    failed = {line["request"] for line in told if line.get("status") == 500}
    return [json.dumps(line) for line in told if line.get("request") in failed]
