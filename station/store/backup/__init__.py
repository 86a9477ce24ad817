"""Backups: a folder on another disk that the store can be brought back from, night by night (0093, 0094)."""
