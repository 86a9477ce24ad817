"""A backup holds whole generations and nothing else; whatever breaks it off leaves those before it as they were."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from station.dossier.dossier import Dossier
from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.backup import back_up
from station.store.backup.back_up import Terms
from station.store.backup.check import check
from station.store.database import Database
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from tests.unit.store.backup.conftest import PASSPHRASE, CutError, Slots, Station, everything


def test_a_page_is_copied_once(station: Station, new_dossier: Callable[..., Dossier]) -> None:
    station.work(new_dossier())
    assert station.back_up().copied == 1
    copied = {file: file.stat().st_mtime_ns for file in station.backups.pages.glob("*/*")}
    station.work(new_dossier())
    assert station.back_up().copied == 1
    assert {file: file.stat().st_mtime_ns for file in copied} == copied
    assert station.back_up().copied == 0


def test_a_page_that_is_sealed_anew_stays_as_it_was_for_earlier_generations(
    station: Station, new_dossier: Callable[..., Dossier]
) -> None:
    station.work(new_dossier())
    station.back_up()
    (page,) = list(station.folder.pages.glob("*/*"))
    durable.write(page, page.read_bytes()[::-1])
    station.back_up()
    assert check(station.backups, 1) == check(station.backups, 2) == []
    assert len(list(station.backups.pages.glob("*/*"))) == 2


def test_so_many_generations_are_kept_and_only_the_pages_that_they_name(
    station: Station, new_dossier: Callable[..., Dossier]
) -> None:
    station.work(new_dossier())
    for _ in range(3):
        station.back_up(keep=2)
    assert station.backups.finished() == station.backups.begun() == [2, 3]
    (page,) = list(station.folder.pages.glob("*/*"))
    page.unlink()
    for number in (4, 5):
        assert station.back_up(keep=2).manifest.generation == number
    assert list(station.backups.pages.glob("*/*")) == []


def test_writers_are_let_by_while_the_database_is_copied(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder
) -> None:
    during = []

    def stopped() -> bool:
        during.append(station.work(new_dossier()))
        return False

    first = station.work(new_dossier())
    station.store.back_up(station.backups.root, Terms(), stopped=stopped, signer=station.signer)
    assert during
    station.destroy()
    with station.restore(bare) as restored:
        assert [summary.id for summary in restored.dossiers.find()] == [first.id]
        assert restored.verify() == []


def test_a_page_that_is_erased_while_the_backup_is_made_makes_it_begin_again(
    station: Station, new_dossier: Callable[..., Dossier]
) -> None:
    for _ in range(2):
        station.work(new_dossier())
    last = max(station.folder.pages.glob("*/*"))

    def stopped() -> bool:
        last.unlink(missing_ok=True)
        return False

    report = station.store.back_up(station.backups.root, Terms(), stopped=stopped, signer=station.signer)
    assert report.manifest.page_files == 1
    assert station.backups.begun() == [report.manifest.generation]
    assert check(station.backups, report.manifest.generation) == []


def test_a_page_that_came_just_before_and_is_sealed_anew_for_another_dossier_makes_it_begin_again(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[Dossier] = []
    copy_under = Database.copy_under

    def coming(database: Database, target: Path, key: bytes) -> None:
        came.append(station.work(new_dossier()))
        copy_under(database, target, key)

    def stopped() -> bool:
        if len(came) == 1:
            station.store.pages.keep(came[0].id.encode(), "another")
        return False

    monkeypatch.setattr(Database, "copy_under", coming)
    station.store.back_up(station.backups.root, Terms(), stopped=stopped, signer=station.signer)
    station.destroy()
    with station.restore(bare) as restored:
        assert restored.dossiers.get(came[0].id) == came[0]


def test_a_backup_that_is_stopped_costs_nothing_but_itself(
    station: Station, new_dossier: Callable[..., Dossier]
) -> None:
    station.work(new_dossier())
    station.back_up()
    with pytest.raises(StoreError, match=r"backup\.stopped"):
        station.store.back_up(station.backups.root, Terms(), stopped=lambda: True, signer=station.signer)
    assert station.backups.finished() == [1]
    assert station.back_up().generations == 2


def test_broken_off_at_any_write_the_earlier_generation_is_whole_and_the_next_try_succeeds(
    station: Station, new_dossier: Callable[..., Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    station.work(new_dossier())
    station.back_up(keep=2)
    station.work(new_dossier())
    write, sync = durable.write, durable.sync_file
    cuts, writes_left = 0, 0

    def cut(call: Callable[..., None]) -> Callable[..., None]:
        def counted(*arguments: object, **named: object) -> None:
            nonlocal writes_left
            if writes_left == 0:
                raise CutError
            writes_left -= 1
            call(*arguments, **named)

        return counted

    for limit in range(20):
        writes_left = limit
        with monkeypatch.context() as patched:
            patched.setattr(durable, "write", cut(write))
            patched.setattr(durable, "sync_file", cut(sync))
            try:
                station.back_up(keep=2)
                break
            except CutError:
                cuts += 1
        assert station.backups.finished() == [1]
        assert check(station.backups, 1) == []
    assert cuts >= 5, "database, page, list, files, key, manifest"
    assert [check(station.backups, number) for number in station.backups.finished()] == [[], []]
    assert station.backups.begun() == station.backups.finished()


def test_nothing_on_the_disk_can_be_read_without_a_key(station: Station, new_dossier: Callable[..., Dossier]) -> None:
    station.folder.settings.write_text('hub_token = "token-of-T01"\n', encoding="utf-8")
    station.work(new_dossier("Nguyễn Thị Đăng", "001099000001"))
    station.back_up()
    on_disk = everything(station.backups.root)
    for name, content in on_disk.items():
        for secret in ("Nguyễn Thị Đăng", "001099000001", "dossier-1", "1.004873", "token-of-T01", PASSPHRASE):
            assert secret.encode() not in content, name
            assert secret not in name
        assert b"argon2" not in content
        assert b'"slots"' not in content, "with a recovery key, no passphrase can be guessed against the disk"
    with (
        contextlib.closing(sqlite3.connect(station.backups.generation(1) / "database")) as connection,
        pytest.raises(sqlite3.DatabaseError),
    ):
        connection.execute("SELECT * FROM sqlite_master")


def test_each_generation_has_a_key_of_its_own(station: Station) -> None:
    station.back_up()
    station.back_up()
    one, other = (station.backups.generation(number) / "database" for number in (1, 2))
    assert one.read_bytes()[:16] != other.read_bytes()[:16]


def test_the_backup_of_another_station_is_not_written_into(
    station: Station, tmp_path: Path, of_a_lone_station: Slots
) -> None:
    station.back_up()
    folder = DataFolder(tmp_path / "other")
    before = everything(station.backups.root)
    folder.root.mkdir()
    shutil.copy(of_a_lone_station.file, folder.keys)
    with (
        Store.open(folder, of_a_lone_station.keys) as other,
        pytest.raises(StoreError, match=r"backup\.of_another"),
    ):
        other.back_up(station.backups.root, Terms(), signer=ReceiptSigner(other.secrets, "T02"))
    assert everything(station.backups.root) == before


@pytest.mark.parametrize("place", ["", "backup", ".."])
def test_a_store_is_not_copied_onto_itself(station: Station, place: str) -> None:
    with pytest.raises(StoreError, match=r"backup\.in_store"):
        station.store.back_up(station.folder.root / place, Terms(), signer=station.signer)


def test_a_disk_that_is_not_plugged_in_is_not_replaced_by_the_stations_own(station: Station, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"backup\.no_folder"):
        station.store.back_up(tmp_path / "not mounted", Terms(), signer=station.signer)
    with pytest.raises(StoreError, match=r"backup\.not_the_disk"):
        station.back_up(new_disk=False)
    assert everything(station.backups.root) == {}


def test_a_recovery_key_that_somebody_slipped_in_gets_no_backup(station: Station) -> None:
    told = json.loads(station.folder.keys.read_bytes())
    for slot in told["slots"]:
        if slot["kind"] == "recovery":
            slot["recipient"] = str(pyrage.x25519.Identity.generate().to_public())
    station.folder.keys.write_text(json.dumps(told))
    with pytest.raises(StoreError, match=r"keys\.foreign_slot"):
        station.back_up()


def test_too_little_room_is_told_before_anything_is_written(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    station.back_up()
    monkeypatch.setattr(back_up, "_SPARE", 1 << 60)
    with pytest.raises(StoreError, match=r"backup\.no_room"):
        station.back_up()
    assert station.backups.begun() == [1]
