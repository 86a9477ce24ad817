"""What a station keeps of the changes feed: each change once, in the order of their cursors."""

from __future__ import annotations

import json
from typing import Any

from station.dossier.signed_document import check_signature, parse_document
from station.sync.hub_client import HubClient


class ModelFeed:
    """`careless` seeds a mistake: the cursor is kept before the changes are, and these are lost with the process."""

    def __init__(self, hub_key: bytes, *, careless: bool = False) -> None:
        self._hub_key = hub_key
        self._careless = careless
        self.cursor = 0
        self.kept: dict[int, dict[str, Any]] = {}

    def read_on(self, client: HubClient) -> bool:
        """One answer of the feed; whether there is more."""
        content = client.changes(self.cursor)
        if content is None:
            return False
        answer = json.loads(content)
        told = [parse_document(json.dumps(change).encode()) for change in answer["changes"]]
        for change in told:
            check_signature(change, "change", self._hub_key)
        if not (self._careless and len(told) > 1):
            self.kept.update((change["cursor"], change) for change in told)
        self.cursor = answer["cursor"]
        return bool(answer["more"])

    def version_of(self, dossier_id: str) -> int:
        bodies = [change["body"] for change in self.kept.values()]
        return max((body.get("version", 0) for body in bodies if body["dossier_id"] == dossier_id), default=0)
