"""What one page has throughout, drawn by lot: fonts, sizes, leaders, bullets, borders, paper, and who fills it in."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tools.specimens.ink import Colour
from tools.specimens.varied import fonts
from tools.specimens.varied.fonts import BOLD, ITALIC, REGULAR

LEADERS = {
    "dots": ".", "ellipsis": "…", "dashes": "-", "underscores": "_", "spaced": ". ", "middle": "", "line": "",
    "dotted line": "", "none": "",
}  # fmt: skip
PAPERS: tuple[tuple[Colour, Colour | None], ...] = (
    ((255, 255, 255), None), ((255, 255, 255), None), ((252, 252, 250), None), ((252, 232, 226), (246, 214, 206)),
    ((232, 244, 232), (214, 232, 216)), ((250, 246, 226), (240, 232, 200)), ((238, 240, 248), None),
    ((255, 248, 220), (244, 222, 170)), ((244, 226, 240), (226, 196, 220)), ((226, 240, 246), (196, 222, 236)),
)  # fmt: skip
PENS: tuple[Colour, ...] = ((30, 44, 150), (24, 30, 110), (20, 20, 26), (40, 70, 170))
BLACK: Colour = (20, 20, 22)


class Lot(random.Random):
    """The dice of one paper; `unseen` wants typefaces that training never sees, `by_hand` a form filled in by hand."""

    def __init__(self, seed: int, unseen: bool = False, by_hand: bool = False) -> None:
        super().__init__(seed)
        self.unseen, self.by_hand = unseen, by_hand


@dataclass(frozen=True, slots=True)
class Style:
    """`hand` is the writing that values are filled in with, empty where they are printed."""

    family: str
    filled: str
    hand: str
    pen: Colour
    size: float
    leader: str
    colon: str
    bullets: str
    below: float
    border: int
    indent: float
    value_style: int
    ink: Colour
    paper: tuple[Colour, Colour | None]
    boxed: bool

    @classmethod
    def drawn(cls, dice: Lot) -> Style:
        family = _family(dice)
        hand = _hand(dice) if dice.by_hand else ""
        return cls(
            family=family,
            filled=family if dice.random() < 0.7 else _family(dice),
            hand=hand,
            pen=dice.choice(PENS),
            size=dice.choice((10, 11, 12, 13, 13, 14, 14)),
            leader=dice.choice(tuple(LEADERS)) if not hand else dice.choice(("dots", "ellipsis", "line", "none")),
            colon=dice.choice((":", ":", ":", ":", " :", "")),
            bullets=dice.choice(("", "", "1.", "-")),
            below=dice.choice((0, 0, 0, 0.15)),
            border=dice.choice((0, 2, 2, 6)),
            indent=dice.choice((20, 25, 30)),
            value_style=dice.choice((REGULAR, REGULAR, BOLD, ITALIC)),
            ink=dice.choice((BLACK, BLACK, (28, 34, 96), (92, 92, 92))),
            paper=dice.choice(PAPERS),
            boxed=dice.random() < 0.3,
        )


def _family(dice: Lot) -> str:
    if dice.unseen and dice.random() < 0.75:
        return dice.choice((*fonts.those(fonts.UNSEEN_SERIF), *fonts.those(fonts.UNSEEN_SANS)))
    offices = (fonts.SERIF, fonts.SERIF, fonts.SERIF, fonts.SANS, fonts.SANS, fonts.TYPEWRITER)
    return dice.choice(fonts.those(dice.choice(offices)) or fonts.those(fonts.SERIF))


def _hand(dice: Lot) -> str:
    hands = [hand for hand in (fonts.UNSEEN_HANDS if dice.unseen else fonts.HANDS) if fonts.installed(hand)]
    return dice.choice(hands) if hands else ""
