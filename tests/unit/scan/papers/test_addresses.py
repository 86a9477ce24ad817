import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import paths
from station.dossier.units import NOWHERE, Gazetteer
from station.gazetteer import load_gazetteer
from station.scan.papers.address_words import miscounts
from station.scan.papers.addresses import address, ends_early, is_known, misnames_place, names_no_unit, offered, parted
from station.scan.papers.syllables import implausible

GAZETTEER = load_gazetteer(paths.resources() / "units")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return GAZETTEER


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Số 6 ngõ 46 đường Mẫu xã Mẫu tỉnh Thanh Hóa", "Số 6, ngõ 46 đường Mẫu, xã Mẫu, tỉnh Thanh Hóa"),
        ("Ủy ban nhân dân xã Mẫu tỉnh Hà Tĩnh", "Ủy ban nhân dân xã Mẫu, tỉnh Hà Tĩnh"),
        ("Ngõ 2, đương Mẫu, phương Mẫu, thanh phố Hồ Chí Minh", "Ngõ 2, đường Mẫu, phường Mẫu, thành phố Hồ Chí Minh"),
        ("Số-157 đường Mẫu, xã Mẫu, tỉnh Hà Tĩnh", "Số 157 đường Mẫu, xã Mẫu, tỉnh Hà Tĩnh"),
        ("Trung tâm Ytế Mẫu, xã Mẫu, tỉnh Hà Tĩnh", "Trung tâm Y tế Mẫu, xã Mẫu, tỉnh Hà Tĩnh"),
        ("Xã Mẫu, Tịnh Quang Ngãi", "Xã Mẫu, Tỉnh Quảng Ngãi"),
        ("Phường Mẫu, TP. Đà Nẵng", "Phường Mẫu, TP. Đà Nẵng"),
    ],
)
def test_unit_words_provinces_and_commas_are_set_right(read: str, meant: str, gazetteer: Gazetteer) -> None:
    assert address(read, gazetteer) == meant


@pytest.mark.parametrize(
    "printed",
    ["Xã Dương Hòa, Tỉnh An Giang", "xã Quan Lạn, tỉnh Quảng Ninh", "Thôn Phượng, xã Phường Mẫu", "Bản Pa Ủ, xã Mẫu"],
)
def test_names_that_look_like_unit_words_stay(printed: str) -> None:
    assert address(printed, NOWHERE) == printed


def test_only_a_kind_of_institution_takes_its_place_without_a_comma() -> None:
    assert address("Bệnh viện Đa khoa tỉnh Nghệ An", NOWHERE) == "Bệnh viện Đa khoa tỉnh Nghệ An"
    assert address("Trung tâm Y tế Mẫu xã Mẫu tỉnh Nghệ An", NOWHERE) == "Trung tâm Y tế Mẫu, xã Mẫu, tỉnh Nghệ An"
    assert address("Thôn Đông xã Diễn Châu tỉnh Nghệ An", NOWHERE) == "Thôn Đông, xã Diễn Châu, tỉnh Nghệ An"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Thôn 3, xã Diễn Chầu, tỉnh Nghệ An", "Thôn 3, xã Diễn Châu, tỉnh Nghệ An"),
        ("xã Mương Tè, tỉnh Lai Châu", "xã Mường Tè, tỉnh Lai Châu"),
        ("XÃ MƯƠNG TÈ, TỈNH LAI CHÂU", "XÃ MƯỜNG TÈ, TỈNH LAI CHÂU"),
        ("xã Dur Kmâl, Đăk Lắk", "xã Dur Kmăl, Đắk Lắk"),
        ("xã Lạc Quởi, huyện Tri Tồn, tỉnh An Giang", "xã Lạc Quới, huyện Tri Tôn, tỉnh An Giang"),
    ],
)
def test_marks_are_set_right_where_one_unit_fits(read: str, meant: str, gazetteer: Gazetteer) -> None:
    assert address(read, gazetteer) == meant
    assert is_known(meant, gazetteer)


@pytest.mark.parametrize(
    "printed",
    [
        "Số 5 đường Diễn Chầu, xã Diễn Châu, tỉnh Nghệ An",  # a street is nobody's to correct
        "Thôn Diễn Chầu, xã Diễn Châu, tỉnh Nghệ An",
        "Phường Hoà Bình, thành phố Hải Phòng",  # another style of setting the mark, not another name
        "xã Đắk Cấm, thành phố Kon Tum, tỉnh Kon Tum",  # spelt Đăk or Đắk before 2025
        "Xã Minh Quản, huyện Trấn Yên, tỉnh Yên Bái",  # Minh Quân or Minh Quán?
        "xã Diễn Chầm, tỉnh Nghệ An",  # a letter
        "Phường 14, Quận 3, Thành phố Hồ Chí Minh",
        "Số 1, P. 4, Q. 3, TP. Hồ Chí Minh",
        "Số 5,7 đường Mẫu, xã Diễn Châu, tỉnh Nghệ An",
        "Chòm 3, xã Diễn Châu, tỉnh Nghệ An",
        "Khe 5, xã Diễn Châu, tỉnh Nghệ An",
        "Số A-12, lô B1-5, xã Diễn Châu, tỉnh Nghệ An",
        "Khu B ở mới, xã Diễn Châu, tỉnh Nghệ An",
        "Tổ 5, đường A Lưới, xã A Lưới 1, thành phố Huế",
    ],
)
def test_all_else_stays_as_it_was_read(printed: str, gazetteer: Gazetteer) -> None:
    assert address(printed, gazetteer) == printed


def test_a_unit_that_differs_in_a_letter_is_offered(gazetteer: Gazetteer) -> None:
    read = "Thôn 3, xã Diễn Chân, tỉnh Nghệ An"
    assert names_no_unit(read, gazetteer)
    assert offered(read, gazetteer) == ("Thôn 3, xã Diễn Châu, tỉnh Nghệ An",)


def test_units_with_the_same_letters_are_all_offered(gazetteer: Gazetteer) -> None:
    read = "Xã Minh Quản, huyện Trấn Yên, tỉnh Yên Bái"
    assert names_no_unit(read, gazetteer)
    assert set(offered(read, gazetteer)) == {
        "Xã Minh Quân, huyện Trấn Yên, tỉnh Yên Bái",
        "Xã Minh Quán, huyện Trấn Yên, tỉnh Yên Bái",
    }


def test_wrong_marks_that_fit_a_unit_of_today_and_one_of_before_are_questioned(gazetteer: Gazetteer) -> None:
    assert is_known("xã Ba Tơ, tỉnh Quảng Ngãi", gazetteer)
    read = "xã Ba Tó, tỉnh Quảng Ngãi"
    assert address(read, gazetteer) == read
    assert names_no_unit(read, gazetteer)
    assert set(offered(read, gazetteer)) == {"xã Ba Tô, tỉnh Quảng Ngãi", "xã Ba Tơ, tỉnh Quảng Ngãi"}


def test_every_level_keeps_its_kind_of_two_words(gazetteer: Gazetteer) -> None:
    printed = "xã Vĩnh Tân, thị xã Vĩnh Châu, tỉnh Sóc Trăng"
    assert address(printed, gazetteer) == printed
    assert address("xã Vĩnh Tân thị xã Vĩnh Châu tỉnh Sóc Trăng", gazetteer) == printed
    assert is_known("phường Phường Đúc, quận Thuận Hóa, thành phố Huế", gazetteer)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Khóm 1 , Xã Công Chính, tỉnh Thanh Hóa", "Khóm 1, Xã Công Chính, tỉnh Thanh Hóa"),
        ("Khóm 1,xã Công Chính.,tỉnh Thanh Hóa", "Khóm 1, xã Công Chính, tỉnh Thanh Hóa"),
        ("đường Bà Triệu..Phường Bá Xuyên, Tỉnh Thái Nguyên", "đường Bà Triệu, Phường Bá Xuyên, Tỉnh Thái Nguyên"),
        ("phường Phú Lợi, thành phố Hồ Chí .Minh", "phường Phú Lợi, thành phố Hồ Chí Minh"),
        ("Bệnh viện Hà N ội, xã Ứng Hòa, thành phố Hà N ội", "Bệnh viện Hà Nội, xã Ứng Hòa, thành phố Hà Nội"),
        ("Khám 8, phường Tân Hạnh, tỉnh Vĩnh Long", "Khóm 8, phường Tân Hạnh, tỉnh Vĩnh Long"),
        ("Khóm-:8, xã Quang Sơn", "Khóm 8, xã Quang Sơn"),
        ("Thân 4, xã Ba Chúc, tỉnh An Giang I", "Thôn 4, xã Ba Chúc, tỉnh An Giang"),
        ("4ổ dân phố số 16, Xã Hưng Thạnh", "Tổ dân phố số 16, Xã Hưng Thạnh"),
        ("Irung tâm Y tê Mẫu, xã Hưng Thạnh", "Trung tâm Y tế Mẫu, xã Hưng Thạnh"),
    ],
)
def test_torn_words_stray_dots_and_long_openings_are_mended(read: str, meant: str, gazetteer: Gazetteer) -> None:
    assert address(read, gazetteer) == meant


@pytest.mark.parametrize(
    "head",
    [
        "Số 57/19B, ngõ 3 đường Mẫu, ",
        "123 Mẫu, ",
        "Tổ dân phố số 8, ",
        "Đường 3/2, ",
        "Ấp 3A, ",
        "Đường 30 tháng 4, ",
        "",
    ],
)
def test_what_is_counted_is_known(head: str) -> None:
    assert not miscounts(head)


@pytest.mark.parametrize("head", ["Khám 8, ", "Tổ 3, Thỏn 4, ", "Số 5 đưởng 7, "])
def test_a_number_behind_another_word_is_questioned(head: str) -> None:
    assert miscounts(head)


def test_an_office_can_only_be_an_office(gazetteer: Gazetteer) -> None:
    read = "Ủy han nhân đân xã Diễn Châu, tỉnh Nghệ An"
    assert address(read, gazetteer) == "Ủy ban nhân dân xã Diễn Châu, tỉnh Nghệ An"
    assert address("Uỷ ban nhân dân xã Diễn Châu", gazetteer) == "Uỷ ban nhân dân xã Diễn Châu"
    assert address("Cổng An, xã Diễn Châu", gazetteer) == "Cổng An, xã Diễn Châu"


def test_what_people_write_as_they_like_is_parted_from_the_units(gazetteer: Gazetteer) -> None:
    tail = "xã Diễn Châu, tỉnh Nghệ An"
    assert parted(f"Thôn 3, {tail}", gazetteer) == ("Thôn 3, ", tail)
    assert parted(f"Ủy ban nhân dân {tail}", gazetteer) == ("", f"Ủy ban nhân dân {tail}")
    assert parted("Bệnh viện đa khoa Quảng Trị", gazetteer) == ("Bệnh viện đa khoa Quảng Trị", "")


def test_an_address_that_lost_its_last_line_names_no_whole_province(gazetteer: Gazetteer) -> None:
    assert names_no_unit("Xã Tân Lập, tỉnh Thái", gazetteer)
    assert names_no_unit("Xã Tân Lập, tỉnh", gazetteer)
    assert not names_no_unit("Xã Tân Lập", gazetteer)


def test_a_house_in_no_commune_is_an_address_that_was_cut_off(gazetteer: Gazetteer) -> None:
    assert ends_early("Số 22 đường Lê", gazetteer)
    assert not ends_early("Số 22 đường Lê Lợi, xã Mường Khương, tỉnh Lào Cai", gazetteer)
    assert not ends_early("Bệnh viện đa khoa Quảng Trị", gazetteer)
    assert not ends_early("Số 22 đường Lê", NOWHERE)


def test_an_invented_commune_is_questioned_and_a_place_without_units_is_not(gazetteer: Gazetteer) -> None:
    assert names_no_unit("xã Mẫu, tỉnh Nghệ An", gazetteer)
    assert offered("xã Mẫu, tỉnh Nghệ An", gazetteer) == ()
    assert not names_no_unit("Bệnh viện đa khoa Quảng Trị", gazetteer)


def test_names_of_peoples_are_known_words(gazetteer: Gazetteer) -> None:
    for address_of in ("Buôn Krông, xã Ea H'leo, huyện Ea H'leo, tỉnh Đắk Lắk", "xã Ia Grai, tỉnh Gia Lai"):
        assert is_known(address_of, gazetteer)
        assert implausible(address_of, gazetteer.words) == 0


PIECES = (
    "xã",
    "phường",
    "tỉnh",
    "thị xã",
    "Thôn",
    "Diễn Châu",
    "Nghệ An",
    "Ia",
    "3",
    "ba",
    "N ội",
    ",",
    ".",
    "..",
    " ",
    "TP.",
)


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    once = address(" ".join(text.split()), GAZETTEER)
    assert not (names_no_unit(once, GAZETTEER) and is_known(once, GAZETTEER))
    assert all(other != once for other in offered(once, GAZETTEER))
    head, tail = parted(once, GAZETTEER)
    assert head + tail == once


@pytest.mark.parametrize(
    ("read", "misnamed"),
    [
        ("Bệnh viện đa khoa Vĩnh Thanh, tỉnh Gia Lai", True),
        ("Bệnh viện Đa khoa Vĩnh Thạnh, tỉnh Gia Lai", False),
        ("Trung tâm Y tế Lạc Thùy, xã Lạc Thủy, tỉnh Phú Thọ", True),
        ("Trung tâm Y tế Lạc Thủy, xã Lạc Thủy, tỉnh Phú Thọ", False),
        ("Bệnh viện Phụ sản Trung ương, thành phố Hà Nội", False),
        ("Bệnh viện Đa khoa tỉnh Gia Lai", False),
        ("Thôn Vĩnh Thanh, tỉnh Gia Lai", False),
        ("Bệnh viện đa khoa Vĩnh Thanh", False),
    ],
)
def test_a_hospital_named_after_a_unit_of_its_province_bears_its_marks(
    read: str, misnamed: bool, gazetteer: Gazetteer
) -> None:
    assert misnames_place(read, gazetteer) == misnamed
