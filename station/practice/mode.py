"""Practice mode (chế độ thực hành): the same program with its own folder, invented citizens and a hub beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station import paths
from station.errors import HubError
from station.language import Language
from station.paths import DataFolder
from station.practice.local_hub import STATION, LocalHub
from station.practice.people import COLLEAGUES, PASSPHRASE
from station.practice.virtual_screens import virtual_screens
from station.scan.devices.driver import Driver
from station.scan.devices.sane import Sane
from station.scan.devices.tray import Tray
from station.settings import Settings

if TYPE_CHECKING:
    from station.program import Drive


def practise(
    folder: DataFolder, *, walk: bool, pictures: Path | None, citizen_screen: str, tray: Path | None = None
) -> int:
    """Open the practice counter; without a display, or with `walk`, drive one dossier through it and tell about it.

    `tray` is a folder of piles of papers (`scan/devices/tray.py`) in place of the specimens.
    """
    tray = tray or paths.resources() / "specimens" / "tray"
    if _has_display():
        return _open(folder, tray, walk=walk, pictures=pictures)
    with virtual_screens(citizen_screen):
        return _open(folder, tray, walk=True, pictures=pictures)


def _open(folder: DataFolder, piles: Path, *, walk: bool, pictures: Path | None) -> int:
    from station.practice.walkthrough import walk_through

    if not walk:
        return open_practice(folder, piles)
    return open_practice(folder, piles, lambda hub: partial(walk_through, hub=hub, tray=piles, pictures=pictures))


def open_practice(folder: DataFolder, piles: Path, driven: Callable[[LocalHub], Drive] | None = None) -> int:
    """The counter over a tray of piles and a hub of its own; `driven` says who works it in people's place."""
    from station.practice.rehearsal import Rehearsal
    from station.program import refuse, run

    language = Language.load()
    tray = Tray(piles, language("device.kind.tray"))
    hub = LocalHub(folder.root / "hub")
    folder.root.mkdir(parents=True, exist_ok=True)
    try:
        enrolment = hub.start()
    except HubError as error:  # another window practises in this folder
        return refuse(language, error, headless=driven is not None)
    try:
        settings = Settings(
            station=STATION,
            authority="ỦY BAN NHÂN DÂN XÃ MẪU",
            officer="canbo.mau",
            officer_name="Cán bộ Mẫu",
            hub_url=enrolment.url,
            hub_token=enrolment.token,
            hub_key=enrolment.key,
            practice=True,
        )
        drivers: list[Driver] = [tray] if driven else [tray, Sane(language("device.kind.sane"))]
        drive = driven(hub) if driven else None
        beside = None if driven else lambda session: Rehearsal(session, hub).begin()
        return run(
            folder, settings, drivers=drivers, passphrase=PASSPHRASE, colleagues=COLLEAGUES, drive=drive, beside=beside
        )
    finally:
        hub.stop()


def _has_display() -> bool:
    """Whether windows can be shown to a person here."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return True
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
