"""«Giấy chứng nhận đăng ký hộ kinh doanh»."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    born,
    dated,
    ethnicity,
    id_paper,
    issued,
    nationality,
    sex,
)
from tools.specimens.varied.style import Lot


def household_business_certificate(dice: Lot) -> Specimen:
    page = Page("household_business_certificate", dice)
    who, at, on = facts.person(dice), facts.place(dice), facts.day(dice, 2021, 2026)
    page.heading((f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", "PHÒNG KINH TẾ"), "", dated(at, on))
    page.title("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH")
    number = f"{dice.randint(10, 99)}A8{dice.randint(100000, 999999)}"
    page.centred(f"Mã số hộ kinh doanh: {number}")
    page.specimen.fields["number"] = number
    page.row(Slot(("Đăng ký lần đầu, ngày",), printed(on), "registered_on", on.isoformat()))
    page.row(Slot(("Tên hộ kinh doanh",), f"HỘ KINH DOANH {who.upper}", "name"))
    page.row(Slot(("Địa điểm kinh doanh", "Địa chỉ trụ sở hộ kinh doanh"), facts.address(dice, at), "address"))
    capital = dice.choice((50, 80, 120, 300)) * 1_000_000
    page.row(Slot(("Vốn kinh doanh",), f"{capital:,}".replace(",", ".") + " đồng", "capital_vnd", str(capital)))
    page.section("Thông tin về chủ hộ kinh doanh:")
    page.row(Slot(("Họ và tên", "Họ, chữ đệm và tên"), who.upper, "owner.full_name"), sex(who, "owner"))
    page.row(born(who, "owner", ("Sinh ngày", "Ngày, tháng, năm sinh")))
    page.row(ethnicity(who, "owner"), nationality(who, "owner"))
    page.row(id_paper(page, who, "owner", "Giấy tờ pháp lý của cá nhân"))
    page.signed(("TRƯỞNG PHÒNG", "(Ký, ghi rõ họ tên, đóng dấu)", facts.person(dice).name))
    issued(page, on)
    return page.specimen
