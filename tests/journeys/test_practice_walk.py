"""`station practice` without a display: one dossier through both windows on virtual monitors, as `make run` does it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from station.practice.rehearsal import OURS, THEIRS, WHY_RETURNED
from tests.journeys.piles import BIRTH
from tests.journeys.programs import ROOT, alive, until

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xrandr")), reason="needs Xvfb and xrandr: apt xvfb x11-xserver-utils"
)

OFFICER, CITIZEN = (1366, 768), (1024, 600)
Practise = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def practise(tmp_path: Path) -> Iterator[Practise]:
    """Starts `station practice` as a terminal without a display would."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        environment = {name: value for name, value in os.environ.items() if name not in without}
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "station", "practice", "--data", str(tmp_path / "practice"), *arguments],
                cwd=ROOT,
                env={**environment, "DBUS_SESSION_BUS_ADDRESS": "disabled:", "PYTHONWARNINGS": "error"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def jamming_tray(folder: Path, after: int) -> Path:
    """The birth pile in a tray that jams after so many sheets."""
    pile = folder / "tray" / BIRTH.name
    shutil.copytree(BIRTH.folder, pile)
    (pile / f"{after:02}z.fault").write_text("device.jammed", encoding="utf-8")
    return pile.parent


def test_the_walk_takes_a_dossier_from_the_tray_to_the_hub_and_shows_each_step(
    practise: Practise, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"
    said, complaints = practise("--pictures", str(pictures)).communicate(timeout=280)
    assert (complaints, said.count("\n")) == ("", 7)
    told = dict(re.split(r"\s{2,}", line, maxsplit=1) for line in said.splitlines())
    pages = len(BIRTH.pictures) - 1  # the first sheet was the card that identified the citizen
    assert told["Pages scanned and read"].startswith(f"{pages} in ")
    assert re.fullmatch(r"TAM\.T01-\d{6}-0001", told["Receipt number"])
    assert re.fullmatch(rf"H00\.00\.00-\d{{6}}-0001, {pages} of {pages} pages, all verified", told["The hub has"])
    assert_shows_both_windows(pictures)


def assert_shows_both_windows(pictures: Path) -> None:
    shown = {file.stem: picture_of(file) for file in sorted(pictures.iterdir())}
    steps = {name[:2] for name in shown}
    assert steps == {f"{step:02}" for step in range(1, 16)}
    for name, (size, colours) in shown.items():
        assert size == (CITIZEN if "citizen" in name else OFFICER), name
        assert colours > 20 or name == "15-citizen-blank", name  # letters on paper have many greys
    before_and_after = [(pictures / f"{name}.png").read_bytes() for name in ("11-seal", "12-sealed-offline")]
    assert before_and_after[0] != before_and_after[1]


def picture_of(file: Path) -> tuple[tuple[int, int], int]:
    """Size, and how many colours."""
    with Image.open(file) as image:
        return image.size, len(image.convert("RGB").getcolors(maxcolors=1 << 24) or ())


def test_a_tray_that_jams_ends_the_walk_with_the_reason(practise: Practise, tmp_path: Path) -> None:
    tray = jamming_tray(tmp_path, after=2)
    pictures = tmp_path / "pictures"
    process = practise("--tray", str(tray), "--pictures", str(pictures))
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, said) == (1, "")
    assert complaints == "The walk stopped: the officer was shown device.jammed\n"
    assert (pictures / "stopped.png").is_file()


def test_nothing_goes_on_after_the_practice_program_was_killed(practise: Practise, tmp_path: Path) -> None:
    process = practise()
    database = tmp_path / "practice" / "station.db"
    assert until(database.exists)
    program = psutil.Process(process.pid)
    assert until(lambda: process.poll() is not None or bool(readers(program)))
    assert process.poll() is None, process.communicate()
    family = program.children(recursive=True)
    names = {one.name() for one in family}
    assert "Xvfb" in names
    assert any("provincial_hub" in one.cmdline() for one in family)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert until(lambda: not alive(family)), alive(family)


def readers(program: psutil.Process) -> list[psutil.Process]:
    return [one for one in program.children(recursive=True) if "--multiprocessing-fork" in one.cmdline()]


def test_practice_begins_with_a_dossier_that_came_back_and_a_question(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.rehearsed", str(tmp_path / "practice")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {"failed": ["", ""], "questions": [[THEIRS, OURS]], "returned": [WHY_RETURNED]}
