"""«Tờ khai đăng ký khai sinh»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    NAME,
    SIGN,
    born,
    ethnicity,
    home,
    id_paper,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot
from tools.specimens.words import date_in_words


def birth_registration_form(dice: Lot) -> Specimen:
    page = Page("birth_registration_form", dice)
    child, mother, father, at = (
        facts.person(dice, 2024, 2025),
        facts.person(dice, 1985, 2000, "female"),
        facts.person(dice, 1980, 2000, "male"),
        facts.place(dice),
    )
    page.heading()
    page.title("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Họ, chữ đệm, tên người yêu cầu",), mother.upper, "applicant.full_name"))
    page.row(home(mother, "applicant", ("Nơi cư trú",)))
    page.row(id_paper(page, mother, "applicant"))
    page.row(Slot(("Quan hệ với người được khai sinh",), "Mẹ đẻ", "applicant.relationship"))
    page.section("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:")
    page.row(Slot(NAME[:1], child.upper, "subject.full_name"))
    page.row(born(child, "subject"))
    page.row(Slot(("Ghi bằng chữ",), date_in_words(child.birth_date), "subject.birth_date_in_words"))
    page.row(sex(child, "subject"), ethnicity(child, "subject"), nationality(child, "subject"))
    page.row(Slot(("Nơi sinh",), f"Bệnh viện Đa khoa tỉnh {at.province}", "subject.birth_place"))
    page.row(Slot(("Quê quán",), child.origin, "subject.place_of_origin"))
    for who, prefix, called in ((mother, "mother", "mẹ"), (father, "father", "cha")):
        page.row(Slot((f"Họ, chữ đệm, tên người {called}",), who.upper, f"{prefix}.full_name"))
        page.row(
            Slot(("Năm sinh",), str(who.birth_date.year), f"{prefix}.birth_year"),
            ethnicity(who, prefix),
            nationality(who, prefix),
        )
        page.row(home(who, prefix, ("Nơi cư trú",)))
    page.paragraph("Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật.")
    page.signed(("NGƯỜI YÊU CẦU", SIGN, mother.name))
    return page.specimen
