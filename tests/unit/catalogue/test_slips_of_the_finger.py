"""Whatever one slip of the finger makes of a procedure's file: it is read, or refused in words, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.catalogue.procedures import Procedures
from station.errors import ResourceError
from station.language import Language

from .test_procedures import KINDS, WHOLE, written

LANGUAGE = Language.load()
VALUES = ('""', '"x"', "7", "-1", "true", "[]", '["x"]', "{}", '{ x = "x" }', "[{}]", "2026-07-18", "x")


def slips() -> Iterator[str]:
    lines = WHOLE.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        before, after = "".join(lines[:at]), "".join(lines[at + 1 :])
        yield before + after
        yield before + line + line + after
        key, equals, _ = line.partition(" = ")
        if equals:
            yield from (f"{before}{key} = {value}\n{after}" for value in VALUES)
            yield f"{before}{key}s{line[len(key) :]}{after}"


SLIPS = list(dict.fromkeys(slips()))


@pytest.mark.parametrize("part", range(8))
def test_a_slip_is_read_or_refused_with_file_line_and_remedy(tmp_path: Path, part: int) -> None:
    refused = 0
    for text in SLIPS[part::8]:
        folder = written(tmp_path, text, "9.000002.toml")
        problems: list[ResourceError] = []
        Procedures(folder, KINDS, problems)
        try:
            Procedures(folder, KINDS)
        except ResourceError as first:
            refused += 1
            assert problems, text
            for error in (first, *problems):
                told = LANGUAGE.error(error)
                assert "9.000002.toml" in told.sentence
                assert told.remedy
                if error.code != "resource.unreadable":  # there the place says the line, in the parser's words
                    line = error.parameters["line"]
                    assert isinstance(line, int)
                    assert 1 <= line <= len(text.splitlines())
        else:
            assert problems == [], text
    assert refused > len(SLIPS) // 16
