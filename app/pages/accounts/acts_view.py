"""What the page of what was done is given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from app.access import Actor, ActorKind
from app.audit.schemas import AuditEntryOut
from app.audit.terms import ActOutcome
from app.errors import AppError
from app.pages import people_wording as words
from app.pages.accounts.people_view import PURPOSE_FIELDS, purpose_field
from app.pages.filters import format_moment, humanise
from app.pages.form_parts import Faults, read_faults, select_field, text_field
from app.pages.view_models import ActionLink, ErrorLink, Frame, SelectField, TextField

ACTS = "/organisation/acts"
EXPORT = "/v1/audit/export"
FIELDS = PURPOSE_FIELDS | {
    "act": "Choose what was done from the list",
    "outcome": "Choose what came of it from the list",
    "from": "Enter the first day, such as 2026-09-01",
    "until": "Enter the last day, such as 2026-09-01; it is not before the first",
}
NARROWING = ("actor_id", "subject_kind", "subject_id")
"""What is narrowed by following a link, not by typing."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?\+\d{2}:\d{2}\Z")
_USUAL_PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act: when, who, what, to what, and why.

    Attributes:
        moment: when.
        who: by whom.
        under: under which roles, and for whom if that is another organisation.
        did: what.
        outcome: what came of it.
        subject: to what.
        because: why, or what for.
        changes: the changed fields, as they were and became.
        by_them: leads to everything they did.
        to_it: leads to everything done to it.
    """

    moment: str
    who: str
    under: str
    did: str
    outcome: str
    subject: str
    because: str
    changes: tuple[str, ...]
    by_them: str | None
    to_it: str | None


@dataclass(frozen=True, slots=True)
class ActsView:
    """The page of what was done; `rows` is `None` until a purpose is stated.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        organisation: whose people and records it is about.
        purpose: what somebody looks for.
        act: what was done.
        outcome: what came of it.
        since: the first day.
        until: the last day.
        kept: what is narrowed by a link, to travel with the form.
        narrowed: a line on what is narrowed so, with the link that takes it back.
        rows: what was found, the newest first.
        next_url: leads to older ones.
        first_url: leads back to the newest.
        export: where the form for a file leads, and its fields.
        errors: what is to be mended.
    """

    frame: Frame
    title: str
    organisation: str
    purpose: SelectField
    act: SelectField
    outcome: SelectField
    since: TextField
    until: TextField
    kept: tuple[tuple[str, str], ...]
    narrowed: ActionLink | None
    rows: tuple[ActRow, ...] | None
    next_url: str | None
    first_url: str | None
    export: "ExportForm | None"
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class ExportForm:
    """The form that leads to a file; the purpose travels with it."""

    action: str
    purpose: str
    since: TextField
    until: TextField


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, and where the older ones begin."""

    items: Sequence[AuditEntryOut]
    cursor: str | None


def build_acts(
    frame: Frame,
    actor: Actor,
    typed: Mapping[str, str],
    found: Found | None = None,
    refused: AppError | None = None,
    *,
    today: date,
) -> ActsView:
    """Return the page of what was done.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        typed: the form as sent; what is not there was left empty.
        found: what was found, once a purpose was stated.
        refused: why nothing was looked up.
        today: for the usual period of a file.
    """
    faults = read_faults(refused, FIELDS)
    asked = {name: value for name, value in typed.items() if value and name != "cursor"}
    kept = tuple((name, asked[name]) for name in NARROWING if name in asked)
    return ActsView(
        frame=frame,
        title=faults.title("What was done"),
        organisation=actor.organisation_name or "",
        purpose=purpose_field(asked.get("purpose", ""), faults),
        act=_select("act", ("", "Anything"), words.ACTS, asked, faults),
        outcome=_select("outcome", ("", "Any"), words.OUTCOMES, asked, faults),
        since=text_field("from", asked.get("from", ""), faults),
        until=text_field("until", asked.get("until", ""), faults),
        kept=kept,
        narrowed=_narrowed(asked) if kept else None,
        rows=tuple(_row(one, asked) for one in found.items) if found else None,
        next_url=_address(asked, cursor=found.cursor) if found and found.cursor else None,
        first_url=_address(asked) if found and typed.get("cursor") else None,
        export=_export(asked, today) if found else None,
        errors=faults.links,
    )


def _select(
    name: str,
    none: tuple[str, str],
    offered: Mapping[str, str],
    asked: Mapping[str, str],
    faults: Faults,
) -> SelectField:
    chosen = asked.get(name, "")
    by_words = sorted(((str(code), told) for code, told in offered.items()), key=lambda one: one[1])
    known = not chosen or chosen in offered
    return select_field(
        name, (none, *by_words, *(() if known else ((chosen, chosen),))), chosen, faults
    )


def _row(one: AuditEntryOut, asked: Mapping[str, str]) -> ActRow:
    subject = one.subject
    return ActRow(
        moment=format_moment(one.recorded_at),
        who=one.actor.name,
        under=_under(one),
        did=words.ACTS.get(one.act, one.act),
        outcome=words.OUTCOMES[one.outcome],
        subject="" if subject is None else _subject(subject.kind, subject.label),
        because=_because(one),
        changes=_changes(one.before, one.after),
        by_them=_address(asked, actor_id=str(one.actor.id)) if one.actor.id else None,
        to_it=_address(asked, subject_kind=subject.kind, subject_id=subject.id)
        if subject is not None
        else None,
    )


def _subject(kind: str, label: str | None) -> str:
    return f"{humanise(kind)}: {label}" if label else humanise(kind)


def _under(one: AuditEntryOut) -> str:
    labels = words.role_labels(one.roles) if one.actor.kind is ActorKind.PERSON else ()
    held = ", ".join(labels or (humanise(one.actor.kind),))
    return f"{held}, for {one.organisation.name}" if one.organisation else held


def _because(one: AuditEntryOut) -> str:
    if one.purpose is not None:
        return words.PURPOSES[one.purpose]
    reason = one.reason or ""
    told = {**words.MEMBERSHIP_ENDS, **words.FACTORS_TAKEN}
    return told.get(reason, humanise(reason) if one.outcome is ActOutcome.REFUSED else reason)


def _changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    was, now = before or {}, after or {}
    return tuple(
        f"{humanise(name)}: {_told(was.get(name))} → {_told(now.get(name))}"
        if name in was and name in now
        else f"{humanise(name)}: {_told(now.get(name, was.get(name)))}"
        for name in dict.fromkeys((*was, *now))
    )


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "none"
    if isinstance(value, str) and _MOMENT.match(value):
        return format_moment(value)
    return "none" if value is None else str(value)


def _narrowed(asked: Mapping[str, str]) -> ActionLink:
    without = {name: value for name, value in asked.items() if name not in NARROWING}
    return ActionLink("Show everything again", _address(without))


def _export(asked: Mapping[str, str], today: date) -> ExportForm:
    first = (today - _USUAL_PERIOD).isoformat()
    return ExportForm(
        action=EXPORT,
        purpose=asked.get("purpose", ""),
        since=TextField("from", asked.get("from", first), None),
        until=TextField("until", asked.get("until", today.isoformat()), None),
    )


def _address(asked: Mapping[str, str], **changes: str | None) -> str:
    whole = {**asked, **changes}
    return f"{ACTS}?" + urlencode({name: value for name, value in whole.items() if value})
