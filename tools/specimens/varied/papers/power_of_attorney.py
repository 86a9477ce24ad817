"""«Giấy ủy quyền»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    SIGN,
    born,
    home,
    id_number,
    sex,
)
from tools.specimens.varied.style import Lot


def power_of_attorney(dice: Lot) -> Specimen:
    page = Page("power_of_attorney", dice)
    one, other = facts.person(dice), facts.person(dice)
    page.heading()
    page.title("GIẤY ỦY QUYỀN")
    for who, prefix, section in (
        (one, "principal", ("I. BÊN ỦY QUYỀN:", "Bên ủy quyền (Bên A):")),
        (other, "agent", ("II. BÊN ĐƯỢC ỦY QUYỀN:", "Bên nhận ủy quyền (Bên B):")),
    ):
        page.section(dice.choice(section))
        page.row(Slot(("Họ và tên", "Ông/Bà", "Họ, chữ đệm, tên"), who.upper, f"{prefix}.full_name"))
        page.row(born(who, prefix, ("Ngày, tháng, năm sinh", "Sinh ngày")), sex(who, prefix))
        page.row(id_number(who, prefix, ("Số định danh cá nhân", "CCCD số", "Căn cước công dân số")))
        page.row(home(who, prefix, ("Nơi cư trú", "Nơi thường trú", "Địa chỉ")))
    page.row(
        Slot(
            ("Nội dung ủy quyền", "Phạm vi ủy quyền"),
            dice.choice(
                (
                    "Thay mặt tôi nộp hồ sơ và nhận kết quả giải quyết thủ tục hành chính",
                    "Nhận lương hưu hằng tháng tại bưu điện xã",
                )
            ),
            "scope",
        )
    )
    page.signed(("BÊN ĐƯỢC ỦY QUYỀN", SIGN, other.name), ("BÊN ỦY QUYỀN", SIGN, one.name))
    page.specimen.also |= {"issue_date": None}
    return page.specimen
