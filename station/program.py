"""The counter program: from the key, through both windows, to the last write."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from importlib import metadata

from PySide6.QtWidgets import QApplication

from station import log as logging_setup
from station.app import Station, build
from station.dossier.people import Person
from station.entrance import Entrance
from station.errors import StationError
from station.fallback_words import fallen_back
from station.joins.first_start import Begun
from station.language import Language
from station.paths import DataFolder
from station.scan.devices.driver import Driver
from station.settings import Settings
from station.store import durable
from station.ui.crash_dialog import CrashDialog, CrashReporter, log_bug
from station.ui.look import Look
from station.ui.messages import error_text
from station.ui.refusal import tell
from station.ui.screens import Screens
from station.ui.session import Session
from station.ui.tasks import Tasks

log = logging.getLogger(__name__)

Drive = Callable[[Station, Session, Screens], int]
"""Works the windows in the officer's and the citizen's place, and returns the exit status; a bug raises."""


def run(
    folder: DataFolder,
    settings: Settings | None = None,
    *,
    drivers: Sequence[Driver] | None = None,
    passphrase: str | None = None,
    colleagues: Sequence[Person] = (),
    drive: Drive | None = None,
    beside: Callable[[Session], None] | None = None,
) -> int:
    """Open the counter and stay until its window is closed; the exit status, 1 if it could not be opened.

    Without `settings`, those of the folder count. With `passphrase`, the officer of the settings signs in by it, at a
    station that stands alone; `colleagues` have the same one there. `beside` is begun once there are windows, and
    `drive` works them. What keeps the counter closed is told in a dialog: who starts the program by its icon sees no
    terminal.
    """
    application = _application()
    look = Look(application, folder.appearance)
    language = Language.load()
    tasks = Tasks()
    from_file = settings is None
    try:
        _begin_log(folder)
        settings = settings or Settings.load(folder.settings)
        language = Language.load(settings.language)
        if drive is None:  # else the interpreter tells of bugs: nobody looks at the screen
            CrashReporter(language, folder.logs).install()
        entrance = Entrance(folder, settings, language, tasks)
        begun = entrance.open_with(passphrase, colleagues) if passphrase is not None else entrance.ask()
        if begun is None:
            return 0
        if from_file:
            settings = Settings.load(folder.settings)  # the first start writes the hub's address there
        station = build(folder, settings, begun.keys, language, drivers)
    except StationError as error:
        log.warning("not opened: %s", error)
        return refuse(language, error, headless=drive is not None)
    except Exception as error:  # a bug, before there is a screen to tell it on
        if drive is not None:
            raise
        log_bug(type(error), error.__traceback__)
        CrashDialog(language, type(error).__name__, folder.logs).exec()
        return 1
    try:
        station.start()
        log.info("opened: station %s, version %s", station.settings.station, metadata.version("digital-station"))
        session = Session(station.desk, language, tasks)
        session.failed.connect(_log_what_is_told)
        session.file_failed.connect(lambda _name, error: _log_what_is_told(error))
        _sit_down(station, begun)
        session.locked = not station.desk.officer
        screens = Screens(application, session, 0 if settings.practice else settings.idle_minutes)
        look.answer_to(screens.counter, language)
        screens.show()
        gc.freeze()  # no search for garbage in what stays until the end: no screen moves meanwhile, a fifth of a second
        _tell_troubles(station, session, language)
        if beside is not None:
            beside(session)
        status = drive(station, session, screens) if drive else application.exec()
        screens.counter.close()
        return status
    finally:
        station.close()
        log.info("closed")


def _sit_down(station: Station, begun: Begun) -> None:
    """Who has just opened the keys is not asked again; whatever is against it, the screen says.

    Who carries a security key signs in there, too: nothing would tell them to touch it before there is a window.
    """
    trust = station.desk.trust
    person = trust.attendance.roster.find(begun.person_id)
    if person is not None and not person.credentials:
        try:
            trust.sign_in(begun.person_id, begun.passphrase)
        except StationError as error:
            log.info("not signed in by the passphrase that opened the keys: %s", error.code)


def _tell_troubles(station: Station, session: Session, language: Language) -> None:
    if station.hub_trouble:
        session.failed.emit(station.hub_trouble)
    if station.fallbacks:
        session.failed.emit(fallen_back(station.fallbacks, language))


def _log_what_is_told(error: StationError) -> None:
    """An officer who calls IT staff remembers that something went wrong, seldom which sentence stood there."""
    log.info("told: %s", error.code)


def _begin_log(folder: DataFolder) -> None:
    durable.make_private(folder.root)  # before the log does: nobody else may enter it
    try:
        logging_setup.start(folder.logs)
    except OSError as error:
        raise durable.failure(error) from error


def refuse(language: Language, error: StationError, *, headless: bool) -> int:
    """Say why the counter stays closed, on a screen where there is somebody to see it; the exit status."""
    text = error_text(language, error)
    sys.stderr.write(f"{text}\n")
    if not headless:
        _application()
        tell(language, text)
    return 1


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    return application
