"""What every test of both programs is run under."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

# Windows are drawn, not shown; a test that wants a display makes itself one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one example takes says more about what else the machine does than about the code.
settings.register_profile("any-machine", deadline=None)
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
