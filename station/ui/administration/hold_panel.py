"""«Giữ theo yêu cầu pháp lý»: dossiers that must not be erased, why, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.actions.hold_dossier import HeldDossier
from station.actions.permits import Deed
from station.clock import VIETNAM
from station.dossier.retention import Hold
from station.dossier.summary import Summary
from station.errors import InputError
from station.ui.administration.panel import Panel
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.widgets.text_line import TextLine

MOST_FOUND = 20


class HoldPanel(Panel):
    """Above, a dossier is found and held; below are those that are held, to be let go."""

    title_key = "administration.hold"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.HOLD})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.words, self.reason, self.until = TextLine(), TextLine(), TextLine()
        for line, key in ((self.words, "hold.words"), (self.reason, "hold.reason"), (self.until, "hold.until")):
            line.setPlaceholderText(say(key))
            line.setAccessibleName(say(key))
        self.found, self.held = RowList(), RowList()
        self.found.setAccessibleName(say("hold.words"))
        self.held.setAccessibleName(say("hold.held"))
        self.found.setMinimumHeight(90)
        self.found.setMaximumHeight(150)
        self.held.setMinimumHeight(90)
        self.place = button(say("hold.place"), self._on_place, "primary")
        self.lift = button(say("hold.lift"), self._on_lift, "secondary")
        self._build()
        self.words.returnPressed.connect(self._on_search)
        self.reason.returnPressed.connect(self.place.click)
        self.held.selectionModel().currentChanged.connect(lambda _now, _before: self._show_lift())
        self.found.hide()

    def enter(self) -> None:
        self._ask()
        self.words.setFocus()

    def leave(self) -> None:
        for line in (self.words, self.reason, self.until):
            line.clear()
        self.found.rows.show_rows(())
        self.found.hide()
        self.held.rows.show_rows(())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(label(self.language("hold.about"), "hint", wrap=True))
        column.addWidget(self.words)
        column.addWidget(self.found, 1)
        row = QHBoxLayout()
        row.addWidget(self.reason, 2)
        row.addWidget(self.until, 1)
        row.addWidget(self.place)
        column.addLayout(row)
        column.addWidget(label(self.language("hold.held"), "strong"))
        column.addWidget(self.held, 1)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.lift)
        column.addLayout(below)

    def _ask(self) -> None:
        desk = self.session.desk
        self.session.tasks.look(desk.forgetting.hold.all, self._show_held, self.session.failed.emit)

    def _show_held(self, held: Sequence[HeldDossier]) -> None:
        say = self.language
        rows = []
        for one in held:
            until = f"{one.hold.until:%d/%m/%Y}" if one.hold.until else say("hold.open_ended")
            by = self.session.desk.trust.attendance.name_of(one.hold.by)
            hint = say("hold.row", reason=one.hold.reason, by=by, at=_day(one.hold.at), until=until)
            rows.append(Row(one.number or say("hold.no_number"), hint, "mark-info", one.hold.dossier_id))
        self.held.rows.show_rows(rows or [Row(say("hold.none"), heading=True)])
        self._show_lift()

    def _show_lift(self) -> None:
        self.lift.setEnabled(isinstance(self.held.picked(), str))

    def _on_search(self) -> None:
        words, desk = self.words.text().strip(), self.session.desk
        if words:
            self.session.tasks.write(
                lambda: desk.see.find(words, desk.officer, MOST_FOUND), self._show_found, self.session.failed.emit
            )

    def _show_found(self, found: Sequence[Summary]) -> None:
        say = self.language
        rows = [
            Row(
                one.number or say("counter.home.no_number"),
                f"{one.person_name or say('counter.home.no_person')}  ·  {_day(one.opened_at)}",
                None,
                one.id,
            )
            for one in found
        ]
        self.found.rows.show_rows(rows or [Row(say("hold.nothing_found"), heading=True)])
        self.found.show()
        if rows:
            self.found.pick(rows[0].data)
            self.reason.setFocus()

    def _on_place(self) -> None:
        picked, hold, officer = self.found.picked(), self.session.desk.forgetting.hold, self.session.desk.officer
        if not isinstance(picked, str):
            self.words.setFocus()
            return
        try:
            until = _typed_day(self.until.text())
        except InputError as error:
            self.session.failed.emit(error)
            return
        reason = self.reason.text()
        self.session.tasks.write(
            lambda: hold(picked, reason, until, officer), self._on_placed, self.session.failed.emit
        )

    def _on_placed(self, _hold: Hold) -> None:
        self.leave()
        self.enter()

    def _on_lift(self) -> None:
        picked, hold, officer = self.held.picked(), self.session.desk.forgetting.hold, self.session.desk.officer
        if isinstance(picked, str) and ask(self, self.language, "hold.lift_ask"):
            self.session.tasks.write(
                lambda: hold.lift(picked, officer), lambda _none: self._ask(), self.session.failed.emit
            )


def _typed_day(typed: str) -> date | None:
    """«05/09/2026»; nothing: without an end. Raises `InputError("value.bad_day")`."""
    if not typed.strip():
        return None
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").replace(tzinfo=VIETNAM).date()
    except ValueError as error:
        raise InputError("value.bad_day") from error


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
