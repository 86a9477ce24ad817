"""The settings file: what stands in it counts, and what cannot count stops the program with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.errors import ResourceError
from station.settings import Settings


def loaded(folder: Path, written: str) -> Settings:
    (folder / "settings.toml").write_text(written, encoding="utf-8")
    return Settings.load(folder / "settings.toml")


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "settings.toml") == Settings()


def test_what_is_written_counts_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, 'station = "xa.an-binh"\nlanguage = "en"')
    assert settings == Settings(station="xa.an-binh", language="en")


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ('sation = "T01"', "resource.unknown_key", "sation"),
        ("station = 7", "resource.wrong_type", "station"),
        ('station = "trạm số 7"', "resource.bad_value", "station"),
        ('station = ""', "resource.bad_value", "station"),
        ('language = "fr"', "resource.bad_value", "language"),
        ('text_engine = "other"', "resource.bad_value", "text_engine"),
        ("retention_days = 0", "resource.bad_value", "retention_days"),
        ('erasing = "silently"', "resource.bad_value", "erasing"),
    ],
)
def test_a_setting_that_cannot_count_is_named(written: str, code: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        loaded(tmp_path, written)
    assert (caught.value.code, caught.value.parameters["place"]) == (code, place)


def test_a_real_station_cannot_be_made_a_practice_station_by_its_settings(tmp_path: Path) -> None:
    """Practice mode may send to a hub without TLS."""
    with pytest.raises(ResourceError, match=r"resource\.unknown_key"):
        loaded(tmp_path, "practice = true")
