"""Leaving a step out changes the reading, and only while it is measured."""

from __future__ import annotations

from pathlib import Path

from bench.leave_one_out import measured, rows
from bench.reading import corpus
from station.scan.codes import qr
from station.scan.image.steps import Step

PILE = Path(__file__).resolve().parents[3] / "resources" / "specimens" / "tray" / "3-cu-tru"


def test_every_step_has_its_row() -> None:
    names = [row.name for row in rows()]
    assert names[0] == "everything"
    assert {f"− {step}" for step in Step} <= set(names)
    assert len(names) == len(set(names))


def test_what_is_put_in_place_of_something_has_something_to_replace() -> None:
    assert [name for row in rows() for owner, name, _ in row.instead if not hasattr(owner, name)] == []


def test_without_codes_a_card_has_no_code_and_the_reader_is_whole_again_afterwards() -> None:
    truths = [truth for truth in corpus.truths(PILE) if truth.get("qr")][:1]
    images = {truth["file"]: (PILE / truth["file"]).read_bytes() for truth in truths}
    by_name = {row.name: row for row in rows()}
    own = qr.read_codes
    whole, seconds = measured(by_name["everything"], truths, images)
    without, _ = measured(by_name["− codes"], truths, images)
    assert (whole.total["qr right"], without.total["qr right"]) == (1, 0)
    assert seconds > 0
    assert qr.read_codes is own
