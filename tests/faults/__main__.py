"""The table of `make faults`: what was tried, what was lost (nothing may be), and how long a restart took at most.

    python -m tests.faults [--seconds 600] [--workers 2] [--seed 1]

Half of the time goes to kills. A restart is the whole program's, but for the passphrase and for reading the resources,
which are parsed once for all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from .counter import parse_resources_once
from .disks import power_disk, small_disk
from .flips import LOG, flipped_bits
from .matrix import Row, Trial, disk_full, first_start, flush_fails, hubs, kill, power_cut, write_fails
from .writes import can_be_watched

_SHARES = {
    "killed": 0.56,
    "killed at the first start": 0.08,
    "power cut": 0.12,
    "disk full": 0.09,
    "flush refused": 0.06,
    "write refused": 0.05,
    "flipped bit": 0.03,
    "flipped bit in the log": 0.01,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    if not can_be_watched():
        sys.stderr.write("This system does not let one process watch another's writes.\n")
        return 1
    parse_resources_once()
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(told.workers) as pool:
        jobs = [(told.seconds, told.seed + worker) for worker in range(told.workers)]
        table = pool.starmap(worker, jobs)
    rows = table[0]
    for other in table[1:]:
        for row, more in zip(rows, other, strict=True):
            row.add(more)
    _print(rows, time.monotonic() - began)
    return 1 if any(row.losses for row in rows) else 0  # the hub's books count for the first row


def worker(seconds: float, seed: int) -> list[Row]:
    """All rows, each for its share of the time."""
    dice = random.Random(seed)
    os.nice(10)

    def until(name: str) -> float:
        return time.monotonic() + seconds * _SHARES[name]

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with hubs(folder) as hub, power_disk(folder) as power, small_disk(folder) as small:
            rows = [Trial("killed", folder, hub, kill, dice).run(until("killed"))]
            rows.append(first_start(folder, dice, until("killed at the first start")))
            name = "power cut"
            rows.append(Trial(name, power.place, hub, power_cut(power), dice).run(until(name)) if power else Row(name))
            name = "disk full"
            rows.append(Trial(name, small.place, hub, disk_full(small), dice).run(until(name)) if small else Row(name))
            rows.append(Trial("flush refused", folder, hub, flush_fails, dice).run(until("flush refused")))
            rows.append(Trial("write refused", folder, hub, write_fails, dice).run(until("write refused")))
            rows.append(flipped_bits(folder, hub, dice, until("flipped bit")))
            rows.append(flipped_bits(folder, hub, dice, until("flipped bit in the log"), kinds=LOG))
            rows[0].losses += hub.losses()
    return rows


def _print(rows: list[Row], seconds: float) -> None:
    columns = ("faults tried", "different points", "refusals told", "delivered", "losses", "longest restart, s")
    print(f"{'':<28}" + "".join(f"{column:>20}" for column in columns))
    for row in rows:
        if not row.tried:
            print(f"{row.name:<28}{'not tried':>20}")
            continue
        counts = (row.tried, len(row.points), row.refusals, row.delivered, len(row.losses))
        print(f"{row.name:<28}" + "".join(f"{count:>20}" for count in counts) + f"{row.longest:>20.2f}")
    total, lost = sum(row.tried for row in rows), sum(len(row.losses) for row in rows)
    print(f"\n{total} faults in {seconds:.0f} s, {lost} losses")
    for row in rows:
        for loss in row.losses[:5]:
            print(f"  {row.name}: {loss}")


if __name__ == "__main__":
    sys.exit(main())
