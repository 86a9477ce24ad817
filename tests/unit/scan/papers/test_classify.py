import pytest

from station.scan.papers.classify import classify
from station.scan.papers.layout import rows_of


def kind_of(text, page, papers, likely=()):
    return classify(rows_of(page(text)), papers, likely).kind


def test_a_title_and_labels_make_a_kind(page, papers) -> None:
    text = "GIẤY KHAI SINH\nSố: 12/2024\nHọ, chữ đệm, tên: LÊ MẪU\nNơi sinh: Xã Mẫu\nQuê quán: Xã Mẫu"
    assert kind_of(text, page, papers) == "birth_certificate"


def test_a_form_is_not_the_paper_it_asks_for(page, papers) -> None:
    body = "\nHọ, chữ đệm, tên: LÊ THỊ MẪU\nNơi cư trú: Xã Mẫu\nTình trạng hôn nhân: Chưa đăng ký kết hôn với ai"
    certificate, form = "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"
    assert kind_of(certificate + body, page, papers) == "marital_status_certificate"
    assert kind_of(form + body, page, papers) == "marital_status_form"


@pytest.mark.parametrize("title", ["GlẤY KHAl SINH", "GIAY KHAI SINH", "GIẤY KHAI\nSINH"])
def test_a_title_may_be_misread_or_wrapped(page, papers, title: str) -> None:
    text = f"{title}\nHọ, chữ đệm, tên: LÊ MẪU\nNơi sinh: Xã Mẫu\nQuê quán: Xã Mẫu\nDân tộc: Kinh"
    assert kind_of(text, page, papers) == "birth_certificate"


def test_the_two_cards_are_told_apart_by_one_word(page, papers) -> None:
    old = (
        "CĂN CƯỚC CÔNG DÂN\nSố / No.: 001099012345\nHọ và tên / Full name:\nLÊ MẪU\nQuê quán / Place of origin: Xã Mẫu"
    )
    new = "CĂN CƯỚC\nSố định danh cá nhân / Personal identification number:\n001099012345"
    assert kind_of(old, page, papers) == "citizen_card_front"
    assert kind_of(new, page, papers) == "identity_card_front"


@pytest.mark.parametrize(
    "text", ["", "THÔNG BÁO\nVề việc nghỉ lễ", "Hợp đồng mua bán nhà có nhắc giấy khai sinh của con"]
)
def test_an_unknown_paper_is_not_forced_into_a_kind(page, papers, text: str) -> None:
    assert kind_of(text, page, papers) == "other"


def test_a_code_speaks_for_a_card_whose_print_is_unreadable(page, papers) -> None:
    assert kind_of("x y z", page, papers, ("citizen_card_front",)) == "citizen_card_front"
    assert kind_of("Ngón trỏ trái: x", page, papers, ("citizen_card_back", "identity_card_back")) in (
        "citizen_card_back",
        "identity_card_back",
    )


def test_labels_that_no_other_kind_has_speak_for_a_kind_whose_title_is_lost(page, papers) -> None:
    text = """
Họ, chữ đệm, tên vợ: LÊ THỊ MẪU @600 Họ, chữ đệm, tên chồng: LÊ VĂN MẪU
Ngày, tháng, năm sinh: 30/05/1990 @600 Ngày, tháng, năm sinh: 26/05/1981
Dân tộc: Kinh @600 Dân tộc: Ê-đê
Quốc tịch: Việt Nam @600 Quốc tịch: Việt Nam
Nơi cư trú: Thôn 2 @600 Nơi cư trú: Khu phố 2
Nơi đăng ký kết hôn: Ủy ban nhân dân xã Mẫu"""
    assert classify(rows_of(page(text)), papers).kind == "marriage_certificate"


def test_the_labels_decide_between_two_titles_that_a_misreading_confuses(page, papers) -> None:
    text = """
TRÍCH LỰC KHÁI
Họ, chữ đệm, tên: LÊ VĂN MẪU
Ngày, tháng, năm sinh: 22/07/2015
Ghi bằng chữ: Ngày hai mươi hai
Giới tính: Nữ @300 Dân tộc: Kinh @600 Quốc tịch: Việt Nam
Họ, chữ đệm, tên người mẹ: LÊ THỊ MẪU
Họ, chữ đệm, tên người cha: LÊ VĂN MẪU
Đăng ký khai sinh tại: Ủy ban nhân dân xã Mẫu"""
    assert classify(rows_of(page(text)), papers).kind == "birth_certificate"


@pytest.mark.parametrize(
    "edition",
    [
        "Mẫu CT01 ban hành kèm theo Thông tư số 116/2026/TT-BCA ngày 29 tháng 6 năm 2026",
        "Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA ngày 01 tháng 7 năm 2025",
        "Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA ngày 17 tháng 11 năm 2023",
    ],
)
@pytest.mark.parametrize("first", ["1. Họ, chữ đệm và tên khai sinh", "1. Họ, chữ đệm và tên"])
def test_every_edition_of_the_residence_form_is_the_residence_form(page, papers, edition: str, first: str) -> None:
    """Trap 3: the form's circular changes, the portal cites an older one, citizens bring either."""
    text = (
        f"{edition}\nTỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ\nKính gửi: Công an xã Mẫu\n{first}: LÊ THỊ MẪU\n"
        "2. Ngày, tháng, năm sinh: 05/03/1999\n3. Giới tính: Nữ\n10. Nội dung đề nghị: Đăng ký thường trú"
    )
    assert kind_of(text, page, papers) == "residence_form"
