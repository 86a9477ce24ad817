"""Run inside a D-Bus session, with or without an unlocked GNOME keyring: makes keys, or opens them, by it alone.

python keyring_session.py create|open|rotate|chosen KEYS_FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

import keyring

from station.errors import StoreError
from station.store.keys import KeyRing, rotation

deed, place = sys.argv[1], Path(sys.argv[2])
try:
    if deed == "chosen":
        print(type(keyring.get_keyring()).__name__)
    elif deed == "create":
        print(KeyRing.create(place).database.hex()[:16])
    elif deed == "rotate":
        keys = KeyRing.open(place)
        rotation.begin(place, keys)
        following = rotation.following(place, keys)
        assert following is not None
        rotation.finish(place, keys, following)
        print(following.database.hex()[:16])
    else:
        print(KeyRing.open(place).database.hex()[:16])
except StoreError as error:
    print(error.code)
