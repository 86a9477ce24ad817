"""Đúng – đủ – sạch – sống: what each score says, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given

from station import paths
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict, entries_from
from station.dossier.kinds import PaperKind, PaperKinds, Receiving
from station.dossier.procedure import RequiredPaper
from station.dossier.quality import Aspect, Quality, Score, quality
from station.dossier.reading import Source
from station.dossier.units import Gazetteer
from station.gazetteer import load_gazetteer
from tests.unit.dossier.invented import NAME, NOW, NUMBER, OFFICER, TODAY, dossier, dossiers, field, procedure, reading

KINDS = PaperKinds(
    (
        PaperKind("driving_licence", {}, ("expiry_date",), receiving=Receiving(valid_until="expiry_date")),
        PaperKind(
            "marital_status_certificate",
            {},
            ("issue_date",),
            receiving=Receiving(valid_from="issue_date", valid_months=6, valid_by="Nghị định mẫu"),
        ),
    )
)
OLD = "Thôn Phú Hòa, Xã Hòa Nhơn, Huyện Hòa Vang, Thành phố Đà Nẵng"
NEW = "Thôn Phú Hòa, Xã Bà Nà, thành phố Đà Nẵng"


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer(paths.resources() / "units")


def scored(made: Dossier, *papers: RequiredPaper) -> Quality:
    return quality(made, procedure(*papers), KINDS, TODAY, gazetteer())


def of(aspect: Aspect, made: Dossier, *papers: RequiredPaper) -> Score:
    return scored(made, *papers).of(aspect)


def codes(score: Score) -> list[str]:
    return [reason.code.removeprefix("quality.") for reason in score.reasons]


def person(**values: str) -> Dossier:
    """The person at the counter as a card's QR tells them, with these facts besides or instead."""
    told = {"full_name": NAME, "id_number": NUMBER, "birth_date": "1999-03-05", "sex": "female", "residence": NEW}
    made = entries_from(None, [field(key, value, Source.QR) for key, value in (told | values).items()])
    return dossier().with_person(made, (), {})


def test_a_dossier_without_fault_has_four_times_one_hundred() -> None:
    assert [score.value for score in scored(person()).scores] == [100, 100, 100, 100]
    assert all(not score.reasons for score in scored(person()).scores)


def test_the_scores_come_in_the_order_of_the_directives() -> None:
    assert [score.aspect for score in scored(person()).scores] == list(Aspect)


@given(dossiers())
def test_scores_lie_between_nought_and_one_hundred_and_repeat(made: Dossier) -> None:
    found = scored(made)
    assert all(0 <= score.value <= 100 for score in found.scores)
    assert scored(made) == found


@given(dossiers())
def test_less_than_one_hundred_always_has_a_reason(made: Dossier) -> None:
    assert all(score.reasons for score in scored(made).scores if score.value < 100)


@given(dossiers())
def test_confirming_a_value_never_lowers_what_is_correct(made: Dossier) -> None:
    before = of(Aspect.CORRECT, made).value
    for entry in made.entries:
        for confirmed in (entry.checked(OFFICER, NOW), entry.answered(Verdict.RIGHT, NOW)):
            assert of(Aspect.CORRECT, made.with_entry(confirmed)).value >= before


@given(dossiers())
def test_the_reasons_point_at_what_is_there(made: Dossier) -> None:
    known = {entry.id for entry in made.entries}
    for score in scored(made).scores:
        assert all(reason.entry_id is None or reason.entry_id in known for reason in score.reasons)


@pytest.mark.parametrize(
    ("source", "accepted", "worth"), [(Source.QR, True, 100), (Source.OCR, True, 95), (Source.OCR, False, 50)]
)
def test_a_value_is_worth_what_vouches_for_it(source: Source, accepted: bool, worth: int) -> None:
    made = dossier(reading(field("number", "105", source, accepted=accepted)))
    assert of(Aspect.CORRECT, made).value == (100 + 100 + worth) // 3


def test_what_the_citizen_calls_wrong_is_worth_nothing_and_a_contradiction_costs_the_whole() -> None:
    made = dossier()
    wrong = made.with_entry(made.entry("person/full_name").answered(Verdict.WRONG, NOW))
    assert (of(Aspect.CORRECT, wrong).value, codes(of(Aspect.CORRECT, wrong))) == (50, ["disputed"])
    other = dossier(
        reading(field("mother.id_number", NUMBER, Source.QR), field("mother.full_name", "Nguyễn Thị Đặng", Source.QR))
    )
    assert (of(Aspect.CORRECT, other).value, codes(of(Aspect.CORRECT, other))) == (90, ["contradiction.same_number"])


def test_a_missing_paper_costs_its_share_of_the_papers_half() -> None:
    form = RequiredPaper("form", "Tờ khai", ("birth_registration_form",))
    both = (form, replace(form, key="notice", kinds=("birth_notice",)))
    assert of(Aspect.COMPLETE, person(), *both).value == 50
    noted = person().with_presented("form", True)
    assert of(Aspect.COMPLETE, noted, *both).value == 75
    assert codes(of(Aspect.COMPLETE, noted, *both)) == ["paper_lacking"]


def test_of_alternatives_one_is_enough_and_their_lack_is_told_once() -> None:
    group = tuple(RequiredPaper(key, key, (key,), one_of="birth") for key in ("birth_notice", "other"))
    assert codes(of(Aspect.COMPLETE, person(), *group)) == ["paper_lacking"]
    assert of(Aspect.COMPLETE, person().with_presented("other", True), *group).value == 100


def test_a_fact_about_the_person_that_nobody_knows_is_told() -> None:
    made = dossier()
    score = of(Aspect.COMPLETE, made)
    assert [reason.told["key"] for reason in score.reasons] == ["birth_date", "sex", "residence"]
    assert score.value == (2 * 100 + 40 + 100) // 4


def test_handwriting_that_nobody_typed_is_incomplete_and_says_nothing_about_correctness() -> None:
    made = person().with_page(replace(dossier(reading()).pages[0])).with_reading("p1", reading(field("request", "")))
    assert codes(of(Aspect.COMPLETE, made)) == ["unread"]
    assert of(Aspect.CORRECT, made).value == 100


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("birth_date", "1999", "year_only"),
        ("birth_date", "1999-02-31", "no_date"),
        ("sex", "Nữ", "not_as_it_should"),
        ("id_number", "012345678", "old_number"),
        ("id_number", "00119900012", "not_as_it_should"),
        ("phone", "912345678", "not_as_it_should"),
        ("full_name", "Nguyễn Thị Đ4ng", "not_as_it_should"),
        ("full_name", "Nguyễn  Thị Đăng", "not_normal"),
        ("residence", "Xã Không Có, tỉnh Không Có", "place_unknown"),
    ],
)
def test_what_is_not_clean_says_why(key: str, value: str, code: str) -> None:
    assert codes(of(Aspect.CLEAN, person(**{key: value}))) == [code]


def test_an_address_in_a_divided_commune_is_unclear_until_one_is_chosen() -> None:
    divided = "Số 5, Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội"
    made = person(residence=divided)
    assert (of(Aspect.CLEAN, made).value, codes(of(Aspect.CLEAN, made))) == (90, ["place_split"])
    chosen = made.entry("person/residence").corrected("Số 5, Phường Giảng Võ, thành phố Hà Nội", OFFICER, NOW)
    assert codes(of(Aspect.CLEAN, made.with_entry(chosen))) == []
    assert (chosen.readings[0].value, chosen.corrections[0].old) == (divided, divided)


def test_an_old_address_is_half_alive_until_it_is_written_in_todays_units() -> None:
    made = person(residence=OLD)
    assert (of(Aspect.CURRENT, made).value, codes(of(Aspect.CURRENT, made))) == (50, ["old_address"])
    today = made.with_entry(made.entry("person/residence").corrected(NEW, OFFICER, NOW))
    assert of(Aspect.CURRENT, today).value == 100
    assert today.entry("person/residence").corrections[0].old == OLD


def test_papers_grow_old() -> None:
    def licence(until: str) -> Dossier:
        return dossier(reading(field("expiry_date", until), kind="driving_licence"))

    assert of(Aspect.CURRENT, licence("2026-11-20")).value == 100
    assert (of(Aspect.CURRENT, licence("2026-11-19")).value, codes(of(Aspect.CURRENT, licence("2026-11-19")))) == (
        0,
        ["expired"],
    )
    assert of(Aspect.CURRENT, licence("Không thời hạn")).value == 100
    undated = dossier(reading(field("number", "1"), kind="marital_status_certificate"))
    assert (of(Aspect.CURRENT, undated).value, codes(of(Aspect.CURRENT, undated))) == (50, ["undated"])


def test_a_paper_reused_after_more_than_a_year_is_told() -> None:
    made = dossier(reading(field("number", "1"), kind="birth_certificate"))

    def reused(days: int) -> Dossier:
        page = replace(made.pages[0], reused_from="d0", captured_at=NOW - timedelta(days=days))
        return replace(made, pages=(page,))

    assert of(Aspect.CURRENT, reused(365)).value == 100
    assert (of(Aspect.CURRENT, reused(366)).value, codes(of(Aspect.CURRENT, reused(366)))) == (50, ["reused_old"])


def test_what_is_sent_holds_no_value_of_the_dossier() -> None:
    made = dossier(reading(field("mother.id_number", NUMBER), field("mother.full_name", "Nguyễn Thị Đặng")))
    sent = scored(made).to_json({"p1": 1})
    assert set(sent) == {"correct", "complete", "clean", "current"}
    (told,) = [reason for reason in sent["correct"]["reasons"] if reason["code"] == "contradiction.same_number"]
    assert told == {
        "code": "contradiction.same_number",
        "value": "p1/mother.full_name",
        "other_value": "person/full_name",
        "page": 1,
    }
    assert NAME not in str(sent)
    assert "Đặng" not in str(sent)
