"""CT01, «Tờ khai thay đổi thông tin cư trú»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    RELATIONS,
    SIGN,
    born,
    id_number,
    members,
    sex,
)
from tools.specimens.varied.style import Lot


def residence_form(dice: Lot) -> Specimen:
    page = Page("residence_form", dice)
    who, head, at = facts.person(dice), facts.person(dice), facts.place(dice)
    page.heading()
    page.title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ")
    page.row(Slot(("Kính gửi",), f"Công an xã {at.commune}, tỉnh {at.province}", "addressed_to"))
    page.row(Slot(("Họ, chữ đệm và tên", "Họ, chữ đệm và tên khai sinh"), who.upper, "subject.full_name"))
    page.row(born(who, "subject"), sex(who, "subject"))
    page.row(id_number(who, "subject"))
    page.row(
        Slot(("Số điện thoại liên hệ",), who.phone, "subject.phone"),
        Slot(("Email",), f"mau{dice.randint(10, 99)}@thu.example", "subject.email"),
    )
    page.row(Slot(("Họ, chữ đệm và tên chủ hộ",), head.upper, "head.full_name"))
    page.row(Slot(("Mối quan hệ với chủ hộ",), dice.choice(RELATIONS), "head.relationship"))
    page.row(Slot(("Số định danh cá nhân của chủ hộ",), head.id_number, "head.id_number"))
    page.row(
        Slot(
            ("Nội dung đề nghị",),
            dice.choice(("Đăng ký thường trú", "Đăng ký tạm trú", "Tách hộ")) + f" tại {facts.address(dice, at)}",
            "request",
        )
    )
    page.section("Những thành viên trong hộ gia đình cùng thay đổi:")
    members(page, dice)
    page.signed(("Ý KIẾN CỦA CHỦ HỘ", SIGN, head.name), ("NGƯỜI KÊ KHAI", SIGN, who.name))
    return page.specimen
