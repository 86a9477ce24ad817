"""What the citizen must still bring, from the checklist: the rows of the slip (Mẫu 02) before they are put in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from station.dossier.checklist import Checklist, Item, Standing
from station.dossier.paper_problems import Trouble


@dataclass(frozen=True, slots=True)
class Lack:
    """One row: a paper, or alternatives of which one is enough, and how many to bring.

    `certain`: it goes on the slip; else an officer may put it there, having looked at the paper.
    """

    items: tuple[Item, ...]
    originals: int
    copies: int
    certain: bool

    @property
    def key(self) -> str:
        """The key of its first paper, which names the row."""
        return self.items[0].wanted.key


def lacks(made: Checklist) -> tuple[Lack, ...]:
    """Everything to bring, once, in the order of the procedure; what is only doubtful stands last."""
    return tuple(sorted(_lacks(made), key=lambda lack: not lack.certain))


def _lacks(made: Checklist) -> Iterator[Lack]:
    told: set[str] = set()
    for item in made.items:
        if not item.wanted.required and item.standing is not Standing.FAULTY:
            continue
        group = item.wanted.one_of
        if item.standing is Standing.MISSING and group:
            if group not in told:
                yield _lack(tuple(one for one in made.group(item) if one.standing is Standing.MISSING), certain=True)
            told.add(group)
        elif item.lacking:
            yield _lack((item,), certain=True)
        elif item.doubtful:
            yield _lack((item,), certain=False)


def _lack(items: tuple[Item, ...], *, certain: bool) -> Lack:
    wanted = items[0].wanted
    for problem in items[0].problems:
        if problem.trouble is Trouble.TOO_FEW:  # what was handed over first were the originals
            lacking = int(problem.told["needed"]) - int(problem.told["counted"])
            copies = min(wanted.copies, lacking)
            return Lack(items, lacking - copies, copies, certain)
    return Lack(items, wanted.originals, wanted.copies, certain)
