from station.scan.papers.layout import rows_of, text_of
from station.scan.papers.signature import name_in, signature_place

SURNAMES = ("Đoàn", "Lê", "An")


def signer(text, page, labels=("Người ký trích lục", "Chủ tịch", "Phó Chủ tịch")) -> str:
    rows = rows_of(page(text))
    place = signature_place(rows, labels)
    return text_of(name_in(rows, place, SURNAMES)) if place else ""


def test_the_name_stands_below_the_office(page) -> None:
    text = (
        "@900 NGƯỜI KÝ TRÍCH LỤC\n@900 (Ký, ghi rõ họ tên)\n@900 KT. CHỦ TỊCH\n@900 PHÓ CHỦ TỊCH\n\n@950 Đoàn Hoài Mẫu"
    )
    assert signer(text, page) == "Đoàn Hoài Mẫu"


def test_an_office_in_capitals_is_found_beside_other_columns(page) -> None:
    text = "@100 (Ký, ghi rõ họ tên) @900 CHỦ TỊCH\n\n@100 Lê Văn Mẫu @900 Đoàn Hoài Mẫu"
    assert signer(text, page) == "Đoàn Hoài Mẫu"


def test_a_name_in_another_column_is_not_the_signer_s(page) -> None:
    assert signer("@1500 NGƯỜI KÝ TRÍCH LỤC\n\n@100 Lê Văn Mẫu", page) == ""


def test_marks_of_a_signature_before_the_name_are_left_out(page) -> None:
    assert signer("@900 PHÓ CHỦ TỊCH\n@900 Zw Đoàn Hoài Phong", page) == "Đoàn Hoài Phong"


def test_the_end_of_a_longer_name_is_no_name(page) -> None:
    assert signer("@900 PHÓ CHỦ TỊCH\n@900 Trưg Xuâ An Mẫu", page) == ""


def test_a_page_without_a_signer_has_none(page) -> None:
    assert signer("Họ và tên: Lê Văn Mẫu", page) == ""
    assert signer("@900 CHỦ TỊCH\n@900 PHÓ CHỦ TỊCH", page) == ""


def test_names_that_sound_like_offices_are_names(page) -> None:
    rows = rows_of(page("@900 PHÓ CHỦ TỊCH\n@900 Trương Thị Phong"))
    place = signature_place(rows, ("Phó Chủ tịch",))
    assert place is not None
    assert text_of(name_in(rows, place, ("Trương",))) == "Trương Thị Phong"
