"""A station with mistakes in its edited resources opens all the same, and says which file, which line, what is used."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from station import paths
from station.app import Station, build
from station.clock import VIETNAM
from station.dossier.procedure import TimeUnit
from station.errors import ResourceError
from station.fallback_words import fallen_back
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from tests.people import sit_down

SHIPPED = paths.resources()
CODE = "1.004222"


@contextmanager
def started(folder: DataFolder) -> Iterator[Station]:
    station = build(folder, Settings(), Keys.derived_from(bytes(32)), Language.load(), [])
    sit_down(station)
    try:
        yield station
    finally:
        station.close()


def edited(folder: DataFolder, name: str, old: str, new: str) -> None:
    """A copy of a shipped file in the station's own folder, changed as IT staff would."""
    copy = folder.resources / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    if not copy.exists():
        shutil.copy(SHIPPED / name, copy)
    text = copy.read_text(encoding="utf-8")
    assert old in text
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


def test_an_edited_procedure_is_offered_and_a_bad_edit_leaves_it_as_it_was(folder: DataFolder) -> None:
    edited(folder, f"procedures/{CODE}.toml", "amount = 20000", "amount = 25000")
    with started(folder) as station:
        assert station.fallbacks == ()
        assert station.desk.procedures.get(CODE).fees[0].amount == 25000
        dossier = station.desk.open_dossier(CODE, "canbo.mau", "rented")
    edited(folder, f"procedures/{CODE}.toml", "amount = 25000", 'amount = "25.000"')
    with started(folder) as station:
        assert station.desk.procedures.get(CODE).fees[0].amount == 25000
        assert station.desk.dossiers.get(dossier.id).case == "rented"
        (fallback,) = station.fallbacks
        assert fallback.error.parameters["file"] == f"{CODE}.toml"
        assert fallback.kept_at is not None


def test_bad_procedures_calendars_and_forms_are_told_together_and_the_station_works(folder: DataFolder) -> None:
    edited(folder, "procedures/1.001193.toml", 'unit = "same_day"', 'unit = "at_once"')
    edited(folder, "calendar/hours.toml", "same_day_until", "same_day_til")
    edited(folder, "forms/receipt.toml", "\n", "\nunheard_of = 1\n")
    with started(folder) as station:
        files = [fallback.error.parameters["file"] for fallback in station.fallbacks]
        assert files == ["1.001193.toml", "hours.toml", "receipt.toml"]
        language = Language.load()
        text = language.error(fallen_back(station.fallbacks, language))
        for file in files:
            assert str(file) in text.sentence
        assert "đi kèm khi cài đặt" in text.sentence
        assert text.remedy
        assert station.desk.open_dossier("1.001193", "canbo.mau").case == "usual"


def test_a_dossier_keeps_the_version_it_was_opened_with_when_the_file_is_replaced(folder: DataFolder) -> None:
    with started(folder) as station:
        dossier = station.desk.open_dossier(CODE, "canbo.mau")
    newer = datetime.now(VIETNAM).date().isoformat()
    edited(folder, f"procedures/{CODE}.toml", f'version = "{dossier.procedure_version}"', f'version = "{newer}"')
    edited(folder, f"procedures/{CODE}.toml", "time = 7", "time = 9")
    with started(folder) as station:
        procedures = station.desk.procedures
        kept = procedures.get(CODE, dossier.procedure_version)
        assert (kept.case().time, kept.case().unit) == (7, TimeUnit.WORKING_DAY)
        newest = station.desk.procedures.get(CODE)
        assert (newest.version, newest.case().time) == (newer, 9)
        assert procedures.before(newest) is kept


def test_where_even_the_shipped_files_are_wrong_the_mistake_is_named(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "resources"
    broken.mkdir()
    for part in SHIPPED.iterdir():
        if part.name == "calendar":
            shutil.copytree(part, broken / part.name)
        else:
            (broken / part.name).symlink_to(part)
    (broken / "calendar" / "hours.toml").write_text("closes =", encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: broken)
    with pytest.raises(ResourceError) as caught, started(folder):
        pass
    assert caught.value.parameters["file"] == "hours.toml"
