"""How the program looks: fonts, colours and style sheets from `resources/`, put on the application once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from station import paths
from station.errors import ResourceError

_PALETTE = {
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


def apply(application: QApplication) -> None:
    """Dress the application. Raises `ResourceError` for a style sheet that names an unknown token."""
    tokens = _load(paths.resources() / "styles" / "tokens.toml")
    for file in sorted((paths.resources() / "fonts").glob("LiberationSans*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(tokens["font"]["families"])
    font.setPointSizeF(tokens["font"]["size"])
    application.setStyle("Fusion")
    application.setFont(font)
    application.setPalette(_palette(tokens["colour"]))
    application.setStyleSheet(style_sheet())


def style_sheet(folder: Path | None = None) -> str:
    """Every style sheet of the folder as one, its `${tokens}` filled in."""
    folder = folder or paths.resources() / "styles"
    tokens = _load(folder / "tokens.toml")
    values = {**tokens["colour"], **tokens["size"], "icons": icons().as_posix()}
    return "\n".join(_filled(file, values) for file in sorted(folder.glob("*.qss")))


def icons() -> Path:
    return paths.resources() / "icons"


@cache
def icon(name: str) -> QIcon:
    """One of our own drawings, `resources/icons/<name>.svg`; drawn once a size, not at every painting of a list."""
    return QIcon(str(icons() / f"{name}.svg"))


def _palette(colours: dict[str, str]) -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE.items():
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
