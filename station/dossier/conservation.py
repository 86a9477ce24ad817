"""Nothing is lost: what went in equals what is kept, and what was sealed equals what the hub has or still gets.

Pure arithmetic over counts that were taken apart from each other, so that a loss shows as numbers that do not meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Gap(StrEnum):
    """Where something may be missing. Each has its sentence and its next step under `[ledger.gap]`."""

    FED = "fed"  # a device delivered it, it was not kept, and nobody knows why
    NOWHERE = "nowhere"  # it was kept, is in no dossier, and nobody took it out
    TWICE = "twice"  # it was taken out and is there all the same
    UNCOUNTED = "uncounted"  # a dossier has a page that never was counted in
    NO_FILE = "no_file"  # its file is not on this machine
    NOT_QUEUED = "not_queued"  # sealed, and no event for the hub names it
    UNDELIVERED = "undelivered"  # queued, and neither waiting, refused nor acknowledged
    SEQUENCE = "sequence"  # the numbers of the events have a hole


Reasons = Mapping[str, int]
"""How many of something there are, by why."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """One time that the station was restored: what came after the backup is not here, whatever the counts say.

    `lost`: the numbers of the events that the hub has and this machine has no more; None until the hub was asked.
    """

    backed_up_at: datetime
    lost: range | None

    @property
    def is_whole(self) -> bool:
        """The hub was asked, and has nothing that is not here."""
        return self.lost is not None and not self.lost


@dataclass(frozen=True, slots=True)
class Counts:
    """Images of one day or of all days, each number counted for itself.

    `not_kept`: by the code of what the device said, or of why it was refused. `set_aside`: by deed.
    """

    fed: int = 0
    taken: int = 0
    not_kept: Reasons = field(default_factory=dict)
    in_open: int = 0
    in_sealed: int = 0
    in_discarded: int = 0
    set_aside: Reasons = field(default_factory=dict)
    stored: int = 0
    queued: int = 0
    acknowledged: int = 0
    waiting: int = 0
    refused: int = 0
    linked: int = 0
    """Pages that are linked from earlier dossiers: captured then, counted then."""
    signatures: int = 0
    broken_off: int = 0
    """Runs of a device that ended with the program: the last sheet may have to be laid in again."""
    missing: Mapping[Gap, tuple[str, ...]] = field(default_factory=dict)
    """What is affected: the numbers of dossiers (of those without, procedure and time of opening), or the ids of runs
    of a device. No personal values."""
    brought_back: tuple[BroughtBack, ...] = ()
    """The counts know nothing of what was lost with the machine that the backup came from."""

    @property
    def is_whole(self) -> bool:
        """Everything adds up, and no restoration left something behind."""
        return not gaps(self) and all(one.is_whole for one in self.brought_back)

    @property
    def in_dossiers(self) -> int:
        return self.in_open + self.in_sealed + self.in_discarded


@dataclass(frozen=True, slots=True)
class Part:
    """A number and what it counts: a key under `[ledger.part]`."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Equality:
    """`whole` = the sum of `parts`, or something is lost."""

    whole: Part
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """Above 0: so many are missing; below: so many are there twice or came from nowhere."""
        return self.whole.count - sum(part.count for part in self.parts)

    @property
    def holds(self) -> bool:
        return self.difference == 0


def equalities(counts: Counts) -> tuple[Equality, ...]:
    """From the feeder to the hub, in the order of the way."""
    return (
        _equality("fed", counts.fed, taken=counts.taken, not_kept=sum(counts.not_kept.values())),
        _equality("taken", counts.taken, in_dossiers=counts.in_dossiers, set_aside=sum(counts.set_aside.values())),
        _equality("in_dossiers", counts.in_dossiers, stored=counts.stored),
        _equality("in_sealed", counts.in_sealed, queued=counts.queued),
        _equality(
            "queued",
            counts.queued,
            acknowledged=counts.acknowledged,
            waiting=counts.waiting,
            refused=counts.refused,
        ),
    )


def gaps(counts: Counts) -> tuple[Gap, ...]:
    """Every kind of gap there is, by the ids of what is affected or by numbers that do not meet."""
    found = {gap for gap, affected in counts.missing.items() if affected}
    for equality, if_less, if_more in zip(equalities(counts), _LESS, _MORE, strict=True):
        if not equality.holds:
            found.add(if_less if equality.difference > 0 else if_more)
    return tuple(gap for gap in Gap if gap in found)


_LESS = (Gap.FED, Gap.NOWHERE, Gap.NO_FILE, Gap.NOT_QUEUED, Gap.UNDELIVERED)
_MORE = (Gap.UNCOUNTED, Gap.TWICE, Gap.UNCOUNTED, Gap.UNCOUNTED, Gap.UNCOUNTED)
"""What it means that the parts are fewer or more than the whole, equality by equality."""


def _equality(name: str, count: int, **parts: int) -> Equality:
    return Equality(Part(name, count), tuple(Part(one, number) for one, number in parts.items()))
