"""What stands on a paper twice is compared: agreement is trusted, contradiction is shown to a person."""

from dataclasses import replace

import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.papers.agreement import weigh
from station.scan.papers.cross_checks import checked_in_words, checked_with_numbers
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.text.engine import Word

FIGURES = ReadField(
    "subject.birth_date", "1999-03-05", "05/03/1999", 0.6, Status.REVIEW, Source.OCR, doubt=Doubt.READS_DIFFER
)
WORDS = replace(
    FIGURES,
    key="subject.birth_date_in_words",
    value="Ngày mùng năm tháng ba năm một nghìn chín trăm chín mươi chín",
)


def test_figures_and_words_that_agree_are_accepted_both() -> None:
    checked = checked_in_words([FIGURES, WORDS])
    assert [(field.status, field.doubt) for field in checked] == [(Status.ACCEPTED, None)] * 2
    assert [field.value for field in checked] == [FIGURES.value, WORDS.value]


@pytest.mark.parametrize("doubt", [Doubt.READS_DIFFER, Doubt.UNDER_SEAL, Doubt.SMALL_PRINT])
def test_words_take_away_a_doubt_about_how_well_figures_were_read(doubt: Doubt) -> None:
    figures, _ = checked_in_words([replace(FIGURES, doubt=doubt), WORDS])
    assert (figures.status, figures.doubt) == (Status.ACCEPTED, None)


def test_figures_and_words_that_contradict_are_for_a_person_both() -> None:
    sure = replace(FIGURES, value="1999-08-05", status=Status.ACCEPTED, doubt=None)
    checked = checked_in_words([sure, WORDS])
    assert [(field.status, field.doubt) for field in checked] == [(Status.REVIEW, Doubt.CONTRADICTED)] * 2
    assert checked[0].value == "1999-08-05"


def test_a_read_that_had_lost_and_makes_both_agree_is_the_value_for_a_person() -> None:
    misread = replace(
        WORDS, value="Ngày mùng hai tháng ba năm một nghìn chín trăm chín mươi chín", others=(WORDS.value,)
    )
    figures, words = checked_in_words([FIGURES, misread])
    assert (figures.value, figures.status) == ("1999-03-05", Status.ACCEPTED)
    assert (words.value, words.status, words.others) == (WORDS.value, Status.REVIEW, (misread.value,))
    figures, words = checked_in_words([replace(FIGURES, value="1999-03-06", others=("1999-03-05",)), WORDS])
    assert (figures.value, figures.status, figures.others) == ("1999-03-05", Status.REVIEW, ("1999-03-06",))
    assert (words.value, words.status) == (WORDS.value, Status.ACCEPTED)


@pytest.mark.parametrize(
    "words",
    ["Ngày ba mươi mốt tháng hai năm hai nghìn", "Ngày mùng năm tháng ba", "", "Ngày rằm tháng ba năm hai nghìn"],
)
def test_words_that_say_no_day_change_nothing(words: str) -> None:
    fields = (FIGURES, replace(WORDS, value=words))
    assert checked_in_words(fields) == fields


def test_handwritten_figures_stay_with_a_person() -> None:
    written = replace(FIGURES, value="", doubt=Doubt.HANDWRITTEN)
    assert checked_in_words([written, WORDS]) == (written, WORDS)


def test_other_sources_are_left_alone() -> None:
    coded = replace(FIGURES, source=Source.QR, value="1998-03-05", status=Status.ACCEPTED, doubt=None)
    assert checked_in_words([FIGURES, coded, WORDS])[1] == coded


@pytest.mark.parametrize(
    ("grammar", "printed", "doubt"),
    [
        ("money", "80.000.000 đồng (Bằng chữ: Tám mươi triệu đồng)", None),
        ("money", "30.000.000 đồng (Bằng chữ: Tám mươi triệu đồng)", Doubt.CONTRADICTED),
        ("area", "170,1 m² (bằng chữ: Một trăm bảy mươi phẩy một mét vuông)", None),
        ("area", "110,1 m² (bằng chữ: Một trăm bảy mươi phẩy một mét vuông)", Doubt.CONTRADICTED),
        ("area", "78 m² (bằng chữ: -/-)", None),
    ],
)
def test_an_amount_is_held_against_its_words(grammar: str, printed: str, doubt: Doubt | None) -> None:
    words = tuple(Word(word, (at * 100, 0, at * 100 + 80, 40), 0.9) for at, word in enumerate(printed.split()))
    weighed = weigh(Found(FieldRule("key", (), Grammar(grammar)), (words,)), [printed, printed], {})
    assert weighed is not None
    assert weighed.doubt is doubt


def of(key: str, value: str) -> ReadField:
    return ReadField(key, value, value, 0.9, Status.ACCEPTED, Source.OCR)


def test_a_number_that_fits_birth_and_sex_leaves_them_alone() -> None:
    fields = (of("mother.id_number", "040190003517"), of("mother.birth_year", "1990"), of("mother.sex", "female"))
    assert checked_with_numbers(fields) == fields


@pytest.mark.parametrize(("said", "value"), [("birth_date", "1998-03-05"), ("birth_year", "1998"), ("sex", "male")])
def test_a_number_that_tells_another_year_or_sex_is_for_a_person_and_so_is_what_it_contradicts(
    said: str, value: str
) -> None:
    fields = (of("mother.id_number", "040190003517"), of(f"mother.{said}", value), of("father.birth_year", "1980"))
    number, other, father = checked_with_numbers(fields)
    assert {number.doubt, other.doubt} == {Doubt.CONTRADICTED}
    assert {number.status, other.status} == {Status.REVIEW}
    assert father == fields[2]


def test_the_phrase_that_a_contradicted_number_stands_in_is_for_a_person_too() -> None:
    phrase = "CCCD số 040190003517, cấp ngày 08/01/2023"
    fields = (of("wife.id_paper", phrase), of("wife.id_number", "040190003517"), of("wife.birth_date", "1998-03-05"))
    assert {field.doubt for field in checked_with_numbers(fields)} == {Doubt.CONTRADICTED}


def test_an_old_number_of_nine_digits_tells_nothing() -> None:
    fields = (of("subject.id_number", "036007375"), of("subject.birth_date", "1998-03-05"))
    assert checked_with_numbers(fields) == fields


@pytest.mark.parametrize(("confidence", "doubt"), [(0.65, None), (0.32, Doubt.READS_DIFFER)])
def test_a_birth_is_for_a_person_where_no_two_models_read_the_number_alike(
    confidence: float, doubt: Doubt | None
) -> None:
    number = replace(
        of("agent.id_number", "087171819631"),
        status=Status.REVIEW,
        doubt=Doubt.READS_DIFFER,
        confidence=confidence,
    )
    fields = (number, of("agent.birth_date", "1971-06-30"), of("principal.birth_date", "1993-08-08"))
    _, birth, principal = checked_with_numbers(fields)
    assert (birth.doubt, birth.status is Status.ACCEPTED) == (doubt, doubt is None)
    assert principal == fields[2]
