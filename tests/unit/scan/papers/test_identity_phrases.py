from station.scan.papers.identity_phrases import id_number_in, identity_phrase


def test_the_number_in_a_phrase_is_found() -> None:
    assert id_number_in("Căn cước công dân số 042095123998, cấp ngày 21/12/2017") == "042095123998"
    assert id_number_in("Giấy chứng minh nhân dân số 196132651, cấp ngày 22/09/2009") == "196132651"
    assert id_number_in("Hộ chiếu số B1234567") is None


def test_a_phrase_loses_what_small_print_and_leaders_add_to_it() -> None:
    read = "Căn cước công dân số-042 095 123 998. cấp: ngày 21/12/2017"
    assert identity_phrase(read, ()) == "Căn cước công dân số 042095123998, cấp ngày 21/12/2017"


def test_a_dash_that_a_leader_left_behind_the_comma_is_no_part_of_a_phrase() -> None:
    for read in ("CCCD số 040086160086,- cấp ngày 03/04/2024", "CCCD số 040086160086, - cấp ngày 03/04/2024"):
        assert identity_phrase(read, ()) == "CCCD số 040086160086, cấp ngày 03/04/2024"
    printed = "CCCD số 040086160086 - cấp ngày 03/04/2024"
    assert identity_phrase(printed, ()) == printed
