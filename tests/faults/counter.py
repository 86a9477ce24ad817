"""A counter under test: the station that the program builds, with a feeder and readers that need no machine."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station.app import Station, build, open_keys
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.outline import Outline
from station.dossier.reading import PageReading, ReadField, Source, Status
from station.errors import StationError
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from tests.people import sit_down

PASSPHRASE = "mật khẩu của trạm mẫu"
OFFICER = "canbo.mau"
NAME = "Nguyễn Thị Đăng"
CARD = f"001199000123||{NAME}|05031999|Nữ|Thôn Mẫu, xã Mẫu, tỉnh Mẫu|01072024"
"""The QR of a card of nobody."""


@dataclass(frozen=True)
class Place:
    """Where a station lies and whom it tells; without an address nobody."""

    root: Path
    station: str = "T01"
    hub_url: str = ""
    hub_token: str = ""
    hub_key: str = ""

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.root)

    @property
    def settings(self) -> Settings:
        return Settings(
            station=self.station,
            officer=OFFICER,
            hub_url=self.hub_url,
            hub_token=self.hub_token,
            hub_key=self.hub_key,
            practice=True,  # a hub on this machine, without TLS
        )


@dataclass
class Sheets:
    """A feeder, and in it the sheets that a test laid there."""

    kind: str = "sheets"
    sheets: list[bytes] = field(default_factory=list)

    def devices(self) -> Sequence[Device]:
        return [Device("sheets", "Máy quét", "sheets", ("adf",))]

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        while self.sheets and not cancel.is_set():
            deliver(CapturedImage(self.sheets[0], "image/jpeg", "sheets"))
            self.sheets.pop(0)  # taken once it is kept


class PromptReader:
    """Reads every page at once, on the caller's thread, as a birth certificate of the person at the counter."""

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        number = f"{int.from_bytes(hashlib.sha256(content).digest()[:3], 'big')}/2020"
        fields = (_read("number", number), _read("subject.full_name", NAME), _read("registered_at", "UBND xã Mẫu"))
        done(PageReading("birth_certificate", 0.98, fields=fields))


def _read(key: str, value: str) -> ReadField:
    return ReadField(key, value, value, 0.97, Status.ACCEPTED, Source.OCR)


def sheet(name: str) -> bytes:
    """The bytes of a page that is like no other; big enough to be written in several pieces."""
    seed = hashlib.shake_256(name.encode()).digest(24_000)
    return b"\xff\xd8\xff\xe0MAU - SPECIMEN" + seed + b"\xff\xd9"


@contextmanager
def at_work(place: Place, sheets: Sheets | None = None, keys: Keys | None = None) -> Iterator[Station]:
    """The station as its program opens it, not yet started. `keys` spare the passphrase, which takes its time."""
    keys = keys or open_keys(place.folder, PASSPHRASE)
    station = build(place.folder, place.settings, keys, Language.load(), [sheets or Sheets()])
    try:
        yield sit_down(station)
    finally:
        station.close()


def parse_resources_once() -> None:
    """For this process and those it forks: a restart would otherwise spend most of its time on the same TOML."""
    parsed: dict[str, bytes] = {}
    parse = tomllib.loads

    def loads(text: str, /, **how: Any) -> dict[str, Any]:
        if text not in parsed:
            parsed[text] = pickle.dumps(parse(text, **how))
        told: dict[str, Any] = pickle.loads(parsed[text])  # noqa: S301 - our own
        return told

    tomllib.loads = loads  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder, at_work(Place(Path(folder) / "station")):
        pass
