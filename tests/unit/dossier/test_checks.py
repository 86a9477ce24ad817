"""What stands between a dossier and its seal."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from station.dossier.checks import findings, needs_look
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict, entries_from
from station.dossier.grouping import joined, set_apart
from station.dossier.procedure import Handling, RequiredPaper
from station.dossier.reading import Source
from station.dossier.received import received_by
from tests.unit.dossier.invented import (
    NAME,
    NOW,
    NUMBER,
    OFFICER,
    TODAY,
    dossier,
    dossiers,
    field,
    page,
    procedure,
    reading,
)
from tests.unit.dossier.piles import SIGNED, card_back, card_front, pile, residence_form, sheet

MRZ_NAME = field("subject.full_name", "NGUYEN THI DANG", Source.MRZ, accepted=False)
MRZ_NUMBER = field("subject.id_number", NUMBER, Source.MRZ)


def codes(made: Dossier, *papers: RequiredPaper) -> list[str]:
    return [
        finding.code for finding in findings(made, procedure(*papers), TODAY) if finding.code != "value.unconfirmed"
    ]


def test_a_dossier_without_a_person_cannot_be_sealed() -> None:
    made = dossier().with_person((), ("id.province",), {})
    assert [(finding.code, finding.blocking) for finding in findings(made, procedure(), TODAY)] == [
        ("person.missing", True),
        ("person.id.province", False),
    ]


def test_a_paper_to_hand_in_is_missing_until_it_is_scanned_or_noted() -> None:
    form = RequiredPaper("form", "Tờ khai", ("birth_registration_form",))
    assert codes(dossier(), form) == ["paper.missing"]
    assert codes(dossier(reading(kind="birth_registration_form")), form) == []
    assert codes(dossier().with_presented("form", True), form) == []


def test_one_paper_of_a_group_is_enough_and_the_group_is_told_once() -> None:
    group = tuple(RequiredPaper(key, f"Giấy {key}", (key,), one_of="birth") for key in ("birth_notice", "other"))
    told = findings(dossier(), procedure(*group), TODAY)
    assert [finding.code for finding in told].count("paper.one_missing") == 1
    assert told[0].told == {"papers": "Giấy birth_notice / Giấy other"}
    assert codes(dossier(reading(kind="birth_notice")), *group) == []


def test_a_paper_only_to_be_shown_is_a_warning() -> None:
    shown = RequiredPaper("card", "Thẻ căn cước", handling=Handling.PRESENT)
    found = [finding for finding in findings(dossier(), procedure(shown), TODAY) if finding.code.startswith("paper")]
    assert [(finding.code, finding.blocking) for finding in found] == [("paper.not_shown", False)]


def test_pages_are_waited_for_and_doubtful_ones_are_told() -> None:
    waiting = dossier().with_page(page(1))
    assert codes(waiting) == ["page.unread"]
    assert codes(waiting.with_failure("p1", "reading.crashed")) == ["page.unreadable"]
    assert codes(dossier(reading(kind="other"))) == ["page.unknown_kind"]
    assert codes(dossier(reading(kind="other")).with_kind("p1", "other", OFFICER)) == []


def test_the_same_page_twice_is_told_of_the_second_one() -> None:
    made = dossier(reading()).with_page(replace(page(2), sha256=page(1).sha256)).with_reading("p2", reading())
    assert [(finding.code, finding.page_id) for finding in findings(made, procedure(), TODAY) if finding.page_id] == [
        ("page.twice", "p2")
    ]


def test_a_value_that_nobody_vouches_for_blocks_until_somebody_looked() -> None:
    made = dossier(reading(field("number", "105", accepted=False)))
    assert codes(made) == ["value.unchecked"]
    assert codes(made.with_entry(made.entry("p1/number").checked(OFFICER, NOW))) == []


def test_sources_that_differ_block_and_are_told_side_by_side() -> None:
    made = dossier(reading(field("number", "105"), field("number", "106", Source.QR, accepted=False)))
    (told,) = [finding for finding in findings(made, procedure(), TODAY) if finding.code == "value.contradicted"]
    assert told.blocking
    assert told.told["readings"] == "105 ≠ 106"


def test_a_disputed_value_blocks_even_after_an_officer_had_checked_it() -> None:
    made = dossier()
    entry = made.entry("person/full_name").checked(OFFICER, NOW).answered(Verdict.WRONG, NOW)
    assert "value.disputed" in codes(made.with_entry(entry))


def test_a_paper_with_the_persons_number_and_another_name_is_told() -> None:
    made = dossier(reading(field("mother.id_number", NUMBER), field("mother.full_name", "Nguyễn Thị Đặng")))
    (told,) = [finding for finding in findings(made, procedure(), TODAY) if finding.code == "contradiction.same_number"]
    assert (told.blocking, told.entry_id, told.other_entry_id) == (False, "p1/mother.full_name", "person/full_name")
    assert (told.told["page"], told.told["value"], told.told["other_value"]) == ("1", "Nguyễn Thị Đặng", NAME)


def test_the_case_of_letters_is_no_mismatch() -> None:
    made = dossier(reading(field("mother.id_number", NUMBER), field("mother.full_name", NAME.upper())))
    assert codes(made) == []


def test_the_persons_name_without_marks_in_the_mrz_needs_no_look_and_is_no_mismatch() -> None:
    made = dossier(reading(MRZ_NAME, MRZ_NUMBER, kind="citizen_card_back"))
    assert not needs_look(made, made.entry("p1/subject.full_name"))
    assert codes(made) == []


def test_another_name_in_the_mrz_must_be_looked_at_and_is_told_as_a_contradiction_when_it_stands() -> None:
    other = field("subject.full_name", "NGUYEN THI DUNG", Source.MRZ, accepted=False)
    made = dossier(reading(other, MRZ_NUMBER, kind="citizen_card_back"))
    assert needs_look(made, made.entry("p1/subject.full_name"))
    assert codes(made) == ["value.unchecked"]
    looked_at = made.with_entry(made.entry("p1/subject.full_name").checked(OFFICER, NOW))
    assert codes(looked_at) == ["contradiction.same_number"]


def test_the_same_name_beside_another_number_must_be_looked_at() -> None:
    namesake = field("subject.id_number", "001199000124", Source.MRZ)
    made = dossier(reading(MRZ_NAME, namesake, kind="citizen_card_back"))
    assert needs_look(made, made.entry("p1/subject.full_name"))


def test_an_mrz_without_marks_does_not_contradict_the_printed_name() -> None:
    printed = field("subject.full_name", NAME.upper())
    assert codes(dossier(reading(printed, MRZ_NAME, MRZ_NUMBER))) == []
    other = field("subject.full_name", "NGUYEN THI DUNG", Source.MRZ, accepted=False)
    assert "value.contradicted" in codes(dossier(reading(printed, other)))


def test_two_sides_of_a_card_that_differ_are_told_per_field() -> None:
    front = reading(
        field("subject.id_number", NUMBER), field("subject.birth_date", "1999-03-05"), kind="citizen_card_front"
    )
    back = reading(
        MRZ_NUMBER, field("subject.birth_date", "1999-03-06", Source.MRZ), MRZ_NAME, kind="citizen_card_back"
    )
    made = dossier(front, back)
    told = [finding for finding in findings(made, procedure(), TODAY) if finding.code == "contradiction.sides"]
    assert [(one.told["key"], one.told["other_value"], one.told["value"]) for one in told] == [
        ("subject.birth_date", "1999-03-05", "1999-03-06")
    ]
    assert (told[0].told["other_page"], told[0].told["page"]) == ("1", "2")


@given(dossiers())
def test_what_blocks_stands_before_what_warns(made: Dossier) -> None:
    blocking = [finding.blocking for finding in findings(made, procedure(), TODAY)]
    assert blocking == sorted(blocking, reverse=True)


@given(dossiers())
def test_every_value_to_look_at_is_told_unless_the_citizen_confirmed_it(made: Dossier) -> None:
    told = {finding.entry_id for finding in findings(made, procedure(), TODAY) if finding.blocking}
    looked = {entry.id for entry in made.entries if needs_look(made, entry) and not entry.confirmed}
    assert looked <= told


def test_who_was_identified_by_the_card_has_shown_it() -> None:
    card = RequiredPaper("card", "Thẻ căn cước", ("citizen_card_front",), handling=Handling.PRESENT)
    for source, told in ((Source.QR, []), (Source.TYPED, ["paper.not_shown"])):
        person = entries_from(None, [field("full_name", NAME, source), field("id_number", NUMBER, source)])
        made = dossier().with_person(person, (), {})
        assert [code for code in codes(made, card) if code.startswith("paper")] == told


def test_a_form_of_two_pages_is_one_paper() -> None:
    form = RequiredPaper("form", "Tờ khai CT01", ("residence_form",))
    made = pile(residence_form("1 Trần Văn An"), sheet("other", "2 Trần Thị Bé"))
    (paper,) = received_by(made, form)
    assert [one.number for one in paper.pages] == [1, 2]
    assert not {"paper.missing", "page.unknown_kind", "page.unsure_paper"} & set(codes(made, form))


def test_the_kind_of_an_unknown_paper_is_asked_for_once_and_not_for_what_goes_on_from_a_known_one() -> None:
    made = pile(residence_form("1 Trần Văn An"), sheet("other", "2 Trần Thị Bé\n3 Trần Văn Út"))
    assert "page.unknown_kind" not in codes(made)
    made = pile(sheet("other", "HỢP ĐỒNG\nĐiều 1. Giá"), sheet("other", "Điều 2. Hạn"))
    assert codes(made).count("page.unknown_kind") == 1


def test_an_uncertain_page_is_asked_about_until_the_officer_says_where_it_belongs() -> None:
    made = pile(residence_form(SIGNED), sheet("other", "Ghi chú khác về việc này."))
    (told,) = [finding for finding in findings(made, procedure(), TODAY) if finding.code == "page.unsure_paper"]
    assert (told.blocking, told.page_id, told.told) == (False, "p2", {"page": "2"})
    for said in (joined(made, "p2", "p1", OFFICER), set_apart(made, "p2", OFFICER)):
        assert "page.unsure_paper" not in codes(said)


def test_one_side_of_a_card_is_not_enough_where_both_are_asked_for() -> None:
    card = RequiredPaper("card", "Căn cước", ("citizen_card_front",), both_sides=True)
    front, back = card_front("040198003517"), card_back("040198003517")
    assert "paper.back_missing" in codes(pile(front), card)
    assert not received_by(pile(front), card)
    assert len(received_by(pile(front, back), card)) == 1
    apart = set_apart(pile(front, back), "p2", OFFICER)
    (told,) = [finding for finding in findings(apart, procedure(card), TODAY) if finding.code == "paper.back_missing"]
    assert (told.blocking, told.page_id) == (True, "p1")
    assert received_by(pile(front), replace(card, both_sides=False))


def test_a_back_alone_is_told_where_backs_are_asked_for_too() -> None:
    card = RequiredPaper("card", "Căn cước", ("citizen_card_front", "citizen_card_back"), both_sides=True)
    assert "paper.front_missing" in codes(pile(card_back("040198003517")), card)
