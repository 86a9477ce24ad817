"""What the picture says against a value, however well it was read: a seal lies over it, or it was written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Status
from station.scan.image.arrays import Colour
from station.scan.image.ink import under_seal
from station.scan.image.pen import in_blue_ink


def doubted(fields: Sequence[ReadField], image: Colour) -> tuple[ReadField, ...]:
    """`fields` with boxes in pixels of `image`; what is doubted is for a person."""
    return tuple(_doubted(field, image) for field in fields)


def _doubted(field: ReadField, image: Colour) -> ReadField:
    if field.box is None or field.doubt is Doubt.HANDWRITTEN:
        return field
    if not field.key.endswith("signed_by") and in_blue_ink(image, field.box):
        # Models trained on print make names of handwriting that nobody has: what they read is worth nothing.
        return replace(
            field, value="", printed="", confidence=0.0, status=Status.REVIEW, doubt=Doubt.HANDWRITTEN, others=()
        )
    if any(map(str.isdigit, field.value)) and under_seal(image, field.box):
        # A stroke of the seal makes a 6 of an 8 for all models alike.
        return replace(field, status=Status.REVIEW, doubt=Doubt.UNDER_SEAL)
    return field
