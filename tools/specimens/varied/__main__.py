"""Write a folder of varied papers with its truth: `python -m tools.specimens.varied OUT --count 120 --seed 1`."""

from __future__ import annotations

import argparse
import json
import random
from itertools import cycle
from pathlib import Path
from typing import Any

from tools.specimens.varied.cards import CARDS
from tools.specimens.varied.damage import card, sheet
from tools.specimens.varied.papers import PAPERS

SHEETS = ("plain", "stamp", "plain", "copy", "camera", "faded", "turned")
BEDS = ("bed", "alone", "camera", "bed", "copy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    # Twice as many sheets as cards, each kind and each damage in turn.
    kinds, sheets, beds, cards = cycle(PAPERS), cycle(SHEETS), cycle(BEDS), cycle(CARDS)
    with (asked.out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for number in range(asked.count):
            dice = random.Random(asked.seed * 100_000 + number)  # noqa: S311, papers are to be the same each time
            if number % 3 == 2:
                specimen = CARDS[next(cards)](dice)
                content, damage = card(specimen, next(beds), dice)
            else:
                specimen = PAPERS[next(kinds)](dice)
                content, damage = sheet(specimen, next(sheets), dice)
            name = f"v{number:03}.jpg"
            (asked.out / name).write_bytes(content)
            line: dict[str, Any] = {"file": name, "kind": specimen.kind}
            line |= {"fields": specimen.fields, "also": specimen.also}
            line |= {"text": "\n".join(specimen.lines), "damage": damage}
            if specimen.qr:
                line["qr"] = specimen.qr
            if specimen.mrz:
                line["mrz"] = list(specimen.mrz)
            truth.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
