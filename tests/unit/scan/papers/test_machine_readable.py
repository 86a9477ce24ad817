from datetime import date

from station.dossier.reading import ReadField, Source, Status
from station.scan.codes.mrz import Mrz
from station.scan.codes.qr import FoundCode
from station.scan.papers.machine_readable import fields_of_codes, fields_of_zone, likely_kinds, supported

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
