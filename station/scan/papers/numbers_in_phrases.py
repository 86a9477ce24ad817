"""The number inside an identity paper's phrase is a field of its own: a word misread beside it is no doubt of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Status
from station.scan.papers.agreement import weigh
from station.scan.papers.description import Grammar, Papers
from station.scan.papers.fields import Found
from station.scan.papers.identity_phrases import id_number_in

_PHRASE, _NUMBER = "id_paper", "id_number"


def number_in(
    phrase: ReadField, place: Found, reads: Sequence[str], papers: Papers, *, small_print: bool
) -> ReadField | None:
    """The number, heard from each of the `reads` by itself; doubted with the phrase where they make another of it."""
    number = id_number_in(phrase.value) if phrase.key.endswith(_PHRASE) else None
    if not number:
        return None
    key = phrase.key.removesuffix(_PHRASE) + _NUMBER
    others = dict.fromkeys(other for text in phrase.others if (other := id_number_in(text)) and other != number)
    field = replace(phrase, key=key, value=number, printed=number, others=tuple(others))
    heard = replace(place, rule=replace(place.rule, key=key, grammar=Grammar.ID_NUMBER))
    weighed = weigh(heard, reads[1:], papers.lexicons, gazetteer=papers.gazetteer, small_print=small_print)
    if weighed is None and phrase.doubt is None:
        return replace(field, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)
    if weighed is None or weighed.value != number or phrase.doubt is Doubt.HANDWRITTEN:
        return field
    return replace(
        field, status=weighed.status, doubt=weighed.doubt, confidence=weighed.confidence, others=weighed.others
    )


def with_numbers(fields: Mapping[str, ReadField], numbers: Mapping[str, ReadField]) -> dict[str, ReadField]:
    """Each number behind its phrase, but for those that are printed at a place of their own, too."""
    numbered: dict[str, ReadField] = {}
    for key, field in fields.items():
        numbered[key] = field
        number = numbers.get(key)
        if number and number.key not in fields:
            numbered[number.key] = number
    return numbered
