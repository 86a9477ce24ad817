"""Two strikes of those that `make hub-faults` tries without end; two nodes are struck in hub/tests/test_nodes.py."""

from __future__ import annotations

from pathlib import Path

from tests.hub_faults.reckoning import losses
from tests.hub_faults.sites import embedded
from tests.hub_faults.stations import Promised
from tests.hub_faults.trial import run


def test_nothing_that_the_hub_promised_is_gone_after_it_was_struck_at_work(tmp_path: Path) -> None:
    with embedded(tmp_path) as site:
        site.strikes.pop("disk full", None)  # the shortest faults alone
        result = run(site, seconds=120, seed=1, most=len(site.strikes))
        lie = Promised({("K1", "ab" * 32): 1}, {("K1", 1_000_000): {"hub_number": "1", "pages": ["cd" * 32]}})
        assert len(losses(lie, site.nodes)) == 3, "or nothing would ever be found"
    assert result.losses == []
    assert result.strikes == dict.fromkeys(site.strikes, 1)
    assert len(result.promised.receipts) > 10
