"""A signed receipt stands for exactly what it says: no letter of it can be changed, and only known keys count."""

from __future__ import annotations

import string
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.receipt_keys import Authenticity, authenticity, key_id, key_line, trusted_keys
from station.dossier.receipt_payload import parse_receipt, text_to_sign, with_signature
from station.errors import InputError

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEYS = {key_id(PUBLIC): PUBLIC}
SEALED = datetime.fromisoformat("2026-11-22T09:14:05+07:00")
SAID = text_to_sign("T01", "TAM.T01-261122-0007", "1.001193", SEALED, "0123456789abcdef" * 2, key_id(PUBLIC))
TEXT = with_signature(SAID, PRIVATE.sign(SAID.encode()))
OLD = "TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|0123456789abcdef0123456789abcdef"
ANOTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()


def is_valid(text: str) -> bool:
    try:
        return authenticity(text, KEYS) is Authenticity.VALID
    except InputError:
        return False


def test_a_receipt_says_what_was_signed_and_is_valid() -> None:
    receipt = parse_receipt(TEXT)
    assert (receipt.station, receipt.number, receipt.procedure_code) == ("T01", "TAM.T01-261122-0007", "1.001193")
    assert (receipt.sealed_at, receipt.key_id) == (SEALED, key_id(PUBLIC))
    assert authenticity(TEXT, KEYS) is Authenticity.VALID


def test_it_fits_a_code_that_a_roll_of_80_millimetres_can_carry() -> None:
    assert len(TEXT.encode()) <= 213  # version 10 of a QR code at level M: 57 modules


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_no_letter_can_be_changed(place: int) -> None:
    others = [letter for letter in string.digits + string.ascii_letters + "|-_.+:= " if letter != TEXT[place]]
    assert [letter for letter in others if is_valid(TEXT[:place] + letter + TEXT[place + 1 :])] == []


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_no_letter_can_be_left_out_or_doubled(place: int) -> None:
    assert not is_valid(TEXT[:place] + TEXT[place + 1 :])
    assert not is_valid(TEXT[:place] + TEXT[place] + TEXT[place:])


@given(st.text(max_size=120))
def test_whatever_a_code_says_is_judged_or_refused(text: str) -> None:
    assert not is_valid(text)
    assert not is_valid("TRAMSO2|" + text)


def test_a_changed_number_is_called_altered_and_not_a_receipt_of_nobody() -> None:
    assert authenticity(TEXT.replace("0007", "0008"), KEYS) is Authenticity.ALTERED
    assert authenticity(TEXT[:-1], KEYS) is Authenticity.ALTERED


def test_a_signature_of_another_key_does_not_pass_under_this_ones_name() -> None:
    forged = with_signature(SAID, Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(SAID.encode()))
    assert authenticity(forged, KEYS) is Authenticity.ALTERED


def test_a_key_that_nobody_trusts_is_unknown() -> None:
    assert authenticity(TEXT, {key_id(ANOTHER): ANOTHER}) is Authenticity.UNKNOWN_KEY
    assert authenticity(TEXT, {}) is Authenticity.UNKNOWN_KEY


def test_receipts_of_before_are_unsigned_and_still_read() -> None:
    assert authenticity(OLD, KEYS) is Authenticity.UNSIGNED
    assert parse_receipt(OLD).number == "T01-261122-0007"


def test_any_other_code_is_no_receipt() -> None:
    with pytest.raises(InputError, match=r"code\.not_a_receipt"):
        authenticity("001099000123||Nguyễn Thị Đăng", KEYS)


def test_a_file_of_keys_may_hold_many_and_remarks() -> None:
    file = f"# quầy số 1\n{key_line('T01', PUBLIC)}\n\n{key_line('T02', ANOTHER)}  # quầy số 2\n"
    assert trusted_keys(file) == {key_id(PUBLIC): PUBLIC, key_id(ANOTHER): ANOTHER}


@pytest.mark.parametrize("wrong", ["T01", "T01 ???", "T01 AAAA", f"{key_line('T01', PUBLIC)} more"])
def test_a_wrong_line_of_keys_is_named(wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        trusted_keys(f"{key_line('T01', PUBLIC)}\n{wrong}\n")
    assert (caught.value.code, caught.value.parameters) == ("code.bad_key_file", {"line": 2})
