"""The dossier's values in the order a careful officer takes them: what cannot be trusted first."""

from __future__ import annotations

from station.dossier.checks import needs_look
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import papers
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


def review_rows(dossier: Dossier, language: Language) -> list[Row]:
    """The list of the review: two groups with headings, each value with its paper and state."""
    looked = waiting(dossier)
    trusted = in_review_order(dossier)[len(looked) :]
    names = page_names(dossier, language)
    rows: list[Row] = []
    for heading, group in (("look", looked), ("trusted", trusted)):
        if group:
            rows.append(Row(language(f"review.{heading}", count=len(group)), heading=True))
            rows += [_row(dossier, entry, names[entry.page_id], language) for entry in group]
    return rows


def _row(dossier: Dossier, entry: Entry, paper: str, language: Language) -> Row:
    state = state_of(dossier, entry)
    field = field_words(entry.key, language)
    return Row(
        title=value_words(entry.key, entry.value, language),
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
    return "look" if needs_look(dossier, entry) else "vouched"
