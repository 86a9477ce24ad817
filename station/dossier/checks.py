"""What still stands between a dossier and its seal, as findings that a screen puts into words.

A blocking finding must be mended; a warning may be sealed over by an officer who has seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from station.dossier.checklist import checklist
from station.dossier.confirmation import unanswered
from station.dossier.contradictions import contradictions
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.fees import first_quantities, has_price, left_open, payment
from station.dossier.finding import BETWEEN, Finding
from station.dossier.grouping import papers
from station.dossier.images import twin_of
from station.dossier.kinds import NO_KINDS, PaperKinds
from station.dossier.page import Page
from station.dossier.paper_findings import paper_findings
from station.dossier.papers import Paper, Place
from station.dossier.procedure import Procedure
from station.dossier.text import folded
from station.dossier.units import NOWHERE, Gazetteer


def findings(
    dossier: Dossier,
    procedure: Procedure,
    today: date,
    gazetteer: Gazetteer = NOWHERE,
    kinds: PaperKinds = NO_KINDS,
) -> tuple[Finding, ...]:
    """Everything to mend or to know before sealing: blocking ones first, else in the order of the work."""
    found = [
        *_person(dossier),
        *paper_findings(checklist(dossier, procedure, kinds, today)),
        *_pages(dossier),
        *(values := tuple(_values(dossier))),
        *_contradictions(dossier, today, gazetteer, values),
        *_fees(dossier, procedure),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def needs_look(dossier: Dossier, entry: Entry) -> bool:
    """A person must look: the citizen said Sai, sources contradict each other, or nobody vouches for the value."""
    return entry.disputed or not (entry.trusted or _is_persons_unmarked_name(dossier, entry))


def _person(dossier: Dossier) -> Iterator[Finding]:
    if not dossier.person_name or not dossier.person_id:
        yield Finding("person.missing", blocking=True)
    for code in dossier.warnings:
        yield Finding(f"person.{code}", blocking=False)


def _pages(dossier: Dossier) -> Iterator[Finding]:
    for page, paper, place in _placed(dossier):
        told = {"page": str(page.number)}
        if not page.read:
            yield Finding("page.unread", blocking=True, page_id=page.id, told=told)
        elif page.kind is None:
            yield Finding("page.unreadable", blocking=False, page_id=page.id, told=told)
        elif paper.kind == "other" and page.id == paper.id and page.kind_set_by is None:
            yield Finding("page.unknown_kind", blocking=False, page_id=page.id, told=told)
        if page.read and page.kind is not None and place.unsure:
            yield Finding("page.unsure_paper", blocking=False, page_id=page.id, told=told)
        if twin := twin_of(dossier, page):
            yield Finding("page.twice", blocking=False, page_id=page.id, told={**told, "other": str(twin.number)})
        elif page.spoiled:
            told = {**told, "issue": page.issues[0].code, "value": f"{page.issues[0].value:g}"}
            yield Finding("page.spoiled", blocking=False, page_id=page.id, told=told)


def _placed(dossier: Dossier) -> list[tuple[Page, Paper, Place]]:
    """Each page with its paper and its place in it, in the order of the pages."""
    placed = {place.page.id: (paper, place) for paper in papers(dossier) for place in paper.places}
    return [(page, *placed[page.id]) for page in dossier.pages]


def _values(dossier: Dossier) -> Iterator[Finding]:
    unconfirmed = {entry.id for entry in unanswered(dossier)}
    for entry in dossier.entries:
        if entry.disputed:
            yield _about(entry, "value.disputed", blocking=True)
        elif entry.contradicted and not entry.checked_by:
            readings = BETWEEN.join(dict.fromkeys(read.value for read in entry.readings))
            yield _about(entry, "value.contradicted", blocking=True, readings=readings)
        elif needs_look(dossier, entry) and not entry.confirmed:
            yield _about(entry, "value.unchecked" if entry.value else "value.unread", blocking=True)
        elif entry.id in unconfirmed:
            yield _about(entry, "value.unconfirmed", blocking=True)


def _fees(dossier: Dossier, procedure: Procedure) -> Iterator[Finding]:
    """Pages that nobody has counted; of a price that is nowhere written nobody at the counter can do anything."""
    counted = dossier.payment or payment(procedure, first_quantities(procedure, dossier.case), case=dossier.case)
    for line in left_open(procedure, counted, dossier.case):
        if has_price(line):
            yield Finding("fee.not_counted", blocking=False, told={"fee": line.name})


def _contradictions(
    dossier: Dossier, today: date, gazetteer: Gazetteer, values: Iterable[Finding]
) -> Iterator[Finding]:
    """Those between values that stand; one that still waits for a look is told as such, and may change."""
    waiting = {told.entry_id for told in values if told.code != "value.unconfirmed"}
    for found in contradictions(dossier, today, gazetteer):
        if waiting.isdisjoint((found.entry_id, found.other_entry_id)):
            yield found


def _is_persons_unmarked_name(dossier: Dossier, entry: Entry) -> bool:
    """The card's MRZ says the identified person's name, without marks, beside the person's own number.

    The reader never vouches for such a name: its line has no check digit, and it lacks the marks. But the person was
    named by another source, and the two agree letter for letter; looking at it could teach the officer nothing.
    """
    if not entry.unmarked or entry.page_id is None or dossier.person_name is None or dossier.person_id is None:
        return False
    number = dossier.value(entry.key.removesuffix("full_name") + "id_number", entry.page_id)
    return number == dossier.person_id and folded(entry.value) == folded(dossier.person_name)


def _about(entry: Entry, code: str, *, blocking: bool, **told: str) -> Finding:
    return Finding(
        code, blocking, entry_id=entry.id, page_id=entry.page_id, told={"key": entry.key, "value": entry.value, **told}
    )
