"""One request to the page and the answers that can be given to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from provincial_hub.keeping.ledger import Ledger
from provincial_hub.web.visitor import Visitor
from provincial_hub.web.visits import Visits, form_token
from provincial_hub.web.words import Words

PREFIX = "/quan-ly"
VISIT_COOKIE, GUEST_COOKIE, LANGUAGE_COOKIE = "__Host-quan-ly", "__Host-khach", "__Host-lang"
"""`__Host-`: only over TLS (or on the machine itself), only for this host; no other server may set them."""


class NotFoundError(Exception):
    """There is no such thing, or none that this visitor may know of: both look the same."""


@dataclass(slots=True)
class Exchange:
    """`hub` holds the parts of the program: ledger, signer, page store. `who` is there on every page but sign-in."""

    request: Request
    hub: State
    visits: Visits
    templates: Environment
    words: Words
    token: str
    who: Visitor | None
    now: datetime
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        ledger: Ledger = self.hub.ledger
        return ledger

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def visitor(self) -> Visitor:
        """Who is signed in; routes that ask for a role are only reached by somebody."""
        if self.who is None:
            raise NotFoundError
        return self.who

    @property
    def address(self) -> str:
        """Where the request came from; a proxy on this machine, or one that `hub.toml` names, says it of others."""
        return self.request.client.host if self.request.client else ""

    def named(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def at(self) -> str:
        """Now, as the tables have it."""
        return self.now.isoformat(timespec="seconds")

    def must_see(self, station: str) -> None:
        """Raises `NotFoundError` where the visitor may know nothing of this station."""
        if not self.visitor.may_see(station):
            raise NotFoundError

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        told = self.query.get("da", "")
        shown = {
            "say": self.words,
            "lang": self.words.language,
            "who": self.who,
            "form_token": form_token(self.token),
            "now": self.now,
            "prefix": PREFIX,
            "here": self.request.url.path,
            "in_language": self._in_language,
            "told": f"told.{told}" if self.words.knows(f"told.{told}") else None,
            **values,
        }
        return HTMLResponse(self.templates.get_template(template).render(shown), status)

    def go(self, path: str, told: str = "") -> Response:
        """On to another page, which says that it was done."""
        return RedirectResponse(f"{PREFIX}{path}" + (f"?{urlencode({'da': told})}" if told else ""), 303)

    def _in_language(self, language: str) -> str:
        """This page in another language."""
        asked = {name: value for name, value in self.query.items() if name not in ("lang", "da")}
        return f"{self.request.url.path}?{urlencode({**asked, 'lang': language})}"
