"""The papers on A4, each in the wordings that editions and offices use, a kind a module."""

from __future__ import annotations

from collections.abc import Callable

from tools.specimens.ink import Specimen
from tools.specimens.varied.papers.application import application
from tools.specimens.varied.papers.birth_certificate import birth_certificate
from tools.specimens.varied.papers.birth_notice import birth_notice
from tools.specimens.varied.papers.birth_registration_form import birth_registration_form
from tools.specimens.varied.papers.death_extract import death_extract
from tools.specimens.varied.papers.death_notice import death_notice
from tools.specimens.varied.papers.household_business_certificate import household_business_certificate
from tools.specimens.varied.papers.land_use_certificate import land_use_certificate
from tools.specimens.varied.papers.marital_status_certificate import marital_status_certificate
from tools.specimens.varied.papers.marital_status_form import marital_status_form
from tools.specimens.varied.papers.marriage_certificate import marriage_certificate
from tools.specimens.varied.papers.other import other
from tools.specimens.varied.papers.power_of_attorney import power_of_attorney
from tools.specimens.varied.papers.residence_confirmation import residence_confirmation
from tools.specimens.varied.papers.residence_form import residence_form
from tools.specimens.varied.style import Lot

PAPERS: dict[str, Callable[[Lot], Specimen]] = {
    made.__name__: made
    for made in (
        birth_certificate, marriage_certificate, marital_status_certificate, death_extract, residence_confirmation,
        residence_form, birth_registration_form, marital_status_form, application, birth_notice, death_notice,
        power_of_attorney, household_business_certificate, land_use_certificate, other,
    )
}  # fmt: skip

FORMS = (
    "residence_form", "birth_registration_form", "marital_status_form", "application", "power_of_attorney",
    "birth_notice", "death_notice",
)  # fmt: skip
"""What citizens and hospitals may fill in by hand."""
