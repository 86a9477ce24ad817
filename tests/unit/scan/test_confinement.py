"""What a process that was taken over by a crafted file can still do: next to nothing."""

from __future__ import annotations

import ctypes
import os
import queue
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station import paths
from station.dossier.judgement import Judgement
from station.errors import InputError, StationError
from station.scan.confinement import Confinement, Held, confine
from station.scan.devices.isolated import Emit, Header, IsolationError, Limits, run_isolated
from station.scan.workers import ReadingWorkers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has all of it")


def try_all(content: bytes, about: Header, emit: Emit) -> None:
    """Runs in the child: every door that an intruder would try, and how it answered."""
    del content
    doors: dict[str, Callable[[], object]] = {
        "read": lambda: Path(str(about["secret"])).read_bytes(),
        "list": lambda: os.listdir(Path(str(about["secret"])).parent),  # noqa: PTH208 – what an intruder calls
        "write": lambda: Path(str(about["secret"])).with_name("new").write_bytes(b"x"),
        "parent's memory": lambda: Path(f"/proc/{about['parent']}/mem").open("rb").close(),
        "parent's environment": lambda: Path(f"/proc/{about['parent']}/environ").read_bytes(),
        "trace": lambda: attach(int(about["parent"])),
        "signal": lambda: os.kill(int(about["parent"]), 0),
        "connect": lambda: socket.create_connection(("127.0.0.1", int(about["port"])), timeout=2).close(),
        "many files": lambda: [os.open("/dev/null", os.O_RDONLY) for _ in range(200)],
    }
    for name, door in doors.items():
        try:
            door()
        except OSError as error:
            emit({"door": name, "answer": error.strerror or "closed"}, b"")
        else:
            emit({"door": name, "answer": "open"}, b"")


def attach(process: int) -> None:
    seize = 0x4206
    if ctypes.CDLL(None, use_errno=True).ptrace(seize, process, None, None) != 0:
        raise PermissionError(ctypes.get_errno(), "not traced")


def answers(tmp_path: Path, *, outside: bool) -> dict[str, str]:
    secret = tmp_path / "keys.json"
    secret.write_bytes(b"wrapped keys")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        about: Header = {"secret": str(secret), "parent": os.getpid(), "port": listener.getsockname()[1]}
        told = run_isolated(try_all, b"", about, Limits(outside=outside, seconds=60))
        return {str(header["door"]): str(header["answer"]) for header, _ in told}


def can_confine() -> frozenset[Held]:
    """What this kernel gives, asked in a process that is thrown away."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, ",".join(confine(Confinement())).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        found = told.read()
    os.waitpid(child, 0)
    return frozenset(Held(one) for one in found.split(",") if one)


def test_an_intruder_in_a_child_finds_every_door_shut(tmp_path: Path) -> None:
    given, found = can_confine(), answers(tmp_path, outside=False)
    assert {Held.LIMITS, Held.NO_NEW_PRIVILEGES} <= given
    assert found["many files"] != "open"
    if Held.FILES in given:
        for door in ("read", "list", "write", "parent's memory", "parent's environment", "trace"):
            assert found[door] != "open", door
    if Held.NO_NETWORK in given:
        assert found["connect"] != "open"


def test_a_child_that_needs_its_device_still_has_its_limits(tmp_path: Path) -> None:
    found = answers(tmp_path, outside=True)
    assert found["read"] == found["connect"] == "open"
    assert found["write"] != "open"
    assert found["many files"] != "open"


def flood(content: bytes, about: Header, emit: Emit) -> None:
    while True:
        emit({}, b"x")


def babble(content: bytes, about: Header, emit: Emit) -> None:
    emit({"failed": "file.damaged"}, b"")


def boast(content: bytes, about: Header, emit: Emit) -> None:
    emit({"name": "x" * 100_000}, b"")


@pytest.mark.parametrize("work", [flood, babble, boast])
def test_a_child_that_floods_or_talks_nonsense_is_ended(work: Callable[[bytes, Header, Emit], None]) -> None:
    with pytest.raises(IsolationError):
        list(run_isolated(work, b"", {}, Limits(frames=50, seconds=60)))


SPY = """
from pathlib import Path
from station.errors import InputError

class Gate:
    def judge(self, content):
        try:
            Path(content.decode()).read_bytes()
        except OSError:
            raise InputError("file.no_access")
        raise InputError("file.unreadable")
"""


def test_a_worker_reads_its_models_and_nothing_of_the_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, secret = tmp_path / "code", tmp_path / "station" / "keys.json"
    code.mkdir()
    secret.parent.mkdir()
    secret.write_bytes(b"wrapped keys")
    (code / "a_spy_for_tests.py").write_text(SPY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(code))
    told: queue.Queue[Judgement | StationError] = queue.Queue()
    model = next((paths.resources() / "models").rglob("*.onnx"))
    with ReadingWorkers(paths.resources() / "models", count=1, gate="a_spy_for_tests:Gate") as workers:
        for file in (secret, model):
            workers.judge(str(file).encode(), told.put)
        of_secret, of_model = told.get(timeout=60), told.get(timeout=60)
    assert isinstance(of_model, InputError)
    assert of_model.code == "file.unreadable", "it was read, and something else is said of it"
    if Held.FILES in can_confine():
        assert isinstance(of_secret, InputError)
        assert of_secret.code == "file.no_access"


def test_the_text_model_s_engine_leaves_no_trace_of_its_own(tmp_path: Path) -> None:
    import subprocess

    script = (
        "from pathlib import Path; import station.paths as p; from station.scan.text.line_finder import LineFinder; "
        "LineFinder(p.resources() / 'models')"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    root = str(paths.resources().parent)
    subprocess.run([sys.executable, "-c", script], check=True, env={**environment, "PYTHONPATH": root}, timeout=120)
    assert list(tmp_path.rglob("*")) == []
