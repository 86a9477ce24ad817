"""The log on standard error: what the hub did, in codes, counts and ids, without a word about any citizen."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutValues(logging.Formatter):
    """Shows where an exception came from, never its text: that may quote what a citizen said."""

    def formatException(self, ei: _ExceptionInfo) -> str:
        kind, _, trace = ei
        lines = traceback.format_tb(trace)
        return "".join(lines) + (kind.__name__ if kind else "")


def start(level: int = logging.INFO) -> None:
    """Write to standard error, where the service manager collects it."""
    handler = logging.StreamHandler()
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
