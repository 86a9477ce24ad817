"""`station doctor --repair`: by somebody of IT who signs in, and by nobody else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from station.__main__ import main
from station.dossier.people import Person, Role
from station.joins.first_start import FirstStart
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import KeyRing, keyring_slot, passphrase_slot
from station.store.people import passphrases
from station.store.store import Store

IT, OFFICER = "it.mau", "lan.mau"
WORDS = "mật khẩu của cán bộ"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    monkeypatch.setattr(passphrases.Passphrases.__init__, "__defaults__", (1, 8, 1))
    monkeypatch.setattr(keyring_slot, "ALLOWED", ())


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A station that stands alone, with a file that was never finished."""
    folder = DataFolder(tmp_path / "station")
    people = [(Person(IT, "Phạm Văn Máy Mẫu", frozenset({Role.IT})), WORDS)]
    people += [(Person(OFFICER, "Trần Thị Lan Mẫu", frozenset({Role.OFFICER})), WORDS)]
    FirstStart(folder, Settings()).stand_alone(people)
    KeyRing.set_officer(folder.keys, OFFICER, WORDS, KeyRing.open(folder.keys, WORDS))
    (folder.root / ".part-0123").write_bytes(b"half")
    return folder


def repair(folder: DataFolder, by: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORDS}\n"))
    return main(["--data", str(folder.root), "doctor", "--repair", "--by", by, "--json"])


def test_it_staff_repair_in_their_own_name(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repair(folder, IT, monkeypatch) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["repaired"]["temporary"], told["found"]) == (1, [])
    with Store.open(folder, KeyRing.open(folder.keys, WORDS)) as store:
        assert ("repair_store", IT) in [(entry.deed, entry.by) for entry in store.audit.entries()]


def test_an_officer_does_not_repair(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repair(folder, OFFICER, monkeypatch) == 1
    assert capsys.readouterr().out == ""
    assert (folder.root / ".part-0123").exists()
