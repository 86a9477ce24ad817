"""What several papers have in common: a person's lines, who signs, the table of members."""

from __future__ import annotations

from datetime import date

from tools.specimens.people import Person, printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import Page, Slot
from tools.specimens.varied.style import Lot
from tools.specimens.varied.table import table

NAME = ("Họ, chữ đệm, tên", "Họ và tên", "Họ, chữ đệm và tên")
SIGN = "(Ký, ghi rõ họ tên)"
CHAIRS = (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("CHỦ TỊCH",))


def born(who: Person, prefix: str, labels: tuple[str, ...] = ("Ngày, tháng, năm sinh",)) -> Slot:
    return Slot(labels, printed(who.birth_date), f"{prefix}.birth_date", who.birth_date.isoformat())


def sex(who: Person, prefix: str) -> Slot:
    return Slot(("Giới tính",), who.printed_sex, f"{prefix}.sex", who.sex)


def ethnicity(who: Person, prefix: str) -> Slot:
    return Slot(("Dân tộc",), who.ethnicity, f"{prefix}.ethnicity")


def nationality(who: Person, prefix: str) -> Slot:
    return Slot(("Quốc tịch",), who.nationality, f"{prefix}.nationality")


def id_number(who: Person, prefix: str, labels: tuple[str, ...] = ("Số định danh cá nhân",)) -> Slot:
    return Slot(labels, who.id_number, f"{prefix}.id_number")


def home(who: Person, prefix: str, labels: tuple[str, ...] = ("Nơi cư trú", "Nơi thường trú")) -> Slot:
    return Slot(labels, who.residence, f"{prefix}.residence")


def id_paper(page: Page, who: Person, prefix: str, label: str = "Giấy tờ tùy thân") -> Slot:
    name = page.dice.choice(("Căn cước công dân", "Thẻ căn cước công dân", "Thẻ căn cước", "CCCD"))
    issued = f", cấp ngày {printed(who.id_issued)}"
    number = (f"{prefix}.id_number", who.id_number)
    return Slot((label,), f"{name} số {who.id_number}{issued}", f"{prefix}.id_paper", within=number)


def dated(at: facts.Place, day: date) -> str:
    return f"{at.commune}, ngày {day.day:02} tháng {day.month:02} năm {day.year}"


def issued(page: Page, day: date) -> None:
    page.specimen.also |= {"issue_date": [day.isoformat()], "issuer": None}


MEMBER_HEADS = (
    "STT",
    "Họ, chữ đệm và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Quan hệ với chủ hộ",
)
RELATIONS = ("Vợ", "Con đẻ", "Con ruột", "Mẹ đẻ", "Em ruột", "Cháu nội", "Con dâu")


def members(page: Page, dice: Lot) -> None:
    """The table of the household's members."""
    rows = []
    for at in range(dice.randint(1, 4)):
        who, relation = facts.person(dice, 1950, 2020), dice.choice(RELATIONS)
        name = dice.choice((who.upper, who.name))
        rows.append((str(at + 1), name, printed(who.birth_date), who.printed_sex, who.id_number, relation))
        for key, value in (
            ("full_name", name), ("birth_date", who.birth_date.isoformat()), ("sex", who.sex),
            ("id_number", who.id_number), ("relationship", relation),
        ):  # fmt: skip
            page.tell(f"members[{at}].{key}", value)
    table(page, MEMBER_HEADS, (0.06, 0.28, 0.16, 0.1, 0.22, 0.18), rows)
