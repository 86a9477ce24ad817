import pytest

from station.scan.papers.addresses import address, has_whole_province


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Số 6 ngõ 46 đường Mẫu xã Mẫu tỉnh Thanh Hóa", "Số 6, ngõ 46 đường Mẫu, xã Mẫu, tỉnh Thanh Hóa"),
        ("Ủy ban nhân dân xã Mẫu tỉnh Hà Tĩnh", "Ủy ban nhân dân xã Mẫu, tỉnh Hà Tĩnh"),
        ("Ngõ 2, đương Mẫu, phương Mẫu, thanh phố Hồ Chí Minh", "Ngõ 2, đường Mẫu, phường Mẫu, thành phố Hồ Chí Minh"),
        ("Xã Mẫu, Tịnh Quang Ngãi", "Xã Mẫu, Tỉnh Quảng Ngãi"),
        ("Phường Mẫu, TP. Đà Nẵng", "Phường Mẫu, TP. Đà Nẵng"),
    ],
)
def test_unit_words_provinces_and_commas_are_set_right(read: str, meant: str) -> None:
    assert address(read) == meant


@pytest.mark.parametrize(
    "printed",
    ["Xã Dương Hòa, Tỉnh An Giang", "xã Quan Lạn, tỉnh Quảng Ninh", "Thôn Phượng, xã Phường Mẫu", "Bản Pa Ủ, xã Mẫu"],
)
def test_names_that_look_like_unit_words_stay(printed: str) -> None:
    assert address(printed) == printed


def test_only_a_kind_of_institution_takes_its_place_without_a_comma() -> None:
    assert address("Bệnh viện Đa khoa tỉnh Nghệ An") == "Bệnh viện Đa khoa tỉnh Nghệ An"
    assert address("Trung tâm Y tế Mẫu xã Mẫu tỉnh Nghệ An") == "Trung tâm Y tế Mẫu, xã Mẫu, tỉnh Nghệ An"
    assert address("Thôn Đông xã Diễn Châu tỉnh Nghệ An") == "Thôn Đông, xã Diễn Châu, tỉnh Nghệ An"


def test_an_address_that_lost_its_last_line_has_no_whole_province() -> None:
    assert not has_whole_province("Xã Tân Lập, tỉnh Thái")
    assert not has_whole_province("Xã Tân Lập, tỉnh")
    assert has_whole_province("Xã Tân Lập, tỉnh Thái Nguyên")
    assert has_whole_province("Xã Tân Lập")
