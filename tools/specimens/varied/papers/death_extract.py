"""«Trích lục khai tử»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    CHAIRS,
    born,
    dated,
    ethnicity,
    id_number,
    issued,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot


def death_extract(dice: Lot) -> Specimen:
    page = Page("death_extract", dice)
    who, at, on, died = (
        facts.person(dice, 1930, 1970),
        facts.place(dice),
        facts.day(dice, 2024, 2026),
        facts.day(dice, 2022, 2023),
    )
    page.heading(
        (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
        f"{dice.randint(1, 900)}/TLKT-BS",
        dated(at, on),
        key="copy_number",
    )
    page.title("TRÍCH LỤC KHAI TỬ", "(BẢN SAO)")
    page.row(Slot(("Họ, chữ đệm, tên người chết", "Họ, chữ đệm, tên"), who.upper, "subject.full_name"))
    page.row(born(who, "subject"))
    page.row(sex(who, "subject"), ethnicity(who, "subject"), nationality(who, "subject"))
    page.row(id_number(who, "subject"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã chết vào lúc",),
            f"{hour:02} giờ {minute:02} phút, ngày {died.day:02} tháng {died.month:02} năm {died.year}",
            "died_at",
            f"{died.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Nơi chết",), facts.address(dice, at), "death_place"))
    page.row(Slot(("Đăng ký khai tử tại", "Nơi đăng ký khai tử"), at.office, "registered_at"))
    page.row(
        Slot(("Số",), f"{dice.randint(1, 90)}/{died.year}", "registration_number"),
        Slot(("ngày",), printed(died), "registered_on", died.isoformat()),
    )
    page.signed(("NGƯỜI KÝ TRÍCH LỤC", *dice.choice(CHAIRS), facts.person(dice).name), key="signed_by")
    issued(page, on)
    return page.specimen
