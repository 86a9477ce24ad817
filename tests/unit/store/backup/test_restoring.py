"""A station comes back whole on a bare machine, over nothing that is there, and not before all of it is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sql

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
from station.store.backup import station_files
from station.store.backup.check import newest
from station.store.backup.layout import BackupFolder
from station.store.backup.restore import ByIdentity, ByPassphrase, restore
from station.store.keys import KeyRing, Keys
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from tests.unit.store.backup.conftest import IDENTITY, MORNING, NIGHT, PASSPHRASE, CutError, Slots, Station, everything


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


def open_or_begin(folder: DataFolder, keys: Keys) -> Store:
    """As the program does at its start."""
    return Store.open(folder, keys if folder.keys.exists() else KeyRing.create(folder.keys, PASSPHRASE))


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
