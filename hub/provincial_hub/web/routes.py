"""Every route of the page, and who may reach it: the one table that the permission test goes through, too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from provincial_hub.web import alarms, deeds, dossier, dossiers, figures_page, files, people, sign_in, stations, targets
from provincial_hub.web.exchange import Exchange

ANYBODY: frozenset[str] = frozenset()
SUPERVISOR, IT, BOTH = frozenset({"supervisor"}), frozenset({"it"}), frozenset({"supervisor", "it"})
WHILE_CHOOSING = {"/mat-khau", "/dang-xuat", "/static/{name}"}
"""What somebody reaches who still has the passphrase that was given out."""


@dataclass(frozen=True, slots=True)
class Permitted:
    method: str
    path: str
    roles: frozenset[str]
    handle: Callable[[Exchange], Awaitable[Response]]


ROUTES = (
    Permitted("GET", "/static/{name}", ANYBODY, files.static),
    Permitted("GET", "/dang-nhap", ANYBODY, sign_in.ask),
    Permitted("POST", "/dang-nhap", ANYBODY, sign_in.enter),
    Permitted("POST", "/dang-xuat", BOTH, sign_in.leave),
    Permitted("GET", "/mat-khau", BOTH, sign_in.ask_passphrase),
    Permitted("POST", "/mat-khau", BOTH, sign_in.choose_passphrase),
    Permitted("GET", "/", BOTH, stations.home),
    Permitted("GET", "/tram", BOTH, stations.listed),
    Permitted("GET", "/tram/{station}", BOTH, stations.one),
    Permitted("POST", "/tram/{station}/ngat", IT, stations.shut_out),
    Permitted("POST", "/tram/{station}/cho-lai", IT, stations.let_in),
    Permitted("GET", "/ho-so", BOTH, dossiers.listed),
    Permitted("GET", "/ho-so/{dossier}", SUPERVISOR, dossier.shown),
    Permitted("GET", "/ho-so/{dossier}/trang/{number}", SUPERVISOR, files.page_image),
    Permitted("GET", "/ho-so/{dossier}/xem-truoc/{number}", SUPERVISOR, files.preview),
    Permitted("GET", "/ho-so/{dossier}/sua", SUPERVISOR, deeds.ask_correction),
    Permitted("POST", "/ho-so/{dossier}/sua", SUPERVISOR, deeds.correct),
    Permitted("POST", "/ho-so/{dossier}/ma", SUPERVISOR, deeds.assign_code),
    Permitted("POST", "/ho-so/{dossier}/tra-lai", SUPERVISOR, deeds.give_back),
    Permitted("POST", "/ho-so/{dossier}/trang-thai", SUPERVISOR, deeds.set_state),
    Permitted("GET", "/ho-so/{dossier}/cau-hoi/{question}", SUPERVISOR, deeds.ask_question),
    Permitted("POST", "/ho-so/{dossier}/cau-hoi/{question}", SUPERVISOR, deeds.settle_question),
    Permitted("GET", "/so-lieu", BOTH, figures_page.shown),
    Permitted("GET", "/so-lieu.csv", BOTH, figures_page.as_csv),
    Permitted("GET", "/canh-bao", BOTH, alarms.listed),
    Permitted("POST", "/canh-bao/{alarm}", BOTH, alarms.settle),
    Permitted("GET", "/lien-thong", BOTH, targets.listed),
    Permitted("POST", "/lien-thong/{target}/{message}/gui-lai", IT, targets.send_again),
    Permitted("POST", "/lien-thong/{target}/{message}/bo", IT, targets.give_up),
    Permitted("GET", "/nguoi", BOTH, people.listed),
)
