"""The targets that `hub.toml` names, opened: `[outward.NAME]`, one section for each system outside."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import State

from provincial_hub.background import Work
from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.outward import mapping
from provincial_hub.outward.composing import Composer
from provincial_hub.outward.directory import Directory, FetchPage
from provincial_hub.outward.relay import Relay
from provincial_hub.outward.signature import Secret
from provincial_hub.outward.targets import Target
from provincial_hub.outward.webhook import Webhook, bare

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What targets need of the running hub."""

    ledger: Ledger
    fetch: FetchPage
    now: Callable[[], datetime]


Planned = Callable[[Parts], Target]


def plan_targets(said: Section, folder: Path) -> list[Planned]:
    """Everything that can be wrong is found before the hub starts; raises `SetupError`."""
    planned = []
    for name in said.names():
        if not _NAME.fullmatch(name):
            raise said.wrong(name, "cannot name a target: small letters, digits, _ and at most 32 of them")
        section = said.section(name)
        kind = section.one_of("kind", ("webhook", "directory"))
        planned.append((_webhook if kind == "webhook" else _directory)(name, section, folder))
        section.done()
    return planned


def relaying(planned: Sequence[Planned], state: State) -> Work:
    """The relay as work beside the requests, of a node whose parts stand in `state`."""
    settings, ledger, now = state.settings, state.ledger, state.now

    async def fetch(station: str, sha256: str) -> bytes:
        content: bytes = await asyncio.to_thread(state.page_store.get, f"{station}/{sha256}")
        return content

    async def work() -> None:
        targets = [plan(Parts(ledger, fetch, now)) for plan in planned]
        relay = Relay(ledger, targets, settings.node, now)
        await relay.begin()
        await relay.run()

    return work


def _webhook(name: str, section: Section, folder: Path) -> Planned:
    url = section.text("url")
    if not _is_safe(url):
        raise section.wrong("url", "wants https://…; http:// only to this machine")
    secret = _secret(section)
    named = section.text("mapping")
    chosen = mapping.load(named, folder) if named else None
    trust = _trust(section, folder)
    free_text = section.flag("free_text", False)
    longest = section.number("timeout_seconds", 30, 1, 300)

    def opened(parts: Parts) -> Target:
        compose = bare(free_text=free_text)
        if chosen is not None:
            compose = Composer(parts.ledger, chosen, free_text=free_text).with_record
        return Webhook(name, url, secret, parts.now, compose=compose, trust=trust, longest=longest)

    return opened


def _directory(name: str, section: Section, folder: Path) -> Planned:
    out = folder / section.text("folder")
    if out == folder or not out.is_dir():
        raise section.wrong("folder", "wants a folder that is there, for this target alone")
    chosen = mapping.load(section.text("mapping", "opencps-v2"), folder)
    with_pages = section.flag("pages", False)

    def opened(parts: Parts) -> Target:
        return Directory(name, out, Composer(parts.ledger, chosen), parts.fetch if with_pages else None)

    return opened


def _secret(section: Section) -> Secret:
    given = section.secret("secret")
    try:
        return Secret.parse(given)
    except SetupError as error:
        raise section.wrong("secret_file", f"is no secret: {error}") from error


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    if parts.username or parts.password or not parts.hostname:
        return False
    if parts.scheme == "https":
        return True
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _trust(section: Section, folder: Path) -> ssl.SSLContext:
    """The system's authorities, or the one that the section names alone."""
    file = section.text("ca_file")
    try:
        return ssl.create_default_context(cafile=str(folder / file) if file else None)
    except (OSError, ssl.SSLError) as error:
        raise section.wrong("ca_file", "is no certificate of an authority in PEM") from error
