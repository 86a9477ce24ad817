"""A model's signs and the number that the network has for each."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tools.training.line_reader import traineddata


@dataclass(frozen=True)
class Charset:
    """`codes` of the signs; `null` is the network's number for nothing."""

    codes: dict[str, int]
    null: int

    @classmethod
    def of(cls, components: dict[int, bytes], null: int) -> Charset:
        """Raises `ValueError` where a sign takes more than one number (Chinese, Korean)."""
        names = [line.split(" ")[0] for line in components[traineddata.UNICHARSET].decode().splitlines()[1:]]
        names[0] = " "
        recoder, at = components[traineddata.RECODER], 4
        codes = {}
        for name in names:
            _, length, code = struct.unpack_from("<bii", recoder, at)
            if length != 1:
                raise ValueError("a sign of several numbers")
            at += 9
            if len(name) == 1:  # «Joined» and «Broken» are no signs
                codes[name] = code
        return cls(codes, null)

    def encoded(self, text: str) -> list[int] | None:
        """None where a sign is unknown to the model."""
        codes = [self.codes.get(sign) for sign in text]
        return None if None in codes else [code for code in codes if code is not None]

    def decoded(self, path: list[int]) -> str:
        """The text of the most likely number of each step: repeats are one sign, `null` parts them."""
        signs = {code: sign for sign, code in self.codes.items()}
        kept = [code for at, code in enumerate(path) if at == 0 or code != path[at - 1]]
        return "".join(signs.get(code, "") for code in kept)
