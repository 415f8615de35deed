"""Writing down what was done, looked at or refused."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.access import Actor
from app.audit import queries
from app.audit.terms import Outcome, Purpose, Subject
from app.db.events import WriteSession
from app.values.uuid7 import uuid7


async def record(  # noqa: PLR0913 - an act has these facts, and each is named where it is told
    session: WriteSession,
    actor: Actor,
    act: str,
    subject: Subject | None,
    *,
    reason: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down an act in the transaction that does it.

    Args:
        session: that transaction.
        actor: who does it.
        act: what, as `subject.verb`: `invitation.made`.
        subject: to what.
        reason: why, in the actor's words.
        before: the changed fields as they were; plain JSON, never a secret.
        after: the changed fields as they are now.
    """
    facts = {"reason": reason, "before": _plain(before), "after": _plain(after)}
    await queries.insert_entry(session, _row(actor, act, Outcome.DONE, subject) | facts)


async def record_read(
    session: WriteSession, actor: Actor, act: str, subject: Subject, purpose: Purpose
) -> None:
    """Write down that somebody looked at a protected record, and what for."""
    row = _row(actor, act, Outcome.READ, subject) | {"purpose": purpose.value}
    await queries.insert_entry(session, row)


async def record_refusal(
    session: WriteSession, actor: Actor, act: str, subject: Subject | None, reason: str
) -> None:
    """Write down that somebody tried what they may not; in a transaction of its own.

    Args:
        session: not the one that was refused: that is undone.
        actor: who tried.
        act: what they tried: for a request, its method and template.
        subject: at what, where that is known.
        reason: the slug of the problem they were answered with.
    """
    row = _row(actor, act, Outcome.REFUSED, subject) | {"reason": reason}
    await queries.insert_entry(session, row)


def _row(actor: Actor, act: str, outcome: Outcome, subject: Subject | None) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "recorded_at": clock.now(),
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "organisation_id": actor.organisation_id,
        "organisation_name": actor.organisation_name,
        "roles": sorted(actor.roles) or sorted(actor.permissions),
        "act": act,
        "outcome": outcome.value,
        "subject_kind": subject.kind if subject else None,
        "subject_id": str(subject.id) if subject else None,
        "subject_label": subject.label if subject else None,
        "subject_organisation_id": subject.organisation_id if subject else None,
        "request_id": actor.request_id,
    }


def _plain(fields: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return fields as JSON holds them; dates and keys become text."""
    if fields is None:
        return None
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(one) for one in sorted(value, key=str)]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
