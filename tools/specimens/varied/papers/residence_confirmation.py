"""CT07, «Xác nhận thông tin về cư trú»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    RELATIONS,
    born,
    dated,
    ethnicity,
    id_number,
    issued,
    members,
    sex,
)
from tools.specimens.varied.style import Lot


def residence_confirmation(dice: Lot) -> Specimen:
    page = Page("residence_confirmation", dice)
    who, head, at, on = facts.person(dice), facts.person(dice), facts.place(dice), facts.day(dice, 2023, 2026)
    page.heading(
        (f"CÔNG AN TỈNH {at.province.upper()}", f"CÔNG AN XÃ {at.commune.upper()}"),
        f"{dice.randint(1, 9000)}/XN",
        dated(at, on),
    )
    page.title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")
    page.row(Slot(("Họ, chữ đệm và tên",), who.upper, "subject.full_name"))
    page.row(born(who, "subject"), sex(who, "subject"))
    page.row(id_number(who, "subject"))
    page.row(ethnicity(who, "subject"), Slot(("Tôn giáo",), "Không", "subject.religion"))
    page.row(Slot(("Quê quán",), who.origin, "subject.place_of_origin"))
    page.row(Slot(("Nơi thường trú",), who.residence, "subject.permanent_residence"))
    page.row(Slot(("Nơi ở hiện tại",), who.residence, "subject.current_residence"))
    page.row(Slot(("Họ, chữ đệm và tên chủ hộ",), head.upper, "head.full_name"))
    page.row(Slot(("Quan hệ với chủ hộ", "Mối quan hệ với chủ hộ"), dice.choice(RELATIONS), "head.relationship"))
    page.row(Slot(("Số định danh cá nhân của chủ hộ",), head.id_number, "head.id_number"))
    page.section("Thông tin về các thành viên khác trong hộ gia đình:")
    members(page, dice)
    until = facts.day(dice, 2026, 2027)
    page.row(Slot(("Xác nhận này có giá trị sử dụng đến hết ngày",), printed(until), "valid_until", until.isoformat()))
    page.signed(
        ("THỦ TRƯỞNG CƠ QUAN ĐĂNG KÝ CƯ TRÚ", "(Ký, ghi rõ họ tên, đóng dấu)", facts.person(dice).name), key="signed_by"
    )
    issued(page, on)
    return page.specimen
