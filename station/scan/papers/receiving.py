"""The `[receiving]` table of a description: how long a paper holds, whose it is, and what is brought instead."""

from __future__ import annotations

from collections.abc import Collection

from station.dossier.kinds import Receiving
from station.strict_toml import Table

SIGNED = "signed_by"
"""The key of the name under a signature, wherever a kind has one."""


def read_receiving(table: Table, keys: Collection[str], kinds: Collection[str]) -> Receiving:
    """The table, every name in it checked against the `keys` of the kind and the `kinds` that there are."""
    rules = Receiving(
        valid_until=_key(table, "valid_until", keys),
        valid_from=_key(table, "valid_from", keys),
        valid_months=table.count("valid_months", 0),
        valid_by=table.text("valid_by", ""),
        signed=SIGNED if SIGNED in keys else "",
        about=table.texts("about", ()),
        near=table.texts("near", ()),
    )
    if bool(rules.valid_from) is not bool(rules.valid_months):
        known = "valid_from" if rules.valid_from else "valid_months"
        lacking = "valid_months" if rules.valid_from else "valid_from"
        table.refuse(known, "resource.missing_key", remedy=f"{lacking} = …")
    for number, prefix in enumerate(rules.about, 1):
        if not any(key.startswith(prefix) for key in keys):
            table.refuse(f"about[{number}]", "resource.bad_value", remedy=_listed(_prefixes(keys)))
    for number, kind in enumerate(rules.near, 1):
        if kind not in kinds:
            table.refuse(f"near[{number}]", "resource.unknown_kind", kind=kind)
    table.end()
    return rules


def _key(table: Table, name: str, keys: Collection[str]) -> str:
    key = table.text(name, "")
    if key and key not in keys:
        table.refuse(name, "resource.bad_value", remedy=_listed(keys))
    return key


def _prefixes(keys: Collection[str]) -> Collection[str]:
    return dict.fromkeys(f"{key.rpartition('.')[0]}." for key in keys if "." in key)


def _listed(words: Collection[str]) -> str:
    return ", ".join(words)
