"""A new version of a procedure on its way: offered at the hub, taken in at the counter, used for the next citizen."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from station.paths import DataFolder, resources
from tests.journeys.conftest import StartStation
from tests.journeys.programs import Hub, until

CODE, NEW = "1.001193", "2026-11-20"
SHIPPED = resources() / "procedures" / f"{CODE}.toml"


def renewed(text: str) -> str:
    """The same procedure as of another day, under another name."""
    lines = text.splitlines()
    version = next(number for number, line in enumerate(lines) if line.startswith("version ="))
    name = next(number for number, line in enumerate(lines) if line.startswith("short_name ="))
    lines[version], lines[name] = f'version = "{NEW}"', 'short_name = "Khai sinh theo mẫu mới"'
    return "\n".join(lines)


def test_a_dossier_is_opened_by_the_procedures_that_the_hub_offers_and_an_older_one_keeps_its_own(
    hub: Hub, start_station: StartStation, tmp_path: Path
) -> None:
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"procedures/{CODE}.toml", renewed(SHIPPED.read_text(encoding="utf-8")))
    sha256 = hashlib.sha256(pack.read_bytes()).hexdigest()
    offered = hub.offer(pack)
    assert (offered["version"], offered["sha256"], offered["stations"]) == (1, sha256, 1)

    station = start_station()
    old = station.do("open", procedure=CODE)
    shipped = station.do("opened_by")
    assert shipped["version"] < NEW
    kept = DataFolder(tmp_path / "station").sent / "pack.zip"
    assert until(kept.exists)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == sha256
    assert station.do("opened_by") == shipped
    station.close()

    station = start_station()
    assert station.do("open", procedure=CODE) != old
    assert station.do("opened_by") == {"version": NEW, "short_name": "Khai sinh theo mẫu mới"}
    station.do("take_up", dossier=old)
    assert station.do("opened_by") == shipped
    station.close()
