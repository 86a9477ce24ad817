"""What a deed writes together or not at all: the dossier, the audit line, the event for the hub, the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.correction import Revision
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.form_order import IssuedForm
from station.dossier.hub_changes import HubWord
from station.dossier.intake import Feeding, TakenImage
from station.dossier.question import Question
from station.dossier.retention import Hold
from station.dossier.service import Rating
from station.errors import RuleError, StoreError
from station.store import schema
from station.store.backup import brought_back as restoration
from station.store.forgetting import legal_holds
from station.store.keys import dossier_keys
from station.store.province import hub_words, outbox, revisions
from station.store.rows import dossier_rows, intake, issued_forms, ratings, search
from station.store.trail import audit

_NEXT = sql.text(
    """
    INSERT INTO number_series (name, last) VALUES (:name, :first)
    ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last
    """
)


MayWrite = Callable[[str, str, str | None], None]
"""Whether a line of the trail may be written: what was done, by whom, to which dossier. What it raises undoes all."""


MayTell = Callable[[OutboxEvent], None]
"""Whether an event may go to the hub as it is; what it raises undoes all."""


def anything(_event: OutboxEvent) -> None:
    """As long as nobody has said what the hub takes."""


def anybody(_deed: str, _by: str, _dossier_id: str | None) -> None:
    """As long as nobody has said who may."""


class Transaction:
    """Lives as long as the block of `Dossiers.transaction`."""

    def __init__(self, connection: sql.Connection, may_write: MayWrite = anybody, may_tell: MayTell = anything) -> None:
        self._connection, self._may_write, self._may_tell = connection, may_write, may_tell
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

    def permit(self, deed: str, by: str, dossier_id: str) -> None:
        """Ask before anything is done whether this may be written in this name."""
        self._may_write(deed, by, dossier_id)

    def audit(self, entry: AuditEntry) -> None:
        """Append to the hash-chained trail."""
        self._may_write(entry.deed, entry.by, entry.dossier_id)
        audit.append(self._connection, entry)

    def rate(self, rating: Rating) -> None:
        """Keep the citizen's word on the service, over an earlier one."""
        ratings.keep(self._connection, rating)

    def keep_form(self, dossier_id: str, form: IssuedForm) -> None:
        """Keep a form as it is issued."""
        issued_forms.keep(self._connection, dossier_id, form)

    def begin_feeding(self, feeding: Feeding) -> None:
        """A device begins to deliver, or a file is opened."""
        intake.begin_feeding(self._connection, feeding)

    def end_feeding(self, feeding_id: str, fed: int, reason: str | None, at: datetime) -> None:
        """It has ended; `reason` is the code of why, where it was not that there was no more."""
        intake.end_feeding(self._connection, feeding_id, fed, reason, at)

    def take(self, image: TakenImage) -> None:
        """Count an image in, together with the page that shows it."""
        intake.take(self._connection, image)

    def set_aside(self, dossier_id: str, images: Iterable[str], deed: str) -> None:
        """A person took these images out of the dossier."""
        intake.set_aside(self._connection, dossier_id, images, deed)

    def take_back(self, dossier_id: str, images: Iterable[str]) -> None:
        """These images are in the dossier again."""
        intake.take_back(self._connection, dossier_id, images)

    def hold(self, hold: Hold) -> None:
        """Keep a dossier at a lawful request; raises `RuleError("dossier.held")`."""
        legal_holds.place(self._connection, hold)

    def lift_hold(self, dossier_id: str, by: str, at: datetime) -> None:
        """Raises `RuleError("dossier.not_held")`."""
        legal_holds.lift(self._connection, dossier_id, by, at)

    def hub_word(self, dossier_id: str) -> HubWord:
        """Everything since the seal, as it stands now."""
        return hub_words.word_on(self._connection, self.load(dossier_id))

    def revise(self, revision: Revision) -> None:
        """Keep a correction after the seal; the sealed dossier stays as it is."""
        revisions.keep(self._connection, revision)
        search.index_again(self._connection, revision.dossier_id)

    def question(self, question_id: str) -> Question:
        """Raises `RuleError("dossier.unknown_question")`."""
        found = revisions.questions(self._connection, schema.question.c.id == question_id)
        if not found:
            raise RuleError("dossier.unknown_question")
        return found[0]

    def answer(self, question_id: str, choices: Mapping[str, str], reason: str, by: str, at: datetime) -> None:
        """A person has chosen between the texts of a question."""
        revisions.answer(self._connection, question_id, choices, reason, by, at)

    def replace_returned(self, dossier_id: str, instead: str) -> None:
        """Another dossier takes the place of one that came back, or of an earlier one that took it."""
        hub_words.replace_returned(self._connection, dossier_id, instead)

    def replaces(self, dossier_id: str) -> str | None:
        """Which dossier that came back this one takes the place of."""
        return hub_words.replaces(self._connection, dossier_id)

    def enqueue(self, event: OutboxEvent) -> None:
        """Write the event that the sync loop will bring to the hub."""
        self._may_tell(event)
        outbox.enqueue(self._connection, event)
        self.enqueued = True

    def next_seq(self) -> int:
        """The next event number of this station, from 1, without gaps but those that a restoration leaves."""
        restoration.leave_room(self._connection)
        return self._next("event", 1)

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, without gaps: a deed that fails gives its number back.

        After a restoration it goes on from a thousand: the numbers below may stand on papers that are not known here.
        """
        return self._next(f"number/{series}", restoration.first_of_a_new_series(self._connection))

    def _next(self, name: str, first: int) -> int:
        return int(self._connection.execute(_NEXT, {"name": name, "first": first}).scalar_one())

    def _exists(self, dossier_id: str) -> bool:
        chosen = sql.select(schema.dossier.c.serial).where(schema.dossier.c.id == dossier_id)
        return self._connection.execute(chosen).first() is not None
