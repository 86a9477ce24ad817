"""Somebody walks away with the folder of a station that was killed at the end of a full day, and has no key to it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from station.dossier.text import folded

from . import full_day
from .counter import CARD, NAME, OFFICER, PASSPHRASE, Place, sheet
from .writes import run

_SAYS_NOTHING = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"%PDF", b"RIFF")
_OURS = {"last_good"}
"""Copies of the program's own resources: they are of no citizen."""


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("stolen") / "station")
    life = run(lambda tell: full_day.work(place, "day", _dying_at_the_end(tell)))
    assert life.status != 0
    assert any(line.get("done") == "seal" for line in life.told)
    return place.root


def _dying_at_the_end(tell: object) -> object:
    def told(line: dict[str, object]) -> None:
        tell(line)  # type: ignore[operator]
        if line == {"doing": "close"}:
            os._exit(9)  # no tidying up: the write-ahead log stays

    return told


def files(root: Path) -> dict[str, bytes]:
    """Every file that could be of a citizen."""
    found = {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}
    return {name: content for name, content in found.items() if name.split("/")[0] not in _OURS}


def test_no_file_tells_a_name_a_number_or_a_word_of_a_note(stolen: Path) -> None:
    number, _, _, born, _, lived, _ = CARD.split("|")
    words = (NAME, NAME.upper(), folded(NAME), number, born, lived, "0912000456", "chờ bản chính", OFFICER, PASSPHRASE)
    forms = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    assert "station.db-wal" in files(stolen)
    assert [name for name, content in files(stolen).items() if any(form in content for form in forms)] == []


def test_no_file_is_or_holds_a_picture_or_a_piece_of_one(stolen: Path) -> None:
    page = sheet("day second 0")
    kept = files(stolen)
    assert sum(name.startswith("pages/") for name in kept) >= 10
    for name, content in kept.items():
        assert not content.startswith(_PICTURES), name
        assert all(page[at : at + 32] not in content for at in range(0, len(page), 4096)), name


def test_the_names_of_files_say_nothing(stolen: Path) -> None:
    kept = files(stolen)
    pages = [name.removeprefix("pages/") for name in kept if name.startswith("pages/")]
    assert all(_SAYS_NOTHING.fullmatch(name) for name in pages)
    others = {name.split("/")[0] for name in kept} - {"pages"}
    own = {"station.db", "station.db-wal", "station.db-shm", "store.lock", "keys.json", "receipt_keys.txt", "ballast"}
    assert others <= own
