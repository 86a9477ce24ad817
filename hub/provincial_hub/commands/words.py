"""How a word of the command line is added, and how it answers: one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Protocol

from provincial_hub.settings import DataFolder

Deed = Callable[[DataFolder, argparse.Namespace], int]


class Words(Protocol):
    """Adds a word with what it does and what it is for."""

    def __call__(self, name: str, deed: Deed, words: str) -> argparse.ArgumentParser: ...


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()
