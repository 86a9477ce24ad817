"""The gazetteer that ships: complete, consistent, quick to load; and a file that is wrong is named."""

from __future__ import annotations

import shutil
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from station import paths
from station.dossier.units import Gazetteer, Level
from station.errors import ResourceError
from station.gazetteer import load_gazetteer

UNITS = paths.resources() / "units"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(UNITS)


def test_every_unit_of_today_and_of_before_is_there(gazetteer: Gazetteer) -> None:
    assert Counter(unit.level for unit in gazetteer.today) == {Level.PROVINCE: 34, Level.COMMUNE: 3321}
    assert Counter(unit.kind for unit in gazetteer.today if unit.level is Level.COMMUNE) == {
        "xã": 2621,
        "phường": 687,
        "đặc khu": 13,
    }
    assert Counter(unit.level for unit in gazetteer.before) == {
        Level.PROVINCE: 63 + 61,
        Level.DISTRICT: 696,
        Level.COMMUNE: 10035,
    }


def test_every_old_commune_became_something_in_the_province_that_its_province_became(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.before:
        if unit.level is Level.COMMUNE:
            [province] = gazetteer.today_of(gazetteer.above(gazetteer.above(unit)))
            assert unit.now
            assert {gazetteer.above(now) for now in gazetteer.today_of(unit)} == {province}


def test_every_commune_of_today_was_made_of_something(gazetteer: Gazetteer) -> None:
    made = {code for unit in gazetteer.before if unit.level is not Level.PROVINCE for code in unit.now}
    assert {unit.code for unit in gazetteer.today if unit.level is Level.COMMUNE} == made


def test_it_takes_little_of_a_reading_workers_memory(gazetteer: Gazetteer) -> None:
    tracemalloc.start()
    kept = load_gazetteer(UNITS)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(kept.today) == len(gazetteer.today)
    assert used < 15_000_000
    assert sum(file.stat().st_size for file in UNITS.glob("*.csv")) < 1_500_000


def test_provinces_that_are_long_gone_are_known_by_name(gazetteer: Gazetteer) -> None:
    [former] = gazetteer.provinces("Hà Bắc")
    assert gazetteer.today_of(former) == ()
    assert not gazetteer.inside(former, Level.COMMUNE)
    assert {unit.name for unit in gazetteer.provinces("Thừa Thiên Huế")} == {"Huế"}


@pytest.mark.parametrize(
    ("file", "good", "bad", "place"),
    [
        ("provinces.csv", "01,thành phố,Hà Nội", "01,bang,Hà Nội", "kind"),
        ("provinces.csv", "01,thành phố,Hà Nội", "01,thành phố", "line"),
        ("provinces.csv", "01,thành phố,Hà Nội", "04,thành phố,Hà Nội", "code"),
        ("provinces.csv", "01,thành phố,Hà Nội", "01,thành phố,", "name"),
        ("communes.csv", "00004,01,phường", "00004,99,phường", "province"),
        ("old_communes.csv", "Phúc Xá,00097", "Phúc Xá,99999", "now"),
        ("old_communes.csv", "code,district", "district,code", "header"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(
    file: str, good: str, bad: str, place: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(UNITS, tmp_path / "units")
    text = (folder / file).read_text(encoding="utf-8")
    assert good in text
    (folder / file).write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as raised:
        load_gazetteer(folder)
    assert raised.value.code == "resource.bad_value"
    assert raised.value.parameters["file"] == file
    assert raised.value.parameters["place"] == place
    assert raised.value.parameters["remedy"]


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(UNITS, tmp_path / "units")
    (folder / "communes.csv").write_bytes(b"code,province,kind,name\n\xff\xfe")
    with pytest.raises(ResourceError, match=r"resource\.unreadable"):
        load_gazetteer(folder)
    (folder / "communes.csv").unlink()
    with pytest.raises(ResourceError, match=r"resource\.missing"):
        load_gazetteer(folder)
