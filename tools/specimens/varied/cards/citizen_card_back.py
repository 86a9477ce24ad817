"""«Căn cước công dân», back."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen, px
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import Face, also_told
from tools.specimens.varied.fonts import BOLD


def citizen_card_back(dice: random.Random) -> Specimen:
    card, who = Face("citizen_card_back", dice), facts.person(dice)
    features = dice.choice(
        (
            "Nốt ruồi C:1cm dưới sau mép trái",
            "Sẹo chấm C:2cm trên sau đuôi mày phải",
            "Sẹo chấm C:0,5cm dưới trước đầu mày trái",
        )
    )
    card.field(
        5,
        5.4,
        "Đặc điểm nhận dạng / Personal identification:",
        features,
        "personal_features",
        size=7,
        below=True,
        right=64,
    )
    issued = who.id_issued
    card.field(
        5,
        13.4,
        "Ngày, tháng, năm / Date, month, year:",
        printed(issued),
        "issue_date",
        issued.isoformat() if issued else "",
    )
    card.centred(42, 17.8, "CỤC TRƯỞNG CỤC CẢNH SÁT", 5.2, BOLD)
    card.centred(42, 20.4, "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", 5.2, BOLD)
    for y, called, english in (
        (4.4, "Ngón trỏ trái", "Left index finger"),
        (19.6, "Ngón trỏ phải", "Right index finger"),
    ):
        card.centred(75, y, called, 4.8)
        card.centred(75, y + 2.2, english, 4.4)
        for ring in range(1, 12):
            box = (px(75 - ring * 0.45), px(y + 8 - ring * 0.5), px(75 + ring * 0.45), px(y + 8 + ring * 0.5))
            card.draw.arc(box, dice.randint(0, 90), dice.randint(200, 360), fill=(96, 92, 92), width=3)
    card.draw.ellipse((px(36), px(21.4), px(47), px(31.6)), outline=(204, 60, 60), width=5)
    signer = facts.person(dice).name
    card.centred(42, 34.4, signer, 6, BOLD)
    card.draw.rounded_rectangle(
        (px(6), px(17), px(18), px(27)), radius=14, fill=(214, 182, 104), outline=(150, 120, 60), width=3
    )
    card.mark(5, 33)
    card.mrz(who)
    card.specimen.also |= also_told(who)
    return card.specimen
