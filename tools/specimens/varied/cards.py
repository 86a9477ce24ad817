"""Cards of ID-1 size: the things that stand on the real ones, in fonts, places and wordings drawn by lot."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import segno
from PIL import Image

from tools.specimens.ink import MARK, Colour, Specimen, font, px, tinted
from tools.specimens.people import Person, printed
from tools.specimens.sheet import MOTTO, STATE, wrapped
from tools.specimens.varied import facts
from tools.specimens.varied.page import BOLD, FAMILIES, ITALIC, REGULAR, face, waves

WIDTH, HEIGHT = px(85.6), px(54)
RED: Colour = (200, 30, 40)
TINTS: tuple[tuple[Colour, Colour], ...] = (
    ((222, 238, 228), (190, 216, 198)), ((224, 234, 244), (194, 214, 232)),
    ((246, 236, 214), (230, 214, 180)), ((250, 226, 226), (236, 200, 204)),
)  # fmt: skip
CLASSES = ("A1", "A", "B1", "B2", "B", "C1", "C", "D2")


class Face:
    """One side of a card. Places are millimetres from the upper left corner, of base lines."""

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.dice = dice
        tint, wave = dice.choice(TINTS)
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, tint))
        self.draw = self.specimen.draw
        if dice.random() < 0.7:
            waves(self.draw, (0, 0, WIDTH, HEIGHT), wave, dice)
        self.family = dice.choice(
            [name for name in FAMILIES if "Serif" not in name and name not in ("Termes", "Pagella")]
        )
        self.label_ink = dice.choice(((40, 70, 66), (20, 20, 22), (30, 50, 110), (110, 60, 50)))
        self.specimen.also["title"] = None

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 7,
        style: int = REGULAR,
        ink: Colour = (18, 18, 22),
        room: float = 0,
    ) -> float:
        """Returns where it ends. Shrinks until it fits into the room."""
        cut = face(self.family, style, size)
        while room and cut.getlength(text) > px(room):
            size -= 0.2
            cut = face(self.family, style, round(size, 1))
        self.draw.text((px(x), px(y)), text, font=cut, fill=ink, anchor="ls")
        return x + cut.getlength(text) * 25.4 / 300

    def says(self, text: str) -> None:
        self.specimen.lines.append(text)

    def centred(
        self, x: float, y: float, text: str, size: float, style: int = REGULAR, ink: Colour = (18, 18, 22)
    ) -> None:
        self.draw.text((px(x), px(y)), text, font=face(self.family, style, size), fill=ink, anchor="ms")
        self.says(text)

    def field(
        self,
        x: float,
        y: float,
        label: str,
        value: str,
        key: str = "",
        truth: str = "",
        size: float = 7.5,
        style: int = REGULAR,
        below: bool = False,
        right: float = 83,
    ) -> float:
        """A label with its value behind or below it; returns the base line of the last line."""
        end = self.text(x, y, label, 5.6, ink=self.label_ink)
        start = x if below else end + 1.2
        y += 3.5 if below else 0
        cut = face(self.family, style, size)
        for line in wrapped(value, cut, px(right - start), px(right - x)):
            self.text(start, y, line, size, style)
            start, y = x, y + 3.4
        self.says(f"{label} {value}")
        if key:
            self.specimen.fields[key] = truth or value
        return y - 3.4

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        code = segno.make(text, error="m", micro=False, boost_error=False)
        modules = code.symbol_size(border=2)[0]
        drawn = io.BytesIO()
        code.save(drawn, kind="png", scale=px(side) // modules, border=2)
        self.specimen.image.paste(Image.open(drawn).convert("RGB"), (px(x), px(y)))
        self.specimen.qr = text

    def mrz(self, person: Person) -> None:
        self.specimen.mrz = person.mrz()
        for number, line in enumerate(self.specimen.mrz):
            for at, letter in enumerate(line):
                self.draw.text(
                    (px(4.6 + at * 2.54), px(41.2 + number * 4.6)),
                    letter,
                    font=font("ocr-b", 10.5),
                    fill=(18, 18, 22),
                    anchor="ls",
                )
            self.says(line)

    def portrait(self, x: float, y: float, wide: float = 19, tall: float = 25) -> None:
        """A faceless picture with the grain of a real one."""
        box = (px(x), px(y), px(x + wide), px(y + tall))
        self.draw.rectangle(box, fill=(186, 202, 222))
        self.draw.pieslice(
            (box[0] + 30, box[1] + px(tall * 0.6), box[2] - 30, box[3] + px(tall * 0.4)), 180, 360, fill=(52, 56, 72)
        )
        self.draw.ellipse((box[0] + px(5), box[1] + px(4), box[2] - px(5), box[1] + px(16)), fill=(208, 178, 158))
        self.draw.pieslice(
            (box[0] + px(4.6), box[1] + px(2.6), box[2] - px(4.6), box[1] + px(15)), 180, 360, fill=(30, 26, 26)
        )
        for _ in range(260):
            a, b = self.dice.randint(box[0], box[2] - 6), self.dice.randint(box[1], box[3] - 4)
            self.draw.rectangle(
                (a, b, a + self.dice.randint(1, 5), b + self.dice.randint(1, 3)),
                fill=tuple(self.dice.randint(40, 210) for _ in range(3)),
            )

    def state(self, x: float, english: bool) -> None:
        self.centred(x, 4.6, STATE, 6, BOLD)
        self.centred(x, 7.4, MOTTO, 5.6, BOLD)
        if english:
            self.centred(x, 9.8, "SOCIALIST REPUBLIC OF VIET NAM", 5)
            self.centred(x, 12, "Independence - Freedom - Happiness", 5)
        self.draw.ellipse((px(5), px(3), px(14), px(12)), fill=RED, outline=(222, 170, 70), width=6)

    def mark(self, x: float, y: float) -> None:
        self.text(x, y, MARK, 5.5, ink=(130, 130, 130))

    def who(self, person: Person) -> None:
        self.specimen.fields |= {"subject.sex": person.sex, "subject.nationality": person.nationality}


def _card_facts(person: Person) -> dict[str, list[str] | None]:
    told = person.mrz()[2].replace("<<", " ").replace("<", " ").strip()
    expiry = person.id_expires.isoformat() if person.id_expires else "Không thời hạn"
    return {
        **dict.fromkeys(
            ("document_number", "issuer", "subject.old_id_number", "issue_date", "subject.residence", "signed_by")
        ),
        "subject.id_number": [person.id_number],
        "subject.birth_date": [person.birth_date.isoformat()],
        "subject.sex": [person.sex],
        "subject.nationality": ["Việt Nam", "VNM"],
        "subject.full_name": [person.name, told],
        "expiry_date": [expiry],
    }


def citizen_card_front(dice: random.Random) -> Specimen:
    card, who = Face("citizen_card_front", dice), facts.person(dice)
    x = dice.uniform(24, 27)
    card.state(46, True)
    card.centred(44, 17, "CĂN CƯỚC CÔNG DÂN", 10, BOLD, RED)
    card.centred(44, 20, "Citizen Identity Card", 6, ink=RED)
    if dice.random() < 0.75:
        card.qr(who.qr(), 68.5, 1.6, 16)
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
    card.specimen.also |= _card_facts(who)
    return card.specimen


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
    )
    card.text(x, 39.4, "Ngày, tháng, năm sinh / Date of birth:", 5.6, ink=card.label_ink)
    card.text(66, 39.4, "Giới tính / Sex:", 5.6, ink=card.label_ink)
    card.text(x, 43, printed(who.birth_date), 7.5)
    card.text(66, 43, who.printed_sex, 7.5)
    card.specimen.lines += [
        "Ngày, tháng, năm sinh / Date of birth: Giới tính / Sex:",
        f"{printed(who.birth_date)} {who.printed_sex}",
    ]
    card.specimen.fields["subject.birth_date"] = who.birth_date.isoformat()
    card.field(x, 47, "Quốc tịch / Nationality:", who.nationality)
    card.who(who)
    card.mark(62, 52.4)
    return card.specimen


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
        card.qr(who.qr(extras=4), 65.5, 2.2, 18)
    card.centred(73, 25.6, "BỘ CÔNG AN", 6.6, BOLD)
    card.centred(73, 28.4, "MINISTRY OF PUBLIC SECURITY", 4)
    card.draw.rounded_rectangle(
        (px(5), px(23), px(16), px(32)), radius=14, fill=(214, 182, 104), outline=(150, 120, 60), width=3
    )
    card.mark(65, 34.4)
    card.mrz(who)
    card.specimen.also |= {key: value for key, value in _card_facts(who).items() if key not in card.specimen.fields}
    return card.specimen


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
        x, 21.4, dice.choice(("Họ tên/Full name:", "Họ và tên/Full name:")), who.upper, "subject.full_name", style=BOLD
    )
    card.field(
        x, 25.2, "Ngày sinh/Date of Birth:", printed(who.birth_date), "subject.birth_date", who.birth_date.isoformat()
    )
    card.field(x, 29, "Quốc tịch/Nationality:", "VIỆT NAM", "subject.nationality")
    card.field(x, 32.8, "Nơi cư trú/Address:", who.residence, "subject.residence", size=7)
    at = facts.place(dice)
    card.text(
        x + 6, 41, f"{at.province}, ngày/date {on.day:02} tháng/month {on.month:02} năm/year {on.year}", 5.8, ITALIC
    )
    card.says(f"{at.province}, ngày/date {on.day:02} tháng/month {on.month:02} năm/year {on.year}")
    card.specimen.fields["issue_date"] = on.isoformat()
    card.field(4, 44.4, "Hạng/Class:", dice.choice(CLASSES), "class", size=9, style=BOLD, right=26)
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


def health_insurance_card(dice: random.Random) -> Specimen:
    card, who = Face("health_insurance_card", dice), facts.person(dice)
    at, since, five = facts.place(dice), facts.day(dice, 2025, 2026), facts.day(dice, 2026, 2030)
    x = dice.uniform(4, 22)
    card.centred(50, 6, "BẢO HIỂM XÃ HỘI VIỆT NAM", 7.5, BOLD, (30, 60, 140))
    card.centred(50, 11, "THẺ BẢO HIỂM Y TẾ", 10.5, BOLD, RED)
    number = f"{dice.randint(10**9, 10**10 - 1)}"
    card.field(x, 16.4, "Mã số:", number, "number", size=9, style=BOLD)
    card.field(x, 21, "Họ và tên:", dice.choice((who.upper, who.name)), "subject.full_name", style=BOLD)
    end = card.text(x, 25.4, "Ngày sinh:", 6.4)
    end = card.text(end + 1, 25.4, printed(who.birth_date), 7)
    end = card.text(end + 5, 25.4, "Giới tính:", 6.4)
    card.text(end + 1, 25.4, who.printed_sex, 7)
    card.says(f"Ngày sinh: {printed(who.birth_date)} Giới tính: {who.printed_sex}")
    card.specimen.fields |= {"subject.birth_date": who.birth_date.isoformat(), "subject.sex": who.sex}
    card.field(x, 29.8, "Nơi ĐK KCB BĐ:", f"Trung tâm Y tế khu vực {at.commune}", "hospital", size=7)
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
    card.mark(4, 52)
    card.specimen.also |= {"issuer": None, "issue_date": None, "signed_by": None}
    return card.specimen


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


CARDS: dict[str, Callable[[random.Random], Specimen]] = {
    made.__name__: made
    for made in (
        citizen_card_front, citizen_card_back, identity_card_front, identity_card_back, driving_licence,
        health_insurance_card, vehicle_registration,
    )
}  # fmt: skip
