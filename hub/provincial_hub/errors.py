"""Every refusal that the hub makes on purpose: a code of the contract and a message without personal values."""

from __future__ import annotations


class RefusedError(Exception):
    """The request cannot be served. `api/errors.py` gives each code its HTTP status; `retry_after` is in seconds."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.retry_after = retry_after


class SetupError(Exception):
    """The hub cannot start as it is set up; the message tells the operator what to change."""
