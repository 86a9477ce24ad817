"""One procedure from its TOML file, every value checked; the format is told in `resources/procedures/README.md`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from station.dossier.kinds import PaperKinds
from station.dossier.procedure import (
    Case,
    Channel,
    Condition,
    Exemption,
    FeeLine,
    Handling,
    Level,
    Per,
    Procedure,
    RequiredPaper,
    Tier,
    TimeUnit,
)
from station.dossier.retention import LEAST_DAYS, MOST_DAYS
from station.strict_toml import Table

_CODE = re.compile(r"\d\.\d{6}(\.[A-Z0-9]+)*")
"""The national code, with a province's own suffix or without (`1.001193`, `1.012753.H19`)."""
_COMPONENT = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*-KQ\d+")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_FIELDS = (
    "name", "field", "authority", "results", "legal_basis", "fee_note", "level", "valid_from", "valid_to",
    "retention_days",
)  # fmt: skip
"""What `from_memory` may name besides cases, fees and the like."""


def read_procedure(table: Table, kinds: PaperKinds) -> Procedure:
    """The procedure of a loaded file. Mistakes are raised, or collected where the table collects them."""
    cases = _cases(table)
    conditions = _conditions(table)
    papers = _papers(table, kinds, [case.key for case in cases])
    fees = _fees(table, [case.key for case in cases])
    exemptions = _exemptions(table)
    _refuse_unused(table, conditions, papers)
    facts = [
        *_FIELDS,
        *(f"cases.{case.key}" for case in cases),
        *(f"fees.{fee.key}" for fee in fees),
        *(f"exemptions.{exemption.key}" for exemption in exemptions),
        *(f"papers.{paper.key}" for paper in papers),
    ]
    valid_from, valid_to = _validity(table)
    procedure = Procedure(
        code=_code(table),
        version=_version(table),
        name=table.text("name"),
        short_name=table.text("short_name"),
        field=table.text("field"),
        authority=table.text("authority"),
        level=Level(table.choice("level", list(Level), Level.COMMUNE.value)),
        cases=cases,
        fees=fees,
        fee_note=table.text("fee_note"),
        exemptions=exemptions,
        results=table.texts("results", least=1),
        legal_basis=table.texts("legal_basis"),
        conditions=conditions,
        papers=papers,
        valid_from=valid_from,
        valid_to=valid_to,
        from_memory=_names(table, "from_memory", facts),
        retention_days=_retention_days(table),
    )
    table.end()
    _check_file_name(table, procedure)
    return procedure


def _code(table: Table) -> str:
    code = table.text("code")
    if code and not _CODE.fullmatch(code):
        table.refuse("code", "resource.bad_value", remedy="1.001193, 1.012753.H19")
    return code


def _version(table: Table) -> str:
    """The day of the facts: versions are ordered by it."""
    version = table.text("version")
    try:
        good = not version or date.fromisoformat(version).isoformat() == version
    except ValueError:
        good = False
    if not good:
        table.refuse("version", "resource.bad_value", remedy="YYYY-MM-DD")
    return version


def _check_file_name(table: Table, procedure: Procedure) -> None:
    """`1.001193.toml`; an older version lies beside it as `1.001193@2025-07-01.toml`."""
    allowed = (f"{procedure.code}.toml", f"{procedure.code}@{procedure.version}.toml")
    if table.file not in allowed:
        table.refuse("code", "resource.wrong_name", remedy=" / ".join(allowed))


def _retention_days(table: Table) -> int | None:
    return table.count("retention_days", least=LEAST_DAYS, most=MOST_DAYS) if "retention_days" in table else None


def _validity(table: Table) -> tuple[date | None, date | None]:
    first = table.take("valid_from", date) if "valid_from" in table else None
    last = table.take("valid_to", date) if "valid_to" in table else None
    if first and last and last < first:
        table.refuse("valid_to", "resource.bad_value", remedy=f">= {first.isoformat()}")
    return first, last


def _cases(table: Table) -> tuple[Case, ...]:
    rows = table.tables("cases", required=True)
    cases = []
    for row in rows:
        unit = TimeUnit(row.choice("unit", list(TimeUnit)))
        # Where there is but one case, nobody chooses, and it needs no name.
        name = row.text("name", None if len(rows) > 1 else "")
        cases.append(Case(_key(row), name, _time(row, unit), unit, row.text("note", "")))
        row.end()
    _refuse_twice(rows, [case.key for case in cases])
    return tuple(cases)


def _time(row: Table, unit: TimeUnit) -> int:
    """How many units; none at all for what is done on the spot, at least one otherwise."""
    time = row.count("time")
    if "time" in row and "unit" in row and (time == 0) is not (unit is TimeUnit.SAME_DAY):
        row.refuse("time", "resource.bad_value", remedy="0" if unit is TimeUnit.SAME_DAY else ">= 1")
    return time


def _conditions(table: Table) -> tuple[Condition, ...]:
    rows = table.tables("conditions")
    conditions = []
    for row in rows:
        conditions.append(Condition(_key(row), row.text("question"), row.text("note", "")))
        row.end()
    _refuse_twice(rows, [condition.key for condition in conditions])
    return tuple(conditions)


def _refuse_unused(table: Table, conditions: Iterable[Condition], papers: Iterable[RequiredPaper]) -> None:
    """Both ways: a question that decides nothing wastes the citizen's time; an unknown one is a typing mistake."""
    known = [condition.key for condition in conditions]
    asked: set[str] = set()
    for number, paper in enumerate(papers, 1):
        for place, name in enumerate(paper.when, 1):
            asked.add(name.removeprefix("!"))
            if name.removeprefix("!") not in known:
                remedy = ", ".join(known) or "[[conditions]]"
                table.refuse(f"papers[{number}].when[{place}]", "resource.unknown_name", value=name, remedy=remedy)
    for number, key in enumerate(known, 1):
        if key and key not in asked:
            remedy = f'when = ["{key}"]'
            table.refuse(f"conditions[{number}].key", "resource.unused", value=key, remedy=remedy)


def _fees(table: Table, cases: Collection[str]) -> tuple[FeeLine, ...]:
    rows = table.tables("fees")
    fees = []
    for row in rows:
        fees.append(
            FeeLine(
                key=_key(row),
                name=row.text("name"),
                amount=row.count("amount"),
                per=Per(row.choice("per", list(Per), Per.DOSSIER.value)),
                channels=_channels(row),
                tiers=_tiers(row),
                cap=row.count("cap", least=1) if "cap" in row else None,
                note=row.text("note", ""),
                cases=_names(row, "cases", cases),
            )
        )
        row.end()
    _refuse_twice(rows, [fee.key for fee in fees])
    return tuple(fees)


def _channels(row: Table) -> dict[Channel, int]:
    """`{ online = 10000 }`: only what differs from `amount`."""
    table = row.table("channels")
    amounts = {channel: table.count(channel.value) for channel in Channel if channel.value in table}
    for key in sorted(set(table.keys()) - set(Channel)):
        table.refuse(key, "resource.unknown_key", remedy=", ".join(Channel))
    return amounts


def _tiers(row: Table) -> tuple[Tier, ...]:
    tiers: list[Tier] = []
    for table in row.tables("tiers"):
        least = tiers[-1].start + 1 if tiers else 2  # the first unit costs `amount`
        tiers.append(Tier(table.count("start", least=least), table.count("amount")))
        table.end()
    return tuple(tiers)


def _exemptions(table: Table) -> tuple[Exemption, ...]:
    rows = table.tables("exemptions")
    exemptions = []
    for row in rows:
        exemptions.append(Exemption(_key(row), row.text("name"), row.count("percent", 100, least=1, most=100)))
        row.end()
    _refuse_twice(rows, [exemption.key for exemption in exemptions])
    return tuple(exemptions)


def _papers(table: Table, kinds: PaperKinds, cases: Collection[str]) -> tuple[RequiredPaper, ...]:
    rows = table.tables("papers", required=True)
    papers = [_paper(row, kinds, cases) for row in rows]
    _refuse_twice(rows, [paper.key for paper in papers])
    members = Counter(paper.one_of for paper in papers if paper.one_of)
    for row, paper in zip(rows, papers, strict=True):
        if paper.one_of and members[paper.one_of] == 1:
            row.refuse("one_of", "resource.lonely", value=paper.one_of, remedy=f'one_of = "{paper.one_of}"')
        if paper.one_of and not paper.required:
            row.refuse("required", "resource.bad_value", remedy="true")  # the group asks for one of its papers
    return tuple(papers)


def _paper(row: Table, known: PaperKinds, cases: Collection[str]) -> RequiredPaper:
    kinds = row.texts("kinds", ())
    for number, kind in enumerate(kinds, 1):
        if kind not in known:
            row.refuse(f"kinds[{number}]", "resource.unknown_kind", kind=kind)
    paper = RequiredPaper(
        key=_key(row),
        name=row.text("name"),
        kinds=kinds,
        handling=Handling(row.choice("handling", list(Handling), Handling.SUBMIT.value)),
        required=row.take("required", bool, True),
        originals=row.count("originals", 1),
        copies=row.count("copies", 0),
        one_of=_key(row, "one_of") if "one_of" in row else None,
        code=_component(row),
        note=row.text("note", ""),
        both_sides=row.take("both_sides", bool, False),
        any_age=row.take("any_age", bool, False),
        not_titled=row.texts("not_titled", ()),
        cases=_names(row, "cases", cases),
        when=row.texts("when", ()),
    )
    row.end()
    if paper.originals + paper.copies == 0:
        # The portal mixes papers with mere notes; a note has no quantity and is not a component.
        row.refuse("originals", "resource.bad_value", remedy=">= 1")
    return paper


def _component(row: Table) -> str | None:
    code = row.text("code") if "code" in row else ""
    if code and not _COMPONENT.fullmatch(code):
        row.refuse("code", "resource.bad_value", remedy="000.00.00.G15-KQ003204")
    return code or None


def _key(row: Table, key: str = "key") -> str:
    value = row.text(key)
    if value and not _KEY.fullmatch(value):
        row.refuse(key, "resource.bad_value", remedy="a–z 0–9 _")
    return value


def _names(row: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    """A list of names that stand elsewhere in the file."""
    names = row.texts(key, ())
    for number, name in enumerate(names, 1):
        if name not in known:
            row.refuse(f"{key}[{number}]", "resource.unknown_name", value=name, remedy=", ".join(known))
        elif name in names[: number - 1]:
            row.refuse(f"{key}[{number}]", "resource.duplicate", value=name)
    return names


def _refuse_twice(rows: Iterable[Table], keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for row, key in zip(rows, keys, strict=True):
        if key and key in seen:
            row.refuse("key", "resource.duplicate", value=key)
        seen.add(key)
