"""What this node counts for Prometheus: requests, answers, pages, and the state of its parts.

Labels are routes, codes and names of targets: never a station, a dossier or a hash.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from provincial_hub.keeping.metric_books import Standing

LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
"""Seconds, the body's way over a thin link included."""


class Metrics:
    """One node's, in a registry of its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # else each counter stands there twice
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "hub_requests", "Requests by route and status", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "hub_request_seconds", "From the first byte to the answer's last", ["method", "route"],
            buckets=LATENCY, registry=self.registry,
        )  # fmt: skip
        self._received = Counter("hub_received_bytes", "Bodies of requests", ["route"], registry=self.registry)
        self._answers = Counter("hub_event_answers", "Answers to events", ["answer"], registry=self.registry)
        self._pages = Counter("hub_page_answers", "Answers to pages", ["answer"], registry=self.registry)
        self._parts = Gauge("hub_part_up", "1 while this part of the node works", ["part"], registry=self.registry)
        self._connections = Gauge("hub_database_connections", "Of this node", ["state"], registry=self.registry)
        self._standing = _Standing()
        self.registry.register(self._standing)

    def request(self, method: str, route: str, status: int, seconds: float, received: int) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)
        self._received.labels(route).inc(received)

    def answered(self, answers: Iterable[dict[str, Any]]) -> None:
        for answer, count in Tally(answer["status"] for answer in answers).items():
            self._answers.labels(answer).inc(count)

    def page(self, outcome: str) -> None:
        self._pages.labels(outcome).inc()

    def parts(self, up: dict[str, bool]) -> None:
        for part, works in up.items():
            self._parts.labels(part).set(works)

    def connections(self, in_use: int, most: int) -> None:
        self._connections.labels("in_use").set(in_use)
        self._connections.labels("most").set(most)

    def text(self, standing: Standing | None) -> bytes:
        """The exposition; without the part that the database knows where that cannot be asked."""
        self._standing.now = standing
        return generate_latest(self.registry)


class _Standing:
    """What the database says. It is the same on every node: take the maximum over nodes, not the sum."""

    def __init__(self) -> None:
        self.now: Standing | None = None

    def collect(self) -> Iterator[Metric]:
        now = self.now
        if now is None:
            return
        yield CounterMetricFamily("hub_receipts", "Receipts that were ever given", now.receipts)
        yield CounterMetricFamily("hub_changes_told", "Changes that were written for stations", now.changes)
        yield GaugeMetricFamily("hub_events_waiting_for_pages", "Events without a receipt", now.waiting_for_pages)
        yield GaugeMetricFamily("hub_unmoved_pages", "Durable in a spool, not yet in the store", now.unmoved_pages)
        yield GaugeMetricFamily("hub_unmoved_bytes", "Of these pages", now.unmoved_bytes)
        yield GaugeMetricFamily("hub_unmoved_oldest_seconds", "Age of the oldest of them", now.unmoved_seconds)
        yield _labelled("hub_stations", "Stations", "state", now.stations)
        yield _labelled("hub_alarms", "Alarms about stations that nobody has settled", "kind", now.alarms)
        yield _labelled("hub_stations_backlog", "Sums over what stations reported", "what", now.stations_backlog)
        for name, words, values in (
            ("hub_outbox_waiting", "Messages that a target has not got", now.outbox_waiting),
            ("hub_outbox_set_aside", "Messages that a person must look at", now.outbox_set_aside),
            ("hub_outbox_oldest_seconds", "Age of the oldest message that a target has not got", now.outbox_seconds),
        ):
            yield _labelled(name, words, "target", values)


def _labelled(name: str, words: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
