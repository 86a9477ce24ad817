"""«Giấy chứng sinh»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    SIGN,
    born,
    ethnicity,
    home,
    id_number,
    issued,
)
from tools.specimens.varied.style import Lot


def birth_notice(dice: Lot) -> Specimen:
    page = Page("birth_notice", dice)
    mother, at, on = facts.person(dice, 1985, 2003, "female"), facts.place(dice), facts.day(dice, 2024, 2026)
    page.heading(
        ("SỞ Y TẾ " + at.province.upper(), f"TRUNG TÂM Y TẾ {at.commune.upper()}"),
        f"{dice.randint(1, 999):05}.GCS.{dice.randint(10000, 99999)}.{on.year % 100}",
        "Quyển số: 02",
    )
    page.title("GIẤY CHỨNG SINH")
    page.row(Slot(("Họ và tên mẹ/Người nuôi dưỡng", "Họ và tên mẹ"), mother.upper, "mother.full_name"))
    page.row(born(mother, "mother", ("Ngày, tháng, năm sinh", "Ngày sinh")))
    page.row(home(mother, "mother", ("Nơi đăng ký thường trú", "Nơi đăng ký thường trú/tạm trú", "Nơi thường trú")))
    page.row(
        id_number(
            mother,
            "mother",
            ("Số CCCD/Số định danh cá nhân", "Số định danh cá nhân", "CMND/CCCD/Hộ chiếu số", "Số CMND/CCCD/Hộ chiếu"),
        )
    )
    page.row(ethnicity(mother, "mother"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã sinh con vào lúc",),
            f"{hour:02} giờ {minute:02} phút, ngày {on.day:02} tháng {on.month:02} năm {on.year}",
            "occurred_at",
            f"{on.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Tại",), f"Trung tâm Y tế {at.commune}, xã {at.commune}, tỉnh {at.province}", "place"))
    page.row(Slot(("Số con trong lần sinh này",), "01"), Slot(("Giới tính của con",), "Nam"))
    page.row(Slot(("Cân nặng",), f"{dice.randint(2500, 3900)} g"), Slot(("Hiện trạng con",), "Khỏe mạnh"))
    page.row(Slot(("Dự định đặt tên con là",), facts.person(dice).upper))
    page.specimen.also |= {f"subject.{key}": None for key in ("full_name", "sex", "birth_date")}
    page.signed(
        ("NGƯỜI ĐỠ ĐẺ", SIGN, facts.person(dice).name),
        ("THỦ TRƯỞNG CƠ SỞ Y TẾ", "(Ký tên, đóng dấu)", facts.person(dice).name),
    )
    issued(page, on)
    return page.specimen
