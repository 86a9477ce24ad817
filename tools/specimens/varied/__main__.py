"""Write a folder of varied papers with its truth: `python -m tools.specimens.varied OUT --count 120 --seed 1`.

The same seed draws the same folder on a machine with the same typefaces (`fonts.py`); each line of the truth names its
own. `--unseen` draws most papers in typefaces that no network of ours was trained on. `--cards` draws cards alone; 56
of them are every kind in every damage.
"""

from __future__ import annotations

import argparse
import json
from itertools import cycle
from pathlib import Path
from typing import Any

from tools.specimens.ink import Specimen
from tools.specimens.varied.cards import CARDS
from tools.specimens.varied.damage import BEDS, SHEETS, Damage, card, sheet
from tools.specimens.varied.papers import FORMS, PAPERS
from tools.specimens.varied.style import Lot


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unseen", action="store_true", help="typefaces that training never saw")
    parser.add_argument("--cards", action="store_true", help="no sheets")
    asked = parser.parse_args()
    write_folder(asked.out, asked.count, asked.seed, asked.unseen, asked.cards)


def write_folder(out: Path, count: int, seed: int, unseen: bool = False, cards_alone: bool = False) -> None:
    """Twice as many sheets as cards, each kind and each damage in turn; a form in four is filled in by hand."""
    out.mkdir(parents=True, exist_ok=True)
    kinds, sheets, beds, cards = cycle(PAPERS), cycle(SHEETS), cycle(BEDS), cycle(CARDS)
    with (out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for number in range(count):
            dice = Lot(seed * 100_000 + number, unseen)
            if cards_alone or number % 3 == 2:
                specimen = CARDS[next(cards)](dice)
                content, damage = card(specimen, next(beds), dice)
            else:
                kind = next(kinds)
                dice.by_hand = kind in FORMS and dice.random() < 0.25
                specimen = PAPERS[kind](dice)
                content, damage = sheet(specimen, next(sheets), dice)
            name = f"v{number:03}.jpg"
            (out / name).write_bytes(content)
            truth.write(json.dumps(_told(name, specimen, damage), ensure_ascii=False) + "\n")


def _told(name: str, specimen: Specimen, damage: Damage) -> dict[str, Any]:
    """One line of the truth (`docs/reading.md`)."""
    line: dict[str, Any] = {"file": name, "kind": specimen.kind, "fields": specimen.fields, "also": specimen.also}
    line |= {"text": "\n".join(specimen.lines), "damage": damage | {"font": specimen.font}}
    if specimen.handwritten:
        line["handwritten"] = specimen.handwritten
    if specimen.qr:
        line["qr"] = specimen.qr
    if specimen.mrz:
        line["mrz"] = list(specimen.mrz)
    return line


if __name__ == "__main__":
    main()
