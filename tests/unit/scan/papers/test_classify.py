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
