"""One side of a card of ID-1 size: what is drawn and what is written down, in fonts and places drawn by lot."""

from __future__ import annotations

import random

from tools.specimens.ink import MARK, Colour, Specimen, font, px, tinted
from tools.specimens.people import Person
from tools.specimens.sheet import MOTTO, STATE, wrapped
from tools.specimens.varied import fonts
from tools.specimens.varied.fonts import BOLD, REGULAR, face
from tools.specimens.varied.page import waves
from tools.specimens.varied.style import Lot

WIDTH, HEIGHT = px(85.6), px(54)
RED: Colour = (200, 30, 40)
TINTS: tuple[tuple[Colour, Colour], ...] = (
    ((222, 238, 228), (190, 216, 198)), ((224, 234, 244), (194, 214, 232)),
    ((246, 236, 214), (230, 214, 180)), ((250, 226, 226), (236, 200, 204)),
)  # fmt: skip


class Face:
    """One side of a card. Places are millimetres from the upper left corner, of base lines."""

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.dice = dice
        tint, wave = dice.choice(TINTS)
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, tint))
        self.draw = self.specimen.draw
        if dice.random() < 0.7:
            waves(self.draw, (0, 0, WIDTH, HEIGHT), wave, dice)
        unseen = isinstance(dice, Lot) and dice.unseen and dice.random() < 0.75
        self.family = dice.choice(fonts.those(fonts.UNSEEN_SANS if unseen else fonts.SANS))
        self.specimen.font = self.family
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
        while room > 0 and cut.getlength(text) > px(room):
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
        one_line: bool = False,
    ) -> float:
        """A label with its value behind or below it; returns the base line of the last line.

        A value on `one_line` shrinks until it fits: where the next label has its place, there is no room to wrap.
        """
        end = self.text(x, y, label, 5.6, ink=self.label_ink)
        start = x if below else end + 1.2
        y += 3.5 if below else 0
        cut = face(self.family, style, size)
        lines = [value] if one_line else wrapped(value, cut, px(right - start), px(right - x))
        for line in lines:
            self.text(start, y, line, size, style, room=right - start if one_line else 0)
            start, y = x, y + 3.4
        self.says(f"{label} {value}")
        if key:
            self.specimen.fields[key] = truth or value
        return y - 3.4

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


def also_told(person: Person) -> dict[str, list[str] | None]:
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
