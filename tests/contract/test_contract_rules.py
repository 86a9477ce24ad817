"""Whatever the station lets through before the seal, the hub's validator takes; what it stops, the hub would refuse."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provincial_hub.contract import EventForm

from station import paths
from station.dossier.contract_rules import MOST_BYTES, ContractRules

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"
SHIPPED = sorted((paths.resources() / "contract").glob("*.json"))
RULES = ContractRules({file.name: json.loads(file.read_text(encoding="utf-8")) for file in SHIPPED})
HUB = EventForm()


def told() -> Iterator[dict[str, Any]]:
    """Every event of the contract's examples, and one of each later kind."""
    for file in sorted((CONTRACT / "examples").glob("*.json")):
        for exchange in json.loads(file.read_text(encoding="utf-8"))["exchanges"]:
            events = exchange.get("request", {}).get("json", {}).get("events", [])
            yield from (one for one in events if isinstance(one, dict))
    correction = {
        "changes": [{"value": "person/full_name", "before": "a", "after": "b"}],
        "reason": "nhập nhầm",
        "by": "canbo.mau",
        "at": "2026-11-23T08:00:00+07:00",
    }
    common = {"station": "T01", "dossier_id": "d1", "base_version": 1, "created_at": correction["at"], "pages": []}
    yield {**common, "seq": 2, "kind": "dossier.corrected", "body": correction}
    yield {**common, "seq": 3, "kind": "dossier.settled", "body": {**correction, "question": "T01-2"}}


EVENTS = list(told())
TAKEN = [event for event in EVENTS if HUB.fault(event) is None]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_rules_that_are_shipped_are_those_of_the_contract(file: Path) -> None:
    """Copy contract/v1/*.schema.json to resources/contract/ where this fails."""
    assert file.read_bytes() == (CONTRACT / file.name).read_bytes()


def test_events_of_every_kind_are_let_through() -> None:
    assert {event["kind"] for event in TAKEN} == {"dossier.sealed", "dossier.corrected", "dossier.settled"}
    assert [RULES.fault(event) for event in TAKEN] == [None] * len(TAKEN)


@pytest.mark.parametrize("event", EVENTS, ids=range(len(EVENTS)))
def test_both_sides_judge_the_examples_alike(event: dict[str, Any]) -> None:
    assert (RULES.fault(event) is None) == (HUB.fault(event) is None)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*path, step)
        yield from places(item, (*path, step))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from((0, 1, -1, 1.0, 1.5, 2, 1 << 53, 33_554_433, 1e300)),
    st.sampled_from(
        (
            "",
            "x",
            "x\n",
            "T01",
            "a" * 64,
            "a" * 201,
            "A" * 10_001,
            "2026-11-23T08:00:00+07:00\n",
            "image/png",
            "2026-02-30T08:00:00+07:00",
        )
    ),
    st.builds(list),  # a new one each time: what is put in one place is changed at the next
    st.builds(dict),
    st.builds(lambda: [1]),
)


@settings(max_examples=150)
@given(st.data())
def test_both_sides_judge_alike_whatever_is_wrong(data: st.DataObject) -> None:
    event = copy.deepcopy(data.draw(st.sampled_from(TAKEN), label="event"))
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from(list(places(event))), label="place")
        holder = event
        for step in way:
            holder = holder[step]
        how = data.draw(st.sampled_from(("other", "gone", "twice")), label="how")
        if how == "other":
            holder[last] = data.draw(ODD)
        elif how == "gone":
            del holder[last]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
    mine, hubs = RULES.fault(event), HUB.fault(event)
    assert (mine is None) == (hubs is None), (mine, hubs)


def test_what_json_cannot_say_and_what_no_request_holds_is_stopped_too() -> None:
    event = copy.deepcopy(TAKEN[-1])
    event["body"]["reason"] = "half a letter \ud800"
    assert RULES.fault(event) == "/: not UTF-8"
    event["body"]["reason"] = "x"
    event["more"] = "x" * MOST_BYTES
    assert RULES.fault(event) == "/: too large"
    event["more"] = {"deep": [{"a\0b": 1}]}
    assert RULES.fault(event) == HUB.fault(event) == "/: a text with U+0000"


def test_a_fault_names_its_place_and_never_the_value() -> None:
    event = copy.deepcopy(next(one for one in TAKEN if one["kind"] == "dossier.sealed"))
    event["body"]["person"]["full_name"] = ["Nguyễn Thị Đăng"]
    assert RULES.fault(event) == "/body/person: type"


def test_a_rule_that_is_not_known_here_stops_everything() -> None:
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in SHIPPED}
    schemas["event.schema.json"]["properties"]["seq"]["multipleOf"] = 1
    assert ContractRules(schemas).fault(TAKEN[0]) == "/seq: multipleOf"
