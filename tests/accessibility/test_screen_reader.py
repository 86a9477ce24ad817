"""What a blind officer or citizen hears: every control of both windows by name and state, and never somebody's secret.

The program really runs, on a private display and a private session bus, and a real AT-SPI client walks its windows.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.accessibility.heard_walk import BUS, SYSTEM_PYTHON
from tests.journeys.piles import BIRTH

pytestmark = pytest.mark.timeout(900)
CONTROLS = frozenset(
    {"push button", "toggle button", "check box", "radio button", "combo box", "text", "password text", "list", "table"}
)
OFFICER = "Trạm số – Tiếp nhận hồ sơ"


@dataclass(frozen=True)
class Heard:
    """One node."""

    window: str
    role: str
    name: str
    description: str
    states: frozenset[str]


Walk = dict[str, list[Heard]]
"""By picture of the walk: all that was heard then."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    has_binding = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    if not (Path(BUS).exists() and shutil.which("dbus-run-session") and shutil.which("Xvfb")):
        pytest.skip("no accessibility bus on this machine: apt-get install at-spi2-core xvfb dbus-daemon")
    if subprocess.run(has_binding, capture_output=True, check=False).returncode:
        pytest.skip("nothing here can listen: apt-get install python3-gi gir1.2-atspi-2.0")
    folder = tmp_path_factory.mktemp("heard")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-m", "tests.accessibility.heard_walk", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {
        file.stem: [_heard(line) for line in file.read_text("utf-8").splitlines()] for file in folder.glob("*.jsonl")
    }


def _heard(line: str) -> Heard:
    told = json.loads(line)
    return Heard(**told | {"states": frozenset(told["states"])})


def test_every_control_that_can_be_reached_has_a_name(walk: Walk) -> None:
    nameless = {
        (picture, node.role)
        for picture, nodes in walk.items()
        for node in nodes
        if node.role in CONTROLS and not node.name.strip()
    }
    assert len(walk) > 15
    assert not nameless


def test_the_step_that_is_open_is_heard_as_checked(walk: Walk) -> None:
    checked = {node.name for node in walk["06-review"] if "checked" in node.states}
    assert "Soát" in checked


def test_the_citizen_hears_the_question_the_value_and_both_answers(walk: Walk) -> None:
    heard = [node for node in walk["08-citizen-asked"] if node.window != OFFICER]
    buttons = {node.name for node in heard if node.role in ("push button", "toggle button", "check box")}
    assert any("Đúng" in name for name in buttons)
    assert any("Sai" in name for name in buttons)
    spoken = " ".join(node.name + node.description for node in heard)
    assert _fact("subject.id_number") not in spoken, "whoever stands by would hear it"


def test_the_welcome_says_nothing_about_anybody(walk: Walk) -> None:
    said = " ".join(node.name + node.description for node in walk["01-citizen-welcome"])
    assert said
    assert _person(walk).casefold() not in said.casefold()


def test_behind_the_lock_nothing_about_the_citizen_is_heard(walk: Walk) -> None:
    person = _person(walk)
    for picture in ("15-locked", "15-citizen-blank"):
        said = " ".join(node.name + node.description for node in walk[picture])
        assert said
        assert person.casefold() not in said.casefold()


def _person(walk: Walk) -> str:
    """The specimen's citizen, as the officer hears who is identified."""
    name = _fact("subject.full_name")
    assert any(name.casefold() in node.name.casefold() for node in walk["03-identify"])
    return name


def _fact(key: str) -> str:
    """What stands on the card of the practice tray's first pile."""
    return str(BIRTH.truth[0]["fields"][key])
