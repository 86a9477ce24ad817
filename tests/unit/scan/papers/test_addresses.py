import pytest

from station.scan.papers.addresses import address


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
