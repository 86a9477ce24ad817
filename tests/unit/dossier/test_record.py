"""What the hub is told is what the contract says, whatever was read, typed and answered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from station.dossier.dossier import Dossier
from station.dossier.grouping import joined, settled
from station.dossier.record import record
from station.dossier.supplement_slip import SlipRow, SupplementSlip
from tests.unit.dossier.invented import NAME, NOW, NUMBER, OFFICER, dossier, dossiers, field, reading, sealed

CONTRACT = Path(__file__).parents[3] / "contract" / "v1"


def validator() -> Draft202012Validator:
    schemas = [json.loads((CONTRACT / f"{name}.schema.json").read_text("utf-8")) for name in ("dossier", "event")]
    registry: Registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas)
    return Draft202012Validator(schemas[0], registry=registry)


VALIDATOR = validator()


@given(dossiers())
def test_every_sealed_dossier_is_what_the_contract_describes(made: Dossier) -> None:
    told = record(sealed(made))
    again = json.loads(json.dumps(told, ensure_ascii=False))
    assert again == told
    VALIDATOR.validate(again)


@given(dossiers())
def test_every_value_and_every_page_is_told(made: Dossier) -> None:
    told = record(sealed(made))
    assert [value["id"] for value in told["values"]] == [entry.id for entry in made.entries]
    assert [page["sha256"] for page in told["pages"]] == [page.sha256 for page in made.pages]


def test_a_correction_is_told_with_what_stood_there_before() -> None:
    made = dossier(reading(field("number", "105")))
    made = made.with_entry(made.entry("p1/number").corrected("106", OFFICER, NOW))
    (value,) = [value for value in record(sealed(made))["values"] if value["key"] == "number"]
    assert (value["value"], value["source"], value["page"]) == ("106", "typed", 1)
    assert value["corrections"] == [{"old": "105", "new": "106", "by": OFFICER, "at": NOW.isoformat()}]
    assert [read["value"] for read in value["readings"]] == ["105"]


def test_the_person_is_told_by_key() -> None:
    assert record(sealed(dossier()))["person"] == {"full_name": NAME, "id_number": NUMBER}


def test_the_case_the_answers_the_counts_the_slips_and_the_last_hand_are_told() -> None:
    slip = SupplementSlip(
        "0007/HDHS", "UBND", "", "1.001193", "Mẫu", NAME, NUMBER, "", "", "", (SlipRow("Giấy", 1, 0, "Thiếu"),), "", NOW
    )
    made = dossier().with_case("surrogate").with_condition("by_proxy", False).with_counted("undertaking", 2)
    told = record(sealed(replace(made.with_slip(slip), holder="canbo.hai")))
    VALIDATOR.validate(told)
    assert (told["case"], told["conditions"], told["counted"]) == ("surrogate", {"by_proxy": False}, {"undertaking": 2})
    assert (told["slips"], told["holder"]) == (["0007/HDHS"], "canbo.hai")


def test_what_nobody_said_is_not_told() -> None:
    assert not {"case", "conditions", "counted", "slips", "holder"} & record(sealed(dossier())).keys()


@pytest.mark.parametrize(
    "told", [{"case": ""}, {"conditions": {"by_proxy": None}}, {"counted": {"undertaking": -1}}, {"slips": [""]}]
)
def test_the_contract_refuses_an_officers_word_that_says_nothing(told: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(record(sealed(dossier())) | told)


def test_an_open_dossier_has_no_record() -> None:
    with pytest.raises(ValueError, match="sealed"):
        record(dossier())


def test_each_page_is_told_with_its_paper_once_that_is_settled() -> None:
    made = dossier(reading(kind="residence_form"), reading(kind="birth_certificate"))
    assert all("paper" not in page for page in record(sealed(made))["pages"])
    joined_up = settled(joined(made, "p2", "p1", OFFICER))
    assert [page["paper"] for page in record(sealed(joined_up))["pages"]] == [1, 1]
    assert [page["paper"] for page in record(sealed(settled(made)))["pages"]] == [1, 2]


@given(dossiers())
def test_a_settled_dossier_is_what_the_contract_describes_too(made: Dossier) -> None:
    told = record(sealed(settled(made)))
    VALIDATOR.validate(told)
    assert all("paper" in page for page in told["pages"])
