"""«Căn cước công dân», front."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen
from tools.specimens.people import printed
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import RED, Face
from tools.specimens.varied.fonts import BOLD


def citizen_card_front(dice: random.Random) -> Specimen:
    card, who = Face("citizen_card_front", dice), facts.person(dice)
    x = dice.uniform(24, 27)
    card.state(46, True)
    card.centred(44, 17, "CĂN CƯỚC CÔNG DÂN", 10, BOLD, RED)
    card.centred(44, 20, "Citizen Identity Card", 6, ink=RED)
    if dice.random() < 0.75:
        card.specimen.draw_qr(who.qr(), 68.5, 1.6, 16)
    card.portrait(3, 16)
    card.field(x, 24.4, dice.choice(("Số / No.:", "Số/No.:")), who.id_number, "subject.id_number", size=11, style=BOLD)
    card.field(
        x,
        27.6,
        dice.choice(("Họ và tên / Full name:", "Họ và tên/Full name:")),
        who.upper,
        "subject.full_name",
        size=8.5,
        style=BOLD,
        below=True,
        one_line=True,
    )
    card.field(
        x, 34.6, "Ngày sinh / Date of birth:", printed(who.birth_date), "subject.birth_date", who.birth_date.isoformat()
    )
    end = card.text(x, 38, "Giới tính / Sex:", 5.6, ink=card.label_ink)
    end = card.text(end + 1, 38, who.printed_sex, 7.5)
    end = card.text(max(48, end + 2), 38, "Quốc tịch / Nationality:", 5.6, ink=card.label_ink)
    card.text(end + 1, 38, who.nationality, 7.5)
    card.says(f"Giới tính / Sex: {who.printed_sex} Quốc tịch / Nationality: {who.nationality}")
    card.who(who)
    below = dice.random() < 0.4
    y = card.field(x, 41.4, "Quê quán / Place of origin:", who.origin, "subject.place_of_origin", size=7, below=below)
    card.field(
        x, y + 3.2, "Nơi thường trú / Place of residence:", who.residence, "subject.residence", size=6.6, below=False
    )
    expiry = printed(who.id_expires) or "Không thời hạn"
    card.text(2.6, 44.2, f"Có giá trị đến: {expiry}", 5, room=21)
    card.text(2.6, 46.6, "Date of expiry", 4.6, ink=card.label_ink)
    card.specimen.lines += [f"Có giá trị đến: {expiry}", "Date of expiry"]
    card.specimen.fields["expiry_date"] = who.id_expires.isoformat() if who.id_expires else expiry
    card.mark(3, 52.6)
    card.specimen.also |= {"subject.old_id_number": None, "issue_date": None, "document_number": None}
    return card.specimen
