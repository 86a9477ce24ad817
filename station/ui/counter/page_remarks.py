"""What an officer should know of a page's image: what spoils it, that it was here before, that it holds two papers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.dossier.dossier import Dossier
from station.dossier.images import parts_of, twin_of
from station.dossier.page import Page
from station.language import Language
from station.ui.words import failure_words, issue_words


class Matter(StrEnum):
    """What a remark is about; it decides what is offered."""

    SPOILED = "spoiled"
    BLANK = "blank"
    TWIN = "twin"
    FAILED = "failed"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Remark:
    """`sentence` names the page; `tile` is the same for under its picture. `open`: something is to be decided."""

    page: Page
    matter: Matter
    sentence: str
    tile: str
    open: bool = True


def remark_on(dossier: Dossier, page: Page, language: Language) -> Remark | None:
    """The weightiest remark on a page, None where there is nothing to say."""
    if page.blank:
        blanks = [str(one.number) for one in dossier.pages if one.blank]
        sentence = language("gate.blank", page=page.number)
        if len(blanks) > 1:
            sentence = language("gate.blanks", count=len(blanks), pages=", ".join(blanks))
        return Remark(page, Matter.BLANK, sentence, language("gate.tile.blank"))
    if page.spoiled:
        issue = issue_words(page.issues[0].code, f"{page.issues[0].value:g}", language)
        what, _, _do = issue.partition(";")
        return Remark(page, Matter.SPOILED, language("gate.spoiled", page=page.number, issue=issue), what)
    if twin := twin_of(dossier, page):
        tile = language("gate.tile.twin", other=twin.number)
        return Remark(page, Matter.TWIN, language("gate.twin", page=page.number, other=twin.number), tile)
    if page.failure and page.kind is None:
        reason = failure_words(page.failure, language)
        return Remark(page, Matter.FAILED, language("gate.failed", page=page.number, reason=reason), "")
    parts = parts_of(dossier, page)
    if len(parts) > 1:
        pages = ", ".join(str(part.number) for part in parts)
        sentence = language("gate.parts", count=len(parts), pages=pages)
        return Remark(page, Matter.PARTS, sentence, "", open=False)
    return None


def remarks(dossier: Dossier, language: Language) -> dict[str, Remark]:
    """The remark on each page of which there is one, in the order of the pages."""
    told = ((page.id, remark_on(dossier, page, language)) for page in dossier.pages)
    return {page_id: remark for page_id, remark in told if remark}


def most_pressing(told: dict[str, Remark], picked: Page | None) -> Remark | None:
    """On the page that the officer looks at, or else the first that asks for a decision."""
    mine = told.get(picked.id) if picked else None
    return mine or next((remark for remark in told.values() if remark.open), None)


def still_open(told: dict[str, Remark]) -> int:
    """How many decisions wait; all blank pages are one."""
    matters = [remark.matter for remark in told.values() if remark.open]
    blanks = matters.count(Matter.BLANK)
    return len(matters) - max(0, blanks - 1)
