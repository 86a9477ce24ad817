"""What a supervisor does to a dossier here; a form that is behind the times says what has changed meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from provincial_hub.cases.deeds import CaseDeeds, Looked
from provincial_hub.cases.value_form import form_of
from provincial_hub.errors import RefusedError
from provincial_hub.web.dossier import looked_at, page
from provincial_hub.web.dossier_reading import DossierSeen, QuestionSeen, ValueSeen
from provincial_hub.web.exchange import Exchange, NotFoundError
from provincial_hub.web.typed import kept_as

_HIDDEN = {"dossier.unknown", "person.not_allowed", "question.unknown", "correction.unknown_value"}
"""What the page does not offer, nobody is told more about."""
_STALE = {"dossier.changed", "question.settled", "code.taken"}


async def ask_correction(exchange: Exchange) -> Response:
    seen = await looked_at(exchange)
    return _correction(exchange, seen, exchange.query.get("gia-tri", ""))


async def correct(exchange: Exchange) -> Response:
    form, dossier_id = exchange.form, exchange.named("dossier")
    value, reason = form.get("gia-tri", ""), form.get("reason", "").strip()
    text = kept_as(form.get("key", ""), form.get("text", ""))
    printed = {value} if "printed" in form else set()
    doing = _deeds(exchange).correct(exchange.visitor, dossier_id, _version(exchange), {value: text}, reason, printed)
    refused = await _refusal(doing)
    if refused == "correction.nothing":
        return _done(exchange, "corrected_nothing")
    if refused is None:
        return _done(exchange, "corrected")
    seen = await looked_at(exchange)
    return _correction(exchange, seen, value, refused)


async def assign_code(exchange: Exchange) -> Response:
    form, dossier_id = exchange.form, exchange.named("dossier")
    code = form.get("code", "").strip().upper()
    doing = _deeds(exchange).assign_code(exchange.visitor, dossier_id, _looked(exchange), code)
    return await _dossier_again(exchange, "code", await _refusal(doing), "code_assigned")


async def give_back(exchange: Exchange) -> Response:
    form, dossier_id = exchange.form, exchange.named("dossier")
    doing = _deeds(exchange).give_back(exchange.visitor, dossier_id, _looked(exchange), form.get("reason", "").strip())
    return await _dossier_again(exchange, "return", await _refusal(doing), "returned")


async def set_state(exchange: Exchange) -> Response:
    form, dossier_id = exchange.form, exchange.named("dossier")
    try:
        on = datetime.strptime(form.get("on", "").strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return await _dossier_again(exchange, "state", "state.on", "")
    doing = _deeds(exchange).note_state(
        exchange.visitor, dossier_id, _looked(exchange), form.get("state", ""), on, form.get("note", "").strip()
    )
    return await _dossier_again(exchange, "state", await _refusal(doing), "state_set")


async def ask_question(exchange: Exchange) -> Response:
    seen = await looked_at(exchange)
    return _question(exchange, seen)


async def settle_question(exchange: Exchange) -> Response:
    form, dossier_id, question = exchange.form, exchange.named("dossier"), exchange.named("question")
    names = [name.removeprefix("value-") for name in form if name.startswith("value-")]
    chosen = {form[f"value-{name}"]: _choice(exchange, name) for name in names}
    texts = {value: text for value, text in chosen.items() if text is not None}
    if not texts or len(texts) < len(chosen):
        return _question(exchange, await looked_at(exchange), "question.unchosen")
    before = {form[f"value-{name}"]: form.get(f"seen-{name}", "") for name in names}
    printed = {form[f"value-{name}"] for name in names if f"printed-{name}" in form}
    doing = _deeds(exchange).settle(
        exchange.visitor, dossier_id, question, before, texts, form.get("reason", "").strip(), printed
    )
    refused = await _refusal(doing)
    if refused is None:
        return _done(exchange, "settled")
    return _question(exchange, await looked_at(exchange), refused)


def _deeds(exchange: Exchange) -> CaseDeeds:
    return CaseDeeds(exchange.ledger, exchange.hub.signer, lambda: exchange.now)


async def _refusal(doing: Awaitable[Any]) -> str | None:
    """The code of the refusal; None once it is done."""
    try:
        await doing
    except RefusedError as refused:
        if refused.code in _HIDDEN:
            raise NotFoundError from refused
        return refused.code
    return None


def _version(exchange: Exchange) -> int:
    told = exchange.form.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 12 else 0


def _looked(exchange: Exchange) -> Looked:
    return Looked(_version(exchange), exchange.form.get("was", ""), exchange.form.get("had") or None)


def _status(refused: str) -> int:
    return 409 if refused in _STALE else 422


def _done(exchange: Exchange, told: str) -> Response:
    return exchange.go(f"/ho-so/{quote(exchange.named('dossier'), safe='')}", told)


async def _dossier_again(exchange: Exchange, deed: str, refused: str | None, told: str) -> Response:
    if refused is None:
        return _done(exchange, told)
    seen = await looked_at(exchange)
    return page(exchange, seen, _status(refused), faulty=deed, fault=refused, changed=_changed(exchange, seen))


def _changed(exchange: Exchange, seen: DossierSeen) -> tuple[tuple[ValueSeen, Any], ...]:
    """What others have made of its values since the form was given out."""
    since = seen.changed_since(_version(exchange))
    return tuple((value, correction) for name, correction in since if (value := seen.value(name)) is not None)


def _correction(exchange: Exchange, seen: DossierSeen, value_id: str, refused: str | None = None) -> Response:
    value = seen.value(value_id)
    if value is None:
        raise NotFoundError
    return _asked(
        exchange,
        "correct.html",
        seen,
        refused,
        value=value,
        page=seen.page(value.page) if value.page is not None else None,
        form_wanted=form_of(value.key),
        text=exchange.form.get("text", exchange.words.value(value.text, value.key) if value.text else ""),
        printed="printed" in exchange.form,
    )


def _question(exchange: Exchange, seen: DossierSeen, refused: str | None = None) -> Response:
    name = exchange.named("question")
    found: QuestionSeen | None = next((one for one in seen.questions if one.id == name), None)
    if found is None:
        raise NotFoundError
    fields = [_field(seen, one) for one in found.fields]
    return _asked(exchange, "question.html", seen, refused, question=found, fields=fields)


def _asked(exchange: Exchange, template: str, seen: DossierSeen, refused: str | None, **more: Any) -> Response:
    """A form about a dossier, as it was sent where it was refused: why, and what others have changed meanwhile."""
    changed = _changed(exchange, seen) if refused else ()
    told = {"seen": seen, "case": seen.story.case, "fault": refused, "changed": changed, "form": exchange.form}
    return exchange.page(template, _status(refused) if refused else 200, **told, **more)


def _field(seen: DossierSeen, field: Mapping[str, str]) -> tuple[Mapping[str, str], ValueSeen | None, str | None]:
    """One value of a question: its texts, what it is, and what form its texts have."""
    value = seen.value(field["value"])
    return field, value, form_of(value.key) if value else None


def _choice(exchange: Exchange, name: str) -> str | None:
    """The text that was chosen for a value; None where nothing was."""
    form = exchange.form
    match form.get(f"choice-{name}"):
        case "hub":
            return form.get(f"seen-{name}", "")
        case "station":
            return form.get(f"station-{name}", "")
        case "other":
            return kept_as(form.get(f"key-{name}", ""), form.get(f"other-{name}", ""))
        case _:
            return None
