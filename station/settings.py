"""This station's settings, from `settings.toml` in its data folder; every value has a default."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from station.strict_toml import Table

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
"""How a station may be called (contract/v1)."""
_CHOICES = {"language": ("vi", "en"), "text_engine": ("tesserocr", "pytesseract"), "erasing": ("proposed", "automatic")}


_BOUNDS = {
    "idle_minutes": (1, 60),
    "citizen_patience": (15, 900),
    "retention_days": (1, 3650),
    "discarded_days": (1, 3650),
    "backup_hour": (0, 23),
    "backup_keep": (1, 60),
    "hub_limit": (0, 1_000_000),
}
_BANK = {"bank_bin": re.compile("[0-9]{6}"), "bank_account": re.compile("[A-Za-z0-9]{1,19}")}


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
    hub_ca: str = "hub-ca.pem"
    """PEM file of the province's authority (CA), seen from the data folder: the only one that may vouch for the hub."""
    hub_pin: str = ""
    """SHA-256 hashes of the hub's public key (SPKI, base64), apart by spaces; empty: the authority's word is enough."""
    hub_limit: int = 0
    """The most that sending may take of the line, in kbit/s; 0: as much as there is."""
    hub_metered: bool = False
    """Each byte is paid for: page images wait, facts and small previews go."""
    watched_folder: str = ""
    camera: str = ""
    """The camera that looks at ID cards: its index (`0`), the address of its stream, or a file; empty: none."""
    bank_bin: str = ""
    """The bank's six digits at NAPAS; with `bank_account` it lets the citizen's screen show a VietQR for the fee."""
    bank_account: str = ""
    bank_name: str = ""
    citizen_patience: int = 90
    """Seconds without a touch after which the citizen's screen shows nothing of anybody."""
    citizen_pad: str = "F13 F14 F15"
    """The keys of the three-button pad: right, wrong, show or cover the digits; empty: there is none."""
    idle_minutes: int = 10
    """Minutes without a touch after which both screens are hidden until somebody signs in."""
    retention_days: int = 180
    """How long a dossier stays here after the hub has it and its result was due, where the procedure says nothing."""
    discarded_days: int = 30
    """How long one stays that was given up before it was sealed."""
    erasing: str = "proposed"
    """What happens to dossiers whose time is over: two people confirm what is `proposed`, or it is `automatic`."""
    backup_folder: str = ""
    """Where backups are made: a folder on another disk; empty: nowhere."""
    backup_hour: int = 12
    """The hour of the day at which one is made, or at the first chance after it."""
    backup_keep: int = 7
    """How many are kept."""
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
        if given["backup_folder"] and not Path(given["backup_folder"]).is_absolute():
            raise table.error("backup_folder", "resource.bad_value", remedy="/media/…")
        _check_citizen_screen(table, given)
        return cls(**given)


def _setting(table: Table, name: str, default: Any) -> Any:
    allowed = _CHOICES.get(name)
    if type(default) is int:
        return table.count(name, default, *_BOUNDS[name])
    return table.choice(name, allowed, default) if allowed else table.take(name, type(default), default)


def _check_citizen_screen(table: Table, given: dict[str, Any]) -> None:
    account = bool(given["bank_bin"] or given["bank_account"])
    for name, allowed in _BANK.items():
        if account and not allowed.fullmatch(given[name]):
            raise table.error(name, "resource.bad_value", remedy=allowed.pattern)
    if len(given["citizen_pad"].split()) not in (0, 3):
        raise table.error("citizen_pad", "resource.bad_value", remedy='"F13 F14 F15", "1 2 3", ""')
