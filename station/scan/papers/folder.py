"""Reading `resources/papers`: every description, checked key by key (`docs/adding-a-paper.md`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from station.dossier.kinds import OTHER
from station.dossier.text import folded
from station.errors import ResourceError
from station.language import Language
from station.scan.papers.description import (
    LABELLED,
    TELLING,
    WITH_LEXICON,
    FieldRule,
    Grammar,
    Paper,
    Papers,
    Place,
    Section,
    Table,
    keys_of,
)
from station.scan.papers.receiving import read_receiving
from station.strict_toml import Table as TomlTable

LANGUAGES = ("vi", "en")
LEXICONS = "lexicons.toml"
_MOST_LINES = 8
_FEWEST_TELLING = 2
_KIND = re.compile(r"[a-z][a-z0-9_]*")
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def load_papers(folder: Path, problems: list[ResourceError] | None = None) -> Papers:
    """Read every description; raises `ResourceError` naming file, line, key and remedy.

    With a list of `problems` nothing is raised for what stands in a file: every mistake is added to the list.
    """
    files = [file for file in sorted(folder.glob("*.toml")) if file.name != LEXICONS]
    if not files:
        raise ResourceError("resource.none_found", file=f"{folder.name}/*.toml", place=folder.name)
    lexicons: dict[str, tuple[str, ...]] = {}
    kinds = [file.stem for file in files]
    papers: list[Paper] = []
    for file in [folder / LEXICONS, *files]:
        try:
            table = TomlTable.load(file, problems)
        except ResourceError as error:
            if problems is None:
                raise
            problems.append(error)
            continue
        if file.name == LEXICONS:
            lexicons = {name: table.texts(name) for name in table.keys()}  # noqa: SIM118, it is no dictionary
        else:
            papers.append(_paper(file.stem, table, lexicons, kinds))
    return Papers(_with_own(papers), lexicons)


def nameless_keys(folder: Path, papers: Papers, languages: Sequence[Language]) -> list[ResourceError]:
    """A problem for each field that has no name of its own and none that it shares with other kinds."""
    problems = []
    for paper in papers.papers:
        file = TomlTable.load(folder / f"{paper.kind}.toml", [])  # other mistakes are told by `load_papers`
        for group, joint in (("section", ""), ("table", ".")):
            for section in file.tables(group):
                prefix = f"{section.text('prefix', '')}{joint}"
                for row in section.tables("fields"):
                    key = f"{prefix}{row.text('key', '')}"
                    if key == prefix or key in paper.key_names:
                        continue
                    if any(f"field.{key}" not in language for language in languages):
                        problems.append(row.error("key", "resource.no_name"))
    return problems


def _with_own(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    kinds = Counter(folded(phrase) for paper in papers for phrase in {*paper.anchors, *paper.labels})
    return tuple(
        replace(
            paper, own=frozenset(phrase for phrase in (*paper.anchors, *paper.labels) if kinds[folded(phrase)] == 1)
        )
        for paper in papers
    )


def _paper(stem: str, table: TomlTable, lexicons: Mapping[str, tuple[str, ...]], kinds: Sequence[str]) -> Paper:
    kind = table.text("kind")
    if kind != stem or not _KIND.fullmatch(kind):
        table.refuse("kind", "resource.bad_value", remedy=stem)
    key_names: dict[str, Mapping[str, str]] = {}
    sections = tuple(
        _section(section, lexicons, key_names) for section in table.tables("section", required=kind != OTHER)
    )
    if sections and sections[0].beside:
        table.refuse("section[1].beside", "resource.bad_value", remedy="false")
    paper = Paper(
        kind=stem,
        names=_names(table, required=True),
        titles=_phrases(table, "titles"),
        title_starts=_phrases(table, "title_starts"),
        not_titles=_phrases(table, "not_titles"),
        anchors=_phrases(table, "anchors"),
        stops=_phrases(table, "stops"),
        tolerance=table.count("tolerance", 18, most=30),
        by_fields=table.take("by_fields", bool, False),
        in_order=table.take("in_order", bool, False),
        sections=sections,
        tables=tuple(_table(one, lexicons) for one in table.tables("table")),
        key_names=key_names,
    )
    paper = replace(paper, receiving=read_receiving(table.table("receiving"), keys_of(paper), kinds))
    table.end()
    if kind != OTHER and not (paper.titles or paper.title_starts or paper.anchors):
        table.refuse("titles", "resource.missing_key", remedy='titles = ["…"]')
    return paper


def _section(
    section: TomlTable, lexicons: Mapping[str, tuple[str, ...]], key_names: dict[str, Mapping[str, str]]
) -> Section:
    prefix = section.text("prefix", "")
    beside = section.take("beside", bool, False)
    rules = []
    for row in section.tables("fields", required=True):
        rule = _rule(row, lexicons, prefix)
        if names := _names(row, required=False):
            key_names[rule.key] = names
        row.end()
        rules.append(rule)
    if beside and rules and not rules[0].labels:
        section.refuse("fields[1].labels", "resource.missing_key", remedy='labels = ["…"]')
    section.end()
    return Section(tuple(rules), beside)


def _table(table: TomlTable, lexicons: Mapping[str, tuple[str, ...]]) -> Table:
    columns = []
    for row in table.tables("fields", required=True):
        columns.append(_rule(row, lexicons, "", column=True))
        row.end()
    if sum(column.grammar in TELLING for column in columns) < _FEWEST_TELLING:
        table.refuse("fields", "resource.bad_value", remedy=f">= {_FEWEST_TELLING} × {', '.join(sorted(TELLING))}")
    read = Table(table.text("prefix"), table.texts("above", least=1), table.texts("below", ()), tuple(columns))
    table.end()
    return read


def _rule(row: TomlTable, lexicons: Mapping[str, tuple[str, ...]], prefix: str, *, column: bool = False) -> FieldRule:
    """One field; what only some places and grammars have is an unknown key for the others."""
    key = f"{prefix}{row.text('key')}" if column or "key" in row else ""
    if key and not _KEY.fullmatch(key):
        row.refuse("key", "resource.bad_value", remedy="a–z 0–9 _ .")
    grammar = Grammar(row.choice("grammar", Grammar, Grammar.TEXT))
    place = Place.AFTER_LABEL if column else Place(row.choice("place", Place, Place.AFTER_LABEL))
    labelled = not column and place in LABELLED
    lexicon = ""
    # Where the lists are missing, that is told once, and not at every field.
    if grammar in WITH_LEXICON or (grammar is Grammar.TEXT and "lexicon" in row):
        lexicon = row.choice("lexicon", lexicons) if lexicons else row.text("lexicon")
    pattern = row.text("pattern") if place is Place.PATTERN else ""
    if pattern and (wrong := _not_a_pattern(pattern)):
        row.refuse("pattern", "resource.bad_pattern", reason=wrong)
    return FieldRule(
        key=key,
        labels=_phrases(row, "labels", required=labelled) if labelled or place is Place.SIGNATURE else (),
        grammar=grammar,
        place=place,
        lines=row.count("lines", 1, least=1, most=_MOST_LINES) if labelled else 1,
        lexicon=lexicon,
        pattern=pattern,
        optional=row.take("optional", bool, False),
    )


def _phrases(table: TomlTable, key: str, *, required: bool = False) -> tuple[str, ...]:
    """Phrases as they are printed; each has letters, or it would be found everywhere."""
    phrases = table.texts(key, None if required else (), least=1 if required else 0)
    seen: set[str] = set()
    for number, phrase in enumerate(phrases, 1):
        if not any(letter.isalnum() for letter in phrase):
            table.refuse(f"{key}[{number}]", "resource.bad_value", remedy='"Họ và tên"')
        elif phrase in seen:
            table.refuse(f"{key}[{number}]", "resource.duplicate", value=phrase)
        seen.add(phrase)
    return phrases


def _names(table: TomlTable, *, required: bool) -> dict[str, str]:
    """What people call it, in each language."""
    names = table.table("name")
    if "name" not in table:
        if required:
            table.refuse("name", "resource.missing_key", remedy='name = { vi = "…", en = "…" }')
        return {}
    said = {language: names.text(language) for language in LANGUAGES}
    names.end()
    return said


def _not_a_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""
