"""The style sheet, and the images of pages: shown through the hub, to supervisors, and nothing but images."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.responses import FileResponse, Response

from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.view_books import CaseRow, ViewBooks
from provincial_hub.web.dossier import looked_at
from provincial_hub.web.dossier_reading import SHOWN_BY_BROWSERS, DossierSeen, PageSeen, read_dossier
from provincial_hub.web.exchange import Exchange, NotFoundError
from provincial_hub.web.visits import WHOLE

STATIC = Path(__file__).parent / "static"
_STATIC_TYPES = {"hub.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_SEALED_OFF = "default-src 'none'; sandbox; frame-ancestors 'none'"


async def static(exchange: Exchange) -> Response:
    name = exchange.named("name")
    if name not in _STATIC_TYPES:
        raise NotFoundError
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}  # its address carries its hash
    return FileResponse(STATIC / name, media_type=_STATIC_TYPES[name], headers=kept)


async def page_image(exchange: Exchange) -> Response:
    """A page as it was captured. A kind that browsers do not show is handed out as a file."""
    seen = await looked_at(exchange, "looked_at_page")
    found = _asked(exchange, seen)
    if not found.held:
        raise NotFoundError
    try:
        content = await asyncio.to_thread(exchange.hub.page_store.get, f"{seen.story.case.station}/{found.sha256}")
    except FileNotFoundError:
        raise NotFoundError from None
    return _image(content, found)


async def preview(exchange: Exchange) -> Response:
    """The small picture that a station sent ahead; whoever asks for it without the page around it is written down."""
    async with exchange.ledger.transaction(ViewBooks) as books:
        story = await books.story(exchange.named("dossier"))
        if story is None or not exchange.visitor.may_see(story.case.station):
            raise NotFoundError
        seen = read_dossier(story)
        if seen is None:
            raise NotFoundError
        found = _asked(exchange, seen)
        kept = await books.preview(story.case.station, found.sha256)
        if kept is not None:
            await _write_look(exchange, books, story.case)
    if kept is None or kept.media_type not in SHOWN_BY_BROWSERS:
        raise NotFoundError
    return Response(kept.content, media_type=kept.media_type, headers={"Content-Security-Policy": _SEALED_OFF})


async def _write_look(exchange: Exchange, books: ViewBooks, case: CaseRow) -> None:
    """One line for the dossier's page and all the small pictures on it."""
    by, since = exchange.visitor.id, (exchange.now - WHOLE).isoformat(timespec="seconds")
    if not await books.has_looked(case.dossier_id, by, since):
        written = books.beside(DeedBooks)
        await written.write(exchange.at(), by, "looked_at_page", dossier_id=case.dossier_id, station=case.station)


def _asked(exchange: Exchange, seen: DossierSeen) -> PageSeen:
    number = exchange.named("number")
    found = seen.page(int(number)) if number.isdecimal() and len(number) < 6 else None
    if found is None:
        raise NotFoundError
    return found


def _image(content: bytes, page: PageSeen) -> Response:
    headers = {"Content-Security-Policy": _SEALED_OFF}
    if not page.shown:
        ending = page.media_type.rpartition("/")[2].partition("+")[0]
        headers["Content-Disposition"] = f'attachment; filename="page-{page.number}.{ending}"'
        return Response(content, media_type="application/octet-stream", headers=headers)
    return Response(content, media_type=page.media_type, headers=headers)
