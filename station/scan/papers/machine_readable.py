"""What codes and machine-readable zones say, as fields of their own, and how they support the printed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from station.dossier.citizen_card import parse_card_payload
from station.dossier.health_card import parse_health_card
from station.dossier.reading import Box, Doubt, ReadField, Source, Status
from station.dossier.receipt_payload import parse_receipt
from station.dossier.text import folded, same
from station.errors import InputError
from station.scan.codes.mrz import FILLER, Mrz
from station.scan.codes.qr import FoundCode

_NATIONALITIES = {"VNM": "Việt Nam"}
_OPEN_ENDED = "Không thời hạn"
_CARDS = frozenset(("citizen_card_front", "citizen_card_back", "identity_card_front", "identity_card_back"))


def likely_kinds(codes: Iterable[FoundCode], zone: Mrz | None) -> tuple[str, ...]:
    """The sides that carry such a code: CCCD 2021 a QR on the front (7 fields), căn cước 2024 on the back (11)."""
    for code in codes:
        try:
            card = parse_card_payload(code.text or "")
        except InputError:
            continue
        return ("identity_card_back",) if card.extra else ("citizen_card_front",)
    return ("citizen_card_back", "identity_card_back") if zone else ()


def fields_of_codes(codes: Iterable[FoundCode], kind: str) -> tuple[ReadField, ...]:
    """The fields of codes that belong to this kind of paper; other codes are reported as text only."""
    readers: list[Callable[[str], tuple[ReadField, ...]]] = []
    if kind in _CARDS:
        readers.append(lambda text: parse_card_payload(text).fields())
    if kind == "health_insurance_card":
        readers.append(lambda text: parse_health_card(text).fields())
    if kind == "other":
        readers.append(lambda text: parse_receipt(text).fields())
    fields: list[ReadField] = []
    for code in codes:
        for reader in readers:
            try:
                fields += [replace(field, box=code.box) for field in reader(code.text or "")]
            except InputError:
                continue
    return tuple(fields)


def fields_of_zone(
    zone: Mrz, box: Box | None = None, *, name_agreed: bool = True, other_names: Sequence[str] = ()
) -> tuple[ReadField, ...]:
    """The zone's fields. Its check digits do not cover the name, and the name has no marks: a person must look.

    `name_agreed` says whether two reads have the same name; `other_names` are third lines that lost.
    """
    born = zone.birth_date.isoformat()
    expires = zone.expiry_date.isoformat() if zone.expiry_date else _OPEN_ENDED
    nationality = _NATIONALITIES.get(zone.nationality, zone.nationality)
    found = (
        ("subject.id_number", zone.id_number, zone.lines[0], Status.ACCEPTED),
        ("subject.full_name", zone.name, zone.lines[2], Status.REVIEW),
        ("subject.birth_date", born, zone.lines[1], Status.ACCEPTED),
        ("subject.sex", zone.sex, zone.lines[1], Status.ACCEPTED),
        ("subject.nationality", nationality, zone.lines[1], Status.ACCEPTED),
        ("expiry_date", expires, zone.lines[1], Status.ACCEPTED),
    )
    fields = [ReadField(key, value, printed, 0.99, status, Source.MRZ, box) for key, value, printed, status in found]
    if not name_agreed:
        lost = tuple(" ".join(line.replace(FILLER, " ").split()) for line in other_names)
        fields[1] = replace(fields[1], confidence=0.5, others=lost, doubt=Doubt.READS_DIFFER)
    return tuple(fields)


def reconciled(exact: Sequence[ReadField]) -> tuple[ReadField, ...]:
    """What codes and zones of one page say of the same thing: where they contradict each other, a person decides."""
    return tuple(
        _contradicted(field, others)
        if (others := [other for other in exact if other.key == field.key and not agree(field, other)])
        else field
        for field in exact
    )


def supported(fields: Sequence[ReadField], exact: Iterable[ReadField]) -> tuple[ReadField, ...]:
    """Printed values that a code or zone confirms are accepted; those that it contradicts are for a person.

    A zone's name has no marks: it can contradict a printed name, but not vouch for its marks.
    """
    told: dict[str, list[ReadField]] = {}
    for field in exact:
        told.setdefault(field.key, []).append(field)
    return tuple(_weighed_against(field, told.get(field.key, [])) for field in fields)


def agree(one: ReadField, other: ReadField) -> bool:
    """Equal as their sources write: a zone has no marks, and cuts off a name that is too long for its line."""
    if Source.MRZ not in (one.source, other.source) or one.source is other.source:
        return same(one.value, other.value)
    zone, print_ = (one, other) if one.source is Source.MRZ else (other, one)
    if not zone.printed.endswith(FILLER) and folded(print_.value).startswith(folded(zone.value)):
        return True
    return folded(zone.value) == folded(print_.value)


def _weighed_against(field: ReadField, told: Sequence[ReadField]) -> ReadField:
    against = [other for other in told if other.doubt is not Doubt.READS_DIFFER and not agree(field, other)]
    if against:
        return _contradicted(field, against)
    if any(other.status is Status.ACCEPTED for other in told):
        return replace(field, status=Status.ACCEPTED, confidence=max(field.confidence, 0.99), doubt=None)
    return field


def _contradicted(field: ReadField, against: Sequence[ReadField]) -> ReadField:
    others = dict.fromkeys([*(other.value for other in against), *field.others])
    return replace(field, status=Status.REVIEW, others=tuple(others), doubt=Doubt.CONTRADICTED)
