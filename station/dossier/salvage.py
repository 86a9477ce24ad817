"""What can still be trusted of a card's QR whose letters were damaged on the way: figures and dates, never names.

A scanner that types sends the keys of an American keyboard: Vietnamese letters come as question marks, as nothing, or
bent by an input method that was on (Telex, VNI). Digits, and the bars between the fields, come through.
"""

from __future__ import annotations

from station.dossier.citizen_card import parse_card_payload
from station.errors import InputError

_SEXES = {"nam": "Nam", "nữ": "Nữ", "nu": "Nữ", "n?": "Nữ", "nuwx": "Nữ", "nwx": "Nữ"}
_PLACES = {6: (0, 1, 2, 3), 7: (0, 2, 3, 4), 11: (0, 2, 3, 4)}
"""By the number of fields: where the number, the name, the birth date and the sex stand."""


def has_lost_its_marks(name: str, residence: str) -> bool:
    """Not one marked letter in a name and an address: no such Vietnamese address is known, but scanners write them."""
    return (name + residence).isascii()


def salvage(text: str) -> dict[str, str]:
    """`id_number`, and where they came through `birth_date` (ISO 8601) and `sex`; `InputError` where it is no card."""
    parts = [part.strip() for part in text.strip("\0\r\n\t ").split("|")]
    if len(parts) not in _PLACES:
        raise InputError("code.not_a_card")
    number, _, birth, sex = (parts[place] for place in _PLACES[len(parts)])
    told = _SEXES.get(sex.casefold(), "")
    # The card's own rules judge the number and the date; what cannot be trusted is replaced.
    sound = parse_card_payload("|".join((number, "", "Mẫu", birth, told or "Nam", "Mẫu", "")))
    found = {"id_number": sound.id_number, "birth_date": sound.birth_date}
    return found | ({"sex": sound.sex} if told else {})
