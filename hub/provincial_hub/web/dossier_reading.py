"""A dossier as it reads now: the sealed event with every correction after it, value by value and page by page. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provincial_hub.keeping.view_books import CaseStory

SHOWN_BY_BROWSERS = frozenset({"image/png", "image/jpeg", "image/webp"})

LOOKS = frozenset({"looked", "looked_at_page"})


@dataclass(frozen=True, slots=True)
class Correction:
    """Both texts stay, and whose they are. `origin`: sealed at the counter, or where it was changed afterwards."""

    before: str
    after: str
    by: str
    at: str
    origin: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ValueSeen:
    id: str
    key: str
    page: int | None
    text: str
    source: str
    trusted: bool
    checked_by: str | None
    answer: str | None
    readings: tuple[Mapping[str, Any], ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class PageSeen:
    """`held`: the hub has all of it; only then, and only of some kinds, can a browser show it."""

    number: int
    sha256: str
    kind: str | None
    size: int
    media_type: str
    captured_at: str
    reused: bool
    held: bool
    previewed: bool

    @property
    def shown(self) -> bool:
        return self.held and self.media_type in SHOWN_BY_BROWSERS


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """Two texts for one value. `fields` as the question was asked; `wanted` is the station's correction."""

    id: str
    seq: int
    asked_at: str
    fields: tuple[Mapping[str, str], ...]
    wanted: Mapping[str, Any]
    settled_at: str | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class DossierSeen:
    story: CaseStory
    body: Mapping[str, Any]
    values: tuple[ValueSeen, ...]
    pages: tuple[PageSeen, ...]
    questions: tuple[QuestionSeen, ...]

    @property
    def open_questions(self) -> tuple[QuestionSeen, ...]:
        return tuple(one for one in self.questions if one.settled_at is None)

    @property
    def deeds(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(one for one in self.story.deeds if one["deed"] not in LOOKS)

    @property
    def looks(self) -> tuple[Mapping[str, Any], ...]:
        """Who only looked, newest first."""
        return tuple(one for one in reversed(self.story.deeds) if one["deed"] in LOOKS)

    def value(self, value_id: str) -> ValueSeen | None:
        return next((one for one in self.values if one.id == value_id), None)

    def page(self, number: int) -> PageSeen | None:
        return next((one for one in self.pages if one.number == number), None)

    def changed_since(self, version: int) -> tuple[tuple[str, Correction], ...]:
        """What others changed after somebody saw this version: value ids with both texts."""
        return tuple(_corrections(row for row in self.story.revisions if row["version"] > version))


def read_dossier(story: CaseStory) -> DossierSeen | None:
    """None while no sealed event of it stands in the ledger."""
    sealed = [row for row in story.events if row["version"] is not None and _kind(row) == "dossier.sealed"]
    if not sealed:
        return None
    newest = max(sealed, key=lambda row: int(row["version"]))
    body: Mapping[str, Any] = json.loads(newest["content"])["body"]
    later: dict[str, list[Correction]] = {}
    for value_id, correction in _corrections(row for row in story.revisions if row["version"] > newest["version"]):
        later.setdefault(value_id, []).append(correction)
    return DossierSeen(
        story,
        body,
        tuple(_value(one, later.get(one["id"], ())) for one in body["values"]),
        tuple(_page(one, story) for one in body["pages"]),
        tuple(_question(row, story) for row in story.questions),
    )


def _kind(row: Mapping[str, Any]) -> str:
    return str(json.loads(row["content"])["kind"])


def _corrections(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, Correction]]:
    return [
        (
            change["value"],
            Correction(change["before"], change["after"], row["by"], row["at"], row["origin"], row["reason"]),
        )
        for row in rows
        for change in json.loads(row["changes"])
    ]


def _value(told: Mapping[str, Any], later: Sequence[Correction]) -> ValueSeen:
    at_the_counter = [
        Correction(one["old"], one["new"], one["by"], one["at"], "counter") for one in told["corrections"]
    ]
    return ValueSeen(
        id=told["id"],
        key=told["key"],
        page=told["page"],
        text=later[-1].after if later else told["value"],
        source=told["source"],
        trusted=told["trusted"],
        checked_by=told["checked_by"],
        answer=told["answer"],
        readings=tuple(told["readings"]),
        corrections=(*at_the_counter, *later),
    )


def _page(told: Mapping[str, Any], story: CaseStory) -> PageSeen:
    return PageSeen(
        number=told["number"],
        sha256=told["sha256"],
        kind=told["kind"],
        size=told["size"],
        media_type=told["media_type"],
        captured_at=told["captured_at"],
        reused="reused_from" in told,
        held=told["sha256"] in story.complete,
        previewed=told["sha256"] in story.previews,
    )


def _question(row: Mapping[str, Any], story: CaseStory) -> QuestionSeen:
    asked_by = (one for one in story.events if (one["station"], one["seq"]) == (row["station"], row["seq"]))
    return QuestionSeen(
        id=row["id"],
        seq=row["seq"],
        asked_at=row["asked_at"],
        fields=tuple(json.loads(row["fields"])),
        wanted=next((json.loads(one["content"])["body"] for one in asked_by), {}),
        settled_at=row["settled_at"],
        settled_by=row["settled_by"],
    )
