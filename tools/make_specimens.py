"""Draw the specimens of `resources/specimens/tray`: invented papers in piles, each with its `truth.jsonl`.

Run from the repository root: `python -m tools.make_specimens`; the same seed draws the same papers.
Needs the fonts that `tools/fetch_models.py` fetches.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from station import paths
from tools.specimens.damage import jpeg, on_glass, scanned, signed, stamped
from tools.specimens.ink import DPI, Specimen
from tools.specimens.piles import PILES

CARD_QUALITY, PAGE_QUALITY = 82, 44
LARGEST = 350_000


def main() -> None:
    """Write every pile, and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=paths.resources() / "specimens" / "tray")
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    for pile, draw in PILES.items():
        papers = draw()
        written = write_pile(chosen.folder / pile, papers, chosen.seed)
        print(f"{pile}: {len(papers)} papers, {written / 1e6:.1f} MB")


def write_pile(folder: Path, papers: list[tuple[str, Specimen]], seed: int) -> int:
    """The images as a scanner would deliver them, and the truth beside them; returns the bytes written."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    truth = []
    for number, (name, specimen) in enumerate(papers, 1):
        file = f"{number:02}-{name}.jpg"
        content, damage = photographed(specimen, random.Random(f"{seed}/{folder.name}/{file}"))  # noqa: S311
        (folder / file).write_bytes(content)
        size += len(content)
        truth.append(json.dumps(truth_of(file, specimen, damage), ensure_ascii=False))
    (folder / "truth.jsonl").write_text("\n".join([*truth, ""]), encoding="utf-8")
    return size


def photographed(specimen: Specimen, dice: random.Random) -> tuple[bytes, dict[str, object]]:
    """Sign and stamp the paper, put it on the scanner, and keep what the scanner writes."""
    steps = [signed(specimen.image, place, dice) for place in specimen.signatures]
    steps += [stamped(specimen.image, place, dice) for place in specimen.stamps]
    is_card = "_card_" in specimen.kind
    image = on_glass(specimen.image) if is_card else specimen.image
    shadow = not is_card and dice.random() < 0.3
    image, added = scanned(image, dice, shadow)
    content, quality = jpeg(image, CARD_QUALITY if is_card else PAGE_QUALITY, LARGEST)
    profile = "shadow" if shadow else "stamp" if specimen.stamps else "scan"
    damage = {"profile": profile, "dpi": DPI, "rotation": 0, "steps": [*steps, *added, ["jpeg", quality]]}
    return content, damage


def truth_of(file: str, specimen: Specimen, damage: dict[str, object]) -> dict[str, object]:
    """One line of the truth file, as `docs/reading.md` says."""
    told: dict[str, object] = {
        "file": file,
        "kind": specimen.kind,
        "fields": specimen.fields,
        "text": "\n".join(specimen.lines),
        "damage": damage,
        "also": specimen.also,
    }
    if specimen.qr:
        told["qr"] = specimen.qr
    if specimen.mrz:
        told["mrz"] = list(specimen.mrz)
    return told


if __name__ == "__main__":
    main()
