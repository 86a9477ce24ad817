"""The seal and the receipt: refused while something is in the way, else all at once, and as the contract says."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest
import referencing
from PIL import Image

from station.actions.make_receipt import verification
from station.dossier.delivery import Delivery, OutboxEvent
from station.dossier.dossier import State
from station.dossier.entry import Verdict
from station.dossier.fees import Quantity
from station.dossier.reading import Status
from station.dossier.receipt_keys import Authenticity, authenticity
from station.dossier.receipt_payload import parse_receipt
from station.errors import RuleError

from .conftest import BIRTH, MORNING, OFFICER, CommitRefusedError, Counter, commits_refused, read, reading

CONTRACT = Path(__file__).parents[3] / "contract" / "v1"


def validator(name: str) -> jsonschema.Draft202012Validator:
    schemas = [
        json.loads((CONTRACT / file).read_text("utf-8")) for file in ("dossier.schema.json", "event.schema.json")
    ]
    registry: Any = referencing.Registry().with_resources(
        (schema["$id"], referencing.Resource.from_contents(schema)) for schema in schemas
    )
    (schema,) = (schema for schema in schemas if schema["$id"].endswith(f"/{name}"))
    return jsonschema.Draft202012Validator(schema, registry=registry)


def as_sent(event: OutboxEvent) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(event, name) for name in ("station", "seq", "kind", "dossier_id", "body")}
    return {
        **told,
        "base_version": event.base_version,
        "created_at": event.created_at.isoformat(),
        "pages": list(event.pages),
    }


def test_a_dossier_with_something_in_the_way_is_not_sealed(counter: Counter) -> None:
    dossier = counter.opened(BIRTH)
    with pytest.raises(RuleError) as refused:
        counter.seal(dossier.id, OFFICER, despite_warnings=True)
    assert refused.value.code == "dossier.not_ready"
    blocking = [finding for finding in counter.seal.findings(dossier) if finding.blocking]
    assert refused.value.parameters == {"count": len(blocking)}
    assert {"person.missing", "paper.missing"} <= {finding.code for finding in blocking}
    assert counter.get(dossier) == dossier
    assert counter.store.outbox.pending() == []


@pytest.mark.parametrize("in_the_way", ["unread page", "unchecked value", "disputed value", "unanswered question"])
def test_each_thing_in_the_way_keeps_a_ready_dossier_open(counter: Counter, in_the_way: str) -> None:
    dossier = counter.ready()
    if in_the_way == "unread page":
        counter.page(dossier)
    elif in_the_way == "unchecked value":
        counter.page(dossier, b"1", reading(read("number", "12/2026", Status.REVIEW)))
    elif in_the_way == "disputed value":
        counter.confirm(dossier.id, "person/full_name", "Nguyễn Thị Đăng", Verdict.WRONG)
    else:
        counter.correct(dossier.id, "person/full_name", "Nguyễn Thị Đặng", OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.not_ready"):
        counter.seal(dossier.id, OFFICER, despite_warnings=True)
    assert counter.get(dossier).state is State.OPEN


def test_a_warning_is_sealed_over_only_by_an_officer_who_has_seen_it(counter: Counter) -> None:
    dossier = counter.note_paper(counter.ready().id, "original", False, OFFICER)
    assert [finding.code for finding in counter.seal.findings(dossier)] == ["paper.not_shown"]
    with pytest.raises(RuleError) as refused:
        counter.seal(dossier.id, OFFICER)
    assert (refused.value.code, refused.value.parameters) == ("dossier.has_warnings", {"count": 1})
    assert counter.get(dossier) == dossier
    assert counter.seal(dossier.id, OFFICER, despite_warnings=True).state is State.SEALED


def test_a_seal_writes_number_time_event_and_audit_together(counter: Counter) -> None:
    dossier = counter.ready()
    sealed = counter.seal(dossier.id, OFFICER)
    assert counter.get(dossier) == sealed
    assert (sealed.state, sealed.number, sealed.sealed_by) == (State.SEALED, "TAM.T01-261120-0001", OFFICER)
    procedure = counter.procedures.get(dossier.procedure_code)
    assert (sealed.sealed_at, sealed.due_at) == (
        MORNING,
        counter.calendar.due_at(MORNING, procedure.case().time, procedure.case().unit),
    )
    (event,) = counter.store.outbox.pending()
    assert (event.station, event.seq, event.dossier_id, event.base_version) == ("T01", 1, dossier.id, 0)
    progress = counter.dossiers.progress(dossier.id)
    assert progress is not None
    assert progress.delivery is Delivery.WAITING
    assert counter.deeds(dossier).count("seal_dossier") == 1


def test_a_promise_in_a_year_without_an_official_schedule_is_marked_on_the_receipt(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER)
    assert counter.receipt.receipt(sealed.id).foreseen_years == ""
    counter.clock.time = counter.clock.time.replace(year=2027)
    later = counter.seal(counter.ready().id, OFFICER)
    assert counter.receipt.receipt(later.id).foreseen_years == "2027"


def test_of_a_seal_that_cannot_be_committed_nothing_is_seen(counter: Counter) -> None:
    dossier = counter.ready()
    audit = counter.store.audit.head()
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.seal(dossier.id, OFFICER)
    assert counter.get(dossier) == dossier
    assert counter.store.outbox.pending() == []
    assert counter.dossiers.progress(dossier.id) is None
    assert counter.store.audit.head() == audit
    sealed = counter.seal(dossier.id, OFFICER)
    assert (sealed.number, counter.store.outbox.pending()[0].seq) == ("TAM.T01-261120-0001", 1)


def test_the_hub_is_woken_by_a_seal_and_not_by_one_that_failed(counter: Counter) -> None:
    dossier, woken = counter.ready(), list[str]()
    counter.dossiers.on_commit(lambda: woken.append("seal"))
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.seal(dossier.id, OFFICER)
    assert woken == []
    counter.seal(dossier.id, OFFICER)
    assert woken == ["seal"]


def test_numbers_run_without_gaps_through_refusals_and_begin_anew_each_day(counter: Counter) -> None:
    numbers = []
    for day in range(2):
        for _ in range(2):
            dossier = counter.ready()
            with pytest.raises(RuleError):
                counter.seal(counter.opened().id, OFFICER)
            with commits_refused(), pytest.raises(CommitRefusedError):
                counter.seal(dossier.id, OFFICER)
            numbers.append(counter.seal(dossier.id, OFFICER).number)
        counter.clock.time = MORNING + timedelta(days=day + 1)
    assert numbers == [f"TAM.T01-{day}-{count:04}" for day in (261120, 261121) for count in (1, 2)]
    assert [event.seq for event in counter.store.outbox.pending()] == [1, 2, 3, 4]


def test_a_dossier_is_sealed_once(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        counter.seal(sealed.id, OFFICER, despite_warnings=True)
    assert len(counter.store.outbox.pending()) == 1


def test_nothing_changes_a_sealed_or_discarded_dossier(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier, b"1", reading(read("number", "12/2026")))
    for closed in (counter.seal(counter.ready().id, OFFICER), counter.discard(dossier.id, OFFICER)):
        for deed in (
            lambda dossier=closed: counter.correct(dossier.id, "person/full_name", "Ai khác", OFFICER),
            lambda dossier=closed: counter.check(dossier.id, "person/full_name", OFFICER),
            lambda dossier=closed: counter.confirm(dossier.id, "person/full_name", "Nguyễn Thị Đăng", Verdict.WRONG),
            lambda dossier=closed: counter.correct.add(dossier.id, None, "phone", "0900000000", OFFICER),
            lambda dossier=closed: counter.note_paper(dossier.id, "original", True, OFFICER),
            lambda dossier=closed: counter.remove_page(dossier.id, page.id, page.sha256, OFFICER),
            lambda dossier=closed: counter.discard(dossier.id, OFFICER),
        ):
            with pytest.raises(RuleError, match=r"dossier\.not_open"):
                deed()
        assert counter.get(closed) == closed


def test_what_is_sent_is_what_the_contract_says(counter: Counter) -> None:
    dossier = counter.ready()
    fields = (read("subject.full_name", "NGUYỄN THỊ ĐĂNG"), read("number", "12/2026", Status.REVIEW))
    page = counter.page(dossier, b"first", reading(*fields))
    counter.page(dossier, b"first", reading())  # the same sheet again: one image, two pages
    counter.correct(dossier.id, f"{page.id}/number", "13/2026", OFFICER)
    counter.answered(dossier)
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    (event,) = counter.store.outbox.pending()
    validator("event.schema.json").validate(as_sent(event))
    validator("dossier.schema.json").validate(event.body)
    assert (len(sealed.pages), event.pages) == (2, (page.sha256,))
    values = {value["key"]: value for value in event.body["values"] if value["page"]}
    assert values["number"]["corrections"] == [
        {"old": "12/2026", "new": "13/2026", "by": OFFICER, "at": MORNING.isoformat()}
    ]
    assert values["subject.full_name"]["answer"] == "right"
    with pytest.raises(jsonschema.ValidationError):
        validator("event.schema.json").validate({**as_sent(event), "body": {**event.body, "number": ""}})


def test_a_dossier_that_is_not_sealed_has_no_receipt(counter: Counter) -> None:
    with pytest.raises(RuleError, match=r"dossier\.not_sealed"):
        counter.receipt(counter.ready().id)


def test_the_receipt_names_number_person_and_papers_as_often_as_it_is_asked_for(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER)
    for _ in range(2):
        document = pypdfium2.PdfDocument(counter.receipt(sealed.id))
        try:
            text = " ".join(document[0].get_textpage().get_text_range().split())
        finally:
            document.close()
        for words in (str(sealed.number), "Nguyễn Thị Đăng", "Cán bộ Mẫu"):
            assert words in text, words


def test_the_receipt_comes_as_pictures_as_well(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER)
    pictures = counter.receipt.images(sealed.id, 100)
    document = pypdfium2.PdfDocument(counter.receipt(sealed.id))
    try:
        assert len(pictures) == len(document)
        width, height = (round(points * 100 / 72) for points in document.get_page_size(0))
    finally:
        document.close()
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as image:
            assert image.size == pytest.approx((width, height), abs=1)


def test_the_code_on_the_receipt_vouches_for_the_record_and_names_nobody(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER)
    told = verification(sealed, counter.signer)
    receipt = parse_receipt(told)
    assert (receipt.station, receipt.number, receipt.procedure_code) == ("T01", sealed.number, sealed.procedure_code)
    assert receipt.sealed_at == MORNING
    assert authenticity(told, {counter.signer.key_id: counter.signer.public}) is Authenticity.VALID
    assert verification(counter.get(sealed), counter.signer) == told
    assert not any(value in told for value in ("Nguyễn Thị Đăng", "001199000123"))
    (event,) = counter.store.outbox.pending()
    told_to_the_hub = {name: said for name, said in event.body.items() if name != "quality"}
    canonical = json.dumps(told_to_the_hub, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest().startswith(receipt.digest)
    later = counter.seal(counter.ready().id, OFFICER)
    assert parse_receipt(verification(later, counter.signer)).digest != receipt.digest


def test_pages_that_nobody_counted_are_told_before_the_seal_and_are_not_free(counter: Counter) -> None:
    dossier = counter.charge_fees(counter.ready().id, [Quantity("pages", 0)], OFFICER)
    (told,) = counter.seal.findings(dossier)
    assert (told.code, told.blocking) == ("fee.not_counted", False)
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    receipt = counter.receipt.receipt(sealed.id)
    assert (receipt.fee, receipt.fee_open) == (0, True)
    with pypdfium2.PdfDocument(counter.receipt(sealed.id)) as document:
        assert "Chưa tính" in document[0].get_textpage().get_text_range()


def test_what_is_promised_before_the_seal_is_what_is_sealed(counter: Counter) -> None:
    dossier = counter.ready()
    promise = counter.seal.promise(dossier)
    assert counter.seal(dossier.id, OFFICER).due_at == promise.due_at
    assert promise.foreseen_years == ()
    counter.clock.time = counter.clock.time.replace(year=2031)
    assert counter.seal.promise(dossier).foreseen_years == (2031,), "no calendar of that year is shipped"
