"""Icons by what they stand for: Lucide shapes in the colours of the theme, by `resources/styles/icons.toml`."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from station import paths
from station.errors import ResourceError

SIZES = (16, 20, 24, 32, 48, 64)
"""Pixels at which an icon is drawn ahead; others are scaled from the next larger."""
RATIO = 2
"""Drawn twice as fine, for displays that show more than one dot a pixel."""

_LUCIDE = "icons/lucide.json"


@cache
def roles() -> dict[str, tuple[str, str]]:
    """By role: the name of the shape, and that of its colour."""
    table = tomllib.loads((paths.resources() / "styles" / "icons.toml").read_text(encoding="utf-8"))
    return {role: (shape, colour) for role, (shape, colour) in table.items()}


def draw(role: str, colours: dict[str, str]) -> QIcon:
    """The icon of a role. Raises `ResourceError` for a role, shape or colour that is not there."""
    try:
        shape, colour = roles()[role]
        svg = _svg(_shapes()[shape], colours[colour])
    except KeyError as error:
        raise ResourceError("resource.unreadable", file="icons.toml", place=str(error)) from error
    renderer, icon = QSvgRenderer(QByteArray(svg.encode())), QIcon()
    for size in SIZES:
        picture = QPixmap(QSize(size, size) * RATIO)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(picture.rect()))
        painter.end()
        picture.setDevicePixelRatio(RATIO)
        icon.addPixmap(picture)
    return icon


@cache
def _shapes() -> dict[str, list[list[Any]]]:
    """Every shape as its elements `[name, attributes]`, on 24 by 24 units."""
    try:
        shapes: dict[str, list[list[Any]]] = json.loads((paths.resources() / _LUCIDE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError("resource.missing", file=_LUCIDE) from error
    return shapes


def _svg(shape: list[list[Any]], colour: str) -> str:
    drawn = [(name, " ".join(f'{key}="{value}"' for key, value in values.items())) for name, values in shape]
    elements = "".join(f"<{name} {attributes}/>" for name, attributes in drawn)
    stroke = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {stroke}>{elements}</svg>'
