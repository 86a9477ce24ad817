"""Which dossiers an officer looks at: today's work, what was put aside, what waits for the hub, what is promised."""

from __future__ import annotations

from enum import StrEnum


class Queue(StrEnum):
    """One view of the dossiers on this machine, newest first but for `DUE`, which begins with the earliest."""

    TODAY = "today"  # everything open, and what was opened or sealed today
    MINE = "mine"  # open in the officer's own hands, not parked
    PARKED = "parked"
    WAITING = "waiting"  # sealed, on its way to the hub
    STUCK = "stuck"  # refused by the hub, or held back for a reason of its own; a question is neither
    DUE = "due"  # the result was promised for these days
    SENT = "sent"  # the hub has it
    ALL = "all"


COUNTED = (Queue.TODAY, Queue.MINE, Queue.PARKED, Queue.WAITING, Queue.STUCK, Queue.DUE)
"""Those whose number says what there is to do; the others only grow."""

DUE_SOON, DUE_LATE = 2, 7
"""Days: a result promised within so many, or as long ago. The station is not told when a result is handed out."""
