"""The command line: what is given is used, wherever it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.__main__ import _parser, main
from station.language import Language


@pytest.mark.parametrize("given", [["--data", "x", "practice"], ["practice", "--data", "x"]])
def test_the_practice_folder_may_stand_before_or_after_the_word(given: list[str]) -> None:
    assert _parser().parse_args(given).data == Path("x")


def test_without_a_folder_practice_takes_its_own() -> None:
    assert _parser().parse_args(["practice"]).data is None


def test_devices_are_those_of_the_folder_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text('watched_folder = "nowhere"', encoding="utf-8")
    assert main(["--data", str(tmp_path), "devices"]) == 0
    assert str(Language.load()("error.device.folder_missing.say")) in capsys.readouterr().out


ALLOWED_TO_DUMP = """
import resource
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
from station.__main__ import main
try:
    main(["--version"])
except SystemExit:
    print(resource.getrlimit(resource.RLIMIT_CORE))
"""
DUMPABLE = """
import ctypes
PR_GET_DUMPABLE = 3
print(ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no core dumps")
def test_a_crash_leaves_no_core_dump_with_papers_in_it() -> None:
    done = subprocess.run([sys.executable, "-c", ALLOWED_TO_DUMP], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0)"


@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_no_other_program_of_the_same_user_reads_the_memory() -> None:
    script = f"{ALLOWED_TO_DUMP}{DUMPABLE}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    done = subprocess.run([sys.executable, "-c", DUMPABLE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1", "as it is with every other program"


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are text there")
@pytest.mark.parametrize("encoding", ["ascii", "utf-8:strict"])
def test_words_and_names_come_out_whole_whatever_the_locale(encoding: str, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xe9.jpg"
    command = [sys.executable, "-m", "station", "read", name]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith(name)
    assert str(Language.load()("error.file.missing.say")).encode() in done.stdout
