"""Two texts for one value: asked, chosen, and settled here or at the hub."""

from __future__ import annotations

import pytest

from station.actions.hub_desk import HubDesk
from station.dossier.delivery import Delivery
from station.errors import InputError, RuleError

from ..conftest import OFFICER, Counter
from .telling_hub import NAME, NUMBER, WHY, Hub, events, hears, now_of, receives, sealed


def test_a_third_text_has_its_form_and_either_of_the_two_may_be_chosen(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    before = dossier.entry(NUMBER).value
    made = desk.correct_sealed(dossier.id, NUMBER, "001090000009", WHY, OFFICER)
    hub.asks(dossier, made.seq or 0, NUMBER, before, "0010900000", "001090000009")
    hears(counter, hub)
    (question,) = desk.questions()
    with pytest.raises(InputError, match=r"value\.form\.id_number"):
        desk.settle(question.id, {NUMBER: "00109000000"}, OFFICER, WHY)
    desk.settle(question.id, {NUMBER: "0010900000"}, OFFICER, WHY)
    assert desk.questions() == []


def test_the_same_value_makes_a_question_with_both_texts(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    [question] = desk.questions()
    [disputed] = question.fields
    assert (disputed.base, disputed.hub, disputed.station) == ("Nguyễn Thị Đăng", "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    assert (question.seq, question.number, question.hub_question) == (made.seq, dossier.number, None)
    with pytest.raises(RuleError, match=r"dossier\.value_in_question"):
        desk.correct_sealed(dossier.id, NAME, "Khác", WHY, OFFICER)
    assert made.seq is not None
    hub.asks(dossier, made.seq, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    [asked] = desk.questions()
    assert (asked.id, asked.hub_question) == (question.id, f"T01-{made.seq}"), "one question, not two"


def test_a_choice_that_was_made_before_the_hub_asked_is_told_when_it_asks(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    [question] = desk.questions()
    desk.settle(question.id, {NAME: "Nguyễn Thị Đặng"}, OFFICER, "đúng như thẻ")
    assert [event.kind for event in events(counter)] == ["dossier.sealed", "dossier.corrected"]
    assert made.seq is not None
    hub.asks(dossier, made.seq, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    told = events(counter)[-1]
    assert (told.kind, told.body["question"], told.body["by"]) == ("dossier.settled", f"T01-{made.seq}", OFFICER)
    assert told.body["changes"] == [{"value": NAME, "before": "Nguyễn Thị Đằng", "after": "Nguyễn Thị Đặng"}]
    hears(counter, hub)
    assert len(events(counter)) == 3


def test_a_choice_between_other_texts_is_asked_for_again(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    desk.settle(desk.questions()[0].id, {NAME: "Nguyễn Thị Đằng"}, OFFICER, "theo tỉnh")
    assert made.seq is not None
    hub.asks(dossier, made.seq, NAME, "Nguyễn Thị Đăng", "Một tên khác", "Nguyễn Thị Đặng")
    hears(counter, hub)
    assert [one.fields[0].hub for one in desk.questions()] == ["Một tên khác"]
    assert "dossier.settled" not in {event.kind for event in events(counter)}


def test_settling_here_tells_the_hub_and_its_word_closes_everything(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    seal, correction = events(counter)
    receives(counter, seal)
    counter.store.outbox.note("T01", correction.seq, Delivery.REFUSED, "hub.question", "", None)
    assert made.seq is not None
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hub.asks(dossier, made.seq, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    [question] = desk.questions()
    with pytest.raises(InputError, match=r"value\.not_chosen"):
        desk.settle(question.id, {}, OFFICER, WHY)
    desk.settle(question.id, {NAME: "Nguyễn Thị Đặng"}, OFFICER, WHY)
    assert desk.questions() == []
    with pytest.raises(RuleError, match=r"dossier\.question_settled"):
        desk.settle(question.id, {NAME: "Khác"}, OFFICER, WHY)
    [settlement] = events(counter)
    receives(counter, settlement, version=3)
    hub.settles(dossier, made.seq, 3, NAME, "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    assert now_of(desk, dossier) == "Nguyễn Thị Đặng"
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert progress.delivery is Delivery.RECEIVED, "no event is left stranded"
    texts = {change.after for one in desk.changes_of(dossier.id).revisions for change in one.changes}
    assert texts == {"Nguyễn Thị Đặng", "Nguyễn Thị Đằng"}, "both texts are kept"


def test_a_question_that_was_settled_at_the_hub_is_closed_here(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    seal, correction = events(counter)
    receives(counter, seal)
    assert made.seq is not None
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hub.asks(dossier, made.seq, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng", "Nguyễn Thị Đặng")
    hub.settles(dossier, made.seq, 3, NAME, "Nguyễn Thị Đằng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    assert desk.questions() == []
    assert now_of(desk, dossier) == "Nguyễn Thị Đằng"
    # The answer to the event comes last: it has nothing more to say.
    counter.store.outbox.note("T01", correction.seq, Delivery.REFUSED, "hub.question", "", None)
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert progress.delivery is Delivery.RECEIVED
