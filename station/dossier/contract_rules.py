"""The hub's rules for an event, applied before it is written: nothing is refused weeks later that could be told now.

The schemas are those of contract/v1, word for word; read here are the few words of JSON Schema 2020-12 that they use.
An event with a word that is not known here is refused: the schemas decide, never a gap of this reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from station.dossier.signed_document import canonical

MOST_BYTES = (4 << 20) - 64
"""One event alone in a request has to fit."""
Schemas = Mapping[str, Mapping[str, Any]]
"""Each by the name of its file."""
Faults = Iterator[str]
_Check = Callable[[Any, Any, "_Place"], Faults]


class ContractRules:
    """Whether the hub will take an event. `schemas` hold `event.schema.json` and what it refers to."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def fault(self, event: Mapping[str, Any]) -> str | None:
        """The place of the first fault and the rule it breaks; never a value. None: the hub takes it."""
        try:
            content = canonical(event)
        except (ValueError, TypeError):  # half a letter, a number that is none, or what JSON does not have
            return "/: not UTF-8"
        if len(content) > MOST_BYTES:
            return "/: too large"
        whole = json.loads(content)
        name = "event.schema.json"
        found = next(_faults(whole, self._schemas[name], _Place(self._schemas, name, "")), None)
        return found or _beyond_the_schema(whole)


class _Place:
    """Where the reader stands: in which file, and at which member of the event."""

    def __init__(self, schemas: Schemas, file: str, path: str) -> None:
        self.schemas, self.file, self.path = schemas, file, path

    def at(self, step: str | int) -> _Place:
        return _Place(self.schemas, self.file, f"{self.path}/{step}")

    def within(self, file: str) -> _Place:
        return _Place(self.schemas, file, self.path)

    def broken(self, rule: str) -> str:
        """Keys of `person` are like `full_name`; a text that somebody typed there is not repeated."""
        steps = self.path.split("/")
        return f"{'/'.join(steps[:3] if steps[1:3] == ['body', 'person'] else steps) or '/'}: {rule}"


def _faults(value: Any, schema: Mapping[str, Any], place: _Place) -> Faults:
    for word, rule in schema.items():
        if word == "if":
            yield from _conditional(value, schema, place)
        elif word == "additionalProperties":
            yield from _other_members(value, schema, place)
        elif word in _CHECKS:
            yield from _CHECKS[word](value, rule, place)
        elif word not in _SAID_ONLY:
            yield place.broken(word)


def _type(value: Any, rule: Any, place: _Place) -> Faults:
    if not any(_is(value, name) for name in ([rule] if isinstance(rule, str) else rule)):
        yield place.broken("type")


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, float):
        return name == "number" or (name == "integer" and value.is_integer())
    return isinstance(value, _TYPES[name])


def _ref(value: Any, rule: str, place: _Place) -> Faults:
    file, _, pointer = rule.partition("#")
    file = file or place.file
    schema: Any = place.schemas[file]
    for step in filter(None, pointer.split("/")):
        schema = schema[step]
    yield from _faults(value, schema, place.within(file))


def _required(value: Any, rule: list[str], place: _Place) -> Faults:
    if isinstance(value, dict):
        yield from (place.at(name).broken("required") for name in rule if name not in value)


def _members(value: Any, rule: Mapping[str, Any], place: _Place) -> Faults:
    if isinstance(value, dict):
        for name, schema in rule.items():
            if name in value:
                yield from _faults(value[name], schema, place.at(name))


def _other_members(value: Any, schema: Mapping[str, Any], place: _Place) -> Faults:
    if isinstance(value, dict):
        for name in value.keys() - schema.get("properties", {}).keys():
            yield from _faults(value[name], schema["additionalProperties"], place.at(name))


def _items(value: Any, rule: Mapping[str, Any], place: _Place) -> Faults:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, rule, place.at(index))


def _one_of(value: Any, rule: list[Mapping[str, Any]], place: _Place) -> Faults:
    if sum(next(_faults(value, schema, place), None) is None for schema in rule) != 1:
        yield place.broken("oneOf")


def _all_of(value: Any, rule: list[Mapping[str, Any]], place: _Place) -> Faults:
    for schema in rule:
        yield from _faults(value, schema, place)


def _conditional(value: Any, schema: Mapping[str, Any], place: _Place) -> Faults:
    if next(_faults(value, schema["if"], place), None) is None:
        yield from _faults(value, schema["then"], place)


def _unique(value: Any, rule: bool, place: _Place) -> Faults:
    if rule and isinstance(value, list) and len({canonical(item) for item in value}) < len(value):
        yield place.broken("uniqueItems")


def _pattern(value: Any, rule: str, place: _Place) -> Faults:
    if isinstance(value, str) and not _compiled(rule).search(value):
        yield place.broken("pattern")


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    """As ECMA 262 has it: `$` is the end of the text, where Python's also stands before a last line feed."""
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern))


def _format(value: Any, rule: str, place: _Place) -> Faults:
    """No 30th of February."""
    try:
        known = rule in _FORMATS and (not isinstance(value, str) or bool(_FORMATS[rule](value)))
    except ValueError:
        known = False
    if not known:
        yield place.broken("format")


def _equal(value: Any, rule: Any, place: _Place) -> Faults:
    if not _same(value, rule):
        yield place.broken("const")


def _among(value: Any, rule: list[Any], place: _Place) -> Faults:
    if not any(_same(value, one) for one in rule):
        yield place.broken("enum")


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _bound(kind: type | tuple[type, ...], word: str, keeps: Callable[[Any, Any], bool]) -> _Check:
    def check(value: Any, rule: Any, place: _Place) -> Faults:
        if isinstance(value, kind) and not isinstance(value, bool) and not keeps(value, rule):
            yield place.broken(word)

    return check


_TYPES: Mapping[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
_NUMBER = (int, float)
_FORMATS: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text).tzinfo,
}
_CHECKS: Mapping[str, _Check] = {
    "type": _type,
    "$ref": _ref,
    "required": _required,
    "properties": _members,
    "items": _items,
    "oneOf": _one_of,
    "allOf": _all_of,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "format": _format,
    "const": _equal,
    "enum": _among,
    "minLength": _bound(str, "minLength", lambda value, rule: len(value) >= rule),
    "maxLength": _bound(str, "maxLength", lambda value, rule: len(value) <= rule),
    "minItems": _bound(list, "minItems", lambda value, rule: len(value) >= rule),
    "maxItems": _bound(list, "maxItems", lambda value, rule: len(value) <= rule),
    "maxProperties": _bound(dict, "maxProperties", lambda value, rule: len(value) <= rule),
    "minimum": _bound(_NUMBER, "minimum", lambda value, rule: value >= rule),
    "maximum": _bound(_NUMBER, "maximum", lambda value, rule: value <= rule),
}
_SAID_ONLY = frozenset({"$schema", "$id", "$defs", "title", "description", "then"})


def _beyond_the_schema(event: Mapping[str, Any]) -> str | None:
    """What JSON Schema cannot say: only announced images are referred to, and a value is changed once."""
    if _holds_nul(event):
        return "/: a text with U+0000"
    body, announced = event["body"], set(event["pages"])
    if event["kind"] != "dossier.sealed":
        named = [changed["value"] for changed in body["changes"]]
        return "/body/changes: a value stands there twice" if len(set(named)) < len(named) else None
    for index, page in enumerate(body["pages"]):
        if page["sha256"] not in announced:
            return f"/body/pages/{index}/sha256: not among the event's pages"
    if "signature" in body and body["signature"]["sha256"] not in announced:
        return "/body/signature/sha256: not among the event's pages"
    return None


def _holds_nul(event: object) -> bool:
    """U+0000 stands in no text: there are databases that cannot keep it."""
    left = [event]
    while left:
        match left.pop():
            case str() as text if "\0" in text:
                return True
            case dict() as members:
                left += [*members, *members.values()]
            case list() as items:
                left += items
    return False
