"""All drivers joined."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError
from station.scan.devices.folder import Folder
from station.scan.devices.sane import Sane
from station.scan.devices.sources import Sources
from station.scan.devices.tray import Tray


def tray(tmp_path: Path, sheets: int = 2) -> Tray:
    for number in range(sheets):
        (tmp_path / f"{number}.jpg").write_bytes(b"%d" % number)
    return Tray(tmp_path, delay=0.05)


def test_the_devices_of_every_driver_are_listed_in_order(tmp_path: Path) -> None:
    sources = Sources([Folder(tmp_path / "away", "Scan folder"), tray(tmp_path)])
    assert [(device.id, device.ready) for device in sources.devices()] == [("folder", False), ("tray", True)]


def test_a_machine_without_sane_says_so_and_still_lists_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sources = Sources([Sane("Scanner"), tray(tmp_path)])
    first, second = sources.devices()
    assert (first.ready, first.remedy, second.ready) == (False, "device.driver_missing", True)
    with pytest.raises(DeviceError, match=r"device\.driver_missing"):
        sources.scan(ScanJob("sane:x"), lambda _: None, threading.Event())


def test_a_scan_goes_to_the_driver_of_the_device(tmp_path: Path) -> None:
    pages: list[CapturedImage] = []
    Sources([tray(tmp_path)]).scan(ScanJob("tray", "adf"), pages.append, threading.Event())
    assert [page.content for page in pages] == [b"0", b"1"]


def test_a_device_of_no_driver_is_none(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"device\.none"):
        Sources([tray(tmp_path)]).scan(ScanJob("twain:x"), lambda _: None, threading.Event())


def test_one_device_is_not_used_twice_at_a_time_and_is_free_afterwards(tmp_path: Path) -> None:
    sources = Sources([tray(tmp_path, sheets=3)])
    refused: list[str] = []

    def scan_again(_page: CapturedImage) -> None:
        try:
            sources.scan(ScanJob("tray", "adf"), lambda _: None, threading.Event())
        except DeviceError as error:
            refused.append(error.code)

    sources.scan(ScanJob("tray", "adf"), scan_again, threading.Event())
    assert refused == ["device.busy"] * 3
    with pytest.raises(DeviceError, match=r"device\.no_paper"):
        sources.scan(ScanJob("tray", "adf"), lambda _: None, threading.Event())


def test_a_file_is_opened(tmp_path: Path) -> None:
    kept = io.BytesIO()
    Image.new("L", (30, 20), 200).save(kept, "PNG")
    pages: list[CapturedImage] = []
    Sources([]).open_file(kept.getvalue(), "a.png", pages.append, threading.Event())
    assert pages == [CapturedImage(kept.getvalue(), "image/png", "file")]
