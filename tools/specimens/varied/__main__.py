"""Write a folder of varied papers with its truth: `python -m tools.specimens.varied OUT --count 120 --seed 1`.

The same seed draws the same folder on a machine with the same typefaces (`fonts.py`); each line of the truth names its
own. `--unseen` draws most papers in typefaces that no network of ours was trained on. `--cards` draws cards alone; 56
of them are every kind in every damage. `--damage fold curl` draws papers with these damages alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from tools.specimens.ink import Specimen
from tools.specimens.varied.cards import CARDS
from tools.specimens.varied.damage import BEDS, SHEETS, Damage, card, sheet
from tools.specimens.varied.papers import FORMS, PAPERS
from tools.specimens.varied.style import Lot


@dataclass(frozen=True, slots=True)
class Wanted:
    """What papers a folder gets: damages of sheets and of cards, each in turn; with both, every third is a card.

    `by_hand` wants forms alone, each filled in by hand; otherwise a form in four is.
    """

    unseen: bool = False
    by_hand: bool = False
    sheets: Sequence[str] = SHEETS
    beds: Sequence[str] = BEDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unseen", action="store_true", help="typefaces that training never saw")
    parser.add_argument("--cards", action="store_true", help="no sheets")
    parser.add_argument("--by-hand", action="store_true", help="forms alone, each filled in by hand")
    damages = sorted({*SHEETS, *BEDS})
    parser.add_argument("--damage", nargs="+", choices=damages, default=damages, help="none but these, in turn")
    asked = parser.parse_args()
    sheets = [] if asked.cards else [damage for damage in SHEETS if damage in asked.damage]
    beds = [] if asked.by_hand else [damage for damage in BEDS if damage in asked.damage]
    if not sheets and not beds:
        parser.error("no paper has such damage")
    write_folder(asked.out, asked.count, asked.seed, Wanted(asked.unseen, asked.by_hand, sheets, beds))


def write_folder(out: Path, count: int, seed: int, wanted: Wanted) -> None:
    """Each kind and each damage in turn."""
    out.mkdir(parents=True, exist_ok=True)
    kinds, cards = cycle(FORMS if wanted.by_hand else PAPERS), cycle(CARDS)
    sheets, beds = cycle(wanted.sheets), cycle(wanted.beds)
    with (out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for number in range(count):
            dice = Lot(seed * 100_000 + number, wanted.unseen)
            if wanted.beds and (number % 3 == 2 or not wanted.sheets):
                specimen = CARDS[next(cards)](dice)
                content, damage = card(specimen, next(beds), dice)
            else:
                kind = next(kinds)
                dice.by_hand = wanted.by_hand or (kind in FORMS and dice.random() < 0.25)
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
