"""All that can be done at one counter, joined: what the screens are given."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.answer_condition import AnswerCondition
from station.actions.assign_kind import AssignKind
from station.actions.back_up import BackUp
from station.actions.check_field import CheckField
from station.actions.check_store import CheckStore
from station.actions.checklist_desk import ChecklistDesk
from station.actions.choose_case import ChooseCase
from station.actions.close_shift import CloseShift
from station.actions.confirm_by_citizen import ConfirmByCitizen
from station.actions.correct_field import CorrectField
from station.actions.courier_desk import CourierDesk
from station.actions.discard_dossier import DiscardDossier
from station.actions.forgetting_desk import ForgettingDesk
from station.actions.forms_desk import FormsDesk
from station.actions.guard_work import GuardWork
from station.actions.hub_desk import HubDesk
from station.actions.identify_person import IdentifyPerson
from station.actions.join_pages import JoinPages
from station.actions.judge_page import JudgePage
from station.actions.keep_page import KeepPage
from station.actions.make_receipt import MakeReceipt
from station.actions.note_paper import NotePaper
from station.actions.offer_values import OfferValues
from station.actions.open_dossier import OpenDossier
from station.actions.outline_page import OutlinePage
from station.actions.ports.dossiers import Dossiers, Pages
from station.actions.ports.papers import Pictures
from station.actions.ports.province import Connection
from station.actions.ports.rules import Procedures
from station.actions.queue_desk import QueueDesk
from station.actions.read_page import ReadPage
from station.actions.rejoin_image import RejoinImage
from station.actions.remove_blank_pages import RemoveBlankPages
from station.actions.remove_page import RemovePage
from station.actions.reread_page import RereadPage
from station.actions.reuse_desk import ReuseDesk
from station.actions.scan_pages import ScanPages
from station.actions.seal_dossier import SealDossier
from station.actions.see_dossiers import SeeDossiers
from station.actions.service_desk import ServiceDesk
from station.actions.split_paper import SplitPaper
from station.actions.trust_desk import TrustDesk
from station.dossier.kinds import PaperKinds


@dataclass(frozen=True, slots=True)
class Desk:
    """The deeds and the views of one counter. `practice` says that it is play."""

    practice: bool
    procedures: Procedures
    dossiers: Dossiers
    pages: Pages
    pictures: Pictures
    connection: Connection
    kinds: PaperKinds
    open_dossier: OpenDossier
    choose_case: ChooseCase
    identify_person: IdentifyPerson
    scan_pages: ScanPages
    judge_page: JudgePage
    read_page: ReadPage
    reread_page: RereadPage
    keep_page: KeepPage
    outline_page: OutlinePage
    rejoin_image: RejoinImage
    remove_blank_pages: RemoveBlankPages
    correct_field: CorrectField
    check_field: CheckField
    offer_values: OfferValues
    confirm_by_citizen: ConfirmByCitizen
    assign_kind: AssignKind
    join_pages: JoinPages
    split_paper: SplitPaper
    note_paper: NotePaper
    remove_page: RemovePage
    discard_dossier: DiscardDossier
    seal_dossier: SealDossier
    make_receipt: MakeReceipt
    forms: FormsDesk
    see: SeeDossiers
    queue: QueueDesk
    service: ServiceDesk
    reuse: ReuseDesk
    checklist: ChecklistDesk
    guard: GuardWork
    shift: CloseShift
    check_store: CheckStore
    back_up: BackUp
    forgetting: ForgettingDesk
    hub: HubDesk
    courier: CourierDesk
    trust: TrustDesk

    @property
    def officer(self) -> str:
        """The id of who sits here; empty while nobody is signed in."""
        return self.trust.attendance.officer

    @property
    def answer_condition(self) -> AnswerCondition:
        """The officer answers one of the procedure's questions."""
        return self.checklist.answer_condition
