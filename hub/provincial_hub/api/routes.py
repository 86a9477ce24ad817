"""Every path that a station may ask for (contract/v1/openapi.yaml), in one list."""

from __future__ import annotations

from provincial_hub.api import (
    changes,
    enrolments,
    events,
    health,
    keys,
    pages,
    previews,
    procedures,
    reports,
    roster,
    standing,
)

FOR_STATIONS = (events, pages, previews, enrolments, keys, roster, changes, procedures, reports, standing, health)
