"""What every test of both programs is run under."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent
LONGEST_FIRST = ROOT / "tests" / "longest_first.txt"
"""`SECONDS FILE` a line: the files that begin, so that no worker is left with a long one when the others are done."""
SECONDS = ROOT / "build" / "test-seconds.txt"
"""The same of every file of the last run of the whole suite: its first lines are what `LONGEST_FIRST` should say."""

# Windows are drawn, not shown; a test that wants a display makes itself one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one example takes says more about what else the machine does than about the code; and a run that fails says
# something about what has been changed since the last, not about luck. Who wants others each time asks for `by-lot`.
settings.register_profile("by-lot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("any-machine", settings.get_profile("by-lot"), derandomize=True)
settings.load_profile("any-machine")


def _files_in_memory() -> None:
    """Keep the tests' own files in memory: stores flush each write, and thousands of stores keep a disk waiting.

    Where power is cut and disks fill up, the tests have file systems of their own (tests/faults/disks.py).
    """
    memory = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own in it
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return
    may_run = not os.statvfs(memory).f_flag & os.ST_NOEXEC  # some tests write programs
    if may_run and shutil.disk_usage(memory).free > 2 << 30:
        os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


_files_in_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of one file stay together and in their order."""
    lines = LONGEST_FIRST.read_text(encoding="utf-8").splitlines()
    turn = {ROOT / line.split()[1]: number for number, line in enumerate(lines)}
    items.sort(key=lambda item: turn.get(item.path, len(turn)))


class _Stopwatch:
    """How long each file takes, set-up of its fixtures included."""

    def __init__(self) -> None:
        self._seconds = Counter[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._seconds[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self) -> None:
        SECONDS.parent.mkdir(exist_ok=True)
        lines = [f"{seconds:.1f} {file}\n" for file, seconds in self._seconds.most_common()]
        SECONDS.write_text("".join(lines), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    of_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if of_everything and not hasattr(config, "workerinput") and not config.option.collectonly:
        config.pluginmanager.register(_Stopwatch())
