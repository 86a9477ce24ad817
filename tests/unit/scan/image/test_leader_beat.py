"""A leader that runs through the row of the dots below letters takes none of them along."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.scan.image import leaders
from station.scan.image.arrays import Gray, Mask
from station.scan.image.components import Components

DOT = "\u0323"
LINES = ("LÝ THỊ LIÊN, xã Vĩnh Thuận", "Số 8 đường Lê Lợi, Nghệ An", "Hỗ trợ nhà ở bị hư hỏng", "HUỲNH THANH THỊNH, Hạ")
FONTS = ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSans-Regular", "LiberationSerif-Italic")


def bare(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace(DOT, ""))


def printed(font: str, points: int, lines: list[str]) -> Gray:
    """A sheet of lines at 200 dpi."""
    sheet = Image.new("L", (900, 70 * len(lines) + 60), 255)
    face = ImageFont.truetype(str(paths.resources() / "fonts" / f"{font}.ttf"), round(points * 200 / 72))
    for number, line in enumerate(lines):
        ImageDraw.Draw(sheet).text((40, 70 * (number + 1)), line, 20, face, anchor="ls")
    return np.asarray(sheet)


def dotted(height: int, step: float, size: float, low: float) -> Gray:
    """The leaders of such a sheet, drawn four times as large and made small."""
    sheet = Image.new("L", (3600, 4 * height), 255)
    for base in range(70, height - 50, 70):
        for at in np.arange(42.0, 860, step):
            box = (at, base + low, at + size, base + low + size)
            ImageDraw.Draw(sheet).ellipse([4 * edge for edge in box], fill=40)
    return np.asarray(sheet.resize((900, height), Image.Resampling.BOX))


def marks(font: str, points: int, lines: list[str]) -> list[Mask]:
    """Where each dot below a letter is."""
    with_dots, without = printed(font, points, lines), printed(font, points, [bare(line) for line in lines])
    found = Components.of_mask(((with_dots < 128) & (without >= 128)).astype(np.uint8) * 255)
    each = np.arange(len(found.stats))
    return [found.mask(each == number) > 0 for number in each[1:] if found.stats[number, 4] >= 6]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(("step", "size", "low"), [(8, 3, 5), (6.3, 2.5, 4), (9.7, 4, 5.5), (8.4, 3, 7)])
def test_dots_below_letters_stay_on_a_dotted_leader(font: str, step: float, size: float, low: float) -> None:
    """They stood in the leader's row and went with it: «THỊ» was read «THI», by all models."""
    lines = list(LINES) * 2
    clean = printed(font, 12, lines)
    led = np.minimum(clean, dotted(clean.shape[0], step, size, low))
    cleaned = leaders.without_leaders(led)
    where = marks(font, 12, lines)
    kept = [float((cleaned[mark] < 128).mean()) > 0.5 for mark in where]
    assert len(kept) >= 16
    assert np.mean(kept) >= 0.9
    # What is left of the leader hangs on letters, or on a dot below one.
    rest = (cleaned < 128) & (clean >= 128)
    assert rest.sum() < 0.2 * ((led < 128) & (clean >= 128)).sum()


@pytest.mark.parametrize(("step", "size", "low"), [(5.6, 2, 4.5), (6.8, 3.2, 4.5), (8.4, 3.6, 4), (8.4, 1.7, 4)])
def test_a_leader_below_letters_without_dots_goes_whole(step: float, size: float, low: float) -> None:
    """Dots of one size cover six pixels or nine, as they fall; the larger were taken for dots below letters."""
    lines = ["HUE LAC TRI THANH LAN", "MAI THI VINH AN GIANG", "LAI VAN TAM TIEN LAO"] * 2
    clean = printed("LiberationSans-Bold", 10, lines)
    led = np.minimum(clean, dotted(clean.shape[0], step, size, low))
    cleaned = leaders.without_leaders(led)
    assert ((cleaned < 128) & (clean >= 128)).sum() == 0


def test_a_leader_alone_goes_whole_though_its_dots_are_uneven() -> None:
    """A worn leader's larger dots are no dots below letters: there is no print above them."""
    clean = printed(FONTS[0], 12, ["Họ, chữ đệm, tên và nơi cư trú:"] * 4)
    led = clean.copy()
    dice = np.random.default_rng(3)
    for base in range(70, 300, 70):
        for at in range(480, 860, 8):
            size = int(dice.integers(2, 5))
            led[base - size : base, at : at + size] = 40
    cleaned = leaders.without_leaders(led)
    assert (cleaned[:, 470:] > 128).all()
