"""One deed of an open dossier taken back, while all that came after it from the machine or the citizen stays.

What a deed changed is what differs between the dossier before and after it. Only that goes back, and only where it
still stands as the deed left it: a page that was scanned meanwhile stays, a value that was changed again is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.errors import RuleError

Thing = TypeVar("Thing", Page, Entry)

_OF_DOSSIER = ("presented", "counted", "warnings", "extra", "case", "conditions")
"""What people decide about the dossier as a whole. Money, consent, what was shown and signed are evidence, and stay."""
_OF_PAGE = ("kind", "kind_set_by", "goes_with", "goes_with_set_by", "outline", "kept_by")
_OF_ENTRY = ("value", "corrections", "checked_by", "checked_at", "answer")
"""What people decide about a page and a value; the rest of both is the machine's word."""


@dataclass(frozen=True, slots=True)
class Step:
    """One deed: its name, and the dossier before and after it."""

    deed: str
    before: Dossier
    after: Dossier

    @property
    def reversed(self) -> Step:
        """The way back: what was taken back is done again by taking this back."""
        return Step(self.deed, self.after, self.before)

    @property
    def entry(self) -> Entry | None:
        """The first value that the deed changed, as it stood where the deed is taken back."""
        return _first_changed(self.before.entries, self.after.entries)

    @property
    def page(self) -> Page | None:
        """The first page that the deed changed."""
        return _first_changed(self.before.pages, self.after.pages)


def taken_back(current: Dossier, step: Step) -> Dossier:
    """`RuleError("dossier.changed_since")` where something else has changed the same since."""
    current.must_be_open()
    before, after = step.before, step.after
    values = {
        name: _settled(getattr(current, name), getattr(before, name), getattr(after, name)) for name in _OF_DOSSIER
    }
    pages = _things(current.pages, before.pages, after.pages, _page)
    entries = _things(current.entries, before.entries, after.entries, _entry)
    there = {None, *(page.id for page in pages)}
    return replace(
        current,
        **values,
        pages=tuple(replace(page, number=number) for number, page in enumerate(pages, 1)),
        entries=tuple(entry for entry in entries if entry.page_id in there),
    )


def _things(
    current: Sequence[Thing],
    before: Sequence[Thing],
    after: Sequence[Thing],
    settle: Callable[[Thing, Thing, Thing], Thing],
) -> list[Thing]:
    """What the deed took out comes back to its place, what it brought goes, what came since stays by its neighbour."""
    now, was, then = ({one.id: one for one in things} for things in (current, before, after))
    order: list[Thing] = []
    for name, thing in was.items():
        if name not in then:
            order.append(thing)
        elif name in now:
            order.append(settle(now[name], thing, then[name]))
    for place, thing in enumerate(current):
        if thing.id not in was and thing.id not in then:
            ids = [one.id for one in order]
            neighbour = next((one.id for one in reversed(current[:place]) if one.id in ids), None)
            order.insert(ids.index(neighbour) + 1 if neighbour else 0, thing)
    return order


def _page(now: Page, was: Page, then: Page) -> Page:
    """A page whose frame goes back is read again inside it, and so is one that nobody names any more."""
    changed = {name: _settled(*(getattr(one, name) for one in (now, was, then))) for name in _OF_PAGE}
    settled = replace(now, **changed)
    if was.kind != then.kind:
        settled = replace(settled, kind_confidence=was.kind_confidence)
    return replace(settled, again=True, failure=None) if was.outline != then.outline else settled


def _entry(now: Entry, was: Entry, then: Entry) -> Entry:
    """All or nothing: an answer belongs to the value that was answered."""
    decided = _settled(_decided(now), _decided(was), _decided(then))
    return replace(now, **dict(zip(_OF_ENTRY, decided, strict=True)))


def _decided(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in _OF_ENTRY)


def _settled(now: Any, was: Any, then: Any) -> Any:
    if was == then:
        return now
    if now != then:
        raise RuleError("dossier.changed_since")
    return was


def _first_changed(before: Sequence[Thing], after: Sequence[Thing]) -> Thing | None:
    then = {one.id: one for one in after}
    was = {one.id: one for one in before}
    gone_or_changed = (one for one in before if _told(one) != _told(then.get(one.id)))
    return next(gone_or_changed, None) or next((one for one in after if one.id not in was), None)


def _told(thing: Page | Entry | None) -> object:
    """Without the page's number: where one goes, those behind it move up."""
    return replace(thing, number=0) if isinstance(thing, Page) else thing
