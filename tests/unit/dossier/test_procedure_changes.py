"""What is new in a version of a procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from station.dossier.procedure import (
    Case,
    Channel,
    Condition,
    Exemption,
    FeeLine,
    Handling,
    Level,
    Procedure,
    RequiredPaper,
    TimeUnit,
)
from station.dossier.procedure_changes import Change, changes
from station.language import Language
from station.ui.procedure_words import change_words

FORM, DEED = RequiredPaper("form", "Tờ khai"), RequiredPaper("deed", "Giấy chứng nhận", originals=0, copies=1)
USUAL = Case("usual", "", 3, TimeUnit.WORKING_DAY)
FEE = FeeLine("fee", "Lệ phí", 20000, channels={Channel.ONLINE: 10000})
OLD = Procedure(
    code="9.000001",
    version="2026-01-01",
    name="Thủ tục mẫu",
    short_name="Mẫu",
    field="Thử nghiệm",
    authority="Ủy ban nhân dân cấp xã",
    cases=(USUAL,),
    fees=(FEE,),
    fee_note="",
    results=("Giấy",),
    legal_basis=("01/2025/NĐ-CP",),
    papers=(FORM, DEED),
    conditions=(Condition("married", "Đã kết hôn chưa?"),),
    exemptions=(Exemption("poor", "Hộ nghèo"),),
)
CASES = [
    ({}, []),
    ({"version": "2026-07-01", "short_name": "Mới", "from_memory": ("authority",)}, []),
    ({"name": "Tên mới"}, [Change("name", "", "Thủ tục mẫu", "Tên mới")]),
    ({"level": Level.PROVINCE}, [Change("level", "", "commune", "province")]),
    ({"valid_from": date(2026, 7, 1)}, [Change("valid_from", after="2026-07-01")]),
    ({"cases": (replace(USUAL, time=5),)}, [Change("time", "", "3 working_day", "5 working_day")]),
    (
        {"cases": (USUAL, Case("slow", "Phải xác minh", 0, TimeUnit.SAME_DAY))},
        [Change("case_added", "Phải xác minh", after="0 same_day")],
    ),
    ({"papers": (FORM,)}, [Change("paper_removed", "Giấy chứng nhận")]),
    (
        {"papers": (FORM, DEED, RequiredPaper("proof", "Chứng cứ", required=False))},
        [Change("paper_added_optional", "Chứng cứ", after="1+0")],
    ),
    ({"papers": (replace(FORM, originals=2), DEED)}, [Change("paper_quantity", "Tờ khai", "1+0", "2+0")]),
    ({"papers": (FORM, replace(DEED, handling=Handling.PRESENT))}, [Change("paper_present", "Giấy chứng nhận")]),
    ({"papers": (FORM, replace(DEED, when=("married",)))}, [Change("paper_when", "Giấy chứng nhận")]),
    ({"papers": (FORM, replace(DEED, one_of="proof"))}, [Change("paper_alternative", "Giấy chứng nhận")]),
    ({"papers": (replace(FORM, required=False), DEED)}, [Change("paper_optional", "Tờ khai")]),
    ({"papers": (replace(FORM, kinds=("application",), code="KQ1"), DEED)}, []),
    ({"fees": (replace(FEE, amount=25000),)}, [Change("fee", "Lệ phí", "20000", "25000")]),
    ({"fees": (replace(FEE, channels={}),)}, [Change("fee_online", "Lệ phí", "10000", "20000")]),
    ({"fees": (replace(FEE, cap=200000),)}, [Change("fee_terms", "Lệ phí")]),
    ({"fees": ()}, [Change("fee_removed", "Lệ phí")]),
    ({"exemptions": ()}, [Change("exemption_removed", "Hộ nghèo")]),
    ({"conditions": ()}, [Change("question_removed", "Đã kết hôn chưa?")]),
    ({"results": ("Giấy", "Bản sao")}, [Change("result_added", "Bản sao")]),
    (
        {"legal_basis": ("02/2026/NĐ-CP",)},
        [Change("basis_added", "02/2026/NĐ-CP"), Change("basis_removed", "01/2025/NĐ-CP")],
    ),
]


@pytest.mark.parametrize(("new", "told"), CASES)
def test_what_changed_is_told_and_nothing_else(new: dict[str, object], told: list[Change]) -> None:
    assert list(changes(OLD, replace(OLD, **new))) == told  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_change_is_a_sentence_that_names_its_subject(language: str) -> None:
    words = Language.load(language)
    for new, _ in CASES:
        for change in changes(OLD, replace(OLD, **new)):  # type: ignore[arg-type]
            sentence = change_words(words, change)
            assert change.what in sentence
            assert "_" not in sentence
            assert "{" not in sentence


def test_times_and_money_are_written_as_people_write_them() -> None:
    words = Language.load("vi")
    slower = change_words(words, Change("time", "Thông thường", "3 working_day", "5 day"))
    assert slower == "Thời hạn (Thông thường): 5 ngày (trước: 3 ngày làm việc)."
    dearer = change_words(words, Change("fee", "Lệ phí", "20000", "25000"))
    assert dearer == "Lệ phí: 25.000 đồng (trước: 20.000 đồng)."
    more = change_words(words, Change("paper_quantity", "Tờ khai", "1+0", "2+1"))
    assert more == "Tờ khai: nay cần 2 bản chính, 1 bản sao (trước: 1 bản chính)."
