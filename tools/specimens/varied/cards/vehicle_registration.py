"""«Chứng nhận đăng ký xe», back side."""

from __future__ import annotations

import random

from tools.specimens.ink import Specimen
from tools.specimens.sheet import MOTTO, STATE
from tools.specimens.varied import facts
from tools.specimens.varied.cards.face import RED, Face
from tools.specimens.varied.fonts import BOLD


def vehicle_registration(dice: random.Random) -> Specimen:
    card, who = Face("vehicle_registration", dice), facts.person(dice)
    on = facts.day(dice, 2020, 2026)
    card.centred(43, 4.6, STATE, 6, BOLD)
    card.centred(43, 7.4, MOTTO, 5.6, BOLD)
    card.centred(43, 12, "CHỨNG NHẬN ĐĂNG KÝ XE MÔ TÔ, XE GẮN MÁY", 7, BOLD, RED)
    card.centred(43, 14.6, "Motorbike Registration Certificate", 5.6)
    card.field(26, 18, "Số (Number):", f"{dice.randint(100000, 999999)}", "number", size=7.5, style=BOLD)
    y = card.field(4, 21.6, "Tên chủ xe (Owner's full name):", who.upper, "owner.full_name", style=BOLD)
    y = card.field(4, y + 3.6, "Địa chỉ (Address):", who.residence, "owner.residence", size=7)
    plate = f"{dice.randint(11, 99)}-{dice.choice('BCDEF')}{dice.randint(1, 9)}"
    plate += f" {dice.randint(100, 999)}.{dice.randint(10, 99)}"
    brand, model, colour = dice.choice(
        (("HONDA", "WAVE ALPHA", "Đỏ - Đen"), ("YAMAHA", "SIRIUS", "Xanh"), ("SUZUKI", "VIVA", "Trắng"))
    )
    for one, other in (
        (("Nhãn hiệu (Brand):", brand, "brand"), ("Số loại (Model code):", model, "model")),
        (("Màu sơn (Color):", colour, "colour"), ("Dung tích (Capacity):", "110", "")),
    ):
        y += 3.7
        for place, (label, value, key) in ((4.0, one), (46.0, other)):
            end = card.text(place, y, label, 5.6, ink=card.label_ink)
            card.text(end + 1.2, y, value, 7)
            if key:
                card.specimen.fields[key] = value
        card.says(f"{one[0]} {one[1]} {other[0]} {other[1]}")
    card.field(
        4,
        y + 3.7,
        "Số máy (Engine N°):",
        f"{dice.choice(('JA39E', 'JC76E', 'E3X9E'))}{dice.randint(100000, 9999999)}",
        "engine_number",
        size=7,
    )
    card.field(
        4,
        y + 7.4,
        "Số khung (Chassis N°):",
        f"RLH{dice.choice(('JA3', 'JC7'))}{dice.randint(100, 999)}FY{dice.randint(100000, 999999)}",
        "chassis_number",
        size=7,
    )
    card.field(
        4,
        y + 11.4,
        "Biển số đăng ký (Number Plate):",
        plate,
        "plate",
        size=9,
        style=BOLD,
    )
    card.mark(62, 53)
    card.specimen.also |= {"issue_date": [on.isoformat()], "issuer": None, "owner.id_number": None}
    return card.specimen
