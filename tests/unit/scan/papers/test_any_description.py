"""Whatever stands in a description: it is read, or refused with file, line and remedy; nothing else can happen."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from station import paths
from station.errors import ResourceError
from station.language import Language
from station.scan.papers.description import Papers
from station.scan.papers.folder import load_papers

SHIPPED = sorted(file for file in (paths.resources() / "papers").glob("*.toml") if file.name != "lexicons.toml")
VALUE = re.compile(
    r'(?<== )(?:"[^"\n]*"|\[[^\[\]]*\]|\d+|true|\{[^{}]*\})|\{ key[^{}]*\}|^[a-z_]+(?= =)|\[\[\w+\]\]', re.M
)
ANYTHING = (
    '""',
    '"x"',
    "1",
    "-1",
    "1.5",
    "true",
    "[]",
    "[1]",
    "[[]]",
    '[""]',
    "{}",
    "{ a = 1 }",
    "1979-05-27",
    "",
    "[[table]]",
)
LANGUAGES = [Language.load(name) for name in ("vi", "en")]


def refused(folder: Path) -> ResourceError | None:
    try:
        load_papers(folder)
    except ResourceError as error:
        return error
    return None


@settings(max_examples=200)
@given(
    st.sampled_from(SHIPPED),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(ANYTHING)), min_size=1, max_size=4),
)
def test_any_change_of_a_description_is_read_or_refused(file: Path, changes: list[tuple[int, str]]) -> None:
    text = file.read_text(encoding="utf-8")
    for at, instead in changes:
        found = list(VALUE.finditer(text))
        if found:
            here = found[at % len(found)]
            text = text[: here.start()] + instead + text[here.end() :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lexicons.toml").write_bytes((file.parent / "lexicons.toml").read_bytes())
        (folder / file.name).write_text(text, encoding="utf-8")
        problems: list[ResourceError] = []
        assert isinstance(load_papers(folder, problems), Papers)
        first = refused(folder)
        assert (first is None) is (problems == [])
        if first:
            assert (problems[0].code, problems[0].parameters) == (first.code, first.parameters)
        for problem in problems:
            assert problem.parameters["file"] == file.name
            assert all(language.error(problem).remedy for language in LANGUAGES)
