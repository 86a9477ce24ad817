"""«Giấy khai sinh», and its copy from the register («Trích lục khai sinh»)."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    CHAIRS,
    NAME,
    born,
    dated,
    ethnicity,
    home,
    id_number,
    id_paper,
    issued,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot
from tools.specimens.words import date_in_words


def birth_certificate(dice: Lot) -> Specimen:
    page = Page("birth_certificate", dice)
    child, mother, father = (
        facts.person(dice, 2010, 2025),
        facts.person(dice, 1980, 2000, "female"),
        facts.person(dice, 1975, 2000, "male"),
    )
    at, on, number = (
        facts.place(dice),
        facts.day(dice, 2020, 2025),
        f"{dice.randint(1, 400)}/{dice.randint(2016, 2026)}",
    )
    copy = dice.random() < 0.5
    if copy:
        page.heading(
            (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
            f"{dice.randint(1, 900)}/TLKS-BS",
            dated(at, on),
        )
        page.title("TRÍCH LỤC KHAI SINH", "(BẢN SAO)")
        page.specimen.also["registration_number"] = None
    else:
        page.heading(number=number)
        page.title("GIẤY KHAI SINH")
    page.row(Slot(NAME, child.upper, "subject.full_name"))
    page.row(born(child, "subject"))
    page.row(Slot(("Ghi bằng chữ", "Bằng chữ"), date_in_words(child.birth_date), "subject.birth_date_in_words"))
    page.row(sex(child, "subject"), ethnicity(child, "subject"), nationality(child, "subject"))
    page.row(
        Slot(("Nơi sinh",), f"Trung tâm Y tế {at.commune}, xã {at.commune}, tỉnh {at.province}", "subject.birth_place")
    )
    page.row(Slot(("Quê quán",), child.origin, "subject.place_of_origin"))
    page.row(id_number(child, "subject"))
    for who, prefix, called in ((mother, "mother", "mẹ"), (father, "father", "cha")):
        page.row(Slot((f"Họ, chữ đệm, tên người {called}", f"Họ và tên {called}"), who.upper, f"{prefix}.full_name"))
        page.row(
            Slot(("Năm sinh",), str(who.birth_date.year), f"{prefix}.birth_year"),
            ethnicity(who, prefix),
            nationality(who, prefix),
        )
        page.row(home(who, prefix))
    if copy:
        page.row(Slot(("Đăng ký khai sinh tại", "Nơi đăng ký khai sinh"), at.office, "registered_at"))
        page.row(
            Slot(("Số",), number),
            Slot(("ngày", "Ngày, tháng, năm đăng ký"), printed(on), "registered_on", on.isoformat()),
        )
    else:
        page.row(Slot(("Họ, chữ đệm, tên người đi khai sinh",), father.upper, "registrant.full_name"))
        page.row(id_paper(page, father, "registrant"))
        page.row(Slot(("Nơi đăng ký khai sinh",), at.office, "registered_at"))
        page.row(Slot(("Ngày, tháng, năm đăng ký",), printed(on), "registered_on", on.isoformat()))
    page.signed(
        ("NGƯỜI KÝ TRÍCH LỤC" if copy else "NGƯỜI KÝ GIẤY KHAI SINH", *dice.choice(CHAIRS), facts.person(dice).name),
        key="signed_by",
    )
    issued(page, on)
    return page.specimen
