"""How this hub is set up: its folder, and the stations that may speak to it."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import sync_folder

_STATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Everything that the hub keeps lies below one folder on one file system."""

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
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def stations(self) -> Path:
        return self.root / "stations.toml"


class Stations:
    """The enrolled stations, by the SHA-256 of their tokens: the tokens themselves are kept nowhere."""

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._digests = dict(digests)

    def __len__(self) -> int:
        return len(self._digests)

    def owner_of(self, token: str) -> str | None:
        """The station with this token. Every one is compared, in constant time, so timing tells nothing."""
        given = digest_of(token)
        owner = None
        for station, digest in self._digests.items():
            if hmac.compare_digest(given, digest):
                owner = station
        return owner

    @classmethod
    def load(cls, file: Path, given: Iterable[str] = ()) -> Stations:
        """The stations of `stations.toml` and those `given` as `NAME:TOKEN`; raises `SetupError`."""
        digests = _read(file)
        for pair in given:
            station, _, token = pair.partition(":")
            if not token:
                raise SetupError("--station wants NAME:TOKEN")
            digests[checked_name(station)] = digest_of(token)
        if len(set(digests.values())) < len(digests):
            raise SetupError("two stations have the same token")
        return cls(digests)


def enrol(file: Path, station: str) -> str:
    """Give a new station a random token, write down its SHA-256 and return it, the only time it is seen."""
    if checked_name(station) in _read(file):
        raise SetupError(f"{station} is enrolled already; remove its section from {file.name} to enrol it again")
    token = secrets.token_urlsafe(32)
    section = f'["{station}"]\ntoken_sha256 = "{digest_of(token)}"\n'
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    partial = file.with_suffix(".new")
    with partial.open("w", encoding="utf-8") as out:
        out.write(f"{before}\n{section}" if before else section)
        out.flush()
        os.fsync(out.fileno())
    partial.chmod(0o600)
    partial.replace(file)
    sync_folder(file.parent)
    return token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).hexdigest()


def checked_name(station: str) -> str:
    """The name, or `SetupError`: it becomes a folder's name and part of the contract."""
    if not _STATION.fullmatch(station):
        raise SetupError(f"{station!r} cannot name a station: letters, digits, . _ - and at most 32 of them")
    return station


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file.name}: {error}") from error
    digests = {}
    for station, section in sections.items():
        digest = section.get("token_sha256") if isinstance(section, dict) else None
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise SetupError(f'{file.name}: ["{station}"] wants token_sha256, made by provincial-hub enrol')
        digests[checked_name(station)] = digest
    return digests
