"""Errands: when each is due, what they wait for, and that none of them storms the hub."""

from __future__ import annotations

from datetime import timedelta

from station.errors import HubError
from station.sync.errands import Errand, Errands

from .invented import MORNING

MINUTE = timedelta(minutes=1)


class Done:
    def __init__(self, *, more: int = 0, error: HubError | None = None) -> None:
        self.times = 0
        self.more = more
        self.error = error

    def __call__(self) -> bool:
        self.times += 1
        if self.error:
            raise self.error
        return self.times <= self.more


def errands(*every: tuple[Done, int]) -> Errands:
    made = [Errand(f"errand {at}", done, minutes * MINUTE, 2 * MINUTE) for at, (done, minutes) in enumerate(every)]
    return Errands(made, lambda: 0.5)


def test_each_is_done_once_a_period_and_the_longest_due_first() -> None:
    often, seldom = Done(), Done()
    all_of_them = errands((often, 10), (seldom, 60))
    now = MORNING
    for _ in range(61):
        while all_of_them.run(now, idle=True):
            pass
        now += MINUTE
    assert (often.times, seldom.times) == (7, 2)


def test_after_hours_of_sleep_each_is_done_once() -> None:
    done = Done()
    all_of_them = errands((done, 10))
    all_of_them.run(MORNING, idle=True)
    morning_after = MORNING + timedelta(hours=14)
    assert [all_of_them.run(morning_after, idle=True) for _ in range(3)] == [True, False, False]
    assert done.times == 2


def test_while_dossiers_go_out_only_what_is_late_is_done() -> None:
    done = Done()
    all_of_them = errands((done, 10))
    assert not all_of_them.run(MORNING, idle=False)
    assert not all_of_them.run(MORNING + MINUTE, idle=False)
    assert all_of_them.run(MORNING + 2 * MINUTE, idle=False)
    assert not all_of_them.run(MORNING + 13 * MINUTE, idle=False)
    assert all_of_them.run(MORNING + 14 * MINUTE, idle=False)


def test_where_there_is_more_it_goes_on_at_once() -> None:
    done = Done(more=3)
    all_of_them = errands((done, 10))
    while all_of_them.run(MORNING, idle=True):
        pass
    assert done.times == 4


def test_what_comes_in_pieces_takes_turns_with_dossiers_once_it_has_begun() -> None:
    done = Done(more=3)
    all_of_them = errands((done, 10))
    assert not all_of_them.run(MORNING, idle=False), "it is not late"
    late = MORNING + 2 * MINUTE
    assert [all_of_them.run(late, idle=False) for _ in range(9)] == [True, False] * 4 + [False]
    assert done.times == 4
    assert not all_of_them.run(late + 11 * MINUTE, idle=False), "the next time is one like any other"


def test_what_broke_between_two_pieces_waits_before_it_goes_on() -> None:
    done = Done(more=3)
    all_of_them = errands((done, 10))
    assert all_of_them.run(MORNING, idle=True)
    done.error = HubError("hub.timeout")
    assert all_of_them.run(MORNING, idle=True)
    assert not all_of_them.run(MORNING, idle=True)


def test_one_that_fails_is_tried_again_later_and_later_and_its_trouble_is_told() -> None:
    done = Done(error=HubError("hub.timeout"))
    all_of_them = errands((done, 60))
    now, waits = MORNING, []
    for _ in range(12):
        assert all_of_them.run(now, idle=True)
        until = all_of_them.next_due()
        assert until is not None
        waits.append((until - now).total_seconds())
        now = until
    assert all_of_them.trouble == "hub.timeout"
    assert waits == [5, 5, 5, 5, 8, 16, 32, 64, 128, 150, 150, 150]
    done.error = None
    all_of_them.run(now, idle=True)
    assert all_of_them.trouble is None


def test_the_hubs_own_time_to_ask_again_is_kept() -> None:
    asked = errands((Done(error=HubError("hub.quota", retry_after=900)), 1))
    shut_out = errands((Done(error=HubError("hub.shut_out")), 1))
    for one, seconds in ((asked, 900), (shut_out, 3600)):
        one.run(MORNING, idle=True)
        assert one.next_due() == MORNING + timedelta(seconds=seconds)


def test_a_clock_that_was_set_back_puts_nothing_off_for_days() -> None:
    done = Done()
    all_of_them = errands((done, 10))
    all_of_them.run(MORNING, idle=True)
    assert all_of_them.run(MORNING - timedelta(days=3), idle=True)
