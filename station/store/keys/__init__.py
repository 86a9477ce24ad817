"""The station's keys: one random data key, kept only in wrapped slots in `keys.json`, and what comes from it."""

from station.store.keys.derived import Keys, Secrets
from station.store.keys.ring import KeyRing

__all__ = ["KeyRing", "Keys", "Secrets"]
