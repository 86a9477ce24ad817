"""What codes and machine-readable zones say, as fields of their own, and how they support the printed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from station.dossier.citizen_card import parse_card_payload
from station.dossier.health_card import parse_health_card
from station.dossier.reading import Doubt, ReadField, Source, Status
from station.dossier.text import same
from station.errors import InputError
from station.scan.codes.mrz import Mrz
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
    fields: list[ReadField] = []
    for code in codes:
        for reader in readers:
            try:
                fields += [replace(field, box=code.box) for field in reader(code.text or "")]
            except InputError:
                continue
    return tuple(fields)


def fields_of_zone(zone: Mrz) -> tuple[ReadField, ...]:
    """The zone's fields. Its check digits do not cover the name, and the name has no marks: a person must look."""
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
    return tuple(ReadField(key, value, printed, 0.99, status, Source.MRZ) for key, value, printed, status in found)


def supported(fields: Sequence[ReadField], exact: Iterable[ReadField]) -> tuple[ReadField, ...]:
    """Printed values that a code or zone confirms are accepted; those that it contradicts are for a person."""
    told: dict[str, list[ReadField]] = {}
    for field in exact:
        if field.status is Status.ACCEPTED:
            told.setdefault(field.key, []).append(field)
    return tuple(_weighed_against(field, told.get(field.key, [])) for field in fields)


def _weighed_against(field: ReadField, told: Sequence[ReadField]) -> ReadField:
    if not told:
        return field
    if all(same(field.value, other.value) for other in told):
        return replace(field, status=Status.ACCEPTED, confidence=max(field.confidence, 0.99), doubt=None)
    others = dict.fromkeys([*(other.value for other in told if not same(field.value, other.value)), *field.others])
    return replace(field, status=Status.REVIEW, others=tuple(others), doubt=Doubt.CONTRADICTED)
