"""A mapping: which member of ours becomes which of theirs, read strictly from a file that the province may edit."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provincial_hub.errors import SetupError
from provincial_hub.outward.record import EVERY_MEMBER, LISTS, Scalar

TOPICS = ("dossier.received", "dossier.corrected", "dossier.code", "dossier.returned", "dossier.state")
"""What the hub tells; each is written by the deed that makes it true."""
FORMS = ("text", "number", "time", "date")
_MEMBER = {"of", "as", "table", "otherwise", "always", "before", "required"}
_SERVICE = {"topics", "whole", "members", "lists"}


@dataclass(frozen=True, slots=True)
class Member:
    """How one member of theirs is made: from the first of `of` that is there, by its form and its code table."""

    of: tuple[str, ...] = ()
    form: str = "text"
    table: str | None = None
    otherwise: Scalar = None
    always: Scalar = None
    before: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of theirs: one entry for each row of one of our lists."""

    each: str
    members: dict[str, Member]


@dataclass(frozen=True, slots=True)
class Service:
    """One of their services: for which topics it is called, and what it is given."""

    name: str
    topics: tuple[str, ...]
    whole: bool
    members: dict[str, Member]
    lists: dict[str, ListOf]


@dataclass(frozen=True, slots=True)
class Mapping:
    """`left_out` are members of ours that the province does not send on purpose."""

    name: str
    time: str
    date: str
    services: tuple[Service, ...]
    tables: dict[str, dict[str, Scalar]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    @property
    def whole(self) -> Service:
        """The service that is given a whole dossier as it stands."""
        return next(service for service in self.services if service.whole)

    def service_for(self, topic: str) -> Service | None:
        """None: their side knows nothing of the kind."""
        return next((service for service in self.services if topic in service.topics), None)


def load(name: str, folder: Path) -> Mapping:
    """A mapping that comes with the hub, by its name, or a file in or below the hub's folder; raises `SetupError`."""
    shipped = importlib.resources.files("provincial_hub") / "resources" / "mappings" / f"{name}.toml"
    try:
        if "/" not in name and "." not in name and shipped.is_file():
            return read(shipped.read_text(encoding="utf-8"), name)
        return read((folder / name).read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"there is no mapping {name}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        ) from error


def read(text: str, name: str) -> Mapping:
    """Raises `SetupError` with the place and what is wanted there."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"{name}: {error}") from error
    return _Reader(name).mapping(told)


class _Reader:
    """Says where in the file something is wrong."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tables: dict[str, dict[str, Scalar]] = {}

    def mapping(self, told: dict[str, Any]) -> Mapping:
        self._known(told, {"time", "date", "left_out", "tables", "services"}, "")
        self._tables = {
            name: {str(code): self._scalar(value, f"tables.{name}.{code}") for code, value in table.items()}
            for name, table in self._table(told.get("tables", {}), "tables").items()
            if self._table(table, f"tables.{name}") is not None
        }
        services = self._table(told.get("services"), "services")
        found = tuple(self._service(name, self._table(one, f"services.{name}")) for name, one in services.items())
        if sum(service.whole for service in found) != 1:
            raise self._wrong(
                "services", "wants exactly one service with whole = true: it is given a dossier as it stands"
            )
        topics = [topic for service in found for topic in service.topics]
        unheard_of = sorted(set(topics) - set(TOPICS))
        if unheard_of:
            raise self._wrong("services", f"name {unheard_of[0]}; the hub tells {', '.join(TOPICS)}")
        if len(set(topics)) < len(topics):
            raise self._wrong("services", "name the same topic twice")
        left_out = self._texts(told.get("left_out", []), "left_out")
        for ours in left_out:
            self._ours(ours, None, "left_out")
        return Mapping(
            self._name,
            self._text(told.get("time", "%Y%m%d%H%M%S"), "time"),
            self._text(told.get("date", "%d/%m/%Y"), "date"),
            found,
            self._tables,
            frozenset(left_out),
        )

    def _service(self, name: str, told: dict[str, Any]) -> Service:
        place = f"services.{name}"
        self._known(told, _SERVICE, place)
        lists = {}
        for theirs, given in self._table(told.get("lists", {}), f"{place}.lists").items():
            inner = f"{place}.lists.{theirs}"
            one = self._table(given, inner)
            self._known(one, {"each", "members"}, inner)
            each = self._text(one.get("each"), f"{inner}.each")
            if each not in LISTS:
                raise self._wrong(f"{inner}.each", f"wants one of our lists: {', '.join(LISTS)}")
            lists[theirs] = ListOf(each, self._members(one.get("members"), each, f"{inner}.members"))
        return Service(
            name,
            self._texts(told.get("topics", []), f"{place}.topics"),
            self._flag(told.get("whole", False), f"{place}.whole"),
            self._members(told.get("members"), None, f"{place}.members"),
            lists,
        )

    def _members(self, told: object, each: str | None, place: str) -> dict[str, Member]:
        return {
            theirs: self._member(one, each, f"{place}.{theirs}") for theirs, one in self._table(told, place).items()
        }

    def _member(self, told: object, each: str | None, place: str) -> Member:
        if isinstance(told, str):
            told = {"of": told}
        told = self._table(told, place)
        self._known(told, _MEMBER, place)
        if ("of" in told) == ("always" in told):
            raise self._wrong(place, "wants either of, the name of a member of ours, or always, a fixed value")
        of = told.get("of", [])
        of = self._texts([of] if isinstance(of, str) else of, f"{place}.of")
        for ours in of:
            self._ours(ours, each, place)
        form = self._text(told.get("as", "text"), f"{place}.as")
        if form not in FORMS:
            raise self._wrong(f"{place}.as", f"wants {', '.join(FORMS)}")
        table = told.get("table")
        if table is not None and self._text(table, f"{place}.table") not in self._tables:
            raise self._wrong(f"{place}.table", "names a table that does not stand under [tables]")
        return Member(
            of,
            form,
            table,
            self._scalar(told.get("otherwise", ""), f"{place}.otherwise") if "otherwise" in told else None,
            self._scalar(told["always"], f"{place}.always") if "always" in told else None,
            self._text(told.get("before", ""), f"{place}.before"),
            self._flag(told.get("required", False), f"{place}.required"),
        )

    def _ours(self, name: str, each: str | None, place: str) -> None:
        if each is not None:
            known = name in LISTS[each]
        else:
            first, dot, key = name.partition(".")
            known = name in EVERY_MEMBER or (bool(dot) and bool(key) and first in ("person", "message", *LISTS))
            known = known or name in LISTS
        if not known:
            what = f"a member of {each}: {', '.join(LISTS[each])}" if each else "a member of ours (hub/README.md)"
            raise self._wrong(place, f"names {name}, which is not {what}")

    def _known(self, told: MappingOf[str, Any], known: set[str], place: str) -> None:
        unknown = sorted(set(told) - known)
        if unknown:
            raise self._wrong(
                f"{place}.{unknown[0]}".lstrip("."), f"is not known here; known are {', '.join(sorted(known))}"
            )

    def _table(self, told: object, place: str) -> dict[str, Any]:
        if not isinstance(told, dict):
            raise self._wrong(place, "wants to be a table")
        return told

    def _text(self, told: object, place: str) -> str:
        if not isinstance(told, str):
            raise self._wrong(place, "wants a text in quotes")
        return told

    def _texts(self, told: object, place: str) -> tuple[str, ...]:
        if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
            raise self._wrong(place, "wants a list of texts in quotes")
        return tuple(told)

    def _flag(self, told: object, place: str) -> bool:
        if not isinstance(told, bool):
            raise self._wrong(place, "wants true or false")
        return told

    def _scalar(self, told: object, place: str) -> Scalar:
        if not isinstance(told, str | int | bool):
            raise self._wrong(place, "wants a text, a whole number, true or false")
        return told

    def _wrong(self, place: str, what: str) -> SetupError:
        return SetupError(f"{self._name}: {place} {what}")
