"""A target: a system outside that is told what happened, and the ways in which telling it fails."""

from __future__ import annotations

from typing import Protocol

from provincial_hub.keeping.outgoing_books import Message


class Target(Protocol):
    """Takes one message at a time for each dossier; may get the same one again."""

    @property
    def name(self) -> str: ...

    @property
    def longest(self) -> float:
        """Seconds after which an attempt has ended, one way or the other."""
        ...

    async def hand_over(self, message: Message) -> None:
        """Returns once the target has it for good. Raises `TargetFailedError`, `MessageRefusedError`."""
        ...

    async def close(self) -> None: ...


class TargetFailedError(Exception):
    """The target cannot take anything at the moment; `code` says why, `asked` when it wants to be asked again."""

    def __init__(self, code: str, asked: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.asked = asked


class MessageRefusedError(Exception):
    """The target, or the mapping, cannot take this one message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
