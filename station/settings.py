"""This station's settings, from `settings.toml` in its data folder; every value has a default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from station.errors import ResourceError


@dataclass(frozen=True, slots=True)
class Settings:
    """`station` names this station to the hub; `unit_code` is the authority's identifier (mã định danh đơn vị)."""

    station: str = "T01"
    unit_code: str = "H00.00.00"
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
    practice: bool = False

    @classmethod
    def load(cls, file: Path) -> Settings:
        """Read the file if there is one; raises `ResourceError` naming the unknown or ill-typed setting."""
        try:
            if not file.exists():
                return cls()
            given = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=error.strerror or "?") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
        known = {field.name: type(getattr(cls(), field.name)) for field in fields(cls)}
        for name, value in given.items():
            if name not in known:
                raise ResourceError("resource.unknown_setting", file=file.name, place=name)
            if not isinstance(value, known[name]):
                raise ResourceError("resource.wrong_type", file=file.name, place=name, remedy=known[name].__name__)
        return replace(cls(), **given)
