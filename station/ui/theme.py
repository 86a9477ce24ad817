"""How the program looks: fonts, colours and style sheets from `resources/`, put on the application once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from station import paths
from station.errors import ResourceError
from station.ui.appearance import Appearance, Mode
from station.ui.icons import draw

_colours: dict[str, str] = {}
_applied = Mode.LIGHT
"""The mode that was applied last, and its colours."""

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
}


def apply(application: QApplication, appearance: Appearance | None = None) -> None:
    """Dress the application, at its start or anew. Raises `ResourceError` for a style sheet with an unknown token."""
    global _applied, _colours  # noqa: PLW0603 -- replaced as a whole, on the screen's own thread
    look = appearance or Appearance()
    tokens = _load(paths.resources() / "styles" / "tokens.toml")
    for file in sorted((paths.resources() / "fonts").glob("LiberationSans*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(tokens["font"]["families"])
    font.setPointSizeF(tokens["font"]["size"] * look.scale / 100)
    _applied = _mode(application, look.mode)
    _colours = tokens[_applied]
    icon.cache_clear()
    application.setStyle("Fusion")
    application.setFont(font)
    application.setStyleSheet("")  # widgets that the old sheet has dressed would keep its palette
    application.setPalette(_palette(_colours))
    application.setStyleSheet(style_sheet(mode=_applied, scale=look.scale))


def style_sheet(folder: Path | None = None, mode: Mode = Mode.LIGHT, scale: int = 100) -> str:
    """Every style sheet of the folder as one, its `${tokens}` filled in. The citizen's screen is always light."""
    folder = folder or paths.resources() / "styles"
    tokens = _load(folder / "tokens.toml")
    letters = {name: f"{points * scale / 100:g}pt" for name, points in tokens["letters"].items()}
    line = {"line_height": f"{tokens['size']['line_height'] * scale // 100}px"}
    sizes = {**tokens["size"], **line, **letters, "icons": icons().as_posix()}
    sheets = [
        _filled(file, {**tokens[Mode.LIGHT if file.stem == "citizen" else mode], **sizes, "mode": mode.value})
        for file in sorted(folder.glob("*.qss"))
    ]
    return "\n".join(sheets)


def icons() -> Path:
    """Drawings that a style sheet names; all others are made by `icon`."""
    return paths.resources() / "icons"


@cache
def icon(role: str) -> QIcon:
    """What stands for something, in the colours of now; drawn once, not at every painting of a list."""
    return draw(role, _colours or _load(paths.resources() / "styles" / "tokens.toml")[Mode.LIGHT])


@cache
def light_icon(role: str) -> QIcon:
    """The same for the citizen's screen, which is always light."""
    return draw(role, _load(paths.resources() / "styles" / "tokens.toml")[Mode.LIGHT])


def colour(name: str) -> QColor:
    """A colour of now, for what is painted by hand."""
    return QColor((_colours or _load(paths.resources() / "styles" / "tokens.toml")[Mode.LIGHT])[name])


def current_mode() -> Mode:
    """Light or dark, as it was applied."""
    return _applied


def _mode(application: QApplication, mode: Mode) -> Mode:
    if mode is not Mode.AUTO:
        return mode
    return Mode.DARK if application.styleHints().colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT


def _palette(colours: dict[str, str]) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(colours[name]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["line_strong"]))
    return palette


def _load(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error


def _filled(file: Path, values: dict[str, str]) -> str:
    try:
        return Template(file.read_text(encoding="utf-8")).substitute(values)
    except (KeyError, ValueError) as error:
        raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
