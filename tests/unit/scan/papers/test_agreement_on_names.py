"""Names: known family names, words that can be, and no read that says another."""

from station.dossier.reading import Doubt, Status
from station.scan.papers.agreement import weigh
from tests.unit.scan.papers.read_values import LISTS, found


def test_a_name_with_an_impossible_syllable_is_never_accepted() -> None:
    weighed = weigh(found("LÊ VĂN LÔC", "name"), ["LÊ VĂN LÔC", "LÊ VĂN LÔC"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("LÊ VĂN LÔC", Status.REVIEW)


def test_a_name_that_ends_with_a_middle_name_has_lost_its_last_word() -> None:
    for name, status in (("LÊ THỊ", Status.REVIEW), ("LÊ THỊ THỊ", Status.REVIEW), ("LÊ THỊ THI", Status.ACCEPTED)):
        weighed = weigh(found(name, "name", confidence=0.93), [name] * 2, LISTS)
        assert weighed is not None
        assert weighed.status is status, name


def test_a_name_that_falls_apart_into_small_letters_is_for_a_person() -> None:
    weighed = weigh(found("Lê Li en", "name"), ["Lê Li en", "Lê Li en"], LISTS)
    assert weighed is not None
    assert (weighed.status, weighed.doubt) == (Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_a_family_name_is_mended_for_review_only() -> None:
    weighed = weigh(found("NGUYÊN VĂN MẪU", "name"), ["NGUYÊN VĂN MẪU", "NGUYÊN VĂN MẪU"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("NGUYỄN VĂN MẪU", Status.REVIEW)


def test_a_family_name_that_two_reads_have_is_meant_by_one_that_nobody_has() -> None:
    lists = {"surname": ("Đặng", "Đàng", "Lê")}
    for reads, status in (
        (("ĐẶNG ANH", "ĐĂNG ANH", "ĐẶNG ANH"), Status.ACCEPTED),
        (("ĐĂNG ANH", "ĐĂNG ANH", "ĐẶNG ANH"), Status.REVIEW),
        (("ĐẶNG ANH", "ĐÀNG ANH", "ĐẶNG ANH"), Status.REVIEW),
        (("ĐẶNG ANH", "ĐĂNG ANH", "ĐẶNG ÁNH"), Status.REVIEW),
    ):
        weighed = weigh(found(reads[0], "name"), reads[1:], lists)
        assert weighed is not None
        assert weighed.status is status


def test_the_same_name_elsewhere_on_the_page_is_heard() -> None:
    weighed = weigh(found("LÊ VĂN MÂU", "name"), ["LÊ VĂN MẤU"], LISTS, ["Lê Văn Mẫu", "Lê Văn Mẫu"])
    assert weighed is not None
    assert weighed.value == "LÊ VĂN MẪU"


def test_a_name_of_which_the_page_s_read_is_sure_is_the_value_though_two_read_another() -> None:
    for confidence, value in ((0.93, "LÊ HOÀNG ẨN"), (0.8, "LÊ HOÀNG ẤN")):
        weighed = weigh(found("LÊ HOÀNG ẨN", "name", confidence=confidence), ["LÊ HOÀNG ẤN"] * 2, LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == (value, Status.REVIEW)
