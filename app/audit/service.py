"""Writing down what was done, looked at or refused; looking it up is written down as well."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access import Actor
from app.audit import queries
from app.audit.fields import plain
from app.audit.terms import ActOutcome, Change, Entry, Place, Purpose, Subject, Wanted
from app.db.events import WriteSession
from app.values.uuid7 import uuid7

AUDIT = "audit"
"""The kind of subject that an organisation's record of acts is."""


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
        before: the changed fields as they were; never a secret, see `app.audit.fields`.
        after: the changed fields as they are now.

    Raises:
        TypeError: a field holds what cannot be told in plain JSON, such as the bytes of a hash.
    """
    facts = {"reason": reason, "before": plain(before), "after": plain(after)}
    await queries.insert_entries(session, [_row(actor, act, ActOutcome.DONE, subject) | facts])


async def record_many(
    session: WriteSession, actor: Actor, act: str, changes: Sequence[Change]
) -> None:
    """Write down the same act done to many things, each with an entry of its own.

    Args:
        session: the transaction that does it.
        actor: who does it.
        act: what, as `subject.verb`: `organisation.imported`.
        changes: to what, each with its own reason and fields; none is no entry.

    Raises:
        TypeError: as for `record`.
    """
    rows = [
        _row(actor, act, ActOutcome.DONE, change.subject)
        | {
            "reason": change.reason,
            "before": plain(change.before),
            "after": plain(change.after),
        }
        for change in changes
    ]
    if rows:
        await queries.insert_entries(session, rows)


async def record_read(
    session: WriteSession,
    actor: Actor,
    act: str,
    subject: Subject,
    purpose: Purpose,
    *,
    asked: Mapping[str, Any] | None = None,
) -> None:
    """Write down that somebody looked at a protected record, and what for.

    Args:
        session: the transaction that looks; a writing one, see `app.http.sessions.Looking`.
        actor: who looks.
        act: what they do, as `subject.verb`: `audit.read`.
        subject: at what.
        purpose: what for; without a purpose there is no look.
        asked: what they asked for of it, such as a period; kept as the entry's `after`.
    """
    facts = {"purpose": purpose.value, "after": plain(asked or None)}
    await queries.insert_entries(session, [_row(actor, act, ActOutcome.READ, subject) | facts])


async def record_refusal(
    session: WriteSession,
    actor: Actor,
    act: str,
    subject: Subject | None,
    reason: str,
    *,
    left_out: int = 0,
) -> None:
    """Write down that somebody tried what they may not; in a transaction of its own.

    Args:
        session: not the one that was refused: that is undone.
        actor: who tried.
        act: what they tried: for a request, its method and template.
        subject: at what, where that is known.
        reason: the slug of the problem they were answered with.
        left_out: how often they tried the same since the last entry without one of its own.
    """
    after = {"left_out": left_out} if left_out else None
    facts = {"reason": reason, "after": after}
    await queries.insert_entries(session, [_row(actor, act, ActOutcome.REFUSED, subject) | facts])


async def look_up(
    session: WriteSession,
    actor: Actor,
    wanted: Wanted,
    purpose: Purpose,
    *,
    after: Place | None,
    limit: int,
) -> Sequence[Entry]:
    """Return what an organisation's people did, and others did to its records, newest first.

    That somebody looked is written down in the same transaction, so nobody looks unseen.

    Args:
        session: a writing transaction.
        actor: who looks; row security shows them their own organisation's and those within it.
        wanted: which entries.
        purpose: what for.
        after: the place of the last entry of the page before.
        limit: how many at most.
    """
    found = await queries.find_page(session, wanted, after, limit)
    await record_read(
        session, actor, "audit.read", audit_of(actor), purpose, asked=asked_of(wanted)
    )
    return found


async def note_export(
    session: WriteSession,
    actor: Actor,
    subject: Subject,
    purpose: Purpose,
    asked: Mapping[str, Any],
) -> None:
    """Write down that the record of acts is about to be exported; to be committed before it is.

    An entry without a file is an export that failed; a file without an entry there must not be.
    """
    await record_read(session, actor, "audit.exported", subject, purpose, asked=asked)


def audit_of(actor: Actor) -> Subject:
    """Return the record of acts of the organisation somebody acts for, as what is looked at."""
    name, organisation_id = actor.organisation_name, actor.organisation_id
    return Subject(AUDIT, str(organisation_id), name, organisation_id, name)


def asked_of(wanted: Wanted) -> dict[str, Any]:
    """Return what somebody asked for of the record of acts, as it is written down."""
    named = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
    return {name: value for name, value in named.items() if value is not None}


def _row(actor: Actor, act: str, outcome: ActOutcome, subject: Subject | None) -> dict[str, Any]:
    """Return an entry without its time, which the database stamps whoever writes."""
    return {
        "id": uuid7(),
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
        "subject_organisation_name": _name_of_owner(actor, subject),
        "request_id": actor.request_id,
    }


def _name_of_owner(actor: Actor, subject: Subject | None) -> str | None:
    if subject is None or subject.organisation_id is None:
        return None
    own = subject.organisation_id == actor.organisation_id
    return subject.organisation_name or (actor.organisation_name if own else None)
