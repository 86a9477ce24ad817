"""The real keyring of a desktop (GNOME, over the Secret Service): made, opened again, and locked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("keyring_session.py")
LOGIN = "login password"
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if not all(map(shutil.which, NEEDED)):
        pytest.skip(f"needs {' and '.join(NEEDED)}")
    place = tmp_path / "home"
    (place / "run").mkdir(parents=True, mode=0o700)
    return place


def ask(home: Path, deed: str, password: str) -> str:
    """Run the program in a fresh session in which the person logged in with this password."""
    script = 'printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$2" "$3" "$4" "$5"'
    command = ["dbus-run-session", "--", "sh", "-c", script, "sh", password, sys.executable, str(PROGRAM)]
    paths = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_RUNTIME_DIR": home / "run"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    told = subprocess.run(
        [*command, deed, str(home / "station" / "keys.json")],
        env={**kept, **{name: str(path) for name, path in paths.items()}},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_the_keyring_opens_the_store_at_the_next_login_and_nobody_else_does(home: Path) -> None:
    made = ask(home, "create", LOGIN)
    assert len(bytes.fromhex(made)) == 8
    assert ask(home, "open", LOGIN) == made
    assert ask(home, "open", "another password") == "keys.locked"
    assert ask(home, "open", LOGIN) == made
