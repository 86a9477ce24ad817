"""VietQR, letter for letter as banks read it."""

from __future__ import annotations

import pytest

from station.dossier.vietqr import LONGEST_PURPOSE, BankAccount, crc16, plain_purpose, purpose_of, vietqr

ACCOUNT = BankAccount("970436", "0000000000", "UBND XÃ MẪU")
SAMPLE = (
    "00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA5303704540480005802VN"
    "62270823H01.151-261008-0975 PHI630429E7"
)


def test_the_sample_is_made_exactly() -> None:
    assert vietqr(ACCOUNT, 8000, "H01.151-261008-0975 PHI") == SAMPLE


def test_the_check_value_of_the_crc() -> None:
    assert crc16(b"123456789") == 0x29B1
    assert crc16(SAMPLE[:-4].encode()) == int(SAMPLE[-4:], 16)


@pytest.mark.parametrize("place", range(0, len(SAMPLE) - 4, 7))
def test_one_changed_letter_changes_the_crc(place: int) -> None:
    other = "9" if SAMPLE[place] != "9" else "8"
    assert crc16((SAMPLE[:place] + other + SAMPLE[place + 1 : -4]).encode()) != int(SAMPLE[-4:], 16)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lệ phí hồ sơ Đường", "Le phi ho so Duong"),
        ("Lệ phí", "Le phi"),
        ("a|b;c\n–d", "a b c d"),
        ("x" * 40, "x" * LONGEST_PURPOSE),
        ("ĐẶNG", "DANG"),
    ],
)
def test_a_purpose_is_plain_and_short(text: str, plain: str) -> None:
    assert plain_purpose(text) == plain
    assert f"08{len(plain):02d}{plain}" in vietqr(ACCOUNT, 1, text)


def test_the_purpose_names_the_dossier_and_nobody() -> None:
    made = purpose_of("3f2a9c1b00000000000000000000abcd", "2.000815")
    assert made == "HS 3F2A9C1B 2.000815"
    assert len(made) <= LONGEST_PURPOSE
    assert plain_purpose(made) == made


@pytest.mark.parametrize(("bank", "number"), [("97043", "1"), ("97043A", "1"), ("970436", ""), ("970436", "1" * 20)])
def test_no_qr_leads_to_an_account_that_cannot_be(bank: str, number: str) -> None:
    with pytest.raises(ValueError, match="account"):
        BankAccount(bank, number, "")


@pytest.mark.parametrize("amount", [0, -1])
def test_nobody_is_asked_to_transfer_nothing(amount: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        vietqr(ACCOUNT, amount, "PHI")
