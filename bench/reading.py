"""How well pages are read: kind, fields, accepted fields, text, codes and zones against a folder's `truth.jsonl`.

    python bench/reading.py FOLDER                 read the folder's images now and score them
    python bench/reading.py FOLDER --read OUT      score what `station read --json` printed before
    ... --wrong 40 --keys                          also the first wrong fields, and the share right per key

The rules stand in `docs/reading.md`. Ratios hold for the corpus at hand only; compare runs over the same folder.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

SOURCES = ("chip", "qr", "mrz", "typed", "ocr")
RUNS_OF_DOTS = re.compile(r"(?:[.…·](?:\s*[.…·])+|…)")
INDEX = re.compile(r"\[\d+\]")


@dataclass
class Score:
    """Counts over pages; the properties are the shares that `docs/reading.md` names."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    keys: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def share(self, part: str, whole: str) -> float | None:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def summary(self) -> dict[str, float | int | None]:
        return {
            "images": self.counts["images"],
            "kind": self.share("kind right", "images"),
            "fields": self.counts["fields"],
            "field": self.share("right", "fields"),
            "missing": self.share("missing", "fields"),
            "invented": self.counts["invented"],
            "accepted_share": self.share("accepted", "fields"),
            "accepted_precision": self.share("accepted right", "accepted"),
            "cer": self.share("edits", "letters"),
            "qr": self.share("qr right", "qr"),
            "mrz": self.share("mrz right", "mrz"),
        }


def same(one: str, other: str) -> bool:
    """Equal after NFC, case folding, single spaces and dropping `. , ; :` at the ends."""
    return compared(one) == compared(other)


def compared(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", str(value)).casefold().split()).strip(".,;: ")


def plain(text: str) -> str:
    """Text for the letter error rate: NFC, runs of dots dropped, single spaces."""
    return " ".join(RUNS_OF_DOTS.sub(" ", unicodedata.normalize("NFC", text)).split())


def deciding(entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The entry that counts where several share a key: the vouched-for one, then by source."""
    return min(entries, key=lambda entry: (entry["status"] != "accepted", SOURCES.index(entry["source"])))


def add_page(score: Score, truth: dict[str, Any], read: dict[str, Any]) -> None:
    """Count one page; a page without a reading has every field missing and every letter wrong."""
    name = truth["file"]
    counts = score.counts
    counts["images"] += 1
    counts["fields"] += len(truth["fields"])
    if read.get("kind") == truth["kind"]:
        counts["kind right"] += 1
    else:
        score.wrong.append((name, "kind", truth["kind"], read.get("kind")))
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in read.get("fields", ()):
        if entry["value"]:
            entries[entry["key"]].append(entry)
    for key, value in truth["fields"].items():
        add_field(score, name, key, value, entries.pop(key, []))
    also = truth.get("also") or {}
    for key, extra in entries.items():
        for entry in extra:
            if key in also and (also[key] is None or any(same(entry["value"], right) for right in also[key])):
                continue
            counts["invented"] += 1
            score.wrong.append((name, f"{key} INVENTED", None, entry["value"]))
    right_text, text = plain(truth["text"]), plain(read.get("text") or "")
    counts["letters"] += len(right_text)
    counts["edits"] += Levenshtein.distance(right_text, text)
    if truth.get("qr"):
        counts["qr"] += 1
        counts["qr right"] += any(truth["qr"] == code["text"].rstrip("\r\n\t\0") for code in read.get("codes", ()))
    if truth.get("mrz"):
        counts["mrz"] += 1
        counts["mrz right"] += list(read.get("mrz", ())) == truth["mrz"]


def add_field(score: Score, name: str, key: str, value: str, entries: list[dict[str, Any]]) -> None:
    counts, tally = score.counts, score.keys[INDEX.sub("[i]", key)]
    tally["all"] += 1
    if not entries:
        counts["missing"] += 1
        score.wrong.append((name, key, value, None))
        return
    got = deciding(entries)["value"]
    counts["right"] += same(got, value)
    accepted = [entry["value"] for entry in entries if entry["status"] == "accepted"]
    all_right = all(same(each, value) for each in accepted)
    if accepted:
        counts["accepted"] += 1
        counts["accepted right"] += all_right
    if same(got, value) and all_right:
        tally["right"] += 1
    else:
        score.wrong.append((name, f"{key} ACCEPTED" if accepted else key, value, got))


def score_folder(folder: Path, lines: Iterable[str]) -> Score:
    """Score `station read --json` lines against the folder's truth; the first page of each file counts."""
    read: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.strip():
            page = json.loads(line)
            read.setdefault(Path(page["file"]).name, page)
    score = Score()
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        add_page(score, truth, read.get(truth["file"], {}))
    return score


def read_now(folder: Path) -> tuple[list[str], float]:
    """Read every image of the truth; the JSON lines, and the CPU seconds of this process and its children."""
    from station.read_files import read_files

    truth = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    before = cpu_seconds()
    out = io.StringIO()
    read_files([folder / json.loads(line)["file"] for line in truth], json=True, out=out)
    return out.getvalue().splitlines(), cpu_seconds() - before


def cpu_seconds() -> float:
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", type=Path, help="score this output of `station read --json` instead of reading now")
    parser.add_argument("--wrong", type=int, default=0, help="list so many wrong fields")
    parser.add_argument("--keys", action="store_true", help="list the share right per field key")
    given = parser.parse_args()
    seconds = None
    if given.read:
        lines = given.read.read_text(encoding="utf-8").splitlines()
    else:
        lines, seconds = read_now(given.folder)
    score = score_folder(given.folder, lines)
    for name, value in score.summary().items():
        print(f"{name:<20}{value if not isinstance(value, float) else f'{100 * value:.1f} %'}")
    if seconds is not None:
        print(f"{'CPU seconds a page':<20}{seconds / max(1, score.counts['images']):.2f}")
    if given.keys:
        for key, tally in sorted(score.keys.items(), key=lambda item: item[1]["right"] / item[1]["all"]):
            print(f"  {key:<40}{tally['right']:>4} of {tally['all']}")
    for name, key, right, got in score.wrong[: given.wrong]:
        print(f"  {name} | {key} | {right} | {got}")


if __name__ == "__main__":
    main()
