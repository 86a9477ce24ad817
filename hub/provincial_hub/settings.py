"""How this hub is set up: its folder, and the stations that may speak to it."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from provincial_hub import toml_sections
from provincial_hub.errors import SetupError

log = logging.getLogger(__name__)

AGE_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
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
    def people(self) -> Path:
        return self.root / "people.toml"

    @property
    def recovery_key(self) -> Path:
        return self.root / "recovery.txt"

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def stations(self) -> Path:
        return self.root / "stations.toml"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A section of `stations.toml`."""

    token_sha256: str
    trail_key: str | None = None


class Stations:
    """The enrolled stations, by the SHA-256 of their tokens: the tokens themselves are kept nowhere."""

    def __init__(self, file: Path | None = None, given: Mapping[str, str] | None = None) -> None:
        self._file = file
        self._given = dict(given or {})
        self._seen: tuple[int, int] | None = None
        self._enrolled: dict[str, Enrolled] = {}

    def __len__(self) -> int:
        return len(self._digests())

    def owner_of(self, token: str) -> str | None:
        """The station with this token. Every one is compared, in constant time, so timing tells nothing."""
        self.refresh()
        given = digest_of(token)
        owner = None
        for station, digest in self._digests().items():
            if hmac.compare_digest(given, digest):
                owner = station
        return owner

    def trail_key(self, station: str) -> str | None:
        """The key of its audit trail that a station brought to its enrolment, as it stands in a head."""
        enrolled = self._enrolled.get(station)
        if enrolled is None or enrolled.trail_key is None:
            return None
        return enrolled.trail_key.rstrip("=").replace("+", "-").replace("/", "_")

    def refresh(self) -> None:
        """Read `stations.toml` again where it has changed; while it is wrong, what it said before counts."""
        if self._file is None:
            return
        try:
            state = self._file.stat()
        except FileNotFoundError:
            self._enrolled, self._seen = {}, None
            return
        if self._seen == (state.st_mtime_ns, state.st_ino):
            return
        try:
            self._enrolled = _read(self._file)
        except SetupError as error:
            log.warning("%s", error)
        self._seen = (state.st_mtime_ns, state.st_ino)

    @classmethod
    def load(cls, file: Path, given: Iterable[str] = ()) -> Stations:
        """The stations of `stations.toml` and those `given` as `NAME:TOKEN`; raises `SetupError`."""
        digests = {}
        for pair in given:
            station, _, token = pair.partition(":")
            if not token:
                raise SetupError("--station wants NAME:TOKEN")
            digests[checked_name(station)] = digest_of(token)
        every = [*digests.values(), *(one.token_sha256 for name, one in _read(file).items() if name not in digests)]
        if len(set(every)) < len(every):
            raise SetupError("two stations have the same token")
        stations = cls(file, digests)
        stations.refresh()
        return stations

    def _digests(self) -> dict[str, str]:
        return {name: one.token_sha256 for name, one in self._enrolled.items()} | self._given


def enrol(
    file: Path, station: str, *, again: bool = False, receipt_key: str | None = None, trail_key: str | None = None
) -> str:
    """Give a station a random token, write down its SHA-256 and return it, the only time it is seen.

    `again`: in the place of the token it had. Raises `SetupError` where it is enrolled already.
    """
    if checked_name(station) in _read(file) and not again:
        raise SetupError(f"{station} is enrolled already; remove its section from {file.name} to enrol it again")
    token = secrets.token_urlsafe(32)
    keys = {"receipt_key": receipt_key, "trail_key": trail_key}
    section = {"token_sha256": digest_of(token)} | {name: key for name, key in keys.items() if key is not None}
    toml_sections.put(file, station, section)
    return token


def recovery_key(file: Path) -> str | None:
    """The province's age recipient, if it has one; raises `SetupError` where the file holds something else."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        text = ""
    if not AGE_RECIPIENT.fullmatch(text):
        raise SetupError(f"{file.name} wants one line: the public half of an age key, age1…")
    return text


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).hexdigest()


def checked_name(station: str) -> str:
    """The name, or `SetupError`: it becomes a folder's name and part of the contract."""
    if not _STATION.fullmatch(station):
        raise SetupError(f"{station!r} cannot name a station: letters, digits, . _ - and at most 32 of them")
    return station


def _read(file: Path) -> dict[str, Enrolled]:
    enrolled = {}
    for station, section in toml_sections.read(file).items():
        told = section if isinstance(section, dict) else {}
        digest, trail_key = told.get("token_sha256"), told.get("trail_key")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise SetupError(f'{file.name}: ["{station}"] wants token_sha256, made by provincial-hub enrol')
        enrolled[checked_name(station)] = Enrolled(digest, trail_key if isinstance(trail_key, str) else None)
    return enrolled
