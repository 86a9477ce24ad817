"""The dossier's values in the order a careful officer takes them: what cannot be trusted first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.dossier.checks import needs_look
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import papers
from station.dossier.reading import PageReading, Source
from station.language import Language
from station.ui.paper_words import page_names
from station.ui.widgets.rows import Row
from station.ui.words import field_words, value_words

_SIGNS = {
    "disputed": "mark-error",
    "contradicted": "mark-warning",
    "look": "mark-warning",
    "checked": "mark-done",
    "vouched": "mark-info",
    "typed": "mark-info",
}


def in_review_order(dossier: Dossier) -> tuple[Entry, ...]:
    """Disputed first, then untrusted, then the rest; within each, paper by paper as printed."""
    in_order = (page for paper in papers(dossier) for page in paper.pages)
    places = {page.id: place for place, page in enumerate(in_order, 1)}
    return tuple(
        sorted(
            dossier.entries,
            key=lambda entry: (not entry.disputed, not needs_look(dossier, entry), places.get(entry.page_id or "", 0)),
        )
    )


def waiting(dossier: Dossier) -> tuple[Entry, ...]:
    """The values that need a look, in the order of the review."""
    return tuple(entry for entry in in_review_order(dossier) if needs_look(dossier, entry))


def review_rows(
    dossier: Dossier, language: Language, early: Mapping[str, PageReading] = MappingProxyType({})
) -> list[Row]:
    """The list of the review: groups with headings, each value with its paper and state.

    Last, what is known `early` of pages that are still being read: to be seen, not yet to be decided about.
    """
    looked = waiting(dossier)
    trusted = in_review_order(dossier)[len(looked) :]
    names = page_names(dossier, language)
    rows: list[Row] = []
    for heading, group in (("look", looked), ("trusted", trusted)):
        if group:
            rows.append(Row(language(f"review.{heading}", count=len(group)), heading=True))
            rows += [_row(dossier, entry, names[entry.page_id], language) for entry in group]
    return rows + early_rows(dossier, early, language)


def early_rows(dossier: Dossier, early: Mapping[str, PageReading], language: Language) -> list[Row]:
    """The fields of pages that are still being read."""
    rows = [
        Row(
            title=value_words(field.key, field.value, language) or language("review.other.empty"),
            hint=f"{field_words(field.key, language)}  ·  {language('counter.scan.page', number=page.number)}",
            sign="state-waiting",
            heading=True,
        )
        for page in dossier.pages
        if page.id in early and not page.read
        for field in early[page.id].fields
    ]
    return [Row(language("early.heading", count=len(rows)), heading=True), *rows] if rows else []


def _row(dossier: Dossier, entry: Entry, paper: str, language: Language) -> Row:
    state = state_of(dossier, entry)
    field = field_words(entry.key, language)
    empty = "review.other.left_empty" if entry.checked_by else "review.other.empty"
    return Row(
        title=value_words(entry.key, entry.value, language) if entry.value else language(empty),
        hint=f"{field}  ·  {paper}",
        sign=_SIGNS[state],
        data=entry.id,
        bold=state in ("disputed", "contradicted"),
        spoken=language(f"review.state.{state}"),
    )


def state_of(dossier: Dossier, entry: Entry) -> str:
    """One word for how a value stands, a key of `[review.state]`."""
    if entry.disputed:
        return "disputed"
    if entry.checked_by:
        return "checked"
    if entry.contradicted:
        return "contradicted"
    if needs_look(dossier, entry):
        return "look"
    return "typed" if entry.source is Source.TYPED else "vouched"
