"""Each parser of outside data under crafted input, a little of it; `make fuzz` goes on from here."""

from __future__ import annotations

import warnings

import pytest

from tools.fuzz.one import fuzz
from tools.fuzz.targets import ROOT, TARGETS, Target

SEED = 5
INPUTS = {False: 300, True: 25}
SLOW = {"page gate", "codes on an image"}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_parser_takes_it_or_refuses_it_as_it_should(target: Target) -> None:
    most = 10 if target.name in SLOW else INPUTS[target.native]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, at files that are meant to be damaged
        assert fuzz(target, float("inf"), SEED, most=most)["inputs"] == most


def test_an_error_that_is_no_refusal_is_not_swallowed() -> None:
    def fail(content: bytes) -> None:
        raise ZeroDivisionError(len(content))

    with pytest.raises(ZeroDivisionError):
        fuzz(Target("x", fail, lambda: [b"a"]), 5.0, SEED, most=3)
    assert fuzz(Target("x", len, lambda: [b"a"]), 5.0, SEED, most=3)["inputs"] == 3


def test_the_table_of_what_was_fuzzed_names_every_parser() -> None:
    told = (
        (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("\n## Fuzzing\n")[2].partition("\n## ")[0]
    )
    rows = [row.strip("| ").split(" | ") for row in told.splitlines() if row.startswith("|")][2:]
    assert [row[0] for row in rows] == [target.name for target in TARGETS]
    assert all(row[1] == "mutation" for row, target in zip(rows, TARGETS, strict=True) if target.native)
