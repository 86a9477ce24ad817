"""`/healthz` and `/readyz`, for load balancers and service managers; not part of the contract with stations."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from provincial_hub.readiness import look

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, bool]:
    """The process answers; nothing else is asked."""
    return {"alive": True}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """503 while stations should be sent to another node; `failing` also names what a node can do without for a time."""
    found = await look(request.app.state)
    return JSONResponse(
        {"ready": found.ready, "failing": found.failing}, 200 if found.ready else 503, {"Cache-Control": "no-store"}
    )
