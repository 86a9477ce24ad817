from station.scan.papers.fields import arranged, find_values
from station.scan.papers.layout import rows_of
from station.scan.papers.normalise import normalised
from station.scan.text.engine import Line, PageText, Word


def values(text, kind, page, papers):
    paper = papers.get(kind)
    rows = arranged(rows_of(page(text)), paper)
    found = {}
    for value in find_values(rows, paper):
        read = normalised(value.rule, value.text, papers.lexicons)
        if read is not None:
            found.setdefault(value.rule.key, read)
    return found


def test_labels_that_repeat_belong_to_whoever_was_named_last(page, papers) -> None:
    text = """
Họ, chữ đệm, tên: LÊ VĂN MẪU
Họ, chữ đệm, tên người mẹ: TRẦN THỊ MẪU
Năm sinh: 1990    Dân tộc: Tày
Họ, chữ đệm, tên người cha: LÊ ĐÌNH MẪU
Năm sinh: 1988    Dân tộc: Kinh"""
    found = values(text, "birth_certificate", page, papers)
    assert found["subject.full_name"] == "LÊ VĂN MẪU"
    assert (found["mother.birth_year"], found["mother.ethnicity"]) == ("1990", "Tày")
    assert (found["father.birth_year"], found["father.ethnicity"]) == ("1988", "Kinh")


def test_the_father_may_stand_before_the_mother(page, papers) -> None:
    text = """
Họ, chữ đệm, tên người cha: LÊ ĐÌNH MẪU
Năm sinh: 1988
Họ, chữ đệm, tên người mẹ: TRẦN THỊ MẪU
Năm sinh: 1990"""
    found = values(text, "birth_certificate", page, papers)
    assert (found["father.birth_year"], found["mother.birth_year"]) == ("1988", "1990")


def test_two_pairs_on_one_line_are_parted_and_bullets_are_no_values(page, papers) -> None:
    found = values("2. Ngày, tháng, năm sinh: 07/02/1982 3. Giới tính: Nữ", "residence_form", page, papers)
    assert found == {"subject.birth_date": "1982-02-07", "subject.sex": "female"}


def test_a_wrapped_address_is_joined_up_to_the_next_label(page, papers) -> None:
    text = """
Nơi sinh: Bệnh viện đa khoa Mẫu, phường Mẫu,
thành phố Mẫu, tỉnh Mẫu
Quê quán: Xã Mẫu"""
    found = values(text, "birth_certificate", page, papers)
    assert found["subject.birth_place"] == "Bệnh viện đa khoa Mẫu, phường Mẫu, thành phố Mẫu, tỉnh Mẫu"
    assert found["subject.place_of_origin"] == "Xã Mẫu"


def test_labels_are_found_though_misread_unmarked_or_glued_to_the_value(page, papers) -> None:
    text = "Ho, chu dem, ten:LÊ VĂN MẪU\nNgày, thảng, nãm sính:05/03/1999\nGiới tỉnh:Nam"
    found = values(text, "birth_certificate", page, papers)
    assert found["subject.full_name"] == "LÊ VĂN MẪU"
    assert found["subject.birth_date"] == "1999-03-05"
    assert found["subject.sex"] == "male"


def test_blank_and_struck_out_values_are_absent(page, papers) -> None:
    text = "Họ, chữ đệm, tên người cha: ..........\nNăm sinh: ....   Dân tộc: -/-\nNơi cư trú: -/-"
    assert values(text, "birth_certificate", page, papers) == {}


def test_boxed_digits_are_one_number(page, papers) -> None:
    found = values("4. Số định danh cá nhân: 0 1 4 1 8 2 6 3 1 9 7 2", "residence_form", page, papers)
    assert found["subject.id_number"] == "014182631972"


def test_a_value_ends_at_a_wide_gap(page, papers) -> None:
    found = values("Số: 6507/XN   Phú Mẫu, ngày 18 tháng 10 năm 2026", "residence_confirmation", page, papers)
    assert found["number"] == "6507/XN"


def test_the_columns_of_a_marriage_certificate_are_read_apart(page, papers) -> None:
    text = """
GIẤY CHỨNG NHẬN KẾT HÔN
Họ, chữ đệm, tên vợ: TRẦN THỊ MẪU @1200 Họ, chữ đệm, tên chồng: LÊ VĂN MẪU
Dân tộc: Tày Quốc tịch: Việt Nam @1200 Dân tộc: Kinh Quốc tịch: Lào
Nơi cư trú: Thôn Một, xã Mẫu, @1200 Nơi cư trú: Thôn Hai, xã Mẫu,
tỉnh Mẫu @1200 thành phố Mẫu
Nơi đăng ký kết hôn: Ủy ban nhân dân xã Mẫu"""
    found = values(text, "marriage_certificate", page, papers)
    assert (found["wife.full_name"], found["husband.full_name"]) == ("TRẦN THỊ MẪU", "LÊ VĂN MẪU")
    assert (found["wife.ethnicity"], found["husband.ethnicity"]) == ("Tày", "Kinh")
    assert (found["wife.nationality"], found["husband.nationality"]) == ("Việt Nam", "Lào")
    assert found["wife.residence"] == "Thôn Một, xã Mẫu, tỉnh Mẫu"
    assert found["husband.residence"] == "Thôn Hai, xã Mẫu, thành phố Mẫu"
    assert found["registered_at"] == "Ủy ban nhân dân xã Mẫu"


def test_the_end_of_a_phrase_in_the_right_column_is_no_label_of_the_day_of_registration(page, papers) -> None:
    text = """
GIẤY CHỨNG NHẬN KẾT HÔN
Họ, chữ đệm, tên vợ: TRẦN THỊ MẪU @1200 Họ, chữ đệm, tên chồng: LÊ VĂN MẪU
Giấy tờ tùy thân: Căn cước công dân số @1200 Giấy tờ tùy thân: CCCD số 064086690477, cấp
037189699010, cấp ngày 25/07/2022 @1200 ngày 25/04/2023
Ngày, tháng, năm đăng ký:
11/03/2023"""
    found = values(text, "marriage_certificate", page, papers)
    assert found["wife.id_paper"] == "Căn cước công dân số 037189699010, cấp ngày 25/07/2022"
    assert found["husband.id_paper"] == "CCCD số 064086690477, cấp ngày 25/04/2023"
    assert found["registered_on"] == "2023-03-11"


def test_a_word_of_another_value_just_below_a_label_goes_on_with_nothing(page, papers) -> None:
    text = """
GIẤY CHỨNG NHẬN KẾT HÔN
Họ, chữ đệm, tên vợ: TRẦN THỊ MẪU @1035 Họ, chữ đệm, tên chồng: LÊ VĂN MẪU
Giấy tờ tùy thân: CCCD số @1035 Giấy tờ tùy thân: CCCD số
010184144493, cấp ngày 15/06/2025 @1035 087201652989, cấp ngày 06/05/2025
1. Nơi đăng ký kết hôn : Ủy ban nhân dân phường Mẫu, tỉnh Mẫu"""
    found = values(text, "marriage_certificate", page, papers)
    assert found["husband.id_paper"] == "CCCD số 087201652989, cấp ngày 06/05/2025"
    assert found["registered_at"] == "Ủy ban nhân dân phường Mẫu, tỉnh Mẫu"


def test_the_members_of_a_household_are_read_row_by_row(page, papers) -> None:
    text = """
9. Số định danh cá nhân của chủ hộ: 031177285623
11. Những thành viên trong hộ gia đình cùng thay đổi:
TT @200 Họ, chữ đệm và tên @700 Ngày, tháng, @1000 Giới @1150 Số định danh @1500 Mối quan hệ
@700 năm sinh @1000 tính @1150 cá nhân @1500 với chủ hộ
1 @200 Mai Thị Mẫu @700 08/04/2012 @1000 Nữ @1150 040312147202 @1500 Con đẻ
2 @200 Vi Văn Mẫu @700 03/06/1993 @1000 Nam @1150 051093645043 @1500 Chồng
@900 Xã Mẫu, ngày 13 tháng 06 năm 2025"""
    found = values(text, "residence_form", page, papers)
    assert found["head.id_number"] == "031177285623"
    assert found["members[0].full_name"] == "Mai Thị Mẫu"
    assert found["members[0].birth_date"] == "2012-04-08"
    assert found["members[0].sex"] == "female"
    assert found["members[1].id_number"] == "051093645043"
    assert found["members[1].relationship"] == "Chồng"
    assert "members[2].full_name" not in found


def test_a_value_below_its_label_is_found_in_its_own_column(page, papers) -> None:
    text = """
Ngày, tháng, năm sinh / Date of birth: @1200 Giới tính / Sex:
16/10/2010 @1200 Nam"""
    found = values(text, "identity_card_front", page, papers)
    assert found == {"subject.birth_date": "2010-10-16", "subject.sex": "male"}


def test_the_copy_s_number_is_not_the_registration_s(page, papers) -> None:
    text = """
Số: 279/2024/TLKT-BS   Xã Mẫu, ngày 29 tháng 11 năm 2024
Họ, chữ đệm, tên: LÊ THỊ MẪU
Đã chết vào lúc: 17 giờ 05 phút, ngày 09 tháng 09 năm 2019
Đã được đăng ký khai tử tại: Ủy ban nhân dân xã Mẫu
Số: 51   ngày: 23/09/2019"""
    found = values(text, "death_extract", page, papers)
    assert found["copy_number"] == "279/2024/TLKT-BS"
    assert found["died_at"] == "2019-09-09T17:05"
    assert (found["registration_number"], found["registered_on"]) == ("51", "2019-09-23")


def test_an_old_serial_in_the_remarks_is_not_the_certificate_s(page, papers) -> None:
    text = "6. Ghi chú: cấp đổi từ Giấy chứng nhận số phát hành AK 510525\n@900 AT 132427"
    assert values(text, "land_use_certificate", page, papers)["serial"] == "AT 132427"


def test_an_empty_place_never_takes_the_next_line_s_value(page, papers) -> None:
    text = """
Họ, chữ đệm, tên người cha:
Năm sinh: @400 Dân tộc: @700 Quốc tịch:
Nơi đăng ký khai sinh: @700 Ủy ban nhân dân xã Mẫu"""
    assert values(text, "birth_certificate", page, papers) == {"registered_at": "Ủy ban nhân dân xã Mẫu"}


def test_a_paper_of_no_known_kind_still_has_its_number_and_date(page, papers) -> None:
    text = """
Số: 15/TB-UBND   Phú Mẫu, ngày 18 tháng 10 năm 2026
THÔNG BÁO
Căn cứ Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ"""
    assert values(text, "other", page, papers) == {
        "title": "THÔNG BÁO",
        "number": "15/TB-UBND",
        "issue_date": "2026-10-18",
    }


def test_forms_without_colons_are_read_by_the_exact_words_of_their_labels(page, papers) -> None:
    text = """
1 Họ, chữ đệm, tên LÊ VĂN MẪU
2 Giớitính Nam @500 Dântộc Nùng @800 Quốctịch Việt Nam
8. Họ, chữ đệm, tên người mẹ. TRẦN THỊ MẪU
9 Nămsinh 1993 @500 Dântộc Ê-đê"""
    found = values(text, "birth_certificate", page, papers)
    assert found["subject.full_name"] == "LÊ VĂN MẪU"
    assert (found["subject.sex"], found["subject.ethnicity"]) == ("male", "Nùng")
    assert (found["mother.full_name"], found["mother.birth_year"]) == ("TRẦN THỊ MẪU", "1993")


def test_a_house_number_is_no_label(page, papers) -> None:
    found = values("Nơi cư trú:\nSố 63 đường Lê Lợi, xã Mẫu", "marital_status_certificate", page, papers)
    assert found == {"subject.residence": "Số 63 đường Lê Lợi, xã Mẫu"}


def test_a_value_ends_where_a_label_begins_that_nobody_described(page, papers) -> None:
    text = """
Nơi đăng ký thường trú: Thôn Đông, xã Mẫu
Mã thẻ ghi tại bệnh viện: HT 27
Nơi cư trú: Thôn Tây, xã Mẫu
- Ghi nhận của khoa sản"""
    found = values(text, "birth_notice", page, papers)
    assert found["mother.residence"] == "Thôn Đông, xã Mẫu"


def test_the_mark_of_a_specimen_is_no_text(page) -> None:
    assert rows_of(page("MẪU – SPECIMEN")) == []
    assert [word.text for word in rows_of(page("MẪU - SPECIMEN Bùi Mỹ Lan"))[0]] == ["Bùi", "Mỹ", "Lan"]


def test_a_reference_keeps_its_dots_and_an_address_loses_those_of_leaders(page) -> None:
    assert [word.text for word in rows_of(page("Số: 00646.GCS.36406.25"))[0]] == ["Số:", "00646.GCS.36406.25"]
    assert [word.text for word in rows_of(page("LÊ.MINH.ẨN"))[0]] == ["LÊ", "MINH", "ẨN"]
    assert [word.text for word in rows_of(page("Khóm.8,.Xã Mẫu"))[0]] == ["Khóm", "8,", "Xã", "Mẫu"]


def test_the_number_of_a_card_is_known_by_its_twelve_digits_though_its_label_is_lost(page, papers) -> None:
    text = "GIẤY PHÉP LÁI XE\nSó(Nø 001099000001\nHọ tên/Full name: LÊ VĂN MẪU"
    assert values(text, "driving_licence", page, papers)["number"] == "001099000001"


def test_what_an_engine_makes_of_a_portrait_beside_the_values_ends_none_of_them(page, papers) -> None:
    text = """
@600 Ngày, tháng, năm sinh / Date of birth: @1500 Giới tính / Sex:
@600 29/10/1965 @1500 Nam
@600 Quốc tịch / Nationality: Việt Nam"""
    portrait = Line((Word("a05", (100, 50, 160, 70), 0.2), Word("Cối", (175, 50, 235, 70), 0.2)))
    found = values(text, "identity_card_front", lambda text: PageText.of((portrait, *page(text).lines)), papers)
    assert (found["subject.birth_date"], found["subject.sex"]) == ("1965-10-29", "male")
