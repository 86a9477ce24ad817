"""What the citizen is asked about on the second screen: the facts of their life, not the paper's bookkeeping."""

from __future__ import annotations

from station.dossier.dossier import Dossier, Entry

# A hundred values would not be read by anyone. These are the ones that harm a citizen when they are wrong.
ASKED = frozenset(
    {
        "full_name",
        "birth_date",
        "birth_year",
        "sex",
        "id_number",
        "ethnicity",
        "nationality",
        "birth_place",
        "residence",
        "permanent_residence",
        "temporary_residence",
        "current_residence",
        "phone",
        "relationship",
        "request",
        "purpose",
        "marital_status",
        "scope",
    }
)


def is_asked(entry: Entry) -> bool:
    """Whether the citizen is asked about this value."""
    return entry.key.rpartition(".")[2] in ASKED


def questions(dossier: Dossier) -> tuple[Entry, ...]:
    """What the citizen is asked, the person first, then paper by paper in the order of the pages."""
    order = {page.id: page.number for page in dossier.pages}
    return tuple(sorted(filter(is_asked, dossier.entries), key=lambda entry: order.get(entry.page_id or "", 0)))


def unanswered(dossier: Dossier) -> tuple[Entry, ...]:
    """Questions without a verdict on the value as it stands."""
    return tuple(entry for entry in questions(dossier) if entry.answer is None)
