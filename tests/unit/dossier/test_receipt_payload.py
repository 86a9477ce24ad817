"""The QR of our own receipts is read back as it was written."""

from datetime import datetime

import pytest

from station.dossier.reading import Source
from station.dossier.receipt_payload import parse_receipt
from station.errors import InputError

DIGEST = "0123456789abcdef0123456789abcdef"
TEXT = f"TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|{DIGEST}"


def test_number_procedure_moment_and_digest_come_back() -> None:
    receipt = parse_receipt(TEXT + "\r\n")
    assert (receipt.number, receipt.procedure_code, receipt.digest) == ("T01-261122-0007", "1.001193", DIGEST)
    assert receipt.sealed_at == datetime.fromisoformat("2026-11-22T09:14:05+07:00")


def test_its_fields_are_the_number_and_the_day() -> None:
    fields = {field.key: field for field in parse_receipt(TEXT).fields()}
    assert {key: field.value for key, field in fields.items()} == {
        "number": "T01-261122-0007",
        "issue_date": "2026-11-22",
    }
    assert {field.source for field in fields.values()} == {Source.QR}


@pytest.mark.parametrize(
    "text", ["", "TRAMSO1", TEXT.replace("TRAMSO1", "TRAMSO3"), TEXT.replace("T09", "T29"), TEXT[:-1], TEXT + "|"]
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_receipt(text)
    assert caught.value.code == "code.not_a_receipt"
