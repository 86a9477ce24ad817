"""How long the loop waits behind a line that breaks, and what cuts its pauses short."""

from __future__ import annotations

from station.dossier.delivery import Delivery
from station.sync.loop import Turn

from .faulty_line import Fault
from .looping_counter import Counter


def test_without_a_network_the_dossier_waits_and_the_loop_tries_again_later(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.line.fault = Fault.NO_NETWORK
    turn = counter.loop.turn()
    assert turn.trouble == "hub.unreachable"
    assert turn.next_turn is not None
    assert turn.next_turn > counter.clock.now()
    assert (counter.progress(1).delivery, counter.progress(1).reason) == (Delivery.WAITING, "hub.unreachable")
    counter.loop.turn()
    assert len(counter.line.requests) == 1, "it asked again before its time"


def test_waits_grow_to_five_minutes_at_most_and_the_ledger_is_written_once(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    waits = []
    for _ in range(14):
        turn = counter.loop.turn()
        assert turn.next_turn is not None
        waits.append((turn.next_turn - counter.clock.now()).total_seconds())
        counter.clock.at = turn.next_turn
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150, 150, 150, 150]
    assert counter.ledger.notes == 1


def test_after_a_break_it_asks_where_to_go_on_and_sends_only_the_rest(counter: Counter) -> None:
    counter.seal(1, 700)
    counter.loop.turn()
    counter.line.fault = Fault.HALF_A_BODY
    turn = counter.loop.turn()
    assert turn.next_turn is not None
    counter.line.fault = Fault.NONE
    counter.clock.at = turn.next_turn
    counter.turns()
    assert [method for method, _ in counter.line.requests] == ["POST", "PUT", "HEAD", "PUT", "PUT", "POST"]
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_bytes_that_arrived_start_the_waits_from_the_beginning(counter: Counter) -> None:
    counter.seal(1, 5000)
    counter.loop.turn()
    waits = []
    for fault in [Fault.HALF_A_BODY, Fault.NONE] * 4:
        counter.line.fault = fault
        turn = counter.loop.turn()
        if turn.next_turn:
            waits.append((turn.next_turn - counter.clock.now()).total_seconds())
            counter.clock.at = turn.next_turn
    assert waits == [0.05] * 4, "the line is there"


def test_the_hubs_retry_after_is_kept_even_when_somebody_wakes_the_loop(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.BUSY
    turn = counter.loop.turn()
    assert turn.next_turn is not None
    assert (turn.next_turn - counter.clock.now()).total_seconds() == 7
    counter.line.fault = Fault.NONE
    counter.loop.try_now()
    assert counter.loop.turn().next_turn == turn.next_turn
    counter.clock.at = turn.next_turn
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_new_event_cuts_an_ordinary_pause_short(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    pause = counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.loop.wake()
    assert counter.loop.turn() == Turn(busy=False, next_turn=pause.next_turn, trouble=pause.trouble), "nothing is new"
    counter.seal(2)
    counter.loop.wake()
    counter.turns()
    assert {counter.progress(seq).delivery for seq in (1, 2)} == {Delivery.RECEIVED}


def test_somebody_who_has_reason_to_hope_cuts_an_ordinary_pause_short(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.loop.try_now()
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_clock_that_was_set_back_does_not_stop_the_delivery(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.clock.move(-86_400)
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED
