"""What an officer chose about the line to the hub outlives a restart, and gives way to settings changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.joins.line_choice import LineChoice
from station.settings import Settings


def test_without_a_choice_the_settings_count(tmp_path: Path) -> None:
    settings = Settings(hub_metered=True, hub_limit=256)
    assert LineChoice(tmp_path / "choice", settings).read() == (True, 32_000)


@pytest.mark.parametrize("chosen", [(True, 8_000), (False, None)])
def test_a_choice_is_there_after_a_restart(tmp_path: Path, chosen: tuple[bool, int | None]) -> None:
    settings = Settings(hub_limit=256)
    LineChoice(tmp_path / "choice", settings).keep(*chosen)
    assert LineChoice(tmp_path / "choice", settings).read() == chosen


def test_a_setting_changed_since_counts_more_than_the_choice(tmp_path: Path) -> None:
    LineChoice(tmp_path / "choice", Settings()).keep(True, 8_000)
    assert LineChoice(tmp_path / "choice", Settings(hub_limit=512)).read() == (False, 64_000)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"metered": 1, "limit": null, "instead_of": [false, null]}'])
def test_a_damaged_choice_leaves_the_settings(tmp_path: Path, content: str) -> None:
    file = tmp_path / "choice"
    file.write_text(content, encoding="utf-8")
    assert LineChoice(file, Settings(hub_limit=8)).read() == (False, 1_000)


def test_where_nothing_can_be_written_the_choice_is_not_kept_and_nothing_breaks(tmp_path: Path) -> None:
    file = tmp_path / "no such folder" / "choice"
    LineChoice(file, Settings()).keep(True, None)
    assert LineChoice(file, Settings()).read() == (False, None)


def test_settings_can_say_that_the_line_is_metered(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("hub_metered = true\n", encoding="utf-8")
    assert Settings.load(file).hub_metered
