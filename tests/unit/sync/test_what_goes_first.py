"""The order in which things go, how much goes at once, and what waits on a metered or limited line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from station.dossier.delivery import OutboxEvent
from station.dossier.why_stuck import LinkKind
from station.sync import planner
from station.sync.answers import NeedPages, NotAnnounced, PreviewKept, PreviewUnwanted, Standing
from station.sync.bandwidth import Bucket
from station.sync.link_estimate import LinkEstimate
from station.sync.plan import (
    AskPage,
    Bodies,
    Failed,
    Outcome,
    Request,
    Rest,
    SendPage,
    SendPreview,
    State,
    TellEvents,
    Unreadable,
    key_of,
)
from station.sync.planner.bodies import CUT_AFTER
from station.sync.renditions import InTheMaking

from .invented import MORNING, event

A, B, C = "a" * 64, "b" * 64, "c" * 64
THIN, GOOD = LinkEstimate(LinkKind.THIN, 8_000.0, 0.3), LinkEstimate(LinkKind.GOOD, 2_000_000.0, 0.02)


def due(days: int) -> dict[str, object]:
    return {"number": "1", "due_at": (MORNING + timedelta(days=days)).isoformat()}


def listed(*events: OutboxEvent, **settings: object) -> State:
    return with_more(replace(State(), **settings), *events)  # type: ignore[arg-type]


def with_more(state: State, *events: OutboxEvent) -> State:
    made = {key_of(one): planner.item_of(one, set()) for one in events}
    return planner.relist(state, [*state.items, *made], made)


def told(state: State) -> State:
    """All facts are told, and the hub wants all their pages."""
    request = planner.choose(state, MORNING)
    assert isinstance(request, TellEvents)
    return learnt(state, request, tuple(NeedPages(one.pages) for one in request.events))


def learnt(state: State, request: Request, outcome: Outcome) -> State:
    return planner.learn(state, request, outcome, MORNING, 0.5)[0]


def chosen(state: State) -> Request:
    request = planner.choose(state, MORNING)
    assert not isinstance(request, Rest)
    return request


def test_the_page_of_the_nearest_deadline_goes_first_and_the_oldest_among_equals() -> None:
    state = told(listed(event(1, (A,), body=due(9)), event(2, (B,), body=due(2)), event(3, (C,), body=due(2))))
    sent = []
    for _ in range(3):
        request = chosen(state)
        assert isinstance(request, SendPage)
        sent.append(request.sha256)
        state = learnt(state, request, Standing(1000, complete=True))
    assert sent == [B, C, A]


def test_those_whose_pages_are_there_are_told_again_together_while_a_good_line_brings_more() -> None:
    state = told(listed(event(1, (A,)), event(2, (B,)), event(3, (C,))))
    for sha256 in (A, B):
        assert chosen(state).sha256 == sha256  # type: ignore[union-attr]
        state = learnt(state, chosen(state), Standing(1000, complete=True))
    assert isinstance(chosen(state), SendPage)
    for waited in (timedelta(seconds=2), timedelta(seconds=-1)):
        assert told_at(state, MORNING + waited) == [1, 2], "no longer than that, whatever the clock does"
    assert told_at(replace(state, link=THIN), MORNING) == [1, 2], "the next page would take long"
    assert told_at(replace(state, failures=1), MORNING) == [1, 2], "who knows how long the line holds"
    assert told_at(with_more(state, event(4)), MORNING) == [1, 2, 4], "a new fact is company"
    assert told_at(replace(state, metered=True, previewed=frozenset({C})), MORNING) == [1, 2], "nothing else goes"
    assert told_at(learnt(state, chosen(state), Standing(1000, complete=True)), MORNING) == [1, 2, 3]


def told_at(state: State, now: datetime) -> list[int]:
    request = planner.choose(state, now)
    assert isinstance(request, TellEvents)
    return [one.seq for one in request.events]


def test_a_deadline_that_makes_no_sense_is_none() -> None:
    for said in ("soon", "2026-03-02T08:00:00", 7):
        assert planner.item_of(event(1, body={"due_at": said}), set()).due_at is None


def test_a_new_fact_goes_between_two_bodies_of_a_page() -> None:
    state = told(listed(event(1, (A,))))
    state = learnt(state, chosen(state), Standing(500, complete=False))
    new = event(2)
    state = with_more(state, new)
    request = chosen(state)
    assert isinstance(request, TellEvents)
    assert [one.seq for one in request.events] == [2]


def test_a_correction_never_goes_before_its_dossier() -> None:
    sealed = event(1, (A,))
    correction = replace(event(2), kind="dossier.corrected", dossier_id=sealed.dossier_id)
    state = listed(sealed, correction)
    state = replace(state, items={key: replace(item, failures=3 * (key[1] == 1)) for key, item in state.items.items()})
    request = chosen(state)
    assert isinstance(request, TellEvents)
    assert request.events[0].seq == 1, "though it failed before, and the correction did not"
    state = learnt(state, request, (NeedPages((A,)),))
    assert [one.seq for one in chosen(state).events] == [2]  # type: ignore[union-attr]


def test_previews_go_before_pages_on_a_thin_line_and_not_at_all_on_a_good_one() -> None:
    facts = (event(1, (A, B)),)
    assert isinstance(chosen(told(listed(*facts, link=GOOD))), SendPage)
    assert isinstance(chosen(told(listed(*facts))), SendPage), "nor where nobody knows yet"
    state = told(listed(*facts, link=THIN))
    assert chosen(state) == SendPreview(A)
    state = learnt(state, SendPreview(A), PreviewKept())
    assert chosen(state) == SendPreview(B)
    state = learnt(state, SendPreview(B), PreviewUnwanted())
    assert isinstance(chosen(state), SendPage)


@pytest.mark.parametrize("outcome", [PreviewUnwanted(), Unreadable("file.truncated")])
def test_a_preview_that_cannot_be_had_keeps_no_page_waiting(outcome: Outcome) -> None:
    state = told(listed(event(1, (A,)), link=THIN))
    assert isinstance(chosen(learnt(state, SendPreview(A), outcome)), SendPage)


def test_while_a_preview_is_being_made_facts_and_pages_go_and_no_other_preview_is_asked_for() -> None:
    state = learnt(told(listed(event(1, (A, B)), link=THIN)), SendPreview(A), InTheMaking())
    assert state.pause is None
    assert isinstance(chosen(state), SendPage)
    assert isinstance(chosen(with_more(state, event(2, (C,)))), TellEvents)
    assert chosen(replace(state, preview_in_the_making=False)) == SendPreview(A)


def test_on_a_metered_line_nothing_goes_while_a_preview_is_being_made() -> None:
    state = learnt(told(listed(event(1, (A,)), link=GOOD, metered=True)), SendPreview(A), InTheMaking())
    assert planner.choose(state, MORNING) == Rest(None)


def test_a_preview_that_breaks_the_hub_is_left_out_and_no_event_is_blamed() -> None:
    state = told(listed(event(1, (A,)), link=THIN))
    for _ in range(2):
        state = replace(learnt(state, SendPreview(A), Failed("hub.failed")), pause=None)
    assert isinstance(chosen(state), SendPage)
    assert [item.failures for item in state.items.values()] == [0]


def test_a_preview_of_a_page_that_the_hub_has_not_heard_of_makes_the_event_told_again() -> None:
    state = learnt(told(listed(event(1, (A,)), link=THIN)), SendPreview(A), NotAnnounced())
    assert all(item.missing is None and item.not_before for item in state.items.values())


def test_on_a_metered_line_facts_and_previews_go_and_pages_wait() -> None:
    state = told(listed(event(1, (A,)), link=GOOD, metered=True))
    assert chosen(state) == SendPreview(A)
    state = learnt(state, SendPreview(A), PreviewKept())
    assert planner.choose(state, MORNING) == Rest(None)
    state = replace(state, let_through=frozenset({("T01", 1)}))
    assert isinstance(chosen(state), SendPage)
    later = with_more(state, event(2, (B,)))
    assert ("T01", 2) not in later.let_through, "«send all now» is about what waited then"


def test_a_limit_holds_pages_and_no_fact() -> None:
    state = told(listed(event(1, (A,)), bucket=Bucket(1000).after(5000, MORNING)))
    assert planner.choose(state, MORNING) == Rest(MORNING + timedelta(seconds=5))
    with_fact = with_more(state, event(2))
    assert isinstance(chosen(with_fact), TellEvents)
    assert isinstance(planner.choose(state, MORNING + timedelta(seconds=5)), SendPage)


def test_a_body_that_breaks_thrice_at_one_size_is_halved_and_grows_again() -> None:
    state = told(listed(event(1, (A,)), link=GOOD))
    first = chosen(state)
    assert isinstance(first, SendPage)
    assert first.length == 1 << 20
    for _ in range(CUT_AFTER):
        assert chosen(state) == first, "less often it may be chance"
        state = replace(learnt(state, first, Failed("hub.broken_off")), pause=None)
        assert chosen(state) == AskPage(A)
        state = learnt(state, AskPage(A), Standing(0, complete=False))
    assert chosen(state).length == 1 << 19  # type: ignore[union-attr]
    for at in range(1, 17):
        state = learnt(state, chosen(state), Standing(at << 19, complete=False))
    assert chosen(state).length == 1 << 20  # type: ignore[union-attr]


def test_a_line_that_breaks_now_and_then_is_not_taken_for_a_device_that_cuts() -> None:
    bodies = Bodies()
    state = told(listed(event(1, (A,)), link=GOOD))
    for at in range(1, 6):
        state = replace(learnt(state, SendPage(A, 0, 1 << 20), Failed("hub.broken_off")), pause=None)
        state = learnt(state, SendPage(A, 0, 1 << 20), Standing(at << 20, complete=False))
    assert state.bodies.most == bodies.most


def test_two_breaks_at_different_places_of_a_body_are_chance() -> None:
    state = told(listed(event(1, (A,)), link=GOOD))
    for arrived in (300_000, 700_000, 1_500_000):
        state = replace(learnt(state, chosen(state), Failed("hub.broken_off")), pause=None)
        state = learnt(state, AskPage(A), Standing(arrived, complete=False))
    assert chosen(state) == SendPage(A, 1_500_000, 1 << 20)


def test_a_page_that_is_asked_for_without_a_break_says_nothing_of_a_device() -> None:
    state = replace(learnt(told(listed(event(1, (A,)), link=GOOD)), SendPage(A, 0, 1 << 20), Failed("hub.broken_off")))
    for _ in range(3):
        state = learnt(state, AskPage(A), Standing(0, complete=False))
        state = replace(learnt(state, SendPage(A, 0, 1 << 20), Failed("hub.unreachable")), pause=None)
    assert state.bodies.most == Bodies().most


def test_a_page_is_asked_for_after_a_break_and_not_where_no_connection_came_about() -> None:
    begun = learnt(told(listed(event(1, (A,)), link=GOOD)), SendPage(A, 0, 1 << 20), Standing(1000, complete=False))
    away = replace(learnt(begun, chosen(begun), Failed("hub.unreachable")), pause=None)
    assert chosen(away) == chosen(begun), "no byte has left since the hub said what it holds"
    broken = replace(learnt(away, chosen(away), Failed("hub.broken_off")), pause=None)
    assert chosen(broken) == AskPage(A)
    still = replace(learnt(broken, AskPage(A), Failed("hub.unreachable")), pause=None)
    assert chosen(still) == AskPage(A), "nobody has answered"


def test_a_device_that_says_that_it_cuts_is_believed_at_once() -> None:
    state = learnt(told(listed(event(1, (A,)), link=GOOD)), SendPage(A, 0, 1 << 20), Failed("hub.body_cut"))
    assert state.bodies.most == 1 << 19


def test_who_was_shut_out_asks_again_after_an_hour_whatever_happens() -> None:
    state = listed(event(1))
    state = learnt(state, chosen(state), Failed("hub.shut_out"))
    assert planner.choose(planner.wake(state), MORNING) == Rest(MORNING + timedelta(hours=1))
