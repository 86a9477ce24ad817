"""The arithmetic of the conservation ledger: numbers that meet are quiet, any that do not are a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.dossier.conservation import Counts, Gap, equalities, gaps

WHOLE = Counts(
    fed=12,
    taken=11,
    not_kept={"device.jammed": 1},
    in_open=2,
    in_sealed=6,
    in_discarded=1,
    set_aside={"remove_page": 1, "replace_page": 1},
    stored=9,
    queued=6,
    acknowledged=3,
    waiting=2,
    refused=1,
)


def test_a_day_without_losses_has_no_gap() -> None:
    assert gaps(WHOLE) == ()
    assert all(equality.holds for equality in equalities(WHOLE))


def test_an_empty_day_has_no_gap() -> None:
    assert gaps(Counts()) == ()


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"fed": 13}, Gap.FED),
        ({"in_open": 1, "stored": 8}, Gap.NOWHERE),
        ({"set_aside": {"remove_page": 3}}, Gap.TWICE),
        ({"stored": 8}, Gap.NO_FILE),
        ({"queued": 5, "waiting": 1}, Gap.NOT_QUEUED),
        ({"acknowledged": 2}, Gap.UNDELIVERED),
        ({"missing": {Gap.SEQUENCE: ("T01/4",)}}, Gap.SEQUENCE),
    ],
)
def test_each_number_that_does_not_meet_is_a_gap_of_its_own(changed: dict[str, object], gap: Gap) -> None:
    assert gaps(replace(WHOLE, **changed)) == (gap,)


def test_losses_that_cancel_out_in_the_numbers_show_by_what_is_affected() -> None:
    counts = replace(WHOLE, missing={Gap.NOWHERE: ("a",), Gap.UNCOUNTED: ("b",)})
    assert gaps(counts) == (Gap.NOWHERE, Gap.UNCOUNTED)
