"""The papers about residence: CT01 and CT07."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tools.specimens.ink import Specimen
from tools.specimens.people import Person, printed
from tools.specimens.sheet import Sheet, Slot

HEADINGS = (
    "TT",
    "Họ, chữ đệm và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Mối quan hệ với chủ hộ",
)
SHARES = (0.06, 0.27, 0.17, 0.1, 0.22, 0.18)
Member = tuple[Person, str]


def residence_form(
    police: str,
    place: str,
    on: date,
    person: Person,
    head: Person,
    relationship: str,
    request: str,
    members: Sequence[Member],
) -> Specimen:
    """CT01, Tờ khai thay đổi thông tin cư trú (Circular 116/2026)."""
    sheet = Sheet("residence_form")
    sheet.small_right(
        (
            "Mẫu CT01 ban hành kèm theo Thông tư số",
            "116/2026/TT-BCA ngày 29 tháng 6 năm 2026",
            "của Bộ trưởng Bộ Công an",
        )
    )
    sheet.state_heading()
    sheet.title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ")
    sheet.row(Slot("Kính gửi:", police, "addressed_to", at=0.12))
    sheet.row(Slot("1. Họ, chữ đệm và tên khai sinh:", person.upper, "subject.full_name", bold=True))
    sheet.row(
        Slot(
            "2. Ngày, tháng, năm sinh:", printed(person.birth_date), "subject.birth_date", person.birth_date.isoformat()
        ),
        Slot("3. Giới tính:", person.printed_sex, "subject.sex", person.sex, at=0.6),
    )
    sheet.boxed("4. Số định danh cá nhân:", person.id_number, "subject.id_number")
    email = "hoso@thu.example"
    sheet.row(
        Slot("5. Số điện thoại liên hệ:", person.phone, "subject.phone"),
        Slot("6. Email:", email, "subject.email", at=0.55),
    )
    sheet.row(
        Slot("7. Họ, chữ đệm và tên chủ hộ:", head.name, "head.full_name"),
    )
    sheet.row(Slot("8. Mối quan hệ với chủ hộ:", relationship, "head.relationship"))
    sheet.boxed("9. Số định danh cá nhân của chủ hộ:", head.id_number, "head.id_number")
    sheet.row(Slot("10. Nội dung đề nghị:", request, "request"))
    sheet.row(Slot("11. Những thành viên trong hộ gia đình cùng thay đổi:"), dots=False)
    _members(sheet, members)
    sheet.row(Slot(f"{place}, ngày {on.day:02} tháng {on.month:02} năm {on.year}", at=0.55), dots=False)
    places = sheet.signatures(
        ("Ý KIẾN CỦA", "CHỦ HỘ", "(Ký, ghi rõ họ tên)", head.name),
        ("Ý KIẾN CỦA CHỦ SỞ HỮU", "CHỖ Ở HỢP PHÁP", ""),
        ("Ý KIẾN CỦA CHA HOẶC MẸ", "HOẶC NGƯỜI GIÁM HỘ", ""),
        ("NGƯỜI KÊ KHAI", "(Ký, ghi rõ họ tên)", person.name),
    )
    sheet.specimen.also |= {"signed_by": [person.name], "issue_date": [on.isoformat()]}
    sheet.specimen.signatures = [places[0], places[3]]
    return sheet.specimen


def residence_confirmation(
    issuer: tuple[str, str],
    number: str,
    place: str,
    on: date,
    valid_until: date,
    person: Person,
    head: Person,
    relationship: str,
    members: Sequence[Member],
    signer: str,
) -> Specimen:
    """CT07, Xác nhận thông tin về cư trú."""
    sheet = Sheet("residence_confirmation")
    sheet.letterhead(issuer, number, f"{place}, ngày {on.day:02} tháng {on.month:02} năm {on.year}")
    sheet.title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")
    sheet.row(Slot("Theo đề nghị của Ông/Bà:", person.name), Slot("Số định danh cá nhân:", person.id_number, at=0.58))
    sheet.paragraph(f"Công an {place} xác nhận thông tin về cư trú của Ông/Bà như sau:")
    sheet.paragraph("I. Thông tin về cư trú:", indent=0, bold=True)
    sheet.row(Slot("1. Họ, chữ đệm và tên:", person.upper, "subject.full_name", bold=True))
    sheet.row(
        Slot(
            "2. Ngày, tháng, năm sinh:", printed(person.birth_date), "subject.birth_date", person.birth_date.isoformat()
        ),
        Slot("3. Giới tính:", person.printed_sex, "subject.sex", person.sex, at=0.6),
    )
    sheet.row(Slot("4. Số định danh cá nhân:", person.id_number, "subject.id_number"))
    sheet.row(
        Slot("5. Dân tộc:", person.ethnicity, "subject.ethnicity"),
        Slot("6. Tôn giáo:", person.religion, "subject.religion", at=0.5),
    )
    sheet.row(Slot("7. Quê quán:", person.origin, "subject.place_of_origin"))
    sheet.row(Slot("8. Nơi đăng ký khai sinh:", person.birth_registered_at))
    sheet.row(Slot("9. Nơi thường trú:", person.residence, "subject.permanent_residence"))
    sheet.row(Slot("10. Nơi tạm trú:"))
    sheet.row(Slot("11. Nơi ở hiện tại:", person.residence, "subject.current_residence"))
    sheet.row(
        Slot("12. Họ, chữ đệm và tên chủ hộ:", head.name, "head.full_name"),
        Slot("13. Quan hệ với chủ hộ:", relationship, "head.relationship", at=0.62),
    )
    sheet.row(Slot("14. Số định danh cá nhân của chủ hộ:", head.id_number, "head.id_number"))
    sheet.paragraph("II. Thông tin về các thành viên khác trong hộ gia đình:", indent=0, bold=True)
    _members(sheet, members)
    sheet.row(Slot("III. Nội dung xác nhận khác:", "Không"))
    sheet.row(
        Slot(
            "Xác nhận này có giá trị sử dụng đến hết ngày:",
            printed(valid_until),
            "valid_until",
            valid_until.isoformat(),
        )
    )
    places = sheet.signatures(("THỦ TRƯỞNG CƠ QUAN ĐĂNG KÝ CƯ TRÚ", "(Ký, ghi rõ họ tên và đóng dấu)", signer))
    sheet.specimen.fields["signed_by"] = signer
    sheet.specimen.also |= {
        "issuer": None,
        "issue_date": [on.isoformat()],
        "applicant.full_name": [person.name],
        "applicant.id_number": [person.id_number],
        "subject.birth_registration_place": None,
    }
    sheet.specimen.signatures = places
    sheet.specimen.stamps = places
    return sheet.specimen


def _members(sheet: Sheet, members: Sequence[Member]) -> None:
    rows = []
    for number, (person, relationship) in enumerate(members):
        rows.append(
            (
                str(number + 1),
                person.name,
                printed(person.birth_date),
                person.printed_sex,
                person.id_number,
                relationship,
            )
        )
        sheet.specimen.fields |= {
            f"members[{number}].full_name": person.name,
            f"members[{number}].birth_date": person.birth_date.isoformat(),
            f"members[{number}].sex": person.sex,
            f"members[{number}].id_number": person.id_number,
            f"members[{number}].relationship": relationship,
        }
    sheet.table(HEADINGS, SHARES, rows)
