import unicodedata

import pytest

from station.dossier.citizen_card import parse_card_payload
from station.dossier.reading import Source, Status
from station.errors import InputError

SEVEN = "079085023456|023456789|Trần Văn Ẩn|31121985|Nam|Tổ 3, Khu phố 5, Tân Phú, Quận 7, TP.Hồ Chí Minh|25042021"


def test_a_card_of_2021_gives_seven_fields() -> None:
    card = parse_card_payload(SEVEN)
    assert card.id_number == "079085023456"
    assert card.old_id_number == "023456789"
    assert card.full_name == "Trần Văn Ẩn"
    assert card.birth_date == "1985-12-31"
    assert card.sex == "male"
    assert card.residence == "Tổ 3, Khu phố 5, Tân Phú, Quận 7, TP.Hồ Chí Minh"
    assert card.issue_date == "2021-04-25"
    assert card.extra == ()


def test_a_card_without_an_old_number_gives_six_fields() -> None:
    card = parse_card_payload("001199012345|Nguyễn Thị Bưởi Đỏ|05031999|Nữ|Phường Đống Đa, Thành phố Hà Nội|10052021")
    assert card.old_id_number == ""
    assert card.full_name == "Nguyễn Thị Bưởi Đỏ"
    assert card.sex == "female"


def test_the_extra_fields_of_a_card_of_2024_are_kept_as_written() -> None:
    card = parse_card_payload(
        "092215045678||Phạm Gia Bảo|01062015|Nam|Xã Phong Điền, Thành phố Cần Thơ|20112024||Phạm Văn Dũng|Ngô Ánh|"
    )
    assert card.extra == ("", "Phạm Văn Dũng", "Ngô Ánh", "")
    assert not any("Dũng" in field.value for field in card.fields())


@pytest.mark.parametrize("ending", ["\0", "\r\n", "\t", "\n\0"])
def test_what_a_scanner_appends_is_dropped(ending: str) -> None:
    assert parse_card_payload(SEVEN + ending) == parse_card_payload(SEVEN)


def test_dates_may_have_slashes() -> None:
    assert parse_card_payload(SEVEN.replace("31121985", "31/12/1985")).birth_date == "1985-12-31"


def test_decomposed_letters_are_composed() -> None:
    assert parse_card_payload(unicodedata.normalize("NFD", SEVEN)).full_name == "Trần Văn Ẩn"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.vn",
        "079085023456",
        SEVEN.replace("31121985", "31021985"),
        SEVEN.replace("|Nam|", "|Khác|"),
        SEVEN.replace("079085023456", "79085023456"),
        "7901234567|4e67|05/03/1999|2|-|79 - 001|01/01/2026|-|20/12/2025|$",
    ],
)
def test_any_other_text_is_not_a_card(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_card_payload(text)
    assert caught.value.code == "code.not_a_card"


@pytest.mark.parametrize("name", ["Tr?n V?n ?n", "Tr\ufffdn V\ufffdn An", ""])
def test_a_damaged_name_is_said_to_be_damaged(name: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_card_payload(SEVEN.replace("Trần Văn Ẩn", name))
    assert caught.value.code == "code.mangled"


def test_fields_say_that_they_come_from_the_code() -> None:
    fields = {field.key: field for field in parse_card_payload(SEVEN).fields("applicant.")}
    assert fields["applicant.birth_date"].value == "1985-12-31"
    assert fields["applicant.birth_date"].printed == "31121985"
    assert fields["issue_date"].value == "2021-04-25"
    assert {(field.source, field.status) for field in fields.values()} == {(Source.QR, Status.ACCEPTED)}


def test_an_empty_old_number_is_no_field() -> None:
    assert "subject.old_id_number" not in {
        field.key for field in parse_card_payload(SEVEN.replace("023456789", "")).fields()
    }
