"""Values, fields and findings in the words of the screens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from station.clock import VIETNAM
from station.dossier.delivery import Delivery, HubReceipt, Progress
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import BETWEEN, Finding
from station.dossier.page import Page
from station.dossier.reading import Source, Status
from station.dossier.retention import Hold
from station.dossier.why_stuck import QUESTION
from station.errors import ResourceError
from station.language import Language

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?")
_DATE_TYPED = re.compile(r"(?:(\d{1,2}):(\d{2})\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DATED = re.compile(r"(date|_on|_until|_from|_at)$")
_MEMBER = re.compile(r"members\[(\d+)\]\.(.+)")


def value_words(key: str, value: str, language: Language) -> str:
    """A normalised value as a person writes it: dates day first, the hour before them, sex as a word."""
    if key.rpartition(".")[2] == "sex" and f"value.sex.{value}" in language:
        return language(f"value.sex.{value}")
    date = _DATE.fullmatch(value)
    if not date:
        return value
    hour = f"{date[4]} " if date[4] else ""
    return f"{hour}{date[3]}/{date[2]}/{date[1]}"


def value_typed(key: str, typed: str, language: Language) -> str:
    """The normalised value of what a person typed: the inverse of `value_words`.

    A day that is in no calendar stays as it was typed: it may be what stands on the paper.
    """
    words = " ".join(typed.split())
    if key.rpartition(".")[2] == "sex":
        sexes = {language(f"value.sex.{sex}").casefold(): sex for sex in ("male", "female")}
        return sexes.get(words.casefold(), words)
    date = _DATE_TYPED.fullmatch(words)
    if not date or not _DATED.search(key):
        return words
    try:
        day = datetime(int(date[5]), int(date[4]), int(date[3]), int(date[1] or 0), int(date[2] or 0))  # noqa: DTZ001
    except ValueError:
        return words
    return f"{day:%Y-%m-%dT%H:%M}" if date[1] else f"{day:%Y-%m-%d}"


def field_words(key: str, language: Language) -> str:
    """The name of a field; members of a household by their place in the table."""
    member = _MEMBER.fullmatch(key)
    if member:
        return language("value.member", place=int(member[1]) + 1, field=field_words(f"members.{member[2]}", language))
    for name in (f"field.{key}", f"field.person.{key}", f"field.person.{key.rpartition('.')[2]}"):
        if name in language:
            return language(name)
    return key


def kind_words(kind: str, language: Language) -> str:
    """The name of a kind of paper; its bare word where its description has been taken away since."""
    name = f"kind.{kind}"
    return language(name) if name in language else kind


def page_words(page: Page | None, language: Language) -> str:
    """Which paper: «Giấy khai sinh – trang 2»; no page is the person at the counter."""
    if page is None:
        return language("value.person")
    kind = kind_words(page.kind, language) if page.kind else language("value.unread")
    return language("value.page", kind=kind, number=page.number)


def source_words(source: Source, language: Language) -> str:
    """Where a value came from."""
    return language(f"value.source.{source.value}")


def doubt_words(entry: Entry, language: Language) -> str:
    """Why the machine does not vouch for a value, in one short sentence; empty where its sources say it themselves."""
    if not entry.readings or entry.readings[0].status is Status.ACCEPTED:
        return ""
    doubt = entry.readings[0].doubt
    if doubt is None:
        return "" if entry.contradicted else language("doubt.none")
    return language(f"doubt.{doubt.value}")


def issue_words(code: str, value: str, language: Language) -> str:
    """What is wrong with an image, as a sentence; one sentence for what a newer gate may find."""
    return language(f"quality.{code}", value=value) if f"quality.{code}" in language else language("quality.other")


def failure_words(code: str, language: Language) -> str:
    """Why a page could not be read; a page keeps the code only, not what its sentence may want to name."""
    try:
        return language(f"error.{code}.say")
    except ResourceError:
        return language("counter.scan.failed")


def finding_words(finding: Finding, language: Language) -> str:
    """A finding as a sentence, with its field and values in plain words."""
    told = dict(finding.told)
    key = told.get("key", "")
    for name in ("value", "card", "paper"):
        if key and name in told:
            told[name] = value_words(key, told[name], language)
    if "readings" in told:
        told["readings"] = BETWEEN.join(value_words(key, one, language) for one in told["readings"].split(BETWEEN))
    if "issue" in told:
        told["issue"] = issue_words(told["issue"], told["value"], language)
    if key:
        told["field"] = field_words(key, language)
    if "kind" in told:
        told["paper_kind"] = kind_words(told["kind"], language)
    for name in ("until", "day"):
        if name in told:
            told[name] = value_words(name, told[name], language)
    if finding.code.startswith("contradiction."):
        told |= _side_words(told, "", language) | _side_words(told, "other_", language)
    if f"checklist.trouble.{finding.code.removeprefix('paper.')}.say" in language:
        trouble = trouble_words(finding.code.removeprefix("paper."), told, language)
        return language("checklist.finding", paper=told["paper"], trouble=trouble)
    if finding.code.startswith("person.id."):
        return language(f"warning.{finding.code.removeprefix('person.')}")
    return language(f"finding.{finding.code}", **told)


def trouble_words(trouble: str, told: Mapping[str, str], language: Language) -> str:
    """What is wrong with a paper of the checklist, and what to do about it."""
    said = told_words(told, language)
    return (
        f"{language(f'checklist.trouble.{trouble}.say', **said)} {language(f'checklist.trouble.{trouble}.do', **said)}"
    )


def told_words(told: Mapping[str, str], language: Language) -> dict[str, str]:
    """What a problem tells, with its day and its kind as people say them."""
    said = dict(told)
    if "until" in said:
        said["until"] = value_words("valid_until", said["until"], language)
    if "is_kind" in said:
        said["is_kind"] = kind_words(said["is_kind"], language)
    return said


def _side_words(told: Mapping[str, str], side: str, language: Language) -> dict[str, str]:
    """One side of a contradiction: its field, its value and where it stands, as people say it."""
    if f"{side}key" not in told:
        return {}
    key, source, kind = told[f"{side}key"], told[f"{side}source"], told.get(f"{side}kind")
    place = f"contradiction.place.{source if kind else f'person_{source}'}"
    return {
        f"{side}field": field_words(key, language),
        f"{side}value": value_words(key, told[f"{side}value"], language),
        f"{side}place": language(
            place, kind=kind_words(kind, language) if kind else "", page=told.get(f"{side}page", "")
        ),
    }


def delivery_words(progress: Progress | None, language: Language) -> str:
    """How far a sealed dossier has got, in a few words; why it has got no further is told by `why_words`."""
    if is_asked(progress):
        return language("delivery.question")
    return language(f"delivery.{(progress.delivery if progress else Delivery.WAITING).value}")


def is_asked(progress: Progress | None) -> bool:
    """Whether the hub has the dossier and asks which text of a value is right: nothing was refused."""
    return progress is not None and progress.reason == QUESTION


def receipt_words(receipt: HubReceipt, language: Language) -> str:
    """That the hub has a dossier: its number there, and since when."""
    at = datetime.fromisoformat(receipt.received_at).astimezone(VIETNAM)
    return language("delivery.receipt", number=receipt.hub_number, at=f"{at:%H:%M %d/%m/%Y}")


def hold_words(hold: Hold, language: Language) -> str:
    """That a dossier is kept at a lawful request, why, and until when."""
    until = f"{hold.until:%d/%m/%Y}" if hold.until else language("hold.open_ended")
    return language("hold.on_dossier", reason=hold.reason, until=until)


def time_words(time: datetime, language: Language) -> str:
    """Hour, day, month and year as the receipt writes them."""
    time = time.astimezone(VIETNAM)
    return language("value.time", hour=f"{time:%H}", minute=f"{time:%M}", date=f"{time:%d/%m/%Y}")


def entry_page(dossier: Dossier, entry: Entry) -> Page | None:
    """The page a value stands on, if it stands on one."""
    return dossier.page(entry.page_id) if entry.page_id else None
