"""Every error that the sync room raises, and every state of a delivery, has its words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import station.sync
from station.dossier.delivery import Delivery
from station.errors import HubError
from station.language import Language

CODES = sorted(
    {
        code
        for file in Path(station.sync.__file__).parent.glob("*.py")
        for code in re.findall(r'"(hub\.[a-z_]+)"', file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_and_a_next_step(language: str, code: str) -> None:
    told = Language.load(language).error(HubError(code))
    assert told.sentence.endswith(".")
    assert told.remedy.endswith(".")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_of_a_delivery_has_its_words(language: str) -> None:
    words = Language.load(language)
    for delivery in Delivery:
        assert words(f"delivery.{delivery}")


def test_there_are_codes_to_look_at() -> None:
    assert {"hub.unreachable", "hub.bad_receipt", "hub.not_encrypted"} <= set(CODES)
