"""`python -m tests.sync_bugs`: every seeded bug of sync, and which promise of the state machine found it, how soon.

`--examples N` (600): how many stories to tell for each. First the same stories are told without a bug, in which nothing
may be found. Ends with 1 where a bug was missed, or one was found that nobody had seeded.
"""

from __future__ import annotations

import argparse
import logging
import sys

from tests.unit.sync.seeded_bugs import BUGS, Find, hunt


def main() -> int:
    parser = argparse.ArgumentParser(description="Does the state machine see the bugs that it should?")
    parser.add_argument("--examples", type=int, default=600, help="stories of up to 40 steps for each bug")
    examples = parser.parse_args().examples
    logging.disable(logging.CRITICAL)
    print(f"{'bug':31} {'found by':50} {'what it saw':50} {'examples':>8} {'seconds':>7}")
    clean = hunt(None, examples)
    _show(clean)
    missed = [_show(hunt(bug, examples)) for bug in BUGS].count(False)
    if clean.found_by:
        print(f"Without a seeded bug: {clean.told}")
    return 1 if missed or clean.found_by else 0


def _show(find: Find) -> bool:
    name = find.bug.value if find.bug else "(none)"
    told = find.told.removeprefix("AssertionError: ")[:50]
    print(f"{name:31} {find.found_by or '-':50} {told:50} {find.examples:8} {find.seconds:7.1f}", flush=True)
    return bool(find.found_by)


if __name__ == "__main__":
    sys.exit(main())
