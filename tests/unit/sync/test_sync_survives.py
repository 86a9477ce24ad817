"""Whatever the line, the hub and the station do to each other, in the end the hub holds exactly what was sealed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .model_hub import HubBug
from .seeded_bugs import hunt
from .station_bugs import StationBug
from .sync_machine import SyncMachine


def test_nothing_is_lost_doubled_or_overwritten_whatever_happens() -> None:
    run_state_machine_as_test(
        SyncMachine,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("bug", [HubBug.ANSWERS_BEFORE_COMMIT, HubBug.NO_DEDUPE, StationBug.CHANGES_THE_BODY])
def test_a_seeded_bug_is_found(bug: HubBug | StationBug) -> None:
    """A few of them; all: `python -m tests.sync_bugs`."""
    assert hunt(bug, examples=300).found_by
