"""Style sheets and tokens: complete, and readable for tired eyes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from station import paths
from station.errors import ResourceError
from station.ui import theme

COLOURS: dict[str, str] = tomllib.loads((paths.resources() / "styles" / "tokens.toml").read_text("utf-8"))["colour"]
TEXT_ON = [
    ("text", "surface"), ("text", "window"), ("text", "side"), ("text", "accent_soft"), ("text", "error_soft"),
    ("muted", "surface"), ("muted", "window"), ("muted", "side"), ("muted", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_strong"), ("accent", "surface"), ("accent", "window"),
    ("accent_strong", "surface"), ("ok", "surface"), ("ok", "window"), ("ok", "side"), ("warning", "surface"),
    ("warning", "side"), ("warning", "warning_soft"), ("error", "surface"), ("error", "window"), ("error", "side"),
    ("error", "error_soft"), ("on_practice", "practice"), ("practice", "accent_strong"),
    ("accent_soft", "accent_strong"),
]  # fmt: skip


def luminance(name: str) -> float:
    channels = [value / 255 for value in QColor(COLOURS[name]).getRgb()[:3]]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_can_be_read(ink: str, paper: str) -> None:
    assert contrast(ink, paper) >= 4.5, "WCAG 2.2, 1.4.3 (AA)"


@pytest.mark.parametrize("paper", ["surface", "window", "side"])
def test_edges_of_fields_and_the_focus_ring_can_be_seen(paper: str) -> None:
    assert contrast("accent", paper) >= 3, "WCAG 2.2, 1.4.11 (AA)"
    assert contrast("line_strong", paper) >= 3


def test_an_unknown_token_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "tokens.toml").write_text('[colour]\ntext = "#000000"\n[size]\n', "utf-8")
    (tmp_path / "some.qss").write_text("QLabel { color: ${txet}; }", "utf-8")
    with pytest.raises(ResourceError) as caught:
        theme.style_sheet(tmp_path)
    assert caught.value.parameters["file"] == "some.qss"


def test_every_icon_can_be_drawn(dressed: QApplication) -> None:
    files = sorted(theme.icons().glob("*.svg"))
    assert files
    for file in files:
        assert not theme.icon(file.stem).pixmap(16, 16).isNull(), file.name


def test_style_sheets_name_only_icons_that_are_there() -> None:
    import re

    named = set(re.findall(r"/icons/([\w-]+)\.svg", theme.style_sheet()))
    assert named
    assert named <= {file.stem for file in theme.icons().glob("*.svg")}
