"""The ordinary log: what the program did, for IT staff, without a word about any citizen."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutValues(logging.Formatter):
    """Shows where an exception came from, never its text: that may quote what stands on a paper."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have put the words there already
        return super().format(record)

    def formatException(self, ei: _ExceptionInfo) -> str:
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


def start(folder: Path, level: int = logging.INFO) -> None:
    """Write to `folder/station.log`, six files of 1 MiB at most. Nobody logs values, only codes, counts and ids."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "station.log", maxBytes=1 << 20, backupCount=5, encoding="utf-8"
    )
    handler.setFormatter(_WithoutValues(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # httpx writes every address it calls, and page addresses are hashes of papers.
    logging.getLogger("httpx").setLevel(logging.WARNING)
