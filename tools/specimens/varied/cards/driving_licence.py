"""«Giấy phép lái xe»."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.sheet import MOTTO, STATE
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import RED, Face
from tools.specimens.varied.fonts import BOLD, ITALIC


def driving_licence(dice: random.Random) -> Specimen:
    card, who = Face("driving_licence", dice), facts.person(dice)
    x, on = dice.uniform(26, 29), facts.day(dice, 2020, 2025)
    card.centred(12, 5, dice.choice(("BỘ CÔNG AN", "BỘ GTVT")), 6, BOLD)
    card.centred(55, 5, STATE, 6, BOLD)
    card.centred(55, 8, MOTTO, 6, BOLD)
    card.centred(55, 13, "GIẤY PHÉP LÁI XE/ DRIVER'S LICENSE", 7.5, BOLD, RED)
    card.portrait(4, 14)
    card.field(x + 8, 17.4, "Số/No:", who.id_number, "number", size=8.5, style=BOLD)
    card.field(
        x,
        21.4,
        dice.choice(("Họ tên/Full name:", "Họ và tên/Full name:")),
        who.upper,
        "subject.full_name",
        style=BOLD,
        one_line=True,
    )
    card.field(
        x, 25.2, "Ngày sinh/Date of Birth:", printed(who.birth_date), "subject.birth_date", who.birth_date.isoformat()
    )
    card.field(x, 29, "Quốc tịch/Nationality:", "VIỆT NAM", "subject.nationality")
    card.field(x, 32.8, "Nơi cư trú/Address:", who.residence, "subject.residence", size=7)
    at = facts.place(dice)
    dated = f"{at.province}, ngày/date {on.day:02} tháng/month {on.month:02} năm/year {on.year}"
    card.text(x + 6, 41, dated, 5.8, ITALIC, room=83 - (x + 6))
    card.says(dated)
    card.specimen.fields["issue_date"] = on.isoformat()
    card.field(
        4,
        44.4,
        "Hạng/Class:",
        dice.choice(("A1", "A", "B1", "B2", "B", "C1", "C", "D2")),
        "class",
        size=9,
        style=BOLD,
        right=26,
    )
    expires = facts.day(dice, 2030, 2036)
    late = dice.random() < 0.3
    card.field(
        4,
        49,
        "Có giá trị đến/Expires:",
        "Không thời hạn" if late else printed(expires),
        "expiry_date",
        "" if late else expires.isoformat(),
        size=6.5,
    )
    card.centred(66, 50.4, facts.person(dice).name, 6.5, BOLD)
    card.specimen.also |= {"issuer": None, "signed_by": None}
    card.mark(40, 52.8)
    return card.specimen
