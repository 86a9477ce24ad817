"""The gazetteer out of `resources/units/*.csv`, read strictly: a mistake is named with file, line and remedy."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from station.dossier.units import KINDS, Gazetteer, Level, Unit
from station.errors import ResourceError


def load_gazetteer(folder: Path) -> Gazetteer:
    """All units of today and before 1 July 2025; raises `ResourceError`."""
    provinces = tuple(_units(folder, "provinces.csv", ("code", "kind", "name"), Level.PROVINCE))
    communes = tuple(
        _units(folder, "communes.csv", ("code", "province", "kind", "name"), Level.COMMUNE, within=provinces)
    )
    old_provinces = tuple(
        _units(folder, "old_provinces.csv", ("code", "kind", "name", "now", "spelt"), Level.PROVINCE, now=provinces)
    )
    former = tuple(_units(folder, "former_provinces.csv", ("code", "kind", "name", "now"), Level.PROVINCE, now=()))
    old_districts = tuple(
        _units(
            folder,
            "old_districts.csv",
            ("code", "province", "kind", "name", "now"),
            Level.DISTRICT,
            within=old_provinces,
            now=communes,
        )
    )
    old_communes = tuple(
        _units(
            folder,
            "old_communes.csv",
            ("code", "district", "kind", "name", "now", "spelt"),
            Level.COMMUNE,
            within=old_districts,
            now=communes,
        )
    )
    return Gazetteer((*provinces, *communes), (*old_provinces, *former, *old_districts, *old_communes))


def _units(
    folder: Path,
    name: str,
    header: Sequence[str],
    level: Level,
    within: Sequence[Unit] | None = None,
    now: Sequence[Unit] | None = None,
) -> Iterator[Unit]:
    above = {unit.code for unit in within or ()}
    today = {unit.code for unit in now or ()}
    at = header.index("kind")
    seen: set[str] = set()
    for line, row in _rows(folder / name, header):
        code, kind, unit_name = row[0], row[at], row[at + 1]
        targets = tuple(row[at + 2].split()) if now is not None else ()
        _check(code not in seen and code.isdigit(), name, line, "code", "a number that no other line has")
        _check(kind in KINDS[level], name, line, "kind", ", ".join(KINDS[level]))
        _check(bool(unit_name), name, line, "name", "the name without its kind")
        _check(within is None or row[1] in above, name, line, header[1], "the code of a unit above")
        _check(today.issuperset(targets), name, line, "now", "codes of today's units, with spaces between")
        seen.add(code)
        yield Unit(
            code,
            level,
            kind,
            unit_name,
            within=row[1] if within is not None else "",
            old=now is not None,
            now=targets,
            spelt=row[at + 3] if len(header) > at + 3 else "",
        )


def _rows(file: Path, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            table = csv.reader(lines, strict=True)
            _check(next(table, []) == list(header), file.name, 1, "header", ",".join(header))
            for row in table:
                _check(len(row) == len(header), file.name, table.line_num, "line", f"{len(header)} values with commas")
                yield table.line_num, row
    except FileNotFoundError as error:
        raise ResourceError("resource.missing", file=file.name) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error


def _check(fits: bool, file: str, line: int, place: str, remedy: str) -> None:
    if not fits:
        raise ResourceError("resource.bad_value", file=file, line=line, place=place, remedy=remedy)
