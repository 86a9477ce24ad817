"""«Khóa của trạm»: what opens the store here, adding and removing it, and another data key."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.actions.change_keys import ChangeKeys
from station.actions.permits import Deed
from station.clock import VIETNAM
from station.dossier.hub_identity import AccessStanding
from station.dossier.key_slot import PASSPHRASE, RECOVERY, KeySlot
from station.errors import StationError
from station.ui.administration.panel import Panel
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.flow import FlowRow
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.rows import Row, RowList
from station.ui.widgets.text_line import TextLine


class KeysPanel(Panel):
    """Nothing secret is shown here or typed: a recovery key's public half, and who has a passphrase."""

    title_key = "administration.keys"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.CHANGE_KEYS})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.state, self.told = label(wrap=True), label(wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(say("key_slots.slots"))
        self.recipient = TextLine()
        self.recipient.setPlaceholderText(say("key_slots.recipient"))
        self.recipient.setAccessibleName(say("key_slots.recipient"))
        self.recovery = button(say("key_slots.add_recovery"), self._on_recovery)
        self.login = button(say("key_slots.use_login"), lambda: self._do("use_login", self._keys.use_login))
        self.tpm = button(say("key_slots.use_tpm"), lambda: self._do("use_tpm", self._keys.use_tpm))
        self.remove = button(say("key_slots.remove"), self._on_remove, "danger")
        self.rotate = button(say("key_slots.rotate"), self._on_rotate, "secondary")
        self.access = label(role="hint", wrap=True)
        self.change_access = button(say("key_slots.change_access"), self._on_change_access, "secondary")
        self.recipient.returnPressed.connect(self.recovery.click)
        self._build()

    def enter(self) -> None:
        self._tell("", "hint")
        self._look()
        self.list.setFocus()

    def leave(self) -> None:
        self.list.rows.show_rows(())
        self.recipient.clear()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(label(self.language("key_slots.about"), "hint", wrap=True))
        column.addWidget(self.list, 1)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        adding.addWidget(self.recipient, 1)
        adding.addWidget(self.recovery)
        column.addLayout(adding)
        column.addWidget(self.told)
        column.addWidget(self.state)
        column.addWidget(FlowRow(self.login, self.tpm, self.rotate, self.remove))
        column.addWidget(self.access)
        column.addWidget(FlowRow(self.change_access))

    def _look(self) -> None:
        keys = self._keys
        self.session.tasks.look(lambda: (keys.slots(), keys.rotation_is_due()), self._show_slots, self._on_failed)
        self.session.tasks.look(keys.access, self._show_access, self._on_failed)

    def _show_slots(self, found: tuple[tuple[KeySlot, ...], bool]) -> None:
        slots, due = found
        self.list.rows.show_rows([self._row(slot) for slot in slots])
        if not any(slot.kind == RECOVERY for slot in slots):
            set_role(self.state, "warning")
            self.state.setText(self.language("key_slots.no_recovery"))
        else:
            set_role(self.state, "hint")
            self.state.setText("")
        if due:
            set_role(self.state, "warning")
            self.state.setText(self.language("key_slots.due"))
        self.state.setVisible(bool(self.state.text()))
        self.rotate.setEnabled(not due)

    def _show_access(self, standing: AccessStanding) -> None:
        say = self.language
        if standing.change_wanted:
            self.access.setText(say("key_slots.access_wanted"))
        elif standing.changed_at is None:
            self.access.setText(say("key_slots.access_untold"))
        else:
            self.access.setText(say("key_slots.access", day=f"{standing.changed_at.astimezone(VIETNAM):%d/%m/%Y}"))
        self.change_access.setEnabled(not standing.change_wanted)

    def _row(self, slot: KeySlot) -> Row:
        say = self.language
        known = f"key_slots.kind.{slot.kind}" in say
        title = say(f"key_slots.kind.{slot.kind}") if known else slot.kind
        person = self.session.desk.trust.attendance.roster.find(slot.whose) if slot.kind == PASSPHRASE else None
        whose = f"{person.name}  ·  {slot.whose}" if person else slot.whose or say("key_slots.this_station")
        return Row(title, f"{whose}  ·  {say('key_slots.foreign')}" if slot.genuine is False else whose, None, slot)

    def _on_recovery(self) -> None:
        typed = self.recipient.text()
        self._do("add_recovery", lambda by: self._keys.add_recovery(by, typed))

    def _on_remove(self) -> None:
        slot = self.list.picked()
        if isinstance(slot, KeySlot) and ask(self, self.language, "key_slots.remove_ask"):
            self._do("remove", lambda by: self._keys.remove(by, slot))

    def _on_rotate(self) -> None:
        if ask(self, self.language, "key_slots.rotate_ask"):
            self._do("rotate", self._keys.rotate)

    def _on_change_access(self) -> None:
        if ask(self, self.language, "key_slots.change_access_ask"):
            self._do("change_access", self._keys.change_access)

    def _do(self, name: str, deed: Callable[[str], None]) -> None:
        officer = self.session.desk.officer

        def done(_none: None) -> None:
            self.recipient.clear()
            self._tell(self.language(f"key_slots.done.{name}"), "ok")
            self._look()

        self.session.tasks.write(lambda: deed(officer), done, self._on_failed)

    def _on_failed(self, error: StationError) -> None:
        self._tell(str(error_text(self.language, error)), "error")

    def _tell(self, text: str, role: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        set_role(self.told, role)

    @property
    def _keys(self) -> ChangeKeys:
        return self.session.desk.trust.keys
