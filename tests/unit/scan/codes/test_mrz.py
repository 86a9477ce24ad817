"""The machine-readable zone: believed only when all check digits hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.scan.codes.mrz import check_digit, is_name_line, letters, parse, variants

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


def test_letters_read_for_digits_are_set_right_where_only_digits_can_stand() -> None:
    assert AN[0] in variants(letters(AN[0].replace("0850", "O85O", 1)), 0)
    assert AN[1] in variants(letters(AN[1].replace("8512316", "8SI23I6")), 1)


def test_digits_read_for_letters_are_set_right_in_a_name() -> None:
    assert variants("TRAN<<VAN<8A0<<<<<<<<<<<<<<<<<", 2)[0] == "TRAN<<VAN<BAO<<<<<<<<<<<<<<<<<"


def test_a_miscounted_run_of_filler_is_set_right() -> None:
    assert variants(HUONG[1].replace("<" * 11, "<" * 9), 1)[0] == HUONG[1]
    assert HUONG[2] in variants(HUONG[2][:-2], 2)


def test_a_line_that_lost_a_digit_does_not_pass_for_another() -> None:
    assert all(parse((option, AN[1], AN[2])) is None for option in variants(AN[0][:8] + AN[0][9:], 0))


def test_print_is_brought_to_the_letters_of_a_zone() -> None:
    assert letters("le«thi < huong‹") == "LE<<THI<HUONG<"
    assert letters("Độc lập") == "CLP"


@pytest.mark.parametrize(
    ("line", "is_name"),
    [(AN[2], True), (BUOI[2], True), ("MAI" + "<" * 27, True), ("<" * 30, False), (AN[0], False), ("AN<<<<", False),
     ("TRAN<<VAN<<AN<<<<<<<<<<<<<<<<<", False)],
)  # fmt: skip
def test_a_name_line_is_letters_and_filler_to_the_end(line: str, is_name: bool) -> None:
    assert is_name_line(line) == is_name
