"""A file that a person asked for, written where they chose."""

from __future__ import annotations

from pathlib import Path

from station.errors import InputError


def write_file(chosen: str, content: bytes) -> None:
    """Raises `InputError("file.not_written")`."""
    file = Path(chosen)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError("file.not_written", file=file.name) from error
