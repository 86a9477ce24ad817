"""Failures in the form of the contract: a status and `{"error": {"code", "message"}}`."""

from __future__ import annotations

import errno
import logging

from asyncpg import PostgresError  # type: ignore[import-untyped]
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from provincial_hub.errors import RefusedError
from provincial_hub.keeping.dialect import is_away, kind_of

log = logging.getLogger(__name__)

STATUS = {
    "auth.other_station": 403,
    "auth.shut_out": 403,
    "auth.signature": 401,
    "auth.unknown_station": 401,
    "enrolment.busy": 429,
    "enrolment.refused": 403,
    "events.too_many": 413,
    "key.not_proven": 403,
    "page.hash_mismatch": 422,
    "page.media_type": 415,
    "page.not_announced": 404,
    "page.offset": 409,
    "page.too_large": 413,
    "procedures.none": 404,
    "procedures.range": 416,
    "request.malformed": 400,
    "request.stalled": 503,
    "request.too_large": 413,
    "roster.none": 404,
    "station.quota": 429,
    "hub.failed": 500,
    "hub.storage": 503,
}
RETRY_AFTER = {"enrolment.busy": "60", "request.stalled": "5", "station.quota": "60", "hub.storage": "60"}
_OUT_OF_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def failure(code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response for a code of the contract."""
    headers = dict(headers or {})
    if code in RETRY_AFTER:
        headers.setdefault("Retry-After", RETRY_AFTER[code])
    if STATUS[code] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": {"code": code, "message": message}}, STATUS[code], headers)


def install(app: FastAPI) -> None:
    """Let every failure leave the app in this form, the framework's own ones too."""

    @app.exception_handler(RefusedError)
    async def refused(_request: Request, refusal: RefusedError) -> JSONResponse:
        log.info("refused: %s", refusal.code)
        wait = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        return failure(refusal.code, refusal.message, wait)

    @app.exception_handler(HTTPException)
    async def no_such_thing(_request: Request, error: HTTPException) -> JSONResponse:
        code = "request.no_such_resource" if error.status_code == 404 else "request.not_allowed"
        body = {"error": {"code": code, "message": error.detail}}
        return JSONResponse(body, error.status_code, dict(error.headers or {}))

    @app.exception_handler(ClientDisconnect)
    async def went_away(_request: Request, _error: ClientDisconnect) -> JSONResponse:
        return failure("request.stalled", "the connection broke")  # nobody is there to read it

    async def keeping_failed(_request: Request, error: Exception) -> JSONResponse:
        if is_away(error):
            # The text of a statement's parameters would hold the dossier: only the kind is logged.
            log.error("the database cannot be reached: %s", kind_of(error))
            return failure("hub.storage", "the hub cannot keep anything at the moment")
        log.error("the database failed: %s", kind_of(error))
        return failure("hub.failed", "the hub failed; this is not the sender's fault")

    # The driver's own errors come bare where a connection cannot be made, and the network's where one is lost.
    for kind in (SQLAlchemyError, PostgresError, ConnectionError, TimeoutError):
        app.add_exception_handler(kind, keeping_failed)

    @app.exception_handler(OSError)
    async def disk_failed(_request: Request, error: OSError) -> JSONResponse:
        log.error("the disk failed: %s", error.strerror)
        if error.errno in _OUT_OF_SPACE:
            return failure("hub.storage", "the hub cannot keep anything at the moment")
        return failure("hub.failed", "the hub failed; this is not the sender's fault")

    @app.exception_handler(Exception)
    async def failed(_request: Request, error: Exception) -> JSONResponse:
        log.error("failed: %s", type(error).__name__)
        return failure("hub.failed", "the hub failed; this is not the sender's fault")
