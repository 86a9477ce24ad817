"""Answering the procedure's questions, counting papers, and giving the slip of what is missing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from station import paths
from station.actions.change import Change
from station.actions.checklist_desk import ChecklistDesk
from station.actions.make_receipt import Office
from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.errors import InputError, RuleError
from station.forms.folder import load_forms
from station.forms.forms import Forms
from station.scan.papers.folder import load_papers
from station.ui.checklist_words import words_of_slip
from tests.people import attendance
from tests.unit.actions.conftest import OFFICER, Counter, read, reading

STATUS = "1.004873"
FORM = reading(read("applicant.full_name", "Nguyễn Thị Đăng"), kind="marital_status_form")


@pytest.fixture
def desk(counter: Counter) -> ChecklistDesk:
    kinds = load_papers(paths.resources() / "papers").kinds
    office = Office("ỦY BAN NHÂN DÂN XÃ MẪU", "Trung tâm Phục vụ hành chính công", attendance(), practice=False)
    forms = Forms(paths.resources() / "fonts", load_forms(paths.resources() / "forms"))
    change, words = Change(counter.dossiers, counter.clock), words_of_slip(kinds)
    return ChecklistDesk.over(
        change, counter.dossiers, counter.procedures, kinds, counter.calendar, counter.clock, office, words, forms
    )


def asked(counter: Counter, desk: ChecklistDesk, *, proxy: bool = False) -> Dossier:
    """A dossier of which every question has been answered."""
    dossier = counter.identified(STATUS)
    while question := desk.see(dossier).question:
        dossier = desk.answer_condition(dossier.id, question.key, proxy and question.key == "by_proxy", OFFICER)
    return dossier


def test_an_answer_is_kept_and_taken_back(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = counter.identified(STATUS)
    dossier = desk.answer_condition(dossier.id, "by_proxy", True, OFFICER)
    assert counter.get(dossier).conditions == {"by_proxy": True}
    dossier = desk.answer_condition(dossier.id, "by_proxy", None, OFFICER)
    assert counter.get(dossier).conditions == {}
    assert counter.deeds(dossier).count("answer_condition") == 2


def test_a_question_that_the_procedure_does_not_ask_is_refused(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = counter.identified(STATUS)
    with pytest.raises(RuleError, match=r"dossier\.no_such_question"):
        desk.answer_condition(dossier.id, "likes_tea", True, OFFICER)
    assert counter.get(dossier).conditions == {}


def test_a_count_is_kept_and_nobody_counts_a_thousand(counter: Counter) -> None:
    dossier = counter.identified(STATUS)
    dossier = counter.note_paper.count(dossier.id, "request_form", 2, OFFICER)
    assert counter.get(dossier).counted == {"request_form": 2}
    with pytest.raises(InputError, match=r"value\.bad_count"):
        counter.note_paper.count(dossier.id, "request_form", 1000, OFFICER)
    assert counter.note_paper.count(dossier.id, "request_form", None, OFFICER).counted == {}


def test_the_slip_lists_everything_once_under_a_number_of_its_own(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = asked(counter, desk, proxy=True)
    given = desk.request_supplement(dossier.id, OFFICER)
    (slip,) = counter.get(given).slips
    assert slip.number == "0001/HDHS"
    assert (slip.person_name, slip.procedure_code, slip.officer) == ("Nguyễn Thị Đăng", STATUS, "Cán bộ Mẫu")
    assert [(row.originals, row.copies) for row in slip.rows] == [(1, 0), (1, 0)]
    assert [row.name.split()[0] for row in slip.rows] == ["Tờ", "Văn"]  # the form, and the power of attorney
    assert all(row.reason.startswith("Chưa có trong hồ sơ.") for row in slip.rows)
    assert "request_supplement" in counter.deeds(dossier)


def test_the_same_slip_comes_out_again_until_something_on_it_changes(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = asked(counter, desk, proxy=True)
    first = desk.request_supplement(dossier.id, OFFICER).slips[-1]
    counter.clock.time += timedelta(days=1)
    again = desk.request_supplement(dossier.id, OFFICER)
    assert again.slips == (first,)
    assert desk.request_supplement.look(again) == first
    assert desk.request_supplement.images(first, 40) == desk.request_supplement.images(again.slips[-1], 40)
    counter.page(dossier, reading=FORM)
    changed = desk.request_supplement(dossier.id, OFFICER)
    assert [slip.number for slip in changed.slips] == ["0001/HDHS", "0002/HDHS"]
    assert len(changed.slips[-1].rows) == 1
    assert counter.deeds(dossier).count("request_supplement") == 2
    assert counter.deeds(dossier).count("repeat_supplement") == 1


def test_numbers_begin_anew_each_year(counter: Counter, desk: ChecklistDesk) -> None:
    desk.request_supplement(asked(counter, desk).id, OFFICER)
    counter.clock.time = datetime(2027, 1, 4, 8, 0, tzinfo=VIETNAM)
    dossier = asked(counter, desk)
    assert desk.request_supplement(dossier.id, OFFICER).slips[-1].number == "0001/HDHS"


def test_no_slip_is_given_while_it_could_not_be_complete(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = counter.identified(STATUS)
    with pytest.raises(RuleError, match=r"dossier\.questions_open"):
        desk.request_supplement(dossier.id, OFFICER)
    dossier = asked(counter, desk)
    counter.page(dossier)
    with pytest.raises(RuleError, match=r"dossier\.pages_unread"):
        desk.request_supplement(dossier.id, OFFICER)
    assert counter.get(dossier).slips == ()


def test_nothing_is_asked_for_where_nothing_lacks(counter: Counter, desk: ChecklistDesk) -> None:
    dossier = asked(counter, desk)
    counter.page(dossier, reading=FORM)
    with pytest.raises(RuleError, match=r"dossier\.nothing_lacks"):
        desk.request_supplement(dossier.id, OFFICER)


def test_what_is_only_doubtful_stands_on_the_slip_when_the_officer_says_so(
    counter: Counter, desk: ChecklistDesk
) -> None:
    dossier = asked(counter, desk)
    other = reading(read("applicant.full_name", "Trần Văn Mẫu"), kind="marital_status_form")
    counter.page(dossier, reading=other)
    dossier = counter.get(dossier)
    assert desk.request_supplement.look(dossier).rows == ()
    (row,) = desk.request_supplement.look(dossier, {"request_form"}).rows
    assert row.reason == "Bản đã nộp mang tên Trần Văn Mẫu; cần giấy của Nguyễn Thị Đăng."


def test_trap_12_no_slip_of_any_procedure_asks_for_a_certified_copy(counter: Counter, desk: ChecklistDesk) -> None:
    demanded = []
    for procedure in counter.procedures.all():
        dossier = counter.identified(procedure.code)
        for case in procedure.cases:
            dossier = counter.choose_case(dossier.id, case.key, OFFICER)
            while question := desk.see(dossier).question:
                dossier = desk.answer_condition(dossier.id, question.key, True, OFFICER)
            told = [f"{row.name}. {row.reason}".casefold() for row in desk.request_supplement.look(dossier).rows]
            wanted = ("bản sao chứng thực", "bản sao có chứng thực", "bản sao được chứng thực", "bản sao công chứng")
            demanded += [(procedure.code, text) for text in told if any(words in text for words in wanted)]
    assert demanded == []


def test_trap_14_who_filed_online_is_answered_within_eight_working_hours(counter: Counter, desk: ChecklistDesk) -> None:
    counter.clock.time = datetime(2026, 11, 20, 15, 0, tzinfo=VIETNAM)  # a Friday afternoon
    dossier = counter.identified(STATUS)
    due = desk.request_supplement.answer_by(dossier)
    assert due.date().isoformat() == "2026-11-23"
    assert counter.calendar.is_working(due.date())
