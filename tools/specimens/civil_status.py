"""The papers of civil status: birth, marriage, marital status, and the notice of birth from the hospital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tools.specimens.ink import RED, Specimen
from tools.specimens.people import Person, printed
from tools.specimens.sheet import Sheet, Slot
from tools.specimens.words import date_in_words

SIGN = "(Ký, ghi rõ họ, chữ đệm, tên)"
SIGN_AND_SEAL = "(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)"


@dataclass(frozen=True, slots=True)
class Birth:
    """One registered birth: the child, the parents, the place, and what the register says."""

    child: Person
    mother: Person
    father: Person
    place: str
    number: str
    registered_at: str
    registered_on: date
    signer: str


def birth_certificate(birth: Birth, registrant: Person) -> Specimen:
    """Giấy khai sinh, the original."""
    sheet = Sheet("birth_certificate", (244, 241, 226), (236, 231, 212), frame=(196, 130, 100))
    sheet.state_heading()
    sheet.title("GIẤY KHAI SINH", RED)
    sheet.centred(f"Số: {birth.number}")
    sheet.specimen.fields["number"] = birth.number
    _child(sheet, birth, "Ghi bằng chữ:")
    sheet.row(Slot("Số định danh cá nhân:", birth.child.id_number, "subject.id_number"))
    _parents(sheet, birth)
    sheet.row(Slot("Họ, chữ đệm, tên người đi khai sinh:", registrant.upper, "registrant.full_name", bold=True))
    _id_paper(sheet, "registrant", registrant)
    sheet.row(Slot("Nơi đăng ký khai sinh:", birth.registered_at, "registered_at"))
    sheet.row(_date("Ngày, tháng, năm đăng ký:", birth.registered_on, "registered_on"))
    _signed(sheet, "NGƯỜI KÝ GIẤY KHAI SINH", birth.signer)
    return sheet.specimen


def birth_extract(birth: Birth, issuer: tuple[str, str], number: str, place: str, on: date, signer: str) -> Specimen:
    """Trích lục khai sinh (bản sao): the number at the head is the copy's, the register's stands in the body."""
    sheet = Sheet("birth_certificate")
    sheet.letterhead(issuer, number, _place_and_date(place, on))
    sheet.title("TRÍCH LỤC KHAI SINH")
    sheet.centred("(BẢN SAO)", bold=True)
    _child(sheet, birth, "ghi bằng chữ:")
    sheet.row(Slot("Số định danh cá nhân:", birth.child.id_number, "subject.id_number"))
    _parents(sheet, birth)
    sheet.row(Slot("Đăng ký khai sinh tại:", birth.registered_at, "registered_at"))
    sheet.row(
        Slot("Số:", birth.number),
        Slot("ngày:", printed(birth.registered_on), "registered_on", birth.registered_on.isoformat(), at=0.35),
    )
    sheet.row(Slot("Ghi chú:"))
    sheet.row(Slot("Thực hiện trích lục từ:", "Cơ sở dữ liệu hộ tịch điện tử"), dots=False)
    sheet.specimen.also |= {
        "issue_date": [on.isoformat()],
        "issuer": None,
        "registration_number": [birth.number],
    }
    _signed(sheet, "NGƯỜI KÝ TRÍCH LỤC", signer)
    return sheet.specimen


def birth_registration_form(
    birth: Birth, office: str, applicant: Person, relationship: str, place: str, on: date, copies: int
) -> Specimen:
    """Tờ khai đăng ký khai sinh; the child has no number yet."""
    sheet = Sheet("birth_registration_form")
    sheet.state_heading()
    sheet.title("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    sheet.row(Slot("Kính gửi:", office, "addressed_to", at=0.12))
    sheet.row(Slot("Họ, chữ đệm, tên người yêu cầu:", applicant.name, "applicant.full_name"))
    sheet.row(Slot("Nơi cư trú:", applicant.residence, "applicant.residence"))
    _id_paper(sheet, "applicant", applicant)
    sheet.row(Slot("Quan hệ với người được khai sinh:", relationship, "applicant.relationship"))
    sheet.paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", bold=True)
    _child(sheet, birth, "ghi bằng chữ:")
    _parents(sheet, birth)
    sheet.paragraph(
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí "
        "của các bên liên quan theo quy định pháp luật."
    )
    sheet.copies_wanted(copies)
    sheet.row(Slot(f"Làm tại {_place_and_date(place, on)}", at=0.45), dots=False)
    sheet.specimen.signatures = sheet.signatures(("NGƯỜI YÊU CẦU", SIGN, applicant.name), blank=20)
    sheet.specimen.also |= {"signed_by": [applicant.name], "issue_date": [on.isoformat()]}
    return sheet.specimen


def birth_notice(
    birth: Birth,
    hospital: tuple[str, str],
    number: str,
    at: datetime,
    weight: int,
    place: str,
    on: date,
    signers: tuple[str, str],
) -> Specimen:
    """Giấy chứng sinh, from the hospital: about the mother, and the child as it was born."""
    sheet = Sheet("birth_notice")
    sheet.letterhead(hospital, number, "Quyển số: 03")
    sheet.title("GIẤY CHỨNG SINH")
    mother = birth.mother
    sheet.row(Slot("Họ và tên mẹ/Người nuôi dưỡng:", mother.upper, "mother.full_name", bold=True))
    sheet.row(_date("Ngày, tháng, năm sinh:", mother.birth_date, "mother.birth_date"))
    sheet.row(Slot("Nơi đăng ký thường trú:", mother.residence, "mother.residence"))
    sheet.row(Slot("Số CCCD/Số định danh cá nhân:", mother.id_number, "mother.id_number"))
    sheet.row(Slot("Dân tộc:", mother.ethnicity, "mother.ethnicity"))
    born = f"{at.hour:02} giờ {at.minute:02} phút, ngày {at.day:02} tháng {at.month:02} năm {at.year}"
    sheet.row(Slot("Đã sinh con vào lúc:", born, "occurred_at", at.isoformat(timespec="minutes")))
    sheet.row(Slot("Tại:", birth.place, "place"))
    sheet.row(Slot("Số con trong lần sinh này:", "01"), Slot("Giới tính của con:", birth.child.printed_sex, at=0.5))
    sheet.row(Slot("Cân nặng:", f"{weight} g"), Slot("Hiện trạng con:", "Khỏe mạnh", at=0.5))
    sheet.row(Slot("Dự định đặt tên con là:", birth.child.upper))
    sheet.row(Slot("Người đỡ đẻ:", signers[0]))
    sheet.row(Slot(_place_and_date(place, on), at=0.5), dots=False)
    sheet.specimen.also |= {
        "signed_by": list(signers),
        "issue_date": [on.isoformat()],
        "issuer": None,
        "subject.full_name": [birth.child.upper],
        "subject.sex": [birth.child.sex],
        "subject.birth_date": [at.date().isoformat()],
    }
    places = sheet.signatures(
        ("NGƯỜI ĐỠ ĐẺ", "(Ký, ghi rõ họ tên)", signers[0]),
        ("THỦ TRƯỞNG CƠ SỞ Y TẾ", "(Ký tên, đóng dấu)", signers[1]),
    )
    sheet.specimen.signatures, sheet.specimen.stamps = places, places[1:]
    return sheet.specimen


def marriage_certificate(number: str, wife: Person, husband: Person, office: str, on: date, signer: str) -> Specimen:
    """Giấy chứng nhận kết hôn: the wife's column on the left, the husband's on the right."""
    sheet = Sheet("marriage_certificate", (245, 228, 230), (238, 212, 216))
    sheet.state_heading()
    sheet.title("GIẤY CHỨNG NHẬN KẾT HÔN", RED)
    sheet.centred(f"Số: {number}")
    sheet.specimen.fields["number"] = number
    sheet.two_columns(_spouse(sheet, "vợ", "wife", wife), _spouse(sheet, "chồng", "husband", husband))
    sheet.row(Slot("Nơi đăng ký kết hôn:", office, "registered_at"))
    sheet.row(_date("Ngày, tháng, năm đăng ký:", on, "registered_on"))
    sheet.paragraph("Giấy chứng nhận kết hôn này có giá trị kể từ ngày, tháng, năm đăng ký.", italic=True)
    places = sheet.signatures(("VỢ", SIGN, wife.name), ("CHỒNG", SIGN, husband.name))
    _signed(sheet, "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", signer)
    sheet.specimen.signatures += places
    return sheet.specimen


def marital_status_certificate(
    issuer: tuple[str, str], number: str, place: str, on: date, person: Person, status: str, purpose: str, signer: str
) -> Specimen:
    """Giấy xác nhận tình trạng hôn nhân."""
    sheet = Sheet("marital_status_certificate")
    sheet.letterhead(issuer, number, _place_and_date(place, on))
    sheet.title("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    sheet.paragraph(f"Xét đề nghị của ông/bà {person.name}, về việc cấp Giấy xác nhận tình trạng hôn nhân,")
    sheet.centred("XÁC NHẬN:", bold=True)
    sheet.row(Slot("Họ, chữ đệm, tên:", person.upper, "subject.full_name", bold=True))
    sheet.row(
        _date("Ngày, tháng, năm sinh:", person.birth_date, "subject.birth_date"),
        Slot("Giới tính:", person.printed_sex, "subject.sex", person.sex, at=0.6),
    )
    sheet.row(
        Slot("Dân tộc:", person.ethnicity, "subject.ethnicity"),
        Slot("Quốc tịch:", person.nationality, "subject.nationality", at=0.5),
    )
    _id_paper(sheet, "subject", person)
    sheet.row(Slot("Nơi cư trú:", person.residence, "subject.residence"))
    sheet.row(Slot("Tình trạng hôn nhân:", status, "marital_status"))
    sheet.row(Slot("Giấy này được sử dụng để:", purpose, "purpose"))
    sheet.paragraph("Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.", italic=True)
    sheet.specimen.also |= {
        "issue_date": [on.isoformat()],
        "issuer": None,
        "applicant.full_name": [person.name],
    }
    _signed(sheet, "NGƯỜI KÝ GIẤY XÁC NHẬN", signer)
    return sheet.specimen


def _child(sheet: Sheet, birth: Birth, in_words: str) -> None:
    child = birth.child
    sheet.row(Slot("Họ, chữ đệm, tên:", child.upper, "subject.full_name", bold=True))
    sheet.row(_date("Ngày, tháng, năm sinh:", child.birth_date, "subject.birth_date"))
    sheet.row(Slot(in_words, date_in_words(child.birth_date), "subject.birth_date_in_words"))
    sheet.row(
        Slot("Giới tính:", child.printed_sex, "subject.sex", child.sex),
        Slot("Dân tộc:", child.ethnicity, "subject.ethnicity", at=0.3),
        Slot("Quốc tịch:", child.nationality, "subject.nationality", at=0.62),
    )
    sheet.row(Slot("Nơi sinh:", birth.place, "subject.birth_place"))
    sheet.row(Slot("Quê quán:", child.origin, "subject.place_of_origin"))


def _parents(sheet: Sheet, birth: Birth) -> None:
    """The mother comes before the father."""
    for prefix, who, parent in (("mother", "mẹ", birth.mother), ("father", "cha", birth.father)):
        sheet.row(Slot(f"Họ, chữ đệm, tên người {who}:", parent.upper, f"{prefix}.full_name", bold=True))
        sheet.row(
            Slot("Năm sinh:", str(parent.birth_date.year), f"{prefix}.birth_year"),
            Slot("Dân tộc:", parent.ethnicity, f"{prefix}.ethnicity", at=0.3),
            Slot("Quốc tịch:", parent.nationality, f"{prefix}.nationality", at=0.62),
        )
        sheet.row(Slot("Nơi cư trú:", parent.residence, f"{prefix}.residence"))


def _spouse(sheet: Sheet, who: str, prefix: str, person: Person) -> list[Slot]:
    sheet.specimen.fields[f"{prefix}.id_number"] = person.id_number
    return [
        Slot(f"Họ, chữ đệm, tên {who}:", person.upper, f"{prefix}.full_name", bold=True),
        _date("Ngày, tháng, năm sinh:", person.birth_date, f"{prefix}.birth_date"),
        Slot("Dân tộc:", person.ethnicity, f"{prefix}.ethnicity"),
        Slot("Quốc tịch:", person.nationality, f"{prefix}.nationality"),
        Slot("Nơi cư trú:", person.residence, f"{prefix}.residence"),
        Slot("Giấy tờ tùy thân:", person.id_paper, f"{prefix}.id_paper"),
    ]


def _id_paper(sheet: Sheet, prefix: str, person: Person) -> None:
    sheet.row(Slot("Giấy tờ tùy thân:", person.id_paper, f"{prefix}.id_paper"))
    sheet.specimen.fields[f"{prefix}.id_number"] = person.id_number


def _date(label: str, day: date, key: str) -> Slot:
    return Slot(label, printed(day), key, day.isoformat())


def _place_and_date(place: str, on: date) -> str:
    return f"{place}, ngày {on.day:02} tháng {on.month:02} năm {on.year}"


def _signed(sheet: Sheet, heading: str, signer: str) -> None:
    """The office's signature and stamp, on the right."""
    sheet.space(3)
    places = sheet.signatures((heading, SIGN_AND_SEAL, "CHỦ TỊCH", signer))
    sheet.specimen.signatures = places
    sheet.specimen.stamps = [(x - 200, y) for x, y in places]
    sheet.specimen.fields["signed_by"] = signer
