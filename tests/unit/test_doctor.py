"""`station doctor`: a flipped bit in each kind of file is found, told with what it affects, and put right."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station import paths
from station.__main__ import main
from station.dossier.capture import CapturedImage
from station.dossier.delivery import HubReceipt
from station.errors import StoreError
from station.paths import DataFolder
from station.store.backup.back_up import Terms
from station.store.database import Database
from station.store.keys import KeyRing, passphrase_slot
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from tests.unit.actions.conftest import MORNING, OFFICER, Counter

PASSPHRASE = "Mật khẩu thử của kho"


class Patient:
    """A closed station with a sealed dossier of two pages and an open one."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.keys = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
        with Store.open(folder, self.keys, now=lambda: MORNING) as store:
            counter = Counter(store)
            dossier = counter.ready()
            for content in (b"one", b"two"):
                page = counter.add_page(dossier.id, CapturedImage(content, "image/png", "sheets"), OFFICER)
                counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
            sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
            self.number = sealed.number or ""
            self.pages = [store.pages.names([page.sha256])[0] for page in sealed.pages]
            (event,) = store.outbox.pending()
            told = (event.pages, MORNING.isoformat(), "H-1", True, "key", "signature")
            store.outbox.keep_receipt(event, HubReceipt(event.station, event.seq, event.dossier_id, *told))
            counter.page(counter.opened(), b"three")

    def page_file(self, place: int = 0) -> Path:
        return self.folder.pages / self.pages[place][:2] / self.pages[place]

    def write(self, *statements: str) -> None:
        """Change rows behind everybody's back, under the right key."""
        database = Database(self.folder.database, self.keys.database)
        with database.writing() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for statement in (*(f"DROP TRIGGER {name}" for name in names), *statements):
                connection.exec_driver_sql(statement)
        database.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    cheap = passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passphrase_slot, "COST", cheap)
        return Patient(DataFolder(tmp_path_factory.mktemp("made") / "station"))


@pytest.fixture
def patient(made: Patient, tmp_path: Path) -> Patient:
    """A copy that the test may hurt."""
    copy = Patient.__new__(Patient)
    copy.__dict__ = {**made.__dict__, "folder": DataFolder(tmp_path / "station")}
    shutil.copytree(made.folder.root, copy.folder.root)
    return copy


@pytest.fixture
def examine(
    patient: Patient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Run the command; the exit status and what it found, by trouble."""

    def run(*more: str) -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
        status = main(["--data", str(patient.folder.root), "doctor", "--json", *more])
        told = json.loads(capsys.readouterr().out)
        return status, {**{one["trouble"]: one for one in told["found"]}, "told": told}

    return run


def flip(file: Path, place: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    file.write_bytes(content)


def test_a_healthy_station_has_nothing_wrong(
    patient: Patient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert main(["--data", str(patient.folder.root), "doctor"]) == 0
    assert capsys.readouterr().out.endswith("Mọi thứ còn đủ và nguyên vẹn.\n")


@pytest.mark.parametrize("place", [0.0, 0.1, 0.3, 0.5, 0.9])
def test_a_flipped_bit_in_a_page_file_is_found_with_its_dossier(
    patient: Patient, examine: Callable[..., Any], place: float
) -> None:
    flip(patient.page_file(), place)
    status, found = examine()
    assert status == 1
    assert found["page_damaged"]["dossiers"] == [patient.number]
    assert found["page_damaged"]["place"] == patient.pages[0]


@pytest.mark.parametrize("place", [0.02, 0.2, 0.4, 0.6, 0.8, 0.97])
def test_a_flipped_bit_in_the_database_is_found(patient: Patient, examine: Callable[..., Any], place: float) -> None:
    flip(patient.folder.database, place)
    status, found = examine()
    assert status == 1
    assert set(found) == {"database", "told"}


def test_a_flipped_bit_in_the_log_that_a_kill_left_keeps_the_station_shut_until_the_log_is_cut(
    patient: Patient, examine: Callable[..., Any], tmp_path: Path
) -> None:
    killed = DataFolder(tmp_path / "killed")
    with Store.open(patient.folder, patient.keys, now=lambda: MORNING) as store:
        counter = Counter(store)
        for _ in range(5):
            counter.page(counter.opened(), b"four")
        shutil.copytree(patient.folder.root, killed.root)
    patient.folder = killed
    log = killed.root / "station.db-wal"
    flip(log, 0.4)
    before = log.read_bytes()
    status, found = examine()
    assert status == 1
    assert set(found) == {"log", "told"}
    with pytest.raises(StoreError) as refused:
        Store.open(killed, patient.keys)
    assert refused.value.code == "store.log_damaged"
    assert log.read_bytes() == before
    status, found = examine("--cut-log")
    assert "log" not in found
    assert (killed.root / "quarantine" / "station.db-wal").read_bytes() == before
    Store.open(killed, patient.keys).close()


def test_a_flipped_bit_in_a_row_names_the_dossier_that_cannot_be_read(
    patient: Patient, examine: Callable[..., Any]
) -> None:
    size = patient.folder.database.stat().st_size
    named: set[str] = set()
    for number in range(1, size // 4096, 3):
        content = patient.folder.database.read_bytes()
        flip(patient.folder.database, (number * 4096 + 2000) / size)
        _status, found = examine()
        named.update(found["database"]["dossiers"])
        patient.folder.database.write_bytes(content)
        if patient.number in named:
            return
    pytest.fail("no broken page was one of the dossier's")


def test_the_first_page_of_the_database_broken_is_not_taken_for_a_wrong_key(
    patient: Patient, examine: Callable[..., Any]
) -> None:
    flip(patient.folder.database, 0.001)
    status, found = examine()
    assert (status, found["database"]["place"]) == (1, "store.wrong_key")


def test_a_slot_that_was_changed_is_found(patient: Patient, examine: Callable[..., Any]) -> None:
    KeyRing.set_officer(patient.folder.keys, "lan.mau", "Mật khẩu của Lan Mẫu", patient.keys)
    content = json.loads(patient.folder.keys.read_text())
    (slot,) = (one for one in content["slots"] if one.get("officer") == "lan.mau")
    slot["officer"] = "lan.mbu"  # a bit of the name
    patient.folder.keys.write_text(json.dumps(content))
    status, found = examine()
    assert (status, set(found)) == (1, {"slot", "told"})


def test_a_key_file_that_cannot_be_read_is_told_with_what_to_do(patient: Patient, examine: Callable[..., Any]) -> None:
    flip(patient.folder.keys, 0.0)
    status, found = examine()
    assert (status, found["keys"]["place"]) == (1, "keys.damaged")
    assert "Đừng tạo kho mới" in found["keys"]["do"]


def test_a_damaged_file_of_the_program_is_told(
    examine: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped, worn = paths.resources(), tmp_path / "resources"
    (worn / "models").mkdir(parents=True)
    for file in (*(shipped.iterdir()), *(shipped / "models").iterdir()):
        if file.name not in ("models", "line_reader.onnx"):
            (worn / file.relative_to(shipped)).symlink_to(file)
    (worn / "models" / "line_reader.onnx").write_bytes((shipped / "models" / "line_reader.onnx").read_bytes()[:-1])
    monkeypatch.setattr(paths, "resources", lambda: worn)
    status, found = examine()
    assert status == 1
    assert found["program"]["place"] == "models/line_reader.onnx"


def test_settings_that_cannot_be_read_are_told(patient: Patient, examine: Callable[..., Any]) -> None:
    patient.folder.settings.write_text('station = "T01"\nlanguage = "vi\n')
    status, found = examine()
    assert status == 1
    assert "settings.toml" in found["settings"]["place"]


def test_a_missing_page_an_orphan_and_what_was_never_finished_are_told_apart(
    patient: Patient, examine: Callable[..., Any]
) -> None:
    orphan = patient.folder.pages / "00" / ("0" * 64)
    patient.page_file(1).rename(orphan)
    (patient.folder.root / ".part-0123").write_bytes(b"half")
    status, found = examine()
    assert status == 1
    assert found["page_missing"]["dossiers"] == [patient.number]
    assert found["orphan"]["place"] == orphan.name
    assert found["temporary"]["place"] == ".part-0123"
    assert not found["orphan"]["serious"]


@pytest.mark.parametrize(
    ("trouble", "statement"),
    [
        ("trail", "UPDATE audit SET by = 'somebody' WHERE seq = 3"),
        ("trail", "UPDATE trail_checkpoint SET text = replace(text, 'TSN1|', 'TSN1|1')"),
        ("search", "DELETE FROM search WHERE rowid = 1"),
        ("events", "UPDATE number_series SET last = 9 WHERE name = 'event'"),
        ("receipt", "UPDATE receipt SET pages = json_array(printf('%064d', 0))"),
        ("ledger", "DELETE FROM intake WHERE id = (SELECT min(id) FROM intake)"),
    ],
)
def test_what_does_not_fit_inside_the_database_is_found(
    patient: Patient, examine: Callable[..., Any], trouble: str, statement: str
) -> None:
    if trouble == "events":
        moved = "UPDATE outbox SET seq = 7", "UPDATE delivery SET seq = 7", "UPDATE receipt SET seq = 7"
        patient.write("PRAGMA defer_foreign_keys = ON", *moved)
    else:
        patient.write(statement)
    status, found = examine()
    assert trouble in found
    assert status == (0 if trouble == "search" else 1)


def test_while_the_counter_is_open_it_says_so(
    patient: Patient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(patient.folder, patient.keys, now=lambda: MORNING):
        assert main(["--data", str(patient.folder.root), "doctor"]) == 1
    assert "đang được một cửa sổ trạm số khác sử dụng" in capsys.readouterr().err


def test_looking_changes_nothing(patient: Patient, examine: Callable[..., Any]) -> None:
    def state() -> dict[str, bytes]:
        return {
            str(file.relative_to(patient.folder.root)): file.read_bytes()
            for file in patient.folder.root.rglob("*")
            if file.is_file()
        }

    before = state()
    examine()
    assert state() == before


@pytest.mark.parametrize("suffix", ["", ".0123456789abcdef"])
def test_a_repair_brings_a_page_back_from_a_backup_and_keeps_the_damaged_one(
    patient: Patient, tmp_path: Path, suffix: str
) -> None:
    backup = tmp_path / "usb"
    for name in patient.pages:
        place = backup / "pages" / name[:2] / f"{name}{suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(patient.folder.pages / name[:2] / name, place)
    flip(patient.page_file(0), 0.5)
    patient.page_file(1).unlink()
    flip(next(place for place in backup.rglob(f"{patient.pages[1]}*") if place.is_file()), 0.5)
    (patient.folder.root / ".part-0123").write_bytes(b"half")
    patient.write("DELETE FROM search WHERE rowid = 1")
    with Store.open(patient.folder, patient.keys, now=lambda: MORNING) as store:
        done = store.repair("it.mau", backup)
        assert (done.quarantined, done.brought_back, done.indexed, done.temporary) == (1, 1, 2, 1)
        left = [(one.trouble.value, one.dossiers) for one in store.examine()]
        assert left == [("page_missing", (patient.number,))], "the copy of the other was damaged, too"
        assert store.audit.entries(limit=1)[0].deed == "repair_store"
        assert [one.number for one in store.dossiers.find(patient.number)] == [patient.number]
    names = {file.name for file in (patient.folder.root / "quarantine").iterdir()}
    assert names == set(patient.pages)


def test_a_page_comes_back_from_a_backup_that_the_station_made(patient: Patient, tmp_path: Path) -> None:
    backup = tmp_path / "usb"
    backup.mkdir()
    with Store.open(patient.folder, patient.keys, now=lambda: MORNING) as store:
        store.back_up(backup, Terms(), signer=ReceiptSigner(store.secrets, "T01"))
        flip(patient.page_file(0), 0.5)
        patient.page_file(1).unlink()
        assert store.repair("it.mau", backup).brought_back == 2
        assert store.examine() == []


def test_who_may_not_repair_does_not(patient: Patient, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(patient.folder.root), "doctor", "--repair"])
    assert "--by" in capsys.readouterr().err
