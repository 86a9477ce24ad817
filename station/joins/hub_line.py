"""Joins the line to the hub: the client, what is brought to it, and what is asked of it in between."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial
from importlib import metadata

from station.actions.ports.clock import Clock
from station.actions.trust_desk import TrustDesk
from station.catalogue.packs import Check, Packs
from station.dossier.hub_changes import HubChange
from station.joins.line_choice import LineChoice
from station.joins.page_previews import PagePreviews, Previewer
from station.joins.trust import look_for_roster
from station.paths import DataFolder
from station.settings import Settings
from station.store import durable
from station.store.store import Store
from station.sync.access import KeepAccess
from station.sync.authority import read_authority
from station.sync.changes import TakeChanges
from station.sync.courier.key_file import AskCourierKey
from station.sync.errands import Errand
from station.sync.hub_client import HubClient
from station.sync.hub_clock import HubClock
from station.sync.link_estimate import LinkMeter
from station.sync.loop import SyncLoop
from station.sync.procedure_packs import FetchPack
from station.sync.receipts import HubKey
from station.sync.reports import Backlog, SendReport
from station.sync.request_signature import RequestSigner
from station.sync.thread import SyncThread

OFTEN, SELDOM = timedelta(minutes=15), timedelta(hours=6)
AT_ONCE = timedelta(seconds=5)
"""The hub's word on what it has just been told is not waited for any longer."""
PATIENCE = timedelta(hours=1)
"""How long a queue of pages may keep the station from hearing what the hub has to tell."""


def _packs(client: HubClient, store: Store, folder: DataFolder, key: HubKey, check: Check) -> FetchPack:
    durable.make_folder(folder.sent)
    packs = Packs(folder.sent, durable.write)
    newest = partial(store.hub_feed.newest_pack, key.raw)
    return FetchPack(client, newest, packs.in_use, lambda content: packs.take(content, check))


def hub_line(
    store: Store,
    trust: TrustDesk,
    folder: DataFolder,
    settings: Settings,
    clock: Clock,
    previewer: Previewer,
    check_pack: Check = lambda _files: None,
    hub_clock: HubClock | None = None,
) -> SyncThread:
    """`check_pack` says whether the program could work with a pack; `hub_clock` is told of the hub's time.

    Nothing is asked before the thread is started. Raises `HubError` where the settings are not a hub's.
    """
    encrypted = settings.hub_url.strip().lower().startswith("https:")
    tls = read_authority(folder.root / settings.hub_ca, settings.hub_pin) if encrypted else None
    key, meter = HubKey.parse(settings.hub_key), LinkMeter()
    known_by = store.hub_access.identities(settings.hub_token)
    client = HubClient(
        settings.hub_url,
        known_by.current.token,
        practice=settings.practice,
        tls=tls,
        head=store.audit.head_to_tell,
        meter=meter,
        signer=RequestSigner(known_by.current.seed, clock.now),
        spares=lambda: store.hub_access.identities(settings.hub_token).every,
        hub_clock=hub_clock,
    )
    roster = partial(look_for_roster, client, trust)

    def backlog() -> Backlog:
        waiting, refused, oldest_at = store.outbox.backlog()
        return Backlog(waiting, refused, oldest_at, thread.queue().bytes_left)

    def took(changes: tuple[HubChange, ...], dossiers: frozenset[str]) -> None:
        if any(change.subject == "roster" for change in changes):
            roster()
        thread.tell(dossiers)

    courier_key = AskCourierKey(
        client,
        partial(store.courier_keys.of_hub, key.raw),
        partial(store.courier_keys.learn, key.raw),
        settings.station,
        key.raw,
    )
    report = SendReport(
        client, backlog, store.free_space, clock.now, metadata.version("digital-station"), settings.language
    )
    errands = [
        Errand(
            "access",
            KeepAccess(client, store.hub_access, key.raw, settings.station, settings.hub_token, clock.now),
            OFTEN,
        ),
        Errand(
            "changes", TakeChanges(client, store.hub_feed, key.raw, settings.station, took), OFTEN, PATIENCE, AT_ONCE
        ),
        Errand("roster", roster, SELDOM),
        Errand("courier key", courier_key, SELDOM),
        Errand("procedures", _packs(client, store, folder, key, check_pack), OFTEN, PATIENCE),
        Errand("report", report, OFTEN, PATIENCE),
    ]
    previews = PagePreviews(store.pages, previewer)
    loop = SyncLoop(
        store.outbox,
        store.pages,
        client,
        key,
        clock,
        random.random,
        settings.station,
        store.restorations,
        errands,
        previews,
        meter=meter,
    )
    loop.metered, loop.limit = LineChoice(folder.line_choice, settings).read()
    thread = SyncThread(loop, clock)
    previews.on_made(thread.wake)
    return thread
