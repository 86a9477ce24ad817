import pytest

from station.dossier.health_card import parse_health_card
from station.dossier.reading import Source
from station.errors import InputError

NEW = (
    "7901234567|4e677579e1bb856e205468e1bb8b2042c6b0e1bb9f6920c490e1bb8f|05/03/1999|2|-|79 - 001|01/01/2026|-|"
    "20/12/2025|79067901234567|-|4| 01/01/2031|0123456789abcdef-1202|4|5068c6b0e1bb9d6e67|$"
)
OLD = "DN4797901234567|4e677579e1bb856e|1999|1|4861204ee1bb9969|01 - 028|01/01/2019|-|20/12/2018|$"


def test_a_card_of_2021_is_taken_apart() -> None:
    card = parse_health_card(NEW)
    assert card.number == "7901234567"
    assert card.full_name == "Nguyễn Thị Bưởi Đỏ"
    assert (card.birth_date, card.sex) == ("1999-03-05", "female")
    assert (card.valid_from, card.five_years_from) == ("2026-01-01", "2031-01-01")


def test_an_older_card_has_no_five_years() -> None:
    card = parse_health_card(OLD)
    assert (card.birth_date, card.sex, card.five_years_from) == ("1999", "male", "")
    assert "five_years_from" not in {field.key for field in card.fields()}


def test_fields_come_from_the_code() -> None:
    assert {field.source for field in parse_health_card(NEW).fields()} == {Source.QR}


@pytest.mark.parametrize("text", ["", "a|b", NEW.replace("4e67", "zz67"), NEW.replace("05/03", "31/02"), NEW[:-1]])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_health_card(text)
    assert caught.value.code == "code.not_a_card"
