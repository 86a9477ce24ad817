"""The rules of `docs/reading.md`, section «How it is scored»: one page's truth and reading to counts and mistakes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from rapidfuzz.distance import Levenshtein

SOURCES = ("chip", "qr", "mrz", "typed", "ocr")
RUNS_OF_DOTS = re.compile(r"(?:[.…·](?:\s*[.…·])+|…)")
INDEX = re.compile(r"\[\d+\]")
NOTHING: Mapping[str, Any] = {}


class Fault(IntEnum):
    """How bad a mistake is, the worst first: what was vouched for wrongly hurts a citizen unseen."""

    ACCEPTED = 0
    INVENTED = 1
    WRONG = 2
    MISSING = 3
    KIND = 4


@dataclass(frozen=True)
class Mistake:
    """One thing that was not read as it stands; `entry` is the field of the reading, if there is one."""

    file: str
    key: str
    right: str | None
    got: str | None
    fault: Fault
    entry: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class PageScore:
    """What one page adds to the counts, its mistakes, and for each field whether it was right."""

    counts: Counter[str]
    mistakes: list[Mistake] = field(default_factory=list)
    keys: dict[str, bool] = field(default_factory=dict)


def compared(value: object) -> str:
    """NFC, case folding, single spaces, no `. , ; :` at the ends."""
    return " ".join(unicodedata.normalize("NFC", str(value)).casefold().split()).strip(".,;: ")


def same(one: object, other: object) -> bool:
    return compared(one) == compared(other)


def plain(text: str) -> str:
    """Text for the letter error rate: NFC, runs of dots dropped, single spaces."""
    return " ".join(RUNS_OF_DOTS.sub(" ", unicodedata.normalize("NFC", text)).split())


def edits(right: str, got: str) -> tuple[int, int]:
    """Letters to change, and letters there are."""
    right, got = plain(right), plain(got)
    return Levenshtein.distance(right, got), len(right)


def deciding(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The entry that counts where several share a key: the vouched-for one, then by source."""
    return min(entries, key=lambda entry: (entry["status"] != "accepted", SOURCES.index(entry["source"])))


def score_page(truth: Mapping[str, Any], reading: Mapping[str, Any] | None) -> PageScore:
    """Count one page; a page without a reading has every field missing and every letter wrong."""
    read = reading or NOTHING
    score = PageScore(Counter(images=1, fields=len(truth["fields"]), absent=not read or "error" in read))
    _kind(score, truth, read)
    entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in read.get("fields", ()):
        if entry["value"]:
            entries[entry["key"]].append(entry)
    for key, value in truth["fields"].items():
        _field(score, truth["file"], key, value, entries.pop(key, []))
    _rest(score, truth, entries)
    _handwriting(score, truth, read)
    _text_and_codes(score, truth, read)
    return score


def _kind(score: PageScore, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    if read.get("kind") == truth["kind"]:
        score.counts["kind right"] += 1
    else:
        score.mistakes.append(Mistake(truth["file"], "kind", truth["kind"], read.get("kind"), Fault.KIND))


def _field(score: PageScore, file: str, key: str, value: str, entries: list[Mapping[str, Any]]) -> None:
    score.keys[key] = False
    if not entries:
        score.counts["missing"] += 1
        score.mistakes.append(Mistake(file, key, value, None, Fault.MISSING))
        return
    entry = deciding(entries)
    right = same(entry["value"], value)
    score.counts["right"] += right
    accepted = [each for each in entries if each["status"] == "accepted"]
    wrongly = [each for each in accepted if not same(each["value"], value)]
    score.counts["accepted"] += bool(accepted)
    score.counts["accepted right"] += bool(accepted) and not wrongly
    score.keys[key] = right and not wrongly
    if not score.keys[key]:
        entry = wrongly[0] if wrongly else entry
        fault = Fault.ACCEPTED if wrongly else Fault.WRONG
        score.mistakes.append(Mistake(file, key, value, entry["value"], fault, entry))


def _rest(score: PageScore, truth: Mapping[str, Any], entries: Mapping[str, list[Mapping[str, Any]]]) -> None:
    """What was reported though the truth has no such field: true by the way (`also`), or invented."""
    also = truth.get("also") or NOTHING
    for key, extra in entries.items():
        for entry in extra:
            if key in also and (also[key] is None or any(same(entry["value"], right) for right in also[key])):
                continue
            score.counts["invented"] += 1
            score.counts["invented accepted"] += entry["status"] == "accepted"
            score.mistakes.append(Mistake(truth["file"], key, None, entry["value"], Fault.INVENTED, entry))


def _handwriting(score: PageScore, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Keys filled in by hand: right is a place to look at, `review`, and no text; text counts as invented above."""
    by_key = {entry["key"]: entry for entry in read.get("fields", ())}
    for key in truth.get("handwritten", ()):
        score.counts["handwritten"] += 1
        entry = by_key.get(key)
        known = bool(entry and entry["status"] == "review" and not entry["value"] and entry["box"])
        score.counts["handwritten known"] += known


def _text_and_codes(score: PageScore, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    counts = score.counts
    counts["edits"], counts["letters"] = edits(truth["text"], read.get("text") or "")
    words, got = Counter(plain(truth["text"]).split()), Counter(plain(read.get("text") or "").split())
    counts["words"], counts["words lost"] = words.total(), (words - got).total()
    if truth.get("qr"):
        counts["qr"] = 1
        counts["qr right"] = any(truth["qr"] == code["text"].rstrip("\r\n\t\0") for code in read.get("codes", ()))
    if truth.get("mrz"):
        counts["mrz"] = 1
        counts["mrz right"] = list(read.get("mrz", ())) == truth["mrz"]
