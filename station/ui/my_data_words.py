"""What is held about a person, in words that the person understands."""

from __future__ import annotations

from station.actions.see_my_data import Confirmed
from station.clock import VIETNAM
from station.dossier.after_seal import last_correction
from station.dossier.audit import AuditEntry
from station.dossier.dossier import State
from station.dossier.entry import Entry
from station.dossier.kinds import PaperKinds
from station.dossier.page import Page
from station.dossier.people import NOT_PEOPLE
from station.dossier.person_data import HeldDossier
from station.dossier.service import Consent, Showing
from station.dossier.showing import shown_of
from station.language import FIRST, Language
from station.ui.paper_words import page_names
from station.ui.words import delivery_words, field_words, page_words, source_words, value_words


def words_of_my_data(kinds: PaperKinds) -> MyDataWords:
    """In Vietnamese, whatever the screens speak: the sheet is the citizen's."""
    return MyDataWords(Language.load().with_sentences(kinds.sentences(FIRST)))


class MyDataWords:
    """Satisfies `PersonWords` of the deeds."""

    def __init__(self, language: Language) -> None:
        self._say = language

    def role(self, held: HeldDossier) -> str:
        if held.own:
            return self._say("my_data.role.own")
        return self._say("my_data.role.named", fields=", ".join(field_words(key, self._say) for key in held.parts))

    def standing(self, held: HeldDossier) -> str:
        return self._say(f"my_data.standing.{held.dossier.state.value}")

    def sent(self, held: HeldDossier) -> str:
        return delivery_words(held.progress, self._say) if held.dossier.state is State.SEALED else ""

    def kept(self, held: HeldDossier) -> str:
        """Until when, or what has to come first."""
        if held.hold is not None:
            until = held.hold.until
            return (
                self._say("my_data.kept.held_until", day=f"{until:%d/%m/%Y}")
                if until
                else self._say("my_data.kept.held")
            )
        if held.dossier.state is State.OPEN:
            return self._say("my_data.kept.open")
        if held.kept_until is None:
            return self._say("my_data.kept.unsent")
        return f"{held.kept_until.astimezone(VIETNAM):%d/%m/%Y}"

    def field(self, held: HeldDossier, entry: Entry) -> str:
        """The value's name, and the paper that it stands on."""
        name = field_words(entry.key, self._say)
        if entry.page_id is None:
            return name
        return self._say("my_data.on_paper", field=name, paper=page_words(held.dossier.page(entry.page_id), self._say))

    def value(self, entry: Entry) -> str:
        return value_words(entry.key, entry.value, self._say)

    def source(self, held: HeldDossier, entry: Entry) -> str:
        """Of a value that was corrected after the seal: when, why, and what was sealed."""
        later = last_correction(entry.id, held.revisions)
        if later is not None:
            return self._say(
                "my_data.source.corrected_later",
                day=f"{later.at.astimezone(VIETNAM):%d/%m/%Y}",
                sealed=value_words(entry.key, held.dossier.entry(entry.id).value, self._say),
                reason=later.reason.rstrip("."),
            )
        if entry.corrections:
            return self._say("my_data.source.corrected")
        return (
            source_words(entry.readings[0].source, self._say) if entry.readings else self._say("my_data.source.typed")
        )

    def page(self, held: HeldDossier, page: Page) -> str:
        return page_names(held.dossier, self._say)[page.id]

    def consent(self, consent: Consent) -> str:
        key = f"my_data.consent.{consent.subject}"
        about = self._say(key) if key in self._say else consent.subject
        return self._say("my_data.agreed" if consent.given else "my_data.refused", about=about)

    def showing(self, showing: Showing) -> str:
        """What was asked, by its labels, and the answer."""
        shown = shown_of(showing.shown)
        asked = ", ".join(str(one.get("label", "")) for one in shown.get("values", []) if one.get("label"))
        key = f"my_data.answer.{showing.answer}"
        answer = self._say(key) if key in self._say else showing.answer
        return self._say("my_data.shown", asked=asked or self._say("my_data.something"), answer=answer)

    def deed(self, entry: AuditEntry) -> str:
        """Of a deed without words of its own, those for any change."""
        for key in (f"my_data.deed.{entry.deed}", f"trail.deed.{entry.deed}"):
            if key in self._say:
                told = self._say(key)
                return told[:1].upper() + told[1:]  # the trail's words stand within a line
        return self._say("my_data.deed.other")

    def who(self, by: str, name: str) -> str:
        """Who did it, by name; in words what is not a person with a seat here."""
        return self._say(f"trail.by.{by}") if by in NOT_PEOPLE else name

    def confirmed(self, how: Confirmed) -> str:
        return self._say(f"my_data.confirmed.{how.value}")
