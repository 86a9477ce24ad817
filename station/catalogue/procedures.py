"""The catalogue of procedures (danh mục thủ tục hành chính), from `resources/procedures/*.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from station.catalogue.procedure_file import read_procedure
from station.dossier.kinds import PaperKinds
from station.dossier.procedure import Level, Procedure
from station.dossier.text import folded
from station.errors import ResourceError, RuleError
from station.strict_toml import Table


class Procedures:
    """Every procedure of a folder, one version a file; read and checked when built.

    Raises `ResourceError` with the file, the place in it and what is expected there; or, given a list of `problems`,
    adds every mistake of every file to it.
    """

    def __init__(self, folder: Path, kinds: PaperKinds, problems: list[ResourceError] | None = None) -> None:
        self._by_code: dict[str, dict[str, Procedure]] = {}
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise ResourceError("resource.none_found", file=f"{folder.name}/*.toml", place=folder.name)
        for file in files:
            try:
                self._add(Table.load(file, problems), kinds)
            except ResourceError as error:
                if problems is None:
                    raise
                problems.append(error)

    def all(self, day: date | None = None, level: Level = Level.COMMUNE) -> Sequence[Procedure]:
        """What is received at this level, by name: each procedure's newest version, or the newest valid on a day."""
        newest = (self._newest(code, day) for code in self._by_code)
        received = [procedure for procedure in newest if procedure and procedure.level is level]
        return sorted(received, key=lambda procedure: folded(procedure.name))

    def get(self, code: str, version: str | None = None) -> Procedure:
        """One version, or the newest. Raises `RuleError("dossier.no_such_procedure")`."""
        versions = self._by_code.get(code, {})
        found = versions.get(version or max(versions, default=""))
        if found is None:
            raise RuleError("dossier.no_such_procedure", procedure=code)
        return found

    def before(self, procedure: Procedure) -> Procedure | None:
        """The version that this one replaced."""
        versions = self._by_code.get(procedure.code, {})
        older = max((version for version in versions if version < procedure.version), default=None)
        return versions[older] if older else None

    def _newest(self, code: str, day: date | None) -> Procedure | None:
        valid = [
            procedure
            for procedure in self._by_code[code].values()
            if day is None or (procedure.valid_from or date.min) <= day <= (procedure.valid_to or date.max)
        ]
        return max(valid, key=lambda procedure: procedure.version, default=None)

    def _add(self, table: Table, kinds: PaperKinds) -> None:
        procedure = read_procedure(table, kinds)
        versions = self._by_code.setdefault(procedure.code, {})
        if procedure.version in versions:
            table.refuse("version", "resource.duplicate", value=procedure.version)
        versions[procedure.version] = procedure
