"""Real drivers with a configuration of their own in each test: nothing is shared, so tests may run side by side."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from station.scan.devices.sane import Sane
from tests.devices.escl_emulator import EsclEmulator


@pytest.fixture(autouse=True)
def _needs_sane() -> None:
    if shutil.which("scanimage") is None:
        pytest.skip("sane-utils is not installed")


def configure_test_driver(folder: Path, **options: str) -> Path:
    """SANE's own test driver; `options` are those of its test.conf with `_` for `-`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("test\n")
    told = {"number_of_devices": "1", "test_picture": '"Grid"', "mode": "Gray", "geometry_max": "300.0", **options}
    keep = {"number_of_devices", "geometry_max"}
    lines = [f"{name if name in keep else name.replace('_', '-')} {value}\n" for name, value in told.items()]
    (folder / "test.conf").write_text("".join(lines))
    return folder


def configure_network_scanner(folder: Path, url: str) -> Path:
    """sane-airscan with one scanner and no search of the network."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("airscan\n")
    (folder / "airscan.conf").write_text(f'[devices]\n"Specimen" = {url}, eSCL\n[options]\ndiscovery = disable\n')
    return folder


@pytest.fixture
def test_driver(tmp_path: Path) -> Callable[..., Sane]:
    def make(page_deadline: float = 20.0, **options: str) -> Sane:
        folder = configure_test_driver(tmp_path / "sane", **options)
        return Sane(page_deadline=page_deadline, environment={"SANE_CONFIG_DIR": str(folder)})

    return make


@pytest.fixture
def network_scanner(tmp_path: Path) -> Callable[..., Sane]:
    def make(emulator: EsclEmulator, page_deadline: float = 20.0, answer_deadline: float = 20.0) -> Sane:
        folder = configure_network_scanner(tmp_path / "sane", emulator.url)
        return Sane("SANE", page_deadline, answer_deadline, {"SANE_CONFIG_DIR": str(folder)})

    return make
