"""The table of `make bad-link`: stations behind bad lines, and what else one could send their pages by.

    python -m tests.bad_link [--seed 1] [--seeds 5] [--only NAME]

Every row of the first table is a fresh hub and a fresh station with sealed dossiers; each must reach the hub exactly
once, whole. Bytes on the wire are all that the line carried both ways, headers of IP, TCP and TLS and what was lost
on it included. The second table sends more pages, by each way in turn, over the line of which the cost is asked, with
TLS all of them; its resets come at the same moments for each way. Its last columns say where the bytes went.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.bad_link.front import Front, Mood
from tests.bad_link.trial import Load, Play, Result, deliver, deliver_by_a_peer
from tools.bad_link.link import Terms
from tools.bad_link.namespace import can_be_made

BAD = Terms(rate=256e3, delay=0.15, loss=0.05, resets_every=6)
"""Of this line the issue of cost is asked."""
PAGES, MANY_PAGES = Load(2, 2, 60_000), Load(3, 4, 100_000)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    terms: Terms
    load: Load = PAGES
    play: Play = lambda _front, _trouble: None
    hours: float = 0.0
    """How many pass at the counter in a second."""


_TOLD = {Mood.PORTAL: "hub.web_page", Mood.STRANGER: "hub.not_trusted", Mood.PLAIN: "hub.not_tls"}


def lies(*moods: Mood) -> Play:
    """The line is in each mood until the station tells of it, and in the last for good.

    That a connection has ended is not enough: a reset may have taken what was said on it.
    """
    following = dict(pairwise(moods))

    def play(front: Front, trouble: str | None) -> None:
        if trouble is None:
            front.mood = moods[0]
        elif trouble == _TOLD.get(front.mood):
            front.mood = following.get(front.mood, front.mood)

    return play


CASES = (
    Case("a good line", Terms()),
    Case("64 kbit/s, 10 % lost", Terms(rate=64e3, delay=0.15, loss=0.10)),
    Case("256 kbit/s, 5 % lost", replace(BAD, resets_every=None)),
    Case("the same, reset every 6 s", BAD),
    Case("away 6 of every 15 s", Terms(rate=256e3, delay=0.1, away=(15, 6))),
    Case("away 8 of every 10 s", Terms(rate=256e3, delay=0.1, away=(10, 8))),
    Case("away for six hours, then there", Terms(rate=2e6, delay=0.05, away=(1e6, 36)), hours=1 / 6),
    Case("a captive portal first", Terms(rate=2e6, delay=0.05), play=lies(Mood.PORTAL, Mood.OPEN)),
    Case("cut after 1 MB upwards", Terms(rate=8e6, delay=0.03), Load(2, 2, 1_500_000), lies(Mood.CUT)),
    Case("no TLS first", Terms(rate=2e6, delay=0.05), play=lies(Mood.PLAIN, Mood.OPEN)),
    Case("somebody else's TLS first", Terms(rate=2e6, delay=0.05), play=lies(Mood.STRANGER, Mood.OPEN)),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=5, help="how many lines the ways are compared on")
    parser.add_argument("--only", default="", help="the cases and ways whose name begins so")
    told = parser.parse_args()
    if not can_be_made():
        sys.stderr.write("Network namespaces need root, a TUN device and iproute2.\n")
        return 1
    faults = _cases(told.only, told.seed)
    for name, way in WAYS.items():
        if name.startswith(told.only):
            _compare(name, way, range(told.seed, told.seed + told.seeds))
    print(f"\n{faults} dossiers or pages lost, doubled or incomplete")
    return 1 if faults else 0


WAYS: dict[str, Callable[[Path, int], Result]] = {
    "ours": lambda folder, seed: deliver(folder, BAD, MANY_PAGES, seed=seed),
    "tus, 64 KiB": lambda folder, seed: deliver_by_a_peer(folder, BAD, MANY_PAGES, "tus", seed),
    "plain PUT": lambda folder, seed: deliver_by_a_peer(folder, BAD, MANY_PAGES, "plain", seed),
}
HEADS = f"{'seconds':>9}{'payload, kB':>13}{'wire / payload':>16}{'resets':>8}"


def _cases(only: str, seed: int) -> int:
    print(f"{'':<32}{HEADS}  troubles told")
    faults = 0
    for case in CASES:
        if case.name.startswith(only):
            result = _run(
                lambda folder, case=case: deliver(folder, case.terms, case.load, case.play, seed, hours=case.hours)
            )
            faults += len(result.faults)
            print(f"{case.name:<32}{_figures(result)}  {', '.join(result.faults or result.troubles)}", flush=True)
    return faults


def _compare(name: str, way: Callable[[Path, int], Result], seeds: Sequence[int]) -> None:
    print(f"\n{name:<32}{HEADS}{'  '.join(['', *WHERE])}")
    results = []
    for seed in seeds:
        results.append(result := _run(lambda folder, seed=seed: way(folder, seed)))
        print(f"{f'line {seed}':<32}{_figures(result)}{_spent(result)}  {', '.join(result.faults)}", flush=True)
    costs, seconds = sorted(one.cost for one in results), sorted(one.seconds for one in results)
    print(
        f"  median {median(costs):.2f} ({costs[0]:.2f} to {costs[-1]:.2f}),"
        f" {median(seconds):.0f} s ({seconds[0]:.0f} to {seconds[-1]:.0f})",
        flush=True,
    )


def _run(trial: Callable[[Path], Result]) -> Result:
    with tempfile.TemporaryDirectory() as temporary:
        return trial(Path(temporary))


def _figures(result: Result) -> str:
    return f"{result.seconds:>9.1f}{result.payload / 1000:>13.0f}{result.cost:>16.2f}{result.resets:>8}"


WHERE = {
    "bodies": "bodies",
    "http": "HTTP",
    "tls": "TLS",
    "in_vain": "in vain",
    "again": "again",
    "headers": "IP, TCP",
}


def _spent(result: Result) -> str:
    spent = asdict(result.spent) if result.spent else {}
    return "".join(f"  {spent[name] / result.payload:>{len(head)}.1%}" for name, head in WHERE.items())


if __name__ == "__main__":
    sys.exit(main())
