"""«Đơn đề nghị», in several wordings."""

from __future__ import annotations

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import (
    SIGN,
    born,
    home,
    id_number,
)
from tools.specimens.varied.style import Lot


def application(dice: Lot) -> Specimen:
    page = Page("application", dice)
    who, at = facts.person(dice), facts.place(dice)
    title = dice.choice(("ĐƠN ĐỀ NGHỊ XÁC NHẬN HỘ NGHÈO", "ĐƠN XIN XÁC NHẬN NHÂN THÂN", "ĐƠN ĐỀ NGHỊ HỖ TRỢ KINH PHÍ"))
    page.heading()
    page.title(title)
    page.specimen.fields["title"] = title
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Tôi tên là", "Họ và tên", "Tên tôi là"), who.name, "applicant.full_name"))
    page.row(born(who, "applicant", ("Sinh ngày", "Ngày, tháng, năm sinh", "Ngày sinh")))
    page.row(
        id_number(who, "applicant", ("Số định danh cá nhân", "Số CCCD", "Căn cước công dân số")),
        Slot(
            ("cấp ngày", "Ngày cấp"),
            printed(who.id_issued),
            "applicant.id_issue_date",
            who.id_issued.isoformat() if who.id_issued else "",
        ),
    )
    page.row(home(who, "applicant", ("Nơi thường trú", "Hộ khẩu thường trú", "Địa chỉ thường trú")))
    page.row(Slot(("Số điện thoại", "Điện thoại"), who.phone, "applicant.phone"))
    page.row(
        Slot(
            ("Nội dung đề nghị",),
            dice.choice(
                (
                    "Xác nhận tôi đang cư trú tại địa phương để làm hồ sơ vay vốn",
                    "Hỗ trợ kinh phí sửa chữa nhà ở bị hư hỏng do bão",
                )
            ),
            "request",
        )
    )
    page.paragraph("Tôi xin cam đoan những lời khai trên là đúng sự thật.")
    page.signed(("NGƯỜI LÀM ĐƠN", SIGN, who.name))
    page.specimen.also |= {"issue_date": None}
    return page.specimen
