"""A backup holds whole generations and nothing else; whatever breaks it off leaves those before it as they were."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sql

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.erasure import ErasureOrder
from station.dossier.refusal import Refusal
from station.dossier.retention import Due
from station.dossier.service import Rating
from station.errors import RuleError, StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.backup import back_up, station_files
from station.store.backup.back_up import Terms
from station.store.backup.brought_back import FAR
from station.store.backup.check import Fault, check, newest
from station.store.backup.layout import BackupFolder
from station.store.backup.restore import ByIdentity, ByPassphrase, restore
from station.store.database import Database
from station.store.keys import KeyRing, Keys
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store

PASSPHRASE = "Mật khẩu thử của kho"
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=VIETNAM)
IDENTITY = pyrage.x25519.Identity.generate()
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Slots:
    """A key file that was made once for all tests, as a guess at a passphrase costs what it should."""

    file: Path
    keys: Keys


@pytest.fixture(scope="module")
def of_a_province(tmp_path_factory: pytest.TempPathFactory) -> Slots:
    file = tmp_path_factory.mktemp("province") / "keys.json"
    return Slots(file, KeyRing.create(file, PASSPHRASE, use_keyring=False, recovery=[str(IDENTITY.to_public())]))


@pytest.fixture(scope="module")
def of_a_lone_station(tmp_path_factory: pytest.TempPathFactory) -> Slots:
    file = tmp_path_factory.mktemp("alone") / "keys.json"
    return Slots(file, KeyRing.create(file, PASSPHRASE, use_keyring=False))


class Station:
    """A store that works, and the disk beside it."""

    def __init__(self, folder: DataFolder, disk: Path, slots: Slots) -> None:
        self.folder, self.keys = folder, slots.keys
        folder.root.mkdir()
        shutil.copy(slots.file, folder.keys)
        self.store = Store.open(folder, slots.keys, now=lambda: NIGHT)
        self.signer = ReceiptSigner(self.store.secrets, "T01")
        self.backups = BackupFolder(disk)
        disk.mkdir()

    def work(self, dossier: Dossier) -> Dossier:
        page = replace(dossier.pages[0], sha256=self.store.pages.keep(dossier.id.encode(), dossier.id))
        with self.store.dossiers.transaction() as transaction:
            return transaction.save(replace(dossier, pages=(page,)))

    def back_up(self, **changes: object) -> back_up.Report:
        return self.store.back_up(self.backups.root, Terms(**changes), signer=self.signer)

    def destroy(self) -> None:
        if self.folder.root.exists():
            self.store.close()
            shutil.rmtree(self.folder.root)

    def restore(self, folder: DataFolder, now: datetime = MORNING) -> Store:
        restored = restore(self.backups.root, folder, ByIdentity(str(IDENTITY)), lambda: now)
        assert restored.findings == []
        return Store.open(folder, self.keys, now=lambda: now)


@pytest.fixture
def station(folder: DataFolder, tmp_path: Path, of_a_province: Slots) -> Iterator[Station]:
    station = Station(folder, tmp_path / "usb", of_a_province)
    yield station
    station.destroy()


@pytest.fixture
def bare(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "new machine" / "station")


def everything(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_destroyed_station_comes_back_with_all_that_it_had(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder
) -> None:
    station.folder.settings.write_text('hub_token = "bí mật"\n', encoding="utf-8")
    authority = station.folder.root / "hub-ca.pem"
    authority.write_text("-----BEGIN CERTIFICATE-----", encoding="ascii")
    own = station.folder.resources / "procedures" / "của xã.toml"
    own.parent.mkdir(parents=True)
    own.write_text("# của xã", encoding="utf-8")
    first = station.work(new_dossier())
    station.back_up()
    second = station.work(new_dossier())
    report = station.back_up()
    before = station.store.audit.entries()
    kept = {place.name: everything(place) for place in (station.folder.resources, station.folder.pages)}
    settings = station.folder.settings.read_bytes()
    station.destroy()
    with station.restore(bare) as restored:
        assert restored.verify() == []
        assert [restored.dossiers.get(dossier.id) for dossier in (first, second)] == [first, second]
        assert restored.pages.read(second.pages[0].sha256) == second.id.encode()
        assert restored.audit.verify() is None
        trail = restored.audit.entries()
        assert trail[1:] == before[1:]  # the night's own line is written once the backup is made
        assert (trail[0].deed, trail[0].detail["generation"]) == ("restore_backup", report.manifest.generation)
        assert ReceiptSigner(restored.secrets, "T01").public == station.signer.public
    assert {name: everything(bare.root / name) for name in kept} == kept
    assert bare.settings.read_bytes() == settings
    assert (bare.root / authority.name).read_text("ascii") == "-----BEGIN CERTIFICATE-----"


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but of the index for the search, which is derived."""
    with store._database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: [tuple(row) for row in connection.execute(sql.text(f'SELECT * FROM "{name}"'))]  # noqa: S608
            for name in tables
            if not name.startswith("search")
        }


def test_every_row_comes_back_as_it_was_but_for_what_the_restoration_adds(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder
) -> None:
    dossier = station.work(new_dossier())
    refusal = Refusal("0001", "UBND xã Mẫu", "", "1.004873", "", "", "", "", "", "", "thiếu giấy tờ", "", NIGHT, True)
    with station.store.dossiers.transaction() as kept:
        kept.rate(Rating(dossier.id, 5, NIGHT))
        kept.keep_form(dossier.id, refusal)
        kept.audit(AuditEntry("open_dossier", "station", NIGHT, dossier.id))
        kept.enqueue(OutboxEvent("T01", kept.next_seq(), "dossier.sealed", dossier.id, 0, NIGHT, {"number": "x"}, ()))
    station.back_up()
    before = rows(station.store)
    station.destroy()
    with station.restore(bare) as restored:
        after = rows(restored)
    assert after.keys() == before.keys()
    assert len(before["rating"]) == len(before["issued_form"]) == len(before["outbox"]) == len(before["delivery"]) == 1
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"audit", "restoration", "trail_checkpoint"}
    assert after["audit"][: len(before["audit"]) - 1] == before["audit"][:-1]


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "station.db", "pages/aa/bb", "x.txt", "", "resources/../x"]
)
def test_files_from_a_backup_go_only_where_a_station_has_such_files(bare: DataFolder, name: str) -> None:
    with pytest.raises(ValueError, match="not a file of a station"):
        station_files.unpack(json.dumps({name: ""}).encode(), bare)
    assert not bare.root.exists()


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


def open_or_begin(folder: DataFolder, keys: Keys) -> Store:
    """As the program does at its start."""
    return Store.open(folder, keys if folder.keys.exists() else KeyRing.create(folder.keys, PASSPHRASE))


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


class CutError(Exception):
    """The plug is pulled."""


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


def test_a_station_without_a_province_comes_back_by_its_passphrase(
    folder: DataFolder,
    tmp_path: Path,
    of_a_lone_station: Slots,
    new_dossier: Callable[..., Dossier],
    bare: DataFolder,
) -> None:
    station = Station(folder, tmp_path / "usb", of_a_lone_station)
    dossier = station.work(new_dossier())
    station.back_up()
    station.destroy()
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        restore(station.backups.root, bare, ByPassphrase("không phải mật khẩu này"), lambda: MORNING)
    with pytest.raises(StoreError, match=r"backup\.for_station"):
        restore(station.backups.root, bare, ByIdentity(str(IDENTITY)), lambda: MORNING)
    assert restore(station.backups.root, bare, ByPassphrase(PASSPHRASE), lambda: MORNING).findings == []
    with Store.open(bare, KeyRing.open(bare.keys, PASSPHRASE)) as restored:
        assert restored.dossiers.get(dossier.id) == dossier


def test_another_recovery_key_opens_nothing_and_leaves_nothing_behind(station: Station, bare: DataFolder) -> None:
    station.back_up()
    for identity, code in ((str(pyrage.x25519.Identity.generate()), "other_identity"), ("none", "bad_identity")):
        with pytest.raises(StoreError, match=rf"backup\.{code}"):
            restore(station.backups.root, bare, ByIdentity(identity), lambda: MORNING)
    with pytest.raises(StoreError, match=r"backup\.for_province"):
        restore(station.backups.root, bare, ByPassphrase(PASSPHRASE), lambda: MORNING)
    assert not bare.root.exists()


@pytest.mark.parametrize("name", ["database", "files", "key.age", "pages.txt", "manifest.json"])
def test_a_flipped_bit_anywhere_is_found_before_anything_is_restored(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder, name: str
) -> None:
    station.work(new_dossier())
    station.back_up()
    file = station.backups.generation(1) / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"backup\.(damaged|not_signed)"):
        restore(
            station.backups.root,
            bare,
            ByIdentity(str(IDENTITY)),
            lambda: MORNING,
            public_keys=[station.signer.public],
        )
    assert not bare.root.exists()


def test_a_damaged_and_a_missing_page_are_named(station: Station, new_dossier: Callable[..., Dossier]) -> None:
    for _ in range(2):
        station.work(new_dossier())
    station.back_up()
    missing, damaged = sorted(station.backups.pages.glob("*/*"))
    missing.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\0")
    names = [file.relative_to(station.backups.root).as_posix() for file in (missing, damaged)]
    assert sorted(check(station.backups, 1), key=lambda fault: fault.file) == sorted(
        [Fault("backup.page_missing", names[0]), Fault("backup.page_damaged", names[1])],
        key=lambda fault: fault.file,
    )
    assert station.back_up().copied == 1, "what is missing is copied again; what has its size needs a check"


def test_a_page_that_is_lost_keeps_nothing_else_from_coming_back(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder
) -> None:
    dossiers = [station.work(new_dossier()) for _ in range(2)]
    station.back_up()
    min(station.backups.pages.glob("*/*")).unlink()
    restored = restore(station.backups.root, bare, ByIdentity(str(IDENTITY)), lambda: MORNING)
    assert [fault.code for fault in restored.faults] == ["backup.page_missing"]
    (finding,) = restored.findings
    assert finding.trouble == "store.page_missing"
    assert finding.place in {dossier.pages[0].sha256 for dossier in dossiers}
    with Store.open(bare, station.keys) as store:
        assert [store.dossiers.get(dossier.id) for dossier in dossiers] == dossiers


def test_a_generation_that_the_station_did_not_sign_is_found(station: Station) -> None:
    station.back_up()
    assert check(station.backups, 1, [station.signer.public]) == []
    other = bytes(32 - 1) + b"\x01"
    assert [fault.code for fault in check(station.backups, 1, [other])] == ["backup.not_signed"]


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


def test_nothing_is_ever_restored_over_something(station: Station, folder: DataFolder) -> None:
    station.back_up()
    with pytest.raises(StoreError, match=r"restore\.not_empty"):
        restore(station.backups.root, folder, ByIdentity(str(IDENTITY)), lambda: MORNING)
    with pytest.raises(StoreError, match=r"backup\.none"):
        newest(BackupFolder(folder.root))


def test_a_restoration_that_was_broken_off_does_not_open_and_may_be_tried_again(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = station.work(new_dossier())
    station.back_up()
    write = durable.write
    for limit in range(1, 20):
        writes_left = limit

        def counted(*arguments: object, **named: object) -> None:
            nonlocal writes_left
            if writes_left == 0:
                raise CutError
            writes_left -= 1
            write(*arguments, **named)  # type: ignore[arg-type]

        with monkeypatch.context() as patched:
            patched.setattr(durable, "write", counted)
            try:
                restore(station.backups.root, bare, ByIdentity(str(IDENTITY)), lambda: MORNING)
                break
            except CutError:
                pass
        with pytest.raises(StoreError):
            open_or_begin(bare, station.keys)
    assert limit >= 3, "a page, the keys and the end"
    with Store.open(bare, KeyRing.open(bare.keys, PASSPHRASE)) as restored:
        assert restored.dossiers.get(dossier.id) == dossier


def test_a_station_that_works_again_is_not_restored_over_though_the_last_step_was_cut_off(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.back_up()
    unlink = Path.unlink

    def cut(file: Path, missing_ok: bool = False) -> None:
        if file.name == "restoring":
            raise CutError
        unlink(file, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", cut)
        with pytest.raises(CutError):
            restore(station.backups.root, bare, ByIdentity(str(IDENTITY)), lambda: MORNING)
    with Store.open(bare, station.keys) as store, store.dossiers.transaction() as transaction:
        since = transaction.save(new_dossier())
    with pytest.raises(StoreError, match=r"restore\.not_empty"):
        restore(station.backups.root, bare, ByIdentity(str(IDENTITY)), lambda: MORNING)
    with Store.open(bare, station.keys) as store:
        assert store.dossiers.get(since.id) == since


def test_a_clock_from_before_the_backup_is_set_right_first(station: Station, bare: DataFolder) -> None:
    station.back_up()
    with pytest.raises(StoreError, match=r"restore\.clock_behind"):
        station.restore(bare, now=NIGHT - timedelta(days=1))


def test_no_number_on_paper_is_given_out_twice(station: Station, bare: DataFolder) -> None:
    def number(store: Store, series: str) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_number(series)

    assert [number(station.store, "dossier 261120") for _ in range(7)] == list(range(1, 8))
    station.back_up()
    lost = [number(station.store, "dossier 261120"), number(station.store, "dossier 261121")]
    assert lost == [8, 1]
    station.destroy()
    with station.restore(bare) as restored:
        assert number(restored, "dossier 261120") == 1001
        assert [number(restored, "dossier 261121") for _ in range(2)] == [1001, 1002]


def test_events_go_on_above_the_highest_that_the_hub_keeps(station: Station, bare: DataFolder) -> None:
    def seq(store: Store) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_seq()

    assert [seq(station.store) for _ in range(16)][-1] == 16
    station.back_up()
    station.destroy()
    with station.restore(bare) as restored:
        assert restored.restorations.unsettled()
        restored.restorations.settle(19)
        assert not restored.restorations.unsettled()
        assert seq(restored) == 20
        (told,) = restored.restorations.all()
        assert told.lost == range(17, 20)
        assert restored.audit.entries()[0].detail == {"last_event": 16, "hub_event": 19, "lost_from": 17, "lost_to": 19}


def test_events_made_before_the_hub_can_be_asked_leave_room_for_what_was_lost(
    station: Station, bare: DataFolder
) -> None:
    def seq(store: Store) -> int:
        with store.dossiers.transaction() as transaction:
            return transaction.next_seq()

    station.back_up()
    station.destroy()
    with station.restore(bare) as restored:
        assert [seq(restored), seq(restored)] == [FAR + 1, FAR + 2]
        restored.restorations.settle(3)
        assert seq(restored) == FAR + 3
        (told,) = restored.restorations.all()
        assert told.lost == range(1, 4)


def test_an_erased_dossier_is_in_the_generation_made_before_and_in_none_made_after(
    station: Station, new_dossier: Callable[..., Dossier], bare: DataFolder, tmp_path: Path
) -> None:
    kept, gone = station.work(new_dossier()), station.work(new_dossier())
    with station.store.dossiers.transaction() as transaction:
        gone = transaction.save(gone.discarded())
    before = station.back_up().manifest.generation
    order = ErasureOrder("XD.T01-26-0001", "minh.mau", "lan.mau", NIGHT)
    station.store.erasing.erase(gone.id, order, lambda standing: Due(standing, NIGHT))
    station.store.erasing.finish()
    station.back_up()
    station.destroy()
    with station.restore(bare) as newest_one:
        assert newest_one.dossiers.get(kept.id) == kept
        with pytest.raises(RuleError, match=r"dossier\.unknown"):
            newest_one.dossiers.get(gone.id)
        assert [one.dossier_id for one in newest_one.erasing.on_certificate(order.certificate)] == [gone.id]
    older = DataFolder(tmp_path / "older")
    restore(station.backups.root, older, ByIdentity(str(IDENTITY)), lambda: MORNING, generation=before)
    with Store.open(older, station.keys, now=lambda: MORNING) as brought_back:
        assert brought_back.dossiers.get(gone.id) == gone
        assert brought_back.pages.read(gone.pages[0].sha256) == gone.id.encode()
        assert brought_back.erasing.standing(gone.id), "and it will be due again"
