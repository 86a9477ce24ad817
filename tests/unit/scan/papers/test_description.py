import re
from pathlib import Path

import pytest

from station import paths
from station.errors import ResourceError
from station.language import Language
from station.scan.papers.description import Papers, load_papers

GOOD = """
kind = "sample"
titles = ["Giấy mẫu"]

[[section]]
prefix = "subject."
fields = [{ key = "full_name", labels = ["Họ và tên"], grammar = "name" }]
"""


def described(folder: Path, text: str) -> Papers:
    (folder / "lexicons.toml").write_text('ethnicity = ["Kinh"]', encoding="utf-8")
    (folder / "sample.toml").write_text(text, encoding="utf-8")
    return load_papers(folder)


def test_a_description_of_a_new_paper_needs_no_code(tmp_path: Path) -> None:
    paper = described(tmp_path, GOOD).get("sample")
    assert paper is not None
    assert [rule.key for rule in paper.rules] == ["subject.full_name"]
    assert paper.labels == ("Họ và tên",)


@pytest.mark.parametrize(
    ("wrong", "right", "place"),
    [
        ('kind = "other_name"', 'kind = "sample"', "kind"),
        ("headings = []", "titles = [", "headings"),
        ('grammar = "nam"', 'grammar = "name"', "section[0].fields[0].grammar"),
        ('lable = ["Họ"]', 'labels = ["Họ và tên"]', "section[0].fields[0].lable"),
        ('labels = "Họ"', 'labels = ["Họ và tên"]', "section[0].fields[0].labels"),
        ('grammar = "lexicon", lexicon = "tribes"', 'grammar = "name"', "section[0].fields[0].lexicon"),
        ('grammar = "lexicon"', 'grammar = "name"', "section[0].fields[0].lexicon"),
        ('grammar = "name", lines = 90', 'grammar = "name"', "section[0].fields[0].lines"),
        ('grammar = "name", place = "above"', 'grammar = "name"', "section[0].fields[0].place"),
    ],
)
def test_a_mistake_is_named_with_its_file_place_and_remedy(tmp_path: Path, wrong: str, right: str, place: str) -> None:
    text = f"{wrong}\n{GOOD}" if wrong.startswith("headings") else GOOD.replace(right, wrong)
    with pytest.raises(ResourceError) as caught:
        described(tmp_path, text)
    assert caught.value.code == "resource.invalid"
    assert caught.value.parameters["file"] == "sample.toml"
    assert caught.value.parameters["place"] == place
    assert caught.value.parameters["remedy"]


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        described(tmp_path, "kind = ")
    assert caught.value.code == "resource.unreadable"


def test_every_kind_of_the_vocabulary_is_described_and_named(papers: Papers) -> None:
    for name in ("vi", "en"):
        language = Language.load(name)
        for paper in papers.papers:
            assert f"kind.{paper.kind}" in language


def test_every_field_has_a_name_in_both_languages(papers: Papers) -> None:
    keys = {rule.key for paper in papers.papers for rule in paper.rules if rule.key}
    keys |= {f"members.{rule.key}" for paper in papers.papers for table in paper.tables for rule in table.columns}
    for name in ("vi", "en"):
        language = Language.load(name)
        assert [key for key in sorted(keys) if f"field.{key}" not in language] == []


def test_every_described_kind_stands_in_the_vocabulary(papers: Papers) -> None:
    vocabulary = (paths.resources().parent / "docs" / "reading.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"`([a-z_]+)`", vocabulary))
    assert {paper.kind for paper in papers.papers} <= kinds
