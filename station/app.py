"""The one place where all parts of the station are built and joined."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from station import paths
from station.actions.add_page import AddPage
from station.actions.assign_kind import AssignKind
from station.actions.back_up import BackUp
from station.actions.change import Change
from station.actions.check_field import CheckField
from station.actions.check_store import CheckStore
from station.actions.checklist_desk import ChecklistDesk
from station.actions.choose_case import ChooseCase
from station.actions.close_shift import CloseShift
from station.actions.confirm_by_citizen import ConfirmByCitizen
from station.actions.correct_field import CorrectField
from station.actions.courier_desk import CourierDesk
from station.actions.desk import Desk
from station.actions.discard_dossier import DiscardDossier
from station.actions.erase_dossiers import RetentionDays
from station.actions.feedings import Feedings
from station.actions.forgetting_desk import ForgettingDesk
from station.actions.forms_desk import FormsDesk
from station.actions.guard_work import GuardWork
from station.actions.history import History
from station.actions.hub_desk import HubDesk
from station.actions.identify_person import IdentifyPerson
from station.actions.join_pages import JoinPages
from station.actions.judge_page import JudgePage
from station.actions.keep_page import KeepPage
from station.actions.make_receipt import MakeReceipt, Office
from station.actions.note_paper import NotePaper
from station.actions.offer_values import OfferValues
from station.actions.open_dossier import OpenDossier
from station.actions.outline_page import OutlinePage
from station.actions.queue_desk import QueueDesk
from station.actions.read_page import ReadPage
from station.actions.rejoin_image import RejoinImage
from station.actions.remove_blank_pages import RemoveBlankPages
from station.actions.remove_page import RemovePage
from station.actions.replace_page import ReplacePage
from station.actions.reread_page import RereadPage
from station.actions.reuse_desk import ReuseDesk
from station.actions.scan_pages import ScanPages
from station.actions.seal_dossier import SealDossier
from station.actions.see_dossiers import SeeDossiers
from station.actions.service_desk import CitizenScreen, ServiceDesk
from station.actions.split_paper import SplitPaper
from station.catalogue.calendar import load_calendar
from station.catalogue.editable import EditableResources, Fallback
from station.catalogue.known_versions import KnownVersions
from station.catalogue.packs import Files, Packs
from station.catalogue.procedures import Procedures
from station.clock import SystemClock
from station.dossier.capture import Device
from station.dossier.vietqr import BankAccount
from station.errors import HubError, StationError, StoreError
from station.forms.folder import load_forms
from station.forms.forms import Forms
from station.gazetteer import load_gazetteer
from station.joins.contract import keep_to_the_contract
from station.joins.courier import StickCourier
from station.joins.hub_line import hub_line
from station.joins.line_choice import LineChoice
from station.joins.trust import as_enrolled, bring_people_forward, trust_desk
from station.language import Language
from station.paths import DataFolder
from station.scan.devices.camera import Camera
from station.scan.devices.driver import Driver
from station.scan.devices.folder import Folder
from station.scan.devices.sane import Sane
from station.scan.devices.sources import Sources
from station.scan.papers.folder import load_papers
from station.scan.workers import ReadingWorkers
from station.settings import Settings
from station.store import durable
from station.store.backup.nightly import NightlyBackup, Plan
from station.store.keys import KeyRing, Keys
from station.store.keys import database_rotation as rotation
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from station.sync.connection import Connection
from station.sync.hub_clock import HubClock
from station.sync.thread import SyncThread
from station.ui.checklist_words import words_of_slip
from station.ui.ledger_words import words_of_balance
from station.ui.my_data_words import words_of_my_data

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Station:
    """A running station without its screens. `close` ends every process and thread, and lets go of the store."""

    desk: Desk
    store: Store
    workers: ReadingWorkers
    sync: SyncThread | None
    backups: NightlyBackup
    settings: Settings
    hub_trouble: HubError | None = None
    """Why nothing can be sent as this station is set up; the counter is open all the same."""
    fallbacks: tuple[Fallback, ...] = ()
    """Edited resources with a mistake in them; what is used instead."""

    def start(self) -> None:
        """Clear away what a cut left half done, and begin to tell the hub; before this, nothing is sent."""
        try:
            self.store.sweep_pages()
        except StoreError as error:  # an orphan that stays costs some space, not the day
            log.warning("orphans stay: %s", error.code)
        self._forget()
        if self.sync is not None:
            self.store.dossiers.on_commit(self.sync.wake)
            self.sync.start()
        self.backups.start()

    def _forget(self) -> None:
        try:
            self.desk.forgetting.erase.finish()
            if self.settings.erasing == "automatic":
                self.desk.forgetting.erase.automatically()
        except StationError as error:  # tried again at the next start
            log.warning("not everything that is due was erased: %s", error.code)

    def close(self) -> None:
        self.backups.stop()
        if self.sync is not None:
            self.sync.stop()
        self.workers.close()
        self.store.close()


def open_keys(folder: DataFolder, passphrase: str | None = None, officer_id: str = "") -> Keys:
    """The keys of this station; made at the first start. Raises `StoreError` with a `keys.*` code.

    `keys.no_slot` at a first start without a passphrase: a copy of a folder that only this user's keyring opens would
    be worth nothing on the day it is needed.
    """
    if folder.keys.exists() or folder.database.exists():
        return rotation.present(folder, KeyRing.open(folder.keys, passphrase))
    if passphrase is None:
        raise StoreError("keys.no_slot")
    return KeyRing.create(folder.keys, passphrase, officer_id=officer_id)


def build(
    folder: DataFolder, settings: Settings, keys: Keys, language: Language, drivers: Sequence[Driver] | None = None
) -> Station:
    """Join the real parts. `drivers` replaces the devices of this machine (the practice tray)."""
    clock = SystemClock()
    kinds = load_papers(paths.resources() / "papers").kinds
    durable.make_folder(folder.last_good)
    sent = Packs(folder.sent, durable.write).files
    editable = EditableResources(paths.resources(), folder.resources, folder.last_good, durable.write, clock.now, sent)
    versions = KnownVersions(folder.last_good / "procedure_versions.json", durable.write)
    older = versions.texts()

    def load_procedures(place: Path) -> Procedures:
        return Procedures(place, kinds, older=older)

    def check_pack(pack: Files) -> None:
        editable.check("procedures", load_procedures, pack.get("procedures", {}))
        editable.check("calendar", load_calendar, pack.get("calendar", {}))
        editable.check("forms", load_forms, pack.get("forms", {}))

    procedures = editable.load("procedures", load_procedures)
    versions.remember(procedures.texts)
    calendar = editable.load("calendar", load_calendar)
    forms = Forms(paths.resources() / "fonts", editable.load("forms", load_forms))
    sync, hub_trouble, hub_clock = None, None, HubClock(clock.now)
    store = Store.open(folder, keys)
    try:
        trust = trust_desk(folder, keys, store, clock)
        bring_people_forward(trust, store, settings)
        settings = as_enrolled(settings, store.people.kept())
        signer = ReceiptSigner(store.secrets, settings.station)
        signer.publish(folder.receipt_keys)
        workers = ReadingWorkers(paths.resources() / "models", settings.text_engine)
        try:
            if settings.hub_url:
                sync = hub_line(store, trust, folder, settings, clock, workers, check_pack, hub_clock)
        except HubError as error:  # the citizen at the counter is served without a hub
            log.warning("nothing will be sent: %s", error.code)
            hub_trouble = error
    except BaseException:
        store.close()
        raise
    dossiers, pages = store.dossiers, store.pages
    keep_to_the_contract(dossiers, paths.resources() / "contract")
    history = History()
    change = Change(dossiers, clock, history)
    gazetteer = cache(lambda: load_gazetteer(paths.resources() / "units"))
    office = Office(settings.authority, settings.department, trust.attendance, settings.practice)
    make_receipt = MakeReceipt(dossiers, procedures, calendar, forms, office, signer)
    backups = _backups(store, folder, settings, signer, clock)
    guard = GuardWork(store, dossiers, clock, trust.permits, lambda: hub_clock.ahead)
    forms_desk = FormsDesk.over(dossiers, procedures, clock, office, forms, make_receipt)
    desk = Desk(
        practice=settings.practice,
        procedures=procedures,
        dossiers=dossiers,
        pages=pages,
        pictures=workers,
        connection=Connection(
            sync, hub_trouble.code if hub_trouble else None, LineChoice(folder.line_choice, settings).keep
        ),
        kinds=kinds,
        open_dossier=OpenDossier(dossiers, procedures, clock, guard),
        choose_case=ChooseCase(change, procedures),
        identify_person=IdentifyPerson(change, workers),
        scan_pages=ScanPages(
            Sources(drivers or _drivers(settings, language, dossiers.holds_page)),
            AddPage(change, pages),
            ReplacePage(change, pages),
            Feedings(dossiers, clock),
        ),
        judge_page=JudgePage(change, pages, workers),
        read_page=ReadPage(change, pages, workers),
        reread_page=RereadPage(change),
        keep_page=KeepPage(change),
        outline_page=OutlinePage(change),
        rejoin_image=RejoinImage(change),
        remove_blank_pages=RemoveBlankPages(dossiers, change),
        correct_field=CorrectField(change),
        check_field=CheckField(change),
        offer_values=OfferValues(gazetteer),
        confirm_by_citizen=ConfirmByCitizen(change),
        assign_kind=AssignKind(change),
        join_pages=JoinPages(change),
        split_paper=SplitPaper(change),
        note_paper=NotePaper(change),
        remove_page=RemovePage(change),
        discard_dossier=DiscardDossier(change, trust.permits),
        seal_dossier=SealDossier(dossiers, procedures, calendar, clock, settings.station, guard, gazetteer, kinds),
        reuse=ReuseDesk.over(change, dossiers, procedures, pages, kinds),
        service=ServiceDesk.over(dossiers, procedures, pages, clock, _citizen_screen(settings)),
        see=SeeDossiers(dossiers, store.audit, store.pseudonyms, clock),
        queue=QueueDesk.over(change, history, pages, store.free_space),
        checklist=ChecklistDesk.over(
            change, dossiers, procedures, kinds, calendar, clock, office, words_of_slip(kinds), forms
        ),
        make_receipt=make_receipt,
        forms=forms_desk,
        guard=guard,
        check_store=CheckStore(store, dossiers, clock, trust.permits),
        shift=CloseShift(
            dossiers, store.ledger, store.audit, trust.permits, clock, forms_desk.make_register, words_of_balance()
        ),
        back_up=BackUp(backups, dossiers, trust.permits, clock),
        forgetting=ForgettingDesk.over(
            store.erasing,
            dossiers,
            procedures,
            store.audit,
            store.pseudonyms,
            trust.permits,
            clock,
            office,
            forms,
            words_of_my_data(kinds),
            settings.station,
            RetentionDays(settings.retention_days, settings.discarded_days),
            settings.backup_keep,
            history,
        ),
        hub=HubDesk.over(store.hub_words, dossiers, procedures, clock, guard, settings.station),
        courier=CourierDesk(
            StickCourier(store, trust, settings, clock, _told_by_courier(sync)),
            dossiers,
            trust.permits,
            clock,
        ),
        trust=trust,
    )
    return Station(desk, store, workers, sync, backups, settings, hub_trouble, tuple(editable.fallbacks))


def _told_by_courier(sync: SyncThread | None) -> Callable[[frozenset[str]], None]:
    """A stick brought the hub's answers past the line: who watches is told, and the line has less to do."""

    def told(dossier_ids: frozenset[str]) -> None:
        if sync:
            sync.tell(dossier_ids)
            sync.wake()

    return told


def devices(settings: Settings, language: Language) -> Sequence[Device]:
    """Every way of getting pages on this machine; takes seconds."""
    return Sources(_drivers(settings, language, lambda _sha256: False)).devices()


def _citizen_screen(settings: Settings) -> CitizenScreen:
    pad = tuple(settings.citizen_pad.split())
    taken = settings.bank_bin and settings.bank_account
    account = BankAccount(settings.bank_bin, settings.bank_account, settings.bank_name) if taken else None
    return CitizenScreen(settings.citizen_patience, pad, account)


def _backups(
    store: Store, folder: DataFolder, settings: Settings, signer: ReceiptSigner, clock: SystemClock
) -> NightlyBackup:
    plan = Plan(settings.backup_folder, settings.backup_hour, settings.backup_keep)
    return NightlyBackup(partial(store.back_up, signer=signer), folder, plan, clock.now)


def _drivers(settings: Settings, language: Language, is_taken: Callable[[str], bool]) -> list[Driver]:
    drivers: list[Driver] = [Sane(language("device.kind.sane"))]
    if settings.camera:
        drivers.append(Camera(settings.camera, language("device.kind.camera")))
    if settings.watched_folder:
        drivers.append(
            Folder(
                Path(settings.watched_folder),
                language("device.kind.folder"),
                is_taken,
                explain=lambda error: str(language.error(error)),
            )
        )
    return drivers
