"""The text of a form that was filled in by hand has its print, and nothing that a reader of print made of the rest."""

from __future__ import annotations

from dataclasses import replace

from station.scan.papers.description import Papers
from station.scan.papers.fields import Found, find_values
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.printed_text import printed
from tests.unit.scan.papers.pages import page_of

FORM = """
SỞ Y TẾ LÀO CAI   @1600 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 00997.GCS.98272.26   @1700 Quyển số: 02
GIẤY CHỨNG SINH
Họ và tên mẹ/Người nuôi dưỡng: MAI KHÁNH HẠNH
Ngày, tháng, năm sinh: 13/08/2002
Đã sinh con vào lúc: 23 giờ 05 phút, ngày 18 tháng 08 năm 2026
Số con trong lần sinh này: Q1   @1600 Giới tính của con: NO/m
Dự định đặt tên con là: LƯƠNG KHÁNH BÍCH CHI
NGƯỜI ĐỠ ĐẺ   @1600 THỦ TRƯỞNG CƠ SỞ Y TẾ
(Ký, ghi gfi họ tên)   @1600 (Ký tên, đóng dấu)
ĐinÂ TÊamÂ Việt   @1600 Đỗ Đức MinÃ Hùng
18/08/2026
"""
BADLY_READ = {"ĐinÂ": 0.5, "TÊamÂ": 0.0, "MinÃ": 0.3, "gfi": 0.1}


def lines(papers: Papers, written: set[str]) -> list[str]:
    paper = papers.get("birth_notice")
    assert paper is not None
    rows: list[Row] = [
        tuple(replace(word, confidence=BADLY_READ.get(word.text, 0.9)) for word in row)
        for row in rows_of(page_of(FORM))
    ]
    values: list[Found] = find_values(rows, paper)
    by_hand = [value for value in values if value.rule.key in written]
    assert len(by_hand) == len(written)
    return [text_of(row) for row in printed(rows, paper, values, by_hand) if row]


def test_nothing_behind_a_label_and_no_name_below_is_text_where_a_form_is_filled_in_by_hand(papers: Papers) -> None:
    assert lines(papers, {"mother.full_name", "mother.birth_date", "occurred_at"}) == [
        "SỞ Y TẾ LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 00997.GCS.98272.26 Quyển số: 02",
        "GIẤY CHỨNG SINH",
        "Họ và tên mẹ/Người nuôi dưỡng:",
        "Ngày, tháng, năm sinh:",
        "Đã sinh con vào lúc:",
        "Số con trong lần sinh này: Giới tính của con:",
        "Dự định đặt tên con là:",
        "NGƯỜI ĐỠ ĐẺ THỦ TRƯỞNG CƠ SỞ Y TẾ",
        "(Ký, ghi gfi họ tên) (Ký tên, đóng dấu)",
    ]


def test_of_a_printed_form_only_the_value_that_is_written_by_hand_is_left_out(papers: Papers) -> None:
    told = lines(papers, {"mother.full_name"})
    assert told[3:5] == ["Họ và tên mẹ/Người nuôi dưỡng:", "Ngày, tháng, năm sinh: 13/08/2002"]
    assert told[-2:] == ["ĐinÂ TÊamÂ Việt Đỗ Đức MinÃ Hùng", "18/08/2026"]
