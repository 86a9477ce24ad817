#!/usr/bin/env python3
"""Checks an exported audit trail of a digital station, without the station's program.

    python3 verify_trail.py TRAIL.jsonl [--head CODE]... [--heads FILE] [--key ID]

Needs Python 3.10 and the package `cryptography`. Format (contract/v1/station.md): each line's `hash` is SHA-256 of the
JSON list [hash before, seq, deed, by, at, dossier_id, detail]; a head is `TSN1|seq|hash|at|public key|signature`, with
an Ed25519 signature over what stands before its last `|`.

--head CODE    the short code of a closing sheet (1234:9f3a…, 20 letters and digits) or the whole text of its QR
--heads FILE   heads that the province's hub kept, one a line (provincial-hub heads)
--key ID       the 16 digits of the key that the hub knows for this station
Exit status: 0 well, 1 wrong, 2 no trail. Without a head from elsewhere it cannot be seen that all was written anew.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PARTS = ("seq", "deed", "by", "at", "dossier_id", "detail")


def line_hash(before: str, line: dict[str, Any]) -> str:
    said = json.dumps([before, *(line[part] for part in PARTS)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Check:
    def __init__(self, key: str | None) -> None:
        self.key = key
        self.faults: list[str] = []
        self.hashes = {0: "0" * 64}  # by the number of the line
        self.signed_to = 0

    def line(self, line: dict[str, Any]) -> None:
        number = len(self.hashes)
        if line["seq"] != number:
            self.faults.append(f"line {number}: here stands number {line['seq']}: a line is missing, added or moved")
        elif line["hash"] != line_hash(self.hashes[number - 1], line):
            self.faults.append(f"line {number}: this is not the line that was written")
        self.hashes[number] = line["hash"]

    def signed_head(self, text: str, where: str) -> int:
        mark, seq, digest, _at, key, signature = text.strip().split("|")
        if mark != "TSN1":
            raise ValueError(text)
        key_id = hashlib.sha256(decoded(key)).hexdigest()[:16]
        self.key = self.key or key_id
        if key_id != self.key:
            self.faults.append(f"{where}: head {seq} is signed by the key {key_id}, not by {self.key}")
        try:
            said = text.strip().rpartition("|")[0].encode("utf-8")
            Ed25519PublicKey.from_public_bytes(decoded(key)).verify(decoded(signature), said)
        except InvalidSignature:
            self.faults.append(f"{where}: the signature of head {seq} is wrong")
        self.compare(int(seq), digest, where)
        return int(seq)

    def compare(self, seq: int, start: str, where: str) -> None:
        if seq not in self.hashes:
            self.faults.append(f"{where}: there were {seq} lines, here are {len(self.hashes) - 1}: the end is cut off")
        elif not self.hashes[seq].startswith(start):
            self.faults.append(f"{where}: line {seq} was another one: the trail was written anew")


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an exported audit trail of a digital station.")
    parser.add_argument("trail")
    parser.add_argument("--head", action="append", default=[], metavar="CODE")
    parser.add_argument("--heads", metavar="FILE")
    parser.add_argument("--key", metavar="ID")
    told = parser.parse_args()
    check, heads = Check(told.key), list(told.head)
    try:
        if told.heads:
            with Path(told.heads).open(encoding="utf-8") as file:
                heads += [line for line in file if line.strip()]
        with Path(told.trail).open(encoding="utf-8") as file:
            if json.loads(next(file, "{}")).get("trail") != "1":
                raise ValueError("the file is empty, or it is not the exported trail of a station")
            for number, text in enumerate(file, 2):
                record = json.loads(text)
                if "head" in record:
                    check.signed_to = check.signed_head(record["head"], f"row {number} of the file")
                else:
                    check.line(record)
        for head in heads:
            if "|" in head:
                check.signed_head(head, "a head from elsewhere")
            else:
                seq, _, start = "".join(head.lower().split()).replace("-", ":").partition(":")
                if len(start) < 20:
                    raise ValueError("a code has 20 letters and digits after the colon")
                check.compare(int(seq), start, "a head from elsewhere")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"This cannot be checked: {error} ({type(error).__name__})", file=sys.stderr)
        return 2
    lines = len(check.hashes) - 1
    if check.signed_to != lines:
        check.faults.append(f"line {lines}: the file does not end with a signed head: its end may be missing")
    for fault in check.faults:
        print(f"WRONG  {fault}")
    print(f"{lines} lines, signed by the key {check.key}, held against {len(heads)} heads from elsewhere: ", end="")
    print("NOT as it was written" if check.faults else "as it was written")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
