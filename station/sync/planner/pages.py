"""What the outcome of a request means for a page and its preview."""

from __future__ import annotations

from dataclasses import replace

from station.dossier.delivery import Delivery
from station.sync.answers import Mismatch, NotAnnounced, PreviewKept, PreviewUnwanted, Refusal, Standing
from station.sync.plan import AskPage, Bodies, Failed, Item, Outcome, PageSent, SendPage, SendPreview, Unreadable
from station.sync.planner.bodies import after_body, after_break
from station.sync.planner.change import Change
from station.sync.renditions import InTheMaking

PREVIEW_PATIENCE = 2


def learn_page(change: Change, request: SendPage | AskPage, outcome: Outcome) -> None:
    sha256 = request.sha256
    concerned = change.missing(sha256)
    change.state = replace(change.state, bodies=_next_bodies(change, request, outcome))
    match outcome:
        case Standing(complete=True):
            change.progressed()
            _page_done(change, sha256, concerned)
        case Standing():
            _page_stands(change, request, outcome.offset, concerned)
        case NotAnnounced():
            _not_announced(change, concerned)
        case Mismatch():
            _forget(change, sha256)
            change.hold_all(concerned, "hub.page_damaged")
        case Refusal():
            change.progressed()
            _forget(change, sha256)
            for item in concerned:
                change.refuse(item, "hub.page_refused", outcome.message or outcome.code)
        case Unreadable():
            change.hold_all(concerned, outcome.code)
        case Failed():
            if outcome.code != "hub.unreachable":  # no byte has left: what the hub holds is known as before
                change.state = replace(change.state, broken=change.state.broken | {sha256})
            change.failed([item.key for item in concerned], outcome)


def learn_preview(change: Change, request: SendPreview, outcome: Outcome) -> None:
    """A preview is a kindness: whatever goes wrong with it, the page itself goes in its turn."""
    match outcome:
        case PreviewKept():
            change.progressed()
            _previewed(change, request.sha256)
        case PreviewUnwanted() | Unreadable():
            _previewed(change, request.sha256)
        case InTheMaking():
            change.state = replace(change.state, preview_in_the_making=True)
        case NotAnnounced():
            _not_announced(change, change.missing(request.sha256))
        case Failed():
            failures = change.state.preview_failures.get(request.sha256, 0) + 1
            counted = {**change.state.preview_failures, request.sha256: failures}
            change.state = replace(change.state, preview_failures=counted)
            if failures >= PREVIEW_PATIENCE:
                _previewed(change, request.sha256)
            change.failed([], outcome)
            for item in change.missing(request.sha256):
                change.note(item, Delivery.WAITING, outcome.code)


def _previewed(change: Change, sha256: str) -> None:
    change.state = replace(change.state, previewed=change.state.previewed | {sha256})


def _not_announced(change: Change, concerned: list[Item]) -> None:
    change.progressed()
    change.hold_all([replace(item, missing=None, kept=False) for item in concerned], "hub.page_lost")


def _page_done(change: Change, sha256: str, concerned: list[Item]) -> None:
    _forget(change, sha256)
    change.actions.append(PageSent(sha256, tuple(item.event for item in concerned)))
    for item in concerned:
        left = tuple(page for page in item.missing or () if page != sha256)
        moved = replace(item, missing=left or None, sent=item.sent | {sha256}, failures=0)
        change.note(change.put(moved), Delivery.SENDING)
        if not left:
            change.finished()


def _page_stands(change: Change, request: SendPage | AskPage, offset: int, concerned: list[Item]) -> None:
    moved = offset > change.state.offsets.get(request.sha256, 0)
    change.state = replace(
        change.state,
        offsets={**change.state.offsets, request.sha256: offset},
        broken=change.state.broken - {request.sha256},
    )
    if moved:
        change.progressed()
        for item in concerned:
            change.note(change.put(replace(item, failures=0)), Delivery.SENDING)
    elif isinstance(request, SendPage):
        # Bytes were sent and the hub holds no more than before: do not run in circles at full speed.
        change.hold_all(concerned, "hub.page_lost")


def _forget(change: Change, sha256: str) -> None:
    offsets = {page: offset for page, offset in change.state.offsets.items() if page != sha256}
    change.state = replace(change.state, offsets=offsets, broken=change.state.broken - {sha256})


def _next_bodies(change: Change, request: SendPage | AskPage, outcome: Outcome) -> Bodies:
    bodies = change.state.bodies
    if isinstance(request, SendPage):
        return after_body(bodies, request.length, outcome)
    if isinstance(outcome, Standing):
        return after_break(bodies, outcome.offset - change.state.offsets.get(request.sha256, 0))
    return bodies
