"""What the tests of scanners share: invented papers, and one scan with what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import psutil

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError
from station.scan.devices.driver import Driver
from tests.devices.escl_emulator import Picture

TEST_SCANNER = "sane:test:0"
NETWORK_SCANNER = "sane:airscan:e0:Specimen"


@dataclass
class Scanned:
    """What one scan delivered, the code of the error it ended with, and how long it took."""

    pages: list[CapturedImage] = field(default_factory=list)
    code: str | None = None
    seconds: float = 0.0


def scan(
    driver: Driver,
    job: ScanJob,
    cancel: threading.Event | None = None,
    on_page: Callable[[int], None] = lambda _number: None,
) -> Scanned:
    """Run the job to its end."""
    scanned = Scanned()

    def deliver(page: CapturedImage) -> None:
        scanned.pages.append(page)
        on_page(len(scanned.pages))

    began = time.monotonic()
    try:
        driver.scan(job, deliver, cancel or threading.Event())
    except DeviceError as error:
        scanned.code = error.code
    scanned.seconds = time.monotonic() - began
    return scanned


def paper(number: int) -> Picture:
    """An invented A4 page at 300 dpi that says which it is."""
    picture = np.full((3508, 2480, 3), 250, np.uint8)
    picture[100:3400, 600 * number : 600 * number + 400] = (60, 90, 200)
    for line in range(12):
        text = f"SPECIMEN {number} LINE {line} {number * 7919 + line}"
        cv2.putText(picture, text, (150, 300 + 250 * line), cv2.FONT_HERSHEY_SIMPLEX, 3, (120, 20, 20), 8)
    return picture


def decoded(page: CapturedImage) -> Picture:
    picture = cv2.imdecode(np.frombuffer(page.content, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def likeness(one: Picture, other: Picture) -> float:
    """Mean difference of two pictures in grey levels, 0 to 255."""
    small = [cv2.resize(picture, (620, 877), interpolation=cv2.INTER_AREA) for picture in (one, other)]
    return float(np.abs(small[0].astype(int) - small[1]).mean())


def density(page: CapturedImage) -> int:
    """Dots per inch as the JPEG's JFIF header says."""
    assert page.content[6:10] == b"JFIF"
    assert page.content[13] == 1
    return int.from_bytes(page.content[14:16], "big")


def driver_processes() -> list[psutil.Process]:
    """The real `scanimage` processes that this process has started and that still run."""
    running = []
    for process in psutil.Process().children(recursive=True):
        try:
            if process.name() == "scanimage" and process.status() != psutil.STATUS_ZOMBIE:
                running.append(process)
        except psutil.NoSuchProcess:
            continue
    return running
