"""Addresses are taken apart from their end, and those on units before July 2025 have an offer of today's."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from station import paths
from station.dossier.addresses import locate, today
from station.dossier.text import folded
from station.dossier.units import NOWHERE, Gazetteer, Level, Unit, key_of
from station.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer(paths.resources() / "units")
COMMUNES = [unit for unit in (*GAZETTEER.today, *GAZETTEER.before) if unit.level is Level.COMMUNE]


def path_of(unit: Unit) -> str:
    above = GAZETTEER.above(unit)
    return f"{unit.full_name}, {above.full_name if above.level is Level.PROVINCE else path_of(above)}"


@given(st.sampled_from(COMMUNES))
def test_every_commune_is_found_by_its_full_name(unit: Unit) -> None:
    for address in (path_of(unit), f"Số 1, {path_of(unit)}", path_of(unit).upper()):
        located = locate(address, GAZETTEER)
        assert located.known
        assert unit in located.named[0].units


@given(st.sampled_from(COMMUNES))
def test_a_commune_without_its_marks_is_found_among_those_with_its_letters(unit: Unit) -> None:
    located = locate(path_of(replace(unit, name=folded(unit.name))), GAZETTEER)
    keys = {key for found in located.named[0].units for key in (key_of(found.name), key_of(found.spelt))}
    assert key_of(unit.name) in keys or unit in located.named[0].near


@given(st.sampled_from(COMMUNES), st.data())
def test_a_commune_with_one_letter_wrong_is_never_taken_for_another_but_offered(
    unit: Unit, data: st.DataObject
) -> None:
    letters = [at for at, letter in enumerate(unit.name) if letter.isalpha()]
    if len(key_of(unit.name)) < 5 or any(map(str.isdigit, unit.name)) or not letters:
        return
    at = data.draw(st.sampled_from(letters))
    wrong = unit.name[:at] + data.draw(st.sampled_from(string.ascii_lowercase)) + unit.name[at + 1 :]
    address = path_of(unit).replace(unit.full_name, f"{unit.kind} {wrong}", 1)
    first = locate(address, GAZETTEER).named[0]
    if first.unit is None:
        assert unit in first.near
    else:
        assert key_of(wrong) in {key_of(name) for known in first.units for name in (known.name, known.spelt)}


@given(st.text() | st.text(st.sampled_from("xãphường ,.tỉnhNghệAn1'-")))
@example(".T0")
def test_any_text_is_an_address_or_none(text: str) -> None:
    located = locate(text, GAZETTEER)
    assert all(text[named.start :].startswith(named.name) for named in located.named)
    assert all(offer.address for offer in today(text, GAZETTEER))


@pytest.mark.parametrize(
    ("printed", "offers"),
    [
        ("Thôn 5, xã Đồng Thanh, huyện Kim Động, tỉnh Hưng Yên", ["Thôn 5, xã Nghĩa Dân, tỉnh Hưng Yên"]),
        ("xã Tân Thạnh, huyện Thới Lai, thành phố Cần Thơ", ["Xã Trường Thành, thành phố Cần Thơ"]),
        (
            "Số 3, P.4, Q.3, TP. Hồ Chí Minh",
            ["Số 3, Phường Bàn Cờ, thành phố Hồ Chí Minh", "Số 3, Phường Xuân Hòa, thành phố Hồ Chí Minh"],
        ),
        ("Thanh Lâm, Ba Chẽ, Quảng Ninh", ["Xã Kỳ Thượng, tỉnh Quảng Ninh"]),
        ("Thị trấn Diễn Thành, Nghệ An", ["Xã Diễn Châu, tỉnh Nghệ An"]),
        ("ẤP 1, XÃ NẬM TY, HUYỆN SÔNG MÃ, TỈNH SƠN LA", ["ẤP 1, XÃ NẬM TY, TỈNH SƠN LA"]),
        ("Huyện Lý Sơn, tỉnh Quảng Ngãi", []),  # no commune is named
        ("xã Diễn Châu, tỉnh Nghệ An", []),  # today's units
        ("xã Mẫu, huyện Diễn Châu, tỉnh Nghệ An", []),  # never was
        ("Ủy ban nhân dân xã Nậm Ty, huyện Sông Mã, tỉnh Sơn La", []),  # an institution keeps its name
        ("Bệnh viện đa khoa Quảng Trị", []),
        ("", []),
    ],
)
def test_todays_units_are_offered_behind_the_head_as_printed(printed: str, offers: list[str]) -> None:
    assert [offer.address for offer in today(printed, GAZETTEER)] == offers


def test_a_divided_commune_has_every_part_offered_the_largest_first() -> None:
    offers = today("phường Điện Biên, quận Ba Đình, thành phố Hà Nội", GAZETTEER)
    assert [offer.commune.name for offer in offers] == [
        "Ba Đình",
        "Hoàn Kiếm",
        "Ô Chợ Dừa",
        "Văn Miếu - Quốc Tử Giám",
    ]


def test_namesakes_in_several_districts_are_all_offered_where_no_district_is_named() -> None:
    offers = today("Xã Tân Hội, tỉnh Tiền Giang", GAZETTEER)
    assert len(offers) == len({offer.commune for offer in offers})
    named = locate("Xã Tân Hội, tỉnh Tiền Giang", GAZETTEER).named[0]
    assert {offer.commune for offer in offers} == {now for unit in named.units for now in GAZETTEER.today_of(unit)}


@pytest.mark.parametrize(
    "address",
    [
        "Xã Chiềng Khoong, Sơn La",
        "Phường 04, Quận 3, TP.HCM",
        "xã Ea H'Leo, tỉnh Đắk Lắk",
        "Đặc khu Phú Quốc, An Giang",
    ],
)
def test_short_and_foreign_ways_of_writing_are_known(address: str) -> None:
    assert locate(address, GAZETTEER).known


def test_a_province_of_long_ago_is_no_mistake_and_says_nothing_about_what_was_in_it() -> None:
    located = locate("xã Mẫu, huyện Mẫu, tỉnh Hà Bắc", GAZETTEER)
    assert not located.unknown
    assert not located.known
    assert today("xã Mẫu, huyện Mẫu, tỉnh Hà Bắc", GAZETTEER) == ()
    assert locate("xã Mẫu, huyện Mẫu, tỉnh Bắc Giang", GAZETTEER).unknown


def test_hue_is_known_by_both_its_names() -> None:
    old = "xã Phú Mỹ, huyện Phú Vang, tỉnh Thừa Thiên Huế"
    assert not locate(old, GAZETTEER).named[-1].near
    assert locate(old, GAZETTEER).province == locate("huyện Phú Vang, thành phố Huế", GAZETTEER).province


def test_a_street_of_a_units_name_is_no_unit() -> None:
    located = locate("Số 5 đường Ba Đình, xã Diễn Châu, tỉnh Nghệ An", GAZETTEER)
    assert [named.name for named in located.named] == ["Diễn Châu", "Nghệ An"]


def test_an_empty_gazetteer_knows_no_place() -> None:
    assert not locate("xã Diễn Châu, tỉnh Nghệ An", NOWHERE).known
    assert today("xã Nậm Ty, huyện Sông Mã, tỉnh Sơn La", Gazetteer()) == ()
