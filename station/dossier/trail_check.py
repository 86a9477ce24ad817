"""Whether an exported audit trail is what was written: its chain, its signatures, and heads from outside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from station.dossier.trail import BEFORE_THE_FIRST, Line, ShortHead, SignedHead
from station.errors import InputError

FORMAT = "1"


class Fault(StrEnum):
    """What can be wrong; `seq` of the `Finding` says where."""

    LINE_CHANGED = "line_changed"  # the first line that is not what was chained
    OUT_OF_ORDER = "out_of_order"  # a line missing, put in between or moved
    CUT_OFF = "cut_off"  # a head names more lines than there are
    WRITTEN_ANEW = "written_anew"  # a head names another hash for this line
    BAD_SIGNATURE = "bad_signature"
    OTHER_KEY = "other_key"  # signed by another key than the rest, or than the trusted one
    NOT_SIGNED = "not_signed"  # the file ends without a signed head of its last line


@dataclass(frozen=True, slots=True)
class Finding:
    fault: Fault
    seq: int


@dataclass(frozen=True, slots=True)
class TrailReport:
    """What was found. `compared` counts the heads from outside: without any, a trail that whoever has the key wrote
    anew as a whole looks well."""

    station: str
    lines: int
    key_ids: tuple[str, ...]
    compared: int
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Reading:
    station: str = ""
    hashes: dict[int, str] = field(default_factory=dict)
    lines: int = 0
    last: str = BEFORE_THE_FIRST
    heads: list[SignedHead] = field(default_factory=list)
    broken: Finding | None = None


def is_trail(first_line: str) -> bool:
    """Whether a file that begins like this means to be an exported trail."""
    try:
        return '"trail"' in first_line and _object(first_line).get("trail") == FORMAT
    except InputError:
        return False


def check_trail(
    text: Iterable[str], outside: Sequence[SignedHead | ShortHead] = (), trusted: frozenset[str] = frozenset()
) -> TrailReport:
    """Read an export line by line. `trusted`: ids of the keys that may have signed; none: whichever signed first.

    Raises `InputError("trail.malformed")` with the line of what is no trail at all.
    """
    reading = _Reading()
    wanted = {head.seq for head in outside}
    for number, one in enumerate(text, 1):
        try:
            told = _object(one)
            if number == 1:
                reading.station = str(told.get("station", "")) if told.get("trail") == FORMAT else ""
            elif "head" in told:
                reading.heads.append(SignedHead.parse(str(told["head"])))
                reading.hashes.setdefault(reading.lines, reading.last)
            else:
                _chain(reading, Line(**told))
                if reading.lines in wanted:
                    reading.hashes[reading.lines] = reading.last
        except (InputError, TypeError) as error:
            raise InputError("trail.malformed", line=number) from error
    if not reading.station:
        raise InputError("trail.malformed", line=1)
    findings = [reading.broken] if reading.broken else []
    findings += _of_signatures(reading, outside, trusted)
    findings += [found for head in (*reading.heads, *outside) if (found := _compare(head, reading))]
    if not reading.heads or reading.heads[-1].seq != reading.lines:
        findings.append(Finding(Fault.NOT_SIGNED, reading.lines))
    keys = tuple(dict.fromkeys(head.key_id for head in reading.heads))
    return TrailReport(reading.station, reading.lines, keys, len(outside), tuple(dict.fromkeys(findings)))


def _chain(reading: _Reading, line: Line) -> None:
    if reading.broken is None and line.seq != reading.lines + 1:
        reading.broken = Finding(Fault.OUT_OF_ORDER, reading.lines + 1)
    if reading.broken is None and not line.follows(reading.last):
        reading.broken = Finding(Fault.LINE_CHANGED, line.seq)
    reading.lines, reading.last = reading.lines + 1, line.hash


def _of_signatures(
    reading: _Reading, outside: Sequence[SignedHead | ShortHead], trusted: frozenset[str]
) -> list[Finding]:
    signed = [*reading.heads, *(head for head in outside if isinstance(head, SignedHead))]
    allowed = (
        trusted
        or frozenset(head.key_id for head in signed[-1:] if outside)
        or frozenset(head.key_id for head in signed[:1])
    )
    findings = [Finding(Fault.BAD_SIGNATURE, head.seq) for head in signed if not head.is_genuine()]
    return findings + [Finding(Fault.OTHER_KEY, head.seq) for head in signed if head.key_id not in allowed]


def _compare(head: SignedHead | ShortHead, reading: _Reading) -> Finding | None:
    if head.seq > reading.lines:
        return Finding(Fault.CUT_OFF, reading.lines + 1)
    here = BEFORE_THE_FIRST if head.seq == 0 else reading.hashes.get(head.seq, "")
    same = here == head.hash if isinstance(head, SignedHead) else here.startswith(head.start) and bool(here)
    return None if same else Finding(Fault.WRITTEN_ANEW, head.seq)


def _object(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("trail.malformed") from error
    if not isinstance(told, dict):
        raise InputError("trail.malformed")
    return told
