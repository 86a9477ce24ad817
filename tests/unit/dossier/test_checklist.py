"""The checklist of a dossier: what is there, what is missing, what is wrong with it, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.checklist import Checklist, Standing, checklist
from station.dossier.checks import findings
from station.dossier.dossier import Dossier
from station.dossier.grouping import set_apart
from station.dossier.guidance import lacks
from station.dossier.kinds import PaperKind, PaperKinds, Receiving
from station.dossier.paper_problems import Trouble, holds_until
from station.dossier.procedure import Case, Condition, Handling, Procedure, RequiredPaper, TimeUnit
from station.dossier.reading import PageReading
from tests.unit.dossier.invented import NOW, NUMBER, OFFICER, dossier, field, page, procedure, reading
from tests.unit.dossier.piles import STATE, card_back, card_front, sheet

TODAY = date(2026, 11, 22)


def kind(name: str, receiving: Receiving | None = None) -> PaperKind:
    return PaperKind(name, {"vi": name}, (), receiving=receiving or Receiving())


KINDS = PaperKinds(
    (
        kind("citizen_card_front", Receiving(about=("subject.",), near=("citizen_card_back", "driving_licence"))),
        kind("residence_confirmation", Receiving(valid_until="valid_until")),
        kind("marital_status_certificate", Receiving("", "issue_date", 6, "Điều 23", "signed_by")),
        kind("birth_notice", Receiving(near=("birth_certificate",))),
        kind("birth_certificate", Receiving(signed="signed_by")),
        kind("power_of_attorney"),
    )
)
FORM = RequiredPaper("form", "Tờ khai", ("birth_registration_form",))
NOTICE = RequiredPaper("notice", "Giấy chứng sinh", ("birth_notice",))
SHOWN = RequiredPaper("card", "Thẻ căn cước", ("citizen_card_front",), Handling.PRESENT)
PROXY = RequiredPaper("proxy", "Giấy ủy quyền", ("power_of_attorney",), when=("by_proxy",))
BY_PROXY = Condition("by_proxy", "Có nộp thay không?")
SIGNED = field("signed_by", "Mai Xuân Thỏa")


def listed(made: Dossier, *papers: RequiredPaper, conditions: tuple[Condition, ...] = ()) -> Checklist:
    return checklist(made, asking(*papers, conditions=conditions), KINDS, TODAY)


def asking(*papers: RequiredPaper, conditions: tuple[Condition, ...] = ()) -> Procedure:
    return replace(procedure(*papers), conditions=conditions)


def standing(made: Dossier, wanted: RequiredPaper, *others: RequiredPaper) -> Standing:
    item = listed(made, wanted, *others).item(wanted.key)
    assert item is not None
    return item.standing


def troubles(made: Dossier, wanted: RequiredPaper) -> list[tuple[Trouble, bool]]:
    item = listed(made, wanted).item(wanted.key)
    assert item is not None
    return [(problem.trouble, problem.certain) for problem in item.problems]


def typed(*keys: str) -> Dossier:
    """A dossier whose person was typed, so that no card has been shown; these papers are noted."""
    made = dossier()
    made = made.with_person([replace(entry, readings=()) for entry in made.entries], (), {})
    for key in keys:
        made = made.with_presented(key, True)
    return made


def certificate(issued: str | None, *, accepted: bool = True) -> PageReading:
    dated = [field("issue_date", issued, accepted=accepted)] if issued else []
    return reading(*dated, SIGNED, kind="marital_status_certificate")


CERTIFICATE = RequiredPaper("single", "Giấy xác nhận tình trạng hôn nhân", ("marital_status_certificate",))


def test_a_paper_ticks_itself_when_it_is_read_and_says_which_pages() -> None:
    assert standing(dossier(), FORM) is Standing.MISSING
    item = listed(dossier(reading(kind="birth_registration_form")), FORM).item("form")
    assert item is not None
    assert item.standing is Standing.TICKED
    assert [page.number for paper in item.papers for page in paper.pages] == [1]


def test_what_the_officer_notes_is_there_without_a_scan() -> None:
    assert standing(typed("form"), FORM) is Standing.NOTED


def test_the_card_that_identified_the_person_was_shown() -> None:
    assert standing(dossier(), SHOWN) is Standing.SHOWN
    assert standing(typed(), SHOWN) is Standing.MISSING


def test_one_of_a_group_settles_the_others() -> None:
    group = [replace(NOTICE, one_of="birth"), RequiredPaper("witness", "Người làm chứng", one_of="birth")]
    assert standing(dossier(reading(kind="birth_notice")), group[1], group[0]) is Standing.SETTLED
    assert standing(dossier(), group[1], group[0]) is Standing.MISSING


def test_beside_a_faulty_one_of_a_group_the_others_may_be_handed_in_instead() -> None:
    group = [replace(CERTIFICATE, one_of="single"), RequiredPaper("court", "Bản án ly hôn", one_of="single")]
    made = dossier(certificate("2026-01-02"))
    assert standing(made, group[0], group[1]) is Standing.FAULTY
    assert standing(made, group[1], group[0]) is Standing.INSTEAD
    told = [finding.code for finding in findings(made, procedure(*group), TODAY, kinds=KINDS) if finding.blocking]
    assert told.count("paper.expired") == 1
    assert "paper.one_missing" not in told


@pytest.mark.parametrize(
    ("issued", "expected"),
    [("2026-05-22", []), ("2026-05-21", [(Trouble.EXPIRED, True)]), (None, [(Trouble.UNDATED, False)])],
)
def test_a_certificate_of_marital_status_holds_six_months(
    issued: str | None, expected: list[tuple[Trouble, bool]]
) -> None:
    assert troubles(dossier(certificate(issued)), CERTIFICATE) == expected


def test_a_day_that_nobody_vouches_for_makes_only_a_doubt() -> None:
    made = dossier(certificate("2025-05-21", accepted=False))
    assert troubles(made, CERTIFICATE) == [(Trouble.EXPIRED, False)]
    assert standing(made, CERTIFICATE) is Standing.TICKED


def test_a_period_of_months_ends_on_the_months_last_day_where_it_has_no_such_day() -> None:
    assert holds_until(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert holds_until(date(2026, 12, 5), 6) == date(2027, 6, 5)


def test_a_paper_says_itself_until_when_it_holds() -> None:
    wanted = RequiredPaper("residence", "CT07", ("residence_confirmation",))
    for day, expected in (("2026-11-22", []), ("2026-11-21", [(Trouble.EXPIRED, True)]), ("Không thời hạn", [])):
        made = dossier(reading(field("valid_until", day), kind="residence_confirmation"))
        assert troubles(made, wanted) == expected


def test_an_old_certificate_that_is_exchanged_may_have_run_out() -> None:
    assert troubles(dossier(certificate("2020-01-02")), replace(CERTIFICATE, any_age=True)) == []


def test_one_good_paper_is_enough_beside_one_that_has_run_out() -> None:
    made = dossier(certificate("2020-01-02"), certificate("2026-11-02"))
    item = listed(set_apart(made, "p2", OFFICER), CERTIFICATE).item("single")
    assert item is not None
    assert item.standing is Standing.TICKED
    assert [paper.id for paper in item.papers] == ["p2"]


def test_an_officer_who_has_seen_the_paper_settles_doubts_and_answers_for_the_rest() -> None:
    undated = dossier(certificate(None)).with_presented("single", True)
    assert troubles(undated, CERTIFICATE) == []
    expired = dossier(certificate("2020-01-02")).with_presented("single", True)
    assert standing(expired, CERTIFICATE) is Standing.TICKED
    told = findings(expired, procedure(CERTIFICATE), TODAY, kinds=KINDS)
    assert [(finding.code, finding.blocking) for finding in told if finding.code.startswith("paper.")] == [
        ("paper.expired", False)
    ]


def test_a_missing_signature_is_a_doubt_until_somebody_has_looked() -> None:
    wanted = RequiredPaper("birth", "Giấy khai sinh", ("birth_certificate",))
    made = dossier(reading(field("number", "12"), field("signed_by", "", accepted=False)))
    assert troubles(dossier(reading(field("number", "12"))), wanted) == [(Trouble.SIGNATURE_UNSEEN, False)]
    assert troubles(made, wanted) == []
    seen = made.with_entry(made.entry("p1/signed_by").checked(OFFICER, NOW))
    assert troubles(seen, wanted) == [(Trouble.UNSIGNED, True)]


def test_the_back_of_a_card_alone_and_a_paper_brought_instead_are_told_from_nothing_at_all() -> None:
    back = typed().with_page(page(1)).with_reading("p1", card_back(NUMBER))
    assert troubles(back, SHOWN) == [(Trouble.FRONT_MISSING, True)]
    assert troubles(dossier(reading(kind="birth_certificate")), NOTICE) == [(Trouble.WRONG_KIND, True)]
    certificate_too = RequiredPaper("birth", "Giấy khai sinh", ("birth_certificate",))
    item = listed(dossier(reading(kind="birth_certificate")), NOTICE, certificate_too).item("notice")
    assert item is not None
    assert item.problems == ()


def test_an_extract_does_not_stand_for_the_certificate_where_the_certificate_itself_is_wanted() -> None:
    wanted = RequiredPaper("birth", "Giấy khai sinh", ("birth_certificate",))
    itself = replace(wanted, not_titled=("Trích lục",))
    head = f"{STATE}\nTRÍCH LỤC KHAI SINH\n(BẢN SAO)"
    extract = dossier(sheet("birth_certificate", head, SIGNED))
    assert standing(extract, wanted) is Standing.TICKED
    assert (standing(extract, itself), troubles(extract, itself)) == (Standing.MISSING, [(Trouble.WRONG_KIND, True)])
    assert standing(dossier(sheet("birth_certificate", f"{STATE}\nGIẤY KHAI SINH", SIGNED)), itself) is Standing.TICKED


def test_somebody_elses_card_is_told_but_not_that_of_whoever_sent_them() -> None:
    other = typed().with_page(page(1)).with_reading("p1", card_front("001199000999", "Trần Văn Mẫu"))
    assert troubles(other, SHOWN) == [(Trouble.OTHER_PERSON, False)]
    assert troubles(typed().with_page(page(1)).with_reading("p1", card_front(NUMBER)), SHOWN) == []
    sent = dossier(
        card_front("001199000999", "Trần Văn Mẫu"),
        reading(field("principal.full_name", "TRẦN VĂN MẪU"), kind="power_of_attorney"),
    )
    assert troubles(sent, SHOWN) == []


def test_of_several_the_officer_counts() -> None:
    two = replace(FORM, originals=1, copies=2)
    made = dossier(reading(kind="birth_registration_form"))
    assert troubles(made, two) == [(Trouble.UNCOUNTED, False)]
    assert troubles(made.with_counted("form", 2), two) == [(Trouble.TOO_FEW, True)]
    assert troubles(made.with_counted("form", 3), two) == []
    (lack,) = lacks(listed(made.with_counted("form", 2), two))
    assert (lack.originals, lack.copies, lack.certain) == (0, 1, True)


def test_a_question_is_asked_only_while_its_answer_matters() -> None:
    made = listed(dossier(), FORM, PROXY, conditions=(BY_PROXY,))
    assert made.question == BY_PROXY
    assert standing_of(made, "proxy") is Standing.PENDING
    yes = listed(dossier().with_condition("by_proxy", True), FORM, PROXY, conditions=(BY_PROXY,))
    assert (yes.question, standing_of(yes, "proxy")) == (None, Standing.MISSING)
    no = listed(dossier().with_condition("by_proxy", False), FORM, PROXY, conditions=(BY_PROXY,))
    assert (no.question, no.item("proxy")) == (None, None)
    there = listed(dossier(reading(kind="power_of_attorney")), FORM, PROXY, conditions=(BY_PROXY,))
    assert (there.question, standing_of(there, "proxy")) == (None, Standing.TICKED)


def standing_of(made: Checklist, key: str) -> Standing:
    item = made.item(key)
    assert item is not None
    return item.standing


def test_questions_come_one_at_a_time_and_an_answer_is_taken_back() -> None:
    married, abroad = Condition("married", "Đã kết hôn?"), Condition("abroad", "Ở nước ngoài?")
    papers = (
        RequiredPaper("divorce", "Bản án ly hôn", when=("married",)),
        RequiredPaper("consular", "Giấy hợp pháp hóa", when=("married", "abroad")),
    )
    asked = asking(*papers, conditions=(married, abroad))
    made = dossier()
    assert checklist(made, asked, KINDS, TODAY).question == married
    yes = made.with_condition("married", True)
    assert checklist(yes, asked, KINDS, TODAY).question == abroad
    assert checklist(yes, asked, KINDS, TODAY).answered == ((married, True),)
    no = made.with_condition("married", False)
    assert checklist(no, asked, KINDS, TODAY).question is None
    assert no.with_condition("married", None) == made


def test_what_was_scanned_suggests_the_answer_and_decides_nothing() -> None:
    also = RequiredPaper("id_of_principal", "Giấy tờ của người ủy quyền", when=("by_proxy",))
    made = listed(dossier(reading(kind="power_of_attorney")), PROXY, also, conditions=(BY_PROXY,))
    assert (made.question, made.suggested) == (BY_PROXY, True)
    assert standing_of(made, "id_of_principal") is Standing.PENDING
    not_told = listed(dossier(), PROXY, also, conditions=(BY_PROXY,))
    assert (not_told.question, not_told.suggested) == (BY_PROXY, None)


def test_an_open_question_about_papers_to_hand_in_blocks_and_one_about_papers_to_show_does_not() -> None:
    shown = replace(PROXY, handling=Handling.PRESENT)
    for paper, blocking in ((PROXY, True), (shown, False)):
        told = findings(dossier(), asking(paper, conditions=(BY_PROXY,)), TODAY, kinds=KINDS)
        assert [one.blocking for one in told if one.code == "question.open"] == [blocking]


def test_only_the_papers_of_the_case_are_asked_for() -> None:
    late = replace(NOTICE, cases=("late",))
    asked = replace(
        procedure(FORM, late), cases=(Case("usual", "", 1, TimeUnit.DAY), Case("late", "", 2, TimeUnit.DAY))
    )
    assert checklist(dossier(), asked, KINDS, TODAY).item("notice") is None
    assert checklist(replace(dossier(), case="late"), asked, KINDS, TODAY).item("notice") is not None


def test_trap_11_a_row_that_is_only_a_note_is_no_component() -> None:
    note = RequiredPaper("note", "Lưu ý: người yêu cầu chịu trách nhiệm", originals=0, copies=0)
    made = listed(dossier(), note, FORM)
    assert [item.wanted.key for item in made.items] == ["form"]
    assert [lack.key for lack in lacks(made)] == ["form"]


def test_trap_13_papers_that_are_only_shown_never_block_and_need_no_scan() -> None:
    group = [replace(SHOWN, key=key, kinds=(), one_of="either") for key in ("one", "other")]
    both = replace(SHOWN, key="both", both_sides=True)
    made = typed().with_page(page(1)).with_reading("p1", card_front(NUMBER))
    told = findings(made, procedure(SHOWN, both, *group), TODAY, kinds=KINDS)
    assert [one.code for one in told if one.blocking and one.code.startswith("paper")] == []
    noted = typed("card", "both", "one")
    assert listed(noted, SHOWN, both, *group).complete
    assert not noted.pages


_KINDS = ("birth_notice", "birth_certificate", "power_of_attorney", "residence_confirmation")


@st.composite
def required(draw: st.DrawFn) -> RequiredPaper:
    return RequiredPaper(
        key=draw(st.sampled_from("abcdef")),
        name="Giấy",
        kinds=tuple(draw(st.lists(st.sampled_from(_KINDS), max_size=2, unique=True))),
        handling=draw(st.sampled_from(Handling)),
        required=draw(st.booleans()),
        one_of=draw(st.sampled_from([None, None, "group"])),
        when=tuple(draw(st.lists(st.sampled_from(["p", "!p", "q", "!q"]), max_size=2, unique=True))),
    )


PROCEDURES = st.lists(required(), max_size=6, unique_by=lambda paper: paper.key).map(
    lambda papers: asking(*papers, conditions=(Condition("p", "P?"), Condition("q", "Q?")))
)
PILES = st.lists(st.sampled_from((*_KINDS, "other")), max_size=4)


def pile_of(kinds: list[str]) -> Dossier:
    """Each page a paper of its own, with all that could be asked of it."""
    made = dossier(*(reading(SIGNED, field("valid_until", "2027-01-01"), kind=kind) for kind in kinds))
    for number in range(2, len(kinds) + 1):
        made = set_apart(made, f"p{number}", OFFICER)
    return made


def blocking(made: Dossier, asked: Procedure) -> int:
    return sum(item.blocks for item in checklist(made, asked, KINDS, TODAY).items)


@given(PROCEDURES, PILES, st.data())
def test_a_right_paper_never_makes_more_things_missing(asked: Procedure, kinds: list[str], data: st.DataObject) -> None:
    wanted = sorted({kind for paper in asked.papers for kind in paper.kinds}) or ["other"]
    more = data.draw(st.sampled_from(wanted))
    assert blocking(pile_of([*kinds, more]), asked) <= blocking(pile_of(kinds), asked)


@given(PROCEDURES, PILES)
def test_between_them_the_answers_ask_for_every_paper_of_the_case(asked: Procedure, kinds: list[str]) -> None:
    made = pile_of(kinds)
    answers = [(p, q) for p in (True, False) for q in (True, False)]
    told = [checklist(made.with_condition("p", p).with_condition("q", q), asked, KINDS, TODAY) for p, q in answers]
    assert all(one.question is None for one in told)
    possible = {paper.key for paper in asked.papers if not {name.strip("!") for name in paper.when} & opposed(paper)}
    assert {item.wanted.key for one in told for item in one.items} == possible


def opposed(paper: RequiredPaper) -> set[str]:
    """Conditions of which a paper wants both yes and no: nobody ever needs it."""
    return {name for name in ("p", "q") if {name, f"!{name}"} <= set(paper.when)}


@given(PROCEDURES, PILES)
def test_the_order_of_pages_and_of_answers_makes_no_difference(asked: Procedure, kinds: list[str]) -> None:
    one = pile_of(kinds).with_condition("p", True).with_condition("q", False)
    other = pile_of(kinds[::-1]).with_condition("q", False).with_condition("p", True)
    stand = [
        {item.wanted.key: item.standing for item in checklist(made, asked, KINDS, TODAY).items} for made in (one, other)
    ]
    assert stand[0] == stand[1]


@given(PROCEDURES, PILES)
def test_everything_that_blocks_is_on_the_slip_and_only_once(asked: Procedure, kinds: list[str]) -> None:
    made = checklist(pile_of(kinds), asked, KINDS, TODAY)
    on_slip = [item.wanted.key for lack in lacks(made) if lack.certain for item in lack.items]
    assert len(on_slip) == len(set(on_slip))
    assert {item.wanted.key for item in made.items if item.blocks} <= set(on_slip)
