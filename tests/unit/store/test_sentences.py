"""Every error of the store has its sentence and its next step, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import station.store
from station.language import Language

ROOM = Path(station.store.__path__[0])
_CODE = r'"((?:store|keys|backup|restore)\.[a-z_]+)"'
CODES = {
    code
    for room, pattern in ((ROOM, _CODE), (ROOM.with_name("commands"), rf"Error\({_CODE}"))
    for file in room.rglob("*.py")
    for code in re.findall(pattern, file.read_text(encoding="utf-8"))
} - {"store.lock", "backup.json", "keys.json"}


@pytest.mark.parametrize("name", ["vi", "en"])
def test_every_error_says_what_happened_and_what_to_do(name: str) -> None:
    language = Language.load(name)
    assert len(CODES) > 15
    assert [code for code in sorted(CODES) if f"error.{code}.say" not in language] == []
    assert [code for code in sorted(CODES) if f"error.{code}.do" not in language] == []


@pytest.mark.parametrize("name", ["vi", "en"])
def test_no_sentence_is_left_over(name: str) -> None:
    said = re.compile(r"error\.((?:store|keys|backup|restore)\.\w+)\.say")
    assert {found[1] for key in Language.load(name).keys() if (found := said.fullmatch(key))} == CODES  # noqa: SIM118
