"""How well pages are read, against a folder's `truth.jsonl`, and beside other programs on the same images.

    python -m bench.reading FOLDER                   read the folder's images now and score them
    python -m bench.reading FOLDER --read OUT        score what `station read --json` printed before
    ... --sample 20 --seed 1                         only so many images, of every kind and damage in turn
    ... --peers --page build/reading/index.html      beside Tesseract and OCRmyPDF; the worst fields to look at
    ... --wrong 40 --keys                            also the first wrong fields, and the share right per key
    ... --against bench/figures/reading.json         say what has become worse; status 1 if anything has
    ... --keep bench/figures/reading.json            keep this run's figures

The rules stand in `docs/reading.md`. Ratios hold for the corpus at hand only; compare runs over the same folder.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.reading import corpus, figures, peers, runs
from bench.reading.page import write_page
from bench.reading.report import Report, score_all, shown, sort_of, table
from bench.reading.scoring import Fault


def main() -> int:
    given = _arguments().parse_args()
    truths = corpus.truths(given.folder)
    if given.sample:
        truths = corpus.drawn(truths, given.sample, given.seed)
    seconds: dict[str, float] = {}
    lines: list[str] = []
    if given.read:
        lines = given.read.read_text(encoding="utf-8").splitlines()
    else:
        for sort in ("page", "card"):
            if files := [truth["file"] for truth in truths if sort_of(truth) == sort]:
                read, spent = runs.read_now(given.folder, files)
                lines += read
                seconds[sort] = spent / len(files)
    readings = runs.readings(lines)
    report = score_all(truths, readings)
    told = [table(report, group) for group in ("overall", "by kind", "by damage")]
    told += _unread(truths, readings)
    if seconds:
        each = ", ".join(f"{spent:.2f} a {sort}" for sort, spent in seconds.items())
        told.append(f"CPU seconds, start of the engines included: {each}")
    print("\n\n".join(told), flush=True)
    if given.peers:
        beside = _beside(given.folder, truths, readings, report, seconds)
        told.append(beside)
        print(f"\n{beside}")
    _mistakes(report, given.wrong, given.keys)
    if given.page:
        write_page(given.page, given.folder, report.mistakes, truths, "\n\n".join(told), given.most)
        print(f"\nThe worst fields: {given.page}")
    name = figures.corpus_name(given.folder, truths)
    worse = _compared(given.against, name, report) if given.against else 0
    if given.keep:
        command = "python -m bench.reading " + shlex.join(sys.argv[1:])
        figures.keep(given.keep, name, report.figures(), command, seconds, given.drawn_by)
    return worse


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", type=Path, help="score this output of `station read --json` instead of reading now")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="draw N images; 0 takes all")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--peers", action="store_true", help="also run Tesseract and OCRmyPDF on the same images")
    parser.add_argument(
        "--page", type=Path, metavar="HTML", help="write the worst fields with their pieces of the image"
    )
    parser.add_argument("--most", type=int, default=300, help="so many fields on that page")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="list so many wrong fields")
    parser.add_argument("--keys", action="store_true", help="list the share right per field key")
    parser.add_argument("--against", type=Path, metavar="JSON", help="compare with figures kept before")
    parser.add_argument("--keep", type=Path, metavar="JSON", help="keep this run's figures there")
    parser.add_argument(
        "--drawn-by", default="", metavar="COMMAND", help="how the folder was made, kept with its figures"
    )
    return parser


def _unread(truths: Sequence[Mapping[str, Any]], readings: Mapping[str, runs.Reading]) -> list[str]:
    """The images that gave no reading, and why."""
    why = {truth["file"]: readings.get(truth["file"], {"error": {"code": "not reported"}}) for truth in truths}
    failed = [f"{file}: {read['error']['code']}" for file, read in why.items() if "error" in read]
    return ["Not read: " + ", ".join(failed)] if failed else []


def _beside(
    folder: Path,
    truths: Sequence[Mapping[str, Any]],
    readings: Mapping[str, runs.Reading],
    report: Report,
    seconds: Mapping[str, float],
) -> str:
    """Every peer's figures and their ratio to the station's."""
    own = peers.PeerScore("station, its text")
    for truth in truths:
        text = readings.get(truth["file"], {}).get("text") or ""
        own.add(truth, peers.Text(text, seconds.get(sort_of(truth), 0)))
    fields = report.total["right"] / max(1, report.total["fields"])
    lines = [
        f"{'beside others':<38}{'fields%':>9}{'of ours':>9}{'CER%':>8}{'CPU s/img':>11}{'of ours':>9}",
        f"{'station, fields by their keys':<38}{100 * fields:>9.1f}{'':>9}{'':>8}",
        _peer_line(own, own),
    ]
    for peer in peers.known():
        if peer.missing:
            lines.append(f"{peer.name:<38} left out: {peer.missing}")
        else:
            lines.append(_peer_line(peers.measured(peer, folder, truths), own))
    lines.append(
        "Text has no keys: a field counts when its value occurs anywhere in the text (letters and digits only), which\n"
        "flatters every line but the first. One thread each; CPU is user + system with children, starts included."
    )
    return "\n".join(lines)


def _peer_line(score: peers.PeerScore, own: peers.PeerScore) -> str:
    fields, cpu = score.found / max(1, score.fields), score.cpu_seconds / max(1, score.images)
    found = score.found / own.found if own.found else 0
    spent = score.cpu_seconds / own.cpu_seconds if own.cpu_seconds else 0
    cer = 100 * score.edits / max(1, score.letters)
    return f"{score.name:<38}{100 * fields:>9.1f}{found:>8.2f}×{cer:>8.1f}{cpu:>11.2f}{spent:>8.2f}×"


def _mistakes(report: Report, most: int, keys: bool) -> None:
    if keys:
        print()
        for key, tally in sorted(report.keys.items(), key=lambda item: item[1]["right"] / item[1]["all"]):
            print(f"  {key:<40}{tally['right']:>4} of {tally['all']}")
    for mistake in sorted(report.mistakes, key=lambda each: each.fault)[:most]:
        fault = "" if mistake.fault in (Fault.WRONG, Fault.MISSING, Fault.KIND) else f" {mistake.fault.name}"
        print(f"  {mistake.file} | {mistake.key}{fault} | {mistake.right} | {mistake.got}")


def _compared(kept: Path, name: str, report: Report) -> int:
    before = figures.load(kept).get(name)
    if before is None:
        print(f"\n{kept} has no figures of {name}.", file=sys.stderr)
        return 1
    found = figures.drops(before["figures"], report.figures())
    print(
        f"\nAgainst {before['date']}, {before['commit']}: " + ("; ".join(map(str, found)) or "nothing has become worse")
    )
    for figure in ("field", "accepted_share", "accepted_precision", "cer"):
        was, now = before["figures"]["all"][figure], report.figures()["all"][figure]
        print(f"  {figure:<20}{shown(was):>8} →{shown(now):>8}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
