"""Older dossiers keep the version that they were opened with, whatever becomes of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.catalogue.known_versions import KnownVersions
from station.catalogue.procedures import Procedures
from station.errors import RuleError
from station.store import durable

from .test_procedures import GOOD, KINDS, written


def started(folder: Path, known: KnownVersions) -> Procedures:
    """The catalogue as a start of the program reads it."""
    procedures = Procedures(folder, KINDS, older=known.texts())
    known.remember(procedures.texts)
    return procedures


@pytest.fixture
def known(tmp_path: Path) -> KnownVersions:
    return KnownVersions(tmp_path / "versions.json", durable.write)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "procedures"
    made.mkdir()
    return made


def test_a_version_that_was_overwritten_is_still_there_and_no_longer_offered(
    folder: Path, known: KnownVersions
) -> None:
    started(written(folder, GOOD), known)
    written(folder, GOOD.replace("2026-01-01", "2027-01-01").replace("time = 3", "time = 5"))
    catalogue = started(folder, known)
    older = catalogue.get("9.000001", "2026-01-01")
    assert older.case().time == 3
    assert catalogue.get("9.000001", "2026-01-01") is older
    assert [procedure.version for procedure in catalogue.all()] == ["2027-01-01"]
    assert catalogue.before(catalogue.get("9.000001")) is older


def test_a_procedure_whose_file_is_gone_is_still_known_to_its_dossiers(folder: Path, known: KnownVersions) -> None:
    started(written(folder, GOOD), known)
    (folder / "9.000001.toml").rename(folder / "9.000002.toml")
    written(folder, GOOD.replace("9.000001", "9.000002"), "9.000002.toml")
    catalogue = started(folder, known)
    assert catalogue.get("9.000001", "2026-01-01").name == "Thủ tục mẫu"
    assert [procedure.code for procedure in catalogue.all()] == ["9.000002"]


def test_a_correction_under_the_same_day_takes_the_place_of_the_mistake(folder: Path, known: KnownVersions) -> None:
    started(written(folder, GOOD), known)
    started(written(folder, GOOD.replace("time = 3", "time = 4")), known)
    assert "time = 4" in known.texts()["9.000001@2026-01-01.toml"]


def test_an_older_version_in_a_format_nobody_reads_any_more_is_as_if_unknown(
    folder: Path, known: KnownVersions
) -> None:
    known.remember(
        {"9.000001@2025-01-01.toml": GOOD.replace("2026-01-01", "2025-01-01").replace("[[cases]]", "[[old]]")}
    )
    catalogue = started(written(folder, GOOD), known)
    assert catalogue.before(catalogue.get("9.000001")) is None
    with pytest.raises(RuleError, match=r"dossier\.no_such_procedure"):
        catalogue.get("9.000001", "2025-01-01")


@pytest.mark.parametrize("damage", ["", "[1]", '{"9.000001@2026-01-01.toml": 3}', '{"9.0'])
def test_a_damaged_file_of_versions_is_as_if_empty(tmp_path: Path, known: KnownVersions, damage: str) -> None:
    (tmp_path / "versions.json").write_text(damage)
    assert known.texts() == {}
    known.remember({"a": "b"})
    assert known.texts() == {"a": "b"}
