"""The one place where the hub's parts are joined."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from provincial_hub.api import errors, probes
from provincial_hub.api.observing import Observed
from provincial_hub.api.routes import FOR_STATIONS
from provincial_hub.api.trail_head import WithTrailVerdict
from provincial_hub.background import Work, running
from provincial_hub.cases.earlier import count_earlier
from provincial_hub.clock import vietnam_time
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.leftovers import drop_leftovers
from provincial_hub.keeping.mover import Mover
from provincial_hub.keeping.pages import open_pages
from provincial_hub.keeping.pruning import Keep, prune_nightly
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.spooled_pages import SpooledPages
from provincial_hub.keeping.uploads import Uploads
from provincial_hub.metrics import Metrics
from provincial_hub.metrics_server import MetricsSettings, serving_metrics
from provincial_hub.outward.opening import plan_targets, relaying
from provincial_hub.receipts import Signer
from provincial_hub.reception import Reception
from provincial_hub.service_manager import watchdog
from provincial_hub.settings import Settings
from provincial_hub.stations.enrolments import Enrolments
from provincial_hub.stations.packs import Packs
from provincial_hub.stations.people import People
from provincial_hub.stations.previews import Previews
from provincial_hub.stations.quotas import Allowance, Quotas
from provincial_hub.stations.registry import Stations
from provincial_hub.stations.reports import Reports
from provincial_hub.stations.roster_news import RosterNews
from provincial_hub.stations.rosters import Rosters
from provincial_hub.stations.speakers import Speakers
from provincial_hub.stations.trails import Trails
from provincial_hub.web.exchange import PREFIX
from provincial_hub.web.site import Site


def build_app(settings: Settings, signer: Signer, now: Callable[[], datetime] = vietnam_time) -> FastAPI:
    """One node of the hub as an ASGI application. Its parts stand in `app.state` while it runs."""

    quotas = Quotas.read(settings.section("quotas"))
    keep = Keep.read(settings.section("keep"))
    targets = plan_targets(settings.section("outward"), settings.data.root)
    watched = MetricsSettings.read(settings.section("metrics"))
    listener = watched.listen()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        ledger = state.ledger = Ledger(await open_database(settings.database, settings.connections))
        spool = Spool(settings.spool)
        pages = state.page_store = await asyncio.to_thread(open_pages, settings)
        state.stations = Stations(ledger, now)
        state.people = People(ledger, now)
        state.rosters = Rosters(ledger, signer, now)
        state.enrolments = Enrolments(ledger, state.rosters, signer, now)
        state.roster_news = RosterNews(ledger, state.rosters, now)
        state.packs = Packs(ledger, signer, now)
        state.speakers = Speakers(ledger, now)
        state.allowance = Allowance(ledger, quotas, settings.node, spool.begun, now)
        state.reports = Reports(ledger, now)
        state.previews = Previews(ledger, now)
        state.trails = Trails(ledger, state.stations.trail_key, now)
        state.reception = Reception(ledger, Uploads(spool, pages), signer, settings.unit, now)
        beside: list[Work] = [
            partial(drop_leftovers, spool),
            relaying(targets, state),
            serving_metrics(listener, watched.token, state),
        ]
        beside.append(watchdog)
        beside += [partial(count_earlier, ledger, now), partial(prune_nightly, ledger, keep, now)]
        if isinstance(pages, SpooledPages):
            beside.append(Mover(ledger, pages, settings.grace).run)
        async with running(beside):
            yield
        await ledger.close()

    # No generated documentation: the contract is contract/v1/, not what this program happens to do.
    app = FastAPI(title="Provincial hub", openapi_url=None, lifespan=lifespan)
    app.state.settings, app.state.signer, app.state.now = settings, signer, now
    app.state.metrics = Metrics()
    errors.install(app)
    for room in FOR_STATIONS:
        app.include_router(room.router)
    app.include_router(probes.router)
    app.mount(PREFIX, Site(app.state, now).application())
    app.add_route("/", lambda _request: RedirectResponse(f"{PREFIX}/"))  # who types the hub's name alone
    app.add_middleware(WithTrailVerdict)
    app.add_middleware(Observed, metrics=app.state.metrics)
    return app
