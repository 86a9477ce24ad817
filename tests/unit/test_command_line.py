"""The command line: what is given is used, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.__main__ import _parser


@pytest.mark.parametrize("given", [["--data", "x", "practice"], ["practice", "--data", "x"]])
def test_the_practice_folder_may_stand_before_or_after_the_word(given: list[str]) -> None:
    assert _parser().parse_args(given).data == Path("x")


def test_without_a_folder_practice_takes_its_own() -> None:
    assert _parser().parse_args(["practice"]).data is None
