"""What a deed writes together or not at all: the dossier, the audit line, the event for the hub, the numbers."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.form_order import IssuedForm
from station.dossier.service import Rating
from station.errors import RuleError, StoreError
from station.store import audit, dossier_keys, dossier_rows, issued_forms, outbox, ratings, schema, search

_NEXT = sql.text(
    """
    INSERT INTO number_series (name, last) VALUES (:name, 1)
    ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last
    """
)


class Transaction:
    """Lives as long as the block of `Dossiers.transaction`."""

    def __init__(self, connection: sql.Connection) -> None:
        self._connection = connection
        self.enqueued = False
        """Whether there is something new for the hub."""

    def load(self, dossier_id: str) -> Dossier:
        """The dossier as it stands now; raises `RuleError("dossier.unknown")`."""
        found = dossier_rows.load(self._connection, dossier_id)
        if found is None:
            raise RuleError("dossier.unknown")
        return found

    def save(self, dossier: Dossier) -> Dossier:
        """Write it and return it with its version counted up.

        Raises `StoreError("store.changed_meanwhile")` where another version than this one stands there.
        """
        saved = replace(dossier, version=dossier.version + 1)
        if dossier.version == 0 and not self._exists(dossier.id):
            serial: int | None = dossier_rows.insert(self._connection, saved)
            if dossier_keys.of(self._connection, dossier.id) is None:
                dossier_keys.make(self._connection, dossier.id)
        else:
            serial = dossier_rows.replace(self._connection, saved, expected=dossier.version)
        if serial is None:
            raise StoreError("store.changed_meanwhile")
        search.index(self._connection, serial)
        return saved

    def audit(self, entry: AuditEntry) -> None:
        """Append to the hash-chained trail."""
        audit.append(self._connection, entry)

    def rate(self, rating: Rating) -> None:
        """Keep the citizen's word on the service, over an earlier one."""
        ratings.keep(self._connection, rating)

    def keep_form(self, dossier_id: str, form: IssuedForm) -> None:
        """Keep a form as it is issued."""
        issued_forms.keep(self._connection, dossier_id, form)

    def enqueue(self, event: OutboxEvent) -> None:
        """Write the event that the sync loop will bring to the hub."""
        outbox.enqueue(self._connection, event)
        self.enqueued = True

    def next_seq(self) -> int:
        """The next event number of this station, from 1, without gaps."""
        return self._next("event")

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, without gaps: a deed that fails gives its number back."""
        return self._next(f"number/{series}")

    def _next(self, name: str) -> int:
        return int(self._connection.execute(_NEXT, {"name": name}).scalar_one())

    def _exists(self, dossier_id: str) -> bool:
        chosen = sql.select(schema.dossier.c.serial).where(schema.dossier.c.id == dossier_id)
        return self._connection.execute(chosen).first() is not None
