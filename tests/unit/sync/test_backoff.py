"""How long is waited after failures, and where the hub was heard a moment ago."""

from __future__ import annotations

from datetime import timedelta

import pytest

from station.sync import backoff


@pytest.mark.parametrize(("failures", "seconds"), [(1, 0.5), (2, 1), (3, 2), (8, 64), (100, 150)])
def test_the_wait_doubles_with_each_failure_up_to_five_minutes(failures: int, seconds: float) -> None:
    assert backoff.delay(failures, 0.5) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("silent", "longest"),
    [(0.1, 0.5), (8, 2), (60, 15), (1200, 300), (86400, 300)],
    ids=["now", "8s", "1min", "20min", "day"],
)
def test_nobody_waits_longer_than_a_quarter_of_the_time_that_the_hub_was_not_heard(
    silent: float, longest: float
) -> None:
    assert backoff.delay(20, 1.0, timedelta(seconds=silent)) == timedelta(seconds=longest)
    assert backoff.delay(1, 1.0, timedelta(days=1)) == timedelta(seconds=1), "and never longer than others"
