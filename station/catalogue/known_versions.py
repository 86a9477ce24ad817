"""Every version of a procedure that this station has used: older dossiers go by theirs, whatever is edited since."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from station.errors import StoreError

log = logging.getLogger(__name__)


class KnownVersions:
    """The text of each version by its file name (`1.001193@2026-07-18.toml`), all in one file."""

    def __init__(self, file: Path, write: Callable[[Path, bytes], None]) -> None:
        self._file, self._write = file, write

    def texts(self) -> dict[str, str]:
        """What is known; nothing where the file is not there or is damaged."""
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("the versions known so far cannot be read: %s", type(error).__name__)
            return {}
        pairs = told.items() if isinstance(told, dict) else ()
        return {name: text for name, text in pairs if isinstance(text, str)}

    def remember(self, texts: Mapping[str, str]) -> None:
        """Add these; a version that was corrected without a new day is known as corrected."""
        before = self.texts()
        after = {**before, **texts}
        if after == before:
            return
        try:
            self._write(self._file, json.dumps(after, ensure_ascii=False, sort_keys=True).encode())
        except StoreError as error:
            log.warning("new versions are not remembered: %s", error)
