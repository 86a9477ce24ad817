"""Hand-made piles of pages, read as the reader would have read them."""

from __future__ import annotations

from collections.abc import Sequence

from station.dossier.dossier import Dossier
from station.dossier.papers import Paper, papers_of
from station.dossier.reading import PageReading, QualityIssue, ReadField, Source
from tests.unit.dossier.invented import NOW, OFFICER, field, page

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
SIGNED = "NGƯỜI KÊ KHAI\n(Ký, ghi rõ họ tên)\nNguyễn Thị Đăng"


def sheet(kind: str, text: str, *fields: ReadField, confidence: float = 0.95) -> PageReading:
    """A page of which this was read."""
    return PageReading(kind, confidence, fields=fields, text=text)


def blank() -> PageReading:
    return PageReading("other", 1.0, quality=(QualityIssue("page.blank", 0.0),))


def card_front(number: str | None, name: str = "Nguyễn Thị Đăng", edition: str = "citizen") -> PageReading:
    told = [field("subject.id_number", number)] if number else []
    text = f"{STATE}\nCĂN CƯỚC CÔNG DÂN\n{number or ''}\n{name.upper()}"
    return sheet(f"{edition}_card_front", text, *told, field("subject.full_name", name))


def card_back(number: str | None, name: str | None = None, edition: str = "citizen") -> PageReading:
    told = [field("subject.id_number", number, Source.MRZ)] if number else []
    told += [field("subject.full_name", name, Source.MRZ, accepted=False)] if name else []
    return sheet(f"{edition}_card_back", "Đặc điểm nhận dạng\nCỤC TRƯỞNG", *told)


def birth(number: str, child: str, mother: str = "Lê Thị Mơ") -> PageReading:
    return sheet(
        "birth_certificate",
        f"{STATE}\nGIẤY KHAI SINH\nSố: {number}\nHọ, chữ đệm, tên: {child.upper()}\n"
        f"Họ, chữ đệm, tên người mẹ: {mother.upper()}\nNGƯỜI KÝ GIẤY KHAI SINH\n(Ký, ghi rõ họ tên)\nMai Xuân Thỏa",
        field("number", number),
        field("subject.full_name", child),
        field("mother.full_name", mother),
    )


def residence_form(end: str = "", name: str = "Nguyễn Thị Đăng") -> PageReading:
    return sheet(
        "residence_form",
        f"{STATE}\nTỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ\n1. Họ, chữ đệm và tên khai sinh: {name.upper()}\n"
        f"10. Nội dung đề nghị: Đăng ký thường trú\n11. Những thành viên cùng thay đổi:\n{end}".strip(),
        field("subject.full_name", name),
    )


def pile(*pages: PageReading) -> Dossier:
    made = Dossier("d1", "1.001193", "1", OFFICER, NOW)
    for number, read in enumerate(pages, 1):
        made = made.with_page(page(number)).with_reading(f"p{number}", read)
    return made


def papers(*pages: PageReading) -> tuple[Paper, ...]:
    made = pile(*pages)
    return papers_of(made.pages, made.entries)


def numbers(found: Sequence[Paper]) -> list[list[int]]:
    """Each paper as the numbers of its pages."""
    return [[one.number for one in paper.pages] for paper in found]
