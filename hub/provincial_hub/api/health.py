"""`GET /v1/health`: which contract this hub speaks and what time it is, for anybody who asks."""

from __future__ import annotations

from fastapi import APIRouter, Request

from provincial_hub import contract

router = APIRouter()


@router.get("/v1/health")
async def health(request: Request) -> dict[str, str]:
    return {"contract": contract.VERSION, "time": request.app.state.now().isoformat()}
