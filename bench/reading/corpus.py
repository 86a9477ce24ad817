"""A folder of images with its `truth.jsonl`, and a draw from it that keeps every kind and damage in proportion."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Truth = dict[str, Any]


def truths(folder: Path) -> list[Truth]:
    """One object an image (`docs/reading.md`, section «Truth files»)."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def drawn(all_truths: Sequence[Truth], count: int, seed: int = 1) -> list[Truth]:
    """`count` of them, the same for the same seed: in turn from every pair of kind and damage, in shuffled order."""
    dice = random.Random(seed)  # noqa: S311, a draw is to be repeatable
    strata: dict[tuple[str, str], list[Truth]] = defaultdict(list)
    for truth in all_truths:
        strata[truth["kind"], truth.get("damage", {}).get("profile", "")].append(truth)
    stacks = [dice.sample(strata[key], len(strata[key])) for key in sorted(strata)]
    dice.shuffle(stacks)
    chosen: list[Truth] = []
    while len(chosen) < min(count, len(all_truths)):
        for stack in stacks:
            if stack and len(chosen) < count:
                chosen.append(stack.pop())
    return sorted(chosen, key=lambda truth: str(truth["file"]))
