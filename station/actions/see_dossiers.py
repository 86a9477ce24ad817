"""Looking at dossiers of people: it changes nothing, and who looked is written down once a sitting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.people import Pseudonyms
from station.actions.ports.trail import Trail
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.summary import Summary

SEARCHED = "search_by_number"
_BETWEEN = re.compile(r"[\s.\-]+")
_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")


class SeeDossiers:
    """A sitting begins with a line `sign_in`; whoever has worked on a dossier since then has been written down already.

    What a list shows of a dossier in passing is no line (0090).
    """

    def __init__(self, dossiers: Dossiers, trail: Trail, pseudonyms: Pseudonyms, clock: Clock) -> None:
        self._dossiers, self._trail, self._pseudonyms, self._clock = dossiers, trail, pseudonyms, clock

    def __call__(self, dossier_id: str, by: str) -> Dossier:
        """The dossier, to be shown to `by`. A deed: call it where deeds are called."""
        entry = AuditEntry("see_dossier", by, self._clock.now(), dossier_id)
        if not self._trail.has_line_since_sign_in(entry):
            self._dossiers.noted(entry)
        return self._dossiers.get(dossier_id)

    def find(
        self, words: str, by: str, limit: int, named: Callable[[str], Iterable[str]] = lambda _word: ()
    ) -> Sequence[Summary]:
        """See `Dossiers.find`. A search by a person's number is a line, with a keyed hash in the number's place."""
        number = _BETWEEN.sub("", words)
        if by and _NUMBER.fullmatch(number):
            detail: dict[str, str | int] = {"number": self._pseudonyms.of(number)}
            entry = AuditEntry(SEARCHED, by, self._clock.now(), None, detail)
            if not self._trail.has_line_since_sign_in(entry):
                self._dossiers.noted(entry)
        return self._dossiers.find(words, limit, named)
