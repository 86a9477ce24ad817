"""The dossier's values in the order a careful officer takes them: what cannot be trusted first."""

from __future__ import annotations

from station.dossier.dossier import Dossier, Entry
from station.language import Language
from station.ui.widgets.rows import Row
from station.ui.words import entry_page, field_words, page_words, value_words

_SIGNS = {
    "disputed": "mark-error",
    "contradicted": "mark-warning",
    "look": "mark-warning",
    "checked": "mark-done",
    "vouched": "mark-info",
}


def needs_look(entry: Entry) -> bool:
    """A person must look: the citizen said Sai, sources contradict each other, or nobody vouches for it."""
    return entry.disputed or not entry.trusted


def in_review_order(dossier: Dossier) -> tuple[Entry, ...]:
    """Disputed first, then untrusted, then the rest; within each, page by page as printed."""
    pages = {page.id: page.number for page in dossier.pages}
    return tuple(
        sorted(
            dossier.entries,
            key=lambda entry: (not entry.disputed, not needs_look(entry), pages.get(entry.page_id or "", 0)),
        )
    )


def review_rows(dossier: Dossier, language: Language) -> list[Row]:
    """The list of the review: two groups with headings, each value with its paper and state."""
    rows: list[Row] = []
    looked = None
    for entry in in_review_order(dossier):
        look = needs_look(entry)
        if look is not looked:
            looked = look
            count = sum(needs_look(other) is look for other in dossier.entries)
            rows.append(Row(language(f"review.{'look' if look else 'trusted'}", count=count), heading=True))
        rows.append(_row(dossier, entry, language))
    return rows


def _row(dossier: Dossier, entry: Entry, language: Language) -> Row:
    state = state_of(entry)
    paper = page_words(entry_page(dossier, entry), language)
    field = field_words(entry.key, language)
    return Row(
        title=value_words(entry.key, entry.value, language),
        hint=f"{field}  ·  {paper}",
        sign=_SIGNS[state],
        data=entry.id,
        bold=state in ("disputed", "contradicted"),
        spoken=language(f"review.state.{state}"),
    )


def state_of(entry: Entry) -> str:
    """One word for how a value stands, a key of `[review.state]`."""
    if entry.disputed:
        return "disputed"
    if entry.checked_by:
        return "checked"
    if entry.contradicted:
        return "contradicted"
    return "vouched" if entry.trusted else "look"
