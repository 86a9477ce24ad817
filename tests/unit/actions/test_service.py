"""Fees, signature, rating and the record of what was shown, over the real store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from station.actions.service_desk import ServiceDesk
from station.clock import SystemClock
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.fees import Quantity
from station.dossier.service import PaymentMethod
from station.dossier.showing import CITIZEN, SIGNING, Shown, ShownValue, canonical, digest_of, showing_digest
from station.errors import RuleError
from tests.unit.actions.conftest import COPIES, OFFICER, Counter

CONTRACT = Path(__file__).parents[3] / "contract" / "v1"
PNG = b"\x89PNG specimen"
STATEMENT = Shown(SIGNING, "vi", (ShownValue("", "Lời xác nhận", "Thông tin đã kiểm tra là đúng."),))


@pytest.fixture
def service(counter: Counter) -> ServiceDesk:
    return ServiceDesk.over(counter.dossiers, counter.procedures, counter.store.pages, counter.clock)


def schema_of(name: str) -> Draft202012Validator:
    """One schema of the contract, as the hub reads it."""
    schemas = {file.name: json.loads(file.read_text("utf-8")) for file in CONTRACT.glob("*.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    return Draft202012Validator(schemas[f"{name}.schema.json"], registry=registry)


def counted(service: ServiceDesk, counter: Counter, dossier: Dossier, count: int = 5) -> Dossier:
    line = counter.procedures.get(COPIES).fees[0].key
    return service.charge_fees(dossier.id, [Quantity(line, count)], OFFICER)


def due(dossier: Dossier) -> int:
    assert dossier.payment is not None
    return dossier.payment.total


def test_a_fee_is_paid_only_when_an_officer_says_so(service: ServiceDesk, counter: Counter) -> None:
    dossier = counted(service, counter, counter.opened())
    assert dossier.payment is not None
    assert due(dossier) > 0
    assert not dossier.payment.paid
    service.record_payment(dossier.id, PaymentMethod.TRANSFER, due(dossier), OFFICER)
    kept = counter.get(dossier).payment
    assert kept is not None
    assert (kept.method, kept.paid_by, kept.paid_at) == (PaymentMethod.TRANSFER, OFFICER, counter.clock.time)
    assert "record_payment" in counter.deeds(dossier)


def test_a_payment_is_undone_before_the_seal_and_counted_anew(service: ServiceDesk, counter: Counter) -> None:
    dossier = counted(service, counter, counter.opened())
    service.record_payment(dossier.id, PaymentMethod.CASH, due(dossier), OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.already_paid"):
        counted(service, counter, dossier, 1)
    undone = service.record_payment.undo(dossier.id, OFFICER).payment
    assert undone is not None
    assert (undone.paid, undone.paid_at, undone.method) == (False, None, None)
    assert due(counted(service, counter, dossier, 1)) < undone.total


def test_after_the_seal_nothing_about_money_changes(service: ServiceDesk, counter: Counter) -> None:
    dossier = counted(service, counter, counter.ready())
    counter.seal(dossier.id, OFFICER, despite_warnings=True)
    for deed in (
        lambda: service.record_payment(dossier.id, PaymentMethod.CASH, due(dossier), OFFICER),
        lambda: service.record_payment.undo(dossier.id, OFFICER),
        lambda: counted(service, counter, dossier),
    ):
        with pytest.raises(RuleError, match=r"dossier\.not_open"):
            deed()


@pytest.mark.parametrize(("amount", "code"), [(0, "dossier.other_amount"), (1, "dossier.other_amount")])
def test_another_amount_than_stands_there_is_not_paid(
    service: ServiceDesk, counter: Counter, amount: int, code: str
) -> None:
    dossier = counted(service, counter, counter.opened())
    with pytest.raises(RuleError) as caught:
        service.record_payment(dossier.id, PaymentMethod.CASH, amount, OFFICER)
    assert caught.value.code == code


def test_nothing_is_paid_where_nothing_was_counted(service: ServiceDesk, counter: Counter) -> None:
    with pytest.raises(RuleError, match=r"dossier\.nothing_to_pay"):
        service.record_payment(counter.opened().id, PaymentMethod.CASH, 0, OFFICER)


def test_what_was_shown_is_kept_with_the_answer_and_witnessed_by_the_trail(counter: Counter) -> None:
    dossier = counter.identified()
    entry = dossier.entries[0]
    shown = Shown(CITIZEN, "vi", (ShownValue(entry.id, "Họ và tên", entry.value),))
    counter.confirm(dossier.id, entry.id, entry.value, Verdict.WRONG, shown)
    counter.confirm(dossier.id, entry.id, entry.value, Verdict.RIGHT, shown)
    first, second = counter.get(dossier).showings
    assert (first.answer, second.answer) == ("wrong", "right")
    assert first.entry_ids[0] == entry.id
    assert digest_of(first.shown) == first.digest != showing_digest(shown), "nobody guesses a value by its digest"
    told = [one.detail for one in counter.store.audit.entries(dossier.id) if one.deed == "confirm_by_citizen"]
    assert [one["digest"] for one in told] == [second.digest, first.digest]
    assert first.digest != second.digest


def test_an_answer_to_a_value_that_changed_meanwhile_leaves_no_record(counter: Counter) -> None:
    dossier = counter.identified()
    entry = dossier.entries[0]
    shown = Shown(CITIZEN, "vi", (ShownValue(entry.id, "Họ và tên", "An"),))
    counter.confirm(dossier.id, entry.id, "An", Verdict.RIGHT, shown)
    assert counter.get(dossier).showings == ()


def test_a_signature_outlives_the_sweep_and_goes_with_the_seal(service: ServiceDesk, counter: Counter) -> None:
    dossier = counted(service, counter, counter.ready())
    signature = service.sign_on_screen(dossier.id, PNG, STATEMENT).signature
    assert signature is not None
    assert counter.store.pages.read(signature.sha256) == PNG
    assert counter.get(dossier).showings[-1].digest == signature.digest
    later = SystemClock().now().replace(year=2099)
    counter.store._now = lambda: later
    counter.store.sweep_pages()
    assert counter.store.pages.read(signature.sha256) == PNG
    counter.seal(dossier.id, OFFICER, despite_warnings=True)
    (event,) = counter.store.outbox.pending()
    assert signature.sha256 in event.pages
    assert event.body["signature"]["sha256"] == signature.sha256
    schema_of("dossier").validate(event.body)
    shown = event.body["showings"][-1]["shown"]
    assert json.loads(canonical(replace(STATEMENT, salt=shown["salt"]))) == shown


def test_a_signature_can_be_taken_away_and_what_was_shown_stays(service: ServiceDesk, counter: Counter) -> None:
    dossier = service.sign_on_screen(counter.opened().id, PNG, STATEMENT)
    assert service.sign_on_screen.undo(dossier.id, OFFICER).signature is None
    assert len(counter.get(dossier).showings) == 1


def test_the_service_is_rated_once_and_only_after_the_seal(service: ServiceDesk, counter: Counter) -> None:
    dossier = counter.ready()
    with pytest.raises(RuleError, match=r"dossier\.not_sealed"):
        service.rate_service(dossier.id, 5)
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    service.rate_service(dossier.id, 2)
    service.rate_service(dossier.id, 4)
    rating = counter.dossiers.rating(dossier.id)
    assert rating is not None
    assert (rating.score, rating.at) == (4, counter.clock.time)
    assert counter.get(dossier).version == sealed.version


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_is_from_one_to_five(service: ServiceDesk, counter: Counter, score: int) -> None:
    with pytest.raises(ValueError, match="score"):
        service.rate_service(counter.opened().id, score)
