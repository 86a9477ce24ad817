"""The way to the hub, and what it has said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from station.dossier.courier import Taken, Written
from station.dossier.delivery import Link, Progress
from station.dossier.hub_changes import HubRestored, HubWord, Returned
from station.dossier.question import Question
from station.dossier.why_stuck import LinkQuality
from station.dossier.why_stuck import Queue as Waiting


class HubWords(Protocol):
    """What the hub has said of the dossiers kept here."""

    def of(self, dossier_id: str) -> HubWord:
        """Everything since the seal of one dossier; raises `RuleError("dossier.unknown")`."""
        ...

    def questions(self) -> Sequence[Question]:
        """Those that nobody has answered, the oldest first."""
        ...

    def returned(self) -> Sequence[Returned]:
        """Dossiers that came back and were not made again, the oldest first."""
        ...

    def restored(self) -> HubRestored | None:
        """What the hub had lost when it was last brought back from a backup; None: it never was."""
        ...


class Connection(Protocol):
    """The way to the hub, as the officer sees it."""

    @property
    def online(self) -> bool:
        """Whether the station tries to reach the hub at all."""
        ...

    def link(self) -> Link:
        """How the line is, as far as is known now."""
        ...

    def switch(self, *, online: bool) -> None:
        """Work offline on purpose, or try again."""
        ...

    def seen(self, progress: Progress) -> Progress:
        """What the store knows of a delivery, with what only the line knows: why it waits, when it is tried again."""
        ...

    def quality(self) -> LinkQuality:
        """How good the line is, by what was sent over it."""
        ...

    def queue(self) -> Waiting:
        """All that waits, in the order in which it goes; costs time in proportion to it."""
        ...

    def limit(self, bytes_a_second: int | None) -> None:
        """Take no more than this of the line; None: as much as there is."""
        ...

    def metered(self, on: bool) -> None:
        """Each byte is paid for: facts and previews go, pages wait."""
        ...

    def send_all_now(self) -> None:
        """Try again at once, and send the pages that wait by now in spite of `metered`."""
        ...

    def on_progress(self, told: Callable[[str], None]) -> None:
        """Call `told(dossier_id)` from another thread whenever a dossier's delivery moved."""
        ...


class Courier(Protocol):
    """The way to the hub without a line: files on a stick. Each raises `InputError` with `courier.*` or `file.*`."""

    def write(self, folder: Path, *, whole: bool = False) -> Written:
        """Write all that waits, encrypted to the hub."""
        ...

    def take(self, file: Path) -> Taken:
        """Take in the hub's answer."""
        ...

    def learn_key(self, file: Path) -> None:
        """Take the hub's key for parcels from its signed file."""
        ...
