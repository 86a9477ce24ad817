"""The machine-readable contract at run time: where its schemas lie, and whether an event keeps to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

VERSION = "1"
_PACKAGED = Path(__file__).resolve().parent / "schemas"
_CHECKOUT = Path(__file__).resolve().parents[2] / "contract" / "v1"


def folder() -> Path:
    """The folder of the schemas: within the installed package, or in a checkout the one both programs share."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Iterator[ValidationError]:
    """As ECMA 262 has it: `$` is the end of the text, where Python's also stands before a last line feed."""
    if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), instance):
        yield ValidationError("does not match")


_Strict: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_time(text: object) -> bool:
    """The calendar has it: what reads it later need not be afraid of a 30th of February."""
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@_formats.checks("date", raises=ValueError)
def _is_day(text: object) -> bool:
    return not isinstance(text, str) or bool(date.fromisoformat(text))


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of one schema file, with the files it refers to; raises `OSError` when one is missing."""
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in folder().glob("*.schema.json")}
    if name not in schemas:
        raise FileNotFoundError(folder() / name)
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    Draft202012Validator.check_schema(schemas[name])
    return _Strict(schemas[name], registry=registry, format_checker=_formats)


class EventForm:
    """Says what is wrong with the form of an event, without repeating any of its values."""

    def __init__(self) -> None:
        self._validator = validator("event.schema.json")

    def fault(self, event: object) -> str | None:
        """The place of the first fault and the rule it breaks, or None."""
        broken = next(iter(self._validator.iter_errors(event)), None)
        if broken is not None:
            # The message of jsonschema quotes the value; the place and the keyword do not.
            return f"{_pointer(broken.absolute_path)}: {broken.validator}"
        return _beyond_the_schema(event)


def _beyond_the_schema(event: Any) -> str | None:
    """What JSON Schema cannot say: only announced images are referred to, and a value is changed once."""
    if _holds_nul(event):
        return "/: a text with U+0000"
    body = event["body"]
    if event["kind"] == "dossier.sealed":
        return _unlisted_page(body, event["pages"])
    named = [changed["value"] for changed in body["changes"]]
    return "/body/changes: a value stands there twice" if len(set(named)) < len(named) else None


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


def _unlisted_page(body: Any, announced: list[str]) -> str | None:
    for index, page in enumerate(body["pages"]):
        if page["sha256"] not in announced:
            return f"/body/pages/{index}/sha256: not among the event's pages"
    signature = body.get("signature")
    if signature and signature["sha256"] not in announced:
        return "/body/signature/sha256: not among the event's pages"
    return None


def _pointer(path: Any) -> str:
    # Member names of `person` are keys like `full_name`, but a faulty sender may put anything there.
    steps = [str(step) for step in path]
    return "/" + "/".join(steps[:2] if steps[:2] == ["body", "person"] else steps)
