"""What a corrected value is written like: the contract's vectors hold the station to the hub's rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from station.dossier.value_form import form_broken, form_of

VECTOR = Path(__file__).parents[3] / "contract" / "v1" / "vectors" / "value.json"
CASES = json.loads(VECTOR.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[f"{one['key']}={one['value']!r}" for one in CASES])
def test_the_station_tells_forms_apart_as_the_vectors_say(case: dict[str, Any]) -> None:
    broken = form_broken(case["key"], case["value"])
    assert (broken is None) is case["fits"]
    assert broken is None or broken is form_of(case["key"])
