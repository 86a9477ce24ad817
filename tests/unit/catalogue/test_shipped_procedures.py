"""The procedures that ship with the program, held against the published facts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from station import paths
from station.catalogue.procedures import Procedures
from station.dossier.procedure import Channel, Handling, Per, Procedure, Tier
from station.scan.papers.folder import load_papers

CATALOGUE = Procedures(paths.resources() / "procedures", load_papers(paths.resources() / "papers").kinds)
ALL = CATALOGUE.all()
each = pytest.mark.parametrize("procedure", ALL, ids=[procedure.code for procedure in ALL])

TIMES = {
    "1.001193": "0 same_day",
    "1.000894": "0 same_day",
    "1.000656": "0 same_day, 2 day, 5 working_day",
    "1.004873": "3 working_day, 23 day",
    "2.000635": "0 same_day, 1 working_day, 15 working_day",
    "1.004859": "3 working_day, 1 working_day",
    "1.004884": "5 working_day",
    "1.000689": "3 working_day, 8 working_day",
    "1.001022": "3 working_day",
    "1.004837": "3 working_day",
    "1.004845": "2 working_day",
    "1.004772": "5 working_day, 25 day",
    "1.004746": "5 working_day, 25 day",
    "1.005461": "5 working_day",
    "2.000528": "1 working_day",
    "2.000806": "5 working_day, 10 working_day",
    "2.000986": "20 day",
    "2.000815": "0 same_day, 2 working_day",
    "2.000884": "0 same_day, 2 working_day",
    "1.004222": "7 working_day",
    "1.004194": "3 working_day",
    "1.002755": "3 working_day",
    "1.010028": "2 working_day",
    "1.003197": "5 working_day",
    "1.010038": "5 working_day",
    "1.010039": "3 working_day",
    "1.010040": "5 working_day, 30 working_day",
    "1.010041": "3 working_day, 1 working_day",
    "1.003677": "1 working_day, 2 working_day",
    "1.013225": "7 working_day, 10 working_day",
}
"""The published times, the usual case first (dichvucong.gov.vn, July 2026; Decree 23/2015/NĐ-CP)."""
FEES = {
    "2.000635": [(8000, Per.COPY, None)],
    "2.002516": [(8000, Per.COPY, None)],
    "2.000815": [(2000, Per.PAGE, None)],
    "2.000884": [(10000, Per.COPY, None)],
    "2.001035": [(50000, Per.DOSSIER, None)],
    "2.000913": [(30000, Per.DOSSIER, None)],
    "2.000927": [(25000, Per.DOSSIER, None)],
    "2.001263": [(400000, Per.DOSSIER, None)],
    "1.004222": [(20000, Per.DOSSIER, 10000)],
    "1.004194": [(15000, Per.DOSSIER, 7000), (10000, Per.PERSON, 5000)],
    "1.002755": [(15000, Per.DOSSIER, 7000), (10000, Per.PERSON, 5000)],
    "1.010038": [(10000, Per.DOSSIER, 5000)],
    "1.001193": [],
    "1.000894": [],
    "1.010041": [],
    "1.010039": [],
    "2.000986": [],
    "1.001776": [],
}
"""Amount, what it is counted by, and the amount of whoever files online (Circulars 226/2016, 281/2016, 75/2022)."""


def groups(procedure: Procedure) -> dict[str, list[str]]:
    names = dict.fromkeys(paper.one_of for paper in procedure.papers if paper.one_of)
    return {name: [paper.key for paper in procedure.papers if paper.one_of == name] for name in names}


def test_at_least_forty_procedures_of_the_commune_ship_with_the_program() -> None:
    assert len(ALL) >= 40
    assert len({procedure.field for procedure in ALL}) >= 8


@each
def test_a_procedure_has_papers_and_results_and_short_names_differ(procedure: Procedure) -> None:
    assert any(paper.required for paper in procedure.papers)
    assert procedure.results
    assert Counter(one.short_name for one in ALL)[procedure.short_name] == 1


@each
def test_alternatives_are_at_least_two_in_every_case_that_has_them(procedure: Procedure) -> None:
    for case in procedure.cases:
        members = Counter(
            paper.one_of for paper in procedure.papers if paper.one_of and case.key in (paper.cases or (case.key,))
        )
        assert all(count >= 2 for count in members.values())


@each
def test_every_case_asks_for_something_to_be_handed_in_or_shown(procedure: Procedure) -> None:
    for case in procedure.cases:
        assert any(paper.required and paper.is_asked(case.key, {}) for paper in procedure.papers)


@each
def test_every_question_is_a_question_that_papers_depend_on(procedure: Procedure) -> None:
    asked = {name.removeprefix("!") for paper in procedure.papers for name in paper.when}
    assert {condition.key for condition in procedure.conditions} == asked
    assert all(condition.question.endswith("?") for condition in procedure.conditions)


@each
def test_nobody_is_asked_for_a_certified_copy(procedure: Procedure) -> None:
    """Decree 45/2020/NĐ-CP and the portal's own words: a copy with the original beside it is enough."""
    for paper in procedure.papers:
        said = f"{paper.name} {paper.note}".casefold()
        assert "bản sao có chứng thực" not in said
        assert "bản sao chứng thực" not in said
        assert "công chứng" not in said or paper.key in ("lease", "power_of_attorney")


@each
def test_no_component_is_a_mere_note_or_a_form_for_online_filing(procedure: Procedure) -> None:
    for paper in procedure.papers:
        assert paper.originals + paper.copies > 0
        assert not re.search("lưu ý|điện tử tương tác|eform", paper.name.casefold())


@each
def test_identity_papers_are_only_shown(procedure: Procedure) -> None:
    for paper in procedure.papers:
        if paper.key == "identity":
            assert paper.handling is Handling.PRESENT
            assert set(paper.kinds) == {"citizen_card_front", "identity_card_front"}


@each
def test_a_fee_that_the_province_sets_is_said_to_be_so(procedure: Procedure) -> None:
    if any(fee.amount == 0 for fee in procedure.fees):
        assert "Hội đồng nhân dân cấp tỉnh" in procedure.fee_note


@pytest.mark.parametrize("code", TIMES)
def test_the_times_are_those_published(code: str) -> None:
    times = dict.fromkeys(f"{case.time} {case.unit}" for case in CATALOGUE.get(code).cases)
    assert ", ".join(times) == TIMES[code]


@pytest.mark.parametrize("code", FEES)
def test_the_fees_are_those_published(code: str) -> None:
    fees = CATALOGUE.get(code).fees
    assert [(fee.amount, fee.per, fee.channels.get(Channel.ONLINE)) for fee in fees] == FEES[code]


def test_a_certified_copy_costs_less_from_the_third_page_and_never_more_than_the_cap() -> None:
    (fee,) = CATALOGUE.get("2.000815").fees
    assert (fee.tiers, fee.cap) == ((Tier(3, 1000),), 200_000)


@pytest.mark.parametrize(
    ("code", "group", "members"),
    [
        ("1.001193", "proof_of_birth", ["birth_notice", "witness_statement", "undertaking"]),
        ("1.000656", "proof_of_death", ["death_notice", "death_notice_substitute"]),
        ("1.004884", "earlier_papers", ["birth_certificate_copy", "other_papers"]),
        ("1.001022", "proof_of_descent", ["expert_opinion", "parents_undertaking"]),
        ("2.000528", "proof_of_birth", ["birth_notice", "witness_statement", "undertaking"]),
        (
            "1.013225",
            "land",
            ["land_certificate", "land_house_certificate", "house_certificate", "other_land_paper"],
        ),
    ],
)
def test_alternatives_of_the_portal_are_one_group(code: str, group: str, members: list[str]) -> None:
    assert groups(CATALOGUE.get(code))[group] == members


def test_a_power_of_attorney_is_asked_of_whoever_comes_by_proxy() -> None:
    paper = next(paper for paper in CATALOGUE.get("1.001193").papers if paper.key == "power_of_attorney")
    assert paper.is_asked("usual", {"by_proxy": True})
    assert paper.is_asked("usual", {"by_proxy": False}) is False


def test_facts_without_a_published_source_are_marked() -> None:
    adoption, birth = CATALOGUE.get("2.001263"), CATALOGUE.get("1.001193")
    assert "cases.usual" in adoption.from_memory
    assert "papers.criminal_record" in adoption.from_memory
    assert "papers.marriage" in birth.from_memory
    assert "papers.birth_notice" not in birth.from_memory
