"""Procedures by the beginnings of the words of their names, as they are typed into a search."""

from __future__ import annotations

from collections.abc import Iterable

from station.dossier.procedure import Procedure
from station.dossier.text import folded


class ProcedureNames:
    """Called with one folded word: the codes of the procedures that have a word, or a code, which begins so."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        self._words = [
            (one.code, frozenset(f"{folded(f'{one.name} {one.short_name}')} {one.code}".split())) for one in procedures
        ]

    def __call__(self, word: str) -> list[str]:
        return [code for code, words in self._words if any(one.startswith(word) for one in words)]
