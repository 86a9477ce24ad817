"""What an officer chose about the line to the hub, metered or limited, kept over a restart.

It stands in the place of `hub_metered` and `hub_limit` until IT staff change one of these in settings.toml.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from station.errors import StoreError
from station.settings import Settings
from station.store import durable

log = logging.getLogger(__name__)

KBIT = 1000 // 8


class LineChoice:
    """`file` may be missing, or damaged: then the settings count."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self._file = file
        self._settings = settings.hub_metered, settings.hub_limit * KBIT or None

    def read(self) -> tuple[bool, int | None]:
        """Whether the line is metered, and the most bytes a second that sending may take; None: no limit."""
        try:
            kept = json.loads(self._file.read_bytes())
            metered, limit, instead_of = kept["metered"], kept["limit"], kept["instead_of"]
        except FileNotFoundError:
            return self._settings
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("the kept choice about the line cannot be read; the settings count")
            return self._settings
        sound = type(metered) is bool and (limit is None or (type(limit) is int and limit > 0))
        return (metered, limit) if sound and instead_of == list(self._settings) else self._settings

    def keep(self, metered: bool, limit: int | None) -> None:
        """Where the disk takes nothing the choice counts until the next start."""
        kept = {"metered": metered, "limit": limit, "instead_of": self._settings}
        try:
            durable.write(self._file, json.dumps(kept).encode())
        except StoreError as error:
            log.warning("the choice about the line is not kept: %s", error.code)
