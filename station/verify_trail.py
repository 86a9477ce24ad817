"""`station verify` of an exported audit trail: its chain, its signatures, and the heads that left the station."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from station.dossier.receipt_keys import trusted_keys
from station.dossier.trail import MARK, ShortHead, SignedHead
from station.dossier.trail_check import TrailReport, check_trail, is_trail
from station.errors import InputError
from station.language import Language
from station.verify_receipt import key_file_text

WELL, ALTERED = 0, 3
"""Exit statuses, as for a receipt; 1 is a file that could not be judged."""


def is_trail_file(given: str) -> bool:
    """Whether an argument names a file that means to be a trail."""
    try:
        with Path(given).open(encoding="utf-8") as file:
            return is_trail(file.readline(4096))
    except (OSError, ValueError):
        return False


def verify_trail(file: Path, heads: Sequence[str], heads_file: Path | None, keys: Path | None, out: TextIO) -> int:
    """Tell what a trail is worth; the exit status. Raises `InputError` for what is no trail, no head or no key file.

    `heads`: each the short code or the text of a head, or a picture or PDF that shows it; `heads_file`: a hub's.
    """
    language = Language.load()
    outside = [head for given in heads for head in _heads_in(given)]
    if heads_file is not None:
        outside += _heads_of_hub(heads_file)
    trusted = frozenset(trusted_keys(key_file_text(keys))) if keys is not None else frozenset[str]()
    try:
        with file.open(encoding="utf-8") as text:
            report = check_trail(text, outside, trusted)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("file.unreadable", file=file.name) from error
    _tell(report, language, out)
    return ALTERED if report.findings else WELL


def _tell(report: TrailReport, language: Language, out: TextIO) -> None:
    def say(key: str, **values: str | int) -> None:
        out.write(f"{language(f'trail.verify.{key}', **values)}\n")

    say("altered" if report.findings else "well", station=report.station, lines=report.lines)
    for finding in report.findings:
        say(f"fault.{finding.fault.value}", seq=finding.seq)
    if report.key_ids:
        say("key", keys=", ".join(report.key_ids))
    if not report.findings:
        say("compared" if report.compared else "not_compared", count=report.compared)


def _heads_in(given: str) -> Iterable[SignedHead | ShortHead]:
    if given.strip().startswith(f"{MARK}|"):
        return [SignedHead.parse(given)]
    if not Path(given).is_file():
        return [ShortHead.parse(given)]
    from station.read_files import pages_in
    from station.scan.codes.code_reader import codes_apart

    codes = {text for page in pages_in(Path(given)) for text in codes_apart(page)}
    found = [SignedHead.parse(text) for text in sorted(codes) if text.startswith(f"{MARK}|")]
    if not found:
        raise InputError("trail.no_head")
    return found


def _heads_of_hub(file: Path) -> list[SignedHead | ShortHead]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("file.unreadable", file=file.name) from error
    return [SignedHead.parse(line) for line in lines if line.strip()]
