"""The store's outbox keeps the promises that the sync room relies on: the same tests as its fake passes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier, State
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.province.outbox import Outbox
from station.store.store import Store

from ..unit.sync.invented import MORNING
from ..unit.sync.ledger_behaviour import Enqueue, LedgerBehaviour


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    keys = Keys.derived_from(secrets.token_bytes(32))
    with Store.open(DataFolder(tmp_path / "station"), keys, now=lambda: MORNING) as store:
        yield store


class TestOutbox(LedgerBehaviour):
    @pytest.fixture
    def ledger(self, store: Store) -> Outbox:
        return store.outbox

    @pytest.fixture
    def enqueue(self, store: Store) -> Enqueue:
        def seal(event: OutboxEvent) -> None:
            with store.dossiers.transaction() as transaction:
                sealed = Dossier(event.dossier_id, "1.004873", "2026-1", "officer", MORNING, state=State.SEALED)
                transaction.save(sealed)
                assert transaction.next_seq() == event.seq
                transaction.enqueue(event)

        return seal
