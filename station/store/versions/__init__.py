"""The statements of each version of the database, as they were released: never edited, only added to."""

from station.store.versions import (
    v1_dossiers,
    v2_belonging,
    v3_gate,
    v4_counter,
    v5_custody,
    v6_province,
    v7_access,
)

VERSIONS: tuple[tuple[str, ...], ...] = tuple(
    version.STATEMENTS
    for version in (v1_dossiers, v2_belonging, v3_gate, v4_counter, v5_custody, v6_province, v7_access)
)
