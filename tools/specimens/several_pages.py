"""Papers of two pages, whose second page has no heading: forms, a confirmation, an application, a contract."""

from __future__ import annotations

import random
from collections.abc import Callable

from tools.specimens.ink import Specimen, font
from tools.specimens.people import Person, printed
from tools.specimens.residence import HEADINGS, SHARES
from tools.specimens.sheet import TEXT, WIDTH, Sheet, Slot
from tools.specimens.varied import facts

Pages = tuple[Specimen, Specimen]
RELATIONS = ("Vợ", "Con đẻ", "Con đẻ", "Con đẻ", "Cháu ruột", "Mẹ đẻ", "Em ruột")


def residence_form(dice: random.Random) -> Pages:
    """CT01 of a large household: the table of members goes on overleaf."""
    who, at = facts.person(dice), facts.place(dice)
    one = Sheet("residence_form")
    one.small_right(("Mẫu CT01 ban hành kèm theo Thông tư số", "116/2026/TT-BCA ngày 29 tháng 6 năm 2026"))
    one.state_heading()
    one.title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ")
    one.row(Slot("Kính gửi:", f"Công an xã {at.commune}", at=0.12))
    one.row(Slot("1. Họ, chữ đệm và tên khai sinh:", who.upper, bold=True))
    _born_and_sex(one, who)
    one.boxed("4. Số định danh cá nhân:", who.id_number, "subject.id_number")
    one.row(Slot("5. Số điện thoại liên hệ:", who.phone))
    one.row(Slot("7. Họ, chữ đệm và tên chủ hộ:", who.name), Slot("8. Mối quan hệ:", "Chủ hộ", at=0.65))
    one.boxed("9. Số định danh cá nhân của chủ hộ:", who.id_number, "head.id_number")
    one.row(Slot("10. Nội dung đề nghị:", "Đăng ký thường trú cho hộ gia đình tại chỗ ở mới"))
    one.row(Slot("11. Những thành viên trong hộ gia đình cùng thay đổi:"), dots=False)
    members = [_member(dice, number) for number in range(1, 9)]
    split = dice.randint(4, 6)
    one.table(HEADINGS, SHARES, members[:split])
    other = _second("residence_form", dice)
    other.table(members[split], SHARES, members[split + 1 :])
    other.row(Slot(f"{at.commune}, ngày {dice.randint(10, 28)} tháng 11 năm 2026", at=0.55), dots=False)
    other.specimen.signatures = other.signatures(
        ("Ý KIẾN CỦA", "CHỦ HỘ", "(Ký, ghi rõ họ tên)", who.name), ("NGƯỜI KÊ KHAI", "(Ký, ghi rõ họ tên)", who.name)
    )
    other.paragraph("Chú thích:", bold=True)
    other.paragraph("(1) Cơ quan đăng ký cư trú. (2) Ghi rõ ràng, cụ thể nội dung đề nghị.")
    return one.specimen, other.specimen


def residence_confirmation(dice: random.Random) -> Pages:
    """CT07 whose members and signature stand overleaf."""
    who, at = facts.person(dice), facts.place(dice)
    one = Sheet("residence_confirmation")
    one.letterhead(
        (f"CÔNG AN TỈNH {at.province.upper()}", f"CÔNG AN XÃ {at.commune.upper()}"),
        f"{dice.randint(10, 900)}/XN",
        f"{at.commune}, ngày {dice.randint(10, 28)} tháng 10 năm 2026",
    )
    one.title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")
    one.paragraph(f"Công an xã {at.commune} xác nhận thông tin về cư trú của Ông/Bà như sau:")
    one.paragraph("I. Thông tin về cư trú:", indent=0, bold=True)
    one.row(Slot("1. Họ, chữ đệm và tên:", who.upper, bold=True))
    _born_and_sex(one, who)
    one.row(Slot("4. Số định danh cá nhân:", who.id_number))
    one.row(Slot("5. Dân tộc:", who.ethnicity), Slot("6. Tôn giáo:", who.religion, at=0.5))
    one.row(Slot("7. Quê quán:", who.origin))
    one.row(Slot("9. Nơi thường trú:", who.residence))
    one.row(Slot("11. Nơi ở hiện tại:", who.residence))
    one.row(Slot("12. Họ, chữ đệm và tên chủ hộ:", who.name))
    one.row(Slot("14. Số định danh cá nhân của chủ hộ:", who.id_number))
    one.paragraph("II. Thông tin về các thành viên khác trong hộ gia đình:", indent=0, bold=True)
    members = [_member(dice, number) for number in range(1, 7)]
    split = dice.randint(2, 4)
    one.table(HEADINGS, SHARES, members[:split])
    other = _second("residence_confirmation", dice)
    other.table(members[split], SHARES, members[split + 1 :])
    other.row(Slot("III. Nội dung xác nhận khác:", "Không"))
    other.row(Slot("Xác nhận này có giá trị sử dụng đến hết ngày:", f"{dice.randint(10, 28)}/10/2027"))
    other.specimen.signatures = other.signatures(
        ("TRƯỞNG CÔNG AN XÃ", "(Ký, ghi rõ họ tên và đóng dấu)", facts.person(dice).name)
    )
    return one.specimen, other.specimen


def application(dice: random.Random) -> Pages:
    """An application whose text goes on in the middle of a sentence; the second page has its number above the text."""
    who, at = facts.person(dice), facts.place(dice)
    one = Sheet("application")
    one.state_heading()
    one.title("ĐƠN ĐỀ NGHỊ")
    one.centred("Về việc xác nhận tình trạng sử dụng đất", italic=True)
    one.row(Slot("Kính gửi:", f"Ủy ban nhân dân xã {at.commune}, tỉnh {at.province}", at=0.1), dots=False)
    one.row(Slot("Tôi tên là:", who.upper, bold=True))
    one.row(Slot("Ngày, tháng, năm sinh:", printed(who.birth_date)))
    one.row(Slot("Số căn cước công dân:", who.id_number))
    one.row(Slot("Nơi cư trú:", who.residence))
    for text in _STORY:
        one.paragraph(text)
    one.paragraph("Vì các lý do nêu trên, nay tôi làm đơn này đề nghị Ủy ban nhân dân xã xem xét và")
    other = Sheet("application")
    if dice.random() < 0.7:
        other.centred("2")
    other.paragraph(
        "xác nhận cho gia đình tôi được tiếp tục sử dụng thửa đất theo đúng hiện trạng như đã trình bày.", 0
    )
    other.paragraph("Tôi xin cam đoan những nội dung trong đơn là đúng sự thật và chịu trách nhiệm trước pháp luật.")
    other.row(Slot(f"{at.commune}, ngày {dice.randint(10, 28)} tháng 11 năm 2026", at=0.55), dots=False)
    other.specimen.signatures = other.signatures(("NGƯỜI LÀM ĐƠN", "(Ký, ghi rõ họ tên)", who.name))
    return one.specimen, other.specimen


def contract(dice: random.Random) -> Pages:
    """A private contract, described nowhere: its articles go on overleaf."""
    owner, tenant, at = facts.person(dice), facts.person(dice), facts.place(dice)
    one = Sheet("other")
    one.state_heading()
    one.title("HỢP ĐỒNG THUÊ NHÀ")
    one.paragraph(f"Hôm nay, ngày {dice.randint(1, 28)} tháng 10 năm 2026, tại xã {at.commune}, chúng tôi gồm có:")
    one.paragraph(f"Bên cho thuê (bên A): {owner.name}, số định danh cá nhân {owner.id_number}.")
    one.paragraph(f"Bên thuê (bên B): {tenant.name}, số định danh cá nhân {tenant.id_number}.")
    split = dice.randint(3, 4)
    for number, text in enumerate(_ARTICLES[:split], 1):
        one.paragraph(f"Điều {number}. {text}", indent=0)
    other = Sheet("other")
    for number, text in enumerate(_ARTICLES[split:], split + 1):
        other.paragraph(f"Điều {number}. {text}", indent=0)
    other.specimen.signatures = other.signatures(
        ("BÊN CHO THUÊ", "(Ký, ghi rõ họ tên)", owner.name), ("BÊN THUÊ", "(Ký, ghi rõ họ tên)", tenant.name)
    )
    if dice.random() < 0.5:
        _foot(one, "Trang 1/2")
        _foot(other, "Trang 2/2")
    return one.specimen, other.specimen


def blank() -> Specimen:
    """The empty back of a sheet, but for the mark of a specimen."""
    return Sheet("other").specimen


SEVERAL: dict[str, Callable[[random.Random], Pages]] = {
    "residence_form": residence_form,
    "residence_confirmation": residence_confirmation,
    "application": application,
    "other": contract,
}
"""By the kind of the whole paper."""

_STORY = (
    "Gia đình tôi sử dụng thửa đất nêu trên từ năm 1992 đến nay, liên tục, ổn định và không có tranh chấp với ai.",
    "Năm 2015, do mưa bão làm hư hỏng nhà ở nên các giấy tờ gốc của thửa đất bị thất lạc, gia đình đã nhiều lần tìm "
    "nhưng không thấy.",
    "Ranh giới thửa đất phía đông giáp đường thôn, phía tây giáp ruộng lúa, phía nam giáp nhà ông bà bên cạnh.",
)
_ARTICLES = (
    "Bên A cho bên B thuê căn nhà cấp bốn có diện tích 60 m² cùng các thiết bị gắn liền với nhà.",
    "Thời hạn thuê là hai mươi bốn tháng, kể từ ngày hai bên ký vào hợp đồng này.",
    "Giá thuê là 3.000.000 đồng một tháng, bên B trả vào ngày mồng năm hằng tháng bằng tiền mặt.",
    "Bên A giao nhà đúng hạn, bảo đảm quyền sử dụng trọn vẹn và ổn định cho bên B.",
    "Bên B sử dụng nhà đúng mục đích, giữ gìn tài sản và trả lại nhà khi hết hạn.",
    "Hai bên cam kết thực hiện đúng hợp đồng; mọi thay đổi phải được lập thành văn bản.",
)


def _second(kind: str, dice: random.Random) -> Sheet:
    """A second page, in one case of three with its number."""
    sheet = Sheet(kind)
    if dice.random() < 0.35:
        sheet.centred("2")
    return sheet


def _born_and_sex(sheet: Sheet, who: Person) -> None:
    sheet.row(
        Slot("2. Ngày, tháng, năm sinh:", printed(who.birth_date)), Slot("3. Giới tính:", who.printed_sex, at=0.6)
    )


def _member(dice: random.Random, number: int) -> tuple[str, ...]:
    who = facts.person(dice)
    return str(number), who.name, printed(who.birth_date), who.printed_sex, who.id_number, dice.choice(RELATIONS)


def _foot(sheet: Sheet, text: str) -> None:
    sheet.draw.text((WIDTH // 2, 3250), text, font=font("serif", TEXT), fill=(0, 0, 0), anchor="ma")
    sheet.says(text)
