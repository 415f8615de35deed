"""The department's editors draft policies with days, and publish or end them, two for each."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import ValidationError

from app import clock
from app.access import Actor
from app.audit.fields import changed
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault
from app.organisations.policies import check_person, check_version
from app.standards.errors import (
    AlreadyPublishedError,
    PolicyDraftNotFoundError,
    PolicyParametersError,
)
from app.standards.events import RulesPublished
from app.standards.models import PublishedPolicy
from app.standards.policies import check_first_day, check_two_people
from app.standards.queries import published_policies as queries
from app.standards.queries.drafts import publish_alone
from app.standards.queries.periods import days_from, days_until, first_day, last_day
from app.standards.schemas.drafts import Publication
from app.standards.schemas.policy_drafts import (
    PARAMETERS,
    NewPolicyDraft,
    PolicyDraftChange,
    PolicyDraftRecord,
)
from app.standards.schemas.published import PeriodOut
from app.standards.terms import PolicyCode, State
from app.values.uuid7 import uuid7


async def get_policy(session: ReadSession | WriteSession, policy_id: uuid.UUID) -> PublishedPolicy:
    """Return a policy, draft or published, that the actor may see.

    Raises:
        PolicyDraftNotFoundError: there is none.
    """
    found = await queries.find_policy(session, policy_id)
    if found is None:
        raise PolicyDraftNotFoundError(
            "No policy has this id, or none that you may see. Check the address."
        )
    return found


async def draft_policy(session: WriteSession, actor: Actor, new: NewPolicyDraft) -> uuid.UUID:
    """Draft other figures of a policy, or that it be switched off, and return the draft's id.

    Raises:
        PolicyParametersError: the policy has no such figures.
    """
    person_id, policy_id = check_person(actor), uuid7()
    row = {
        "id": policy_id,
        "code": new.code.value,
        "parameters": _read_figures(new.code, new.parameters),
        "state": State.DRAFT.value,
        "reason": new.reason,
        "source": new.source,
        "drafted_by": person_id,
        "last_changed_by": person_id,
        "version": 1,
    }
    await queries.insert_policy(session, row)
    told = {name: row[name] for name in ("parameters", "reason", "source")}
    subject = _subject(actor, policy_id, new.code)
    await record(session, actor, "policy.drafted", subject, after=told)
    return policy_id


async def change_policy(
    session: WriteSession,
    actor: Actor,
    policy_id: uuid.UUID,
    change: PolicyDraftChange,
    expected: int,
) -> None:
    """Change a draft of a policy.

    Raises:
        PolicyDraftNotFoundError: there is none that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
        PolicyParametersError: the policy has no such figures.
    """
    held = await _lock(session, policy_id, expected)
    stated = {name: getattr(change, name) for name in change.model_fields_set}
    if "parameters" in stated:
        stated["parameters"] = _read_figures(PolicyCode(held.code), change.parameters)
    before, after = changed({name: getattr(held, name) for name in stated}, stated)
    if not after:
        return
    moved = {"last_changed_by": check_person(actor), "version": held.version + 1}
    await queries.update_policy(session, policy_id, stated | moved)
    subject = _subject(actor, policy_id, held.code)
    await record(session, actor, "policy.changed", subject, before=before, after=after)


async def publish_policy(
    session: WriteSession,
    actor: Actor,
    policy_id: uuid.UUID,
    stated: Publication,
    expected: int,
) -> None:
    """Let a colleague's draft hold from a day on; what held before ends the day before.

    Raises:
        PolicyDraftNotFoundError: there is none that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
        OwnDraftError: the actor drafted it or changed it last.
        InvalidRequestError: the day is past.
        DayTakenError: what is published of the policy begins on that day or later.
    """
    person_id, first = check_person(actor), stated.in_force_from
    await publish_alone(session)
    held = await _lock(session, policy_id, expected)
    check_two_people(person_id, held.drafted_by, held.last_changed_by)
    newest = await queries.newest_published(session, held.code)
    check_first_day(first, clock.today(), first_day(newest) if newest else None)
    if newest is not None:
        await queries.update_policy(session, newest.id, {"in_force": days_until(newest, first)})
    published = {
        "state": State.PUBLISHED.value,
        "in_force": days_from(first),
        "published_by": person_id,
        "published_at": clock.now(),
        "version": held.version + 1,
    }
    await queries.update_policy(session, policy_id, published)
    told = {
        "in_force_from": first,
        "parameters": held.parameters,
        "last_day_before": first - timedelta(days=1) if newest else None,
    }
    subject = _subject(actor, policy_id, held.code)
    await record(session, actor, "policy.published", subject, reason=held.reason, after=told)
    announce(session, RulesPublished(held.code))


async def _lock(session: WriteSession, policy_id: uuid.UUID, expected: int) -> PublishedPolicy:
    await get_policy(session, policy_id)
    held = await queries.find_policy(session, policy_id, lock=True)
    if held is None:
        raise PolicyDraftNotFoundError("You may see this policy and not change it.")
    if held.state == State.PUBLISHED:
        raise AlreadyPublishedError(
            "This is published and never changes. Draft what shall hold in its place."
        )
    check_version(held.version, expected)
    return held


def record_of(held: PublishedPolicy) -> PolicyDraftRecord:
    """Return a policy as its editors see it."""
    first = first_day(held)
    return PolicyDraftRecord(
        id=held.id,
        code=PolicyCode(held.code),
        state=State(held.state),
        parameters=held.parameters,
        reason=held.reason,
        source=held.source,
        in_force=PeriodOut(from_=first, to=last_day(held)) if first else None,
        drafted_by=held.drafted_by,
        last_changed_by=held.last_changed_by,
        published_by=held.published_by,
        published_at=held.published_at,
    )


def _read_figures(code: PolicyCode, parameters: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if parameters is None:
        return None
    try:
        return PARAMETERS[code].model_validate(parameters).model_dump(mode="json")
    except ValidationError as error:
        faults = tuple(
            FieldFault(f"{one['msg']}.", "/".join(("/parameters", *map(str, one["loc"]))))
            for one in error.errors()
        )
        named = ", ".join(PARAMETERS[code].model_fields)
        raise PolicyParametersError(
            f"The figures of {code} are: {named}. See errors.", errors=faults
        ) from None


def _subject(actor: Actor, policy_id: uuid.UUID, code: str) -> Subject:
    return Subject("policy", policy_id, code, actor.organisation_id)
