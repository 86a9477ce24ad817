"""A working hub in memory: contract/v1 on plain values, with a disk that a crash rolls back to, and bugs to seed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.signed_document import canonical

Key = tuple[str, int]


class HubBug(StrEnum):
    """Mistakes that a hub may well have; the state machine has to see each of them."""

    ANSWERS_BEFORE_COMMIT = "acknowledge before commit"
    ROLLS_BACK_AFTER_ANSWER = "rollback after answer"
    NO_DEDUPE = "no dedupe"
    LAST_WRITER_WINS = "last writer wins"
    NO_PAGE_CHECK = "page check missing"
    NO_HASH_CHECK = "page hash unchecked"
    SKIPS_CURSORS = "feed cursor skipped"


@dataclass
class Reply:
    status: int
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Revision:
    """One value made another. `base` is the version that whoever changed it had seen."""

    dossier_id: str
    version: int
    base: int
    value: str
    after: str


@dataclass
class Holdings:
    """What a hub holds: in memory, and again on its disk."""

    events: dict[Key, bytes] = field(default_factory=dict)
    receipts: dict[Key, dict[str, Any]] = field(default_factory=dict)
    conflicts: dict[Key, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    partial: dict[str, bytes] = field(default_factory=dict)
    previews: dict[str, bytes] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    applied: list[Key] = field(default_factory=list)
    """Each time that an event had its effect."""
    changes: list[dict[str, Any]] = field(default_factory=list)

    def copied(self) -> Holdings:
        """Every value in here never changes, so the containers are enough."""
        return Holdings(
            *(dict(kept) if isinstance(kept := getattr(self, name), dict) else list(kept) for name in _MEMBERS)
        )


_MEMBERS = tuple(Holdings.__dataclass_fields__)


class ModelHub:
    def __init__(self, *, bugs: Collection[HubBug] = ()) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
        self.public_raw = self._private.public_key().public_bytes_raw()
        self.public_key = base64.b64encode(self.public_raw).decode()
        self.now = Holdings()
        self._disk = Holdings()
        self._bugs = frozenset(bugs)
        self._tolds = 0
        self.refused: dict[Key, str] = {}
        """Events that this hub will never take, and the status it gives them: rejected or conflict."""

    @property
    def disk(self) -> Holdings:
        """What a crash leaves."""
        return self._disk

    def crash(self) -> None:
        """Everything that was not committed is gone."""
        self.now = self._disk.copied()

    def commit(self) -> None:
        self._disk = self.now.copied()

    def tell(self, batch: dict[str, Any]) -> Reply:
        before = self.now.copied()
        reply = Reply(200, {"answers": [self._answer(event) for event in batch["events"]]})
        self._tolds += 1
        if HubBug.ROLLS_BACK_AFTER_ANSWER in self._bugs and self._tolds % 5 == 0:
            self.now = before
        elif HubBug.ANSWERS_BEFORE_COMMIT not in self._bugs:
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
        if HubBug.NO_HASH_CHECK not in self._bugs and hashlib.sha256(held).hexdigest() != sha256:
            return _error(422, "page.hash_mismatch")
        self.now.pages[sha256] = held
        if HubBug.ANSWERS_BEFORE_COMMIT not in self._bugs:
            self.commit()
        return Reply(201)

    def put_preview(self, sha256: str, media_type: str, content: bytes) -> Reply:
        if not self._announced(sha256):
            return _error(404, "page.not_announced")
        if len(content) > 64 << 10:
            return _error(413, "page.too_large")
        if media_type not in {"image/webp", "image/tiff", "image/jpeg"}:
            return _error(415, "page.media_type")
        known = sha256 in self.now.previews
        self.now.previews[sha256] = content
        self.commit()
        return Reply(200 if known else 201)

    def head(self, sha256: str) -> Reply:
        if not self._announced(sha256):
            return Reply(404)
        complete = sha256 in self.now.pages
        held = self.now.pages[sha256] if complete else self.now.partial.get(sha256, b"")
        return Reply(200, headers={"Upload-Offset": str(len(held)), "Upload-Complete": "?1" if complete else "?0"})

    def changes(self, after: int, limit: int = 2) -> Reply:
        """Few at a time, so that a short feed has several answers."""
        told = self.now.changes[after : after + limit]
        more = len(self.now.changes) > after + len(told)
        cursor = after + len(told)
        if HubBug.SKIPS_CURSORS in self._bugs:
            told = told[:1]
        return Reply(200, {"changes": told, "cursor": cursor, "more": more}, {"ETag": f'"{cursor}"'})

    def correct(self, dossier_id: str, value: str, after: str) -> None:
        """Somebody at the province corrects a dossier that the hub holds; the station hears of it."""
        version = self.now.versions[dossier_id] + 1
        self._revise(Revision(dossier_id, version, version - 1, value, after))
        body = {
            "dossier_id": dossier_id,
            "version": version,
            "changes": [{"value": value, "before": "", "after": after}],
            "reason": "MẪU – SPECIMEN",
            "by": "TTHC",
        }
        self._tell_change("T01", "dossier.corrected", body)
        self.commit()

    def sign(self, unsigned: dict[str, Any]) -> dict[str, Any]:
        key_id = hashlib.sha256(self.public_raw).hexdigest()[:16]
        unsigned = {**unsigned, "key_id": key_id}
        return {**unsigned, "signature": base64.b64encode(self._private.sign(canonical(unsigned))).decode()}

    def _announced(self, sha256: str) -> bool:
        return any(sha256 in json.loads(kept)["pages"] for kept in self.now.events.values())

    def _answer(self, event: dict[str, Any]) -> dict[str, Any]:
        key, content = (event["station"], event["seq"]), canonical(event)
        if key in self.refused:
            return _said(event, self.refused[key], "dossier.impossible", "Không nhận được")
        if key in self.now.conflicts:
            return self.now.conflicts[key]
        if self.now.events.get(key, content) != content:
            return _said(event, "rejected", "event.changed", "other content before")
        if key not in self.now.events or HubBug.NO_DEDUPE in self._bugs:
            in_the_way = self._effect(event, key)
            if in_the_way is not None:
                self.now.conflicts[key] = in_the_way
                return in_the_way
            self.now.events[key] = content
        missing = [page for page in event["pages"] if page not in self.now.pages]
        if missing and not (HubBug.NO_PAGE_CHECK in self._bugs and len(missing) < len(event["pages"])):
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
                    "version": self.now.versions[event["dossier_id"]],
                }
            )
        return {"seq": event["seq"], "status": "accepted", "receipt": self.now.receipts[key]}

    def _effect(self, event: dict[str, Any], key: Key) -> dict[str, Any] | None:
        """What the event does, once; the answer where it does nothing."""
        dossier_id, body = event["dossier_id"], event["body"]
        version = self.now.versions.get(dossier_id, 0) + 1
        if event["kind"] == "dossier.corrected":
            if version == 1:
                return _said(event, "conflict", "dossier.version", "not sealed here")
            if self._meets_another(dossier_id, event["base_version"], body):
                asked = {"dossier_id": dossier_id, "question": f"Q{len(self.now.changes)}", "seq": event["seq"]}
                self._tell_change(event["station"], "dossier.question", {**asked, "fields": []})
                return _said(event, "conflict", "dossier.question", "a person decides")
            for one in body["changes"]:
                self._revise(Revision(dossier_id, version, event["base_version"], one["value"], one["after"]))
        self.now.versions[dossier_id] = version
        self.now.applied.append(key)
        return None

    def _meets_another(self, dossier_id: str, base: int, body: dict[str, Any]) -> bool:
        if HubBug.LAST_WRITER_WINS in self._bugs:
            return False
        after = {one["value"]: one["after"] for one in body["changes"]}
        return any(
            done.dossier_id == dossier_id and done.version > base and after.get(done.value, done.after) != done.after
            for done in self.now.revisions
        )

    def _revise(self, revision: Revision) -> None:
        self.now.revisions.append(revision)
        self.now.versions[revision.dossier_id] = revision.version

    def _tell_change(self, station: str, subject: str, body: dict[str, Any]) -> None:
        told = {
            "kind": "change",
            "station": station,
            "cursor": len(self.now.changes) + 1,
            "at": "2026-03-02T09:00:00+07:00",
            "subject": subject,
            "body": body,
        }
        self.now.changes.append(self.sign(told))


def _said(event: dict[str, Any], status: str, code: str, message: str) -> dict[str, Any]:
    return {"seq": event["seq"], "status": status, "reason": {"code": code, "message": message}}


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, {"error": {"code": code, "message": code}}, headers or {})
