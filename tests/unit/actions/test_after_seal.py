"""After the seal: corrections, what the hub tells, questions of two texts, and dossiers that come back."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station import paths
from station.actions.hub_desk import HubDesk
from station.actions.seal_dossier import SealDossier
from station.dossier.correction import Origin
from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.dossier.dossier import Dossier, State
from station.dossier.hub_changes import HubState
from station.dossier.signed_document import signed
from station.errors import HubError, InputError, RuleError, StoreError
from station.joins.contract import keep_to_the_contract
from station.sync.changes import TakeChanges

from .conftest import OFFICER, CommitRefusedError, Counter, commits_refused, reading

NAME, PHONE, NUMBER = "person/full_name", "person/gender", "person/id_number"
WHY = "nhập nhầm so với thẻ"


@dataclass
class Hub:
    """What a hub signs and tells, one change after the other."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    told: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 100

    @property
    def authority(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def says(self, subject: str, **body: object) -> None:
        members = {
            "kind": "change",
            "station": "T01",
            "cursor": len(self.told) + 1,
            "at": "2026-11-20T10:00:00+07:00",
            "subject": subject,
            "body": body,
        }
        self.told.append(signed(members, self.private))

    def corrects(self, dossier: Dossier, version: int, value: str, before: str, after: str) -> None:
        changes = [{"value": value, "before": before, "after": after}]
        self.says("dossier.corrected", dossier_id=dossier.id, version=version, changes=changes, reason="", by="giamsat")

    def asks(self, dossier: Dossier, seq: int, value: str, base: str, hub: str, station: str) -> None:
        fields = [{"value": value, "base": base, "hub": hub, "station": station}]
        self.says("dossier.question", dossier_id=dossier.id, question=f"T01-{seq}", seq=seq, fields=fields)

    def settles(self, dossier: Dossier, seq: int, version: int, value: str, before: str, after: str) -> None:
        changes = [{"value": value, "before": before, "after": after}]
        self.says(
            "dossier.settled",
            dossier_id=dossier.id,
            question=f"T01-{seq}",
            version=version,
            changes=changes,
            by="giamsat",
        )

    def changes(self, after: int) -> bytes | None:
        told = self.told[after : after + self.at_once]
        if not told and after == len(self.told):
            return None
        reached = min(after, len(self.told)) + len(told)
        return json.dumps({"changes": told, "cursor": reached, "more": reached < len(self.told)}).encode()


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def desk(counter: Counter) -> HubDesk:
    return HubDesk.over(
        counter.store.hub_words, counter.dossiers, counter.procedures, counter.clock, counter.guard, "T01"
    )


def hears(counter: Counter, hub: Hub) -> None:
    take = TakeChanges(hub, counter.store.hub_feed, hub.authority, "T01")
    while take():
        pass


def sealed(counter: Counter) -> Dossier:
    return counter.seal(counter.ready().id, OFFICER, despite_warnings=True)


def events(counter: Counter) -> list[OutboxEvent]:
    return counter.store.outbox.pending()


def receives(counter: Counter, event: OutboxEvent, version: int | None = None) -> None:
    """The hub has it."""
    receipt = HubReceipt(
        event.station, event.seq, event.dossier_id, event.pages, "2026-11-20T09:30:00+07:00", f"H-{event.seq}", True,
        "k", base64.b64encode(b"s").decode(), version,
    )  # fmt: skip
    counter.store.outbox.keep_receipt(event, receipt)


def now_of(desk: HubDesk, dossier: Dossier, value: str = NAME) -> str:
    return next(one.now for one in desk.changes_of(dossier.id).values if one.id == value)


def test_a_correction_stands_on_top_of_the_seal_and_goes_to_the_hub(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    before = dossier.entry(NAME).value
    made = desk.correct_sealed(dossier.id, NAME, "  Nguyễn Thị  Đặng ", WHY, OFFICER)
    assert counter.get(dossier) == dossier, "the seal is as it was"
    value = next(one for one in desk.changes_of(dossier.id).values if one.id == NAME)
    assert (value.sealed, value.now, value.waiting, value.asked) == (before, "Nguyễn Thị Đặng", True, False)
    told = events(counter)[-1]
    assert (told.kind, told.base_version, told.pages, told.seq) == ("dossier.corrected", 1, (), made.seq)
    assert told.body["changes"] == [{"value": NAME, "before": before, "after": "Nguyễn Thị Đặng"}]
    assert told.body["reason"] == WHY
    assert "correct_sealed" in counter.deeds(dossier)
    found = counter.dossiers.find("Đặng")
    assert [one.id for one in found] == [dossier.id], "found by what it is now, too"


def test_a_correction_is_whole_or_not_at_all(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    with pytest.raises(CommitRefusedError), commits_refused():
        desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    assert desk.changes_of(dossier.id).revisions == ()
    assert len(events(counter)) == 1
    assert "correct_sealed" not in counter.deeds(dossier)


@pytest.mark.parametrize(
    ("value", "after", "reason", "code"),
    [
        (NAME, " ", WHY, "value.empty"),
        (NAME, "Khác", " ", "value.no_correction_reason"),
        (NAME, "x" * 10_001, WHY, "value.too_long"),
        ("person/none", "Khác", WHY, "dossier.no_such_field"),
        (NUMBER, "0010900000", WHY, "value.form.id_number"),
        (NAME, "Nguyễn Thị Đăng", WHY, "dossier.same_value"),
    ],
)
def test_what_is_no_correction_is_said_before_anything_is_kept(
    counter: Counter, desk: HubDesk, value: str, after: str, reason: str, code: str
) -> None:
    dossier = sealed(counter)
    with pytest.raises((InputError, RuleError), match=code.replace(".", r"\.")):
        desk.correct_sealed(dossier.id, value, after, reason, OFFICER)
    assert len(events(counter)) == 1


def test_what_is_printed_so_is_kept_although_it_has_another_form_and_the_hub_is_told_so(
    counter: Counter, desk: HubDesk
) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NUMBER, "0010900000", WHY, OFFICER, as_printed=True)
    assert now_of(desk, dossier, NUMBER) == "0010900000"
    assert events(counter)[-1].body["changes"][0]["as_printed"] is True
    line = next(one for one in counter.store.audit.entries(dossier.id) if one.deed == "correct_sealed")
    assert line.detail["as_printed"] == 1
    desk.correct_sealed(dossier.id, NUMBER, "001090000009", WHY, OFFICER, as_printed=True)
    assert "as_printed" not in events(counter)[-1].body["changes"][0], "it has its form anyway"


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


def test_an_open_dossier_is_corrected_in_itself(counter: Counter, desk: HubDesk) -> None:
    with pytest.raises(RuleError, match=r"dossier\.never_sealed"):
        desk.correct_sealed(counter.ready().id, NAME, "Khác", WHY, OFFICER)


def test_the_hub_has_a_correction_once_it_says_so(counter: Counter, desk: HubDesk) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    seal, correction = events(counter)
    receives(counter, seal)
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert (progress.delivery, progress.hub_number) == (Delivery.WAITING, f"H-{seal.seq}")
    receives(counter, correction, version=2)
    word = desk.changes_of(dossier.id)
    assert (word.version, word.revisions[0].version, word.values[0].waiting) == (2, 2, False)
    progress = counter.store.outbox.progress(dossier.id)
    assert progress is not None
    assert (progress.delivery, progress.hub_number) == (Delivery.RECEIVED, f"H-{seal.seq}"), "the dossier's own number"


def test_code_states_and_a_return_are_told(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    hub.says("dossier.state", dossier_id=dossier.id, state="received", on="2026-11-20", note="")
    hub.says("dossier.code", dossier_id=dossier.id, code="H00.00.00-261120-0001", by="giamsat")
    hub.says("something.new", whatever=1)
    hub.says("dossier.state", dossier_id=dossier.id, state="in_progress", on="2026-11-21", note="đang thẩm định")
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hub.says("dossier.code", dossier_id="nobody", code="H00", by="giamsat")
    hub.at_once = 2
    hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert word.code is not None
    assert word.code.code == "H00.00.00-261120-0001"
    progress = counter.dossiers.progress(dossier.id)
    assert progress is not None
    assert progress.official_number == "H00.00.00-261120-0001"  # what the receipt prints from now on
    assert word.state is not None
    assert (word.state.state, word.state.note) == (HubState.IN_PROGRESS, "đang thẩm định")
    assert [one.reason for one in desk.returned()] == ["thiếu chữ ký"]
    assert [one.id for one in counter.dossiers.find("H00.00.00-261120-0001")] == [dossier.id]
    assert counter.store.hub_feed.cursor(hub.authority) == 6


def test_what_was_told_is_taken_in_once_and_whole(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đặng")
    hub.says("dossier.state", dossier_id=dossier.id, state="done", on="2026-11-20", note="")
    with pytest.raises(CommitRefusedError), commits_refused():
        hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 0
    assert desk.changes_of(dossier.id).states == ()
    for _ in range(2):
        hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert (len(word.states), len(word.revisions), word.version) == (1, 1, 2)
    assert now_of(desk, dossier) == "Nguyễn Thị Đặng"
    assert counter.get(dossier) == dossier


def test_a_gap_is_refused_and_asked_for_again(counter: Counter, hub: Hub) -> None:
    dossier = sealed(counter)
    for day in range(1, 4):
        hub.says("dossier.state", dossier_id=dossier.id, state="received", on=f"2026-11-0{day}", note="")
    whole = list(hub.told)
    hub.told = [whole[0], whole[2], whole[2]]
    with pytest.raises(HubError, match=r"hub\.bad_change"):
        hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 0
    hub.told = whole
    hears(counter, hub)
    assert counter.store.hub_feed.cursor(hub.authority) == 3


@pytest.mark.parametrize("member", ["station", "cursor", "subject", "body", "signature", "at", "key_id"])
def test_a_change_that_the_hub_did_not_sign_is_never_used(
    counter: Counter, desk: HubDesk, hub: Hub, member: str
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.code", dossier_id=dossier.id, code="H1", by="giamsat")
    other = {"station": "T02", "cursor": 1, "subject": "dossier.state", "at": "2026-11-20T10:00:01+07:00"}
    hub.told[0][member] = (
        {"dossier_id": dossier.id, "code": "H2", "by": "x"} if member == "body" else other.get(member, "AA")
    )
    if member == "cursor":
        hub.told[0]["cursor"] = 2
    with pytest.raises(HubError, match=r"hub\.(bad_change|malformed_answer)"):
        hears(counter, hub)
    assert desk.changes_of(dossier.id).code is None
    assert counter.store.hub_feed.cursor(hub.authority) == 0


def test_a_hub_that_was_restored_is_believed_and_tells_nothing_twice(
    counter: Counter, desk: HubDesk, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.state", dossier_id=dossier.id, state="received", on="2026-11-20", note="")
    hub.says("dossier.code", dossier_id=dossier.id, code="H1", by="giamsat")
    hears(counter, hub)
    del hub.told[1:]
    hears(counter, hub)
    assert "went back" in caplog.text
    assert counter.store.hub_feed.cursor(hub.authority) == 1
    hub.says("dossier.code", dossier_id=dossier.id, code="H2", by="giamsat")
    hears(counter, hub)
    word = desk.changes_of(dossier.id)
    assert word.code is not None
    assert (word.code.code, len(word.states)) == ("H2", 1)


def test_disjoint_corrections_merge_silently(counter: Counter, desk: HubDesk, hub: Hub) -> None:
    dossier = sealed(counter)
    other = next(entry for entry in dossier.entries if entry.id != NAME)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, other.id, other.value, "khác")
    hears(counter, hub)
    assert desk.questions() == []
    assert (now_of(desk, dossier), now_of(desk, dossier, other.id)) == ("Nguyễn Thị Đặng", "khác")
    assert [one.origin for one in desk.changes_of(dossier.id).revisions] == [Origin.STATION, Origin.HUB]


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


def test_a_returned_dossier_is_made_again_with_everything_that_was_digitised(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    open_one = counter.ready()
    counter.page(open_one, b"a page", reading())
    dossier = counter.seal(counter.answered(open_one).id, OFFICER, despite_warnings=True)
    with pytest.raises(RuleError, match=r"dossier\.not_returned"):
        desk.make_again(dossier.id, OFFICER)
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đặng")
    hears(counter, hub)
    again = desk.make_again(dossier.id, OFFICER)
    assert [page.sha256 for page in again.pages] == [page.sha256 for page in dossier.pages]
    assert again.pages[0].reused_from == dossier.id
    assert again.entry(NAME).value == "Nguyễn Thị Đặng"
    assert again.entry(NAME).answer is None, "the citizen is asked again"
    assert desk.returned() == []
    with pytest.raises(RuleError, match=r"dossier\.made_again"):
        desk.make_again(dossier.id, OFFICER)
    counter.clock.time = counter.store._now()  # the trail has lines of the store's own clock by now
    resealed = counter.seal(counter.answered(again).id, OFFICER, despite_warnings=True)
    assert resealed.state is State.SEALED
    assert events(counter)[-1].body["replaces"] == dossier.id
    assert "replaces" not in events(counter)[0].body


def test_a_returned_dossier_is_work_again_where_its_copy_was_thrown_away(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    hub.says("dossier.returned", dossier_id=dossier.id, reason="thiếu chữ ký", by="giamsat")
    hears(counter, hub)
    counter.discard(desk.make_again(dossier.id, OFFICER).id, OFFICER)
    assert [one.dossier_id for one in desk.returned()] == [dossier.id]
    assert desk.make_again(dossier.id, OFFICER).state is State.OPEN


def test_what_was_told_and_corrected_goes_with_the_dossier_when_it_is_erased(
    counter: Counter, desk: HubDesk, hub: Hub
) -> None:
    dossier = sealed(counter)
    desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đặng", WHY, OFFICER)
    hub.corrects(dossier, 2, NAME, "Nguyễn Thị Đăng", "Nguyễn Thị Đằng")
    hears(counter, hub)
    with counter.store._database.writing() as connection:
        from station.store.forgetting import erasing

        serial = connection.exec_driver_sql("SELECT serial FROM dossier").scalar_one()
        connection.exec_driver_sql("DROP TRIGGER dossier_goes_with_a_record")
        for statement in erasing._ROWS:
            wanted = {"id": dossier.id, "serial": serial}
            connection.execute(statement, {name: wanted[name] for name in statement.compile().params})
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - constants
            for table in ("revision", "question", "hub_change")
        ]
    assert left == [0, 0, 0]
    assert counter.store.hub_feed.cursor(hub.authority) == 1


def test_a_gap_is_refused_by_the_store_itself(counter: Counter, hub: Hub) -> None:
    from station.sync.changes import read_changes

    hub.says("roster", version=2)
    hub.says("roster", version=3)
    content = hub.changes(0)
    assert content is not None
    batch = read_changes(content, "T01", 0, hub.authority)
    with pytest.raises(StoreError, match=r"store\.change_missing"):
        counter.store.hub_feed.take(hub.authority, "T01", batch.changes[1:])
    later = datetime.fromisoformat("2026-11-20T10:00:00+07:00") + timedelta(0)
    assert batch.changes[0].at == later


def test_what_the_hub_would_refuse_is_told_at_the_seal_and_nothing_is_kept(counter: Counter) -> None:
    keep_to_the_contract(counter.dossiers, paths.resources() / "contract")
    dossier = counter.ready()
    with pytest.raises(InputError, match=r"value\.too_long"):
        counter.correct(dossier.id, NAME, "x" * 10_001, OFFICER)
    misnamed = SealDossier(counter.dossiers, counter.procedures, counter.calendar, counter.clock, "T 01", counter.guard)
    with pytest.raises(RuleError, match=r"dossier\.not_for_hub \(place=/station: pattern\)"):
        misnamed(dossier.id, OFFICER, despite_warnings=True)
    assert counter.get(dossier).state is State.OPEN
    assert events(counter) == []
    assert counter.seal(dossier.id, OFFICER, despite_warnings=True).state is State.SEALED
