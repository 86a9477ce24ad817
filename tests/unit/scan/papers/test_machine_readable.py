from dataclasses import replace
from datetime import date

import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.codes.mrz import Mrz
from station.scan.codes.qr import FoundCode
from station.scan.papers.machine_readable import (
    fields_of_codes,
    fields_of_zone,
    likely_kinds,
    reconciled,
    supported,
)

CARD = "079085023456|023456789|Trần Văn Mẫu|31121985|Nam|Xã Mẫu, TP.Hồ Chí Minh|25042021"
ZONE = Mrz(
    lines=("IDVNM0850234567079085023456<<7", "8512316M2512314VNM<<<<<<<<<<<0", "TRAN<<VAN<MAU<<<<<<<<<<<<<<<<<"),
    document_number="085023456",
    id_number="079085023456",
    birth_date=date(1985, 12, 31),
    sex="male",
    expiry_date=None,
    nationality="VNM",
    surname="TRAN",
    given_names="VAN MAU",
)


def code(text: str) -> FoundCode:
    return FoundCode("QRCode", text.encode(), text, (10, 20, 110, 120))


def printed(key: str, value: str, status: Status = Status.REVIEW) -> ReadField:
    return ReadField(key, value, value, 0.6, status, Source.OCR)


def test_a_card_s_code_speaks_for_its_side() -> None:
    assert likely_kinds([code(CARD)], None) == ("citizen_card_front",)
    assert likely_kinds([code(CARD + "||||")], None) == ("identity_card_back",)
    assert likely_kinds([code("https://example.vn")], None) == ()
    assert set(likely_kinds([], ZONE)) == {"citizen_card_back", "identity_card_back"}


def test_a_code_on_another_paper_gives_no_person() -> None:
    assert fields_of_codes([code(CARD)], "birth_certificate") == ()
    assert fields_of_codes([code("GCN|1|2|3")], "citizen_card_front") == ()


def test_a_code_s_fields_stand_where_the_code_stands() -> None:
    fields = fields_of_codes([code(CARD)], "citizen_card_front")
    assert {field.box for field in fields} == {(10, 20, 110, 120)}
    assert {field.source for field in fields} == {Source.QR}


def test_the_zone_s_name_has_no_marks_and_is_for_a_person() -> None:
    fields = {field.key: field for field in fields_of_zone(ZONE)}
    assert fields["subject.full_name"].status is Status.REVIEW
    assert fields["subject.id_number"].status is Status.ACCEPTED
    assert fields["expiry_date"].value == "Không thời hạn"


def test_print_that_a_code_confirms_is_accepted_and_print_that_it_contradicts_is_not() -> None:
    exact = fields_of_zone(ZONE)
    right, wrong = supported(
        [printed("subject.id_number", "079085023456"), printed("subject.sex", "female", Status.ACCEPTED)], exact
    )
    assert right.status is Status.ACCEPTED
    assert wrong.status is Status.REVIEW


def test_print_that_no_code_speaks_of_keeps_its_status() -> None:
    (field,) = supported([printed("subject.residence", "Xã Mẫu")], fields_of_zone(ZONE))
    assert field.status is Status.REVIEW


def test_a_receipt_of_ours_tells_its_number() -> None:
    text = "TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|0123456789abcdef0123456789abcdef"
    assert {field.key for field in fields_of_codes([code(text)], "other")} == {"number", "issue_date"}
    assert fields_of_codes([code(text)], "citizen_card_front") == ()


def test_a_name_that_only_one_reader_has_is_doubted_and_says_what_the_other_read() -> None:
    fields = fields_of_zone(ZONE, name_agreed=False, other_names=["TRAN<<VAN<MAI<<<<<<<<<<<<<<<<<"])
    name = next(field for field in fields if field.key == "subject.full_name")
    assert (name.doubt, name.others) == (Doubt.READS_DIFFER, ("TRAN VAN MAI",))


@pytest.mark.parametrize(
    ("name", "doubt"), [("TRẦN VĂN MẪU", None), ("Trần Văn Mẫu", None), ("TRẦN VĂN MÃO", Doubt.CONTRADICTED)]
)
def test_a_zone_contradicts_another_name_and_vouches_for_no_marks(name: str, doubt: Doubt | None) -> None:
    (field,) = supported([printed("subject.full_name", name)], fields_of_zone(ZONE))
    assert field.status is Status.REVIEW
    assert field.doubt is doubt


def test_a_name_that_the_zone_cuts_off_is_no_contradiction() -> None:
    long = replace(
        ZONE,
        lines=(*ZONE.lines[:2], "NGUYEN<<HOANG<THIEN<BAO<NGOC<M"),
        surname="NGUYEN",
        given_names="HOANG THIEN BAO NGOC M",
    )
    (field,) = supported([printed("subject.full_name", "Nguyễn Hoàng Thiên Bảo Ngọc Minh")], fields_of_zone(long))
    assert field.doubt is None


def test_code_and_zone_that_contradict_each_other_are_both_for_a_person() -> None:
    born = CARD.replace("31121985", "30121985")
    exact = reconciled((*fields_of_codes([code(born + "||||")], "identity_card_back"), *fields_of_zone(ZONE)))
    doubted = {(field.key, field.source, field.others) for field in exact if field.doubt is Doubt.CONTRADICTED}
    assert doubted == {
        ("subject.birth_date", Source.QR, ("1985-12-31",)),
        ("subject.birth_date", Source.MRZ, ("1985-12-30",)),
    }
    (field,) = supported([printed("subject.birth_date", "1985-12-31", Status.ACCEPTED)], exact)
    assert field.status is Status.REVIEW
