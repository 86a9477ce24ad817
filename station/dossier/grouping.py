"""What a person says about which pages are one paper: joining, setting apart, and settling it for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from station.dossier.dossier import Dossier
from station.dossier.page import Page
from station.dossier.papers import Paper, Place, papers_of, places_of
from station.errors import RuleError


def papers(dossier: Dossier) -> tuple[Paper, ...]:
    """The dossier's pages as papers, in the order of the pile."""
    return papers_of(dossier.pages, dossier.entries)


def paper_of(dossier: Dossier, page_id: str) -> Paper:
    """The paper that the page is part of; raises `RuleError("dossier.no_such_page")`."""
    page = dossier.page(page_id)
    return next(paper for paper in papers(dossier) if page in paper.pages)


def goes_on(dossier: Dossier, page_id: str) -> bool:
    """A further page of a paper, which does not say by itself what it is."""
    return dossier.page(page_id).kind == "other" and paper_of(dossier, page_id).id != page_id


def joined(dossier: Dossier, page_id: str, other_id: str, by: str) -> Dossier:
    """The page belongs to the paper of the other page; what goes on from it comes along.

    Both being one paper already, that is now said by a person. Raises `RuleError("dossier.same_page")`.
    """
    dossier.must_be_open()
    if dossier.page(page_id) == dossier.page(other_id):
        raise RuleError("dossier.same_page")
    order = {page.id: at for at, page in enumerate(dossier.pages)}
    places = {place.page.id: place for place in places_of(dossier.pages, dossier.entries)}
    if page_id in (path := _path(places, other_id)):
        page_id, other_id = other_id, page_id
        path = path[path.index(other_id) :]
    first = path[-1]
    # The way from the other page up to its paper's first one is said along with it: else a new guess could undo it.
    links = {one: places[one].goes_with for one in path[:-1]}
    if order[page_id] > order[first]:
        links[page_id] = next(one for one in path if order[one] < order[page_id])
    else:
        links[first] = page_id
        if places[page_id].goes_with:
            links[page_id] = page_id
    return _said(dossier, links, by)


def set_apart(dossier: Dossier, page_id: str, by: str) -> Dossier:
    """With this page a paper begins; what goes on from it comes along."""
    dossier.must_be_open()
    dossier.page(page_id)
    return _said(dossier, {page_id: page_id}, by)


def settled(dossier: Dossier) -> Dossier:
    """Every guess written down as it stands, so that no later program guesses otherwise; what people said stays."""
    dossier.must_be_open()
    pages = tuple(
        replace(place.page, goes_with=place.goes_with or place.page.id)
        for place in places_of(dossier.pages, dossier.entries)
    )
    return replace(dossier, pages=pages)


def _path(places: Mapping[str, Place], page_id: str) -> list[str]:
    """From the page up to the first one of its paper."""
    path = [page_id]
    while (above := places[path[-1]].goes_with) is not None:
        path.append(above)
    return path


def _said(dossier: Dossier, links: Mapping[str, str | None], by: str) -> Dossier:
    def changed(page: Page) -> Page:
        return replace(page, goes_with=links[page.id], goes_with_set_by=by) if page.id in links else page

    return replace(dossier, pages=tuple(map(changed, dossier.pages)))
