"""A pile of pages becomes papers, without separator sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.dossier.card_sides import Tie
from station.dossier.continuation import Clue
from station.dossier.dossier import Dossier
from station.dossier.papers import ASK_BELOW, Plain, papers_of
from station.dossier.reading import PageReading
from tests.unit.dossier.invented import OFFICER, page
from tests.unit.dossier.piles import (
    SIGNED,
    STATE,
    birth,
    blank,
    card_back,
    card_front,
    numbers,
    papers,
    pile,
    residence_form,
    sheet,
)

A, B = "001199000123", "040198003517"
WORDS = ("tôi", "gia đình", "cơ quan", "công an", "ủy ban")


def test_no_pages_are_no_papers() -> None:
    assert papers() == ()


def test_each_titled_page_is_a_paper() -> None:
    found = papers(birth("1/2020", "Trần Văn An"), residence_form(SIGNED), sheet("other", f"{STATE}\nĐƠN XIN VIỆC"))
    assert numbers(found) == [[1], [2], [3]]
    assert [paper.number for paper in found] == [1, 2, 3]
    assert [paper.kind for paper in found] == ["birth_certificate", "residence_form", "other"]
    assert not any(place.unsure for paper in found for place in paper.places)


def test_the_second_page_of_a_form_belongs_to_it_though_its_kind_is_unknown() -> None:
    second = sheet("other", f"2 Trần Thị Bé 01/02/2015 Nữ Con đẻ\n{SIGNED}")
    (paper,) = papers(residence_form("1 Trần Văn An 03/04/2012 Nam Con đẻ"), second)
    assert (paper.kind, paper.why) == ("residence_form", Clue.ITEMS_GO_ON)
    assert paper.confidence > ASK_BELOW


def test_a_table_that_goes_on_belongs_to_the_paper_though_another_kind_was_guessed() -> None:
    second = sheet("residence_confirmation", "5 Trần Thị Bé 01/02/2015 Nữ Con đẻ\n6 Trần Văn Út Nam", confidence=0.55)
    first = residence_form("3 Trần Văn An Nam Con đẻ\n4 Trần Văn Ba Nam Con đẻ")
    assert numbers(papers(first, second)) == [[1, 2]]


@pytest.mark.parametrize("mark", ["Trang 2/3", "trang 2 / 3", "2/3", "- 2 -", "Tờ số 2", "Page 2 of 3", "TRANG: 2"])
def test_a_page_number_that_follows_tells_it_whatever_it_looks_like(mark: str) -> None:
    first = sheet("application", f"{STATE}\nĐƠN ĐỀ NGHỊ\nKính gửi: Ủy ban nhân dân xã\n{SIGNED}")
    found = papers(first, sheet("other", f"{mark}\nNội dung khác của việc này như sau."))
    assert numbers(found) == [[1, 2]]
    assert found[0].places[1].why is Clue.PAGE_FOLLOWS
    assert not found[0].places[1].unsure


def test_page_one_begins_a_paper_and_page_three_goes_on_behind_page_two() -> None:
    def numbered(mark: str) -> PageReading:
        return sheet("other", f"nội dung của hợp đồng này\n{mark}")

    found = papers(*map(numbered, ["Trang 1/3", "Trang 2/3", "Trang 3/3", "Trang 1/2", "Trang 2/2"]))
    assert numbers(found) == [[1, 2, 3], [4, 5]]


def test_a_page_of_another_count_does_not_follow() -> None:
    first = sheet("other", f"{STATE}\nHỢP ĐỒNG THUÊ NHÀ\nTrang 1/3")
    (one, other) = papers(first, sheet("other", f"{STATE}\nBIÊN BẢN BÀN GIAO\nTrang 2/2"))
    assert other.places[0].unsure or other.why is Clue.HEADING
    assert numbers([one]) == [[1]]


def test_a_page_that_something_was_laid_between_is_found_by_its_number() -> None:
    first = sheet("other", f"{STATE}\nHỢP ĐỒNG THUÊ NHÀ\nĐiều 1. Bên A cho thuê\nTrang 1/2")
    second = sheet("other", "Điều 2. Giá thuê\nTrang 2/2")
    assert numbers(papers(first, birth("1/2020", "Trần Văn An"), second)) == [[1, 3], [2]]


def test_two_certificates_of_two_children_are_two_papers() -> None:
    found = papers(birth("1/2020", "Trần Văn An"), birth("9/2022", "Trần Thị Bé"))
    assert numbers(found) == [[1], [2]]
    assert all(paper.confidence > 0.9 for paper in found)


def test_two_certificates_are_two_papers_also_where_the_heading_of_the_second_was_not_read() -> None:
    second = birth("9/2022", "Trần Thị Bé")
    second = replace(second, text=second.text.replace(STATE, "").replace("GIẤY KHAI SINH", "GlAV KHAl S1NH"))
    assert numbers(papers(birth("1/2020", "Trần Văn An"), second)) == [[1], [2]]


def test_the_same_paper_scanned_twice_is_no_second_page() -> None:
    text = "Điều kiện khác của việc thuê nhà này do hai bên tự thỏa thuận với nhau, ghi thành văn bản riêng"
    one = sheet("other", f"{STATE}\nHỢP ĐỒNG THUÊ NHÀ\n{text}\nTrang 1/2")
    second = sheet("other", f"{text}\nGiá thuê mỗi tháng là 3000000 đồng\nTrang 2/2\n{SIGNED}")
    found = papers(one, second, second)
    assert numbers(found) == [[1, 2], [3]]
    assert found[1].why is Clue.TWICE


def test_a_blank_back_goes_with_the_page_before_it() -> None:
    found = papers(residence_form(SIGNED), blank(), birth("1/2020", "Trần Văn An"), sheet("other", "1"))
    assert numbers(found) == [[1, 2], [3, 4]]
    assert found[0].places[1].why is Plain.BLANK


def test_a_blank_first_page_is_a_paper_of_its_own_and_nothing_goes_on_from_it() -> None:
    assert numbers(papers(blank(), birth("1/2020", "Trần Văn An"))) == [[1], [2]]


@pytest.mark.parametrize("order", ["FB", "BF"])
@pytest.mark.parametrize("tie", [Tie.NUMBER, Tie.NAME, Tie.NEIGHBOUR])
def test_front_and_back_of_a_card_are_one_paper_in_either_order(order: str, tie: Tie) -> None:
    back = {
        Tie.NUMBER: card_back(A),
        Tie.NAME: card_back(None, "NGUYEN THI DANG"),
        Tie.NEIGHBOUR: card_back(None),
    }[tie]
    sides = {"F": card_front(A), "B": back}
    (paper,) = papers(*(sides[side] for side in order))
    assert (paper.kind, paper.why) == ("citizen_card_front", tie)
    assert paper.has_both_sides
    assert paper.kinds == {"citizen_card_front", "citizen_card_back"}
    assert paper.confidence > ASK_BELOW


def test_two_fronts_before_their_two_backs_are_paired_by_number() -> None:
    found = papers(card_front(A), card_front(B), card_back(B), card_back(A))
    assert numbers(found) == [[1, 4], [2, 3]]


def test_sides_of_two_different_people_are_never_one_card() -> None:
    found = papers(card_front(A), card_back(B))
    assert numbers(found) == [[1], [2]]
    assert not any(paper.has_both_sides for paper in found)


def test_a_side_that_says_nothing_goes_with_what_is_left_over() -> None:
    found = papers(card_front(A), card_front(B), card_back(None), card_back(A))
    assert numbers(found) == [[1, 4], [2, 3]]


def test_sides_that_say_nothing_and_lie_apart_are_asked_about() -> None:
    found = papers(card_front(A), birth("1/2020", "Trần Văn An"), card_back(None))
    assert numbers(found) == [[1, 3], [2]]
    assert [place.unsure for place in found[0].places] == [False, True]


def test_a_blank_page_between_the_sides_does_not_part_them() -> None:
    assert numbers(papers(card_front(None), blank(), card_back(None))) == [[1, 2, 3]]


def test_what_follows_a_card_does_not_go_on_from_it() -> None:
    found = papers(card_front(A), card_back(A), sheet("other", "một tờ giấy viết tay không có tiêu đề"))
    assert numbers(found) == [[1, 2], [3]]


def test_an_untitled_page_behind_a_signed_paper_is_asked_about() -> None:
    found = papers(residence_form(SIGNED), sheet("other", "Ghi chú khác về việc này."))
    assert found[-1].places[-1].unsure


def test_what_the_officer_calls_another_kind_is_another_paper() -> None:
    made = pile(residence_form("3 Trần Văn An Nam"), sheet("other", "4 Trần Thị Bé Nữ"))
    assert numbers(papers_of(made.pages, made.entries)) == [[1, 2]]
    made = made.with_kind("p2", "birth_notice", OFFICER)
    assert numbers(papers_of(made.pages, made.entries)) == [[1], [2]]


def test_a_page_still_being_read_is_not_asked_about_and_one_that_failed_is() -> None:
    made: Dossier = pile(residence_form()).with_page(page(2))
    assert [paper.confidence for paper in papers_of(made.pages)] == [1.0, 1.0]
    (_, failed) = papers_of(made.with_failure("p2", "reading.failed").pages)
    assert failed.why is Plain.UNREAD
    assert failed.places[0].unsure


@pytest.mark.parametrize("order", [0, 1])
def test_an_unknown_page_with_the_cards_number_is_its_other_side_and_is_asked_about(order: int) -> None:
    unknown = sheet("other", f"{STATE}\nCĂN CƯỚC CÔNG DÂN\n{A}\nNGUYỄN THỊ ĐĂNG")
    found = papers(*[unknown, card_back(A)][:: 1 - 2 * order])
    assert numbers(found) == [[1, 2]]
    assert found[0].places[1].unsure


def test_a_long_paper_with_the_cards_number_is_not_its_other_side() -> None:
    long = sheet("other", f"{STATE}\nHỢP ĐỒNG THUÊ NHÀ\nBên A số {A}\n" + "hai bên cùng thỏa thuận như sau " * 20)
    assert numbers(papers(card_front(A), long)) == [[1], [2]]


def test_a_numbered_page_does_not_go_far_back_to_a_paper_that_says_no_numbers() -> None:
    second = sheet("other", "nội dung khác\nTrang 2/2")
    found = papers(birth("1/2020", "An"), card_front(A), card_back(A), second)
    assert numbers(found) == [[1], [2, 3], [4]]


def test_a_page_scanned_again_is_known_though_its_second_reading_lacks_lines() -> None:
    body = "\n".join(
        f"{word} đề nghị được xem xét giải quyết theo quy định {place}" for place, word in enumerate(WORDS)
    )
    first = sheet("power_of_attorney", f"{STATE}\nGIẤY ỦY QUYỀN\n{body}")
    again = sheet("power_of_attorney", body)
    found = papers(first, again)
    assert numbers(found) == [[1], [2]]
    assert found[1].why is Clue.TWICE


def test_pages_that_the_gate_calls_the_same_are_not_one_paper() -> None:
    made = pile(sheet("other", f"{STATE}\nĐƠN"), sheet("other", "12. Điều thứ ba"), sheet("other", "13. Điều sau"))
    assert numbers(papers_of(made.pages)) == [[1, 2, 3]]
    pages = (*made.pages[:2], replace(made.pages[2], same_as="p2"))
    assert numbers(papers_of(pages)) == [[1, 2], [3]]


def test_two_papers_on_one_glass_share_the_image_and_are_not_taken_for_one_scanned_twice() -> None:
    made = pile(residence_form("3 Trần Văn An Nam"), sheet("other", "4 Trần Thị Bé Nữ"))
    top, bottom = ((0.0, 0.0), (9.0, 0.0), (9.0, 4.0), (0.0, 4.0)), ((0.0, 5.0), (9.0, 5.0), (9.0, 9.0), (0.0, 9.0))
    one, other = made.pages
    pages = (replace(one, outline=top), replace(other, sha256=one.sha256, outline=bottom))
    assert numbers(papers_of(pages)) == [[1, 2]]
    assert numbers(papers_of((one, replace(other, sha256=one.sha256)))) == [[1], [2]]


def test_the_word_contract_in_a_sentence_is_no_signature() -> None:
    first = sheet("other", f"{STATE}\nHỢP ĐỒNG\nkể từ ngày hai bên ký vào hợp đồng này và")
    (paper,) = papers(first, sheet("other", "được lập thành hai bản như nhau."))
    assert paper.why is Clue.SENTENCE_GOES_ON


def test_sides_whose_numbers_differ_in_a_digit_are_one_card_by_name_and_asked_about() -> None:
    found = papers(card_front("040198003517"), card_back("040198003577", "NGUYEN THI DANG"))
    assert numbers(found) == [[1, 2]]
    assert found[0].places[1].unsure
    twins = papers(card_front("040198003517"), card_back("040198003518", "NGUYEN THI BONG"))
    assert numbers(twins) == [[1], [2]]


def test_a_second_page_of_the_same_kind_may_name_other_people() -> None:
    second = sheet("residence_form", "5 Trần Thị Bé 040219001234 Con đẻ\n6 Trần Văn Út 040221004321", confidence=0.6)
    assert numbers(papers(residence_form(f"3 Trần Văn An {A}\n4 Trần Văn Ba {B}"), second)) == [[1, 2]]


def test_a_side_of_which_nothing_could_be_read_is_asked_about_in_either_order() -> None:
    mute = sheet("other", "Nơ1 cu tr / Plac of res dence Xa Tam Nng")
    (paper,) = papers(card_front(A), mute)
    assert (paper.why, paper.places[1].unsure) == (Tie.NEIGHBOUR, True)
    (_, front) = papers(mute, card_front(A))
    assert front.places[0].unsure
    assert not any(place.unsure for paper in papers(card_front(A), card_back(A), mute) for place in paper.places)
