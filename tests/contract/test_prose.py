"""The contract's pages tell all that its documents and the hub say: someone else must be able to write either side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from provincial_hub.api.errors import STATUS

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"
PAGES = {file.name: " ".join(file.read_text(encoding="utf-8").split()) for file in sorted(CONTRACT.glob("*.md"))}
PROSE = " ".join(PAGES.values())
OPENAPI = yaml.safe_load((CONTRACT / "openapi.yaml").read_text(encoding="utf-8"))
METHODS = {"get", "put", "post", "head", "delete", "patch"}
HUB = Path(__file__).parents[2] / "hub" / "provincial_hub"


def requests() -> list[str]:
    return [f"{method.upper()} {path}" for path, told in OPENAPI["paths"].items() for method in told.keys() & METHODS]


def refusals_of_the_hub() -> Iterator[str]:
    """Every code that a station hears from the hub's rooms: over the line, in an answer to an event, of a parcel."""
    for room in ("api", "receiving", "courier", "stations"):
        for source in (HUB / room).rglob("*.py"):
            text = source.read_text(encoding="utf-8")
            yield from re.findall(r'(?:RefusedError|Reason)\(\s*"([a-z_]+\.[a-z_]+)"', text)
    corrections = (HUB / "cases" / "corrections.py").read_text(encoding="utf-8")
    yield from re.findall(r'Reason\("([a-z_]+\.[a-z_]+)"', corrections)


@pytest.mark.parametrize("request_line", sorted(requests()))
def test_every_path_is_told(request_line: str) -> None:
    method, path = request_line.split()
    named = re.compile(rf"`{method}`?,? `?(?:[A-Z]+ )?{re.escape(path)}|`{method} {re.escape(path)}")
    assert named.search(PROSE), f"no page tells of {request_line}"


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_failure_stands_in_the_table_with_its_status_and_what_to_do(code: str) -> None:
    rows = [row for row in (CONTRACT / "errors.md").read_text(encoding="utf-8").splitlines() if f"`{code}`" in row]
    assert len(rows) == 1
    cells = [cell.strip() for cell in rows[0].strip("|").split("|")]
    assert str(STATUS[code]) in cells[0]
    assert all(cells[1:3])


@pytest.mark.parametrize("code", sorted(set(refusals_of_the_hub())))
def test_every_code_that_the_hub_refuses_with_is_told(code: str) -> None:
    assert f"`{code}`" in PROSE or (code.startswith("auth.") and code in PROSE)


@pytest.mark.parametrize("name", sorted(file.name for file in CONTRACT.glob("*.schema.json")))
def test_every_schema_is_told(name: str) -> None:
    assert f"`{name}`" in PROSE


def test_every_kind_of_change_and_every_header_is_told() -> None:
    change = json.loads((CONTRACT / "change.schema.json").read_text(encoding="utf-8"))
    subjects = {rule["if"]["properties"]["subject"]["const"] for rule in change["allOf"]}
    parameters = [*OPENAPI["components"]["parameters"].values()]
    parameters += [one for told in OPENAPI["paths"].values() for one in told.get("parameters", []) if "name" in one]
    for path in OPENAPI["paths"].values():
        for method in path.keys() & METHODS:
            parameters += [one for one in path[method].get("parameters", []) if "name" in one]
    headers = {one["name"] for one in parameters if one["in"] == "header"}
    assert len(subjects) > 5 < len(headers) + 1
    assert [word for word in sorted(subjects | headers) if f"`{word}" not in PROSE] == []


def test_the_index_leads_to_every_page_and_no_page_is_long() -> None:
    led_to = set(re.findall(r"\]\(([a-z]+\.md)\)", PAGES["README.md"]))
    assert led_to == PAGES.keys() - {"README.md"}
    for file in CONTRACT.glob("*.md"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 120, f"{file.name} should be two pages"
