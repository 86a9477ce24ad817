"""Figures of an earlier run kept as JSON with the command that made them, and what has become worse since."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SMALLER_IS_BETTER = ("missing", "cer", "word_loss", "invented", "invented_accepted", "absent")
COMPARED = (
    "kind", "field", "accepted_share", "accepted_precision", "cer", "qr", "mrz", "handwritten", "invented", "absent",
)  # fmt: skip
ALLOWED = 0.002
"""A share may be so much worse before it is a drop: threads of the text engines do not round alike everywhere."""


@dataclass(frozen=True)
class Drop:
    """A figure that has become worse."""

    group: str
    figure: str
    before: float
    now: float

    def __str__(self) -> str:
        return f"{self.group} {self.figure}: {self.before:g} before, {self.now:g} now"


def corpus_name(folder: Path, truths: Sequence[Mapping[str, Any]]) -> str:
    """The folder's name and a digest of its truth: figures of another corpus are no measure for this one."""
    digest = hashlib.sha256(json.dumps(truths, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{folder.name} ({len(truths)} images, {digest[:12]})"


def keep(
    kept: Path,
    corpus: str,
    figures: Mapping[str, Any],
    command: str,
    cpu_seconds: Mapping[str, float],
    drawn_by: str = "",
) -> None:
    """Write the figures of this run under the corpus's name, beside those of other corpora."""
    everything = load(kept)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    everything[corpus] = {
        "command": command,
        "drawn_by": drawn_by,
        "date": datetime.now().astimezone().date().isoformat(),
        "commit": commit,
        "cpu_seconds": {sort: round(spent, 2) for sort, spent in cpu_seconds.items()},
        "figures": figures,
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load(kept: Path) -> dict[str, Any]:
    """Everything kept so far."""
    if not kept.is_file():
        return {}
    everything: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return everything


def drops(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Drop]:
    """What has become worse by more than is allowed, group by group; figures that one side lacks are left out."""
    found = []
    for group, old in before.items():
        for figure in COMPARED:
            was, is_now = old.get(figure), now.get(group, {}).get(figure)
            if was is None or is_now is None:
                continue
            worse = is_now - was if figure in SMALLER_IS_BETTER else was - is_now
            if worse > (ALLOWED if isinstance(was, float) else 0):
                found.append(Drop(group, figure, was, is_now))
    return found
