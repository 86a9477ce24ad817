"""Once only (một lần): what earlier dossiers of the same person already have, and a paper of theirs linked to this one.

Decree 45/2020/ND-CP, article 16: accepted components may be used again with the citizen's consent. A paper is offered
only where it names that very person, and is linked, never copied: the page has the same SHA-256 and says where it was
captured. Declarations are made anew for each request and are never offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import paper_of, papers
from station.dossier.kinds import PaperKinds
from station.dossier.mentions import Mention, agree, mentions
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.paper_problems import Trouble, problems_of
from station.dossier.papers import Paper
from station.dossier.service import Consent
from station.dossier.text import folded, same
from station.errors import RuleError

REUSE = "reuse"
"""The subject of the consent."""
FACTS = ("phone", "residence")
"""What is asked of the person in every dossier, and may be taken from the last one."""
_DECLARATIONS = frozenset({"application", "birth_registration_form", "marital_status_form", "residence_form"})
_NUMBERS = ("number", "registration_number", "serial", "register_number", "copy_number", "subject.id_number")
_ISSUERS = ("issuer", "registered_at", "signed_by")
_VALID = ("expiry_date", "valid_until")


Image = tuple[str, Outline | None]
"""The SHA-256 of an image, and where the paper lies in it: two papers may lie on one glass."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """One paper of an earlier dossier. `expired` is told and not offered; empty strings are what nobody read.

    `wanted`: the procedure of this dossier asks for such a paper.
    """

    dossier_id: str
    dossier_number: str
    kind: str
    page_ids: tuple[str, ...]
    images: tuple[Image, ...]
    captured_at: datetime
    title: str = ""
    number: str = ""
    issuer: str = ""
    valid_until: str = ""
    expired: bool = False
    wanted: bool = False

    @property
    def identity(self) -> tuple[str, ...]:
        """What two captures of one paper have in common: kind, number and issuer, or without a number the images."""
        return (self.kind, folded(self.number), folded(self.issuer)) if self.number else tuple(map(repr, self.images))


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that the person gave at the counter before: to be asked about, never set silently."""

    key: str
    value: str
    dossier_number: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the station already has about the person at the counter."""

    papers: tuple[KnownPaper, ...] = ()
    facts: tuple[KnownFact, ...] = ()

    @property
    def offered(self) -> tuple[KnownPaper, ...]:
        return tuple(paper for paper in self.papers if not paper.expired)


def consent_to_reuse(dossier: Dossier) -> Consent | None:
    """The citizen's last word in this dossier; None: not asked yet. Who has refused is not asked again."""
    return next((one for one in reversed(dossier.consents) if one.subject == REUSE), None)


def known(
    dossier: Dossier, earlier: Sequence[Dossier], kinds: PaperKinds, today: date, wanted: frozenset[str] = frozenset()
) -> Known:
    """What `earlier` has for this dossier's person, newest first; of `wanted` kinds before the others.

    A paper is told once, as it was captured last, and not at all where this dossier has it already.
    """
    mine = {_image(page) for page in dossier.pages}
    have = {one.identity for one in _papers_of(dossier, kinds, today, wanted) if one.number}
    found: dict[tuple[str, ...], KnownPaper] = {}
    for source in _of_the_same_person(dossier, earlier):
        for paper in _papers_of(source, kinds, today, wanted):
            if mine.isdisjoint(paper.images) and paper.identity not in have:
                found.setdefault(paper.identity, paper)
    ordered = sorted(found.values(), key=lambda paper: (paper.expired, not paper.wanted))
    return Known(tuple(ordered), tuple(_facts(dossier, earlier)))


def seen_before(
    dossier: Dossier, page_id: str, earlier: Sequence[Dossier], kinds: PaperKinds, today: date
) -> KnownPaper | None:
    """The same paper in an earlier dossier of this person: by its image, or by kind, number and issuer as read."""
    here = paper_of(dossier, page_id)
    read = _known_paper(dossier, here, kinds, today, frozenset())
    images = {_image(page) for page in here.pages}
    if any(page.reused_from for page in here.pages):
        return None
    for source in _of_the_same_person(dossier, earlier):
        for paper in _papers_of(source, kinds, today, frozenset()):
            if images & set(paper.images) or (read.number and read.identity == paper.identity):
                return paper
    return None


def linked(dossier: Dossier, source: Dossier, page_ids: Sequence[str], new_ids: Sequence[str]) -> Dossier:
    """The pages of a sealed dossier in this one, with their values, sources, corrections and checks.

    The citizen's answers stay behind: who stands at the counter confirms now. `RuleError`: `dossier.no_consent`,
    `dossier.other_persons` (another person's, or a paper that does not name this one), `dossier.reused_already`.
    """
    dossier.must_be_open()
    consent = consent_to_reuse(dossier)
    if consent is None or not consent.given:
        raise RuleError("dossier.no_consent")
    if source not in _of_the_same_person(dossier, [source]) or not all(
        _names_its_person(source, paper_of(source, page_id), None) for page_id in page_ids
    ):
        raise RuleError("dossier.other_persons")
    named = dict(zip(page_ids, new_ids, strict=True))
    if {_image(source.page(page_id)) for page_id in page_ids} & {_image(page) for page in dossier.pages}:
        raise RuleError("dossier.reused_already")
    pages = [
        _linked_page(source.page(page_id), named, source.id, len(dossier.pages) + place)
        for place, page_id in enumerate(page_ids, 1)
    ]
    entries = [_linked_entry(entry, named) for entry in source.entries if entry.page_id in named]
    return replace(dossier, pages=(*dossier.pages, *pages), entries=(*dossier.entries, *entries))


def without_others(dossier: Dossier, person_id: str) -> Dossier:
    """The dossier for another person than before: what was linked for the first one, and their consent, are gone."""
    if dossier.person_id in (None, person_id):
        return dossier
    for page in [page for page in dossier.pages if page.reused_from]:
        dossier = dossier.without_page(page.id)
    return replace(dossier, consents=tuple(one for one in dossier.consents if one.subject != REUSE))


def _of_the_same_person(dossier: Dossier, earlier: Sequence[Dossier]) -> list[Dossier]:
    """Sealed dossiers of the same number, but for this one; nobody has papers of a person without a number."""
    number = dossier.person_id
    return [one for one in earlier if number and one.person_id == number and one.sealed_at and one.id != dossier.id]


def _papers_of(source: Dossier, kinds: PaperKinds, today: date, wanted: frozenset[str]) -> Iterator[KnownPaper]:
    for paper in papers(source):
        if paper.kind is None or paper.kind in _DECLARATIONS or not _names_its_person(source, paper, kinds):
            continue
        yield _known_paper(source, paper, kinds, today, wanted)


def _known_paper(source: Dossier, paper: Paper, kinds: PaperKinds, today: date, wanted: frozenset[str]) -> KnownPaper:
    entries = [entry for page in paper.pages for entry in source.entries_of(page.id)]
    expired = [one for one in problems_of(source, paper, kinds, today) if one.trouble is Trouble.EXPIRED]
    return KnownPaper(
        dossier_id=source.id,
        dossier_number=source.number or "",
        kind=paper.kind or "",
        page_ids=tuple(page.id for page in paper.pages),
        images=tuple(map(_image, paper.pages)),
        captured_at=paper.pages[0].captured_at,
        title=_first(entries, ("title",)),
        number=_first(entries, _NUMBERS),
        issuer=_first(entries, _ISSUERS),
        valid_until=expired[0].told.get("until", "") if expired else _first(entries, _VALID),
        expired=bool(expired),
        wanted=not paper.kinds.isdisjoint(wanted),
    )


def _names_its_person(source: Dossier, paper: Paper, kinds: PaperKinds | None) -> bool:
    """Whether the person of the dossier is named on the paper, as one of those whose paper it is."""
    about = kinds.receiving(paper.kind).about if kinds else ()
    named = mentions(source)
    person = next((one for one in named if one.paper is None), None)
    return person is not None and any(
        _is(person, one) for one in named if one.paper == paper.id and (not about or one.whose.startswith(about))
    )


def _is(person: Mention, other: Mention) -> bool:
    """By the number where the paper has one; else by the name, and by the birth where both tell it."""
    if other.number:
        return other.number == person.number
    name, other_name = person.said.get("full_name"), other.said.get("full_name")
    if name is None or other_name is None or not agree(name, other_name):
        return False
    return person.born is None or other.born is None or agree(person.born, other.born)


def _facts(dossier: Dossier, earlier: Sequence[Dossier]) -> Iterator[KnownFact]:
    """The newest value of each fact that somebody vouched for, where this dossier has none or another one."""
    for key in FACTS:
        for source in _of_the_same_person(dossier, earlier):
            entry = _fact(source, key)
            if entry is None or source.sealed_at is None:
                continue
            if not same(entry.value, dossier.value(key) or ""):
                yield KnownFact(key, entry.value, source.number or "", source.sealed_at)
            break


def _fact(source: Dossier, key: str) -> Entry | None:
    """As it was said at the counter, else as the person's own paper said it."""
    named = mentions(source)
    person = next((one for one in named if one.paper is None), None)
    if person is None:
        return None
    said = [
        one.said[key] for one in (person, *(one for one in named if one.paper and _is(person, one))) if key in one.said
    ]
    return next(
        (entry for entry in said if entry.value and not entry.disputed and (entry.trusted or entry.confirmed)), None
    )


def _linked_page(page: Page, named: dict[str, str], source_id: str, number: int) -> Page:
    return replace(
        page,
        id=named[page.id],
        number=number,
        goes_with=named.get(page.goes_with or "", named[page.id]),
        same_as=None,
        image="",
        reused_from=page.reused_from or source_id,
    )


def _linked_entry(entry: Entry, named: dict[str, str]) -> Entry:
    page_id = named[entry.page_id or ""]
    return replace(entry, id=f"{page_id}/{entry.key}", page_id=page_id, answer=None)


def _image(page: Page) -> Image:
    return page.sha256, page.outline


def _first(entries: Sequence[Entry], keys: Sequence[str]) -> str:
    return next((entry.value for key in keys for entry in entries if entry.key == key and entry.value), "")
