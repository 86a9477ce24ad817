"""The page as an application of its own, to be mounted: who may reach which route is decided here and nowhere else."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from provincial_hub.web.exchange import GUEST_COOKIE, LANGUAGE_COOKIE, PREFIX, VISIT_COOKIE, Exchange, NotFoundError
from provincial_hub.web.headers import WithHeaders
from provincial_hub.web.routes import ROUTES, WHILE_CHOOSING, Permitted
from provincial_hub.web.visits import SignedIn, Visits, fits_form
from provincial_hub.web.words import Words, language_of

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
MOST_FORM = 64 << 10


class Site:
    """`hub` is the state of the whole program, which is filled when it starts."""

    def __init__(self, hub: State, now: Callable[[], datetime]) -> None:
        self._hub, self._now = hub, now
        self._visits: Visits | None = None
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["json"] = json.loads
        style = (HERE / "static" / "hub.css").read_bytes()
        self._templates.globals["style_version"] = hashlib.sha256(style).hexdigest()[:12]

    def application(self) -> Starlette:
        routes = [Route(one.path, self._endpoint(one), methods=[one.method]) for one in ROUTES]
        return Starlette(
            routes=routes,
            middleware=[Middleware(WithHeaders)],
            exception_handlers={HTTPException: self._no_such_route},
        )

    def _endpoint(self, route: Permitted) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            exchange, signed_in = await self._begin(request)
            try:
                answered = await self._permitted(route, exchange, signed_in)
            except NotFoundError:
                answered = exchange.page("failure.html", 404, code="not_found")
            except (SQLAlchemyError, OSError) as error:
                log.warning("the page could not be made: %s", type(error).__name__)
                answered = exchange.page("failure.html", 503, code="storage")
            except Exception:
                log.exception("the page failed")
                answered = exchange.page("failure.html", 500, code="failed")
            return self._with_cookies(exchange, answered)

        return answer

    async def _begin(self, request: Request) -> tuple[Exchange, SignedIn | None]:
        if self._visits is None:
            self._visits = Visits(self._hub.ledger, self._now)
        language = language_of(request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE))
        token, signed_in = request.cookies.get(VISIT_COOKIE), None
        if token is not None:
            try:
                signed_in = await self._visits.of(token)
            except (SQLAlchemyError, OSError) as error:
                log.warning("nobody could be let in: %s", type(error).__name__)
        if token is None or signed_in is None:
            token = request.cookies.get(GUEST_COOKIE) or secrets.token_urlsafe(32)
        exchange = Exchange(
            request,
            self._hub,
            self._visits,
            self._templates,
            Words(language),
            token,
            signed_in.visitor if signed_in else None,
            self._now(),
        )
        return exchange, signed_in

    async def _permitted(self, route: Permitted, exchange: Exchange, signed_in: SignedIn | None) -> Response:
        """The route's answer, for whom it is meant and as long as the form comes from this page."""
        request = exchange.request
        if b"%00" in request.scope["raw_path"] + request.scope["query_string"]:
            raise NotFoundError  # not every database could even be asked
        if route.roles and signed_in is None:
            return _to_sign_in(route, request)
        if signed_in is not None and signed_in.must_choose and route.path not in WHILE_CHOOSING:
            return exchange.go("/mat-khau")
        if route.roles and not route.roles & exchange.visitor.roles:
            return exchange.page("failure.html", 403, code="role")
        if request.method == "POST":
            form = await _form_of(request)
            if form is None:
                return exchange.page("failure.html", 413, code="too_large")
            foreign = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
            if foreign or not fits_form(exchange.token, form.get("token", "")):
                return exchange.page("failure.html", 403, code="form")
            exchange.form = form
        return await route.handle(exchange)

    def _with_cookies(self, exchange: Exchange, answer: Response) -> Response:
        request = exchange.request
        if exchange.who is None and request.cookies.get(GUEST_COOKIE) != exchange.token:
            answer.set_cookie(GUEST_COOKIE, exchange.token, secure=True, httponly=True, samesite="strict")
        if request.query_params.get("lang") == exchange.words.language:
            kept = 365 * 24 * 3600
            answer.set_cookie(
                LANGUAGE_COOKIE, exchange.words.language, max_age=kept, secure=True, httponly=True, samesite="strict"
            )
        return answer

    async def _no_such_route(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        exchange, _ = await self._begin(request)
        return exchange.page("failure.html", status, code="not_found")


def _to_sign_in(route: Permitted, request: Request) -> Response:
    """On to signing in, and from there back; whoever sent a form is told that nothing of it was kept."""
    if request.method == "GET":
        told = {"den": f"{request.url.path}?{request.url.query}"}
    else:
        told = {"da": "signed_out" if route.path == "/dang-xuat" else "session_ended"}
    return RedirectResponse(f"{PREFIX}/dang-nhap?{urlencode(told)}", 303)


async def _form_of(request: Request) -> dict[str, str] | None:
    """The fields of a form, None where it is larger than any of ours."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > MOST_FORM:
            return None
    try:
        fields = parse_qsl(held.decode("utf-8"), keep_blank_values=True, max_num_fields=500)
    except ValueError:
        return {}
    return {name: value.replace("\r\n", "\n").replace("\0", "") for name, value in fields}
