"""What a disk has lost, what was flipped on it and what the station did not write there is found and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from station.dossier.dossier import Dossier
from station.errors import StoreError
from station.paths import DataFolder
from station.store.backup.check import Fault, check
from station.store.backup.restore import ByIdentity, restore
from station.store.store import Store
from tests.unit.store.backup.conftest import IDENTITY, MORNING, Station


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
