"""Papers of no known kind: notices, invitations, minutes, contracts, school and health papers."""

from __future__ import annotations

from dataclasses import dataclass

from tools.specimens.ink import Specimen
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.papers.slots import CHAIRS, dated
from tools.specimens.varied.style import Lot


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of paper; `{commune}` and `{province}` stand for the place."""

    title: str
    issuer: tuple[str, str]
    symbol: str
    text: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()


COMMUNE = ("ỦY BAN NHÂN DÂN XÃ {commune}", "TỈNH {province}")
SCHOOL = ("SỞ GIÁO DỤC VÀ ĐÀO TẠO {province}", "TRƯỜNG THPT {commune}")
CLINIC = ("SỞ Y TẾ {province}", "TRUNG TÂM Y TẾ {commune}")
SORTS = (
    Sort(
        "THÔNG BÁO", COMMUNE, "TB-UBND",
        ("Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ của lãnh đạo Ủy ban nhân dân xã.",
         "Thời gian bắt đầu từ 7 giờ 30 phút các ngày thứ ba và thứ năm hằng tuần tại Bộ phận Một cửa.",
         "Đề nghị các thôn thông báo trên hệ thống loa truyền thanh để nhân dân được biết và thực hiện."),
    ),
    Sort(
        "GIẤY MỜI", COMMUNE, "GM-UBND",
        ("Trân trọng kính mời quý vị đến dự hội nghị tổng kết phong trào xây dựng nông thôn mới.",
         "Địa điểm: Hội trường Ủy ban nhân dân xã. Rất mong quý vị đến dự đúng giờ."),
    ),
    Sort(
        "BIÊN BẢN LÀM VIỆC", COMMUNE, "BB-UBND",
        ("Hôm nay, tại trụ sở Ủy ban nhân dân xã, chúng tôi lập biên bản về việc xác minh ranh giới thửa đất.",
         "Các bên thống nhất nội dung nêu trên và cùng ký tên dưới đây."),
    ),
    Sort(
        "QUYẾT ĐỊNH", COMMUNE, "QĐ-UBND",
        ("Điều 1. Công nhận Ban quản lý nhà văn hóa thôn nhiệm kỳ mới gồm các ông, bà có tên trong danh sách kèm theo.",
         "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
         "Điều 3. Văn phòng và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."),
    ),
    Sort(
        "GIẤY XÁC NHẬN HỌC SINH", SCHOOL, "XN-THPT",
        ("Hiệu trưởng nhà trường xác nhận học sinh có tên trên đang theo học tại trường trong năm học này.",),
        (("Em", "name"), ("Lớp", "12A4"), ("Hạnh kiểm", "Tốt")),
    ),
    Sort(
        "GIẤY KHÁM SỨC KHỎE", CLINIC, "GKSK",
        ("Kết luận: Đủ sức khỏe để học tập và công tác.",),
        (("Người được khám", "name"), ("Chiều cao", "167 cm"), ("Cân nặng", "58 kg"), ("Mạch", "76 lần/phút")),
    ),
)  # fmt: skip


def other(dice: Lot) -> Specimen:
    page = Page("other", dice)
    at, on, sort = facts.place(dice), facts.day(dice, 2024, 2026), dice.choice(SORTS)
    number = f"{dice.randint(1, 900)}/{sort.symbol}"
    issuer = [line.format(commune=at.commune.upper(), province=at.province.upper()) for line in sort.issuer]
    page.heading(issuer, number, dated(at, on))
    page.title(sort.title)
    page.specimen.fields |= {"title": sort.title, "issue_date": on.isoformat()}
    del page.specimen.also["title"]
    for label, value in sort.rows:
        page.row(Slot((label,), facts.person(dice).upper if value == "name" else value))
    for text in sort.text:
        page.paragraph(text)
    page.signed(("NƠI NHẬN:", "- Như trên;", ""), (*dice.choice(CHAIRS), "(Đã ký)", facts.person(dice).name))
    page.specimen.also |= {"issuer": None, "signed_by": None}
    return page.specimen
