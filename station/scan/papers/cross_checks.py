"""What a paper says twice, in figures and in words, held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.papers.number_words import date_said

_IN_WORDS = "_in_words"
_SURE = 0.99
_MENDED_BY_WORDS = frozenset((None, Doubt.READS_DIFFER, Doubt.UNDER_SEAL))
"""Doubts about figures that the same paper's words take away, and the other way round."""


def checked_in_words(fields: Sequence[ReadField]) -> tuple[ReadField, ...]:
    """Dates that the words beside them confirm are accepted, both; where the two contradict, a person must look."""
    read = {field.key: field for field in fields if field.source is Source.OCR}
    verdicts: dict[str, bool] = {}
    for key, words in read.items():
        figures = read.get(key.removesuffix(_IN_WORDS))
        said = date_said(words.value) if key.endswith(_IN_WORDS) else None
        if said and figures and figures.value:
            verdicts[key] = verdicts[figures.key] = said == figures.value
    return tuple(_judged(field, verdicts.get(field.key)) if field.source is Source.OCR else field for field in fields)


def _judged(field: ReadField, agree: bool | None) -> ReadField:
    if agree is None or (agree and field.doubt not in _MENDED_BY_WORDS):
        return field
    if agree:
        return replace(field, status=Status.ACCEPTED, confidence=max(field.confidence, _SURE), doubt=None)
    return replace(field, status=Status.REVIEW, doubt=Doubt.CONTRADICTED)
