"""A dossier that the province gave back is made again: nothing that was digitised once is asked for a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from station.dossier.correction import Revision, values_now
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.page import Page


def made_again(fresh: Dossier, returned: Dossier, revisions: Sequence[Revision], new_ids: Sequence[str]) -> Dossier:
    """The newly opened dossier with the pages, values and answers of the one that came back.

    Values come as they are now, with who corrected them. The citizen is asked again; fees, showings and the signature
    are those of another day, and stay behind.
    """
    fresh.must_be_open()
    named = dict(zip((page.id for page in returned.pages), new_ids, strict=True))
    return replace(
        fresh,
        pages=tuple(_page(page, named, returned.id) for page in returned.pages),
        entries=tuple(_entry(entry, named, revisions) for entry in returned.entries),
        presented=returned.presented,
        warnings=returned.warnings,
        extra=dict(returned.extra),
        conditions=dict(returned.conditions),
        counted=dict(returned.counted),
        consents=returned.consents,
    )


def _page(page: Page, named: Mapping[str, str], source: str) -> Page:
    return replace(
        page,
        id=named[page.id],
        goes_with=named.get(page.goes_with or "", named[page.id]),
        same_as=None,
        image="",
        reused_from=page.reused_from or source,
    )


def _entry(entry: Entry, named: Mapping[str, str], revisions: Sequence[Revision]) -> Entry:
    page_id = named[entry.page_id] if entry.page_id else None
    copied = replace(entry, id=f"{page_id}/{entry.key}" if page_id else entry.id, page_id=page_id, answer=None)
    now = values_now({entry.id: entry.value}, revisions)[entry.id]
    if now == entry.value:
        return copied
    last = [one for one in revisions if any(made.value == entry.id and made.after == now for made in one.changes)][-1]
    return copied.corrected(now, last.by, last.at)
