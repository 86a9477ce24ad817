"""What a paper says twice held against each other: figures and words, a person's number and birth and sex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.dossier.identity_number import check_identity_number
from station.dossier.number_words import date_said
from station.dossier.reading import Doubt, ReadField, Source, Status

_IN_WORDS = "_in_words"
_SURE = 0.99
_MENDED_BY_WORDS = frozenset((None, Doubt.READS_DIFFER, Doubt.UNDER_SEAL, Doubt.SMALL_PRINT))
"""Doubts about figures that the same paper's words take away, and the other way round."""

_TWO_ALIKE = 0.5
"""Confidence, which is the share of the reads that have a value, that two of three give and one alone does not."""


def checked_in_words(fields: Sequence[ReadField]) -> tuple[ReadField, ...]:
    """Dates that the words beside them confirm are accepted, both; where the two contradict, a person must look.

    Where they contradict but a read that had lost makes them agree, that read is the value, and a person looks at it.
    """
    read = {field.key: field for field in fields if field.source is Source.OCR}
    checked: dict[str, ReadField] = {}
    for key, words in read.items():
        figures = read.get(key.removesuffix(_IN_WORDS))
        if key.endswith(_IN_WORDS) and figures and figures.value and date_said(words.value):
            checked[figures.key], checked[key] = _compared(figures, words)
    return tuple(checked.get(field.key, field) if field.source is Source.OCR else field for field in fields)


def checked_with_numbers(fields: Sequence[ReadField]) -> tuple[ReadField, ...]:
    """A personal number tells the year of birth and the sex; where the paper says otherwise, a person looks at both.

    And at the phrase that the number stands in. Where no two models read the number alike, the print is too poor for
    the figures of that birth as well: the models misread both in the same way, and neither contradicts the other.
    """
    read = {field.key: field for field in fields if field.source is Source.OCR}
    contradicted: set[str] = set()
    unread: set[str] = set()
    for key, number in read.items():
        whose, last, _ = key.rpartition("id_number")
        if not last or not number.value:
            continue
        if number.doubt is Doubt.READS_DIFFER and number.confidence < _TWO_ALIKE:
            unread |= {f"{whose}birth_date", f"{whose}birth_year"}
        for said, warning in (("birth_date", "year"), ("birth_year", "year"), ("sex", "sex")):
            other = read.get(whose + said)
            if other is None or not other.value:
                continue
            told = {"sex": other.value} if warning == "sex" else {"birth_date": other.value}
            if f"id.{warning}_mismatch" in check_identity_number(number.value, **told):
                contradicted |= {key, other.key, f"{whose}id_paper"}
    checked = {key: _contradicted(read[key]) for key in contradicted & read.keys()}
    for key in unread & read.keys() - checked.keys():
        if read[key].status is Status.ACCEPTED:
            checked[key] = replace(read[key], status=Status.REVIEW, doubt=Doubt.READS_DIFFER)
    return tuple(checked.get(field.key, field) if field.source is Source.OCR else field for field in fields)


def _compared(figures: ReadField, words: ReadField) -> tuple[ReadField, ReadField]:
    said = {read: date_said(read) for read in (words.value, *words.others)}
    if said[words.value] == figures.value:
        return _confirmed(figures), _confirmed(words)
    for other in words.others:
        if said[other] == figures.value:
            return _confirmed(figures), _instead(words, other)
    for other in figures.others:
        if said[words.value] == other:
            return _instead(figures, other), _confirmed(words)
    return _contradicted(figures), _contradicted(words)


def _confirmed(field: ReadField) -> ReadField:
    if field.doubt not in _MENDED_BY_WORDS:
        return field
    return replace(field, status=Status.ACCEPTED, confidence=max(field.confidence, _SURE), doubt=None)


def _instead(field: ReadField, value: str) -> ReadField:
    others = (field.value, *(other for other in field.others if other != value))
    return replace(
        field, value=value, printed=value, status=Status.REVIEW, doubt=field.doubt or Doubt.READS_DIFFER, others=others
    )


def _contradicted(field: ReadField) -> ReadField:
    return replace(field, status=Status.REVIEW, doubt=Doubt.CONTRADICTED)
