"""«Giấy xác nhận tình trạng hôn nhân»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    CHAIRS,
    NAME,
    born,
    dated,
    ethnicity,
    home,
    id_paper,
    issued,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot


def marital_status_certificate(dice: Lot) -> Specimen:
    page = Page("marital_status_certificate", dice)
    who, at, on = facts.person(dice), facts.place(dice), facts.day(dice, 2022, 2026)
    page.heading(
        (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
        f"{dice.randint(1, 900)}/UBND-XNTTHN",
        dated(at, on),
    )
    page.title("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    page.paragraph(f"Xét đề nghị của ông/bà {who.name}, về việc cấp Giấy xác nhận tình trạng hôn nhân,")
    page.centred("XÁC NHẬN:", 1)
    page.row(Slot(NAME, who.upper, "subject.full_name"))
    page.row(born(who, "subject"))
    page.row(sex(who, "subject"), ethnicity(who, "subject"), nationality(who, "subject"))
    page.row(id_paper(page, who, "subject"))
    page.row(home(who, "subject", ("Nơi cư trú",)))
    page.row(
        Slot(
            ("Tình trạng hôn nhân",),
            dice.choice(("Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai")),
            "marital_status",
        )
    )
    page.row(
        Slot(
            ("Giấy này được cấp để",),
            dice.choice(("Đăng ký kết hôn", "Làm thủ tục vay vốn ngân hàng", "Bổ túc hồ sơ xin việc làm")),
            "purpose",
        )
    )
    page.signed(("NGƯỜI KÝ GIẤY XÁC NHẬN", *dice.choice(CHAIRS), facts.person(dice).name), key="signed_by")
    issued(page, on)
    return page.specimen
