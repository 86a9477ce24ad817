"""What one counter can do about keeping and forgetting: erase what is due, hold it, tell people what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station.actions.erase_dossiers import EraseDossiers, RetentionDays
from station.actions.history import History
from station.actions.hold_dossier import HoldDossier
from station.actions.make_certificate import MakeCertificate
from station.actions.make_my_data import MakeMyData, PersonWords
from station.actions.make_receipt import Office
from station.actions.permits import Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forgetting import Erasing
from station.actions.ports.forms import FormWriter
from station.actions.ports.people import Pseudonyms
from station.actions.ports.rules import Procedures
from station.actions.ports.trail import Trail
from station.actions.see_my_data import SeeMyData
from station.dossier.printed_form import FormName, PrintedForm


@dataclass(frozen=True, slots=True)
class ForgettingDesk:
    """`make_my_data` and `certificate` make the forms of what the others found or did."""

    erase: EraseDossiers
    hold: HoldDossier
    my_data: SeeMyData
    make_my_data: MakeMyData
    certificate: MakeCertificate
    erasing: Erasing
    writer: FormWriter

    @classmethod
    def over(
        cls,
        erasing: Erasing,
        dossiers: Dossiers,
        procedures: Procedures,
        trail: Trail,
        pseudonyms: Pseudonyms,
        permits: Permits,
        clock: Clock,
        office: Office,
        writer: FormWriter,
        words: PersonWords,
        station: str,
        days: RetentionDays,
        backups: int,
        history: History | None = None,
    ) -> ForgettingDesk:
        """All of it over one store and one catalogue; `backups` is how many generations a backup keeps."""
        erase = EraseDossiers(erasing, dossiers, procedures, permits, clock, station, days, history)
        return cls(
            erase,
            HoldDossier(dossiers, permits, clock),
            SeeMyData(dossiers, erasing, trail, pseudonyms, permits, clock, erase.kept_until),
            MakeMyData(procedures, office, station, words),
            MakeCertificate(erasing, dossiers, procedures, clock, office, station, backups, office.people.name_of),
            erasing,
            writer,
        )

    def images(self, name: FormName, form: PrintedForm, dpi: int) -> Sequence[bytes]:
        """The form's pages as PNG."""
        return self.writer.images(self.writer.write(name, form), dpi)

    def pdf(self, name: FormName, form: PrintedForm) -> bytes:
        return self.writer.write(name, form)
