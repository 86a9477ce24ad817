"""Layouts that were misread on papers never seen before, each as a page of words."""

from __future__ import annotations

from dataclasses import replace

from station.scan.papers.description import FieldRule, Grammar, Papers
from station.scan.papers.extent import value_behind
from station.scan.papers.labels import Hit
from station.scan.papers.layout import rows_of, text_of
from station.scan.papers.signature import name_in, signature_place
from station.scan.text.engine import Line, PageText, Word
from tests.unit.scan.papers.pages import page_of
from tests.unit.scan.papers.reading import values


def test_the_last_value_of_a_line_goes_on_at_the_left_margin(papers: Papers) -> None:
    text = """
Giới tính: Nữ @500 Dân tộc: Mường @1300 Quốc tịch: Việt
Nam
Nơi sinh: Trung tâm Y tế Mẫu, xã Mẫu, huyện Mẫu, thành phố Mẫu, tỉnh
Mẫu
Năm sinh: 1993 @500 Dân tộc: Kinh @1300 Quốc tịch: Việt
Nam"""
    found = values(text, "birth_certificate", papers)
    assert found["subject.nationality"] == "Việt Nam"
    assert found["subject.ethnicity"] == "Mường"


def test_a_word_that_was_read_badly_inside_a_line_is_no_picture() -> None:
    [row] = page_of("Nơi chết: Tổ dân phố 3, xã Sông TrTy tỉnh Mẫu   TrTy").rows
    words = tuple(replace(word, confidence=0.05) if word.text == "TrTy" else word for word in row[0].words)
    [read] = rows_of(PageText.of([Line(words)]))
    assert text_of(read) == "Nơi chết: Tổ dân phố 3, xã Sông TrTy tỉnh Mẫu"


def test_a_word_that_was_read_badly_behind_a_label_is_its_value() -> None:
    [row] = page_of("Giới tính: Nax   Nax").rows
    words = tuple(replace(word, confidence=0.05) if word.text == "Nax" else word for word in row[0].words)
    [read] = rows_of(PageText.of([Line(words)]))
    assert text_of(read) == "Giới tính: Nax"
    strokes = tuple(replace(word, text="_/~") if word.text == "Nax" else word for word in words)
    assert [text_of(row) for row in rows_of(PageText.of([Line(strokes)]))] == ["Giới tính:"]


def test_what_stands_below_a_full_line_is_not_always_its_end(papers: Papers) -> None:
    text = """
Giới tính: Nữ @500 Dân tộc: Mường @1100 Quốc tịch: Việt Nam
Trẻ được sinh tại nhà @1100 có người đỡ
Nơi sinh: Xã Mẫu"""
    assert values(text, "birth_certificate", papers)["subject.nationality"] == "Việt Nam"


def test_a_value_below_its_label_is_found_though_another_label_follows(papers: Papers) -> None:
    text = """
Tên tôi là: Lê Văn Mẫu
Số định danh cá nhân: @900 Ngày cấp: 21/10/2023
087303729553
Nơi thường trú: Xã Mẫu"""
    found = values(text, "application", papers)
    assert found["applicant.id_number"] == "087303729553"
    assert found["applicant.id_issue_date"] == "2023-10-21"


def test_a_small_word_before_a_date_is_its_label(papers: Papers) -> None:
    for word in ("ngày", "ngòy", "Ngày"):
        text = f"Đăng ký khai sinh tại: Xã Mẫu\nSố 222/2019 {word} 14/08/2021"
        found = values(text, "birth_certificate", papers)
        assert found["registered_on"] == "2021-08-14"
        behind_a_leader = f"Đăng ký khai sinh tại: Xã Mẫu\nSố 222/2019 @1200 {word} 14/08/2021"
        assert values(behind_a_leader, "birth_certificate", papers)["registered_on"] == "2021-08-14"


def test_the_day_on_which_a_card_was_issued_is_part_of_its_phrase(papers: Papers) -> None:
    text = """
Giấy tờ tùy thân: CCCD số 019172194069, cấp ngày 06/07/2024
Nơi đăng ký kết hôn: Xã Mẫu
Ngày, tháng, năm đăng ký: 05/08/2025"""
    found = values(text, "marriage_certificate", papers)
    assert found["wife.id_paper"] == "CCCD số 019172194069, cấp ngày 06/07/2024"
    assert found["registered_on"] == "2025-08-05"
    wrapped = values(text.replace("cấp ngày", "cấp\nngày"), "marriage_certificate", papers)
    assert wrapped == found


def test_an_address_of_mail_is_known_without_a_colon(papers: Papers) -> None:
    text = "Số điện thoại liên hệ 0905314026. Email mau91@thu.example\nNội dung đề nghị: Tách hộ"
    found = values(text, "residence_form", papers)
    assert found["subject.phone"] == "0905314026"
    assert found["subject.email"] == "mau91@thu.example"


def test_a_badly_read_label_with_its_colon_still_ends_a_value(papers: Papers) -> None:
    text = "Số loại (Model code): WAVE @600 Đlo chỉ (Addres9: Số 82 đường Mẫu\nMàu sơn (Color): Đỏ"
    found = values(text, "vehicle_registration", papers)
    assert found["model"] == "WAVE"
    assert found["owner.residence"] == "Số 82 đường Mẫu"


def test_the_end_of_a_label_is_no_part_of_the_value(papers: Papers) -> None:
    found = values("Số máy (Engine N9: JA39E5244925\nSố khung (Chassis N3; RLHJA1", "vehicle_registration", papers)
    assert found["engine_number"] == "JA39E5244925"
    assert found["chassis_number"] == "RLHJA1"
    assert values("Nhãn hiệu (8rơng): YAMAHA", "vehicle_registration", papers) == {"brand": "YAMAHA"}


def test_an_underline_may_stand_for_the_colon(papers: Papers) -> None:
    text = """
5. Nơi thường trú: Thôn Lộc, xã Mẫu, tỉnh Mẫu
7, Nơi ở hiện tại _ Thôn Đông, xã Mẫu, tỉnh Mẫu"""
    found = values(text, "residence_confirmation", papers)
    assert found["subject.permanent_residence"] == "Thôn Lộc, xã Mẫu, tỉnh Mẫu"
    assert found["subject.current_residence"] == "Thôn Đông, xã Mẫu, tỉnh Mẫu"


def test_an_office_with_a_stray_dot_is_no_name() -> None:
    rows = rows_of(page_of("@900 NGƯỜI KÝ GIẤY XÁC NHẬN\n@950 CHỦ. TỊCH\n@900 ve"))
    place = signature_place(rows, ("Người ký giấy xác nhận",))
    assert place is not None
    assert text_of(name_in(rows, place, ("Chu", "Lê"))) == ""


TABLE = """
11. Những thành viên trong hộ gia đình cùng thay đổi:
@700 Ngày,
TT @200 Họ, chữ đệm @700 tháng, @1000 Giới @1150 Số định danh @1500 Mối quan
@200 và tên @700 năm sinh @1000 tính @1150 cá nhân @1500 hệ với
@1500 chủ hộ

@200 Nguyễn Thị @1500 Bản
1 @200 Mẫu Khánh @700 08/04/2012 @1000 Nữ @1150 040312147202 @1500 thân
@200 Ngân

2 @200 Vi Văn @700 03/06/1993 @1000 Nam @1150 051093645043 @1500 Người cùng
@200 Mẫu @1500 ở thuê

NGƯỜI KÊ KHAI"""


def test_cells_and_headings_of_a_table_may_wrap(papers: Papers) -> None:
    found = values(TABLE, "residence_form", papers)
    assert found["members[0].full_name"] == "Nguyễn Thị Mẫu Khánh Ngân"
    assert found["members[0].relationship"] == "Bản thân"
    assert found["members[1].full_name"] == "Vi Văn Mẫu"
    assert found["members[1].relationship"] == "Người cùng ở thuê"
    assert "members[2].full_name" not in found


def test_the_class_of_a_licence_is_found_beside_a_portrait(papers: Papers) -> None:
    for printed in ("Hạng/Class: B2", "Hạng/Class:B2", "Hạng/Class B2", "Hạng/ Class: @600 B2", "Hạng/Class: B 2"):
        found = values(
            f"GIẤY PHÉP LÁI XE\n{printed}\nCó giá trị đến/Expires: Không thời hạn", "driving_licence", papers
        )
        assert found.get("class", "").replace(" ", "") == "B2", printed


def test_serial_numbers_and_brands_may_have_spaces(papers: Papers) -> None:
    text = """
Nhãn hiệu (Brand): HON DA @900 Số loại (Model code): VI VA
Số máy (Engine N°): JA39E 5244925
Biển số đăng ký (Number Plate): 76-B7 542.41"""
    found = values(text, "vehicle_registration", papers)
    assert found["brand"] == "HONDA"
    assert found["engine_number"].replace(" ", "") == "JA39E5244925"
    assert found["plate"] == "76-B7 542.41"


def test_a_moment_below_its_label_is_no_date_line(papers: Papers) -> None:
    text = "Đỡ chết vòo lúc\n05 giờ 47 phút, ngày 29 tháng 01 năm 2023\nNơi chết: Xã Mẫu"
    found = values(text, "death_extract", papers)
    assert (found["died_at"], found["death_place"]) == ("2023-01-29T05:47", "Xã Mẫu")


def test_a_date_line_below_an_empty_place_is_no_value(papers: Papers) -> None:
    text = "Nơi chết:\n@900 Phú Mẫu, ngày 18 tháng 10 năm 2026"
    assert "death_place" not in values(text, "death_extract", papers)


def test_what_leaders_leave_at_the_end_of_a_line_is_no_part_of_a_wrapped_value(papers: Papers) -> None:
    text = """
Giấy tờ tùy thân: Thẻ căn cước công dân số 037195581970, -
cấp ngày 16/05/2022
Nơi cư trú: Thôn Đông, xã Mẫu, tỉnh..
Nghệ An —"""
    found = values(text, "marital_status_certificate", papers)
    assert found["subject.id_paper"] == "Thẻ căn cước công dân số 037195581970, cấp ngày 16/05/2022"
    assert found["subject.residence"] == "Thôn Đông, xã Mẫu, tỉnh Nghệ An"


def test_what_leaders_leave_where_the_next_line_begins_is_no_part_of_it_either(papers: Papers) -> None:
    text = "Nơi cư trú: Số 175 đường Lê Lợi, xã Kỳ\n-- Anh, tỉnh Hà Tĩnh"
    found = values(f"Họ, chữ đệm, tên vợ: LÊ THỊ MẪU\n{text}", "marriage_certificate", papers)
    assert found["wife.residence"] == "Số 175 đường Lê Lợi, xã Kỳ Anh, tỉnh Hà Tĩnh"


def test_a_colon_that_stands_apart_leaves_its_label_alone_on_the_line(papers: Papers) -> None:
    text = "2. Ngày, tháng, năm đăng ký :\n17/06/2020"
    assert values(text, "marriage_certificate", papers)["registered_on"] == "2020-06-17"


def test_a_name_that_begins_like_a_label_is_none(papers: Papers) -> None:
    text = "Tên hộ kinh doanh:\nHỘ KINH DOANH LÊ THỊ MẪU\nVốn kinh doanh: 300.000.000 đồng"
    found = values(text, "household_business_certificate", papers)
    assert (found["name"], found["capital_vnd"]) == ("HỘ KINH DOANH LÊ THỊ MẪU", "300000000")


def test_a_stroke_between_colon_and_value_parts_them(papers: Papers) -> None:
    assert values("Mối quan hệ với chủ hộ:/,Vợ", "residence_form", papers) == {"head.relationship": "Vợ"}


def test_a_cut_off_date_line_ends_a_value(papers: Papers) -> None:
    text = "Nơi cư trú/Address: Thôn Lộc, xã Mẫu,\ntỉnh Lào Cai\nĐồng Tháp, ngày/date 01 tháng/month 04 năm/year 1"
    assert values(text, "driving_licence", papers) == {"subject.residence": "Thôn Lộc, xã Mẫu, tỉnh Lào Cai"}


def test_a_date_line_may_be_misread(papers: Papers) -> None:
    assert values("Mường Mẫu, ngàu 15 tháng 07 năm 2024", "other", papers) == {"issue_date": "2024-07-15"}


def test_a_numbered_label_within_a_line_needs_no_colon(papers: Papers) -> None:
    text = "16. Nơi đăng ký khai sinh: Ủy ban nhân dân xã Mẫu, tỉnh Gia\nLai 17, Ngàu, tháng, năm đăng kúi 18/04/2025"
    found = values(text, "birth_certificate", papers)
    assert found == {"registered_at": "Ủy ban nhân dân xã Mẫu, tỉnh Gia Lai", "registered_on": "2025-04-18"}


def test_a_label_in_a_typeface_with_round_letters_ends_the_value_above_it(papers: Papers) -> None:
    text = """
Nơi cư trú / Place of residence
Thôn Mẫu, xã Mẫu, tỉnh Mẫu
Nơi đồng kủ khoi sinh / Plee ef birth
Ủy ban nhân dân xã Mẫu, tỉnh Mẫu"""
    found = values(text, "identity_card_back", papers)
    assert found["subject.residence"] == "Thôn Mẫu, xã Mẫu, tỉnh Mẫu"
    assert found["subject.birth_registration_place"] == "Ủy ban nhân dân xã Mẫu, tỉnh Mẫu"


def test_a_date_line_whose_year_is_unread_ends_a_value(papers: Papers) -> None:
    text = """
Nơi cư trú/Address: Thôn Mẫu, xã Mẫu,
tỉnh Mẫu
Mẫu, ngày/date 01 tháng/month 04 năm/year ¿"""
    assert values(text, "driving_licence", papers)["subject.residence"] == "Thôn Mẫu, xã Mẫu, tỉnh Mẫu"


def test_a_value_goes_on_below_what_stands_in_the_column_beside_it() -> None:
    rule = FieldRule("subject.residence", ("Nơi thường trú",), Grammar.ADDRESS, lines=3)
    rows = [
        (Word("Nơi thường trú:", (900, 0, 1200, 40), 0.9), Word("xã Mẫu, tỉnh", (1220, 0, 1500, 40), 0.9)),
        (Word("Có giá trị đến: 01/01/2030", (100, 40, 600, 80), 0.9),),
        (Word("Lào Cai", (900, 70, 1100, 110), 0.9),),
    ]
    label = Hit("Nơi thường trú", 0, 0, 1, 0, strong=True)
    lines = value_behind(rows, {(0, 0): label, (1, 0): Hit("Có giá trị đến", 1, 0, 1, 0, strong=True)}, label, rule, 40)
    assert [text_of(line) for line in lines] == ["xã Mẫu, tỉnh", "Lào Cai"]


def test_a_label_alone_on_its_line_needs_no_colon_however_short_it_is(papers: Papers) -> None:
    text = "GIẤY CHỨNG SINH\nHọ và tên mẹ: LÊ THỊ MẪU\nSinh con vào lúc: 05/03/2024\n7 Tại\nXã Mẫu, tỉnh Mẫu"
    assert values(text, "birth_notice", papers)["place"] == "Xã Mẫu, tỉnh Mẫu"
    text = "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ\nKính gửi\nCông an xã Mẫu, tỉnh Mẫu\nHọ, chữ đệm và tên: LÊ VĂN MẪU"
    assert values(text, "residence_form", papers)["addressed_to"] == "Công an xã Mẫu, tỉnh Mẫu"


def test_a_short_word_within_a_line_is_no_label(papers: Papers) -> None:
    text = "GIẤY CHỨNG SINH\nSinh con vào lúc: 05/03/2024\nTại nhà của bà ngoại\nXã Mẫu"
    assert "place" not in values(text, "birth_notice", papers)


def test_a_short_label_behind_the_dash_of_a_list_needs_no_colon(papers: Papers) -> None:
    text = "GIẤY BÁO TỬ\n- Đã tử vong vào lúc 21 giờ 01 phút, ngày 29/09/2025\n- Tại Bệnh viện Mẫu, tỉnh Mẫu"
    assert values(text, "death_notice", papers)["place"] == "Bệnh viện Mẫu, tỉnh Mẫu"


def test_a_date_of_issue_that_is_asked_for_alone_needs_no_colon(papers: Papers) -> None:
    text = "ĐƠN XIN XÁC NHẬN\nSố CCCD 037159195884 cấp ngày 18/08/2023\nĐịa chỉ thường trú: Xã Mẫu, tỉnh Mẫu"
    found = values(text, "application", papers)
    assert (found["applicant.id_number"], found["applicant.id_issue_date"]) == ("037159195884", "2023-08-18")


def test_an_abbreviation_with_a_colon_is_no_label(papers: Papers) -> None:
    text = """
Đặc điểm nhận dạng / Personal identification:
Nốt ruồi C: 1cm dưới sau mép trái
Ngày, tháng, năm / Date, month, year: 25/09/2023"""
    found = values(text, "citizen_card_back", papers)
    assert found == {"personal_features": "Nốt ruồi C:1cm dưới sau mép trái", "issue_date": "2023-09-25"}
