"""How many papers of a mixed pile come out as they went in, without separator sheets?

    python -m bench.piles [--piles 40] [--seed 1] [--drawn 66] [--worn]

Papers are drawn (cards with both sides, papers of one page and of two, blank backs), signed and scanned as specimens
are, `--worn` with the damage of varied ones (copies, cameras, shadows, creases), and each page is read by the real
reader. What it said is kept in `build/piles` and read again from there. The weights were set on `--drawn 66` alone.
Piles are then shuffled together out of the readings: sides of cards in either order, fronts before all backs, pages
scanned twice. To the reader's own mistakes others are added: kinds lost or confused, numbers of backs not read,
headings not read. Two baselines stand beside: each page is a paper; a paper ends where the kind changes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from station import paths
from station.dossier.dossier import Dossier
from station.dossier.page import Page
from station.dossier.papers import places_of
from station.dossier.reading import PageReading
from station.scan.reader import Reader
from tools.make_specimens import photographed
from tools.specimens import cards
from tools.specimens.ink import Specimen
from tools.specimens.piles import PILES
from tools.specimens.several_pages import SEVERAL, blank
from tools.specimens.varied import damage, facts
from tools.specimens.varied.papers import PAPERS
from tools.specimens.varied.style import Lot

READINGS = Path(__file__).parents[1] / "build" / "piles"
CARDS = 8
OF_EACH = 3
KINDS = ("birth_certificate", "residence_confirmation", "application", "power_of_attorney")
NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)

Paper = tuple[str, tuple[PageReading, ...]]
"""What it is, and its pages as they were read."""
Grouping = frozenset[frozenset[int]]


@dataclass(frozen=True)
class Laid:
    """One page of a pile: of which paper it is, and what was read of it."""

    paper: str
    reading: PageReading


@dataclass
class Score:
    papers: int = 0
    right: int = 0
    pages: int = 0
    asked: int = 0
    wrong: int = 0
    silent: int = 0
    """Pages that went to the wrong paper without the officer being asked."""

    def line(self, name: str) -> str:
        told = f"{name:<28} papers exactly right {self.right}/{self.papers} = {self.right / self.papers:6.1%}"
        silent = f"misplaced {self.wrong / self.pages:5.1%}, unasked {self.silent / self.pages:5.1%}"
        return f"{told}   pages asked about {self.asked / self.pages:5.1%}, {silent}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--piles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drawn", type=int, default=66, help="the lot by which the papers are drawn")
    parser.add_argument("--worn", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="show every paper that came out wrong")
    asked = parser.parse_args()
    readings = READINGS / f"{asked.drawn}{'-worn' if asked.worn else ''}.jsonl"
    if not readings.exists():
        write_readings(readings, asked.drawn, worn=asked.worn)
    pool = load_readings(readings)
    dice = random.Random(asked.seed)  # noqa: S311, piles are to be the same each time
    for spoiled in (False, True):
        piles = [shuffled(pool, dice, spoiled=spoiled) for _ in range(asked.piles)]
        print(f"{asked.piles} piles, {'mistakes added' if spoiled else 'as they were read'}")
        for name, split in SPLITS.items():
            score = Score()
            for pile in piles:
                _count(score, pile, *split([laid.reading for laid in pile]), show=asked.wrong and name == OURS)
            print("  " + score.line(name))


def drawn(lot: int) -> Iterator[tuple[str, Sequence[Specimen]]]:
    """Every paper of the pool with its pages."""
    dice = Lot(lot)
    for number in range(CARDS):
        who = facts.person(dice)
        if number % 2:
            yield f"identity-card-{number}", (cards.identity_card_front(who), cards.identity_card_back(who))
        else:
            back = cards.citizen_card_back(who, "Nốt ruồi C:1cm trên sau mép phải", "Trần Hữu Mẫu")
            yield f"citizen-card-{number}", (cards.citizen_card_front(who), back)
    for kind, draw in SEVERAL.items():
        for number in range(OF_EACH):
            yield f"{kind}-of-two-{number}", draw(dice)
    for kind in KINDS:
        yield f"{kind}-again", (PAPERS[kind](dice),)
    for kind, draw_one in PAPERS.items():
        yield kind, (draw_one(dice),)
    for pile, draw_pile in PILES.items():
        for name, specimen in draw_pile():
            if "_card_" not in specimen.kind:
                yield f"{pile}-{name}", (specimen,)
    yield "blank", (blank(),)


def write_readings(file: Path, lot: int, *, worn: bool) -> None:
    """Draw, scan and read the whole pool; some minutes."""
    reader, dice = Reader(paths.resources() / "models"), random.Random(lot)  # noqa: S311, likewise
    lines = []
    for name, specimens in drawn(lot):
        for specimen in specimens:
            through = _worn if worn else photographed
            content, _damage = through(specimen, dice)
            lines.append(json.dumps({"paper": name, "reading": reader.read(content).to_json()}, ensure_ascii=False))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _worn(specimen: Specimen, dice: random.Random) -> tuple[bytes, dict[str, Any]]:
    """Through one of the profiles of the varied specimens."""
    if "_card_" in specimen.kind:
        return damage.card(specimen, dice.choice(damage.BEDS), dice)
    return damage.sheet(specimen, dice.choice(damage.SHEETS), dice)


def load_readings(file: Path) -> list[Paper]:
    gathered: dict[str, list[PageReading]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        told: dict[str, Any] = json.loads(line)
        gathered.setdefault(told["paper"], []).append(PageReading.from_json(told["reading"]))
    return [(name, tuple(pages)) for name, pages in gathered.items()]


def shuffled(pool: Sequence[Paper], dice: random.Random, *, spoiled: bool) -> list[Laid]:
    """Five to nine papers of the pool, one after the other."""
    empty = next(pages[0] for name, pages in pool if name == "blank")
    chosen = dice.sample([paper for paper in pool if paper[0] != "blank"], dice.randint(5, 9))
    held = [paper for paper in chosen if "card" in paper[0]] if dice.random() < 0.4 else []
    pile: list[Laid] = []
    for name, pages in chosen:
        if (name, pages) in held:
            if (name, pages) == held[0]:  # all cards at once: the fronts, then the backs
                backs = held if dice.random() < 0.5 else held[::-1]
                pile += [Laid(one, sides[0]) for one, sides in held] + [Laid(one, sides[1]) for one, sides in backs]
            continue
        order = pages[::-1] if "card" in name and dice.random() < 0.4 else pages
        pile += [Laid(name, page) for page in order]
        if len(pages) == 1 and dice.random() < 0.1:
            pile.append(Laid(name, empty))
        elif dice.random() < 0.1:
            pile.append(Laid(f"{name} once more", pile[-1].reading))
    return [replace(laid, reading=_spoiled(laid.reading, dice)) for laid in pile] if spoiled else pile


def _spoiled(read: PageReading, dice: random.Random) -> PageReading:
    """What a worse reader would have said now and then."""
    if dice.random() < 0.04:
        read = replace(read, kind="other", kind_confidence=0.6)
    elif dice.random() < 0.02:
        read = replace(read, kind=dice.choice(("residence_confirmation", "application")), kind_confidence=0.55)
    if read.kind.endswith("_back") and dice.random() < 0.2:
        kept = tuple(field for field in read.fields if field.source.value == "ocr")
        read = replace(read, fields=kept, mrz=(), codes=(), text=read.text.partition("IDVNM")[0])
    if dice.random() < 0.04:
        read = replace(read, text="\n".join(read.text.splitlines()[6:]))
    return read


def by_papers(readings: Sequence[PageReading]) -> tuple[Grouping, frozenset[int]]:
    """As the station does it; and the pages that it asks about."""
    dossier = Dossier("pile", "1.001193", "1", "officer", NOW)
    for number, read in enumerate(readings, 1):
        page = Page(f"{number}", number, f"{hash(read.text):x}{read.kind}", 1, "image/jpeg", "pile", NOW)
        dossier = dossier.with_page(page).with_reading(page.id, read)
    groups: dict[str, set[int]] = {}
    first: dict[str, str] = {}
    asked = set()
    for at, place in enumerate(places_of(dossier.pages, dossier.entries)):
        first[place.page.id] = first[place.goes_with] if place.goes_with else place.page.id
        groups.setdefault(first[place.page.id], set()).add(at)
        if place.unsure:
            asked.add(at)
    return frozenset(map(frozenset, groups.values())), frozenset(asked)


def by_page(readings: Sequence[PageReading]) -> tuple[Grouping, frozenset[int]]:
    """Each page is a paper."""
    return frozenset(frozenset({at}) for at in range(len(readings))), frozenset()


def by_kind(readings: Sequence[PageReading]) -> tuple[Grouping, frozenset[int]]:
    """A paper ends where the kind changes; `other` goes on."""
    groups: list[set[int]] = []
    before = ""
    for at, read in enumerate(readings):
        if groups and read.kind in ("other", before):
            groups[-1].add(at)
        else:
            groups.append({at})
            before = read.kind
    return frozenset(map(frozenset, groups)), frozenset()


OURS = "the station"
SPLITS: dict[str, Callable[[Sequence[PageReading]], tuple[Grouping, frozenset[int]]]] = {
    OURS: by_papers,
    "each page a paper": by_page,
    "where the kind changes": by_kind,
}


def _count(score: Score, pile: Sequence[Laid], found: Grouping, asked: frozenset[int], *, show: bool) -> None:
    truth = _truth(pile)
    score.papers += len(truth)
    score.right += len(truth & found)
    score.pages += len(pile)
    score.asked += len(asked)
    for at in range(len(pile)):
        if _before(truth, at) != _before(found, at):
            score.wrong += 1
            score.silent += at not in asked
            if show:
                said = "asked" if at in asked else "NOT ASKED"
                print(f"    page {at + 1}: {pile[at].paper} as {pile[at].reading.kind}, {said}")


def _truth(pile: Sequence[Laid]) -> Grouping:
    groups: dict[str, set[int]] = {}
    for at, laid in enumerate(pile):
        groups.setdefault(laid.paper, set()).add(at)
    return frozenset(map(frozenset, groups.values()))


def _before(grouping: Grouping, at: int) -> frozenset[int]:
    """The earlier pages of the same paper."""
    return next(frozenset(one for one in group if one < at) for group in grouping if at in group)


if __name__ == "__main__":
    main()
