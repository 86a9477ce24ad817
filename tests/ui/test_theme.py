"""Style sheets and tokens: complete, and readable for tired eyes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from station import paths
from station.errors import ResourceError
from station.ui import theme
from station.ui.appearance import SCALES, Appearance, Mode
from station.ui.icons import roles

TOKENS = tomllib.loads((paths.resources() / "styles" / "tokens.toml").read_text("utf-8"))
MODES = ("light", "dark")
TEXT_ON = [
    ("text", "surface"), ("text", "window"), ("text", "side"), ("text", "accent_soft"), ("text", "error_soft"),
    ("muted", "surface"), ("muted", "window"), ("muted", "side"), ("muted", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_strong"), ("accent", "surface"), ("accent", "window"),
    ("accent_strong", "surface"), ("ok", "surface"), ("ok", "window"), ("ok", "side"), ("warning", "surface"),
    ("warning", "side"), ("warning", "warning_soft"),
    ("text", "warning_soft"), ("error", "surface"), ("error", "window"), ("error", "side"),
    ("error", "error_soft"), ("on_practice", "practice"), ("practice", "strong"),
    ("on_strong", "strong"), ("strong_soft", "strong"), ("text", "selected"), ("warning", "surface"),
]  # fmt: skip


CITIZEN = [
    (ink, paper) for paper in ("surface", "window") for ink in ("text", "muted", "accent_strong", "ok", "error")
] + [("on_accent", "ok"), ("on_accent", "error"), ("on_accent", "accent_strong")]  # fmt: skip
"""What the citizen's screen is made of."""


def luminance(colour: str) -> float:
    channels = [value / 255 for value in QColor(colour).getRgb()[:3]]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, mode: str = "light") -> float:
    light, dark = sorted((luminance(TOKENS[mode][one]), luminance(TOKENS[mode][other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_modes_know_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_can_be_read(ink: str, paper: str, mode: str) -> None:
    assert contrast(ink, paper, mode) >= 4.5, "WCAG 2.2, 1.4.3 (AA)"


@pytest.mark.parametrize(("ink", "paper"), CITIZEN)
def test_tired_eyes_can_read_the_citizens_screen(ink: str, paper: str) -> None:
    assert contrast(ink, paper) >= 7, "WCAG 2.2, 1.4.6 (AAA)"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("paper", ["surface", "window", "side"])
def test_edges_of_fields_and_the_focus_ring_can_be_seen(paper: str, mode: str) -> None:
    assert contrast("accent", paper, mode) >= 3, "WCAG 2.2, 1.4.11 (AA)"
    assert contrast("line_strong", paper, mode) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_icons_can_be_seen(mode: str) -> None:
    for role, (_, colour) in roles().items():
        on = "strong" if role == "lock-large" else "surface"
        assert contrast(colour, on, mode) >= 3, role


def test_an_unknown_token_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "tokens.toml").write_text('[light]\ntext = "#000000"\n[letters]\n[size]\nline_height = 20\n', "utf-8")
    (tmp_path / "some.qss").write_text("QLabel { color: ${txet}; }", "utf-8")
    with pytest.raises(ResourceError) as caught:
        theme.style_sheet(tmp_path)
    assert caught.value.parameters["file"] == "some.qss"


def test_every_icon_can_be_drawn(dressed: QApplication) -> None:
    for role in roles():
        picture = theme.icon(role).pixmap(16, 16).toImage()
        seen = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        assert any(colour.alpha() > 200 for colour in seen), role


def test_an_icon_has_the_colour_of_the_mode(dressed: QApplication) -> None:
    try:
        theme.apply(dressed, Appearance(Mode.DARK))
        dark = theme.icon("mark-error").pixmap(48, 48).toImage()
        assert theme.colour("error") == QColor(TOKENS["dark"]["error"])
    finally:
        theme.apply(dressed)
    assert dark != theme.icon("mark-error").pixmap(48, 48).toImage()


def test_every_icon_that_is_asked_for_is_known() -> None:
    asked: set[str] = set()
    for file in (paths.resources().parent / "station" / "ui").rglob("*.py"):
        asked |= set(re.findall(r'(?:theme\.icon|IconLabel|show_icon)\("([\w-]+)"', file.read_text("utf-8")))
    assert asked
    assert asked <= roles().keys()


def test_letters_grow_with_the_scale(dressed: QApplication) -> None:
    usual, large = theme.style_sheet(scale=100), theme.style_sheet(scale=140)
    assert ("15pt" in usual, "21pt" in usual) == (True, False)
    assert ("15pt" in large, "21pt" in large) == (False, True)


def test_style_sheets_name_only_icons_that_are_there() -> None:
    named = {
        name
        for mode in (Mode.LIGHT, Mode.DARK)
        for name in re.findall(r"/icons/([\w-]+)\.svg", theme.style_sheet(mode=mode))
    }
    assert named
    assert named <= {file.stem for file in theme.icons().glob("*.svg")}


def test_looks_are_kept_and_a_broken_file_harms_nobody(tmp_path: Path) -> None:
    file = tmp_path / "appearance.json"
    assert Appearance.load(file) == Appearance()
    Appearance(Mode.DARK, 125).save(file)
    assert Appearance.load(file) == Appearance(Mode.DARK, 125)
    for broken in ("", "{", "[]", '{"mode": "pink", "scale": 100}', '{"mode": "dark"}', "\x00"):
        file.write_text(broken, "utf-8")
        assert Appearance.load(file) == Appearance()
    Appearance().save(tmp_path / "missing" / "appearance.json")


def test_letters_stop_growing_at_both_ends() -> None:
    look = Appearance()
    for _ in range(10):
        look = look.larger()
    assert look.scale == SCALES[-1]
    for _ in range(10):
        look = look.smaller()
    assert look.scale == SCALES[0]
