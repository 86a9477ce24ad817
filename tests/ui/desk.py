"""A desk over the real store and the real catalogue; what never changes is read once for all tests."""

from __future__ import annotations

import atexit
from functools import cache
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
from station.catalogue.procedures import Procedures
from station.clock import SystemClock
from station.dossier.units import Gazetteer
from station.forms.folder import load_forms
from station.forms.form_writer import FormWriter
from station.gazetteer import load_gazetteer
from station.joins.courier import StickCourier
from station.scan.codes.code_reader import ImageCodeReader
from station.scan.papers.folder import load_papers
from station.scan.workers import ReadingWorkers
from station.settings import Settings
from station.store.keys import Secrets
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from station.ui.checklist_words import words_of_slip
from station.ui.ledger_words import words_of_balance
from station.ui.my_data_words import words_of_my_data
from tests import people
from tests.ui.fakes import PatientGate, ScriptedReader, StandingBackups, Switch, TrayOfPictures

KINDS = load_papers(paths.resources() / "papers").kinds


@cache
def catalogue_of(folder: Path) -> Procedures:
    """Read once for all tests: it never changes, and a counter is made for each of them."""
    return Procedures(folder, KINDS)


@cache
def form_writer() -> FormWriter:
    """As `catalogue_of`."""
    return FormWriter(paths.resources() / "fonts", load_forms(paths.resources() / "forms"))


@cache
def pictures() -> ReadingWorkers:
    """The process that decodes pictures, the same for all tests."""
    made = ReadingWorkers(paths.resources() / "models", count=1)
    atexit.register(made.close)
    return made


@cache
def units() -> Gazetteer:
    """As `catalogue_of`; read by the first who asks."""
    return load_gazetteer(paths.resources() / "units")


def make_desk(
    store: Store,
    sources: TrayOfPictures,
    reader: ScriptedReader,
    connection: Switch,
    *,
    gate: PatientGate | None = None,
    practice: bool = False,
    procedures: Path | None = None,
    screen: CitizenScreen | None = None,
    backups: StandingBackups | None = None,
) -> Desk:
    """A counter over the real store and the real catalogue."""
    catalogue = catalogue_of(procedures or paths.resources() / "procedures")
    clock, dossiers = SystemClock(), store.dossiers
    history = History()
    change = Change(dossiers, clock, history)
    trust = people.trust_desk(store, clock)
    office = Office("ỦY BAN NHÂN DÂN XÃ MẪU", "Trung tâm Phục vụ hành chính công", trust.attendance, practice)
    forms = form_writer()
    signer = ReceiptSigner(Secrets.derived_from(bytes(32)), "T01")
    calendar = load_calendar(paths.resources() / "calendar")
    make_receipt = MakeReceipt(dossiers, catalogue, calendar, forms, office, signer)
    guard = GuardWork(store, dossiers, clock, trust.permits)
    forms_desk = FormsDesk.over(dossiers, catalogue, clock, office, forms, make_receipt)
    return Desk(
        practice=practice,
        procedures=catalogue,
        dossiers=dossiers,
        pages=store.pages,
        pictures=pictures(),
        connection=connection,
        kinds=KINDS,
        open_dossier=OpenDossier(dossiers, catalogue, clock, guard),
        choose_case=ChooseCase(change, catalogue),
        identify_person=IdentifyPerson(change, ImageCodeReader()),
        scan_pages=ScanPages(
            sources, AddPage(change, store.pages), ReplacePage(change, store.pages), Feedings(dossiers, clock)
        ),
        judge_page=JudgePage(change, store.pages, gate or PatientGate()),
        read_page=ReadPage(change, store.pages, reader),
        reread_page=RereadPage(change),
        keep_page=KeepPage(change),
        outline_page=OutlinePage(change),
        rejoin_image=RejoinImage(change),
        remove_blank_pages=RemoveBlankPages(dossiers, change),
        correct_field=CorrectField(change),
        check_field=CheckField(change),
        offer_values=OfferValues(units),
        confirm_by_citizen=ConfirmByCitizen(change),
        assign_kind=AssignKind(change),
        join_pages=JoinPages(change),
        split_paper=SplitPaper(change),
        note_paper=NotePaper(change),
        remove_page=RemovePage(change),
        discard_dossier=DiscardDossier(change, trust.permits),
        seal_dossier=SealDossier(dossiers, catalogue, calendar, clock, "T01", guard, kinds=KINDS),
        reuse=ReuseDesk.over(change, dossiers, catalogue, store.pages, KINDS),
        service=ServiceDesk.over(dossiers, catalogue, store.pages, clock, screen),
        see=SeeDossiers(dossiers, store.audit, store.pseudonyms, clock),
        queue=QueueDesk.over(change, history, store.pages, store.free_space),
        checklist=ChecklistDesk.over(
            change, dossiers, catalogue, KINDS, calendar, clock, office, words_of_slip(KINDS), forms
        ),
        make_receipt=make_receipt,
        forms=forms_desk,
        guard=guard,
        check_store=CheckStore(store, dossiers, clock, trust.permits),
        shift=CloseShift(
            dossiers, store.ledger, store.audit, trust.permits, clock, forms_desk.make_register, words_of_balance()
        ),
        back_up=BackUp(backups or StandingBackups(), dossiers, trust.permits, clock),
        forgetting=ForgettingDesk.over(
            store.erasing,
            dossiers,
            catalogue,
            store.audit,
            store.pseudonyms,
            trust.permits,
            clock,
            office,
            forms,
            words_of_my_data(KINDS),
            "T01",
            RetentionDays(),
            7,
        ),
        hub=HubDesk.over(store.hub_words, dossiers, catalogue, clock, guard, "T01"),
        courier=CourierDesk(StickCourier(store, trust, Settings(station="T01"), clock), dossiers, trust.permits, clock),
        trust=trust,
    )
