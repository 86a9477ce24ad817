"""«Căn cước», front."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import RED, Face
from tools.specimens.varied.fonts import BOLD


def identity_card_front(dice: random.Random) -> Specimen:
    card, who = Face("identity_card_front", dice), facts.person(dice)
    x = dice.uniform(24, 27)
    card.state(50, True)
    card.centred(50, 17.2, "CĂN CƯỚC", 12, BOLD, RED)
    card.centred(50, 20.6, "IDENTITY CARD", 7, ink=RED)
    card.portrait(3, 16)
    card.field(
        x,
        24.8,
        "Số định danh cá nhân / Personal identification number:",
        who.id_number,
        "subject.id_number",
        size=10.5,
        style=BOLD,
        below=True,
    )
    card.field(
        x,
        32,
        "Họ, chữ đệm và tên khai sinh / Full name:",
        who.upper,
        "subject.full_name",
        size=8,
        style=BOLD,
        below=True,
        one_line=True,
    )
    card.text(x, 39.4, "Ngày, tháng, năm sinh / Date of birth:", 5.6, ink=card.label_ink)
    card.text(66, 39.4, "Giới tính / Sex:", 5.6, ink=card.label_ink)
    card.text(x, 43, printed(who.birth_date), 7.5)
    card.text(66, 43, who.printed_sex, 7.5)
    card.specimen.lines += [
        f"Ngày, tháng, năm sinh / Date of birth: {printed(who.birth_date)}",
        f"Giới tính / Sex: {who.printed_sex}",
    ]
    card.specimen.fields["subject.birth_date"] = who.birth_date.isoformat()
    card.field(x, 47, "Quốc tịch / Nationality:", who.nationality)
    card.who(who)
    card.mark(62, 52.4)
    return card.specimen
