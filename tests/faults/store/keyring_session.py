"""Run inside a D-Bus session with an unlocked GNOME keyring: makes keys, or opens them, by the keyring alone.

python keyring_session.py create|open KEYS_FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from station.errors import StoreError
from station.store.keys import KeyRing

deed, place = sys.argv[1:]
try:
    keys = KeyRing.create(Path(place)) if deed == "create" else KeyRing.open(Path(place))
    print(keys.database.hex()[:16])
except StoreError as error:
    print(error.code)
