"""A working hub in memory: contract/v1 on plain values, with a disk that a crash rolls back to."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.signed_document import canonical


@dataclass
class Reply:
    status: int
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


@dataclass
class Holdings:
    """What a hub holds: in memory, and again on its disk."""

    events: dict[tuple[str, int], bytes] = field(default_factory=dict)
    receipts: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    partial: dict[str, bytes] = field(default_factory=dict)


class ModelHub:
    """`forgetful` seeds a mistake: it acknowledges before its disk has it."""

    def __init__(self, *, forgetful: bool = False) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
        self.public_raw = self._private.public_key().public_bytes_raw()
        self.public_key = base64.b64encode(self.public_raw).decode()
        self.now = Holdings()
        self._disk = Holdings()
        self.forgetful = forgetful
        self.refused: dict[tuple[str, int], str] = {}
        """Events that this hub will never take, and the status it gives them: rejected or conflict."""

    def crash(self) -> None:
        """Everything that was not committed is gone."""
        self.now = copy.deepcopy(self._disk)

    def commit(self) -> None:
        self._disk = copy.deepcopy(self.now)

    def tell(self, batch: dict[str, Any]) -> Reply:
        reply = Reply(200, {"answers": [self._answer(event) for event in batch["events"]]})
        if not self.forgetful:
            self.commit()
        return reply

    def put(self, sha256: str, offset: int, length: int, content: bytes) -> Reply:
        if not self._announced(sha256):
            return _error(404, "page.not_announced")
        if sha256 in self.now.pages:
            return Reply(200)
        held = self.now.partial.get(sha256, b"")
        if offset != len(held):
            return _error(409, "page.offset", {"Upload-Offset": str(len(held))})
        held += content
        if len(held) < length:
            self.now.partial[sha256] = held
            return Reply(202, headers={"Upload-Offset": str(len(held))})
        self.now.partial.pop(sha256, None)
        if hashlib.sha256(held).hexdigest() != sha256:
            return _error(422, "page.hash_mismatch")
        self.now.pages[sha256] = held
        if not self.forgetful:
            self.commit()
        return Reply(201)

    def head(self, sha256: str) -> Reply:
        if not self._announced(sha256):
            return Reply(404)
        complete = sha256 in self.now.pages
        held = self.now.pages[sha256] if complete else self.now.partial.get(sha256, b"")
        return Reply(200, headers={"Upload-Offset": str(len(held)), "Upload-Complete": "?1" if complete else "?0"})

    def sign(self, unsigned: dict[str, Any]) -> dict[str, Any]:
        key_id = hashlib.sha256(self.public_raw).hexdigest()[:16]
        unsigned = {**unsigned, "key_id": key_id}
        return {**unsigned, "signature": base64.b64encode(self._private.sign(canonical(unsigned))).decode()}

    def _announced(self, sha256: str) -> bool:
        return any(sha256 in json.loads(kept)["pages"] for kept in self.now.events.values())

    def _answer(self, event: dict[str, Any]) -> dict[str, Any]:
        key, content = (event["station"], event["seq"]), canonical(event)
        if key in self.refused:
            reason = {"code": "dossier.impossible", "message": "Không nhận được"}
            return {"seq": event["seq"], "status": self.refused[key], "reason": reason}
        if self.now.events.setdefault(key, content) != content:
            reason = {"code": "event.changed", "message": "other content before"}
            return {"seq": event["seq"], "status": "rejected", "reason": reason}
        missing = [page for page in event["pages"] if page not in self.now.pages]
        if missing:
            return {"seq": event["seq"], "status": "need_pages", "pages": missing}
        if key not in self.now.receipts:
            self.now.receipts[key] = self.sign(
                {
                    "station": event["station"],
                    "seq": event["seq"],
                    "dossier_id": event["dossier_id"],
                    "pages": event["pages"],
                    "received_at": "2026-03-02T09:00:00+07:00",
                    "hub_number": f"HUB-{event['seq']}",
                    "durable": True,
                }
            )
        return {"seq": event["seq"], "status": "accepted", "receipt": self.now.receipts[key]}


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, {"error": {"code": code, "message": code}}, headers or {})
