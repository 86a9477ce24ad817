"""How far the province's work on a dossier is, in the words of contract/v1/changes.md."""

from __future__ import annotations

from typing import Final

RECEIVED: Final = "received"
IN_PROGRESS: Final = "in_progress"
MORE_WANTED: Final = "more_wanted"
DONE: Final = "done"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"

OPEN: Final = (RECEIVED, IN_PROGRESS, MORE_WANTED)
ENDED: Final = (DONE, REFUSED, WITHDRAWN)
STATES: Final = (*OPEN, *ENDED)
