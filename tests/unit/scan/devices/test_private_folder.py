"""The folder in memory where pages land: ours alone, and gone afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from station.scan.devices.private_folder import private_folder, sweep

KILLED = """
import os, pathlib, sys
from station.scan.devices.private_folder import private_folder
with private_folder(pathlib.Path(sys.argv[1])) as folder:
    (folder / "1.pnm").write_bytes(b"a page")
    os.kill(os.getpid(), 9)
"""


def test_nobody_else_may_look_into_it_and_it_goes_away(tmp_path: Path) -> None:
    with private_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "1.pnm").write_bytes(b"a page")
    assert list(tmp_path.iterdir()) == []


def test_it_goes_away_when_the_scan_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), private_folder(tmp_path):
        _ = 1 // 0
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_is_swept_at_the_next_start_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert len(list(tmp_path.iterdir())) == 1
    with private_folder(tmp_path) as in_use:
        assert sweep(tmp_path) == 1
        assert list(tmp_path.iterdir()) == [in_use]
