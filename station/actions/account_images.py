"""What a deed does to the images of a dossier, written with it: the ledger believes no change that nobody meant."""

from __future__ import annotations

from station.actions.ports.dossiers import Transaction
from station.dossier.dossier import Dossier
from station.dossier.intake import images_of

_TAKING_OUT = frozenset({"remove_page", "remove_blank_pages", "replace_page", "reuse_paper"})
_TAKING_BACK = frozenset({"undo", "redo"})


def account_images(kept: Transaction, deed: str, before: Dossier, after: Dossier) -> None:
    """Images that leave by any other deed stay counted as being there, so that the ledger shows their loss."""
    had, has = images_of(before), images_of(after)
    if had - has and deed in _TAKING_OUT | _TAKING_BACK:
        kept.set_aside(after.id, had - has, deed)
    if has - had and deed in _TAKING_BACK:
        kept.take_back(after.id, has - had)
