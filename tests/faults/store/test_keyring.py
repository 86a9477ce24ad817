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
IN_A_SESSION = ("dbus-run-session", "--")
UNLOCKED = 'printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null;'
ALTERNATIVE = """
from pathlib import Path
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 100

    def _file(self, username):
        return Path.home() / f"{username}.plain"

    def set_password(self, service, username, password):
        self._file(username).write_text(password)

    def get_password(self, service, username):
        return self._file(username).read_text() if self._file(username).exists() else None

    def delete_password(self, service, username):
        self._file(username).unlink()
"""
"""What `keyrings.alt` brings: the library takes it in silence, and it writes passwords down in clear."""
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if not all(map(shutil.which, NEEDED)):
        pytest.skip(f"needs {' and '.join(NEEDED)}")
    place = tmp_path / "home"
    (place / "run").mkdir(parents=True, mode=0o700)
    return place


def ask(home: Path, deed: str, password: str | None, *, session: bool = True, modules: Path | None = None) -> str:
    """Run the program in a fresh session in which the person logged in with this password; None: no keyring runs."""
    program = [sys.executable, str(PROGRAM), deed, str(home / "station" / "keys.json")]
    begin = UNLOCKED if password is not None else ""
    command = [*IN_A_SESSION, "sh", "-c", f'{begin} exec "$2" "$3" "$4" "$5"', "sh", password or "", *program]
    paths = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_RUNTIME_DIR": home / "run"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    if modules is not None:
        paths["PYTHONPATH"] = modules
    told = subprocess.run(
        command if session else program,
        env={**kept, **{name: str(path) for name, path in paths.items()}},
        capture_output=True,
        text=True,
        timeout=120,
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


def test_a_new_data_key_is_opened_by_the_same_login(home: Path) -> None:
    made = ask(home, "create", LOGIN)
    following = ask(home, "rotate", LOGIN)
    assert following != made
    assert ask(home, "open", LOGIN) == following


@pytest.mark.parametrize("session", [True, False], ids=["a session without a keyring", "no session"])
def test_without_a_keyring_nothing_is_made_and_what_there_is_stays_locked(home: Path, session: bool) -> None:
    assert ask(home, "create", None, session=session) == "keys.no_slot"
    assert not (home / "station").exists()
    ask(home, "create", LOGIN)
    before = (home / "station" / "keys.json").read_bytes()
    assert ask(home, "open", None, session=session) == "keys.locked"
    assert (home / "station" / "keys.json").read_bytes() == before


def test_a_plain_text_keyring_that_is_installed_is_never_used(home: Path) -> None:
    modules = home / "modules"
    (modules / "keyrings").mkdir(parents=True)
    (modules / "keyrings" / "alt.py").write_text(ALTERNATIVE)
    about = modules / "keyrings_alt-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[keyring.backends]\nalt = keyrings.alt\n")
    assert ask(home, "chosen", None, session=False, modules=modules) == "PlaintextKeyring", "the trap is set"
    assert ask(home, "create", None, session=False, modules=modules) == "keys.no_slot"
    made = ask(home, "create", LOGIN, modules=modules)
    assert ask(home, "open", LOGIN) == made, "the real keyring was taken"
    assert list(home.rglob("*.plain")) == []
