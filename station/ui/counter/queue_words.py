"""Where a dossier stands, in the words of the list."""

from __future__ import annotations

from datetime import datetime

from station.clock import VIETNAM
from station.dossier.delivery import Delivery
from station.dossier.dossier import State
from station.dossier.queue import Queue
from station.dossier.summary import Summary
from station.language import Language
from station.ui.words import delivery_words


def state_words(one: Summary, queue: Queue, officer: str, now: datetime, language: Language) -> str:
    """What an officer wants to know of it in this view: why it waits, or by when the result is promised."""
    state = _state_words(one, queue, officer, now, language)
    return language("hold.in_list", state=state) if one.held else state


def _state_words(one: Summary, queue: Queue, officer: str, now: datetime, language: Language) -> str:
    if one.state is State.DISCARDED:
        return language("counter.home.discarded")
    if one.state is State.SEALED:
        due = queue is Queue.DUE and one.due_at is not None
        return due_words(one, now, language) if due else delivery_words(one.progress, language)
    if one.parked is None:
        return language("queue.state.mine" if one.holder == officer else "queue.state.of_other", holder=one.holder)
    handed = one.holder not in (one.parked.by, officer)
    key = ("handed" if handed else "parked") + ("_because" if one.parked.note else "")
    since = moment_words(one.parked.at, now)
    return language(f"queue.state.{key}", since=since, note=one.parked.note, holder=one.holder)


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
    if one.state is State.SEALED:
        stuck = one.progress and one.progress.delivery is Delivery.WAITING and one.progress.reason
        return "refused" if stuck else one.progress.delivery.value if one.progress else State.SEALED.value
    return "parked" if one.parked and one.state is State.OPEN else one.state.value
