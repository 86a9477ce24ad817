"""A provincial hub as a process of its own: what it says once it listens, or why it does not start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def start_hub(
    data: Path, *words: str, environment: Mapping[str, str] | None = None
) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """`provincial-hub serve` over a folder, and its first line; whoever starts it ends it.

    Raises `RuntimeError` with what it said where it ends before it listens.
    """
    command = [sys.executable, "-m", "provincial_hub", "serve", "--data", str(data), *words]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:  # a pipe that nobody reads would stop it one day
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, **(environment or {})}
        )
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            process.communicate()
            log.seek(0)
            raise RuntimeError(f"the hub did not start ({process.returncode}): {log.read()[-4000:]}")
    return process, json.loads(line)
