"""The practice tray behaves like a feeder."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError
from station.scan.devices.tray import Tray

FEEDER = ScanJob("tray", "adf")


@pytest.fixture
def tray(tmp_path: Path) -> Tray:
    for pile, sheets in {"a": ("1.jpg", "2.jpg"), "b": ("1.jpg", "2.fault", "3.png")}.items():
        (tmp_path / pile).mkdir()
        for sheet in sheets:
            (tmp_path / pile / sheet).write_text("device.jammed" if sheet == "2.fault" else f"{pile}{sheet}")
    (tmp_path / "a" / "truth.jsonl").write_text("{}")
    return Tray(tmp_path, delay=0.0)


def scan(tray: Tray, job: ScanJob = FEEDER, cancel: threading.Event | None = None) -> list[str]:
    pages: list[CapturedImage] = []
    tray.scan(job, pages.append, cancel or threading.Event())
    return [page.content.decode() for page in pages]


def test_each_scan_takes_the_next_pile_until_none_is_left(tray: Tray, tmp_path: Path) -> None:
    (tmp_path / "b" / "2.fault").unlink()
    tray.reload()
    assert scan(tray) == ["a1.jpg", "a2.jpg"]
    assert scan(tray) == ["b1.jpg", "b3.png"]
    with pytest.raises(DeviceError, match=r"device\.no_paper"):
        scan(tray)


def test_a_fault_strikes_once_and_the_rest_of_the_pile_follows(tray: Tray) -> None:
    scan(tray)
    pages: list[CapturedImage] = []
    with pytest.raises(DeviceError, match=r"device\.jammed"):
        tray.scan(FEEDER, pages.append, threading.Event())
    assert [page.media_type for page in pages] == ["image/jpeg"]
    assert scan(tray) == ["b3.png"]


def test_the_flatbed_takes_one_sheet(tray: Tray) -> None:
    assert scan(tray, ScanJob("tray", "flatbed")) == ["a1.jpg"]
    assert scan(tray) == ["a2.jpg"]


def test_reloading_puts_every_pile_back(tray: Tray) -> None:
    scan(tray)
    tray.reload()
    assert scan(tray) == ["a1.jpg", "a2.jpg"]


def test_a_cancelled_scan_leaves_the_other_sheets_in_the_tray(tray: Tray) -> None:
    cancel = threading.Event()
    with pytest.raises(DeviceError, match=r"device\.cancelled"):
        tray.scan(FEEDER, lambda _page: cancel.set(), cancel)
    assert scan(tray) == ["a2.jpg"]


def test_a_tray_without_papers_is_listed_as_not_ready(tmp_path: Path) -> None:
    (device,) = Tray(tmp_path / "missing").devices()
    assert (device.ready, device.remedy) == (False, "device.no_paper")


def test_a_tray_that_was_taken_away_is_told_as_a_lost_device(tray: Tray, tmp_path: Path) -> None:
    for sheet in tmp_path.rglob("*.*"):
        sheet.unlink()
    with pytest.raises(DeviceError, match=r"device\.lost"):
        scan(tray)
