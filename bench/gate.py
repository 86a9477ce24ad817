"""The page gate: what it costs, whether it knows a page again, and what it has against a folder's pages.

    python -m bench.gate                       cost on one page, and pairs of re-scanned forms
    python -m bench.gate --families 8          more pairs (27 each)
    python -m bench.gate --folder CORPUS       complaints by kind of damage (docs/reading.md)

Cost is a ratio to decoding the same page whole, in the same run; thresholds stand in the code with their reasons.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import cv2

from bench.rescans import pairs
from station.dossier.fingerprint import ALIKE, Fingerprint, disagreement
from station.scan.gate import Gate
from station.scan.image.load import load
from station.scan.image.prepare import prepare

SPECIMENS = Path(__file__).parent.parent / "resources" / "specimens" / "tray"
REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    """The least CPU seconds of several runs."""
    taken = []
    for _ in range(REPEATS):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return min(taken)


def cost() -> None:
    gate = Gate()
    pages = sorted(SPECIMENS.glob("*/*.jpg"))
    largest = max(pages, key=lambda page: page.stat().st_size)
    content = largest.read_bytes()
    image = load(content)
    decoding, judging = seconds(lambda: load(content)), seconds(lambda: gate.judge(content))
    preparing = seconds(lambda: prepare(image))
    print(f"{largest.name}, {image.shape[1]} × {image.shape[0]} pixels, CPU seconds (and times a full decode):")
    for name, taken in (("decode", decoding), ("gate", judging), ("prepare", preparing)):
        print(f"  {name:<10}{taken:>7.3f}{taken / decoding:>8.1f}")
    one = Fingerprint.from_hex(gate.judge(content).fingerprint)
    print(f"  {'compare':<10}{seconds(lambda: disagreement(one, one)):>7.3f}")
    print(f"  fingerprint of {len(one.to_hex())} hexadecimal digits")


def recognition(families: int) -> None:
    gate = Gate()
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for seed in range(families):
        for pair in pairs(seed):
            one, other = (Fingerprint.from_hex(gate.judge(page).fingerprint) for page in (pair.one, pair.other))
            difference = disagreement(one, other)
            found[pair.relation].append((1.0 if difference is None else difference, pair.form))
    print(f"\nre-scanned pages and forms filled in twice, alike up to {ALIKE}:")
    for relation, right in (("same", True), ("near", False), ("other", False)):
        values = sorted(found[relation])
        wrong = [value for value in values if (value[0] <= ALIKE) != right]
        print(
            f"  {relation:<7}{len(values):>4} pairs, wrong {len(wrong):>3} ({100 * len(wrong) / len(values):.1f} %), "
            f"differences {values[0][0]:.3f} … {values[len(values) // 2][0]:.3f} … {values[-1][0]:.3f}"
        )
        for difference, form in wrong[:6]:
            print(f"          {form}: {difference:.3f}")


def complaints(folder: Path) -> None:
    gate = Gate()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    taken = 0.0
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        truth = json.loads(line)
        content = (folder / truth["file"]).read_bytes()
        before = time.process_time()
        judgement = gate.judge(content)
        taken += time.process_time() - before
        row = table[str(truth["damage"]["profile"])]
        row["pages"] += 1
        codes = [issue.code for issue in judgement.issues] + ["several papers"] * bool(judgement.papers)
        row.update(codes or ["passed"])
        for code in codes:
            print(f"  {truth['file']}: {code}")
    print(f"\n{folder.name}: {taken / max(1, len(lines)):.3f} CPU seconds an image")
    for profile, counts in sorted(table.items()):
        print(f"  {profile:<14}" + ", ".join(f"{name} {count}" for name, count in counts.most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    if asked.folder:
        complaints(asked.folder)
        return
    cost()
    recognition(asked.families)


if __name__ == "__main__":
    main()
