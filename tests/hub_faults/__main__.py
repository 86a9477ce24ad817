"""The table of `make hub-faults`: how often a hub at work was struck, what it had promised, and what is gone.

    python -m tests.hub_faults [--seconds 600] [--seed 1] [--only embedded|province]

A third of the time goes to one program with its folder, the rest to two nodes on one PostgreSQL and one object store.
Cutting the power and filling disks need root. The exit status is 1 where anything promised is gone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .sites import embedded, province
from .stations import AGAIN, AWAY
from .trial import Result, run

_SITES = {"embedded": (embedded, 1 / 3), "province": (province, 2 / 3)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=tuple(_SITES))
    told = parser.parse_args()
    broken = 0
    for name, (make, share) in _SITES.items():
        if told.only in (None, name):
            with tempfile.TemporaryDirectory() as folder, make(Path(folder)) as site:
                result = run(site, told.seconds * (1 if told.only else share), told.seed)
            _print(result)
            broken += len(result.losses)
    return 1 if broken else 0


def _print(result: Result) -> None:
    struck, promised = result.strikes.total(), result.promised
    print(f"{result.name}: {struck} strikes in {result.seconds / 60:.1f} min")
    print(f"  {'':<32}{'strikes':>8}{'pages under way':>17}")
    for kind, count in sorted(result.strikes.items()):
        print(f"  {kind:<32}{count:>8}{result.under_way[kind]:>17}")
    rows = [
        ("pages cut off without an answer", promised.cut.total()),
        ("pages acknowledged", len(promised.pages)),
        ("receipts given", len(promised.receipts)),
        ("requests put off (503)", sum(promised.refusals[told] for told in AWAY)),
        ("pages begun again (422)", promised.refusals[AGAIN]),
        ("promises broken", len(result.losses)),
    ]
    for words, number in rows:
        print(f"  {words:<32}{number:>8}")
    print(f"  {'longest start of a node, s':<32}{result.longest_start:>8.1f}", flush=True)
    for loss in result.losses[:20]:
        print(f"    {loss}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
