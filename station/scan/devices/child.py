"""Driver programs run as children: in their own process group, dying with us, stopped politely and then for sure."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

SIGKILL = 9
_PR_SET_PDEATHSIG = 1


def start(command: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a driver program with pipes on all three streams; raises `FileNotFoundError`.

    Its own process group keeps a Ctrl-C meant for us away from it and lets `kill` reach what it has started. The
    kernel kills it when we die (`setpriv --pdeathsig`; `preexec_fn` could deadlock, as we run threads). The signal
    is bound to the starting thread, so that thread must outlive the child.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    guard = [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
    return subprocess.Popen(
        [*guard, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {}), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )


def interrupt(process: subprocess.Popen[str]) -> None:
    """Ask politely: `scanimage` cancels the page at the scanner, and aborts when asked a second time."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)


def kill(process: subprocess.Popen[str]) -> None:
    """End it and everything it started, now."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def die_with_parent() -> None:
    """Called first in our own child processes: the kernel kills this one when the parent dies (Linux)."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), SIGKILL)
