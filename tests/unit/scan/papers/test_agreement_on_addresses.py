"""Addresses: units that there are, and what stands before them."""

import pytest

from station import paths
from station.dossier.reading import Doubt, Status
from station.gazetteer import load_gazetteer
from station.scan.papers.agreement import weigh
from tests.unit.scan.papers.read_values import LISTS, found


def test_reads_with_different_mistakes_make_one_right_address() -> None:
    weighed = weigh(
        found("Thôn Môt, xã Mẫu, tỉnh Lào Cai", "address"),
        ["Thôn Một, xã Mâu, tỉnh Lào Cai", "Thôn Một, xã Mẫu, tỉnh Lào Caj"],
        LISTS,
    )
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Thôn Một, xã Mẫu, tỉnh Lào Cai", Status.REVIEW)


def test_two_reads_are_enough_for_units_that_there_are_but_not_for_what_stands_before_them() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    right, torn = "xã Diễn Châu, tỉnh Nghệ An", "xã Diễn Châu, tỉnh Nghệ"
    for reads, status in (
        ((right, right, torn), Status.ACCEPTED),
        ((right, torn, torn), Status.REVIEW),
        ((f"Thôn 3, {right}", f"Thôn 3, {right}", f"Thôn 3, {torn}"), Status.ACCEPTED),
        ((f"Thôn 3, {right}", f"Thôn 3, {right}", f"Thôn 8, {right}"), Status.REVIEW),
    ):
        weighed = weigh(found(reads[0], "address"), reads[1:], LISTS, gazetteer=gazetteer)
        assert weighed is not None
        assert weighed.status is status
    made_up = "xã Mẫu, tỉnh Nghệ An"
    weighed = weigh(found(made_up, "address"), [made_up, made_up], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.status, weighed.doubt) == (Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_units_that_one_read_alone_got_right_are_taken_for_review() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    wrong = "Thôn 3, xã Diễn Châu, tỉnh Nghệ Am"
    weighed = weigh(found(wrong, "address"), [wrong, "Thôn 8, xã Diễn Châu, tỉnh Nghệ An"], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Thôn 3, xã Diễn Châu, tỉnh Nghệ An", Status.REVIEW)


@pytest.mark.parametrize(
    ("read", "status"),
    [
        ("Xã Diễn Châu, tỉnh Nghệ An", Status.ACCEPTED),
        ("Ủy ban nhân dân xã Diễn Châu, tỉnh Nghệ An", Status.ACCEPTED),
        ("Thôn Mẫu, xã Diễn Châu, tỉnh Nghệ An", Status.REVIEW),
        ("Xã Mẫu, tỉnh Nghệ An", Status.REVIEW),
    ],
)
def test_known_units_alone_are_closed_words_in_small_print_too(read: str, status: Status) -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    weighed = weigh(found(read, "address"), [read, read], LISTS, gazetteer=gazetteer, small_print=True)
    assert weighed is not None
    assert weighed.status is status


@pytest.mark.parametrize(
    ("read", "status"),
    [
        ("Xã Vĩnh Thuận,", Status.REVIEW),
        ("Xã Vĩnh Thuận, tỉnh An Giang,", Status.ACCEPTED),
        ("Trung tâm Y tế N", Status.REVIEW),
        ("Trung tâm Y tế Vĩnh Thuận", Status.ACCEPTED),
    ],
)
def test_an_address_that_goes_on_where_nothing_was_read_is_for_a_person(read: str, status: Status) -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    weighed = weigh(found(read, "address", confidence=0.93), [read] * 2, LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert weighed.status is status


def test_a_unit_one_letter_away_is_offered_before_the_reads_that_lost() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    read = "xã Diễn Chân, tỉnh Nghệ An"
    weighed = weigh(found(read, "address"), [read, "xã Diễn Chăn, tỉnh Nghệ An"], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.value, weighed.doubt) == (read, Doubt.UNKNOWN_WORD)
    assert weighed.others == ("xã Diễn Châu, tỉnh Nghệ An", "xã Diễn Chăn, tỉnh Nghệ An")


def test_the_rest_of_a_leader_behind_a_unit_is_no_part_of_its_name() -> None:
    text = "Thôn Lộc, xã Vĩnh Thạnh, tỉnh - Gia Lai"
    weighed = weigh(found(text, "address"), [text] * 2, LISTS)
    assert weighed is not None
    assert weighed.value == "Thôn Lộc, xã Vĩnh Thạnh, tỉnh Gia Lai"


@pytest.mark.parametrize(
    ("reads", "status"),
    [
        (("Thôn Hựng, xã Tam Nộng, tỉnh Đồng Tháp",) * 3, Status.REVIEW),
        (("Thôn Nông Hựng, xã Tam Nộng, tỉnh Đồng Tháp",) * 3, Status.REVIEW),
        (("xã Tam Nộng, tỉnh Đồng Tháp",) * 3, Status.ACCEPTED),
        (
            ("Thôn Hưng, xã Tam Nộng, tỉnh Đồng Tháp",) * 2 + ("Thôn Hưng, xã Tam Nông, tỉnh Đồng Tháp",),
            Status.ACCEPTED,
        ),
    ],
)
def test_where_no_read_has_the_marks_of_a_unit_those_before_it_are_for_a_person(
    reads: tuple[str, ...], status: Status
) -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    weighed = weigh(found(reads[0], "address"), reads[1:], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert weighed.value.endswith("xã Tam Nông, tỉnh Đồng Tháp")
    assert weighed.status is status
