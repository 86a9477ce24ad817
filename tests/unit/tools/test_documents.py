"""What the documents point at is there: files, commands, and every decision in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("hub/*.md"), *ROOT.glob("contract/**/*.md")]
)
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
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
    named = {
        word for document in DOCUMENTS for word in re.findall(r"`make ([a-z]+)`", document.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= targets
