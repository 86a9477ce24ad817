"""With what practice begins: a dossier that the province gave back, and a value that both sides have corrected.

Who practises would else meet neither before the first real one. Both are invented, as everything here is.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from station.actions.desk import Desk
from station.dossier.confirmation import questions
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.queue import Queue
from station.errors import StationError
from station.practice.local_hub import LocalHub
from station.ui.session import Session

PROCEDURE = "2.000815"
"""Certifying copies: all its papers are only shown."""
SUPERVISOR, SUPERVISOR_NAME = "chuyenvien.mau", "Chuyên viên Mẫu"
NAME = "person/full_name"
RETURNED = {"full_name": "TRẦN VĂN MẪU", "id_number": "001199000101", "birth_date": "1999-03-05", "sex": "male"}
ASKED = {"full_name": "LÊ THỊ MẪU", "id_number": "001199000102", "birth_date": "1988-07-21", "sex": "female"}
OURS, THEIRS = "LÊ THỊ MẬU", "LÊ THỊ MẦU"
WHY_RETURNED = "THỰC HÀNH: bản chính đưa ra đối chiếu đã hết giá trị; đề nghị công dân mang bản còn giá trị."
WHY_OURS, WHY_THEIRS = "THỰC HÀNH: gõ nhầm dấu so với thẻ", "THỰC HÀNH: theo cơ sở dữ liệu dân cư"
LOOK_EVERY = 500
"""Milliseconds between two looks whether the hub has both."""


class Rehearsal(QObject):
    """Works beside the windows, only in a practice folder that has no dossier yet."""

    ended = Signal()

    def __init__(self, session: Session, hub: LocalHub) -> None:
        super().__init__(session)
        self._session, self._hub = session, hub
        self._made: tuple[Dossier, Dossier] | None = None
        self._clock = QTimer(self, interval=LOOK_EVERY)
        self._clock.timeout.connect(self._look)

    def begin(self) -> None:
        """Seal both; what follows comes by itself."""
        desk = self._session.desk

        def seal_both() -> tuple[Dossier, Dossier] | None:
            if desk.dossiers.queue(Queue.ALL, desk.officer, desk.queue.now(), 1):
                return None
            return _sealed(desk, RETURNED), _sealed(desk, ASKED)

        self._session.tasks.write(seal_both, self._on_sealed, self._session.failed.emit)

    def _on_sealed(self, made: tuple[Dossier, Dossier] | None) -> None:
        self._made = made
        if made is None:
            self.ended.emit()
            return
        for dossier in made:
            self._session.delivery_changed.emit(dossier.id)
        self._clock.start()

    def _look(self) -> None:
        made, dossiers = self._made, self._session.desk.dossiers
        if made is not None:
            progress = [dossiers.progress(dossier.id) for dossier in made]
            if all(one is not None and one.delivery is Delivery.RECEIVED for one in progress):
                self._clock.stop()
                self._let_province_work(*made)

    def _let_province_work(self, returned: Dossier, asked: Dossier) -> None:
        """The line is cut meanwhile, so that neither side knows of the other's correction, as on a bad day."""
        desk, hub = self._session.desk, self._hub
        desk.connection.switch(online=False)

        def work() -> None:
            hub.name_supervisor(SUPERVISOR, SUPERVISOR_NAME)
            hub.give_back(returned.id, SUPERVISOR, WHY_RETURNED)
            hub.correct(asked.id, SUPERVISOR, WHY_THEIRS, {NAME: THEIRS})
            desk.hub.correct_sealed(asked.id, NAME, OURS, WHY_OURS, desk.officer)

        def ended() -> None:
            desk.connection.switch(online=True)
            self.ended.emit()

        def failed(error: StationError) -> None:
            self._session.failed.emit(error)
            ended()

        self._session.tasks.device(work, lambda _: ended(), failed, ended)


def _sealed(desk: Desk, person: dict[str, str]) -> Dossier:
    """A dossier of this person with everything that the law asks."""
    dossier = desk.open_dossier(PROCEDURE, desk.officer)
    desk.identify_person.by_hand(dossier.id, person, desk.officer)
    for paper in desk.procedures.get(PROCEDURE).papers:
        dossier = desk.note_paper(dossier.id, paper.key, True, desk.officer)
    for entry in questions(dossier):
        desk.confirm_by_citizen(dossier.id, entry.id, entry.value, Verdict.RIGHT)
    return desk.seal_dossier(dossier.id, desk.officer, despite_warnings=True)
