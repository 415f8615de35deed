"""Applications: begun and submitted by owners, asked about by assessors, withdrawn."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.fields import changed
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, VersionChangedError
from app.providers.errors import (
    ApplicationNotFoundError,
    ApplicationNotReadyError,
    ApplicationOpenError,
    DayCannotBeError,
    ListingMoveNotAllowedError,
    PartEndedError,
    PersonNeededError,
    QuestionAnsweredError,
    QuestionNotFoundError,
    RecordNotYoursError,
    SiteNotFoundError,
)
from app.providers.models.listings import Listing, ListingMove, ListingQuestion
from app.providers.policies import Why
from app.providers.queries import applications as subjects
from app.providers.queries import listings as queries
from app.providers.queries.evidence import critical_documents_missing, is_self_evaluated
from app.providers.readiness import Item, Lacking, Readiness, Stage, lacking_before, readiness
from app.providers.service.listings import (
    Decision,
    asking,
    check,
    hold,
    look_at,
    move,
    standing_of,
    subject_of,
)
from app.providers.service.matches import note_matches
from app.providers.service.visits import entry_visit_months
from app.providers.terms import (
    ADDRESS_NOT_PUBLIC,
    APPLYING,
    Basis,
    ListingState,
    Mover,
    PublicReason,
)
from app.standards.queries.published_policies import policy_on
from app.standards.queries.versions import in_force
from app.standards.terms import PolicyCode
from app.values.uuid7 import uuid7

_SCOPE: Mapping[str, Any] = {
    "age_from": None,
    "age_to": None,
    "key_stages": [],
    "needs": [],
    "programmes": [],
}


async def begin(
    session: WriteSession,
    actor: Actor,
    provider_number: str,
    site_reference: int,
    scope: Mapping[str, Any],
) -> uuid.UUID:
    """Begin an application for a site of a provider that the actor's organisation owns.

    Raises:
        ApplicationNotFoundError: there is no such provider, or it is none of their business.
        SiteNotFoundError: the provider has no such site.
        PartEndedError: the site has closed.
        RecordNotYoursError: they answer for it, but its owner applies; or nobody owns it yet.
        ApplicationOpenError: an application for this site is open.
        PersonNeededError: a machine asks.
    """
    _check_person(actor)
    site = await queries.find_site(session, provider_number.upper(), site_reference)
    if site is None:
        raise SiteNotFoundError(
            "No provider of yours has this number and such a site. Check both on the record."
        )
    if not site.owns:
        raise RecordNotYoursError(
            f"{site.provider_name} applies itself; whoever owns its record begins an application."
        )
    if site.closed_on is not None and site.closed_on <= clock.today():
        raise PartEndedError(f"The site {site.name} has closed. Apply for one that is open.")
    await queries.lock_providers(session, [site.provider_id])
    row = {
        "id": uuid7(),
        "provider_id": site.provider_id,
        "site_id": site.id,
        "la_code": site.la_code,
        "basis": Basis.APPLICATION.value,
        "state": ListingState.DRAFT.value,
        "state_since": clock.today(),
        "made_at": clock.now(),
        "made_by": actor.id,
        "version": 1,
    }
    for open_one in await queries.find_applying(session, site.id):
        raise ApplicationOpenError(
            "An application for this site is open already; go on with that one.",
            application_id=str(open_one),
        )
    await queries.insert_row(session, Listing, row | dict(_SCOPE) | dict(scope))
    begun = {
        "id": uuid7(),
        "listing_id": row["id"],
        "to_state": ListingState.DRAFT.value,
        "effective_on": clock.today(),
        "reason": "Begun by the owner.",
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "organisation_id": actor.organisation_id,
        "recorded_at": clock.now(),
    }
    await queries.insert_row(session, ListingMove, begun)
    listing = await look_at(session, uuid.UUID(str(row["id"])))
    await record(session, actor, "application.begun", subject_of(listing), after=dict(scope))
    return uuid.UUID(str(row["id"]))


async def change_scope(
    session: WriteSession,
    actor: Actor,
    listing_id: uuid.UUID,
    scope: Mapping[str, Any],
    expected: int,
) -> None:
    """Change what a draft applies for.

    Raises:
        ApplicationNotFoundError: there is none that they own.
        RecordNotYoursError: they answer for it, but do not own it.
        ListingMoveNotAllowedError: it is no draft any more.
        VersionChangedError: it was changed since they read it.
    """
    held = await hold(session, listing_id)
    _check_owns(held)
    state = standing_of(held).state
    if state is not ListingState.DRAFT:
        raise ListingMoveNotAllowedError(
            f"The application is {state}. Withdraw it to change what it is for.",
            state=state.value,
        )
    if held.version != expected:
        raise VersionChangedError(
            "The application was changed since you read it. Read it again, then change it."
        )
    before = {name: getattr(held, name) for name in scope}
    was, now = changed(before, scope)
    if not now:
        return
    await queries.update_listing(session, listing_id, dict(now))
    await record(session, actor, "application.changed", subject_of(held), before=was, after=now)


async def submit(session: WriteSession, actor: Actor, listing_id: uuid.UUID) -> None:
    """Submit an application that is ready.

    Raises:
        ApplicationNotReadyError: something is missing; every fault says what, where and how.
        ApplicationNotFoundError: as for `check`, which also raises what else stands in the way.
    """
    held = await hold(session, listing_id)
    check(actor, held, Mover.OWNER, ListingState.SUBMITTED)
    lacking = lacking_before(await items_of(session, held), Stage.SUBMISSION)
    if lacking:
        raise ApplicationNotReadyError(
            f"{len(lacking)} thing(s) are missing. Each rests on the register's own policy; no law "
            "keeps anybody from being placed at a provider that is not listed.",
            errors=tuple(
                FieldFault(f"{one.detail} {one.cure}", one.pointer or "/") for one in lacking
            ),
            missing=[_as_fact(one) for one in lacking],
        )
    values = {"submitted_at": clock.now()}
    await _own_move(
        session,
        actor,
        held,
        ("application.submitted", ListingState.SUBMITTED, "Submitted by its owner."),
        values,
    )
    await note_matches(session, actor, listing_id)


async def withdraw(session: WriteSession, actor: Actor, listing_id: uuid.UUID, reason: str) -> None:
    """Take an application back; it becomes a draft again. Raises: as for `check`."""
    held = await hold(session, listing_id)
    check(actor, held, Mover.OWNER, ListingState.DRAFT)
    to = ("application.withdrawn", ListingState.DRAFT, reason)
    await _own_move(session, actor, held, to, {"submitted_at": None})


async def close(
    session: WriteSession, actor: Actor, listing_id: uuid.UUID, reason: str, on: date | None
) -> None:
    """Close a listing, or give up an application, as its owner: today, or from a later day.

    Raises: as for `check`; and DayCannotBeError for a day that has passed.
    """
    held = await hold(session, listing_id)
    check(actor, held, Mover.OWNER, ListingState.CLOSED)
    day = on or clock.today()
    if day < clock.today():
        detail = "It can close today, or from a later day; the past cannot be changed."
        raise DayCannotBeError(detail, errors=(FieldFault(detail, "/effective_on"),))
    if standing_of(held).state in APPLYING:
        day = clock.today()
    day = max(day, clock.today(), standing_of(held).since)
    public = PublicReason.PROVIDER_ASKED
    await move(
        session,
        actor,
        held,
        Decision("listing.closed", Mover.OWNER, ListingState.CLOSED, reason, day, public),
    )


async def ask(
    session: WriteSession, actor: Actor, listing_id: uuid.UUID, question: str
) -> uuid.UUID:
    """Ask the applicant something while the application is assessed.

    Raises:
        ApplicationNotFoundError: there is none that they answer for.
        NotYoursToJudgeError: they have a stake in it.
        ListingMoveNotAllowedError: it is not being assessed.
    """
    held = await hold(session, listing_id)
    _check_assesses(actor, held)
    row = {
        "id": uuid7(),
        "listing_id": listing_id,
        "question": question,
        "asked_by": actor.id,
        "asked_by_name": actor.name,
        "asked_at": clock.now(),
    }
    await queries.insert_row(session, ListingQuestion, row)
    await record(session, actor, "application.questioned", subject_of(held))
    return uuid.UUID(str(row["id"]))


async def answer(
    session: WriteSession,
    actor: Actor,
    listing_id: uuid.UUID,
    question_id: uuid.UUID,
    words: str,
) -> None:
    """Answer an assessor's question.

    Raises:
        ApplicationNotFoundError: there is none that they own.
        RecordNotYoursError: they answer for it, but do not own it.
        QuestionNotFoundError: it has no such question.
        QuestionAnsweredError: it was answered.
        PersonNeededError: a machine asks.
    """
    _check_person(actor)
    held = await hold(session, listing_id)
    _check_owns(held)
    if question_id not in {one.id for one in await queries.list_questions(session, listing_id)}:
        raise QuestionNotFoundError
    values = {
        "answer": words,
        "answered_by": actor.id,
        "answered_by_name": actor.name,
        "answered_at": clock.now(),
    }
    if not await queries.answer_question(session, question_id, values):
        raise QuestionAnsweredError
    await record(session, actor, "application.answered", subject_of(held))


async def items_of(session: ReadSession | WriteSession, listing: Any) -> Sequence[Item]:
    """Return what an application needs, done or not, from what is on record today."""
    day = clock.today()
    provider, site = await subjects.get_subject(session, listing.provider_id, listing.site_id)
    policy = await policy_on(session, PolicyCode.YEARLY_CONFIRMATION, day)
    version = await in_force(session, day)
    lacking = await critical_documents_missing(session, provider, site, day)
    placed = site.postcode or (site.town and site.kind in ADDRESS_NOT_PUBLIC)
    return readiness(
        Readiness(
            day=day,
            consented=await subjects.is_consented(session, provider.id),
            confirmed_on=await subjects.confirmed_on(session, provider.id),
            confirmation_months=int(policy["months"]) if policy else None,
            site_open=site.closed_on is None or site.closed_on > day,
            located=bool(placed or (site.address_lines and site.town)),
            staff_size_known=provider.staff_size is not None,
            offers_in_scope=await subjects.count_offers(session, listing, day),
            lacking=[Lacking(one.criterion, one.requirement, one.kinds) for one in lacking],
            version=version.code if version else None,
            self_evaluated=version is not None
            and await is_self_evaluated(session, site.id, version.id),
            unanswered=await subjects.count_unanswered(session, listing.id),
            unjudged=await queries.count_unjudged(session, listing.id) if listing.answers else None,
            entry_visit_months=await entry_visit_months(session, listing.basis, day),
            visited_on=await subjects.visited_on(session, site.id),
        )
    )


async def _own_move(
    session: WriteSession,
    actor: Actor,
    held: Any,
    to: tuple[str, ListingState, str],
    values: Mapping[str, Any],
) -> None:
    act, state, reason = to
    day = max(clock.today(), standing_of(held).since)
    await move(session, actor, held, Decision(act, Mover.OWNER, state, reason, day, values=values))


def _check_person(actor: Actor) -> None:
    if actor.kind is not ActorKind.PERSON:
        raise PersonNeededError("A person of the owner's does this, signed in.")


def _check_owns(held: Any) -> None:
    if not held.owns:
        raise RecordNotYoursError(f"This is for whoever owns {held.provider_name}.")


def _check_assesses(actor: Actor, held: Any) -> None:
    state = standing_of(held).state
    if state is not ListingState.IN_ASSESSMENT:
        who = asking(actor, held, Mover.OFFICER)
        if not who.answers:
            raise ApplicationNotFoundError
        raise ListingMoveNotAllowedError(
            f"The application is {state}. Take it into assessment, then ask.",
            state=state.value,
            why=Why.NO_SUCH_MOVE.value,
        )
    check(actor, held, Mover.TWO_OFFICERS, ListingState.REFUSED)


def _as_fact(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "detail": item.detail,
        "cure": item.cure,
        "pointer": item.pointer,
        "basis": item.basis.value,
    }
