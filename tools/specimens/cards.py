"""The two identity cards, front and back, at their real size of 85.6 x 54 mm."""

from __future__ import annotations

from tools.specimens.ink import BLACK, GREY, MARK, RED, Colour, Specimen, font, px, tinted
from tools.specimens.people import Person, printed
from tools.specimens.sheet import MOTTO, STATE, wrapped

WIDTH, HEIGHT = px(85.6), px(54)
GREEN, GREEN_WAVES = (226, 238, 226), (213, 229, 214)
BLUE, BLUE_WAVES = (226, 236, 243), (212, 226, 237)
LABEL: Colour = (52, 84, 80)


class Card:
    """One face of a card; labels are small and green, values larger and black."""

    def __init__(self, kind: str, tint: Colour, waves: Colour) -> None:
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, tint, waves))
        self.specimen.also["title"] = None
        self.draw = self.specimen.draw

    def text(
        self, x: float, y: float, text: str, size: float = 7, style: str = "sans", colour: Colour = BLACK
    ) -> float:
        """Draw at millimetres; returns where the text ends, in millimetres."""
        face = font(style, size)
        self.draw.text((px(x), px(y)), text, font=face, fill=colour, anchor="ls")
        return x + face.getlength(text) * 25.4 / 300

    def centred(self, x: float, y: float, text: str, size: float, style: str = "sans", colour: Colour = BLACK) -> None:
        self.draw.text((px(x), px(y)), text, font=font(style, size), fill=colour, anchor="ms")
        self.specimen.lines.append(text)

    def value(
        self, x: float, y: float, label: str, value: str, size: float = 8, bold: bool = False, below: bool = False
    ) -> None:
        """A label with its value behind it, or below it; a long value goes on in the next line."""
        end = self.text(x, y, label, 5.8, colour=LABEL)
        style = "sans-bold" if bold else "sans"
        start = x if below else end + 1
        y += 4.2 if below else 0
        for line in wrapped(value, font(style, size), WIDTH - px(start + 3), WIDTH - px(x + 3)):
            self.text(start, y, line, size, style)
            start, y = x, y + 3.8
        self.specimen.lines.append(f"{label} {value}")

    def chip(self, x: float, y: float) -> None:
        box = (px(x), px(y), px(x + 12), px(y + 10))
        self.draw.rounded_rectangle(box, radius=14, fill=(214, 182, 104), outline=(150, 120, 60), width=3)
        for third in (1, 2):
            self.draw.line(
                (px(x), px(y + third * 10 / 3), px(x + 12), px(y + third * 10 / 3)), fill=(150, 120, 60), width=3
            )

    def mrz(self, person: Person) -> None:
        """Three lines of OCR-B, one character every tenth of an inch as ICAO 9303 has it."""
        self.specimen.mrz = person.mrz()
        face = font("ocr-b", 10.5)
        for number, line in enumerate(self.specimen.mrz):
            for place, letter in enumerate(line):
                x = 5.0 + place * 2.54
                self.draw.text((px(x), px(41.4 + number * 4.6)), letter, font=face, fill=BLACK, anchor="ls")
            self.specimen.lines.append(line)

    def mark(self, x: float, y: float) -> None:
        self.text(x, y, MARK, 6, colour=GREY)


def citizen_card_front(person: Person) -> Specimen:
    """Căn cước công dân (2021), front: the QR stands here."""
    card = Card("citizen_card_front", GREEN, GREEN_WAVES)
    _emblem_and_portrait(card)
    _state(card, 44)
    card.centred(44, 17.2, "CĂN CƯỚC CÔNG DÂN", 10, "sans-bold", RED)
    card.centred(44, 20.6, "Citizen Identity Card", 6.5, colour=RED)
    card.specimen.draw_qr(person.qr(), 68.5, 1.8, 16)
    card.value(25, 25.4, "Số / No.:", person.id_number, 11, bold=True)
    card.value(25, 28.9, "Họ và tên / Full name:", person.upper, 8.5, bold=True, below=True)
    card.value(25, 36.6, "Ngày sinh / Date of birth:", printed(person.birth_date))
    card.text(25, 40.2, "Giới tính / Sex:", 5.8, colour=LABEL)
    card.text(40, 40.2, person.printed_sex, 8)
    card.text(49, 40.2, "Quốc tịch / Nationality:", 5.8, colour=LABEL)
    card.text(70.5, 40.2, person.nationality, 8)
    card.specimen.lines.append(f"Giới tính / Sex: {person.printed_sex} Quốc tịch / Nationality: {person.nationality}")
    card.value(25, 43.6, "Quê quán / Place of origin:", person.origin, 7)
    card.value(25, 47.2, "Nơi thường trú / Place of residence:", person.residence, 7)
    expiry = printed(person.id_expires) or "Không thời hạn"
    card.text(3, 46.4, f"Có giá trị đến: {expiry}", 5)
    card.text(3, 49, "Date of expiry", 4.8, colour=LABEL)
    card.specimen.lines += [f"Có giá trị đến: {expiry}", "Date of expiry"]
    card.mark(3, 52.4)
    card.specimen.fields |= {
        **_front_fields(person),
        "subject.place_of_origin": person.origin,
        "subject.residence": person.residence,
        "expiry_date": person.id_expires.isoformat() if person.id_expires else expiry,
    }
    card.specimen.also |= {
        "subject.old_id_number": [""],
        "issue_date": [person.id_issued.isoformat() if person.id_issued else ""],
        "document_number": [person.id_number[-9:], person.id_number],
    }
    return card.specimen


def citizen_card_back(person: Person, features: str, signer: str) -> Specimen:
    """The same card, back: features, chip, fingerprints, MRZ."""
    card = Card("citizen_card_back", GREEN, GREEN_WAVES)
    card.value(5, 5.4, "Đặc điểm nhận dạng / Personal identification:", features, 7.5, below=True)
    card.value(5, 13.6, "Ngày, tháng, năm / Date, month, year:", printed(person.id_issued))
    card.centred(43, 18.4, "CỤC TRƯỞNG CỤC CẢNH SÁT", 5.4, "sans-bold")
    card.centred(43, 21.2, "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", 5.4, "sans-bold")
    for y, vietnamese, english in (
        (4.6, "Ngón trỏ trái", "Left index finger"),
        (20, "Ngón trỏ phải", "Right index finger"),
    ):
        card.centred(75.5, y, vietnamese, 5)
        card.centred(75.5, y + 2.4, english, 4.6)
        for ring in range(1, 9):
            box = (px(75.5 - ring * 0.5), px(y + 7.6 - ring * 0.6), px(75.5 + ring * 0.5), px(y + 7.6 + ring * 0.6))
            card.draw.ellipse(box, outline=(120, 116, 116), width=2)
    card.draw.ellipse((px(37), px(22.4), px(49), px(32.6)), outline=(204, 60, 60), width=5)
    card.centred(43, 35, signer, 6, "sans-bold")
    card.chip(6, 17)
    card.mark(5, 33)
    card.mrz(person)
    issued = person.id_issued.isoformat() if person.id_issued else ""
    card.specimen.fields |= {"personal_features": features, "issue_date": issued}
    card.specimen.also |= {"signed_by": [signer], **_mrz_facts(person)}
    expiry = person.id_expires.isoformat() if person.id_expires else "Không thời hạn"
    card.specimen.also["expiry_date"] = [expiry, "1999-12-31", "2099-12-31"] if not person.id_expires else [expiry]
    return card.specimen


def identity_card_front(person: Person) -> Specimen:
    """Căn cước (2024), front: no QR, no address."""
    card = Card("identity_card_front", BLUE, BLUE_WAVES)
    _emblem_and_portrait(card)
    _state(card, 50)
    card.centred(50, 17.6, "CĂN CƯỚC", 13, "sans-bold", RED)
    card.centred(50, 21.2, "IDENTITY CARD", 7.5, colour=RED)
    card.value(25, 25.6, "Số định danh cá nhân / Personal identification number:", person.id_number, 11, True, True)
    card.value(25, 33.4, "Họ, chữ đệm và tên khai sinh / Full name:", person.upper, 8.5, True, True)
    card.value(25, 41, "Ngày, tháng, năm sinh / Date of birth:", printed(person.birth_date), below=True)
    card.value(64, 41, "Giới tính / Sex:", person.printed_sex, below=True)
    card.value(25, 49, "Quốc tịch / Nationality:", person.nationality)
    card.mark(62, 52.4)
    card.specimen.fields |= _front_fields(person)
    return card.specimen


def identity_card_back(person: Person) -> Specimen:
    """The same card, back: residence, dates, QR, MRZ."""
    card = Card("identity_card_back", BLUE, BLUE_WAVES)
    residence = wrapped(person.residence, font("sans", 7.5), px(58), px(58))
    card.text(5, 5, "Nơi cư trú / Place of residence:", 5.8, colour=LABEL)
    for number, line in enumerate(residence):
        card.text(5, 8.8 + number * 3.4, line, 7.5)
    card.specimen.lines.append(f"Nơi cư trú / Place of residence: {person.residence}")
    place = "Nơi đăng ký khai sinh / Place of birth:"
    card.text(5, 16, place, 5.8, colour=LABEL)
    card.text(5, 19.8, person.birth_registered_at, 7.5)
    card.specimen.lines.append(f"{place} {person.birth_registered_at}")
    card.value(20, 24, "Ngày, tháng, năm cấp / Date of issue:", printed(person.id_issued), below=True)
    card.value(20, 31.6, "Ngày, tháng, năm hết hạn / Date of expiry:", printed(person.id_expires), below=True)
    card.specimen.draw_qr(person.qr(extras=4), 65.5, 2.5, 18)
    card.centred(73, 26, "BỘ CÔNG AN", 7, "sans-bold")
    card.centred(73, 28.8, "MINISTRY OF PUBLIC SECURITY", 4)
    card.chip(5, 23)
    card.mark(65, 34.5)
    card.mrz(person)
    card.specimen.fields |= {
        "subject.residence": person.residence,
        "subject.birth_registration_place": person.birth_registered_at,
        "issue_date": person.id_issued.isoformat() if person.id_issued else "",
        "expiry_date": person.id_expires.isoformat() if person.id_expires else "Không thời hạn",
    }
    card.specimen.also |= {"issuer": None, "subject.old_id_number": [""], **_mrz_facts(person)}
    return card.specimen


def _emblem_and_portrait(card: Card) -> None:
    """Placeholders: a plain disc for the emblem and a faceless outline for the portrait."""
    card.draw.ellipse((px(5), px(3.5), px(15), px(13.5)), fill=(200, 52, 46), outline=(222, 170, 70), width=7)
    card.draw.rectangle((px(3), px(17), px(21), px(42.5)), fill=(168, 184, 206))
    card.draw.pieslice((px(4), px(33), px(20), px(52)), 180, 360, fill=(70, 78, 98))
    card.draw.ellipse((px(8.4), px(21), px(15.6), px(31.6)), fill=(206, 180, 164))


def _state(card: Card, x: float) -> None:
    card.centred(x, 5, STATE, 6, "sans-bold")
    card.centred(x, 7.8, MOTTO, 5.8, "sans-bold")
    card.centred(x, 10.2, "SOCIALIST REPUBLIC OF VIET NAM", 5.2)
    card.centred(x, 12.4, "Independence - Freedom - Happiness", 5)


def _front_fields(person: Person) -> dict[str, str]:
    return {
        "subject.id_number": person.id_number,
        "subject.full_name": person.upper,
        "subject.birth_date": person.birth_date.isoformat(),
        "subject.sex": person.sex,
        "subject.nationality": person.nationality,
    }


def _mrz_facts(person: Person) -> dict[str, list[str] | None]:
    """What the MRZ and the QR say besides what is printed."""
    bare = person.mrz()[2].replace("<<", " ").replace("<", " ").strip()
    return {
        "issuer": None,
        "subject.id_number": [person.id_number],
        "subject.birth_date": [person.birth_date.isoformat()],
        "subject.sex": [person.sex],
        "subject.nationality": [person.nationality, "VNM"],
        "subject.full_name": [person.name, bare],
        "document_number": [person.id_number[-9:], person.id_number],
    }
