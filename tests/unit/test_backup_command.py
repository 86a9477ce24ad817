"""`station backup` and `station restore`, as IT staff type them."""

from __future__ import annotations

import io
from pathlib import Path

import pyrage
import pytest

from station.__main__ import main
from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.store import Store

PASSPHRASE = "mật khẩu của trạm mẫu"
IDENTITY = pyrage.x25519.Identity.generate()


@pytest.fixture
def station(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "station")
    keys = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False, recovery=[str(IDENTITY.to_public())])
    Store.open(folder, keys).close()
    return folder


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    usb = tmp_path / "usb"
    usb.mkdir()
    return usb


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n" * 5))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")


def test_a_closed_station_is_backed_up_checked_and_brought_back(
    station: DataFolder, usb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station.settings.write_text(f'backup_folder = "{usb}"\n', encoding="utf-8")
    assert main(["--data", str(station.root), "backup", "--new-disk"]) == 0
    assert "bản số 1" in capsys.readouterr().out
    assert main(["--data", str(station.root), "backup", "--check"]) == 0
    assert "nguyên vẹn" in capsys.readouterr().out
    identity = tmp_path / "recovery.txt"
    identity.write_text(f"# created\n{IDENTITY}\n", encoding="utf-8")
    bare = DataFolder(tmp_path / "bare")
    assert main(["restore", str(usb), "--data", str(bare.root), "--identity", str(identity)]) == 0
    assert "Đã khôi phục bản số 1" in capsys.readouterr().out
    assert bare.settings.read_bytes() == station.settings.read_bytes()
    with Store.open(bare, KeyRing.open(bare.keys, PASSPHRASE)) as restored:
        assert restored.verify() == []
    assert main(["restore", str(usb), "--data", str(bare.root), "--identity", str(identity)]) == 1
    assert "không trống" in capsys.readouterr().err


def test_what_is_wrong_is_told_with_what_to_do(
    station: DataFolder, usb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*words: str) -> str:
        assert main(["--data", str(station.root), *words]) == 1
        return capsys.readouterr().err

    assert "chưa đặt nơi sao lưu" in refused("backup")
    assert "đĩa chưa được cắm" in refused("backup", str(usb))
    assert "Không thấy thư mục" in refused("backup", str(usb / "missing"), "--new-disk")
    assert "chưa có bản sao lưu nào" in refused("backup", str(usb), "--check")
    assert "chưa có bản sao lưu nào" in refused("restore", str(usb))


def test_a_damaged_backup_is_told_by_check(station: DataFolder, usb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(station.root), "backup", str(usb), "--new-disk"]) == 0
    database = usb / "generations" / "000001" / "database"
    database.write_bytes(database.read_bytes()[:-1])
    capsys.readouterr()
    assert main(["--data", str(station.root), "backup", str(usb), "--check"]) == 1
    assert "generations/000001/database" in capsys.readouterr().out


def test_without_the_recovery_key_a_province_backup_is_not_opened_by_a_passphrase(
    station: DataFolder, usb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(station.root), "backup", str(usb), "--new-disk"]) == 0
    assert main(["restore", str(usb), "--data", str(tmp_path / "bare")]) == 1
    assert "khóa khôi phục của tỉnh" in capsys.readouterr().err
    missing = str(tmp_path / "no keys.txt")
    assert main(["restore", str(usb), "--data", str(tmp_path / "bare"), "--identity", missing]) == 1
    assert not (tmp_path / "bare").exists()
