"""How this node of the hub is set up: its folder, and what `hub.toml` and the environment say."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.database import embedded

UNIT = "H00.00.00"
_UNIT = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
_NODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_PORTS = range(65536)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
OTHER_ROOMS = ("keep", "quotas", "outward", "web", "metrics", "log")
"""Sections that the rooms of these names read themselves, from `Settings.section`."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The node's own folder; in the embedded default everything that the hub keeps lies below it."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "hub.db"

    @property
    def key(self) -> Path:
        return self.root / "hub.key"

    @property
    def lock(self) -> Path:
        return self.root / "hub.lock"

    @property
    def pages(self) -> Path:
        return self.root / "pages"

    @property
    def settings(self) -> Path:
        return self.root / "hub.toml"

    @property
    def spool(self) -> Path:
        return self.root / "spool"


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """An S3-compatible store of pages, which several nodes share."""

    bucket: str
    endpoint: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is decided before the hub starts. `objects` is None where pages lie in a directory."""

    data: DataFolder
    node: str
    unit: str
    host: str
    port: int
    proxies: str
    """Who may say from which address a request came: addresses and networks, with commas between; `*`: everybody."""
    key: Path
    database: str = field(repr=False)
    connections: int
    pages: Path
    objects: ObjectStore | None
    spool: Path
    grace: timedelta
    """How long a page stays in the spool after the object store has it, too."""
    other: Section = field(repr=False)

    @classmethod
    def load(cls, root: Path, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of the node in this folder; raises `SetupError` with a sentence for a person."""
        data = DataFolder(root)
        said = Section.read(data.settings, os.environ if environment is None else environment)
        listen, spool = said.section("listen"), said.section("spool")
        database, pages = said.section("database"), said.section("pages")
        store = pages.one_of("store", ("directory", "s3"))
        told = cls(
            data=data,
            node=_matching(said, "node", socket.gethostname().partition(".")[0] or "hub", _NODE),
            unit=_matching(said, "unit", UNIT, _UNIT),
            host=listen.text("host", "127.0.0.1"),
            port=listen.number("port", 0, _PORTS[0], _PORTS[-1]),
            proxies=_proxies(listen),
            key=_file(said, "key", data.key),
            database=_database(database, data),
            connections=database.number("connections", 10, 1, 1000),
            pages=_file(pages, "folder", data.pages),
            objects=_objects(pages) if store == "s3" else None,
            spool=_file(spool, "folder", data.spool),
            grace=timedelta(hours=spool.number("grace_hours", 24, 0, 24 * 90)),
            other=said,
        )
        for section in (listen, spool, database, pages):
            section.done()
        for room in OTHER_ROOMS:
            said.section(room)
        said.done()
        return told

    def section(self, room: str) -> Section:
        """What `hub.toml` says to a room of `OTHER_ROOMS`."""
        return self.other.section(room)

    def but(self, host: str | None, port: int | None, unit: str | None) -> Settings:
        """With what the command line says in the place of the file; raises `SetupError`."""
        if unit is not None and not _UNIT.fullmatch(unit):
            raise SetupError(f"--unit: {unit!r} is empty, or has letters that do not belong there")
        if port is not None and port not in _PORTS:
            raise SetupError(f"--port: {port} is none: from 0, which is any that is free, to {_PORTS[-1]}")
        given = {"host": host, "port": port, "unit": unit}
        return replace(self, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _proxies(said: Section) -> str:
    """A proxy on the machine itself is believed in any case. `*` has to stand alone: uvicorn knows it no other way."""
    given = [one.strip() for one in said.text("proxies").split(",") if one.strip()]
    if given == ["*"]:
        return "*"
    try:
        for one in given:
            ip_network(one)
    except ValueError as error:
        raise said.wrong("proxies", 'wants addresses or networks, 10.0.0.5, 10.1.0.0/24, or "*" alone') from error
    return ",".join(("127.0.0.1", "::1", *given))


def _database(said: Section, data: DataFolder) -> str:
    url, password = said.text("url"), said.secret("password")
    if not url:
        return embedded(data.database)
    try:
        known = make_url(url)
    except ArgumentError as error:
        raise said.wrong("url", "is no URL of a database") from error
    if known.password is not None and not said.is_in_environment("url"):
        raise said.wrong("url", "holds a password: name a file by password_file, or set HUB_DATABASE_PASSWORD")
    if password:
        known = known.set(password=password)
    return known.render_as_string(hide_password=False)


def _objects(said: Section) -> ObjectStore:
    endpoint = said.text("endpoint")
    if not endpoint.startswith(("https://", "http://")):
        raise said.wrong("endpoint", "wants the address of the object store, https://…")
    access_key, secret_key = said.secret("access_key"), said.secret("secret_key")
    if not (access_key and secret_key):
        raise said.wrong("access_key_file", "and secret_key_file are wanted, or HUB_PAGES_ACCESS_KEY and …_SECRET_KEY")
    bucket, region = _matching(said, "bucket", "", _BUCKET), said.text("region", "us-east-1")
    return ObjectStore(bucket, endpoint, region, access_key, secret_key)


def _matching(said: Section, name: str, default: str, form: re.Pattern[str]) -> str:
    value = said.text(name, default)
    if not form.fullmatch(value):
        raise said.wrong(name, "is empty, or has letters that do not belong there")
    return value


def _file(said: Section, name: str, default: Path) -> Path:
    """Relative to the node's folder."""
    value = said.text(name)
    return default.parent / value if value else default
