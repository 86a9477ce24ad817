"""The officer joins pages and sets them apart; whatever the machine thinks, that stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.dossier import Dossier
from station.dossier.grouping import goes_on, joined, paper_of, papers, set_apart, settled
from station.dossier.images import judged
from station.dossier.judgement import Judgement
from station.dossier.missing import missing_keys
from station.dossier.papers import Plain
from station.dossier.reading import PageReading
from station.errors import RuleError
from tests.unit.dossier.invented import OFFICER, field, page
from tests.unit.dossier.piles import (
    SIGNED,
    birth,
    blank,
    card_back,
    card_front,
    numbers,
    pile,
    residence_form,
    sheet,
)

A, B = "001199000123", "040198003517"
SHEETS = st.sampled_from(
    [
        birth("1/2020", "Trần Văn An"),
        birth("9/2022", "Trần Thị Bé"),
        blank(),
        card_front(A),
        card_front(B),
        card_front(None),
        card_back(A),
        card_back(B),
        card_back(None),
        residence_form(),
        residence_form(SIGNED),
        sheet("other", "12. Nội dung khác\nTrang 2/2"),
        sheet("other", "nội dung không có đầu đề"),
        sheet("residence_confirmation", "3 Trần Thị Bé Nữ", confidence=0.5),
        None,
    ]
)
Deed = tuple[str, int, int]


@st.composite
def piles(draw: st.DrawFn) -> Dossier:
    """Any sequence of pages; None is a page that could not be read."""
    made = pile()
    for number, read in enumerate(draw(st.lists(SHEETS, min_size=1, max_size=9)), 1):
        made = made.with_page(page(number))
        made = _read(made, f"p{number}", read)
    return made


def _read(made: Dossier, page_id: str, read: PageReading | None) -> Dossier:
    return made.with_reading(page_id, read) if read else made.with_failure(page_id, "reading.failed")


@given(piles())
def test_any_pile_is_partitioned_in_its_order(made: Dossier) -> None:
    found = papers(made)
    assert sorted(one.id for paper in found for one in paper.pages) == sorted(one.id for one in made.pages)
    assert [paper.number for paper in found] == list(range(1, len(found) + 1))
    assert [paper.id for paper in found] == [paper.pages[0].id for paper in found]
    for group in numbers(found):
        assert group == sorted(group)
    firsts = [group[0] for group in numbers(found)]
    assert firsts == sorted(firsts)
    assert all(0.5 <= place.confidence <= 1 for paper in found for place in paper.places)


@given(piles(), st.data())
def test_what_the_officer_says_always_wins(made: Dossier, data: st.DataObject) -> None:
    """Also against what was said before: only the last word about two pages counts."""
    pages = st.integers(0, len(made.pages) - 1)
    for deed in data.draw(st.lists(st.tuples(st.sampled_from(["join", "apart"]), pages, pages), max_size=6)):
        made = _done(made, deed)


def _done(made: Dossier, deed: Deed) -> Dossier:
    what, one, other = deed
    page_id, other_id = made.pages[one].id, made.pages[other].id
    if what == "apart":
        made = set_apart(made, page_id, OFFICER)
        assert page_id in {paper.id for paper in papers(made)}
    elif page_id != other_id:
        made = joined(made, page_id, other_id, OFFICER)
        assert any({page_id, other_id} <= {place.page.id for place in paper.places} for paper in papers(made))
    return made


@given(piles(), st.data())
def test_a_settled_pile_stays_as_it_was_and_nothing_is_asked(made: Dossier, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(made.pages) - 1))
    made = set_apart(made, made.pages[at].id, OFFICER)
    done = settled(made)
    assert numbers(papers(done)) == numbers(papers(made))
    assert all(place.why is Plain.DECIDED and not place.unsure for paper in papers(done) for place in paper.places)
    assert [one.goes_with_set_by for one in done.pages] == [one.goes_with_set_by for one in made.pages]


@given(piles(), st.data())
def test_a_page_that_is_taken_out_takes_no_other_decided_page_along(made: Dossier, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(made.pages) - 1))
    before = papers(settled(made))
    gone = made.pages[at].id
    after = papers(settled(made).without_page(gone))
    expected = [{one.id for one in paper.pages} - {gone} for paper in before]
    assert sorted(map(sorted, filter(None, expected))) == sorted(
        sorted(one.id for one in paper.pages) for paper in after
    )


def test_a_page_set_apart_takes_along_what_goes_on_from_it() -> None:
    made = pile(residence_form("3 An"), sheet("other", "4 Bé\n5 Ba"), sheet("other", "6 Tư"))
    assert numbers(papers(made)) == [[1, 2, 3]]
    made = set_apart(made, "p2", OFFICER)
    assert numbers(papers(made)) == [[1], [2, 3]]
    assert made.page("p2").goes_with_set_by == OFFICER


def test_a_page_is_joined_to_a_paper_further_up_or_further_down() -> None:
    made = pile(birth("1/2020", "An"), residence_form(SIGNED), birth("9/2022", "Bé"))
    assert numbers(papers(joined(made, "p3", "p1", OFFICER))) == [[1, 3], [2]]
    assert numbers(papers(joined(made, "p1", "p3", OFFICER))) == [[1, 3], [2]]


def test_a_side_can_be_given_to_the_other_card() -> None:
    made = pile(card_front(None), card_front(None), card_back(None), card_back(None))
    assert numbers(papers(made)) == [[1, 4], [2, 3]]
    assert [place.unsure for paper in papers(made) for place in paper.places] == [False, True, False, True]
    made = joined(made, "p3", "p1", OFFICER)
    assert numbers(papers(made)) == [[1, 3], [2, 4]]


def test_a_page_cannot_be_joined_to_itself_and_a_closed_dossier_not_at_all() -> None:
    made = pile(birth("1/2020", "An"), birth("9/2022", "Bé"))
    with pytest.raises(RuleError, match=r"dossier\.same_page"):
        joined(made, "p1", "p1", OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.no_such_page"):
        joined(made, "p1", "p9", OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        set_apart(made.discarded(), "p1", OFFICER)


def test_a_page_that_goes_on_lacks_what_no_page_of_its_paper_has() -> None:
    keys = ("request", "subject.full_name", "members[0].full_name")
    second = sheet("other", "2 Trần Thị Bé Nữ", field("members[1].full_name", "Trần Thị Bé"))
    made = pile(residence_form("1 Trần Văn An Nam"), second, birth("1/2020", "An"))
    assert goes_on(made, "p2")
    assert not goes_on(made, "p1")
    assert paper_of(made, "p2").kind == "residence_form"
    assert missing_keys(made, "p2", keys) == ("request", "members[0].full_name", "members[2].full_name")
    apart = set_apart(made, "p2", OFFICER)
    assert "subject.full_name" in missing_keys(apart, "p2", keys)


def test_papers_found_on_one_glass_are_not_bound_by_what_was_said_of_the_page() -> None:
    made = set_apart(pile(birth("1/2020", "An"), birth("9/2022", "Bé")), "p2", OFFICER)
    top, bottom = ((0.0, 0.0), (9.0, 0.0), (9.0, 4.0), (0.0, 4.0)), ((0.0, 5.0), (9.0, 5.0), (9.0, 9.0), (0.0, 9.0))
    split = judged(made, "p2", Judgement((), "f", (top, bottom)), ("p3",))
    assert [page.id for page in split.pages] == ["p1", "p2", "p3"]
    assert [page.goes_with for page in split.pages] == [None, "p2", None]
