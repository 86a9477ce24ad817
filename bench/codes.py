"""How well codes and zones are read, and at what cost, beside the readers that others would use, on the same pictures.

    OPENBLAS_NUM_THREADS=1 python -m bench.codes     QR codes alone, on pages; pages without one; zones of cards
    python -m bench.codes --count 1024 --seed 2 --table
    python -m bench.codes --only zones        qr, pages, zones
    python -m bench.codes --only qr --in-target    of the QR codes alone, those that the target speaks of

QR: module sizes × blurs × eight kinds of light and damage at any angle, seven families of payload. «In target» are
modules of 1.8 pixels and more with a blur of less than 2 pixels. Zones: seven conditions. CPU is of this process.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from ctypes.util import find_library
from typing import Any

import cv2
import zxingcpp

from bench.drawn_codes import BLURS, DAMAGES, MODULES, Drawn, alone, damaged, on_page, text_page
from bench.drawn_zones import CONDITIONS, DrawnZone, zone
from station import paths
from station.scan.codes import qr
from station.scan.codes.mrz import letters
from station.scan.codes.zone import LineReader, read_zone
from station.scan.codes.zone_lines import strokes, zones
from station.scan.image.load import load
from station.scan.image.prepare import prepare
from station.scan.text.tesserocr_engine import TesserocrEngine

Reader = Callable[[Any], Sequence[str]]
PAGES = ((300, (12.0, 20.0, 60.0)), (300, (12.0,)), (300, (20.0,)), (200, (20.0, 20.0, 18.0, 27.0)), (300, (60.0,)))


def lot(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311, pictures are to be the same each time


def ours(image: Any) -> list[str]:
    return [code.text for code in qr.read_codes(image) if code.text is not None]


def zxing(image: Any) -> list[str]:
    return [barcode.text for barcode in zxingcpp.read_barcodes(image, formats=qr.FORMATS)]


def pyzbar(image: Any) -> list[str]:
    from pyzbar.pyzbar import ZBarSymbol, decode

    return [found.data.decode("utf-8", "replace") for found in decode(image, symbols=[ZBarSymbol.QRCODE])]


def opencv(image: Any) -> list[str]:
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(image)
    return [text] if text else []


READERS: dict[str, Reader] = {"station": ours, "zxing-cpp": zxing, "pyzbar": pyzbar, "OpenCV": opencv}
if find_library("zbar") is None:
    del READERS["pyzbar"]


def in_target(drawn: Drawn) -> bool:
    return drawn.module >= 1.8 and drawn.blur < 2


def codes(count: int, seed: int) -> Iterator[Drawn]:
    """Every module size with every blur and damage in turn."""
    for number in range(count):
        dice = lot(seed * 1_000_003 + number)
        module, blur = MODULES[number % len(MODULES)], BLURS[number // len(MODULES) % len(BLURS)]
        damage = DAMAGES[number // (len(MODULES) * len(BLURS)) % len(DAMAGES)]
        yield alone(dice, module, blur, damage)


def measure(drawn: Sequence[Drawn], table: bool) -> None:
    """One line a reader: exact of all, exact in target, texts that are wrong, CPU."""
    for name, read in READERS.items():
        tally: Counter[str] = Counter()
        cells: defaultdict[tuple[float, float], list[bool]] = defaultdict(list)
        kinds: defaultdict[str, list[bool]] = defaultdict(list)
        began = time.process_time()
        for one in drawn:
            texts = read(one.image)
            exact = sorted(texts) == sorted(one.texts)
            tally["exact"] += exact
            tally["wrong"] += any(text not in one.texts for text in texts)
            cells[one.module, one.blur].append(exact)
            if in_target(one):
                tally["of target"] += 1
                tally["target"] += exact
                kinds[one.damage].append(exact)
                kinds[one.family].append(exact)
        spent = (time.process_time() - began) / max(1, len(drawn)) * 1000
        share = tally["target"] / max(1, tally["of target"])
        print(
            f"  {name:10} exact {tally['exact']:5} of {len(drawn)}   in target {tally['target']:5} of "
            f"{tally['of target']} ({share:.1%})   wrong texts {tally['wrong']:3}   {spent:6.1f} ms CPU"
        )
        if table and name == "station":
            print_table(cells, kinds)


def print_table(cells: dict[tuple[float, float], list[bool]], kinds: dict[str, list[bool]]) -> None:
    print("    module \\ blur " + "".join(f"{blur:7}" for blur in BLURS))
    for module in MODULES:
        shares = [cells.get((module, blur), []) for blur in BLURS]
        print(f"    {module:13} " + "".join(f"{sum(one):4}/{len(one):2}" for one in shares))
    print("    " + ", ".join(f"{kind} {sum(one)}/{len(one)}" for kind, one in kinds.items()))


def measure_plain(count: int, seed: int) -> None:
    """What looking for codes costs where there is none, and whether any is made up."""
    pages = []
    for number in range(count):
        dice = lot(seed + number)
        pages.append(
            damaged(text_page(dice), dice.uniform(0, 1), dice.choice(("plain", "noise", "jpeg", "dark")), dice)
        )
    began = time.process_time()
    found = sum(len(qr.read_codes(page)) for page in pages)
    spent = (time.process_time() - began) / count * 1000
    print(f"  {count} pages without a code: {found} codes told, {spent:.1f} ms CPU a page")


def measure_zones(count: int, seed: int) -> None:
    """Exact zones a condition: the station; Tesseract's models on the prepared lower part, as a block."""
    models = paths.resources() / "models"
    engines = {name: TesserocrEngine(models, name) for name in ("mrz", "vie_fast")}
    second: LineReader = lambda image: engines["mrz"].read_line(image)[0]  # noqa: E731
    print("  condition    cards  station  its name agreed  ms   | lines found | Tesseract mrz  ms | vie_fast")
    for condition in CONDITIONS:
        tally: Counter[str] = Counter()
        for number in range(count):
            drawn = zone(condition, lot(f"{seed}{condition}{number}"))
            picture = prepare(load(drawn.content)).plain
            began = time.process_time()
            found = read_zone(picture, [second])
            tally["ms"] += round((time.process_time() - began) * 1000)
            if found and found.mrz:
                tally["wrong" if found.mrz.lines != drawn.lines else "right"] += 1
                tally["agreed"] += found.name_agreed
            tally["found"] += any(True for _ in zones(picture, strokes(picture)))
            for name, engine in engines.items():
                began = time.process_time()
                tally[name] += as_block(engine, picture, drawn)
                tally[f"{name} ms"] += round((time.process_time() - began) * 1000)
        print(
            f"  {condition:12} {count:5}  {tally['right']:3} (-{tally['wrong']})  {tally['agreed']:14}  "
            f"{tally['ms'] / count:4.0f}  | {tally['found']:11} | {tally['mrz']:13} {tally['mrz ms'] / count:4.0f} | "
            f"{tally['vie_fast']}"
        )


def as_block(engine: TesserocrEngine, picture: Any, drawn: DrawnZone) -> bool:
    page = engine.read_block(picture[round(picture.shape[0] * 0.58) :])
    read = [letters("".join(line.text for line in row)) for row in page.rows]
    return any(tuple(read[place : place + 3]) == drawn.lines for place in range(len(read)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=512, help="QR codes alone; a twelfth as many pages and cards")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("qr", "pages", "zones"))
    parser.add_argument("--table", action="store_true", help="the station's share per module size and blur")
    parser.add_argument("--in-target", action="store_true", help="of the QR codes alone, those in target only")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    if "pyzbar" not in READERS:
        print("pyzbar is left out: the machine has no ZBar (apt-get install libzbar0)")
    if asked.only in (None, "qr"):
        print(f"QR codes alone, seed {asked.seed}")
        measure([one for one in codes(asked.count, asked.seed) if in_target(one) or not asked.in_target], asked.table)
    if asked.only in (None, "pages"):
        few = max(1, asked.count // 12)
        print("QR codes of 12 to 60 mm on A4, 300 and 200 dpi")
        chosen = (PAGES[number % len(PAGES)] for number in range(few))
        dice = lot(asked.seed)
        measure([on_page(dice, dpi, sides, dice.choice((0.5, 0.8, 1.2))) for dpi, sides in chosen], asked.table)
        measure_plain(max(1, few // 2), asked.seed)
    if asked.only in (None, "zones"):
        print("Zones of cards")
        measure_zones(max(1, asked.count // 40), asked.seed)


if __name__ == "__main__":
    main()
