"""An A4 page filled from the top: headings, dotted lines with values, tables, boxed digits, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw, ImageFont

from tools.specimens.ink import BLACK, GREY, MARK, Colour, Specimen, font, px, tinted

WIDTH, HEIGHT = 2480, 3508
LEFT, RIGHT = px(28), WIDTH - px(18)
TEXT = 13.0
STEP = px(8.2)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Slot:
    """A label and the value that was filled in. `key` is where the truth keeps it, `truth` its normalised form.

    `at` is where the slot begins, as a share of the line.
    """

    label: str
    value: str = ""
    key: str = ""
    truth: str = ""
    at: float = 0.0
    bold: bool = False

    @property
    def text(self) -> str:
        return f"{self.label} {self.value}".strip()


class Sheet:
    """Draws from the top down and writes down what it drew."""

    def __init__(
        self, kind: str, tint: Colour = (252, 252, 252), waves: Colour | None = None, frame: Colour | None = None
    ) -> None:
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, tint, waves))
        self.draw: ImageDraw.ImageDraw = self.specimen.draw
        self.y = px(20)
        if frame:
            for inset in (px(7), px(9)):
                self.draw.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=frame, width=5)
        self._centred(MARK, WIDTH // 2, HEIGHT - px(16), font("sans-bold", 12), GREY)

    def says(self, text: str) -> None:
        """One more line of the page's text, in reading order."""
        self.specimen.lines.append(text)

    def space(self, millimetres: float) -> None:
        self.y += px(millimetres)

    def state_heading(self) -> None:
        """Quốc hiệu and tiêu ngữ over the whole width."""
        self.centred(STATE, bold=True)
        self._motto(WIDTH // 2)
        self.says(MOTTO)
        self.space(3)

    def letterhead(self, issuer: tuple[str, str], number: str, place_and_date: str, number_key: str = "number") -> None:
        """The two columns at the head of an outgoing paper; lines at one height are read across."""
        left, right = LEFT + px(36), RIGHT - px(50)
        rows = [(issuer[0], STATE), (issuer[1], MOTTO), (f"Số: {number}", place_and_date)]
        styles = [("serif", "serif-bold"), ("serif-bold", "serif-bold"), ("serif", "serif-italic")]
        for (one, other), (style, other_style) in zip(rows, styles, strict=True):
            self._centred(one, left, self.y, font(style, 12))
            self._centred(other, right, self.y, font(other_style, 12))
            self.y += px(6.4)
            self.says(f"{one} {other}")
        self.specimen.fields[number_key] = number
        self.space(6)

    def centred(
        self, text: str, size: float = TEXT, bold: bool = False, italic: bool = False, colour: Colour = BLACK
    ) -> None:
        style = "serif-bold" if bold else "serif-italic" if italic else "serif"
        self._centred(text, WIDTH // 2, self.y, font(style, size), colour)
        self.y += round(STEP * max(1.0, size / TEXT * 0.95))
        self.says(text)

    def title(self, text: str, colour: Colour = BLACK) -> None:
        self.space(2)
        self.centred(text, size=18, bold=True, colour=colour)
        self.specimen.also["title"] = None

    def small_right(self, lines: Sequence[str]) -> None:
        """The note in the corner that says which circular the form belongs to; read as one line."""
        for line in lines:
            self.draw.text((RIGHT - px(72), self.y), line, font=font("serif-italic", 9), fill=BLACK)
            self.y += px(4.4)
        self.says(" ".join(lines))
        self.space(2)

    def row(self, *slots: Slot, dots: bool = True) -> None:
        """One line of slots; a single slot that is too long goes on in the next line."""
        edges = [LEFT + round(slot.at * (RIGHT - LEFT)) for slot in slots] + [RIGHT + px(3)]
        bottom = self.y
        for slot, start, end in zip(slots, edges, edges[1:], strict=False):
            bottom = max(bottom, self._slot(slot, start, end - px(3), self.y, dots))
        self.y = bottom + STEP
        self.says(" ".join(slot.text for slot in slots))

    def paragraph(self, text: str, indent: float = 10, bold: bool = False, italic: bool = False) -> None:
        """Running text, wrapped; one line of the truth."""
        face = font("serif-bold" if bold else "serif-italic" if italic else "serif", TEXT)
        x = LEFT + px(indent)
        for line in wrapped(text, face, RIGHT - x, RIGHT - LEFT):
            self.draw.text((x, self.y), line, font=face, fill=BLACK)
            self.y += STEP
            x = LEFT
        self.says(text)

    def boxed(self, label: str, digits: str, key: str) -> None:
        """Twelve digits in boxes, read as one word."""
        face = font("serif", TEXT)
        self.draw.text((LEFT, self.y), label, font=face, fill=BLACK)
        x = LEFT + round(face.getlength(label)) + px(2)
        side = px(6.6)
        for digit in digits:
            self.draw.rectangle((x, self.y - px(0.6), x + side, self.y + side - px(0.6)), outline=BLACK, width=2)
            self._centred(digit, x + side // 2, self.y - px(0.2), face)
            x += side
        self.y += STEP
        self.says(f"{label} {digits}")
        self.specimen.fields[key] = digits

    def copies_wanted(self, copies: int) -> None:
        """The tick boxes for certified copies; the boxes are no text."""
        face = font("serif", TEXT)
        x = LEFT
        for text, box in (("Đề nghị cấp bản sao:  Có", copies > 0), ("  Không", copies == 0)):
            self.draw.text((x, self.y), text, font=face, fill=BLACK)
            x += round(face.getlength(text)) + px(2)
            square = (x, self.y + px(0.8), x + px(4), self.y + px(4.8))
            self.draw.rectangle(square, outline=BLACK, width=3)
            if box:
                self.draw.line(
                    (x + 8, self.y + px(3), x + px(1.6), square[3] - 8, square[2] - 4, square[1] + 4), BLACK, 5
                )
            x += px(6)
        self.draw.text((x, self.y), f"  Số lượng: {copies} bản", font=face, fill=BLACK)
        self.y += STEP
        self.says(f"Đề nghị cấp bản sao: Có Không Số lượng: {copies} bản")
        self.specimen.fields["copies_requested"] = str(copies)

    def table(self, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table; its rows are read cell by cell."""
        edges = [LEFT]
        for share in shares:
            edges.append(edges[-1] + round(share * (RIGHT - LEFT)))
        for row, style, height in [(headings, "serif-bold", 13.0), *((row, "serif", 8.5) for row in rows)]:
            face = font(style, 11)
            for cell, start, end in zip(row, edges, edges[1:], strict=False):
                self.draw.rectangle((start, self.y, end, self.y + px(height)), outline=BLACK, width=2)
                lines = wrapped(cell, face, end - start - px(2), end - start - px(2))
                y = self.y + (px(height) - len(lines) * px(5)) // 2
                for line in lines:
                    self._centred(line, (start + end) // 2, y, face)
                    y += px(5)
            self.y += px(height)
            self.says(" ".join(row))
        self.space(3)

    def two_columns(self, left: Sequence[Slot], right: Sequence[Slot]) -> None:
        """Two columns side by side, each read on its own: first the left one, then the right one."""
        middle = (LEFT + RIGHT) // 2
        top = self.y
        bottoms = []
        for slots, start, end in ((left, LEFT, middle - px(4)), (right, middle + px(4), RIGHT)):
            y = top
            for slot in slots:
                y = self._slot(slot, start, end, y, dots=True) + STEP
                self.says(slot.text)
            bottoms.append(y)
        self.y = max(bottoms)

    def signatures(self, *blocks: Sequence[str], blank: float = 24) -> list[tuple[int, int]]:
        """Blocks side by side: heading lines, then room for the hand, then the last line, the name.

        A single block stands on the right. Returns the middle of each blank.
        """
        slots = 2 if len(blocks) == 1 else len(blocks)
        size = 12 if slots < 3 else 8
        centres = [LEFT + (RIGHT - LEFT) * (2 * number + 1) // (2 * slots) for number in range(slots)][-len(blocks) :]
        depth = max(len(block) for block in blocks) - 1
        for line in range(depth):
            told = []
            for block, x in zip(blocks, centres, strict=True):
                text = block[line] if line < len(block) - 1 else ""
                self._centred(text, x, self.y, font("serif-italic" if text.startswith("(") else "serif-bold", size))
                told.append(text)
            self.says(" ".join(filter(None, told)))
            self.y += px(5.8)
        places = [(x, self.y + px(blank / 2)) for x in centres]
        self.space(blank)
        for block, x in zip(blocks, centres, strict=True):
            self._centred(block[-1], x, self.y, font("serif-bold", max(size, 12)))
        if names := " ".join(block[-1] for block in blocks if block[-1]):
            self.says(names)
        self.y += STEP
        return places

    def _slot(self, slot: Slot, start: int, end: int, y: int, dots: bool) -> int:
        """Draw one slot; returns the top of its last line."""
        plain, filled = font("serif", TEXT), font("serif-bold" if slot.bold else "serif", TEXT)
        self.draw.text((start, y), slot.label, font=plain, fill=BLACK)
        x = start + round(plain.getlength(f"{slot.label} "))
        lines = wrapped(slot.value, filled, end - x, end - start)
        for number, line in enumerate(lines):
            if number:
                x, y = start, y + STEP
            self.draw.text((x, y), line, font=filled, fill=BLACK)
        if dots:
            x += round(filled.getlength(lines[-1])) + px(0.6)
            self.draw.text((x, y), "." * int((end - x) / plain.getlength(".")), font=plain, fill=BLACK)
        if slot.key and slot.value:
            self.specimen.fields[slot.key] = slot.truth or slot.value
        return y

    def _motto(self, x: int) -> None:
        face = font("serif-bold", TEXT)
        self._centred(MOTTO, x, self.y, face)
        half = round(face.getlength(MOTTO) / 2)
        self.y += px(6.4)
        self.draw.line((x - half, self.y, x + half, self.y), fill=BLACK, width=3)
        self.space(2)

    def _centred(self, text: str, x: int, y: int, face: ImageFont.FreeTypeFont, colour: Colour = BLACK) -> None:
        self.draw.text((x, y), text, font=face, fill=colour, anchor="ma")


def wrapped(text: str, face: ImageFont.FreeTypeFont, first: float, rest: float) -> list[str]:
    """Lines no wider than the room there is; the first line has less."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.getlength(longer) > (first if len(lines) == 1 else rest):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
