"""What exchanges say of the line, how much goes into one body, and how a limit is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from station.dossier.why_stuck import LinkKind
from station.sync.bandwidth import Bucket
from station.sync.link_estimate import Exchange, LinkEstimate, Sent
from station.sync.patience import Patience

from .invented import MORNING

KIB = 1 << 10


def after(*exchanges: Exchange, begin: LinkEstimate | None = None) -> LinkEstimate:
    estimate = begin or LinkEstimate()
    for exchange in exchanges:
        estimate = estimate.after(exchange)
    return estimate


def body(seconds: float, size: int = 64 * KIB) -> Exchange:
    return Exchange(size, seconds)


SMALL = Exchange(500, 0.3)


def test_nothing_is_claimed_before_anything_was_sent() -> None:
    estimate = LinkEstimate()
    assert (estimate.kind, estimate.seconds_for(1), estimate.body()) == (LinkKind.UNKNOWN, None, 64 * KIB)
    assert after(SMALL).quality().bytes_a_second is None, "small exchanges show the round trip, not the speed"


def test_the_round_trip_is_not_taken_for_slowness() -> None:
    estimate = after(SMALL, body(2.3))
    assert estimate.quality().round_trip_ms == 300
    assert estimate.bytes_a_second == pytest.approx(64 * KIB / 2.0)


def test_kinds_of_line_by_their_speed() -> None:
    assert after(body(8.0)).kind is LinkKind.THIN  # 64 kbit/s
    assert after(body(1.0)).kind is LinkKind.FAIR
    assert after(body(0.1)).kind is LinkKind.GOOD


def test_a_line_at_the_bound_does_not_change_its_kind_back_and_forth() -> None:
    estimate = after(body(64 * KIB / 31_000))
    assert estimate.kind is LinkKind.THIN
    for speed in (33_000, 31_500, 34_000, 30_500) * 3:
        estimate = estimate.after(body(64 * KIB / speed))
        assert estimate.kind is LinkKind.THIN
    for _ in range(10):
        estimate = estimate.after(body(64 * KIB / 60_000))
    assert estimate.kind is LinkKind.FAIR


def test_a_line_that_breaks_often_is_thin_whatever_its_speed_and_recovers() -> None:
    estimate = after(body(0.1), *[Exchange(64 * KIB, 0.1, broken=True)] * 2)
    assert estimate.kind is LinkKind.THIN
    assert after(*[body(0.1)] * 8, begin=estimate).kind is LinkKind.GOOD


def test_a_body_takes_about_four_seconds_and_at_most_64_kib_on_a_thin_line() -> None:
    assert after(body(8.0)).body() == 32 * KIB
    assert LinkEstimate(LinkKind.THIN, 1_000_000.0).body() == 64 * KIB
    assert after(body(1.0)).body() == 256 * KIB
    assert after(body(0.01)).body() == 1024 * KIB
    assert after(body(0.01)).body(limit=10_000) == 32 * KIB, "a limit is a thin line of one's own making"


def test_what_is_under_way_at_once_is_little_on_a_thin_line_since_a_reset_takes_it_all() -> None:
    assert LinkEstimate().buffer() == 20 * KIB
    assert after(SMALL, body(1.3)).buffer() == pytest.approx(2 * 64 * KIB * 0.3, abs=1)
    assert LinkEstimate(LinkKind.THIN, 30_000.0, 4.0).buffer() == 20 * KIB, "nor where others make us wait"
    assert after(Exchange(500, 0.2), Exchange(1 << 20, 0.3)).buffer() == 1024 * KIB


def test_one_exchange_in_which_the_hub_had_to_think_does_not_pass_for_a_long_line() -> None:
    estimate = after(SMALL, *[Exchange(500, 3.0)])
    assert estimate.round_trip == pytest.approx(0.57)
    assert after(SMALL, begin=estimate).round_trip == pytest.approx(0.381)


def test_the_work_of_the_hub_is_not_taken_for_the_slowness_of_the_line() -> None:
    at_once = Sent(0, 0.001)
    assert after(SMALL, Exchange(40 * KIB, 9.0, sent=at_once)).kind is LinkKind.UNKNOWN
    known = after(SMALL, body(1.0))
    assert after(Exchange(40 * KIB, 9.0, sent=at_once), begin=known).bytes_a_second == known.bytes_a_second
    assert after(SMALL, Exchange(64 * KIB, 9.0, sent=Sent(44 * KIB, 2.0))).bytes_a_second == pytest.approx(22 * KIB)


def test_a_body_that_the_system_took_at_once_shows_how_fast_the_line_is_at_least() -> None:
    assert after(Exchange(64 * KIB, 0.05, sent=Sent(0, 0.001))).kind is LinkKind.GOOD


def test_packets_are_spread_only_where_connections_have_been_breaking() -> None:
    steady = after(SMALL, body(2.3))
    assert steady.pace() is None
    assert after(Exchange(500, 1.0, broken=True)).pace() is None, "nobody knows the speed yet"
    breaking = steady.after(Exchange(64 * KIB, 1.0, broken=True))
    assert breaking.pace() == round(1.2 * 32 * KIB)


def test_records_are_small_where_connections_have_been_breaking() -> None:
    steady = after(SMALL, body(2.3))
    assert steady.record() == 4 * KIB
    assert steady.after(Exchange(64 * KIB, 1.0, broken=True)).record() == 2 * KIB


def test_a_connection_is_given_up_early_only_where_connections_have_been_breaking() -> None:
    steady, breaking = after(SMALL, body(2.3)), after(SMALL, body(2.3), Exchange(64 * KIB, 1.0, broken=True))
    assert steady.silence(0.0) is None
    assert breaking.silence(0.0) == 4.0
    assert after(Exchange(500, 20.0), begin=breaking).silence(0.0) > 6, "where answers take long anyway, later"
    assert breaking.silence(9.0) == 9.0, "who has waited for long waits longer: perhaps the hub is slow"
    usual = Patience()
    assert usual.for_seconds(1.0, None) == usual
    early = usual.for_seconds(1.0, 4.0)
    assert (early.connect, early.byte, early.exchange) == (2.5, 4.0, usual.exchange)
    assert usual.for_seconds(20.0, 4.0).byte == 60, "a body that takes long is waited for"
    assert usual.for_seconds(1.0, 100.0) == usual


def test_patience_is_three_times_what_a_body_takes_and_never_less_than_usual() -> None:
    usual = Patience()
    assert usual.for_seconds(0.1) == usual
    slow = usual.for_seconds(40)
    assert (slow.byte, slow.exchange) == (120, 240)


def test_a_limit_is_kept_over_time_and_a_clock_that_goes_back_forgives_nothing() -> None:
    bucket = Bucket(1000)
    sent, now = 0, MORNING
    while now < MORNING + timedelta(minutes=10):
        bucket, sent = bucket.after(16 * KIB, now), sent + 16 * KIB
        now = bucket.free_at(now)
    assert abs(sent / (now - MORNING).total_seconds() - 1000) < 1
    assert Bucket(1000).after(5000, MORNING).free_at(MORNING - timedelta(days=1)) == MORNING - timedelta(
        days=1
    ) + timedelta(seconds=5)


def test_without_a_limit_nothing_waits_and_a_new_one_begins_afresh() -> None:
    assert Bucket().after(1 << 30, MORNING).free_at(MORNING) == MORNING
    assert Bucket(10).after(1000, MORNING).limited_to(20) == Bucket(20)
