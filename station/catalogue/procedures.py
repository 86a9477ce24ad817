"""The catalogue of procedures (danh mục thủ tục hành chính), from `resources/procedures/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    `older` holds the texts of versions that dossiers may still use, by `<code>@<version>.toml`; they are never offered.
    Raises `ResourceError` with the file, the place in it and what is expected there; or, given a list of `problems`,
    adds every mistake of every file to it.
    """

    def __init__(
        self,
        folder: Path,
        kinds: PaperKinds,
        problems: list[ResourceError] | None = None,
        older: Mapping[str, str] | None = None,
    ) -> None:
        self._kinds = kinds
        self._by_code: dict[str, dict[str, Procedure]] = {}
        self._older = dict(older or {})
        self._read: dict[str, Procedure | None] = {}
        self.texts: dict[str, str] = {}
        """The text of each version of the folder, named as in `older`."""
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise ResourceError("resource.none_found", file=f"{folder.name}/*.toml", place=folder.name)
        for file in files:
            try:
                self._add(file, problems)
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
        found = found or (self._read_older(code, version) if version else None)
        if found is None:
            raise RuleError("dossier.no_such_procedure", procedure=code)
        return found

    def before(self, procedure: Procedure) -> Procedure | None:
        """The version that this one replaced."""
        code = procedure.code
        known = {*self._by_code.get(code, ()), *self._older_versions(code)}
        older = max((version for version in known if version < procedure.version), default=None)
        if older is None:
            return None
        return self._by_code.get(code, {}).get(older) or self._read_older(code, older)

    def _newest(self, code: str, day: date | None) -> Procedure | None:
        valid = [
            procedure
            for procedure in self._by_code[code].values()
            if day is None or (procedure.valid_from or date.min) <= day <= (procedure.valid_to or date.max)
        ]
        return max(valid, key=lambda procedure: procedure.version, default=None)

    def _add(self, file: Path, problems: list[ResourceError] | None) -> None:
        table = Table.load(file, problems)
        procedure = read_procedure(table, self._kinds)
        versions = self._by_code.setdefault(procedure.code, {})
        if procedure.version in versions:
            table.refuse("version", "resource.duplicate", value=procedure.version)
        versions[procedure.version] = procedure
        self.texts[_name(procedure.code, procedure.version)] = file.read_text(encoding="utf-8")

    def _older_versions(self, code: str) -> set[str]:
        names = (name for name in self._older if name.startswith(f"{code}@"))
        return {name.removeprefix(f"{code}@").removesuffix(".toml") for name in names}

    def _read_older(self, code: str, version: str) -> Procedure | None:
        """None too where the format has moved on since it was kept. Read once: screens ask at every repaint."""
        name = _name(code, version)
        if name not in self._older:
            return None
        if name not in self._read:
            try:
                self._read[name] = read_procedure(Table.parse(name, self._older[name]), self._kinds)
            except ResourceError:
                self._read[name] = None
        return self._read[name]


def _name(code: str, version: str) -> str:
    return f"{code}@{version}.toml"
