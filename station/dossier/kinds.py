"""The kinds of paper that the project knows, in the words of `docs/reading.md`."""

from __future__ import annotations

KINDS = frozenset(
    {
        "citizen_card_front",
        "citizen_card_back",
        "identity_card_front",
        "identity_card_back",
        "birth_certificate",
        "marriage_certificate",
        "marital_status_certificate",
        "death_extract",
        "residence_confirmation",
        "residence_form",
        "birth_registration_form",
        "marital_status_form",
        "application",
        "driving_licence",
        "vehicle_registration",
        "health_insurance_card",
        "land_use_certificate",
        "household_business_certificate",
        "birth_notice",
        "death_notice",
        "power_of_attorney",
        "other",
    }
)

PERSON_KEYS = (
    "full_name",
    "birth_date",
    "sex",
    "id_number",
    "ethnicity",
    "nationality",
    "residence",
    "phone",
)
"""What can be known about the person at the counter."""

KEYS_OF_OTHER = ("title", "number", "issuer", "issue_date")
"""What can be written down from a paper that nobody has described."""
