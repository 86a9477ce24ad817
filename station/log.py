"""The ordinary log: what the program did, for IT staff, without a word about any citizen."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(folder: Path, level: int = logging.INFO) -> None:
    """Write to `folder/station.log`, five files of 1 MiB. Nobody logs values, only codes, counts and ids."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "station.log", maxBytes=1 << 20, backupCount=5, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # httpx writes every address it calls, and page addresses are hashes of papers.
    logging.getLogger("httpx").setLevel(logging.WARNING)
