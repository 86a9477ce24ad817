"""How the store is opened before there is a window: by the machine, by a passphrase, or for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog

from station.app import open_keys
from station.clock import SystemClock
from station.dossier.people import Person, Role
from station.errors import StoreError
from station.joins.first_start import Begun, FirstStart, Typed, open_with, people_who_open
from station.joins.trust import bring_people_forward, person_id, trust_desk
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from station.store.store import Store
from station.ui.first_start import FirstStartDialog
from station.ui.tasks import Tasks
from station.ui.unlock import UnlockDialog


class Entrance:
    def __init__(self, folder: DataFolder, settings: Settings, language: Language, tasks: Tasks) -> None:
        self._folder, self._settings, self._language, self._tasks = folder, settings, language, tasks

    def open_with(self, passphrase: str, colleagues: Sequence[Person] = ()) -> Begun:
        """The officer of the settings signs in; a station that is new stands alone. Nobody is asked."""
        officer = Person(person_id(self._settings.officer), self._settings.officer_name, frozenset(Role))
        keys = open_keys(self._folder, passphrase, officer.id)
        if not self._is_enrolled(keys):
            people = [(one, passphrase) for one in (officer, *colleagues)]
            return FirstStart(self._folder, self._settings, keys).stand_alone(people)
        return Begun(keys, officer.id, passphrase)

    def ask(self) -> Begun | None:
        """The keys, and who opened them; nobody where the machine did. None if the person gave up."""
        begun = self._open()
        if begun is not None and self._is_enrolled(begun.keys):
            return begun
        if begun is None and self._exists():
            return None
        first = FirstStart(self._folder, self._settings, begun.keys if begun else None)
        dialog = FirstStartDialog(self._language, self._tasks, first, self._settings.hub_url)
        try:
            return dialog.begun if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            first.abandon()

    def _open(self) -> Begun | None:
        """None where there is nothing to be opened yet, or the person gave up."""
        if not self._exists():
            return None
        try:
            return Begun(open_keys(self._folder), "", "")
        except StoreError as error:
            if error.code != "keys.locked":
                raise
        folder = self._folder

        def opens(who: str, passphrase: str) -> Begun:
            return Begun(open_with(folder, Typed(who, passphrase)), who, passphrase)

        dialog = UnlockDialog(self._language, self._tasks, opens, people_who_open(folder))
        return dialog.opened if dialog.exec() == QDialog.DialogCode.Accepted else None

    def _exists(self) -> bool:
        return self._folder.keys.exists() or self._folder.database.exists()

    def _is_enrolled(self, keys: Keys) -> bool:
        with Store.open(self._folder, keys) as store:
            trust = trust_desk(self._folder, keys, store, SystemClock())
            bring_people_forward(trust, store, self._settings)
            return trust.attendance.enrolled
