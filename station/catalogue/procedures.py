"""The catalogue of procedures (danh mục thủ tục hành chính), from `resources/procedures/*.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from station.dossier.kinds import PaperKinds
from station.dossier.procedure import Case, FeeLine, Handling, Procedure, RequiredPaper, TimeUnit
from station.dossier.text import folded
from station.errors import ResourceError, RuleError
from station.strict_toml import Table


class Procedures:
    """Every procedure of a folder, one version a file; read and checked when built.

    Raises `ResourceError` with the file, the place in it and what is expected there.
    """

    def __init__(self, folder: Path, kinds: PaperKinds) -> None:
        self._by_code: dict[str, dict[str, Procedure]] = {}
        for file in sorted(folder.glob("*.toml")):
            self._add(Table.load(file), kinds)
        if not self._by_code:
            raise ResourceError("resource.none_found", file=f"{folder.name}/*.toml", place=folder.name)

    def all(self) -> Sequence[Procedure]:
        """The newest version of each procedure, by name."""
        return sorted((self.get(code) for code in self._by_code), key=lambda procedure: folded(procedure.name))

    def get(self, code: str, version: str | None = None) -> Procedure:
        """One version, or the newest. Raises `RuleError("dossier.no_such_procedure")`."""
        versions = self._by_code.get(code, {})
        found = versions.get(version or max(versions, default=""))
        if found is None:
            raise RuleError("dossier.no_such_procedure", procedure=code)
        return found

    def _add(self, table: Table, kinds: PaperKinds) -> None:
        procedure = read_procedure(table, kinds)
        versions = self._by_code.setdefault(procedure.code, {})
        if procedure.version in versions:
            raise table.error("version", "resource.duplicate", value=procedure.version)
        versions[procedure.version] = procedure


def read_procedure(table: Table, kinds: PaperKinds) -> Procedure:
    """One procedure from its file, or `ResourceError`."""
    unit = TimeUnit(table.choice("unit", list(TimeUnit)))
    procedure = Procedure(
        code=table.text("code"),
        version=_version(table),
        name=table.text("name"),
        short_name=table.text("short_name"),
        field=table.text("field"),
        authority=table.text("authority"),
        cases=(Case("usual", "", _time(table, unit), unit),),
        fees=_fees(table),
        fee_note=table.text("fee_note"),
        results=(table.text("result"),),
        legal_basis=table.texts("legal_basis"),
        papers=_papers(table, kinds),
    )
    table.end()
    return procedure


def _version(table: Table) -> str:
    """The day of the facts: versions are ordered by it."""
    version = table.text("version")
    try:
        if date.fromisoformat(version).isoformat() == version:
            return version
    except ValueError:
        pass
    raise table.error("version", "resource.bad_value", remedy="YYYY-MM-DD")


def _time(table: Table, unit: TimeUnit) -> int:
    """How many units; none at all for what is done on the spot, at least one otherwise."""
    time = table.count("time")
    if (time == 0) is not (unit is TimeUnit.SAME_DAY):
        allowed = "0" if unit is TimeUnit.SAME_DAY else ">= 1"
        raise table.error("time", "resource.bad_value", remedy=allowed)
    return time


def _fees(table: Table) -> tuple[FeeLine, ...]:
    amount = table.count("fee")
    return (FeeLine("fee", table.text("name"), amount),) if amount else ()


def _papers(table: Table, kinds: PaperKinds) -> tuple[RequiredPaper, ...]:
    papers: dict[str, RequiredPaper] = {}
    for row in table.tables("papers", required=True):
        paper = _paper(row, kinds)
        if paper.key in papers:
            raise row.error("key", "resource.duplicate", value=paper.key)
        papers[paper.key] = paper
    return tuple(papers.values())


def _paper(row: Table, known: PaperKinds) -> RequiredPaper:
    kinds = row.texts("kinds", ())
    for number, kind in enumerate(kinds, 1):
        if kind not in known:
            raise row.error(f"kinds[{number}]", "resource.unknown_kind", kind=kind)
    paper = RequiredPaper(
        key=row.text("key"),
        name=row.text("name"),
        kinds=kinds,
        handling=Handling(row.choice("handling", list(Handling), Handling.SUBMIT.value)),
        required=row.take("required", bool, True),
        originals=row.count("originals", 1),
        copies=row.count("copies", 0),
        one_of=row.text("one_of", "") or None,
        code=row.text("code", "") or None,
        note=row.text("note", ""),
        both_sides=row.take("both_sides", bool, False),
    )
    row.end()
    if paper.originals + paper.copies == 0:
        # The portal mixes papers with mere notes; a note has no quantity and is not a component.
        raise row.error("originals", "resource.bad_value", remedy=">= 1")
    return paper
