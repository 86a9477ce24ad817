"""Two of the four scores, paper by paper: đủ (is everything there?) and sống (is it still true today?)."""

from __future__ import annotations

from datetime import date

from station.dossier.addresses import locate
from station.dossier.checklist import Standing, checklist
from station.dossier.dossier import Dossier
from station.dossier.finding import Finding
from station.dossier.grouping import papers
from station.dossier.kinds import PaperKinds
from station.dossier.paper_problems import Trouble, holds_until, problems_of
from station.dossier.papers import Paper
from station.dossier.procedure import Procedure
from station.dossier.quality_values import FULL, HALF, LIVED_IN, Scored, about, mean
from station.dossier.units import NOWHERE, Gazetteer

REUSE_MONTHS = 12
"""How long a paper that was digitised in an earlier dossier counts as fresh: a default that no law sets."""
_PERSON = ("full_name", "id_number", "birth_date", "sex", "residence")
_NOT_COUNTED = frozenset({Standing.SETTLED, Standing.INSTEAD, Standing.OPTIONAL})


def completeness(dossier: Dossier, procedure: Procedure, kinds: PaperKinds, today: date) -> Scored:
    """Half for the papers that are asked for, a quarter each for the person's facts and for values that were read."""
    shares = (
        _papers(dossier, procedure, kinds, today),
        _person(dossier),
        _values(dossier),
    )
    (asked, asked_lost), (person, person_lost), (values, values_lost) = shares
    return (2 * asked + person + values) // 4, (*asked_lost, *person_lost, *values_lost)


def _papers(dossier: Dossier, procedure: Procedure, kinds: PaperKinds, today: date) -> Scored:
    listed = checklist(dossier, procedure, kinds, today)
    points: list[int] = []
    lost: list[Finding] = []
    settled: set[str] = set()
    for item in listed.items:
        wanted = item.wanted
        if not wanted.required or item.standing in _NOT_COUNTED or wanted.one_of in settled:
            continue
        if wanted.one_of:
            settled.add(wanted.one_of)
        points.append(FULL if item.there else HALF if item.standing is Standing.PENDING else 0)
        if not item.there:
            code = "paper_pending" if item.standing is Standing.PENDING else "paper_lacking"
            told = {"paper": wanted.name}
            lost.append(Finding(f"quality.{code}", blocking=False, paper_key=wanted.key, told=told))
    return mean(points), tuple(lost)


def _person(dossier: Dossier) -> Scored:
    missing = [key for key in _PERSON if not dossier.value(key)]
    lost = (Finding("quality.person_lacks", blocking=False, told={"key": key}) for key in missing)
    return FULL * (len(_PERSON) - len(missing)) // len(_PERSON), tuple(lost)


def _values(dossier: Dossier) -> Scored:
    points: list[int] = []
    lost: list[Finding] = []
    for page in dossier.pages:
        if not page.read or page.kind is None:
            points.append(0)
            told = {"page": str(page.number)}
            lost.append(Finding("quality.page_unread", blocking=False, page_id=page.id, told=told))
        for entry in dossier.entries_of(page.id):
            points.append(FULL if entry.value else 0)
            if not entry.value:
                lost.append(about(entry, "unread"))
    return mean(points), tuple(lost)


def currency(dossier: Dossier, kinds: PaperKinds, today: date, gazetteer: Gazetteer) -> Scored:
    """The mean over everything that grows old: papers that hold for a time, addresses, and papers that are reused."""
    points: list[int] = []
    lost: list[Finding] = []
    for paper in papers(dossier):
        for scored in (_validity(dossier, paper, kinds, today), _reuse(paper, today)):
            if scored:
                points.append(scored[0])
                lost += scored[1]
    for entry in dossier.entries:
        if gazetteer is NOWHERE or not entry.key.endswith(LIVED_IN):
            continue
        located = locate(entry.value, gazetteer)
        if located.known and located.commune:
            points.append(HALF if located.commune.old else FULL)
            lost += [about(entry, "old_address")] if located.commune.old else []
    return mean(points), tuple(lost)


def _validity(dossier: Dossier, paper: Paper, kinds: PaperKinds, today: date) -> Scored | None:
    rules = [kinds.receiving(kind) for kind in paper.kinds]
    if not any(rule.valid_until or rule.valid_months for rule in rules):
        return None
    for problem in problems_of(dossier, paper, kinds, today):
        told = {"kind": paper.kind or "other", **problem.told}
        if problem.trouble is Trouble.EXPIRED:
            return 0, (Finding("quality.expired", blocking=False, page_id=paper.id, told=told),)
        if problem.trouble is Trouble.UNDATED:
            return HALF, (Finding("quality.undated", blocking=False, page_id=paper.id, told=told),)
    return FULL, ()


def _reuse(paper: Paper, today: date) -> Scored | None:
    first = paper.pages[0]
    if first.reused_from is None:
        return None
    if holds_until(first.captured_at.date(), REUSE_MONTHS) >= today:
        return FULL, ()
    told = {"kind": paper.kind or "other", "page": str(first.number), "day": first.captured_at.date().isoformat()}
    return HALF, (Finding("quality.reused_old", blocking=False, page_id=paper.id, told=told),)
