import re
from pathlib import Path

import pytest

from station import paths
from station.errors import ResourceError
from station.language import Language
from station.scan.papers.description import Papers
from station.scan.papers.folder import load_papers

GOOD = """
kind = "sample"
name = { vi = "Giấy mẫu", en = "Sample" }
titles = ["Giấy mẫu"]

[[section]]
prefix = "subject."
fields = [
    { key = "full_name", labels = ["Họ và tên"], grammar = "name" },
]
"""


def described(folder: Path, text: str, problems: list[ResourceError] | None = None) -> Papers:
    (folder / "lexicons.toml").write_text('ethnicity = ["Kinh"]', encoding="utf-8")
    (folder / "sample.toml").write_text(text, encoding="utf-8")
    return load_papers(folder, problems)


def test_a_description_of_a_new_paper_needs_no_code(tmp_path: Path) -> None:
    paper = described(tmp_path, GOOD).get("sample")
    assert paper is not None
    assert [rule.key for rule in paper.rules] == ["subject.full_name"]
    assert paper.labels == ("Họ và tên",)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place", "line"),
    [
        ('kind = "sample"', 'kind = "other_name"', "bad_value", "kind", 2),
        ('name = { vi = "Giấy mẫu", en = "Sample" }', "", "missing_key", "name", 1),
        (', en = "Sample" }', " }", "missing_key", "name.en", 3),
        ('titles = ["Giấy mẫu"]', 'headings = ["Giấy mẫu"]', "unknown_key", "headings", 4),
        ('titles = ["Giấy mẫu"]', "", "missing_key", "titles", 1),
        ('titles = ["Giấy mẫu"]', 'titles = ["Giấy mẫu"]\ntolerance = 50', "bad_value", "tolerance", 5),
        ('titles = ["Giấy mẫu"]', 'titles = ["–"]', "bad_value", "titles[1]", 4),
        ('prefix = "subject."', 'prefx = "subject."', "unknown_key", "section[1].prefx", 7),
        ('prefix = "subject."', "prefix = 1", "wrong_type", "section[1].prefix", 7),
        ('prefix = "subject."', "beside = 1", "wrong_type", "section[1].beside", 7),
        ('prefix = "subject."', "beside = true", "bad_value", "section[1].beside", 7),
        ("    { key", "    1,\n    { key", "wrong_type", "section[1].fields[1]", 9),
        ('grammar = "name"', 'grammar = "nam"', "bad_value", "section[1].fields[1].grammar", 9),
        ("grammar = ", "grammer = ", "unknown_key", "section[1].fields[1].grammer", 9),
        ('labels = ["Họ và tên"], ', "", "missing_key", "section[1].fields[1].labels", 9),
        ('labels = ["Họ và tên"]', "labels = []", "missing_key", "section[1].fields[1].labels", 9),
        ('labels = ["Họ và tên"]', 'labels = "Họ"', "wrong_type", "section[1].fields[1].labels", 9),
        ('labels = ["Họ và tên"]', 'labels = ["Họ", "Họ"]', "duplicate", "section[1].fields[1].labels[2]", 9),
        ('key = "full_name"', 'key = "Full name"', "bad_value", "section[1].fields[1].key", 9),
        ('grammar = "name"', 'grammar = "lexicon"', "missing_key", "section[1].fields[1].lexicon", 9),
        ('= "name"', '= "lexicon", lexicon = "tribes"', "bad_value", "section[1].fields[1].lexicon", 9),
        ('= "name"', '= "name", lexicon = "ethnicity"', "unknown_key", "section[1].fields[1].lexicon", 9),
        ('= "name"', '= "name", lines = 90', "bad_value", "section[1].fields[1].lines", 9),
        ('= "name"', '= "name", place = "above"', "bad_value", "section[1].fields[1].place", 9),
        ('= "name"', '= "name", place = "pattern"', "missing_key", "section[1].fields[1].pattern", 9),
        ('= "name"', '= "name", pattern = "x"', "unknown_key", "section[1].fields[1].pattern", 9),
        ('= "name"', '= "name", place = "pattern", pattern = "("', "bad_pattern", "section[1].fields[1].pattern", 9),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_line_key_and_remedy(
    tmp_path: Path, right: str, wrong: str, code: str, place: str, line: int
) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(ResourceError) as caught:
        described(tmp_path, GOOD.replace(right, wrong))
    told = caught.value.parameters
    assert (caught.value.code, told["file"]) == (f"resource.{code}", "sample.toml")
    assert (told["place"], told["line"]) == (place, line)
    for language in ("vi", "en"):
        said = Language.load(language).error(caught.value)
        assert f"{line}" in said.sentence
        assert said.remedy


def test_every_mistake_of_a_folder_is_told_when_asked(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("kind = ", encoding="utf-8")
    problems: list[ResourceError] = []
    wrong = GOOD.replace("prefix", "prefx").replace('"name"', '"nam"').replace("titles", "title")
    described(tmp_path, wrong, problems)
    assert [(error.code, error.parameters["file"]) for error in problems] == [
        ("resource.unreadable", "broken.toml"),
        ("resource.bad_value", "sample.toml"),
        ("resource.unknown_key", "sample.toml"),
        ("resource.unknown_key", "sample.toml"),
        ("resource.missing_key", "sample.toml"),
    ]


def test_a_table_whose_rows_nothing_would_tell_is_refused(tmp_path: Path) -> None:
    table = '\n[[table]]\nprefix = "goods"\nabove = ["Danh mục"]\nfields = ['
    with pytest.raises(ResourceError) as caught:
        described(tmp_path, GOOD + table + '{ key = "name" }, { key = "from", grammar = "date" }]')
    told = caught.value.parameters
    assert (caught.value.code, told["place"]) == ("resource.bad_value", "table[1].fields")
    assert "date, id_number, sex" in str(told["remedy"])
    people = '{ key = "birth_date", grammar = "date" }, { key = "sex", grammar = "sex" }]'
    assert described(tmp_path, GOOD + table + people).papers[0].tables


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        described(tmp_path, "kind = ")
    assert caught.value.code == "resource.unreadable"


def test_a_folder_without_descriptions_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        load_papers(tmp_path)
    assert caught.value.code == "resource.none_found"


def test_every_kind_has_its_names_and_every_field_too(papers: Papers) -> None:
    keys = {rule.key for paper in papers.papers for rule in paper.rules if rule.key}
    keys |= {f"members.{rule.key}" for paper in papers.papers for table in paper.tables for rule in table.columns}
    for name in ("vi", "en"):
        language = Language.load(name).with_sentences(papers.kinds.sentences(name))
        assert [paper.kind for paper in papers.papers if language(f"kind.{paper.kind}") == paper.kind] == []
        assert [key for key in sorted(keys) if f"field.{key}" not in language] == []


def test_a_field_may_bring_a_name_of_its_own(tmp_path: Path) -> None:
    named = GOOD.replace('key = "full_name"', 'key = "nickname", name = { vi = "Tên gọi", en = "Nickname" }')
    kinds = described(tmp_path, named).kinds
    assert kinds.sentences("vi") == {"kind.sample": "Giấy mẫu", "field.subject.nickname": "Tên gọi"}
    assert kinds.keys_of("sample") == ("subject.nickname",)


def test_every_described_kind_stands_in_the_vocabulary(papers: Papers) -> None:
    vocabulary = (paths.resources().parent / "docs" / "reading.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"`([a-z_]+)`", vocabulary))
    assert {paper.kind for paper in papers.papers} <= kinds
