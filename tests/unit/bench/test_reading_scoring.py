"""The benchmark counts as `docs/reading.md` says, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from bench.reading.report import score_all, shares
from bench.reading.scoring import Fault, PageScore, edits, same, score_page


def entry(value: str, status: str = "review", source: str = "ocr", key: str = "subject.full_name") -> dict[str, Any]:
    return {"key": key, "value": value, "status": status, "source": source, "box": [1, 2, 3, 4]}


def truth(**more: Any) -> dict[str, Any]:
    return {
        "file": "a.jpg", "kind": "birth_certificate", "fields": {"subject.full_name": "NGUYỄN VĂN AN"},
        "text": "Họ tên: NGUYỄN VĂN AN", "damage": {"profile": "scan"}, **more,
    }  # fmt: skip


def scored(*entries: dict[str, Any], **more: Any) -> PageScore:
    return score_page(truth(**more), {"kind": "birth_certificate", "fields": list(entries), "text": ""})


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("Nguyễn Văn An", "NGUYỄN VĂN AN", True),
        ("Thôn 3,  xã A.", "thôn 3, xã A", True),
        ("Hòa", "Hòa", True),
        ("Hòa", "Hoà", False),
        ("Thôn 3, xã A", "Thôn 3 xã A", False),
        ("012345678901", "12345678901", False),
    ],
)
def test_values_are_compared_without_case_spaces_and_marks_at_the_ends(one: str, other: str, equal: bool) -> None:
    assert same(one, other) is equal


def test_a_missing_field_is_wrong_and_is_counted_as_missing() -> None:
    page = scored()
    assert (page.counts["right"], page.counts["missing"], page.mistakes[0].fault) == (0, 1, Fault.MISSING)


def test_an_empty_value_is_no_report() -> None:
    assert scored(entry("")).counts["missing"] == 1
    assert scored(entry("", key="subject.sex")).counts["invented"] == 0


def test_the_entry_that_is_vouched_for_decides() -> None:
    page = scored(entry("NGUYỄN VĂN AN", "accepted"), entry("NGUYEN VAN AM", source="qr"))
    assert (page.counts["right"], page.counts["accepted"], page.counts["accepted right"]) == (1, 1, 1)
    assert page.mistakes == []


def test_among_equals_the_better_source_decides() -> None:
    page = scored(entry("NGUYỄN VĂN AM", source="ocr"), entry("NGUYỄN VĂN AN", source="qr"))
    assert (page.counts["right"], page.counts["accepted"]) == (1, 0)


def test_every_accepted_entry_must_be_right() -> None:
    page = scored(entry("NGUYỄN VĂN AN", "accepted", "qr"), entry("NGUYỄN VĂN AM", "accepted", "ocr"))
    assert (page.counts["right"], page.counts["accepted"], page.counts["accepted right"]) == (1, 1, 0)
    assert (page.mistakes[0].fault, page.mistakes[0].got) == (Fault.ACCEPTED, "NGUYỄN VĂN AM")
    assert page.keys == {"subject.full_name": False}


def test_what_the_truth_does_not_have_is_invented_unless_it_is_true_by_the_way() -> None:
    extra = entry("2024-01-02", "accepted", key="issue_date")
    assert scored(extra).counts["invented accepted"] == 1
    assert scored(extra, also={"issue_date": ["2024-01-02"]}).counts["invented"] == 0
    assert scored(extra, also={"issue_date": None}).counts["invented"] == 0
    assert scored(extra, also={"issue_date": ["2023-01-02"]}).counts["invented"] == 1


def test_handwriting_wants_a_place_to_look_at_and_no_text() -> None:
    by_hand = {"handwritten": ["subject.phone"]}
    place = entry("", key="subject.phone")
    assert scored(place, **by_hand).counts["handwritten known"] == 1
    assert scored(**by_hand).counts["handwritten known"] == 0
    read = scored(entry("0912", key="subject.phone"), **by_hand)
    assert (read.counts["handwritten known"], read.counts["invented"]) == (0, 1)


def test_runs_of_dots_do_not_count_as_letters() -> None:
    assert edits("Họ tên: An", "Họ tên: ......... An …") == (0, 10)
    assert edits("Họ tên: An", "") == (10, 10)


def test_a_page_without_a_reading_has_everything_wrong() -> None:
    page = score_page(truth(qr="x", mrz=["I"]), None)
    counts = page.counts
    assert (counts["absent"], counts["missing"], counts["edits"]) == (1, 1, counts["letters"])
    assert (counts["qr"], counts["qr right"], counts["mrz"], counts["mrz right"]) == (1, 0, 1, 0)


def test_codes_count_when_exact_but_for_a_line_end() -> None:
    read = {"kind": "birth_certificate", "codes": [{"text": "a|b\r\n"}], "mrz": ["I", "J"]}
    counts = score_page(truth(qr="a|b", mrz=["I", "J"]), read).counts
    assert (counts["qr right"], counts["mrz right"]) == (1, 1)


def test_pages_are_summed_overall_by_kind_and_by_damage() -> None:
    truths = [truth(), truth(file="b.jpg", kind="driving_licence", damage={"profile": "camera"})]
    readings = {"a.jpg": {"kind": "birth_certificate", "fields": [entry("Nguyễn Văn An", "accepted")], "text": ""}}
    report = score_all(truths, readings)
    assert set(report.groups["by damage"]) == {"page scan", "card camera"}
    assert set(report.groups["overall"]) == {"pages", "cards", "all"}
    whole = shares(report.total)
    assert (whole["images"], whole["field"], whole["kind"], whole["accepted_precision"]) == (2, 0.5, 0.5, 1.0)
    assert (whole["qr"], whole["absent"]) == (None, 1)
