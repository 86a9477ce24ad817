"""Phrases of identity papers, and the number in them."""

from station.dossier.reading import Doubt, Status
from station.scan.papers.agreement import weigh
from tests.unit.scan.papers.read_values import LISTS, found


def test_the_words_around_a_number_are_mended_or_doubted() -> None:
    lists = {"id_paper": ("Thẻ căn cước công dân số", "cấp ngày")}
    for printed, value, doubt in (
        ("Căn cước công đân số 079085000123", "Căn cước công dân số 079085000123", None),
        ("079085000123, cấp ngàu 08/12/2021", "079085000123, cấp ngày 08/12/2021", None),
        ("079085000123, cấp ngơi 08/12/2021", "079085000123, cấp ngơi 08/12/2021", Doubt.UNKNOWN_WORD),
        ("079085000123, Cục Cảnh Sát", "079085000123, Cục Cảnh Sát", None),
    ):
        weighed = weigh(found(printed, "id_paper"), [printed] * 2, lists)
        assert weighed is not None
        assert (weighed.value, weighed.doubt) == (value, doubt)


def test_a_number_in_a_phrase_is_that_of_a_read_that_made_no_letter_of_a_figure() -> None:
    printed = "CCCD số 042084044167, cấp ngày 09/04/2024"
    others = [printed, printed.replace("042084", "042054")]
    weighed = weigh(found(printed.replace("084", "0S4"), "id_paper"), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.REVIEW)


def test_a_number_in_a_phrase_has_no_spaces_and_one_behind_its_comma() -> None:
    printed = "CCCD số 066190491402, cấp ngày 08/12/2021"
    read = "CCCD số 066 190491402,cấp ngày 08/12/2021"
    weighed = weigh(found(read, "id_paper"), [printed] * 2, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.ACCEPTED)


def test_what_a_leader_leaves_between_the_words_around_a_number_is_none_of_them() -> None:
    printed = "CCCD số 066190491402, cấp ngày 08/12/2021"
    others = ["CCCD số-066190491402. cấp ngày 08/12/2021", "CCCD số 066190491402;cấp: ngày 08/12/2021"]
    weighed = weigh(found(printed, "id_paper"), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.ACCEPTED)
