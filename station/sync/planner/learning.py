"""What the outcome of a request means for the events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from station.dossier.delivery import Delivery
from station.sync.answers import Accepted, Answer, Conflict, NeedPages, Refusal, Unusable
from station.sync.plan import (
    Action,
    AskPage,
    Failed,
    Item,
    KeepReceipt,
    Outcome,
    Request,
    SendPage,
    SendPreview,
    State,
    TellEvents,
    Unreadable,
    key_of,
)
from station.sync.planner.change import Change
from station.sync.planner.pages import learn_page, learn_preview
from station.sync.renditions import InTheMaking
from station.sync.wire import EVENTS_A_BATCH

CONFLICTS = {"dossier.question": "hub.question", "question.settled": "hub.settled"}


def learn(
    state: State, request: Request, outcome: Outcome, now: datetime, chance: float
) -> tuple[State, tuple[Action, ...]]:
    """What the outcome of a request means. `chance` is uniform in [0, 1), for the jitter."""
    change = Change(replace(state, pause=None), now, chance)
    if not isinstance(outcome, Failed | Unreadable | InTheMaking):
        change.heard()
    match request:
        case TellEvents():
            _told(change, request, outcome)
        case SendPreview():
            learn_preview(change, request, outcome)
        case SendPage() | AskPage():
            learn_page(change, request, outcome)
    return change.done()


def _told(change: Change, request: TellEvents, outcome: Outcome) -> None:
    match outcome:
        case Failed():
            change.failed([key_of(event) for event in request.events], outcome)
            change.state = replace(change.state, batch=max(1, len(request.events) // 2))
        case Refusal() if len(request.events) > 1:
            # One of them is not to the hub's taste: tell them in halves until it stands alone.
            change.state = replace(change.state, batch=len(request.events) // 2)
        case Refusal():
            change.progressed()
            change.refuse(change.item(request.events[0]), "hub.refused", outcome.message or outcome.code)
        case tuple():
            change.progressed()
            change.state = replace(change.state, batch=min(EVENTS_A_BATCH, 2 * change.state.batch), finished_at=None)
            for event, answer in zip(request.events, outcome, strict=True):
                _answered(change, change.item(event), answer)


def _answered(change: Change, item: Item, answer: Answer) -> None:
    match answer:
        case NeedPages():
            _need(change, item, answer.pages)
        case Accepted():
            change.actions.append(KeepReceipt(item.event, answer.receipt))
            change.drop(item)
        case Conflict(code=code):
            change.refuse(item, CONFLICTS.get(code, "hub.conflict"), answer.message or answer.code)
        case Refusal():
            change.refuse(item, "hub.refused", answer.message or answer.code)
        case Unusable():
            change.hold(item, answer.code)


def _need(change: Change, item: Item, pages: tuple[str, ...]) -> None:
    again = item.sent & set(pages)
    item = change.put(replace(item, missing=pages, sent=item.sent - again, kept=True))
    if again:
        # The hub had these and wants them once more: send them, but do not run in circles at full speed.
        change.hold(item, "hub.page_lost")
    else:
        change.note(item, Delivery.SENDING)
