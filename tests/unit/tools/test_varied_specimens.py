"""The varied papers: the same for the same seed, true to what they show, damaged in every way there is."""

from __future__ import annotations

import io
import random
import tomllib
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from tools.specimens.ink import px
from tools.specimens.varied import fonts
from tools.specimens.varied.cards import CARDS
from tools.specimens.varied.cards.face import Face
from tools.specimens.varied.damage import BEDS, SHEETS, card, sheet
from tools.specimens.varied.papers import FORMS, PAPERS
from tools.specimens.varied.style import Lot

VOWELS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
]
LETTERS = {*VOWELS, *(letter.upper() for letter in VOWELS), "đ", "Đ"}


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_drawn_the_same_for_the_same_seed(kind: str) -> None:
    one, other = PAPERS[kind](Lot(11)), PAPERS[kind](Lot(11))
    assert (one.kind, one.fields, one.lines) == (kind, other.fields, other.lines)
    assert one.image.tobytes() == other.image.tobytes()


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_filled_in_by_hand_stands_neither_in_the_fields_nor_in_the_text(kind: str) -> None:
    if not any(fonts.installed(hand) for hand in fonts.HANDS):
        pytest.skip("no handwritten typeface: python -m tools.specimens.varied.fonts")
    printed, written = PAPERS[kind](Lot(12)), PAPERS[kind](Lot(12, by_hand=True))
    assert set(written.handwritten) >= {key for key in printed.fields if key.endswith("full_name")} - set(
        written.fields
    )
    assert written.handwritten
    assert not set(written.handwritten) & set(written.fields)
    assert len("".join(written.lines)) < len("".join(printed.lines))


def test_a_name_too_long_for_its_line_shrinks_and_never_lies_over_the_next_label() -> None:
    card = Face("driving_licence", Lot(15))
    empty = card.specimen.image.copy()
    base = card.field(28, 21.4, "Họ và tên/Full name:", "PHẠM THANH THANH HÙNG TRƯỜNG", one_line=True)
    changed = ImageChops.difference(card.specimen.image.convert("RGB"), empty.convert("RGB")).getbbox()
    assert base == pytest.approx(21.4)
    assert changed
    assert changed[2] <= px(83.5)
    assert changed[3] <= px(21.4 + 1.2)


@pytest.mark.parametrize("profile", SHEETS)
def test_every_way_to_damage_a_sheet_leaves_an_image_that_opens(profile: str) -> None:
    specimen = PAPERS["application"](Lot(13))
    content, told = sheet(specimen, profile, random.Random(13))
    with Image.open(io.BytesIO(content)) as image:
        seen = np.asarray(image.convert("L"))
    assert min(seen.shape) > 1000
    assert seen.std() > 5
    assert told["profile"] == profile


@pytest.mark.parametrize("profile", BEDS)
def test_every_way_to_lay_down_a_card_leaves_an_image_that_opens(profile: str) -> None:
    content, told = card(CARDS["citizen_card_front"](random.Random(14)), profile, random.Random(14))
    with Image.open(io.BytesIO(content)) as image:
        assert min(image.size) > 500
    assert str(told["profile"]).startswith("card-")


@pytest.mark.parametrize("family", fonts.FAMILIES)
def test_every_typeface_that_is_installed_has_every_vietnamese_letter(family: str) -> None:
    if not fonts.installed(family):
        pytest.skip("not installed here")
    font = fonts.face(family, fonts.REGULAR, 12)
    nothing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    assert [
        letter for letter in sorted(LETTERS) if (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) == nothing
    ] == []


def test_no_typeface_that_measures_is_one_that_trains() -> None:
    trained = tomllib.loads((Path(fonts.ROOT) / "tools" / "training" / "fonts.toml").read_text(encoding="utf-8"))
    unseen = {**fonts.UNSEEN_SERIF, **fonts.UNSEEN_SANS, **dict.fromkeys(fonts.UNSEEN_HANDS, fonts.PACKAGED)}
    assert not set(unseen) & {*trained["printed"], *trained["handwritten"]}
    files = [name + end for name, ends in unseen.items() for end in ends]
    patterns = [pattern.removeprefix("**/") for pattern in trained["system"]]
    assert [file for file in files for pattern in patterns if fnmatch(file, pattern)] == []
