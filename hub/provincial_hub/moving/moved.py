"""The mark in a hub's folder that it lives elsewhere now: two hubs with one key would both give receipts."""

from __future__ import annotations

from pathlib import Path

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import write_text

_NAME = "hub.moved"


def mark_moved(folder: Path, to: Path) -> None:
    """Durable before the new hub's database is: at no moment may both be served."""
    write_text(folder / _NAME, f"{to}\n")


def must_live_here(folder: Path, but_for: Path | None = None) -> None:
    """Raises `SetupError` where the hub was moved away; to `but_for` it may be on its way still."""
    try:
        to = (folder / _NAME).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return
    if to != str(but_for):
        raise SetupError(
            f"this hub was moved to {to}: serve that one. Where that never held it, remove {folder / _NAME}"
        )
