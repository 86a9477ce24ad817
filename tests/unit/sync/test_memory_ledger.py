"""The fake outbox of these tests behaves as the real one must."""

import pytest

from .ledger_behaviour import Enqueue, LedgerBehaviour
from .memory_ledger import MemoryLedger


class TestMemoryLedger(LedgerBehaviour):
    @pytest.fixture
    def ledger(self) -> MemoryLedger:
        return MemoryLedger()

    @pytest.fixture
    def enqueue(self, ledger: MemoryLedger) -> Enqueue:
        return ledger.enqueue
