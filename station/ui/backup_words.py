"""How the backups stand, in words, for the panel and the status line."""

from __future__ import annotations

from datetime import datetime, timedelta

from station.dossier.backup_state import BackupState
from station.language import Language


def age_words(state: BackupState, now: datetime, language: Language) -> str:
    """«3 giờ trước»; «chưa có bản nào» where there never was one."""
    age = state.age(now)
    if age is None:
        return language("backup.age.never")
    if age < timedelta(minutes=2):
        return language("backup.age.now")
    if age < timedelta(hours=1):
        return language("backup.age.minutes", count=int(age / timedelta(minutes=1)))
    if age < timedelta(days=1):
        return language("backup.age.hours", count=int(age / timedelta(hours=1)))
    return language("backup.age.days", count=age.days)


def verdict_words(state: BackupState, now: datetime, language: Language) -> str:
    """The first thing that whoever answers for this station wants to know."""
    if not state.folder:
        return language("backup.nowhere")
    if state.last_good is None:
        return language("backup.never")
    return language("backup.last", age=age_words(state, now, language), time=f"{state.last_good:%d/%m/%Y %H:%M}")
