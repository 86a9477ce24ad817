"""From the ID card to the receipt for five procedures: by the keyboard alone, and by mouse and finger."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.errands import ERRANDS
from tests.journeys.programs import ROOT

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xrandr")),
        reason="needs Xvfb and xrandr: apt xvfb x11-xserver-utils",
    ),
]

Counted = list[dict[str, Any]]


def served(folder: Path, hand: str) -> Counted:
    """What each of the five cost; printed as a table."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.errands", str(folder), hand],
        cwd=ROOT,
        env={**environment, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        capture_output=True,
        text=True,
        check=False,
        timeout=850,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counted = [json.loads(line) for line in done.stdout.splitlines()]
    for one in counted:
        typed = f"{one['corrected']} letters of corrections among them"
        print(f"{one['procedure']:>9}  {one['pages']} pages  {one['keys']} keys ({typed})  {one['clicks']} clicks  "
              f"waited {one['waited']:.1f} s")  # fmt: skip
    return counted


def test_five_citizens_are_served_by_the_keyboard_alone(tmp_path: Path) -> None:
    counted = served(tmp_path / "keyboard", "keyboard")
    assert [one["procedure"] for one in counted] == [errand[1] for errand in ERRANDS]
    assert len({one["number"] for one in counted}) == len(ERRANDS)
    for one in counted:
        assert one["clicks"] == 0
        assert one["keys"] - one["corrected"] < 120, "two minutes are not enough for more"


def test_five_citizens_are_served_by_mouse_and_finger(tmp_path: Path) -> None:
    counted = served(tmp_path / "mouse", "mouse")
    assert [one["procedure"] for one in counted] == [errand[1] for errand in ERRANDS]
    for one in counted:
        found = len(next(words for words, code, _ in ERRANDS if code == one["procedure"]))
        assert one["keys"] - one["corrected"] == found, "letters are typed only to find and to correct"
        assert one["clicks"] > 0
