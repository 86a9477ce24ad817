"""Signing in and out, and choosing one's own passphrase."""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse, Response

from provincial_hub.web.exchange import PREFIX, VISIT_COOKIE, Exchange
from provincial_hub.web.passphrases import SHORTEST
from provincial_hub.web.visits import Refused

_OWN = re.compile(rf"{PREFIX}/[A-Za-z0-9_~%/-]*(?:\?[A-Za-z0-9._~%&=+|:-]*)?")
_STATUS = {"busy": 503, "wait": 429, "wait_here": 429}


async def ask(exchange: Exchange) -> Response:
    if exchange.who is not None:
        return exchange.go("/")
    return _asked(exchange, exchange.query.get("den", ""))


async def enter(exchange: Exchange) -> Response:
    form = exchange.form
    name, back = form.get("name", ""), form.get("den", "")
    found = await exchange.visits.sign_in(name, form.get("passphrase", ""), exchange.address)
    if isinstance(found, Refused):
        return _asked(exchange, back, name=name, refused=found)
    if exchange.who is not None:
        await exchange.visits.sign_out(exchange.token)
    return _with_visit(RedirectResponse(own_path(back), 303), found)


async def leave(exchange: Exchange) -> Response:
    await exchange.visits.sign_out(exchange.token)
    answer = exchange.go("/dang-nhap", "signed_out")
    answer.delete_cookie(VISIT_COOKIE, secure=True, httponly=True, samesite="strict")
    return answer


async def ask_passphrase(exchange: Exchange) -> Response:
    return exchange.page("passphrase.html", refused=None, shortest=SHORTEST)


async def choose_passphrase(exchange: Exchange) -> Response:
    form = exchange.form
    chosen = form.get("chosen", "")
    if chosen != form.get("again", ""):
        found: str | Refused = Refused("again")
    else:
        found = await exchange.visits.choose(exchange.visitor, form.get("before", ""), chosen, exchange.address)
    if isinstance(found, Refused):
        return exchange.page("passphrase.html", 422, refused=found, shortest=SHORTEST)
    return _with_visit(exchange.go("/", "passphrase_chosen"), found)


def own_path(asked: str) -> str:
    """The page that was asked for before the sign-in, as long as it is one of ours."""
    return asked if _OWN.fullmatch(asked) and "//" not in asked else f"{PREFIX}/"


def _asked(exchange: Exchange, back: str, name: str = "", refused: Refused | None = None) -> Response:
    status = _STATUS.get(refused.key, 401) if refused else 200
    return exchange.page("sign_in.html", status, back=back, name=name, refused=refused)


def _with_visit(answer: Response, token: str) -> Response:
    answer.set_cookie(VISIT_COOKIE, token, secure=True, httponly=True, samesite="strict")
    return answer
