"""A TOML file is read strictly: every mistake has its line, whatever the layout of the file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from station import paths
from station.errors import ResourceError
from station.strict_toml import Table
from station.toml_lines import lines_of

LAYOUTS = """\
plain = 1 # [not.a.table]
"quoted" = "a = [b]"
long = '''
[inside] = 1
'''
basic = \"\"\"
x = 1\"\"\"
days = [
    2026-01-01, # a day, with a comma
    2026-01-02,
]
dotted.key = true

[one]
inline = { a = 1, b = [ { c = 2 },
    { c = 3 } ] }

[[list]]
x = 1

[[list]]
x = 2

[[list.inner]]
y = 1
"""


def test_the_line_of_every_value_is_known() -> None:
    lines = lines_of(LAYOUTS)
    text = LAYOUTS.splitlines()
    assert lines["plain"] == 1
    assert lines["basic"] == 6
    assert lines["days[2]"] == 10
    assert lines["dotted.key"] == 12
    assert lines["one"] == 14
    assert lines["one.inline.b[1].c"] == 15
    assert lines["one.inline.b[2].c"] == 16
    assert text[lines["list[2].x"] - 1] == "x = 2"
    assert text[lines["list[2].inner[1].y"] - 1] == "y = 1"


def paths_of(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        below = {f"{path}.{key}" if path else key: inside for key, inside in value.items()}
    elif isinstance(value, list):
        below = {f"{path}[{number}]": inside for number, inside in enumerate(value, 1)}
    else:
        return {path}
    return set().union(*(paths_of(inside, place) for place, inside in below.items())) if below else {path}


@pytest.mark.parametrize("file", sorted(paths.resources().rglob("*.toml")), ids=lambda file: str(file.name))
def test_every_value_of_the_shipped_files_has_its_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = lines_of(text)
    assert sorted(paths_of(tomllib.loads(text)) - found.keys()) == []
    assert 1 <= min(found.values()) <= max(found.values()) <= len(text.splitlines())


def written(folder: Path, text: str) -> Path:
    (folder / "file.toml").write_text(text, encoding="utf-8")
    return folder / "file.toml"


def test_the_first_mistake_is_raised(tmp_path: Path) -> None:
    table = Table.load(written(tmp_path, 'one = 1\ntwo = "2"'))
    assert table.count("one") == 1
    with pytest.raises(ResourceError) as caught:
        table.count("two")
    assert (caught.value.code, caught.value.parameters["line"]) == ("resource.wrong_type", 2)


def test_all_mistakes_are_gathered_where_asked_and_reading_goes_on(tmp_path: Path) -> None:
    problems: list[ResourceError] = []
    table = Table.load(written(tmp_path, 'one = "1"\nthree = ["a", 2]\nfour = 4'), problems)
    assert (table.count("one"), table.text("two"), table.texts("three")) == (0, "", ())
    table.end()
    assert [(error.code.partition(".")[2], error.parameters["line"]) for error in problems] == [
        ("wrong_type", 1),
        ("missing_key", 1),
        ("wrong_type", 2),
        ("unknown_key", 3),
    ]


def test_a_missing_file_and_one_that_is_no_toml_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        Table.load(tmp_path / "none.toml")
    assert caught.value.code == "resource.missing"
    for content in (b"= 1", b'a = "\xff"'):
        (tmp_path / "file.toml").write_bytes(content)
        with pytest.raises(ResourceError) as caught:
            Table.load(tmp_path / "file.toml")
        assert caught.value.code == "resource.unreadable"
