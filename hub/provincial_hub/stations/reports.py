"""Takes in what a station says about itself; the newest word counts, by the station's own clock while that is sane."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from provincial_hub.contract import validator
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.report_books import ReportBooks


class Reports:
    """Keeps counts and times; how far the station's clock is off is recorded and never judged."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now
        self._form = validator("report.schema.json")

    async def take(self, station: str, report: Any) -> None:
        """Raises `RefusedError("request.malformed")`. One that is older than what is kept changes nothing.

        Unless what is kept lies in the future: once a clock that ran ahead was set right, every word would be older.
        """
        if not self._form.is_valid(report):
            raise RefusedError("request.malformed", "the body is no report")
        now = self._now()
        at = datetime.fromisoformat(report["at"])
        offset_ms = round((at - now) / timedelta(milliseconds=1))

        async def work(books: ReportBooks) -> None:
            kept = await books.of(station)
            before = datetime.fromisoformat(kept["at"]) if kept else None
            if before is None or before <= at or before > now:
                await books.keep(station, report, offset_ms, now.isoformat())

        await self._ledger.carry_out(ReportBooks, work, f"report of {station}")
