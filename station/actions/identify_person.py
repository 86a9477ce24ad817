"""The citizen is identified: by the QR of the ID card, from its picture, or typed by the officer."""

from __future__ import annotations

from collections.abc import Mapping

from station.actions.change import Change
from station.actions.ports.papers import CodeReader
from station.dossier.citizen_card import CardPayload, parse_card_payload
from station.dossier.dossier import Dossier
from station.dossier.entry import entries_from
from station.dossier.identity_number import check_identity_number
from station.dossier.reading import ReadField, Source, Status
from station.dossier.reuse import without_others
from station.dossier.salvage import has_lost_its_marks
from station.dossier.text import exact
from station.errors import InputError


class IdentifyPerson:
    def __init__(self, change: Change, codes: CodeReader) -> None:
        self._change, self._codes = change, codes

    def by_payload(self, dossier_id: str, payload: str, by: str) -> Dossier:
        """From the text of a card's QR; `InputError` when it is none, or is damaged."""
        return self._fill(dossier_id, parse_card_payload(payload), by)

    def by_scanner(self, dossier_id: str, typed: str, by: str) -> Dossier:
        """From what a hand-held scanner typed; `InputError("code.mangled")` also where it typed no mark at all."""
        card = parse_card_payload(typed)
        if has_lost_its_marks(card.full_name, card.residence):
            raise InputError("code.mangled")
        return self._fill(dossier_id, card, by)

    def by_image(self, dossier_id: str, image: bytes, by: str) -> Dossier:
        """From a picture of the card: its first code that is a card's. `InputError("code.not_found")` if none."""
        refused = InputError("code.not_found")
        for text in self._codes.read_codes(image):
            try:
                return self.by_payload(dossier_id, text, by)
            except InputError as error:
                refused = error
        raise refused

    def by_hand(self, dossier_id: str, values: Mapping[str, str], by: str) -> Dossier:
        """Typed from the card by the officer: `full_name`, `id_number`, `birth_date`, `sex`, `residence` …"""
        typed = tuple(
            ReadField(key, exact(value), value, 1.0, Status.ACCEPTED, Source.TYPED)
            for key, value in values.items()
            if exact(value)
        )
        if not {"full_name", "id_number"} <= {field.key for field in typed}:
            raise InputError("value.person_incomplete")
        return self._keep(dossier_id, typed, {}, by)

    def _fill(self, dossier_id: str, card: CardPayload, by: str) -> Dossier:
        extra = {f"extra[{place}]": text for place, text in enumerate(card.extra) if text}
        return self._keep(dossier_id, card.fields(""), extra, by)

    def _keep(self, dossier_id: str, fields: tuple[ReadField, ...], extra: dict[str, str], by: str) -> Dossier:
        given = {field.key: field.value for field in fields}
        warnings = check_identity_number(
            given["id_number"], sex=given.get("sex", ""), birth_date=given.get("birth_date", "")
        )
        return self._change(
            dossier_id,
            "identify_person",
            by,
            lambda dossier: without_others(dossier, given["id_number"]).with_person(
                entries_from(None, fields), warnings, extra
            ),
            source=fields[0].source.value,
        )
