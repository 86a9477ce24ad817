"""«Giấy chứng nhận quyền sử dụng đất»."""

from __future__ import annotations

from tools.specimens.ink import Specimen, px
from tools.specimens.varied import facts
from tools.specimens.varied.page import HEIGHT, WIDTH, Page, Slot
from tools.specimens.varied.papers.slots import (
    home,
    id_number,
)
from tools.specimens.varied.style import Lot


def land_use_certificate(dice: Lot) -> Specimen:
    page = Page("land_use_certificate", dice)
    who, at = facts.person(dice), facts.place(dice)
    page.heading()
    page.title("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT")
    page.section("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:")
    page.row(
        Slot(("Ông",) if who.sex == "male" else ("Bà",), who.upper, "owner.full_name"),
        Slot(("Năm sinh",), str(who.birth_date.year), "owner.birth_year"),
    )
    page.row(id_number(who, "owner", ("CCCD số", "Căn cước công dân số")))
    page.row(home(who, "owner", ("Địa chỉ thường trú",)))
    page.section("2. Thông tin thửa đất:")
    parcel, sheet, area = dice.randint(2, 900), dice.randint(1, 90), f"{dice.randint(60, 980)},{dice.randint(1, 9)}"
    page.row(Slot(("Thửa đất số",), str(parcel), "parcel_number"), Slot(("Tờ bản đồ số",), str(sheet), "map_sheet"))
    page.row(Slot(("Địa chỉ",), f"Xã {at.commune}, tỉnh {at.province}", "address"))
    page.row(Slot(("Diện tích",), f"{area} m²", "area_m2", area.replace(",", ".")))
    page.row(Slot(("Hình thức sử dụng",), "Sử dụng riêng", "use_form"))
    page.row(
        Slot(("Mục đích sử dụng", "Loại đất"), dice.choice(("Đất ở tại nông thôn", "Đất trồng cây lâu năm")), "purpose")
    )
    page.row(Slot(("Thời hạn sử dụng",), "Lâu dài", "term"))
    page.row(Slot(("Nguồn gốc sử dụng",), "Nhà nước công nhận quyền sử dụng đất", "origin"))
    page.row(
        Slot(
            ("Số vào sổ cấp GCN", "Số vào sổ cấp Giấy chứng nhận"),
            f"CH {dice.randint(1000, 99999):05}",
            "register_number",
        )
    )
    page.signed(("GIÁM ĐỐC", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", facts.person(dice).name))
    serial = f"{dice.choice('BCD')}{dice.choice('AKMT')} {dice.randint(100000, 999999)}"
    page.draw.text((WIDTH - px(70), HEIGHT - px(30)), serial, font=page.font(1, 14), fill=(170, 30, 40))
    page.specimen.lines.append(serial)
    page.specimen.fields["serial"] = serial
    page.specimen.also |= {"issue_date": None}
    return page.specimen
