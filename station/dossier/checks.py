"""What still stands between a dossier and its seal, as findings that a screen puts into words.

A blocking finding must be mended; a warning may be sealed over by an officer who has seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from station.dossier.card_sides import BACKS, FRONTS
from station.dossier.confirmation import unanswered
from station.dossier.contradictions import contradictions
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import BETWEEN, Finding
from station.dossier.grouping import papers
from station.dossier.images import twin_of
from station.dossier.page import Page
from station.dossier.papers import Paper, Place
from station.dossier.procedure import Handling, Procedure, RequiredPaper
from station.dossier.reading import Source
from station.dossier.text import folded
from station.dossier.units import NOWHERE, Gazetteer


def findings(
    dossier: Dossier, procedure: Procedure, today: date, gazetteer: Gazetteer = NOWHERE
) -> tuple[Finding, ...]:
    """Everything to mend or to know before sealing: blocking ones first, else in the order of the work."""
    found = [
        *_person(dossier),
        *_papers(dossier, procedure),
        *_pages(dossier),
        *(values := tuple(_values(dossier))),
        *_contradictions(dossier, today, gazetteer, values),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def needs_look(dossier: Dossier, entry: Entry) -> bool:
    """A person must look: the citizen said Sai, sources contradict each other, or nobody vouches for the value."""
    return entry.disputed or not (entry.trusted or _is_persons_unmarked_name(dossier, entry))


def received_by(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    """The papers that satisfy a required one, each however many pages it has."""
    return tuple(paper for paper in _fitting(dossier, wanted) if paper.has_both_sides or not wanted.both_sides)


def lacking_a_side(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    """The cards of which one side is there where both are asked for."""
    return tuple(paper for paper in _fitting(dossier, wanted) if wanted.both_sides and not paper.has_both_sides)


def _fitting(dossier: Dossier, wanted: RequiredPaper) -> tuple[Paper, ...]:
    return tuple(paper for paper in papers(dossier) if not paper.kinds.isdisjoint(wanted.kinds))


def is_there(dossier: Dossier, paper: RequiredPaper) -> bool:
    """Captured, noted by the officer as received or shown, or shown when the card was read."""
    return paper.key in dossier.presented or bool(received_by(dossier, paper)) or _was_the_card(dossier, paper)


def _was_the_card(dossier: Dossier, paper: RequiredPaper) -> bool:
    """An identity paper that is only to be shown: who was identified by the card itself has shown it."""
    wanted = paper.handling is Handling.PRESENT and not (FRONTS | BACKS).isdisjoint(paper.kinds)
    return wanted and any(entry.source in (Source.QR, Source.CHIP) for entry in dossier.entries_of(None))


def _person(dossier: Dossier) -> Iterator[Finding]:
    if not dossier.person_name or not dossier.person_id:
        yield Finding("person.missing", blocking=True)
    for code in dossier.warnings:
        yield Finding(f"person.{code}", blocking=False)


def _papers(dossier: Dossier, procedure: Procedure) -> Iterator[Finding]:
    settled = {paper.one_of for paper in procedure.papers if paper.one_of and is_there(dossier, paper)}
    for paper in procedure.papers:
        if not paper.required or is_there(dossier, paper) or paper.one_of in settled:
            continue
        if paper.one_of:
            settled.add(paper.one_of)
            names = " / ".join(other.name for other in procedure.papers if other.one_of == paper.one_of)
            yield Finding("paper.one_missing", blocking=True, paper_key=paper.key, told={"papers": names})
        elif half := lacking_a_side(dossier, paper):
            yield _side_missing(paper, half[0])
        elif paper.handling is Handling.SUBMIT:
            yield Finding("paper.missing", blocking=True, paper_key=paper.key, told={"paper": paper.name})
        else:
            yield Finding("paper.not_shown", blocking=False, paper_key=paper.key, told={"paper": paper.name})


def _side_missing(wanted: RequiredPaper, paper: Paper) -> Finding:
    side = "back" if not paper.kinds.isdisjoint(FRONTS) else "front"
    told = {"paper": wanted.name, "page": str(paper.pages[0].number)}
    return Finding(
        f"paper.{side}_missing",
        blocking=wanted.handling is Handling.SUBMIT,
        page_id=paper.id,
        paper_key=wanted.key,
        told=told,
    )


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
