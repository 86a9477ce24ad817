"""`station verify`: whether a receipt is genuine, without a network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from station.commands.folder import folder


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    verifying = commands.add_parser("verify", help="whether a receipt is genuine, without a network (docs/forms)")
    verifying.add_argument("receipts", nargs="*", metavar="QRTEXT|IMAGE|PDF", help="the code's text, or a file with it")
    verifying.add_argument("--keys", type=Path, metavar="FILE", help="public keys to trust, instead of this station's")
    verifying.add_argument("--export-key", action="store_true", help="print this station's public key, for others")
    verifying.set_defaults(command=_verify, refuse=verifying.error)


def _verify(told: argparse.Namespace) -> int:
    from station.verify_receipt import key_file_text, verify_receipt

    keys = told.keys or folder(told).receipt_keys
    if told.export_key:
        sys.stdout.write(key_file_text(keys))
        return 0
    if not told.receipts:
        told.refuse("QRTEXT|IMAGE|PDF, or --export-key")
    return verify_receipt(told.receipts, keys, sys.stdout)
