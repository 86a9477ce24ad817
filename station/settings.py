"""This station's settings, from `settings.toml` in its data folder; every value has a default."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from station.errors import ResourceError

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
        try:
            if not file.exists():
                return cls()
            given = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=error.strerror or "?") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
        known = {field.name for field in fields(cls)} - {"practice"}
        for name, value in given.items():
            if name not in known:
                raise ResourceError("resource.unknown_setting", file=file.name, place=name)
            if not isinstance(value, str):
                raise ResourceError("resource.wrong_type", file=file.name, place=name, remedy=f'{name} = "…"')
            allowed = _CHOICES.get(name)
            if allowed and value not in allowed:
                raise ResourceError("resource.bad_value", file=file.name, place=name, remedy=", ".join(allowed))
        settings = replace(cls(), **given)
        if not _NAME.fullmatch(settings.station):
            remedy = "A–Z a–z 0–9 . _ - (1–32)"
            raise ResourceError("resource.bad_value", file=file.name, place="station", remedy=remedy)
        return settings
