"""A process that is killed while it takes in what the hub has told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from station.dossier.dossier import Dossier
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

KILLED_FEED = Path(__file__).with_name("killed_feed.py")
EVERY = "1" if os.environ.get("EVERY_FAULT") else "7"
"""All points take half a minute; every seventh shows in the suite that none of them is a bad one."""


def test_a_kill_in_the_middle_keeps_all_that_was_told_or_nothing_and_the_next_time_keeps_it_once(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier], tmp_path: Path
) -> None:
    dossier = new_dossier()
    with Store.open(folder, keys) as store, store.dossiers.transaction() as kept:
        kept.save(dossier)
    corrected = [{"value": "person/full_name", "before": "An", "after": "Ân"}]
    bodies: list[tuple[str, dict[str, object]]] = [
        ("dossier.corrected", {"version": 2, "changes": corrected, "reason": "", "by": "giamsat"}),
        ("dossier.state", {"state": "received", "on": "2026-11-20", "note": ""}),
        ("dossier.corrected", {"version": 3, "changes": corrected, "reason": "", "by": "giamsat"}),
    ]
    told = [
        {"cursor": cursor, "subject": subject, "body": {"dossier_id": dossier.id, **body}}
        for cursor, (subject, body) in enumerate(bodies, 1)
    ]
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps(told), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(KILLED_FEED), str(folder.database), keys.database.hex(), str(changes), EVERY],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    *kills, last = [json.loads(line) for line in said.stdout.splitlines()] or [{"exit": said.stderr}]
    assert last == {"exit": 0}, said.stderr
    assert len(kills) >= 3
    for kill in kills:
        assert kill["found"] in ([0, 0, 0], [3, 3, 2]), kill
        assert kill["again"] == [3, 3, 2], kill
