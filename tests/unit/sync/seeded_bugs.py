"""Lets the state machine loose on one seeded bug, and says which of its promises found it."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .model_hub import HubBug
from .station_bugs import StationBug
from .sync_machine import SyncMachine

BUGS = (*HubBug, *StationBug)


@dataclass(frozen=True)
class Find:
    """`found_by` is empty where the machine saw nothing in so many examples."""

    bug: HubBug | StationBug | None
    found_by: str
    told: str
    examples: int
    seconds: float


def hunt(bug: HubBug | StationBug | None, examples: int) -> Find:
    """Run until the bug shows, or for so many examples; the same run each time. None: look for one of our own."""
    members: dict[str, object] = {"hub_bugs": {bug} if isinstance(bug, HubBug) else (), "examples": 0}
    members["station_bugs"] = {bug} if isinstance(bug, StationBug) else ()
    machine = type("SyncWithABug", (SyncMachine,), members)
    began = time.monotonic()
    found_by, told = "", ""
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=40,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception as error:
        found_by, told = _promise(error), str(error).partition("\n")[0] or type(error).__name__
    return Find(bug, found_by, told, machine.examples, time.monotonic() - began)


def _promise(error: Exception) -> str:
    """The rule or invariant in which it came out, as words."""
    ours = [frame.name for frame in traceback.extract_tb(error.__traceback__) if "sync_machine" in frame.filename]
    return (
        next((name for name in reversed(ours) if name not in {"<genexpr>", "check"}), "").strip("_").replace("_", " ")
    )
