"""«Căn cước», back."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen, px
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import Face, also_told
from tools.specimens.varied.fonts import BOLD


def identity_card_back(dice: random.Random) -> Specimen:
    card, who = Face("identity_card_back", dice), facts.person(dice)
    y = card.field(
        5, 4.8, "Nơi cư trú / Place of residence:", who.residence, "subject.residence", size=7, below=True, right=62
    )
    card.field(
        5,
        y + 4.4,
        "Nơi đăng ký khai sinh / Place of birth:",
        who.birth_registered_at,
        "subject.birth_registration_place",
        size=7,
        below=True,
        right=62,
    )
    issued, expires = who.id_issued, who.id_expires
    card.field(
        20,
        24,
        "Ngày, tháng, năm cấp / Date of issue:",
        printed(issued),
        "issue_date",
        issued.isoformat() if issued else "",
        below=True,
    )
    card.field(
        20,
        31.2,
        "Ngày, tháng, năm hết hạn / Date of expiry:",
        printed(expires) or "Không thời hạn",
        "expiry_date",
        expires.isoformat() if expires else "",
        below=True,
    )
    if dice.random() < 0.75:
        card.specimen.draw_qr(who.qr(extras=4), 65.5, 2.2, 18)
    card.centred(73, 25.6, "BỘ CÔNG AN", 6.6, BOLD)
    card.centred(73, 28.4, "MINISTRY OF PUBLIC SECURITY", 4)
    card.draw.rounded_rectangle(
        (px(5), px(23), px(16), px(32)), radius=14, fill=(214, 182, 104), outline=(150, 120, 60), width=3
    )
    card.mark(65, 34.4)
    card.mrz(who)
    card.specimen.also |= {key: value for key, value in also_told(who).items() if key not in card.specimen.fields}
    return card.specimen
