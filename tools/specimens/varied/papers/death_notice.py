"""«Giấy báo tử»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    SIGN,
    born,
    dated,
    ethnicity,
    home,
    id_number,
    issued,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot


def death_notice(dice: Lot) -> Specimen:
    page = Page("death_notice", dice)
    who, at, on = facts.person(dice, 1935, 1975), facts.place(dice), facts.day(dice, 2024, 2026)
    page.heading(
        ("SỞ Y TẾ " + at.province.upper(), f"BỆNH VIỆN ĐA KHOA {at.commune.upper()}"),
        f"{dice.randint(1, 999)}/GBT",
        dated(at, on),
    )
    page.title("GIẤY BÁO TỬ")
    page.row(
        Slot(
            ("Họ và tên người chết", "Họ, chữ đệm, tên người chết", "Họ và tên người tử vong"),
            who.upper,
            "subject.full_name",
        )
    )
    page.row(born(who, "subject"), sex(who, "subject"))
    page.row(ethnicity(who, "subject"), nationality(who, "subject"))
    page.row(home(who, "subject", ("Nơi thường trú/tạm trú", "Nơi cư trú cuối cùng", "Nơi thường trú")))
    page.row(id_number(who, "subject"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã tử vong vào lúc", "Đã chết vào lúc", "Tử vong vào lúc"),
            f"{hour:02} giờ {minute:02} phút, ngày {printed(on)}",
            "occurred_at",
            f"{on.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Nơi chết", "Nơi tử vong", "Tại"), f"Bệnh viện Đa khoa {at.commune}, tỉnh {at.province}", "place"))
    page.row(Slot(("Nguyên nhân tử vong",), "Bệnh già"))
    page.signed(
        ("NGƯỜI GHI GIẤY", SIGN, facts.person(dice).name), ("THỦ TRƯỞNG", "(Ký tên, đóng dấu)", facts.person(dice).name)
    )
    issued(page, on)
    return page.specimen
