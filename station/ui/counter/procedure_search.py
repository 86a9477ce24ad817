"""Finding a procedure by a few letters: with or without marks, by name, short name, code or field; best first."""

from __future__ import annotations

from collections.abc import Iterable

from station.dossier.procedure import Procedure
from station.dossier.text import folded


def found(procedures: Iterable[Procedure], typed: str) -> list[Procedure]:
    """Those that hold every word typed. What is called just so stands first, then what begins so."""
    sought = " ".join(folded(typed).split())
    words = sought.split()
    fitting = [one for one in procedures if all(word in _searched(one) for word in words)]
    return sorted(fitting, key=lambda one: (_rank(one, sought) if sought else 0, folded(one.short_name)))


def _rank(procedure: Procedure, sought: str) -> int:
    names = [folded(name) for name in (procedure.short_name, procedure.name, procedure.code)]
    tests = (
        sought in names,
        any(name.startswith(sought) for name in names),
        any(f" {sought}" in name for name in names),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), len(tests))


def _searched(procedure: Procedure) -> str:
    return folded(f"{procedure.name} {procedure.short_name} {procedure.code} {procedure.field}")
