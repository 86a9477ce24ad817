"""One site under load, struck at moments that nobody knows beforehand."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from .reckoning import losses
from .sites import Site
from .stations import AWAY, Stations

_BETWEEN = 8
"""Receipts that come between two strikes, so that each strikes a hub at work."""


@dataclass
class Result:
    name: str
    strikes: Counter[str]
    pages: int
    receipts: int
    losses: list[str]
    refusals: Counter[tuple[int, str]]
    longest_start: float


def run(site: Site, seconds: float, seed: int, most: int | None = None) -> Result:
    """Strike for so long, or so often; every kind in turn, in an order that the seed gives."""
    dice, struck = random.Random(f"{seed}/{site.name}"), Counter[str]()
    stations = Stations(site.nodes, seed)
    ends = time.monotonic() + seconds
    stations.start()
    try:
        while time.monotonic() < ends and (most is None or struck.total() < most):
            kinds = sorted(site.strikes)
            for kind in dice.sample(kinds, len(kinds)):
                stations.wait_for(_BETWEEN, seconds=20)
                time.sleep(dice.uniform(0, 0.5))
                if time.monotonic() < ends and (most is None or struck.total() < most):
                    site.strikes[kind](stations)
                    struck[kind] += 1
    finally:
        stations.finish()
    promised = stations.promised
    lost = losses(promised, site.nodes)
    odd = {told: count for told, count in promised.refusals.items() if told not in AWAY}
    lost += [f"answered {status} {code}, {count} times" for (status, code), count in odd.items()]
    lost += [line for node in site.nodes if odd for line in node.log.read_text().splitlines() if '"error"' in line]
    longest = max(node.longest_start for node in site.nodes)
    return Result(site.name, struck, len(promised.pages), len(promised.receipts), lost, promised.refusals, longest)
