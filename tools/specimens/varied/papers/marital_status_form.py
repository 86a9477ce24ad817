"""«Tờ khai cấp Giấy xác nhận tình trạng hôn nhân»."""

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


def marital_status_form(dice: Lot) -> Specimen:
    page = Page("marital_status_form", dice)
    who, at = facts.person(dice), facts.place(dice)
    page.heading()
    page.title("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Họ, chữ đệm, tên người yêu cầu",), who.upper, "applicant.full_name"))
    page.row(home(who, "applicant", ("Nơi cư trú",)))
    page.row(id_paper(page, who, "applicant"))
    page.row(
        Slot(("Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân",), "Bản thân", "applicant.relationship")
    )
    page.section("Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:")
    page.row(Slot(NAME[:1], who.upper, "subject.full_name"))
    page.row(born(who, "subject"))
    page.row(sex(who, "subject"), ethnicity(who, "subject"), nationality(who, "subject"))
    page.row(home(who, "subject", ("Nơi cư trú",)))
    page.row(id_paper(page, who, "subject"))
    page.row(Slot(("Tình trạng hôn nhân",), "Chưa đăng ký kết hôn với ai", "marital_status"))
    page.row(Slot(("Mục đích yêu cầu cấp Giấy xác nhận tình trạng hôn nhân",), "Để đăng ký kết hôn", "purpose"))
    page.signed(("NGƯỜI YÊU CẦU", SIGN, who.name))
    return page.specimen
