"""The one place where the hub's parts are joined."""

from __future__ import annotations

import fcntl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta, timezone

from fastapi import FastAPI

from provincial_hub.api import errors
from provincial_hub.api.routes import FOR_STATIONS
from provincial_hub.api.trail_head import WithTrailVerdict
from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.uploads import Uploads
from provincial_hub.receipts import Signer
from provincial_hub.reception import Reception
from provincial_hub.settings import DataFolder, Stations
from provincial_hub.stations.enrolments import Enrolments
from provincial_hub.stations.rosters import Rosters
from provincial_hub.stations.trails import Trails

# One zone without summer time since 1975.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def vietnam_time() -> datetime:
    return datetime.now(VIETNAM)


@contextmanager
def sole_owner(data: DataFolder) -> Iterator[None]:
    """Hold the folder's lock: two hubs that write one page at a time each would write it twice at once."""
    with data.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError(f"another hub is running on {data.root}") from error
        yield


def build_app(
    data: DataFolder, stations: Stations, signer: Signer, unit: str, now: Callable[[], datetime] = vietnam_time
) -> FastAPI:
    """The hub as an ASGI application on its embedded defaults: SQLite and a directory."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        ledger = Ledger(await open_database(embedded(data.database)))
        uploads = Uploads(Spool(data.spool), PageDirectory(data.pages))
        app.state.ledger, app.state.signer = ledger, signer
        app.state.reception = Reception(ledger, uploads, signer, unit, now)
        app.state.trails = Trails(ledger, stations.trail_key, now)
        app.state.rosters = Rosters(ledger, data.people, signer, now)
        app.state.enrolments = Enrolments(ledger, app.state.rosters, signer, data, stations, now)
        yield
        await ledger.close()

    # No generated documentation: the contract is contract/v1/, not what this program happens to do.
    app = FastAPI(title="Provincial hub", openapi_url=None, lifespan=lifespan)
    app.state.stations = stations
    app.state.now = now
    errors.install(app)
    for room in FOR_STATIONS:
        app.include_router(room.router)
    app.add_middleware(WithTrailVerdict)
    return app
