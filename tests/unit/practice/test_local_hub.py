"""The hub of the practice mode: there as often as somebody practises."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.errors import HubError
from station.practice.local_hub import LocalHub
from station.sync.hub_client import HubClient


def test_practice_can_be_opened_again_on_the_same_folder(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        hub = LocalHub(tmp_path / "hub")
        tokens.append(hub.start().token)
        hub.stop()
    assert tokens[0] != tokens[1]


def test_a_second_practice_in_the_folder_is_refused_and_leaves_the_first_its_token(tmp_path: Path) -> None:
    first = LocalHub(tmp_path / "hub")
    enrolment = first.start()
    with pytest.raises(HubError, match=r"hub\.local_failed"):
        LocalHub(tmp_path / "hub").start()
    client = HubClient(enrolment.url, enrolment.token, practice=True)
    assert client.changes(0) is None
    client.close()
    first.stop()
