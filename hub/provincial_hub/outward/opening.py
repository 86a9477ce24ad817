"""The targets that `hub.toml` names, opened: `[outward.NAME]`, one section for each system outside."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.outward import mapping
from provincial_hub.outward.composing import Composer
from provincial_hub.outward.directory import Directory, FetchPage
from provincial_hub.outward.signature import Secret
from provincial_hub.outward.targets import Target
from provincial_hub.outward.webhook import Webhook, bare

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


def open_targets(
    said: Section, folder: Path, ledger: Ledger, fetch: FetchPage, now: Callable[[], datetime]
) -> list[Target]:
    """Everything that can be wrong is found before the hub starts; raises `SetupError`."""
    targets: list[Target] = []
    for name in said.names():
        if not _NAME.fullmatch(name):
            raise said.wrong(name, "cannot name a target: small letters, digits, _ and at most 32 of them")
        section = said.section(name)
        kind = section.one_of("kind", ("webhook", "directory"))
        if kind == "webhook":
            targets.append(_webhook(name, section, folder, ledger, now))
        else:
            targets.append(_directory(name, section, folder, ledger, fetch))
        section.done()
    return targets


def _webhook(name: str, section: Section, folder: Path, ledger: Ledger, now: Callable[[], datetime]) -> Webhook:
    url = section.text("url")
    if not _is_safe(url):
        raise section.wrong("url", "wants https://…; http:// only to this machine")
    try:
        secret = Secret.parse(section.secret("secret"))
        named = section.text("mapping")
        compose = Composer(ledger, mapping.load(named, folder)).with_record if named else bare
    except SetupError as error:
        raise section.wrong("secret or mapping", f"is wrong: {error}") from error
    return Webhook(
        name,
        url,
        secret,
        now,
        compose=compose,
        trust=_trust(section, folder),
        longest=section.number("timeout_seconds", 30, 1, 300),
    )


def _directory(name: str, section: Section, folder: Path, ledger: Ledger, fetch: FetchPage) -> Directory:
    out = folder / section.text("folder")
    if out == folder or not out.is_dir():
        raise section.wrong("folder", "wants a folder that is there, for this target alone")
    composer = Composer(ledger, mapping.load(section.text("mapping", "opencps-v2"), folder))
    return Directory(name, out, composer, fetch if section.flag("pages", False) else None)


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
