"""«Giấy chứng nhận kết hôn»: the wife's column left, the husband's right."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import Person, printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    CHAIRS,
    SIGN,
    born,
    ethnicity,
    home,
    id_paper,
    issued,
    nationality,
)
from tools.specimens.varied.style import Lot


def marriage_certificate(dice: Lot) -> Specimen:
    page = Page("marriage_certificate", dice)
    wife, husband = facts.person(dice, 1970, 2002, "female"), facts.person(dice, 1968, 2001, "male")
    at, on = facts.place(dice), facts.day(dice, 2018, 2025)
    page.heading(number=f"{dice.randint(1, 200)}/{on.year}")
    page.title("GIẤY CHỨNG NHẬN KẾT HÔN")

    def column(who: Person, prefix: str, called: str) -> list[Slot]:
        return [
            Slot((f"Họ, chữ đệm, tên {called}",), who.upper, f"{prefix}.full_name"),
            born(who, prefix), ethnicity(who, prefix), nationality(who, prefix),
            home(who, prefix, ("Nơi cư trú",)), id_paper(page, who, prefix),
        ]  # fmt: skip

    left, right = column(wife, "wife", "vợ"), column(husband, "husband", "chồng")
    page.columns(left, right)
    page.row(Slot(("Nơi đăng ký kết hôn",), at.office, "registered_at"))
    page.row(Slot(("Ngày, tháng, năm đăng ký",), printed(on), "registered_on", on.isoformat()))
    page.signed(
        (("VỢ"), SIGN, wife.name),
        ("CHỒNG", SIGN, husband.name),
        ("NGƯỜI KÝ GIẤY CHỨNG NHẬN", *dice.choice(CHAIRS), facts.person(dice).name),
        key="signed_by",
    )
    issued(page, on)
    return page.specimen
