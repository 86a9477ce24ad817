"""«Thẻ bảo hiểm y tế»."""

from __future__ import annotations

import random
from datetime import date

from tools.specimens.ink import Specimen
from tools.specimens.people import Person, printed
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import RED, Face
from tools.specimens.varied.fonts import BOLD


def _payload(number: str, who: Person, since: date, five: date, province: str, dice: random.Random) -> str:
    """Seventeen parts with the names in hexadecimal, `-` for what is empty."""
    name, office = (text.encode().hex() for text in (who.upper, f"Bảo hiểm xã hội tỉnh {province}"))
    sex = "2" if who.sex == "female" else "1"
    code, serial = dice.randint(1, 96), dice.randint(10**13, 10**14 - 1)
    parts = (
        number,
        name,
        printed(who.birth_date),
        sex,
        "-",
        f"{code:02} - {dice.randint(1, 400):03}",
        printed(since),
        "-",
    )
    more = (
        printed(since),
        str(serial),
        "-",
        "4",
        f" {printed(five)}",
        f"{dice.getrandbits(64):016x}-1202",
        "4",
        office,
        "$",
    )
    return "|".join((*parts, *more))


def health_insurance_card(dice: random.Random) -> Specimen:
    card, who = Face("health_insurance_card", dice), facts.person(dice)
    at, since, five = facts.place(dice), facts.day(dice, 2025, 2026), facts.day(dice, 2026, 2030)
    x = dice.uniform(4, 22)
    card.centred(50, 6, "BẢO HIỂM XÃ HỘI VIỆT NAM", 7.5, BOLD, (30, 60, 140))
    card.centred(50, 11, "THẺ BẢO HIỂM Y TẾ", 10.5, BOLD, RED)
    number = f"{dice.randint(10**9, 10**10 - 1)}"
    card.field(x, 16.4, "Mã số:", number, "number", size=9, style=BOLD)
    name = dice.choice((who.upper, who.name))
    card.field(x, 21, "Họ và tên:", name, "subject.full_name", style=BOLD, one_line=True)
    end = card.text(x, 25.4, "Ngày sinh:", 6.4)
    end = card.text(end + 1, 25.4, printed(who.birth_date), 7)
    end = card.text(end + 5, 25.4, "Giới tính:", 6.4)
    card.text(end + 1, 25.4, who.printed_sex, 7)
    card.says(f"Ngày sinh: {printed(who.birth_date)} Giới tính: {who.printed_sex}")
    card.specimen.fields |= {"subject.birth_date": who.birth_date.isoformat(), "subject.sex": who.sex}
    hospital = f"Trung tâm Y tế khu vực {at.commune}"
    card.field(x, 29.8, "Nơi ĐK KCB BĐ:", hospital, "hospital", size=7, one_line=True)
    card.field(x, 34.2, "Giá trị sử dụng:", f"từ ngày {printed(since)}", "valid_from", since.isoformat(), size=7)
    card.field(
        x,
        38.6,
        "Thời điểm đủ 05 năm liên tục:",
        f"từ ngày {printed(five)}",
        "five_years_from",
        five.isoformat(),
        size=7,
    )
    card.text(x, 43, f"Nơi cấp, đổi thẻ BHYT: Bảo hiểm xã hội tỉnh {at.province}", 6)
    card.says(f"Nơi cấp, đổi thẻ BHYT: Bảo hiểm xã hội tỉnh {at.province}")
    if dice.random() < 0.6:
        card.specimen.draw_qr(_payload(number, who, since, five, at.province, dice), 68, 34, 16)
    card.mark(4, 52)
    card.specimen.also |= {"issuer": None, "issue_date": None, "signed_by": None}
    return card.specimen
