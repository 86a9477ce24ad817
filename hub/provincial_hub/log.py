"""The log on standard error: what the hub did, in codes, counts and ids, without a word about any citizen.

On a terminal it is text; anywhere else one JSON object a line: `time`, `level`, `code`, `message`, and where they are
known `request`, `station`, `route`, `status`, `duration_ms`.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

from provincial_hub.hub_toml import Section

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_OF_A_REQUEST = ("station", "method", "route", "status", "duration_ms")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being served: every line that it causes carries it."""


class _WithoutValues(logging.Formatter):
    """Shows where an exception came from, never its text: that may quote what a citizen said."""

    def formatException(self, ei: _ExceptionInfo) -> str:
        kind, _, trace = ei
        lines = traceback.format_tb(trace)
        return "".join(lines) + (kind.__name__ if kind else "")


class JsonLines(_WithoutValues):
    """For machines that collect logs. `code` is the caller's, or the part of the program that speaks."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "code": getattr(record, "code", record.name.removeprefix("provincial_hub.")),
            "message": record.getMessage(),
        }
        if request_id.get():
            told["request"] = request_id.get()
        told |= {name: getattr(record, name) for name in _OF_A_REQUEST if hasattr(record, name)}
        if record.exc_info:
            told["where"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def form_of(said: Section) -> str:
    """`[log] form` of `hub.toml`."""
    form = said.one_of("form", ("auto", "text", "json"))
    said.done()
    return form


def start(level: int = logging.INFO, form: str = "auto") -> None:
    """Write to standard error, where the service manager collects it; `form` is auto, text or json."""
    handler = logging.StreamHandler()
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    text = _WithoutValues("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(text if as_text else JsonLines())
    logging.basicConfig(level=level, handlers=[handler])
    for talkative in ("alembic.runtime.plugins", "httpx", "uvicorn"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
