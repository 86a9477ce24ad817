"""What the picture says against a value, however well it was read: a seal or a line lies over it, a hand wrote it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from station.dossier.reading import Box, Doubt, ReadField, Status
from station.scan.image.arrays import Colour
from station.scan.image.ink import under_seal
from station.scan.image.pen import BLUE, PEN, blueness

Seen = Callable[[Box], Colour]
"""The piece of the page, in its colours, that a field's box holds."""


def doubted(fields: Sequence[ReadField], seen: Seen) -> tuple[ReadField, ...]:
    """What is doubted is for a person."""
    blue = {field.key: blueness(seen(field.box)) for field in fields if field.box and _may_be_written(field)}
    bluish = [field for field in fields if BLUE < blue.get(field.key, 0.0) <= PEN]
    # Offices print in dark blue, too: then models trained on print agree on most of it, and on little that is written.
    printed = 2 * sum(field.status is Status.ACCEPTED for field in bluish) > len(bluish)
    least = PEN if printed else BLUE
    return tuple(_by_hand(field) if blue.get(field.key, 0.0) > least else _under_seal(field, seen) for field in fields)


def crossed(fields: Sequence[ReadField], streaks: Sequence[Box]) -> tuple[ReadField, ...]:
    """Where a streak covers part of a value, or a letter beside it that is gone with it, no model can tell."""
    return tuple(
        replace(field, status=Status.REVIEW, doubt=field.doubt or Doubt.UNDER_STREAK)
        if field.box and any(_meet(_with_room(field.box), streak) for streak in streaks)
        else field
        for field in fields
    )


def _with_room(box: Box) -> Box:
    """With place for one more letter at either end, and for a mark above and below."""
    left, top, right, bottom = box
    tall = bottom - top
    return left - tall, top - tall // 2, right + tall, bottom + tall // 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _may_be_written(field: ReadField) -> bool:
    return field.doubt is not Doubt.HANDWRITTEN and not field.key.endswith("signed_by")


def _by_hand(field: ReadField) -> ReadField:
    """Models trained on print make names of handwriting that nobody has: what they read is worth nothing."""
    return replace(
        field, value="", printed="", confidence=0.0, status=Status.REVIEW, doubt=Doubt.HANDWRITTEN, others=()
    )


def _under_seal(field: ReadField, seen: Seen) -> ReadField:
    """A stroke of the seal makes a 6 of an 8 for all models alike."""
    if field.box is None or field.doubt is Doubt.HANDWRITTEN or not any(map(str.isdigit, field.value)):
        return field
    return replace(field, status=Status.REVIEW, doubt=Doubt.UNDER_SEAL) if under_seal(seen(field.box)) else field
