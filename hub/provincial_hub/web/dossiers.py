"""The list of dossiers: filters stand in the address, the nearest deadline comes first."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from provincial_hub.cases.states import ENDED, MORE_WANTED, OPEN
from provincial_hub.clock import VIETNAM
from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.keeping.view_books import CaseFilter, ViewBooks
from provincial_hub.web.exchange import Exchange

VIEWS = ("open", "overdue", "soon", "without_code", "questions", "returned", "ended")
_MOST_TEXT = 200


async def listed(exchange: Exchange) -> Response:
    query, visible = exchange.query, exchange.visitor.stations
    view = query.get("xem", "") if query.get("xem", "") in VIEWS else VIEWS[0]
    now, soon = exchange.at(), end_of_tomorrow(exchange.now)
    async with exchange.ledger.transaction(ViewBooks) as books:
        names = await books.beside(StationViewBooks).names(visible)
        station = query.get("tram", "") if query.get("tram", "") in names else ""
        text = query.get("tim", "").strip()[:_MOST_TEXT]
        state = query.get("tinh-trang", "")
        chosen = _filter(view, CaseFilter(visible, station=station, text=text), state, now, soon)
        found = await books.cases(chosen, query.get("sau", "")[: 2 * _MOST_TEXT])
        counts = await books.counts(visible, now, soon)
    asked = {"xem": view, "tram": station, "tinh-trang": state, "tim": text}
    kept = {name: value for name, value in asked.items() if value}
    return exchange.page(
        "dossiers.html",
        found=found,
        counts=counts,
        views=VIEWS,
        states=ENDED if view == "ended" else OPEN,
        names=names,
        view=view,
        station=station,
        state=state,
        text=text,
        soon=soon,
        at=now,
        first=f"?{urlencode(kept)}" if query.get("sau") else None,
        next=f"?{urlencode({**kept, 'sau': found.after})}" if found.after else None,
    )


def end_of_tomorrow(now: datetime) -> str:
    """A deadline is near that ends today or tomorrow, by Vietnam's calendar."""
    day = now.astimezone(VIETNAM).date() + timedelta(days=2)
    return datetime.combine(day, time(), VIETNAM).isoformat()


def _filter(view: str, base: CaseFilter, state: str, now: str, soon: str) -> CaseFilter:
    possible = {"ended": ENDED, "returned": (MORE_WANTED,)}.get(view, OPEN)
    return CaseFilter(
        base.stations,
        station=base.station,
        text=base.text,
        states=(state,) if state in possible else possible,
        due_before={"overdue": now, "soon": soon}.get(view, ""),
        due_from=now if view == "soon" else "",
        without_code=view == "without_code",
        with_question=view == "questions",
    )
