"""Child processes that end with this program, even when it is killed and cannot end them itself."""

from __future__ import annotations

import shutil


def ended_with_us() -> list[str]:
    """What to put before a command; Linux only, elsewhere a killed program leaves its children behind."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
