"""A second visit: what was digitised at the first is offered, consented to, linked, and sealed with the dossier."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from station import paths
from station.actions.change import Change
from station.actions.reuse_desk import ReuseDesk
from station.dossier.dossier import Dossier
from station.dossier.reuse import REUSE, consent_to_reuse
from station.errors import RuleError, StoreError
from station.scan.papers.folder import load_papers

from .conftest import OFFICER, Counter, read, reading

CONTRACT = Path(__file__).parents[3] / "contract" / "v1"
NAME = "Nguyễn Thị Đăng"


@pytest.fixture
def reuse(counter: Counter) -> ReuseDesk:
    kinds = load_papers(paths.resources() / "papers").kinds
    change = Change(counter.dossiers, counter.clock)
    return ReuseDesk.over(change, counter.dossiers, counter.procedures, counter.store.pages, kinds)


@pytest.fixture
def first(counter: Counter) -> Dossier:
    """The first visit, a month ago, with a page that names the person."""
    dossier = counter.ready()
    named = reading(read("number", "12/2020"), read("subject.full_name", NAME), kind="birth_certificate")
    counter.page(dossier, b"the certificate", named)
    sealed = counter.seal(counter.answered(dossier).id, OFFICER, despite_warnings=True)
    counter.clock.time += timedelta(days=30)
    return sealed


def test_a_paper_is_linked_after_consent_and_its_page_is_kept_once(
    counter: Counter, reuse: ReuseDesk, first: Dossier
) -> None:
    dossier = counter.identified()
    (paper,) = reuse.offer(dossier).offered
    with pytest.raises(RuleError, match="no_consent"):
        reuse.reuse_page(dossier.id, paper, OFFICER)
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    dossier = reuse.reuse_page(dossier.id, paper, OFFICER)
    (page,) = dossier.pages
    assert (page.sha256, page.reused_from) == (first.pages[0].sha256, first.id)
    assert counter.store.pages.read(page.sha256) == b"the certificate"
    assert sum(1 for file in counter.store._folder.pages.rglob("*") if file.is_file()) == 1
    assert counter.get(dossier) == dossier
    assert {"record_consent", "reuse_paper"} <= set(counter.deeds(dossier))
    assert reuse.offer(dossier).papers == ()


def test_a_refusal_is_kept_and_nothing_is_linked(counter: Counter, reuse: ReuseDesk, first: Dossier) -> None:
    dossier = counter.identified()
    (paper,) = reuse.offer(dossier).offered
    dossier = reuse.consent(dossier.id, REUSE, given=False, by=OFFICER)
    consent = consent_to_reuse(counter.get(dossier))
    assert consent is not None
    assert not consent.given
    with pytest.raises(RuleError, match="no_consent"):
        reuse.reuse_page(dossier.id, paper, OFFICER)


def test_another_person_is_offered_nothing(counter: Counter, reuse: ReuseDesk, first: Dossier) -> None:
    dossier = counter.opened()
    dossier = counter.identify.by_hand(dossier.id, {"full_name": NAME, "id_number": "001199000999"}, OFFICER)
    assert reuse.offer(dossier).papers == ()


def test_a_page_that_comes_in_again_is_known(counter: Counter, reuse: ReuseDesk, first: Dossier) -> None:
    dossier = counter.identified()
    same = counter.page(dossier, b"the certificate", reading(read("subject.full_name", NAME), kind="birth_certificate"))
    paper = reuse.offer.seen(counter.get(dossier), same.id)
    assert paper is not None
    assert paper.dossier_id == first.id
    other = counter.page(dossier, b"another", reading(read("subject.full_name", NAME), kind="driving_licence"))
    assert reuse.offer.seen(counter.get(dossier), other.id) is None


def test_an_image_that_is_lost_is_not_promised(counter: Counter, reuse: ReuseDesk, first: Dossier) -> None:
    dossier = counter.identified()
    (paper,) = reuse.offer(dossier).offered
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    for file in counter.store._folder.pages.rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(StoreError):
        reuse.reuse_page(dossier.id, paper, OFFICER)
    assert counter.get(dossier).pages == ()


def test_the_hub_is_told_of_the_link_the_consent_and_the_quality_as_the_contract_says(
    counter: Counter, reuse: ReuseDesk, first: Dossier
) -> None:
    dossier = counter.identified()
    (paper,) = reuse.offer(dossier).offered
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    reuse.reuse_page(dossier.id, paper, OFFICER)
    for wanted in counter.procedures.get(dossier.procedure_code).papers:
        counter.note_paper(dossier.id, wanted.key, True, OFFICER)
    counter.seal(counter.answered(dossier).id, OFFICER, despite_warnings=True)
    counter.store.outbox.page_sent(first.pages[0].sha256)  # with the first dossier, weeks ago
    event = next(one for one in counter.store.outbox.pending() if one.dossier_id == dossier.id)
    assert event.pages == (first.pages[0].sha256,)
    assert counter.store.outbox.sent_pages(event) == set(event.pages)
    assert event.body["pages"][0]["reused_from"] == first.id
    assert [one["given"] for one in event.body["consents"]] == [True]
    assert set(event.body["quality"]) == {"correct", "complete", "clean", "current"}
    schemas = [json.loads(file.read_text("utf-8")) for file in CONTRACT.glob("*.schema.json")]
    registry: Registry = Registry().with_resources([(one["$id"], Resource.from_contents(one)) for one in schemas])
    body = next(one for one in schemas if one["$id"].endswith("/dossier.schema.json"))
    Draft202012Validator(body, registry=registry).validate(json.loads(json.dumps(event.body)))


def test_a_person_corrected_to_another_number_keeps_nothing_of_the_first(
    counter: Counter, reuse: ReuseDesk, first: Dossier
) -> None:
    dossier = counter.identified()
    (paper,) = reuse.offer(dossier).offered
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    reuse.reuse_page(dossier.id, paper, OFFICER)
    values = {"full_name": "Trần Văn Mẫu", "id_number": "001099000999"}
    dossier = counter.identify.by_hand(dossier.id, values, OFFICER)
    assert (dossier.pages, dossier.consents) == ((), ())


def test_a_fact_of_last_time_is_taken_only_when_it_is_asked_for(
    counter: Counter, reuse: ReuseDesk, first: Dossier
) -> None:
    second = counter.ready()
    counter.correct.add(second.id, None, "phone", "0912345678", OFFICER)
    counter.seal(counter.answered(second).id, OFFICER, despite_warnings=True)
    dossier = counter.identified()
    (fact,) = reuse.offer(dossier).facts
    assert counter.get(dossier).value("phone") is None
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    dossier = reuse.reuse_page.fact(dossier.id, fact, OFFICER)
    entry = dossier.entry("person/phone")
    assert (entry.value, entry.checked_by, entry.answer) == ("0912345678", OFFICER, None)


def test_the_earlier_paper_takes_the_place_of_the_one_just_scanned(
    counter: Counter, reuse: ReuseDesk, first: Dossier
) -> None:
    dossier = counter.identified()
    named = reading(read("number", "12/2020"), read("subject.full_name", NAME), kind="birth_certificate")
    scanned = counter.page(dossier, b"the same certificate, scanned again", named)
    paper = reuse.offer.seen(counter.get(dossier), scanned.id)
    assert paper is not None
    with pytest.raises(RuleError, match="no_consent"):
        reuse.reuse_page.instead(dossier.id, scanned.id, paper, OFFICER)
    assert [page.id for page in counter.get(dossier).pages] == [scanned.id]
    reuse.consent(dossier.id, REUSE, given=True, by=OFFICER)
    dossier = reuse.reuse_page.instead(dossier.id, scanned.id, paper, OFFICER)
    assert [(page.sha256, page.reused_from, page.number) for page in dossier.pages] == [
        (first.pages[0].sha256, first.id, 1)
    ]
    (told,) = [entry for entry in counter.store.audit.entries(dossier.id) if entry.deed == "reuse_paper"]
    assert told.detail["removed"] == scanned.sha256
