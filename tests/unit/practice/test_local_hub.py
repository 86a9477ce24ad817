"""The hub of the practice mode: there as often as somebody practises."""

from __future__ import annotations

from pathlib import Path

from station.practice.local_hub import LocalHub


def test_practice_can_be_opened_again_on_the_same_folder(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        hub = LocalHub(tmp_path / "hub")
        tokens.append(hub.start().token)
        hub.stop()
    assert tokens[0] != tokens[1]
