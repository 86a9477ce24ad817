"""This station's settings, from `settings.toml` in its data folder; every value has a default."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from station.strict_toml import Table

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
"""How a station may be called (contract/v1)."""
_CHOICES = {"language": ("vi", "en"), "text_engine": ("tesserocr", "pytesseract")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What docs/for-it.md says of each; `station` names this station to the hub."""

    station: str = "T01"
    authority: str = "ỦY BAN NHÂN DÂN XÃ"
    department: str = "Trung tâm Phục vụ hành chính công"
    officer: str = "officer"
    officer_name: str = "Cán bộ tiếp nhận"
    language: str = "vi"
    text_engine: str = "tesserocr"
    hub_url: str = ""
    hub_token: str = ""
    hub_key: str = ""
    """The hub's Ed25519 public key, base64: receipts signed by any other key are refused."""
    watched_folder: str = ""
    camera: str = ""
    """The camera that looks at ID cards: its index (`0`), the address of its stream, or a file; empty: none."""
    practice: bool = False
    """Never from the file: it lets dossiers go to a hub without TLS."""

    @classmethod
    def load(cls, file: Path) -> Settings:
        """Read the file if there is one; raises `ResourceError` naming the setting that is unknown or wrong."""
        if not file.exists():
            return cls()
        table = Table.load(file)
        given = {
            field.name: _setting(table, field.name, field.default) for field in fields(cls) if field.name != "practice"
        }
        table.end()
        if not _NAME.fullmatch(given["station"]):
            raise table.error("station", "resource.bad_value", remedy="A–Z a–z 0–9 . _ - (1–32)")
        return cls(**given)


def _setting(table: Table, name: str, default: Any) -> Any:
    allowed = _CHOICES.get(name)
    return table.choice(name, allowed, default) if allowed else table.take(name, str, default)
