"""A PostgreSQL server that may be stopped, cut off and started again."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tools.servers.ports import free_port

_PLACES = "/usr/lib/postgresql"
_OWNER = "postgres"
_PATIENCE = 60.0


def programs() -> Path | None:
    """The folder of the newest PostgreSQL on this machine."""
    found = sorted(Path(_PLACES).glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Postgres:
    """`databases()` are made on demand. Never runs as root: then it is the user `postgres`."""

    def __init__(self) -> None:
        bin_folder = programs()
        if bin_folder is None:
            raise FileNotFoundError("PostgreSQL is not installed")
        self._bin, self._process, self._made = bin_folder, None, 0
        self.port, self._password = free_port(), secrets.token_urlsafe(12)
        self._root = Path(tempfile.mkdtemp(prefix="postgres-"))
        (self._root / "password").write_text(self._password)
        if os.geteuid() == 0:
            for file in (self._root, self._root / "password"):
                shutil.chown(file, _OWNER, _OWNER)
        told = ["--auth=scram-sha-256", f"--pwfile={self._root}/password", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._say("initdb", "--no-sync", "--data-checksums", *told, "--username=hub", f"--pgdata={self._data}")
        self.start()

    _process: subprocess.Popen[bytes] | None

    @property
    def _data(self) -> Path:
        return self._root / "data"

    def start(self) -> None:
        """Start and wait until it answers."""
        told = [f"-k{self._root}", "-clisten_addresses=127.0.0.1", f"-p{self.port}", "-cmax_connections=60"]
        with (self._root / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._as_owner("postgres", "-D", str(self._data), *told), stdout=log, stderr=log, cwd=self._root
            )
        ends = time.monotonic() + _PATIENCE
        while subprocess.run(self._asks("pg_isready"), capture_output=True, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self._root / "log").read_text())
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is «immediate»: everybody is cut off, and the next start recovers from the log."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def new_database(self) -> str:
        """The URL of an empty database."""
        self._made += 1
        name = f"hub_{self._made}"
        self._say("createdb", *self._asks("createdb")[1:], name)
        return f"postgresql+asyncpg://hub:{self._password}@127.0.0.1:{self.port}/{name}"

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._root, ignore_errors=True)

    def _asks(self, program: str) -> list[str]:
        return [str(self._bin / program), "-h127.0.0.1", f"-p{self.port}", "-Uhub"]

    def _say(self, program: str, *words: str) -> None:
        environment = os.environ | {"PGPASSWORD": self._password}
        done = subprocess.run(
            self._as_owner(program, *words),
            capture_output=True,
            text=True,
            cwd=self._root,
            env=environment,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _as_owner(self, program: str, *words: str) -> list[str]:
        command = [str(self._bin / program), *words]
        if os.geteuid():
            return command
        owner = pwd.getpwnam(_OWNER)
        return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *command]
