"""The counter program: from the key, through both windows, to the last write."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from importlib import metadata

from PySide6.QtWidgets import QApplication, QDialog

from station import log as logging_setup
from station.app import Station, build, open_keys
from station.errors import StationError, StoreError
from station.fallback_words import fallen_back
from station.language import Language
from station.paths import DataFolder
from station.scan.devices.driver import Driver
from station.settings import Settings
from station.store import durable
from station.store.keys import KeyRing, Keys
from station.ui.counter.lock import Unlock
from station.ui.crash_dialog import CrashDialog, CrashReporter, log_bug
from station.ui.look import Look
from station.ui.messages import error_text
from station.ui.refusal import tell
from station.ui.screens import Screens
from station.ui.session import Session
from station.ui.tasks import Tasks
from station.ui.unlock import UnlockDialog

log = logging.getLogger(__name__)

Drive = Callable[[Station, Session, Screens], int]
"""Works the windows in the officer's and the citizen's place, and returns the exit status."""


def run(
    folder: DataFolder,
    settings: Settings | None = None,
    *,
    drivers: Sequence[Driver] | None = None,
    passphrase: str | None = None,
    drive: Drive | None = None,
) -> int:
    """Open the counter and stay until its window is closed; the exit status, 1 if it could not be opened.

    Without `settings`, those of the folder count. What keeps the counter closed is told in a dialog: who starts the
    program by its icon sees no terminal.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    look = Look(application, folder.appearance)
    language = Language.load()
    tasks = Tasks()
    try:
        _begin_log(folder)
        settings = settings or Settings.load(folder.settings)
        language = Language.load(settings.language)
        CrashReporter(language, folder.logs).install()
        keys = _keys(folder, passphrase, language, tasks)
        if keys is None:
            return 0
        station = build(folder, settings, keys, language, drivers)
    except StationError as error:
        log.warning("not opened: %s", error)
        _refuse(language, error, headless=drive is not None)
        return 1
    except Exception as error:  # a bug, before there is a screen to tell it on
        log_bug(type(error), error.__traceback__)
        if drive is None:
            CrashDialog(language, type(error).__name__, folder.logs).exec()
        return 1
    try:
        station.start()
        log.info("opened: station %s, version %s", settings.station, metadata.version("digital-station"))
        session = Session(station.desk, language, tasks)
        session.failed.connect(_log_what_is_told)
        session.file_failed.connect(lambda _name, error: _log_what_is_told(error))
        screens = Screens(application, session, _unlock(folder))
        look.answer_to(screens.counter, language)
        screens.show()
        if station.hub_trouble:
            session.failed.emit(station.hub_trouble)
        if station.fallbacks:
            session.failed.emit(fallen_back(station.fallbacks, language))
        status = drive(station, session, screens) if drive else application.exec()
        screens.counter.close()
        return status
    finally:
        station.close()
        log.info("closed")


def _log_what_is_told(error: StationError) -> None:
    """An officer who calls IT staff remembers that something went wrong, seldom which sentence stood there."""
    log.info("told: %s", error.code)


def _begin_log(folder: DataFolder) -> None:
    durable.make_private(folder.root)  # before the log does: nobody else may enter it
    try:
        logging_setup.start(folder.logs)
    except OSError as error:
        raise durable.failure(error) from error


def _keys(folder: DataFolder, passphrase: str | None, language: Language, tasks: Tasks) -> Keys | None:
    """The keys, by the operating system's keyring or by the passphrase; None if the person gave up."""
    try:
        return open_keys(folder, passphrase)
    except StoreError as error:
        if error.code not in ("keys.locked", "keys.no_slot") or passphrase is not None:
            raise
        create = error.code == "keys.no_slot"
    dialog = UnlockDialog(
        language,
        tasks,
        lambda typed: KeyRing.create(folder.keys, typed) if create else KeyRing.open(folder.keys, typed),
        create=create,
    )
    return dialog.opened if dialog.exec() == QDialog.DialogCode.Accepted else None


def _unlock(folder: DataFolder) -> Unlock | None:
    """How the locked screen is opened again: by the passphrase where the station has one."""
    if not KeyRing.has_passphrase(folder.keys):
        return None

    def opens(typed: str) -> bool:
        try:
            KeyRing.open(folder.keys, typed)
        except StoreError as error:
            if error.code != "keys.wrong_passphrase":
                raise
            return False
        return True

    return opens


def _refuse(language: Language, error: StationError, *, headless: bool) -> None:
    text = error_text(language, error)
    sys.stderr.write(f"{text}\n")
    if not headless:
        tell(language, text)
