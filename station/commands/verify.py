"""`station verify`: whether a receipt or an exported audit trail is genuine, without a network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from station.commands.folder import add_data, folder


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    verifying = commands.add_parser(
        "verify", help="whether a receipt or an audit trail is genuine, without a network (docs/forms)"
    )
    verifying.add_argument(
        "given", nargs="*", metavar="QRTEXT|IMAGE|PDF|TRAIL", help="the code's text, a file with it, or a trail"
    )
    add_data(verifying)
    verifying.add_argument("--keys", type=Path, metavar="FILE", help="public keys to trust, instead of this station's")
    verifying.add_argument("--export-key", action="store_true", help="print this station's public key, for others")
    verifying.add_argument(
        "--head", action="append", default=[], metavar="CODE|PDF", help="a trail's head, as a closing sheet shows it"
    )
    verifying.add_argument("--heads", type=Path, metavar="FILE", help="a trail's heads: provincial-hub heads")
    verifying.set_defaults(command=_verify, refuse=verifying.error)


def _verify(told: argparse.Namespace) -> int:
    from station.verify_receipt import key_file_text, verify_receipt
    from station.verify_trail import is_trail_file, verify_trail

    keys = told.keys or folder(told).receipt_keys
    if told.export_key:
        sys.stdout.write(key_file_text(keys))
        return 0
    if not told.given:
        told.refuse("QRTEXT|IMAGE|PDF|TRAIL, or --export-key")
    trails = [one for one in told.given if is_trail_file(one)]
    receipts = [one for one in told.given if one not in trails]
    worst = verify_receipt(receipts, keys, sys.stdout) if receipts else 0
    for one in trails:
        worst = max(worst, verify_trail(Path(one), told.head, told.heads, told.keys, sys.stdout))
    return worst
