"""When the station itself is killed in the middle of a scan, no driver program goes on and no page stays in memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from station.dossier.capture import ScanJob
from station.scan.devices.private_folder import sweep
from station.scan.devices.sane import Sane
from tests.devices.conftest import configure_network_scanner
from tests.devices.escl_emulator import EsclEmulator
from tests.devices.scanning import NETWORK_SCANNER, driver_processes, paper

pytestmark = pytest.mark.device

STATION = f"""
import sys, threading
from station.dossier.capture import ScanJob
from station.scan.devices.sane import Sane
Sane(environment={{"SANE_CONFIG_DIR": sys.argv[1]}}).scan(
    ScanJob({NETWORK_SCANNER!r}, "adf", 100), lambda page: None, threading.Event())
"""


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_the_driver_dies_with_the_station_and_its_folder_is_swept_at_the_next_start(tmp_path: Path) -> None:
    with EsclEmulator([paper(1), paper(2)], "stall", fault_at=2) as emulator:
        folder = configure_network_scanner(tmp_path / "sane", emulator.url)
        station = subprocess.Popen(
            [sys.executable, "-c", STATION, str(folder)],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert emulator.stalling.wait(20)
        (driver,) = psutil.Process(station.pid).children(recursive=True)
        landing = Path(next(part for part in driver.cmdline() if part.startswith("--batch=")).split("=")[1]).parent
        assert landing.is_dir()
        station.send_signal(signal.SIGKILL)
        station.wait()
        assert until(lambda: not driver.is_running() or driver.status() == psutil.STATUS_ZOMBIE)
    assert landing.is_dir()
    sweep()
    assert not landing.exists()


def test_pages_land_in_memory_and_not_on_a_disk(network_scanner: Callable[..., Sane]) -> None:
    if not Path("/dev/shm").is_dir():  # noqa: S108
        pytest.skip("this machine has no file system in memory")

    landings: list[str] = []

    def look(_page: object) -> None:
        landings.extend(part for process in driver_processes() for part in process.cmdline() if "--batch=" in part)

    with EsclEmulator([paper(1), paper(2)]) as emulator:
        network_scanner(emulator).scan(ScanJob(NETWORK_SCANNER, "adf", 300), look, threading.Event())
    assert landings
    assert all(landing.startswith("--batch=/dev/shm/digital-station-") for landing in landings)
