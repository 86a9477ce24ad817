"""The officer says where the paper lies in the image (sửa góc giấy); the page is to be read again."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.images import framed
from station.dossier.outline import Outline, is_convex
from station.errors import InputError


class OutlinePage:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, outline: Outline, by: str) -> Dossier:
        """`InputError` for corners that no sheet of paper can have."""
        if not is_convex(outline):
            raise InputError("value.not_an_outline")
        return self._change(
            dossier_id, "outline_page", by, lambda dossier: framed(dossier, page_id, outline), page=page_id
        )
