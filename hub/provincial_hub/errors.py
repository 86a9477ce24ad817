"""Every refusal that the hub makes on purpose: a code of the contract and a message without personal values."""

from __future__ import annotations


class RefusedError(Exception):
    """The request cannot be served. `api/errors.py` gives each code its HTTP status."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class SetupError(Exception):
    """The hub cannot start as it is set up; the message tells the operator what to change."""
