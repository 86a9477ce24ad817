"""The kinds of paper (loại giấy tờ): what they are called and what can be read from each; `resources/papers` has them.

Nothing in the program lists the kinds: whoever needs them is handed the `PaperKinds` that were loaded at the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

OTHER = "other"
"""The kind of a paper that nobody has described."""

PERSON_KEYS = (
    "full_name",
    "birth_date",
    "sex",
    "id_number",
    "ethnicity",
    "nationality",
    "residence",
    "phone",
)
"""What can be known about the person at the counter."""

KEYS_OF_OTHER = ("title", "number", "issuer", "issue_date")
"""What can be written down from a paper that nobody has described."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """What an officer looks at when a paper of a kind is received (tiếp nhận), apart from what it says.

    It holds until the day under the key `valid_until`, or `valid_months` from the day under `valid_from`, by the law
    that `valid_by` names. `signed` is the key of the name under its signature. `about` are the key prefixes of those
    whose paper it is («subject.», «wife.»); empty where it may be about anybody. `near` are the kinds that people
    bring instead.
    """

    valid_until: str = ""
    valid_from: str = ""
    valid_months: int = 0
    valid_by: str = ""
    signed: str = ""
    about: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


ANY = Receiving()


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind: its names by language, its field keys in printing order, and names for those that no other kind has."""

    kind: str
    names: Mapping[str, str]
    keys: tuple[str, ...]
    key_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    receiving: Receiving = ANY


@dataclass(frozen=True, slots=True)
class PaperKinds:
    """Every kind that this station knows."""

    kinds: tuple[PaperKind, ...]

    def __contains__(self, kind: object) -> bool:
        return any(known.kind == kind for known in self.kinds)

    def __iter__(self) -> Iterator[str]:
        return (known.kind for known in self.kinds)

    def keys_of(self, kind: str) -> Sequence[str]:
        """Every field key of a kind as it is printed; of a table the first row's, `members[0].full_name`."""
        return next((known.keys for known in self.kinds if known.kind == kind and known.keys), KEYS_OF_OTHER)

    def receiving(self, kind: str | None) -> Receiving:
        """What to look at when a paper of this kind is received; nothing at all for an unknown one."""
        return next((known.receiving for known in self.kinds if known.kind == kind), ANY)

    def sentences(self, language: str) -> dict[str, str]:
        """The names in one language, keyed as the screens ask for them: `kind.<kind>` and `field.<key>`."""
        named = {f"kind.{known.kind}": known.names.get(language, known.kind) for known in self.kinds}
        for known in self.kinds:
            for key, names in known.key_names.items():
                if language in names:
                    named[f"field.{key}"] = names[language]
        return named


NO_KINDS = PaperKinds(())
"""Knows no kind: nothing is to be looked at when a paper is received."""
