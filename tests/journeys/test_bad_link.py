"""A whole station behind a line that loses, resets, lies and cuts: each dossier reaches the hub once, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_link.__main__ import lies
from tests.bad_link.front import Mood
from tests.bad_link.trial import Load, deliver
from tools.bad_link.link import Terms
from tools.bad_link.namespace import can_be_made

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not can_be_made(), reason="network namespaces need root, a TUN device and iproute2"),
]


def test_every_dossier_arrives_once_and_whole_whatever_the_line_does(tmp_path: Path) -> None:
    terms = Terms(rate=8e6, delay=0.01, loss=0.02, resets_every=1.5)
    result = deliver(tmp_path, terms, Load(2, 1, 1_300_000), lies(Mood.PORTAL, Mood.STRANGER, Mood.PLAIN, Mood.CUT))
    assert result.faults == []
    assert {"hub.web_page", "hub.not_trusted", "hub.not_tls"} <= set(result.troubles)
