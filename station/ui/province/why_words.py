"""«Vì sao kẹt?» in one sentence: the cause, the next attempt, what can be done here, and the code for IT."""

from __future__ import annotations

from datetime import datetime

from station.dossier.delivery import Delivery
from station.dossier.why_stuck import IN_TURN, UNDER_WAY, Why
from station.language import Language
from station.ui.province.size_words import when_words


def why_sentence(why: Why, now: datetime, language: Language) -> str:
    """The whole sentence. A next attempt that is past by now is being made, and is not told."""
    cause, do = _part(why.cause_key, why, language), _part(why.do_key, why, language)
    if why.next_attempt is None or why.next_attempt <= now:
        return language("stuck.sentence.now", cause=cause, do=do, code=why.it_code)
    at = when_words(why.next_attempt, now, language)
    return language("stuck.sentence.later", cause=cause, do=do, code=why.it_code, at=at)


def why_in_row(why: Why, now: datetime, language: Language) -> str:
    """What a line of a list has room for: the cause, and when it is tried again."""
    cause = _part(why.cause_key, why, language)
    if why.next_attempt is None or why.next_attempt <= now:
        return cause
    return language("province.why.in_row", cause=cause, at=when_words(why.next_attempt, now, language))


def is_in_turn(why: Why) -> bool:
    """Nothing is in the way: it waits for its turn, or is on its way."""
    return why.code in (IN_TURN, UNDER_WAY)


def code_to_copy(why: Why, number: str, now: datetime, language: Language) -> str:
    """What IT is sent: the code, which dossier, and when it was looked at; no word about anybody."""
    return language("province.why.copied", code=why.it_code, number=number, at=f"{now:%H:%M %d/%m/%Y}")


def sign_of_why(delivery: Delivery, why: Why | None) -> str:
    """The icon: set aside, held up, on its way, or in turn."""
    if delivery is Delivery.REFUSED:
        return "state-refused"
    if why is None or is_in_turn(why):
        return "state-sending" if delivery is Delivery.SENDING else "state-waiting"
    return "mark-warning"


def _part(key: str, why: Why, language: Language) -> str:
    return language(key, detail=why.detail.strip().rstrip(".") or language("province.why.no_detail"))
