"""Whether a text can be an official code of a dossier (mã hồ sơ; Circular 03/2025/TT-VPCP, articles 12 and 13)."""

from __future__ import annotations

import re
from datetime import datetime

# The unit's identifier, the day, the number: four digits, or more where a ministry's or the national system numbers.
_CODE = re.compile(r"[A-Z0-9]{3}(?:\.[A-Z0-9]{2,3}){1,4}-([0-9]{6})-[0-9]{4,8}")


def is_official_code(text: str) -> bool:
    """Whether it is written like one, with a day that the calendar has."""
    written = _CODE.fullmatch(text)
    if written is None:
        return False
    try:
        datetime.strptime(written[1], "%y%m%d")  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return False
    return True
