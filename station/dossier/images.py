"""What becomes of a page by what is known of its image: judged, split, framed anew, kept as it is, replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from station.dossier.dossier import Dossier
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.page import Page


def judged(dossier: Dossier, page_id: str, judgement: Judgement, new_ids: Sequence[str]) -> Dossier:
    """The gate's word on a page. Several papers on one glass become one page each, in the place of the one.

    All of them refer to the same image; the first keeps the page's id, the others get `new_ids`. A page that a person
    has framed or put together is not split.
    """
    dossier.must_be_open()
    page = dossier.page(page_id)
    rotation = page.rotation if page.read else judgement.rotation  # who has read the page knows better
    page = replace(page, issues=judgement.issues, fingerprint=judgement.fingerprint, rotation=rotation)
    parts = [page]
    if len(judgement.papers) > 1 and page.outline is None and page.kept_by is None:
        ids = (page_id, *new_ids)
        # What was said of which paper the page is part of was said of the first: the others are as yet anybody's guess.
        fresh = replace(page, goes_with=None, goes_with_set_by=None)
        parts = [
            replace(fresh if at else page, id=ids[at], outline=outline) for at, outline in enumerate(judgement.papers)
        ]
    return _in_place(dossier, page_id, parts)


def framed(dossier: Dossier, page_id: str, outline: Outline) -> Dossier:
    """A person says where the paper lies; it is to be read again."""
    dossier.must_be_open()
    return _in_place(dossier, page_id, [replace(dossier.page(page_id), outline=outline, again=True, failure=None)])


def to_be_read_again(dossier: Dossier, page_id: str) -> Dossier:
    """A page whose reading failed is given to the machine once more."""
    dossier.must_be_open()
    return _in_place(dossier, page_id, [replace(dossier.page(page_id), again=True, failure=None)])


def kept(dossier: Dossier, page_id: str, by: str) -> Dossier:
    """The page stays as it is, whatever the gate has against it."""
    dossier.must_be_open()
    return _in_place(dossier, page_id, [replace(dossier.page(page_id), kept_by=by)])


def replaced(dossier: Dossier, page_id: str, fresh: Page) -> Dossier:
    """A new image of the same paper takes the page's place; what was read from the old one goes with it."""
    dossier.must_be_open()
    old = dossier.page(page_id)
    joined = fresh.id if old.goes_with == old.id else old.goes_with
    page = replace(
        fresh,
        number=old.number,
        kind=old.kind if old.kind_set_by else None,
        kind_set_by=old.kind_set_by,
        again=old.kind_set_by is not None,
        goes_with=joined,
        goes_with_set_by=old.goes_with_set_by,
    )
    others = tuple(entry for entry in dossier.entries if entry.page_id != page_id)
    changed = replace(_in_place(dossier, page_id, [page]), entries=others)
    return replace(
        changed,
        pages=tuple(replace(one, goes_with=fresh.id) if one.goes_with == page_id else one for one in changed.pages),
    )


def rejoined(dossier: Dossier, page_id: str, by: str) -> Dossier:
    """Pages that were split from one image are one page again, which is to be read as a whole."""
    dossier.must_be_open()
    parts = parts_of(dossier, dossier.page(page_id))
    whole = replace(parts[0], outline=None, found=None, kept_by=by, again=True, failure=None)
    for part in parts[1:]:
        dossier = dossier.without_page(part.id)
    entries = tuple(entry for entry in dossier.entries if entry.page_id != whole.id)
    return replace(
        _in_place(dossier, whole.id, [replace(whole, number=dossier.page(whole.id).number)]), entries=entries
    )


def parts_of(dossier: Dossier, page: Page) -> tuple[Page, ...]:
    """The pages that were split from the same image, the page among them; the page alone if it was not split."""
    if page.outline is None:
        return (page,)
    return tuple(one for one in dossier.pages if (one.image, one.sha256) == (page.image, page.sha256) and one.outline)


def resembling(dossier: Dossier, page_id: str, other_id: str) -> Dossier:
    """The gate cannot tell the page from an earlier one."""
    dossier.must_be_open()
    return _in_place(dossier, page_id, [replace(dossier.page(page_id), same_as=other_id)])


def comparable(dossier: Dossier, page: Page) -> tuple[Page, ...]:
    """The earlier pages that the gate can compare with this one: judged, not blank, of an image of their own."""
    if page.outline is not None or page.blank:
        return ()
    return tuple(
        one
        for one in dossier.pages
        if one.number < page.number and one.judged and not one.blank and one.outline is None
    )


def twin_of(dossier: Dossier, page: Page) -> Page | None:
    """An earlier page that shows the same: of the same image, or found alike by the gate.

    None for a page that somebody has said stays, and for blank ones, which all look the same.
    """
    if page.kept_by is not None or page.blank:
        return None
    earlier = dossier.pages[: page.number - 1]
    return next((one for one in earlier if one.id == page.same_as or _same_image(one, page)), None)


def _same_image(one: Page, other: Page) -> bool:
    return one.sha256 == other.sha256 and one.outline == other.outline


def _in_place(dossier: Dossier, page_id: str, pages: Iterable[Page]) -> Dossier:
    """These pages where the one was; numbers follow."""
    place = next(at for at, page in enumerate(dossier.pages) if page.id == page_id)
    every = (*dossier.pages[:place], *pages, *dossier.pages[place + 1 :])
    return replace(dossier, pages=tuple(replace(page, number=number) for number, page in enumerate(every, 1)))
