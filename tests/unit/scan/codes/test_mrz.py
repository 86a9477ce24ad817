"""The machine-readable zone: believed only when all check digits hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.scan.codes.mrz import check_digit, find, parse, read_mrz
from station.scan.image.prepare import prepare
from station.scan.text.tesserocr_engine import TesserocrEngine

AN = ("IDVNM0850234567079085023456<<7", "8512316M2512314VNM<<<<<<<<<<<0", "TRAN<<VAN<AN<<<<<<<<<<<<<<<<<<")
HUONG = ("IDVNM1900345677048190034567<<7", "9007079F3007077VNM<<<<<<<<<<<0", "LE<<THI<HUONG<<<<<<<<<<<<<<<<<")
BUOI = ("IDVNM1990123456001199012345<<7", "9903056F2403052VNM<<<<<<<<<<<0", "NGUYEN<<THI<BUOI<DO<<<<<<<<<<<")


def test_the_example_of_icao_9303_has_check_digit_three() -> None:
    assert check_digit("520727") == "3"


@pytest.mark.parametrize("lines", [AN, HUONG, BUOI])
def test_right_zones_are_taken_apart(lines: tuple[str, str, str]) -> None:
    zone = parse(lines)
    assert zone is not None
    assert zone.lines == lines


def test_every_value_of_a_zone_is_told() -> None:
    zone = parse(BUOI)
    assert zone is not None
    assert zone.id_number == "001199012345"
    assert zone.document_number == "199012345"
    assert zone.birth_date == date(1999, 3, 5)
    assert zone.expiry_date == date(2024, 3, 5)
    assert (zone.sex, zone.nationality) == ("female", "VNM")
    assert (zone.surname, zone.given_names, zone.name) == ("NGUYEN", "THI BUOI DO", "NGUYEN THI BUOI DO")


def test_the_century_of_birth_comes_from_the_personal_number() -> None:
    zone = parse(("IDVNM2150456780092215045678<<9", "1506015M2506012VNM<<<<<<<<<<<4", AN[2]))
    assert zone is not None
    assert zone.birth_date == date(2015, 6, 1)


def test_a_card_without_expiry_has_none() -> None:
    second = "8512316M" + "991231" + check_digit("991231") + "VNM<<<<<<<<<<<"
    second += check_digit(AN[0][5:30] + second[0:7] + second[8:15] + second[18:29])
    zone = parse((AN[0], second, AN[2]))
    assert zone is not None
    assert zone.expiry_date is None


@given(st.sampled_from([AN, HUONG, BUOI]), st.integers(0, 1), st.integers(0, 29), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_a_checked_place_is_never_believed(
    lines: tuple[str, str, str], row: int, place: int, digit: str
) -> None:
    wrong = list(lines)
    if not wrong[row][place].isdigit() or wrong[row][place] == digit:
        return
    wrong[row] = wrong[row][:place] + digit + wrong[row][place + 1 :]
    assert parse(wrong) is None


def test_letters_read_for_digits_are_set_right_and_still_checked() -> None:
    found = find(["some print", AN[0].replace("0850", "O85O", 1), AN[1], AN[2]])
    assert found is not None
    assert found.lines == AN


def test_a_miscounted_run_of_filler_is_set_right() -> None:
    found = find([HUONG[0], HUONG[1].replace("<" * 11, "<" * 9), HUONG[2][:-2]])
    assert found is not None
    assert found.lines == HUONG


def test_lines_that_do_not_check_are_not_found() -> None:
    assert find([AN[0], HUONG[1], AN[2]]) is None


def test_printedwithout_a_zone_has_none() -> None:
    assert find(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐƠN ĐỀ NGHỊ"]) is None


def test_a_zone_is_read_from_a_card(write: Any, models: Path) -> None:
    printed = ["Đặc điểm nhận dạng: Sẹo chấm C:1,5cm", "dưới trước đầu mày phải", "Ngày, tháng, năm: 01/07/2021"]
    printed += ["CỤC TRƯỞNG CỤC CẢNH SÁT", "quản lý hành chính về trật tự xã hội"]
    card = write(printed, size=(1011, 638), points=9, at=(55, 50), spacing=1.5)
    card &= write(list(BUOI), size=(1011, 638), font="OCRB.otf", points=9.8, at=(40, 420), spacing=1.55)
    prepared = prepare(card)
    found = read_mrz(prepared, TesserocrEngine(models, "mrz"))
    assert prepared.card
    assert found is not None
    zone, box = found
    assert zone.lines == BUOI
    assert box[1] > 0.55 * prepared.gray.shape[0]
