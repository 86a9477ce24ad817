"""The marks of a move in both hubs' folders: two hubs with one key would both give receipts."""

from __future__ import annotations

from pathlib import Path

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import write_text

_MOVED, _COMING = "hub.moved", "hub.coming"


def mark_moved(folder: Path, to: Path) -> None:
    """Durable before the new hub's database is: at no moment may both be served."""
    write_text(folder / _MOVED, f"{to}\n")


def mark_coming(folder: Path, origin: Path) -> None:
    """Until all of it has come nobody may take the new folder, which has the key already, for an empty hub."""
    write_text(folder / _COMING, f"{origin}\n")


def is_coming(folder: Path) -> bool:
    return _told(folder / _COMING) is not None


def has_come(folder: Path) -> None:
    (folder / _COMING).unlink(missing_ok=True)


def must_live_here(folder: Path, but_for: Path | None = None) -> None:
    """Raises `SetupError` where the hub was moved away, but to `but_for`, or has not come here whole."""
    to, origin = _told(folder / _MOVED), _told(folder / _COMING)
    if to is not None and to != str(but_for):
        raise SetupError(
            f"this hub was moved to {to}: serve that one. Where the move broke off, say it again; "
            f"where {to} never held it, remove {folder / _MOVED}"
        )
    if origin is not None:
        raise SetupError(
            f"the hub of {origin} has not come here whole: say «provincial-hub move --data {origin} --to {folder}» "
            f"again. Where it is not to come, remove {folder / _COMING}"
        )


def _told(mark: Path) -> str | None:
    try:
        return mark.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
