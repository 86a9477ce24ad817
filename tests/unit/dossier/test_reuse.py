"""Once only: what is found again of one person, what never is, and what a linked paper brings with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from station import paths
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict, entries_from
from station.dossier.grouping import papers, settled
from station.dossier.kinds import PaperKinds
from station.dossier.reading import PageReading, Source
from station.dossier.record import record
from station.dossier.reuse import REUSE, Known, consent_to_reuse, known, linked, seen_before, without_others
from station.dossier.service import Consent
from station.errors import RuleError
from station.scan.papers.folder import load_papers
from tests.unit.dossier.invented import NAME, NOW, NUMBER, OFFICER, TODAY, dossier, field, reading, sealed

KINDS: PaperKinds = load_papers(paths.resources() / "papers").kinds
OTHER = "040190003456"


def certificate(number: str = "12/2020", name: str = NAME, born: str = "1999-03-05") -> PageReading:
    return reading(
        field("number", number),
        field("subject.full_name", name),
        field("subject.birth_date", born),
        kind="birth_certificate",
    )


def licence(until: str) -> PageReading:
    return reading(
        field("number", "790123456789"),
        field("subject.full_name", NAME),
        field("expiry_date", until),
        kind="driving_licence",
    )


def earlier(*pages: PageReading, name: str = "d0", days: int = 30, person_id: str = NUMBER) -> Dossier:
    """A dossier of the same person, sealed that many days ago."""
    made = replace(dossier(*pages), id=name, opened_at=NOW - timedelta(days=days))
    person = [
        field("full_name", NAME, Source.QR),
        field("id_number", person_id, Source.QR),
        field("phone", "0912345678"),
    ]
    made = made.with_person(entries_from(None, person), (), {})
    taken = tuple(
        replace(page, captured_at=NOW - timedelta(days=days), sha256=f"{name}-{page.number}".ljust(64, "0"))
        for page in made.pages
    )
    return sealed(settled(replace(made, pages=taken)))


def agreed(made: Dossier, *, given: bool = True) -> Dossier:
    return replace(made, consents=(*made.consents, Consent(REUSE, given, OFFICER, NOW)))


def found(*sources: Dossier, made: Dossier | None = None) -> Known:
    return known(made or dossier(), sources, KINDS, TODAY, frozenset({"birth_certificate"}))


def test_a_paper_is_told_with_all_that_an_officer_needs_to_know_it_by() -> None:
    (paper,) = found(earlier(certificate())).papers
    assert (paper.kind, paper.number, paper.dossier_number) == ("birth_certificate", "12/2020", "TAM.T01-261120-0001")
    assert paper.captured_at == NOW - timedelta(days=30)
    assert paper.wanted
    assert not paper.expired


def test_a_paper_captured_twice_is_told_once_as_it_was_last() -> None:
    newer, older = earlier(certificate(), name="d2", days=10), earlier(certificate(), name="d1", days=300)
    assert [paper.dossier_id for paper in found(newer, older).papers] == ["d2"]


def test_what_expired_is_told_and_not_offered() -> None:
    everything = found(earlier(licence("2026-11-19"), certificate()))
    assert [(paper.kind, paper.expired, paper.valid_until) for paper in everything.papers] == [
        ("birth_certificate", False, ""),
        ("driving_licence", True, "2026-11-19"),
    ]
    assert [paper.kind for paper in everything.offered] == ["birth_certificate"]


def test_what_the_procedure_asks_for_stands_first() -> None:
    assert [paper.kind for paper in found(earlier(licence("2030-01-01"), certificate())).papers] == [
        "birth_certificate",
        "driving_licence",
    ]


def test_another_persons_paper_is_never_offered_though_it_lay_in_this_persons_dossier() -> None:
    theirs = reading(field("subject.id_number", OTHER), field("subject.full_name", NAME), kind="citizen_card_front")
    namesake = certificate(number="99/2001", born="1985-01-01")
    person = entries_from(
        None,
        [
            field(key, value, Source.QR)
            for key, value in (("full_name", NAME), ("id_number", NUMBER), ("birth_date", "1999-03-05"))
        ],
    )
    source = earlier(theirs, namesake, certificate(name="Trần Văn Mẫu", number="98/2001"))
    source = replace(source, entries=(*person, *(entry for entry in source.entries if entry.page_id)))
    assert found(source).papers == ()


def test_the_same_page_with_two_people_is_found_for_each_in_their_own_dossier_only() -> None:
    """A marriage certificate that wife and husband have both brought."""
    both = reading(
        field("wife.full_name", NAME),
        field("husband.full_name", "Trần Văn Mẫu"),
        field("number", "7/2020"),
        kind="marriage_certificate",
    )
    mine, theirs = earlier(both, name="mine"), earlier(both, name="theirs", person_id=OTHER)
    theirs = replace(theirs, pages=tuple(replace(page, sha256=mine.pages[0].sha256) for page in theirs.pages))
    assert [paper.dossier_id for paper in found(theirs, mine).papers] == ["mine"]
    stranger = dossier().with_person(
        entries_from(None, [field("full_name", NAME), field("id_number", "001199000999")]), (), {}
    )
    assert found(mine, theirs, made=stranger) == Known()
    here = dossier(both)
    same = replace(here, pages=(replace(here.pages[0], sha256=mine.pages[0].sha256),))
    assert seen_before(same, "p1", [theirs], KINDS, TODAY) is None
    paper = seen_before(same, "p1", [mine], KINDS, TODAY)
    assert paper is not None
    assert paper.dossier_id == "mine"


def test_a_declaration_is_made_anew_and_a_paper_that_names_nobody_is_not_offered() -> None:
    form = reading(field("subject.full_name", NAME), field("subject.id_number", NUMBER), kind="residence_form")
    nobody = reading(field("number", "5"), field("title", "HỢP ĐỒNG"), kind="other")
    assert found(earlier(form), earlier(nobody, name="d9")).papers == ()


def test_an_unsealed_dossier_has_nothing_to_offer() -> None:
    assert found(replace(dossier(certificate()), id="d0")) == Known()


def test_the_same_paper_scanned_again_is_known_by_kind_number_and_issuer() -> None:
    here = dossier(certificate())
    paper = seen_before(here, "p1", [earlier(certificate())], KINDS, TODAY)
    assert paper is not None
    assert paper.dossier_id == "d0"
    assert seen_before(dossier(certificate(number="13/2020")), "p1", [earlier(certificate())], KINDS, TODAY) is None


def test_a_linked_paper_has_the_same_image_and_brings_its_values_with_sources_and_checks() -> None:
    source = earlier(certificate())
    checked = source.entries_of("p1")[0].corrected("13/2020", OFFICER, NOW).answered(Verdict.RIGHT, NOW)
    source = replace(source, entries=tuple(checked if entry.id == checked.id else entry for entry in source.entries))
    made = linked(agreed(dossier(certificate(number="1"))), source, ["p1"], ["new"])
    page = made.page("new")
    assert (page.sha256, page.number, page.reused_from) == (source.pages[0].sha256, 2, "d0")
    assert page.read
    assert page.captured_at == source.pages[0].captured_at
    entry = made.entry("new/number")
    assert (entry.value, entry.corrections, entry.checked_by) == ("13/2020", checked.corrections, OFFICER)
    assert entry.readings == checked.readings
    assert entry.answer is None


def test_a_paper_of_two_pages_stays_one_paper_and_keeps_where_it_was_first_captured() -> None:
    front = reading(field("subject.id_number", NUMBER), kind="citizen_card_front")
    back = reading(field("subject.id_number", NUMBER, Source.MRZ), kind="citizen_card_back")
    first = linked(agreed(dossier()), earlier(front, back), ["p1", "p2"], ["a", "b"])
    (paper,) = papers(first)
    assert [page.id for page in paper.pages] == ["a", "b"]
    again = replace(sealed(settled(first)), id="d5")
    second = linked(agreed(replace(dossier(), id="d6")), again, ["a", "b"], ["x", "y"])
    assert {page.reused_from for page in second.pages} == {"d0"}


def test_without_a_consent_nothing_is_linked_and_a_refusal_is_the_last_word() -> None:
    source = earlier(certificate())
    assert consent_to_reuse(dossier()) is None
    for made in (dossier(), agreed(dossier(), given=False), agreed(agreed(dossier()), given=False)):
        with pytest.raises(RuleError, match="no_consent"):
            linked(made, source, ["p1"], ["new"])


def test_nothing_of_another_person_is_linked_whoever_asks() -> None:
    for source in (earlier(certificate(), person_id=OTHER), earlier(certificate(name="Trần Văn Mẫu"))):
        with pytest.raises(RuleError, match="other_persons"):
            linked(agreed(dossier()), source, ["p1"], ["new"])


def test_a_page_is_linked_once() -> None:
    source = earlier(certificate())
    made = linked(agreed(dossier()), source, ["p1"], ["new"])
    assert found(source, made=made).papers == ()
    with pytest.raises(RuleError, match="reused_already"):
        linked(made, source, ["p1"], ["again"])


def test_who_turns_out_to_be_another_person_leaves_nothing_behind() -> None:
    made = linked(agreed(dossier(certificate(number="1"))), earlier(certificate()), ["p1"], ["new"])
    cleared = without_others(made, OTHER)
    assert [page.id for page in cleared.pages] == ["p1"]
    assert cleared.consents == ()
    assert without_others(made, NUMBER) == made


def test_the_phone_of_last_time_is_offered_while_nobody_has_told_one() -> None:
    (fact,) = found(earlier(certificate())).facts
    assert (fact.key, fact.value) == ("phone", "0912345678")
    person = [field("full_name", NAME, Source.QR), field("id_number", NUMBER, Source.QR), field("phone", "0912345678")]
    told = dossier().with_person(entries_from(None, person), (), {})
    assert found(earlier(certificate()), made=told).facts == ()


def test_the_record_says_where_a_page_came_from_and_who_consented() -> None:
    made = linked(agreed(dossier()), earlier(certificate()), ["p1"], ["new"])
    told = record(sealed(settled(made)))
    assert told["pages"][0]["reused_from"] == "d0"
    assert told["consents"] == [{"subject": "reuse", "given": True, "by": OFFICER, "at": NOW.isoformat()}]
    assert "reused_from" not in record(sealed(settled(dossier(certificate()))))["pages"][0]
