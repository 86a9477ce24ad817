"""docs/traps.md promises a test for each trap: those it names are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [line for line in (ROOT / "docs/traps.md").read_text("utf-8").splitlines() if re.match(r"\| \d+ \|", line)]


def test_each_of_the_eighteen_traps_has_a_test() -> None:
    assert [int(row.split("|")[1]) for row in ROWS] == list(range(1, 19))
    for row in ROWS:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert named, row
        for file, test in named:
            assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), f"{file}::{test}"
