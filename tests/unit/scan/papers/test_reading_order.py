"""The text of a page as a person reads it: a table's cells one by one, a card's labels with their values."""

from __future__ import annotations

from station.scan.papers.description import Papers
from station.scan.papers.fields import arranged, find_values
from station.scan.papers.layout import rows_of, text_of
from station.scan.papers.reading_order import rows_in_order
from station.scan.text.engine import Line, PageText, Word
from tests.unit.scan.papers.pages import page_of


def in_order(text: str, kind: str, papers: Papers) -> list[str]:
    paper = papers.get(kind)
    assert paper is not None
    rows = arranged(rows_of(page_of(text)), paper)
    return [text_of(row) for row in rows_in_order(rows, paper, find_values(rows, paper))]


def test_labels_above_their_values_in_columns_are_read_one_after_the_other(papers: Papers) -> None:
    lines = in_order(
        "CĂN CƯỚC\n"
        "Ngày, tháng, năm sinh / Date of birth:   @1400 Giới tính / Sex:\n"
        "16/10/2010   @1400 Nam\n"
        "Quốc tịch / Nationality: Việt Nam",
        "identity_card_front",
        papers,
    )
    assert lines == [
        "CĂN CƯỚC",
        "Ngày, tháng, năm sinh / Date of birth: 16/10/2010",
        "Giới tính / Sex: Nam",
        "Quốc tịch / Nationality: Việt Nam",
    ]


def test_what_stands_under_the_portrait_comes_where_the_description_has_it(papers: Papers) -> None:
    lines = in_order(
        "@900 CĂN CƯỚC CÔNG DÂN\n"
        "@900 Họ và tên / Full name: LÊ VĂN MẪU\n"
        "@900 Ngày sinh / Date of birth: 05/03/1990\n"
        "Có giá trị đến: 05/03/2030   @900 Quê quán / Place of origin: Xã Mẫu, Tỉnh Mẫu\n"
        "@900 Nơi thường trú / Place of residence: Xã Mẫu, Tỉnh Mẫu",
        "citizen_card_front",
        papers,
    )
    assert lines[-1] == "Có giá trị đến: 05/03/2030"
    assert lines[-2].startswith("Nơi thường trú")


def test_no_word_is_lost_and_none_is_told_twice(papers: Papers) -> None:
    text = (
        "@1500 Ngón trỏ trái\n"
        "Đặc điểm nhận dạng / Personal identification:   @1600 Left index finger\n"
        "Nốt ruồi cách mép trái 2cm\n"
        "Ngày, tháng, năm / Date, month, year: 05/03/2021\n"
        "CỤC TRƯỞNG\n"
        "@1500 Ngón trỏ phải\n"
        "LÊ VĂN MẪU"
    )
    lines = in_order(text, "citizen_card_back", papers)
    assert sorted(" ".join(lines).split()) == sorted(word for word in text.split() if not word.startswith("@"))
    assert lines[0] == "Đặc điểm nhận dạng / Personal identification: Nốt ruồi cách mép trái 2cm"
    assert lines[-1] == "LÊ VĂN MẪU"  # lower than all that stands beside


def test_a_table_is_read_row_by_row_and_cell_by_cell(papers: Papers) -> None:
    lines = in_order(
        "Những thành viên trong hộ gia đình cùng thay đổi:\n"
        "TT   @500 Họ, chữ đệm và tên   @1300 Ngày sinh   @1800 Giới tính   @2200 Số định danh   @2900 Quan hệ\n"
        "1   @500 Lê Văn Mẫu   @1300 05/03/1990   @1800 Nam   @2200 040190003517   @2900 Con đẻ\n"
        "2   @500 Lê Thị Mẫu   @1300 06/03/1992   @1800 Nữ   @2200 040192003517   @2900 Con đẻ\n"
        "Ý KIẾN CỦA CHỦ HỘ",
        "residence_form",
        papers,
    )
    assert "1 Lê Văn Mẫu 05/03/1990 Nam 040190003517 Con đẻ" in lines
    assert "2 Lê Thị Mẫu 06/03/1992 Nữ 040192003517 Con đẻ" in lines
    assert lines[-1] == "Ý KIẾN CỦA CHỦ HỘ"


def test_a_badly_read_mark_of_a_specimen_is_no_text(papers: Papers) -> None:
    assert in_order("Quốc tịch / Nationality: Việt Nam\nMẪt – SPECMEN", "identity_card_front", papers) == [
        "Quốc tịch / Nationality: Việt Nam"
    ]


def test_a_value_ends_where_the_next_column_has_another_one(papers: Papers) -> None:
    lines = in_order(
        "@900 CĂN CƯỚC CÔNG DÂN\n"
        "@640 Quê quán / Place of origin:\n"
        "Có giá trị đến: 05/03/2030 @640 Xã Mẫu, Tỉnh Mẫu\n"
        "Date of expiry   @640 Nơi thường trú / Place of residence: Xã Mẫu",
        "citizen_card_front",
        papers,
    )
    assert lines[1:] == [
        "Quê quán / Place of origin: Xã Mẫu, Tỉnh Mẫu",
        "Nơi thường trú / Place of residence: Xã Mẫu",
        "Có giá trị đến: 05/03/2030",
        "Date of expiry",
    ]


def test_a_heading_wider_than_its_cells_belongs_to_its_own_column(papers: Papers) -> None:
    lines = in_order(
        "Những thành viên trong hộ gia đình cùng thay đổi:\n"
        "@1200 Ngày, tháng   @1750 Giới   @2000 Số định danh cá   @2600 Quan hệ với\n"
        "TT   @400 Họ và tên   @1200 năm sinh   @1750 tính   @2100 nhân   @2600 chủ hộ\n"
        "\n"
        "1   @300 Lê Văn Mẫu   @1200 05/03/1990   @1800 Nam   @2000 040190003517   @2700 Vợ\n"
        "Ý KIẾN CỦA CHỦ HỘ",
        "residence_form",
        papers,
    )
    assert lines[1:3] == [
        "TT Họ và tên Ngày, tháng năm sinh Giới tính Số định danh cá nhân Quan hệ với chủ hộ",
        "1 Lê Văn Mẫu 05/03/1990 Nam 040190003517 Vợ",
    ]


def test_numbers_of_columns_are_a_row_of_their_own(papers: Papers) -> None:
    lines = in_order(
        "Những thành viên trong hộ gia đình cùng thay đổi:\n"
        "STT   @500 Họ và tên   @1300 Ngày sinh   @1800 Giới tính   @2200 Số định danh   @2900 Quan hệ\n"
        "(1)   @500 (2)   @1300 (3)   @1800 (4)   @2200 (5)   @2900 (6)\n"
        "1   @500 Lê Văn Mẫu   @1300 05/03/1990   @1800 Nam   @2200 040190003517   @2900 Con đẻ\n"
        "Ý KIẾN CỦA CHỦ HỘ",
        "residence_form",
        papers,
    )
    assert lines[1:4] == [
        "STT Họ và tên Ngày sinh Giới tính Số định danh Quan hệ",
        "(1) (2) (3) (4) (5) (6)",
        "1 Lê Văn Mẫu 05/03/1990 Nam 040190003517 Con đẻ",
    ]


def test_what_is_made_of_the_strokes_of_a_signature_is_no_text() -> None:
    pen = Word("", (100, 100, 400, 190), 0.8, handwritten=True)
    strokes = [Word(text, (at, 150, at + 40, 190), 0.9) for text, at in (("/", 150), ("Vv", 200), ("Ự", 395))]
    beside = [Word(text, (at, 160, at + 60, 200), 0.9) for text, at in (("Trương", 250), ("12", 310), ("Ý", 500))]
    rows = rows_of(PageText.of([Line((pen,)), Line((*strokes, *beside))]))
    assert [word.text for row in rows for word in row if not word.handwritten] == ["Ự", "Trương", "12", "Ý"]


def test_dashes_beside_the_fields_of_a_card_are_no_text(papers: Papers) -> None:
    lines = in_order("@900 CĂN CƯỚC\n-/ --\n@900 Quốc tịch / Nationality: Việt Nam", "identity_card_front", papers)
    assert lines == ["CĂN CƯỚC", "Quốc tịch / Nationality: Việt Nam"]
