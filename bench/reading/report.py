"""Scores of a whole folder: overall, by kind of paper, by damage and by field key, as shares and as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.reading.scoring import INDEX, Mistake, PageScore, score_page

CARDS = frozenset(
    {
        "citizen_card_front",
        "citizen_card_back",
        "identity_card_front",
        "identity_card_back",
        "health_insurance_card",
        "driving_licence",
        "vehicle_registration",
    }
)
SHARES = {
    "kind": ("kind right", "images"),
    "field": ("right", "fields"),
    "missing": ("missing", "fields"),
    "accepted_share": ("accepted", "fields"),
    "accepted_precision": ("accepted right", "accepted"),
    "cer": ("edits", "letters"),
    "word_loss": ("words lost", "words"),
    "qr": ("qr right", "qr"),
    "mrz": ("mrz right", "mrz"),
    "handwritten": ("handwritten known", "handwritten"),
}
"""Figure to the counts that it is a share of."""

COLUMNS = {
    "img": "images", "kind%": "kind", "n.fld": "fields", "field%": "field", "miss%": "missing", "inv": "invented",
    "acc%": "accepted_share", "prec%": "accepted_precision", "inv.acc": "invented_accepted", "CER%": "cer",
    "wloss%": "word_loss", "QR%": "qr", "MRZ%": "mrz", "hand%": "handwritten",
}  # fmt: skip


@dataclass
class Report:
    """Counts per group of pages, every mistake, and how often each key was right."""

    groups: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    mistakes: list[Mistake] = field(default_factory=list)
    keys: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, truth: Mapping[str, Any], page: PageScore) -> None:
        sort = sort_of(truth)
        damage = truth.get("damage", {}).get("profile", "unsaid").removeprefix(f"{sort}-")
        names = {"overall": (f"{sort}s", "all"), "by kind": (truth["kind"],), "by damage": (f"{sort} {damage}",)}
        for group, name in ((group, name) for group, several in names.items() for name in several):
            self.groups[group][name].update(page.counts)
        self.mistakes += page.mistakes
        for key, right in page.keys.items():
            self.keys[INDEX.sub("[i]", key)].update(all=1, right=right)

    @property
    def total(self) -> Counter[str]:
        return self.groups["overall"]["all"]

    def figures(self) -> dict[str, dict[str, float | int | None]]:
        """All, pages and cards, each with its shares."""
        return {name: shares(counts) for name, counts in self.groups["overall"].items()}


def sort_of(truth: Mapping[str, Any]) -> str:
    """`card` or `page`: they have targets of their own."""
    return "card" if truth["kind"] in CARDS else "page"


def score_all(truths: Iterable[Mapping[str, Any]], readings: Mapping[str, Mapping[str, Any]]) -> Report:
    """Score every truth against the reading of its file."""
    report = Report()
    for truth in truths:
        report.add(truth, score_page(truth, readings.get(truth["file"])))
    return report


def shares(counts: Counter[str]) -> dict[str, float | int | None]:
    """The figures of one group; None where there was nothing to be right about."""
    found: dict[str, float | int | None] = {
        name: round(counts[part] / counts[whole], 4) if counts[whole] else None
        for name, (part, whole) in SHARES.items()
    }
    named = ("images", "fields", "invented", "invented accepted", "absent")
    return found | {name.replace(" ", "_"): counts[name] for name in named}


def table(report: Report, group: str) -> str:
    """One group as lines of text, a column a figure."""
    rows = report.groups[group]
    order = sorted(rows, key=lambda name: (name == "all", name))
    lines = [f"{group:<30}" + "".join(f"{heading:>8}" for heading in COLUMNS)]
    for name in order:
        figures = shares(rows[name])
        lines.append(f"{name:<30}" + "".join(f"{shown(figures[column]):>8}" for column in COLUMNS.values()))
    return "\n".join(lines)


def shown(figure: float | int | None) -> str:
    """A share in per cent, a count as it is."""
    if figure is None:
        return "–"
    return f"{100 * figure:.1f}" if isinstance(figure, float) else str(figure)
