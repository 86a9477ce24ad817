"""«Vì sao kẹt?»: each code has its one sentence, and the nearest cause is told first."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import station.sync
from station.dossier.delivery import Delivery, Link, Progress
from station.dossier.why_stuck import WORDED, Why, reason, why
from station.language import Language

from .invented import MORNING

SAID = {
    code
    for file in Path(station.sync.__file__).parent.rglob("*.py")
    for code in re.findall(r'"(hub\.[a-z_]+)"', file.read_text(encoding="utf-8"))
}
NOT_OF_A_DELIVERY = {"hub.enrolment_refused", "hub.bad_pack"}
LATER = MORNING + timedelta(minutes=2)
WAITING = Progress("d", Delivery.WAITING, pages_total=2)


def sentence(told: Why, language: Language) -> str:
    cause, do = language(told.cause_key, detail="?"), language(told.do_key, detail="?")
    return language("stuck.sentence.later", cause=cause, do=do, at="08:02", code=told.it_code)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_its_sentence_and_no_sentence_is_for_nothing(language: str) -> None:
    words = Language.load(language)
    for code in WORDED | {"store.other", "other"}:
        told = sentence(reason(code), words)
        assert code in told or code in {"store.other", "other"}
        assert told.count(".") >= 1
        assert told.endswith(").")
    written = {key.removeprefix("stuck.").rpartition(".")[0] for key in words.keys() if key.startswith("stuck.")}  # noqa: SIM118
    assert written == WORDED | {"store.other", "other", "sentence"}


def test_every_code_that_the_sync_room_says_is_among_them() -> None:
    assert SAID - NOT_OF_A_DELIVERY <= WORDED


def test_trouble_of_the_store_and_unknown_codes_share_a_sentence_and_keep_their_code() -> None:
    assert (reason("keys.locked").cause_key, reason("keys.locked").it_code) == (
        "stuck.store.other.cause",
        "keys.locked",
    )
    assert (reason("new.word").cause_key, reason("new.word").it_code) == ("stuck.other.cause", "new.word")


def test_what_has_arrived_is_not_stuck() -> None:
    assert why(Progress("d", Delivery.RECEIVED), Link(), MORNING) is None


@pytest.mark.parametrize(
    ("progress", "link", "code"),
    [
        (WAITING, Link(), "sending.in_turn"),
        (Progress("d", Delivery.SENDING), Link(), "sending.under_way"),
        (Progress("d", Delivery.SENDING), Link(limit=9), "sending.limited"),
        (WAITING, Link(metered=True), "sending.metered"),
        (Progress("d", Delivery.WAITING), Link(metered=True), "sending.in_turn"),
        (WAITING, Link(trouble="hub.timeout", metered=True), "hub.timeout"),
        (
            Progress("d", Delivery.WAITING, reason="store.page_damaged", next_attempt=LATER),
            Link(),
            "store.page_damaged",
        ),
        (WAITING, Link(online=False, trouble="hub.offline"), "hub.offline"),
        (WAITING, Link(paired=False, online=False), "hub.not_configured"),
        (WAITING, Link(paired=False, online=False, trouble="hub.bad_pin"), "hub.bad_pin"),
        (Progress("d", Delivery.REFUSED, reason="hub.refused"), Link(online=False), "hub.refused"),
    ],
)
def test_the_nearest_cause_is_told(progress: Progress, link: Link, code: str) -> None:
    told = why(progress, link, MORNING)
    assert told is not None
    assert told.code == code


def test_the_next_attempt_is_told_while_it_lies_ahead() -> None:
    link = Link(trouble="hub.timeout", next_attempt=LATER)
    now, after = why(WAITING, link, MORNING), why(WAITING, link, LATER)
    assert now is not None
    assert after is not None
    assert (now.next_attempt, after.next_attempt) == (LATER, None)
