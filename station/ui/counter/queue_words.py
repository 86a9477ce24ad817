"""Where a dossier stands, in the words of the list."""

from __future__ import annotations

from datetime import datetime

from station.clock import VIETNAM
from station.dossier.delivery import Delivery
from station.dossier.dossier import State
from station.dossier.queue import Queue
from station.dossier.summary import Summary
from station.dossier.why_stuck import Why
from station.language import Language
from station.ui.province.why_words import is_in_turn, why_in_row
from station.ui.words import delivery_words


def state_words(
    one: Summary, queue: Queue, officer: str, now: datetime, language: Language, why: Why | None = None
) -> str:
    """What an officer wants to know of it in this view: why it waits, or by when the result is promised.

    `why` is what keeps a sealed one from having arrived.
    """
    state = _state_words(one, queue, officer, now, language, why)
    return language("hold.in_list", state=state) if one.held else state


def _state_words(one: Summary, queue: Queue, officer: str, now: datetime, language: Language, why: Why | None) -> str:
    if one.state is State.DISCARDED:
        return language("counter.home.discarded")
    if one.state is State.SEALED:
        due = queue is Queue.DUE and one.due_at is not None
        return due_words(one, now, language) if due else _sealed_words(one, now, language, why)
    if one.parked is None:
        return language("queue.state.mine" if one.holder == officer else "queue.state.of_other", holder=one.holder)
    handed = one.holder not in (one.parked.by, officer)
    key = ("handed" if handed else "parked") + ("_because" if one.parked.note else "")
    since = moment_words(one.parked.at, now)
    return language(f"queue.state.{key}", since=since, note=one.parked.note, holder=one.holder)


def _sealed_words(one: Summary, now: datetime, language: Language, why: Why | None) -> str:
    """What somebody has to do about it first; then what keeps it; then how far the province is with it."""
    if one.case.returned:
        return language("province.list.returned", reason=one.case.returned)
    if one.case.asked:
        return language("province.list.asked")
    if why is not None and not is_in_turn(why):
        return why_in_row(why, now, language)
    if one.case.state is not None:
        return language(f"province.case.{one.case.state.value}")
    return delivery_words(one.progress, language)


def due_words(one: Summary, now: datetime, language: Language) -> str:
    """By when the result is promised, and whether that is past; the station is not told when it is handed out."""
    if one.due_at is None:
        return ""
    due = one.due_at.astimezone(VIETNAM)
    today = due.date() == now.astimezone(VIETNAM).date()
    key = f"{'late' if due < now else 'due'}_{'today' if today else 'on'}"
    return language(f"queue.state.{key}", time=f"{due:%H:%M}", date=f"{due:%d/%m}")


def moment_words(moment: datetime, now: datetime) -> str:
    """«10:05» today, «10:05 21/11» this year, and with its year before that."""
    moment, now = moment.astimezone(VIETNAM), now.astimezone(VIETNAM)
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{moment:%H:%M %d/%m}" if moment.year == now.year else f"{moment:%H:%M %d/%m/%Y}"


def sign_of(one: Summary) -> str:
    """The icon of where it stands."""
    if one.state is State.SEALED and (one.case.returned or one.case.asked):
        return "returned" if one.case.returned else "asked"
    if one.state is State.SEALED:
        stuck = one.progress and one.progress.delivery is Delivery.WAITING and one.progress.reason
        return "refused" if stuck else one.progress.delivery.value if one.progress else State.SEALED.value
    return "parked" if one.parked and one.state is State.OPEN else one.state.value
