import pytest

from station.scan.papers.description import FieldRule, Grammar, Papers
from station.scan.papers.normalise import normalised


@pytest.mark.parametrize(
    ("grammar", "printed", "value"),
    [
        ("date", "05/03/1999", "1999-03-05"),
        ("date", "ngày 5 tháng 3 năm 1999", "1999-03-05"),
        ("date", "ngày/date 06 tháng/month 04 năm/year 2025", "2025-04-06"),
        ("date", "từ ngày 01/07/2025", "2025-07-01"),
        ("date", "1939", "1939"),
        ("date", "31/02/1999", None),
        ("date", "không rõ", None),
        ("datetime", "17 giờ 05 phút, ngày 09 tháng 09 năm 2019", "2019-09-09T17:05"),
        ("datetime", "17-giờ 05 phút, ngày 09 tháng 09 năm 2019", "2019-09-09T17:05"),
        ("datetime", "ngày 09 tháng 09 năm 2019", "2019-09-09"),
        ("expiry", "Không thời hạn", "Không thời hạn"),
        ("expiry", "10/06/2036", "2036-06-10"),
        ("year", "1995", "1995"),
        ("year", "05/03/1995", "1995"),
        ("sex", "Nữ", "female"),
        ("sex", "NAM", "male"),
        ("sex", "khác", None),
        ("id_number", "0 1 4 1 8 2 6 3 1 9 7 2", "014182631972"),
        ("id_number", "O14182631972", "014182631972"),
        ("id_number", "196132651", "196132651"),
        ("id_number", "01418263197", None),
        ("id_number", "01905413S433", None),
        ("id_number", "010178321S12", None),
        ("id_number", "07S 203 012 345", None),
        ("id_number", "O75 203 012 345", "075203012345"),
        ("id_number", "S75 203 012 345", None),
        ("phone", "0905 314 026", "0905314026"),
        ("money", "80.000.000 đồng", "80000000"),
        ("area", "271,3 m2", "271.3"),
        ("area", "1.078 m² (bằng chữ: …)", "1078"),
        ("phone", "0905.314.026 (Zalo)", "0905314026"),
        ("phone", "+84 905 314 026", "84905314026"),
        ("phone", "(024) 3825 1234 - 0905 314 026", "02438251234"),
        ("phone", "0905 314", None),
        ("plate", "29-B1 123.45", "29-B1 123.45"),
        ("plate", "11-C1453.92", "11-C1 453.92"),
        ("plate", "29A-123.45", "29A-123.45"),
        ("plate", "51-Dó 777,86", "51-D6 777.86"),
        ("code", "WAVE ALPHA", "WAVE ALPHA"),
        ("code", "SH125i.", "SH125i"),
        ("code", "…", None),
        ("chassis_number", "RLHJC7975FY 116207", "RLHJC7975FY116207"),
        ("chassis_number", "RLHJC 116207", "RLHJC 116207"),
        ("chassis_number", "RLH)C7975FY116207", "RLHJC7975FY116207"),
        ("chassis_number", "RLHJC7975FY11620)", "RLHJC7975FY11620)"),
        ("insurance_number", "79 0123 4567", "7901234567"),
        ("insurance_number", "TE 1 79 7901234567", "TE1797901234567"),
        ("insurance_number", "không", None),
        ("land_serial", "DK 67853454", "DK 67853454"),
        ("email", "mau @thu.example", "mau@thu.example"),
        ("email", "mau@thu example", "mau@thu.example"),
        ("reference", "6507/XN Phú Mẫu", "6507/XN"),
        ("reference", "VP 34415", "VP 34415"),
        ("reference", "không", None),
        ("name", "LÊ VĂN MẪU ……", "LÊ VĂN MẪU"),
        ("name", "LÊ THỊKHUÊ", "LÊ THỊ KHUÊ"),
        ("name", "LÊ", None),
        ("text", "Sử dụng riêng: 78 m2", "Sử dụng riêng: 78 m²"),
        ("text", "Đỏ- Đen", "Đỏ - Đen"),
        ("text", "Cao Lan -Sán Chỉ", "Cao Lan - Sán Chỉ"),
        ("text", "Bru-Vân Kiều", "Bru-Vân Kiều"),
        ("text", "Quyết định số 12/QĐ- UBND", "Quyết định số 12/QĐ- UBND"),
        ("text", "Thửa 3- 5", "Thửa 3- 5"),
        ("address", "Khóm.8,.Xã.Mẫu, tinh Lai Châu", "Khóm 8, Xã Mẫu, tỉnh Lai Châu"),
        ("address", "Xã Mẫu, tỉnh Ninh Bình °", "Xã Mẫu, tỉnh Ninh Bình"),
        ("address", "Số ó2 đường Lê Lợi, xã Mẫu", "Số 62 đường Lê Lợi, xã Mẫu"),
        ("address", "Tổ dân phố ó, xã Mẫu", "Tổ dân phố 6, xã Mẫu"),
        ("address", "Số 10ó/ó3 phố Có, xã Mẫu", "Số 106/63 phố Có, xã Mẫu"),
        ("date_in_words", "Ngay mươi tam thang mươi một năm hai nghìn", "Ngày mười tám tháng mười một năm hai nghìn"),
        ("date_in_words", "Ngày hai mươi mốt tháng năm năm hai nghìn", "Ngày hai mươi mốt tháng năm năm hai nghìn"),
        ("date_in_words", "Ngày đẹp trời tháng năm", None),
    ],
)
def test_values_take_the_normal_form(grammar: str, printed: str, value: str | None) -> None:
    assert normalised(FieldRule("key", (), Grammar(grammar)), printed, {}) == value


def test_a_name_in_capitals_leaves_the_words_around_it() -> None:
    rule = FieldRule("subject.full_name", (), Grammar.NAME)
    assert normalised(rule, "người mẹ LÊ THỊ MẪU Năm sinh", {}) == "LÊ THỊ MẪU"
    assert normalised(rule, "Lê Thị Mẫu", {}) == "Lê Thị Mẫu"
    assert normalised(rule, "LÊ THỊ Ý", {}) == "LÊ THỊ Ý"


def test_the_set_words_for_a_face_get_their_marks_back(papers: Papers) -> None:
    rule = FieldRule("personal_features", (), Grammar.WORDS, lexicon="personal_feature")
    read = normalised(rule, "Seo chấm C:2cm trên sau đuôi mày phải", papers.lexicons)
    assert read == "Sẹo chấm C:2cm trên sau đuôi mày phải"


def test_a_distance_may_be_read_as_two_words(papers: Papers) -> None:
    rule = FieldRule("personal_features", (), Grammar.WORDS, lexicon="personal_feature")
    read = normalised(rule, "Nốt ruồi C: 1cm dưới sau mép trái", papers.lexicons)
    assert read == "Nốt ruồi C:1cm dưới sau mép trái"
