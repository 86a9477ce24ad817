import pytest

from station.dossier.identity_number import PROVINCES, birth_year_of, check_identity_number, offered, sex_of


def test_a_number_that_fits_the_person_has_no_warning() -> None:
    assert check_identity_number("001199012345", sex="female", birth_date="1999-03-05") == ()


def test_a_number_alone_is_checked_for_its_province_only() -> None:
    assert check_identity_number("079085023456") == ()
    assert check_identity_number("003085023456") == ("id.unknown_province",)


def test_a_number_registered_abroad_is_not_doubted() -> None:
    assert check_identity_number("101085023456") == ()


def test_sex_and_year_are_compared() -> None:
    assert check_identity_number("001199012345", sex="male", birth_date="1998-03-05") == (
        "id.sex_mismatch",
        "id.year_mismatch",
    )


def test_a_birth_year_alone_is_compared() -> None:
    assert check_identity_number("001199012345", birth_date="1999") == ()


@pytest.mark.parametrize("number", ["", "79085023456", "0790850234567", "07908502345O"])
def test_anything_but_twelve_digits_is_a_warning(number: str) -> None:
    assert check_identity_number(number) == ("id.not_twelve_digits",)


def test_nine_digits_are_an_old_card() -> None:
    assert check_identity_number("023456789") == ("id.old_number",)


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("001085000000", "male", 1985),
        ("001199000000", "female", 1999),
        ("001215000000", "male", 2015),
        ("001320000000", "female", 2020),
    ],
)
def test_the_fourth_digit_says_century_and_sex(number: str, sex: str, year: int) -> None:
    assert (sex_of(number), birth_year_of(number)) == (sex, year)


def test_there_are_sixty_three_provinces() -> None:
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 63


@pytest.mark.parametrize(
    ("printed", "whole"),
    [("79085023456", "079085023456"), ("1199012345", "001199012345"), ("79 085 023 456", "079085023456")],
)
def test_a_number_that_lost_its_first_zeros_is_offered_with_them(printed: str, whole: str) -> None:
    assert offered(printed) == (whole,)


@pytest.mark.parametrize(
    "printed",
    [
        "079085023456",  # whole
        "123456789",  # an old number
        "03085023456",  # 003 is no province
        "79985023456",  # nobody alive is born in the 2300s
        "7908502345",  # two zeros before it are no province
        "",
        "7908502345x",
        "７９０８５０２３４５６",
    ],
)
def test_nothing_is_offered_where_no_province_and_year_come_out(printed: str) -> None:
    assert offered(printed) == ()
