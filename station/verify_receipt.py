"""`station verify`: whether a receipt is a station's word, from its code, a picture or a file, without the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from station.clock import VIETNAM
from station.dossier.receipt_keys import Authenticity, authenticity, trusted_keys
from station.dossier.receipt_payload import is_ours, parse_receipt
from station.errors import InputError
from station.language import Language
from station.read_files import pages_in
from station.scan.codes.code_reader import codes_apart

EXIT = {Authenticity.VALID: 0, Authenticity.ALTERED: 3, Authenticity.UNKNOWN_KEY: 4, Authenticity.UNSIGNED: 5}
"""Exit statuses; 1 is a receipt that could not be judged, and 2 a mistyped command."""


def verify_receipt(given: Sequence[str], keys: Path, out: TextIO) -> int:
    """Tell of each text, picture or PDF what its receipts are worth; the worst of them is the exit status.

    Raises `InputError`: `code.no_receipt` where there is none, `code.no_key_file`, `code.bad_key_file`, `file.*`.
    """
    language, trusted = Language.load(), read_keys(keys)
    worst = 0
    for one in given:
        for text in _receipts(one):
            found = authenticity(text, trusted)
            out.write(f"{language(f'verify.{found.value}')}\n")
            if found is not Authenticity.ALTERED:
                _tell(text, language, out)
            worst = max(worst, EXIT[found])
    return worst


def read_keys(file: Path) -> dict[str, bytes]:
    """The public keys that are trusted. Raises `InputError`: `code.no_key_file`, `code.bad_key_file`."""
    return trusted_keys(key_file_text(file))


def key_file_text(file: Path) -> str:
    """A file of public keys as it stands. Raises `InputError("code.no_key_file")`."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("code.no_key_file", file=file.name) from error


def _receipts(given: str) -> Iterator[str]:
    """The texts of the receipts that an argument is, or that the named file shows; each once."""
    if is_ours(given):
        yield given
        return
    found: dict[str, None] = {}
    for page in pages_in(Path(given)):
        found.update(dict.fromkeys(text for text in codes_apart(page) if is_ours(text)))
    if not found:
        raise InputError("code.no_receipt", file=Path(given).name)
    yield from found


def _tell(text: str, language: Language, out: TextIO) -> None:
    receipt = parse_receipt(text)
    sealed = receipt.sealed_at.astimezone(VIETNAM)
    for key, value in (
        ("number", receipt.number),
        ("procedure", receipt.procedure_code),
        ("sealed_at", f"{sealed:%H:%M %d/%m/%Y}"),
        ("station", receipt.station),
        ("key", receipt.key_id),
    ):
        if value:
            out.write(f"  {language(f'verify.{key}')}: {value}\n")
    out.write(f"  {language('verify.compare')}\n")
