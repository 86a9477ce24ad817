"""What the documents point at is there: files, commands, and every decision in the index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("*.md", "docs/**/*.md", "hub/*.md", "contract/**/*.md", "resources/*/*.md", "packaging/**/*.md")
DOCUMENTS = sorted(file for place in PLACES for file in ROOT.glob(place))
OF_TODAY = [file for file in DOCUMENTS if file.parent.name != "decisions" and file.name != "CHANGELOG.md"]
LINK = re.compile(r"\]\(([^)#:]+)\)")
OURS = "station|hub|contract|resources|tests|bench|tools|packaging|docs"
FILE = re.compile(rf"`((?:{OURS})/[\w./-]*)`")
MODULE = re.compile(r"python -m ((?:station|provincial_hub|tests|bench|tools)(?:\.\w+)*)")


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(file.name for file in folder.glob("0*.md"))
    assert records
    assert sorted(LINK.findall((folder / "README.md").read_text(encoding="utf-8"))) == records


def test_every_make_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = {
        word for document in DOCUMENTS for word in re.findall(r"`make ([a-z]+)`", document.read_text(encoding="utf-8"))
    }
    assert told
    assert told <= targets


@pytest.mark.parametrize("document", OF_TODAY, ids=named)
def test_every_file_and_module_that_is_named_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    to_be_written = set(re.findall(r"```toml (\S+)", text))
    files = [name for name in FILE.findall(text) if Path(name).name not in to_be_written]
    assert [name for name in files if not (ROOT / name).exists()] == []
    rooms = [ROOT, ROOT / "hub"]
    modules = [
        room / name.replace(".", "/")
        for name in MODULE.findall(text)
        for room in rooms
        if (room / name.split(".")[0]).is_dir()
    ]
    assert [at for at in modules if not (at.with_suffix(".py").exists() or (at / "__main__.py").exists())] == []


def test_the_rooms_are_drawn_as_they_are_held_to() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("## Rooms, and who knows whom")[2].split("```")[1]
    rows = [re.split(r" {2,}", line.strip())[0] for line in drawn.splitlines() if re.match(r" \S", line)]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == ["station"])
    assert [set(row.split(" │ ")) for row in rows] == [set(layer.split(" | ")) for layer in layers]
