"""Many events at once: listed in portions, told in few exchanges."""

from __future__ import annotations

from collections import Counter as Counts
from contextlib import AbstractContextManager

from station.sync.loop import LISTED_AT_ONCE
from station.sync.wire import EVENTS_A_BATCH

from .faulty_line import Fault
from .looping_counter import Counter
from .memory_ledger import MemoryLedger


def test_many_new_events_are_listed_in_portions_and_the_first_go_before_all_are_known(counter: Counter) -> None:
    many = 2 * LISTED_AT_ONCE + 1
    for seq in range(1, many + 1):
        counter.seal(seq)
    counter.loop.turn()
    assert len(counter.line.requests) == 1
    assert len(counter.loop.state.items) == LISTED_AT_ONCE - EVENTS_A_BATCH
    counter.turns()
    assert sorted(seq for _, seq in counter.hub.now.events) == list(range(1, many + 1))
    assert counter.ledger.pending() == []


def test_a_first_full_sync_takes_one_exchange_a_page_few_for_the_facts_and_one_transaction_each(
    counter: Counter,
) -> None:
    class CountingLedger(MemoryLedger):
        transactions = 0

        def together(self) -> AbstractContextManager[None]:
            self.transactions += 1
            return super().together()

    ledger = CountingLedger()
    counter.ledger = counter.loop._ledger = ledger
    many = 4 * EVENTS_A_BATCH
    for seq in range(1, many + 1):
        counter.seal(seq, 100)
    counter.turns(1000)
    assert ledger.pending() == []
    methods = Counts(method for method, _ in counter.line.requests)
    assert methods == {"POST": 2 * many // EVENTS_A_BATCH, "PUT": many}
    assert ledger.transactions == methods.total()


def test_while_the_line_is_down_all_new_events_are_listed_before_the_loop_rests(counter: Counter) -> None:
    for seq in range(1, 2 * LISTED_AT_ONCE + 2):
        counter.seal(seq)
    counter.line.fault = Fault.NO_NETWORK
    turn = counter.turns()
    assert (turn.trouble, len(counter.line.requests)) == ("hub.unreachable", 1)
    assert len(counter.loop.state.items) == 2 * LISTED_AT_ONCE + 1


def test_what_is_let_through_is_all_that_waits_also_what_was_not_listed_yet(counter: Counter) -> None:
    for seq in range(1, LISTED_AT_ONCE + 2):
        counter.seal(seq)
    counter.loop.metered = True
    counter.loop.send_all_now()
    counter.loop.turn()
    assert len(counter.loop.state.let_through) == LISTED_AT_ONCE + 1
