"""`station audit` and `station verify` of a trail, as IT staff and auditors type them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from station.__main__ import main
from station.clock import SystemClock
from station.dossier.people import Person, Role
from station.joins.trust import trust_desk
from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store

PASSPHRASE = "một mật khẩu để thử"
IT = Person("it.mau", "Phạm Văn Máy Mẫu", frozenset({Role.IT}))
MINH = Person("minh.mau", "Lê Văn Minh Mẫu", frozenset({Role.SUPERVISOR}))
LAN = Person("lan.mau", "Trần Thị Lan Mẫu", frozenset({Role.OFFICER}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A station that stands alone, with somebody of IT, a supervisor and an officer."""
    folder = DataFolder(tmp_path_factory.mktemp("alone") / "station")
    keys = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    with Store.open(folder, keys) as store:
        people = [(one, PASSPHRASE) for one in (IT, MINH, LAN)]
        trust_desk(folder, keys, store, SystemClock()).enrol.stand_alone("T01", people)
    return folder


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n{PASSPHRASE}\n"))


def test_an_export_is_checked_with_the_code_that_it_printed(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "trail.jsonl"
    export = ["--data", str(folder.root), "audit", "export", str(file), "--by", IT.id, "--second", MINH.id]
    assert main(export) == 0
    code = capsys.readouterr().out.strip()
    assert main(["verify", str(file), "--head", code]) == 0
    assert "T01" in capsys.readouterr().out
    (line,) = [one for one in file.read_text(encoding="utf-8").splitlines() if '"export_trail"' in one]
    assert MINH.id in line
    assert PASSPHRASE not in file.read_text(encoding="utf-8")
    assert main(export) == 1, "a file is never replaced"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-2]), encoding="utf-8")
    assert main(["verify", str(file), "--head", code]) == 3


def test_who_may_not_read_the_trail_takes_none(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "trail.jsonl"
    export = ["--data", str(folder.root), "audit", "export", str(file), "--by", LAN.id, "--second", MINH.id]
    assert main(export) == 1
    assert not file.exists()
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("second", [IT.id, LAN.id, "ai.do"])
def test_nobody_takes_the_trail_alone_or_with_somebody_who_may_not_confirm(
    folder: DataFolder, tmp_path: Path, second: str
) -> None:
    file = tmp_path / "trail.jsonl"
    export = ["--data", str(folder.root), "audit", "export", str(file), "--by", IT.id]
    assert main([*export, "--second", second]) == 1
    with pytest.raises(SystemExit):
        main(export)
    assert not file.exists()


def test_the_second_person_needs_their_own_passphrase(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\nsomething else\n"))
    file = tmp_path / "trail.jsonl"
    export = ["--data", str(folder.root), "audit", "export", str(file), "--by", IT.id, "--second", MINH.id]
    assert main(export) == 1
    assert not file.exists()


def test_a_wrong_passphrase_opens_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("something else\n"))
    assert main(["--data", str(folder.root), "audit", "head", "--by", IT.id]) == 1
    assert capsys.readouterr().out == ""


def test_the_folder_may_be_named_after_the_word(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    named = ["--data", str(folder.root)]
    with Store.open(folder, KeyRing.open(folder.keys, PASSPHRASE)) as store:
        ReceiptSigner(store.secrets, "T01").publish(folder.receipt_keys)
    assert main(["verify", "--export-key", *named]) == 0
    assert capsys.readouterr().out == folder.receipt_keys.read_text("utf-8")
    assert main(["audit", "head", "--by", IT.id, *named]) == 0
    assert "|" in capsys.readouterr().out.splitlines()[1]
