"""Reviews of a placement over HTTP: held, acknowledged, contributed to; and making it longer."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.errors import ChildErasedError
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.keyring.ring import Keyring
from app.placements.errors import (
    ElsewhereAtOnceError,
    LimitReachedError,
    PlacementEndedError,
    PlacementNotFoundError,
    PlacementNotYoursError,
)
from app.placements.router.placements import CHANGED, PLACEMENTS, Reader, Recorder, told
from app.placements.schemas import PlacementOut
from app.placements.service.recording import look_at, subject_of
from app.providers.router.answering import ASKED, Ring, located, private
from app.reviews.errors import (
    NothingToAcknowledgeError,
    PlaceNotYoursError,
    ReviewHeldAlreadyError,
    ReviewOverdueError,
)
from app.reviews.queries import reviews as queries
from app.reviews.schemas import (
    PlacementExtension,
    PlacementReviews,
    ReviewContributed,
    ReviewContributionOut,
    ReviewHeld,
    ReviewOpeningOut,
    ReviewOut,
    ReviewRule,
)
from app.reviews.service import extending, keeping
from app.reviews.service.due import light_of
from app.reviews.terms import CAUSES, ReviewCause
from app.rules.clocks.reviewing import half_term_review
from app.rules.school_days import GUESSED_DAYS

PLACEMENT = f"{PLACEMENTS}/{{placement_id}}"
HELD = f"{PLACEMENT}/reviews"

router = APIRouter(tags=["reviews"])

Contributor = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]
_KEPT = (*ASKED, KeyReusedError, PlacementNotFoundError, PlacementNotYoursError)


@router.get(
    HELD, operation_id="getPlacementReviews", responses=problems(*ASKED, PlacementNotFoundError)
)
async def get_reviews(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementReviews:
    """Read when a placement is reviewed next and what reviews found, and say what for."""
    placement = await look_at(session, placement_id)
    subject = subject_of(placement_id, placement.commissioner_id)
    await record_read(session, actor, "placement.reviews_read", subject, purpose)
    return await _told(session, response, ring, placement)


@router.post(
    HELD,
    status_code=201,
    operation_id="recordReview",
    responses=problems(*_KEPT, PlacementEndedError, ChildErasedError, ReviewHeldAlreadyError),
)
async def record_review(
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    held: ReviewHeld,
) -> PlacementReviews:
    """Record a review. The same again under the same reference records nothing."""
    if not await keeping.add_review(session, actor, ring, placement_id, held):
        response.status_code = 200
    return await _told(session, response, ring, await look_at(session, placement_id))


@router.post(
    f"{HELD}/acknowledgement",
    operation_id="acknowledgeProviderChange",
    responses=problems(*_KEPT, NothingToAcknowledgeError),
)
async def acknowledge(
    session: Writing, actor: Recorder, response: Response, ring: Ring, placement_id: uuid.UUID
) -> PlacementReviews:
    """Say that you know what changed at the provider; the review itself is still to be held."""
    await keeping.acknowledge(session, actor, placement_id)
    return await _told(session, response, ring, await look_at(session, placement_id))


@router.post(
    f"{HELD}/contributions",
    status_code=201,
    operation_id="contributeToReview",
    responses=problems(*ASKED, KeyReusedError, PlaceNotYoursError),
)
async def contribute(
    session: Writing,
    actor: Contributor,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    said: ReviewContributed,
) -> ReviewContributionOut:
    """Say, as the provider, how a child at one of your sites does. It is read by who reviews."""
    row = await keeping.contribute(session, actor, ring, placement_id, said)
    located(response, HELD.replace("{placement_id}", str(placement_id)))
    private(response)
    return ReviewContributionOut(given_on=row["given_on"], by=row["by_name"], what=said.what)


@router.post(
    f"{PLACEMENT}/extension",
    operation_id="extendPlacement",
    responses=problems(
        *CHANGED, PlacementEndedError, ReviewOverdueError, LimitReachedError, ElsewhereAtOnceError
    ),
)
async def extend(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    asked: PlacementExtension,
    expected: ExpectedVersion,
) -> PlacementOut:
    """Give a placement a later planned end; not while a review of it is overdue."""
    await extending.extend(session, actor, (placement_id, expected), asked)
    return await told(session, response, ring, placement_id)


async def _told(
    session: WriteSession, response: Response, ring: Keyring, placement: Any
) -> PlacementReviews:
    due = await queries.get_due(session, placement.id)
    openings = await queries.list_openings(session, placement.id)
    waiting = [one.acknowledge_by for one in openings if _waits(one)]
    address = HELD.replace("{placement_id}", str(placement.id))
    located(response, f"{address}?purpose={Purpose.COMMISSIONING}")
    private(response)
    return PlacementReviews(
        placement=placement.id,
        next_on=due.next_on if due else None,
        latest_on=due.latest_on if due else None,
        approximate=due.approximate if due else False,
        light=light_of(due.next_on, min(waiting, default=None)) if due else None,
        why=_why(due) if due else [],
        opened=[_opening(one) for one in openings],
        contributions=await _contributions(session, ring, placement),
        held=await _held(session, ring, placement),
    )


def _waits(opening: Any) -> bool:
    return opening.acknowledged_at is None and opening.settled_on is None


def _why(due: Any) -> list[ReviewRule]:
    return [
        ReviewRule(
            because=reason.because,
            rule=reason.rule.code,
            basis=reason.rule.basis,
            source=str(reason.rule.citation),
        )
        for reason in half_term_review(due.counted_from).reasons
        if due.approximate or reason.rule is not GUESSED_DAYS
    ]


def _opening(row: Any) -> ReviewOpeningOut:
    return ReviewOpeningOut(
        cause=row.cause,
        because=CAUSES[ReviewCause(row.cause)],
        opened_on=row.opened_on,
        acknowledge_by=row.acknowledge_by,
        acknowledged_at=row.acknowledged_at,
        settled_on=row.settled_on,
    )


async def _contributions(
    session: WriteSession, ring: Keyring, placement: Any
) -> list[ReviewContributionOut]:
    rows = await queries.list_contributions(session, placement.id)
    of = (placement.child_id, keeping.CONTRIBUTED)
    said = await keeping.opened_parts(session, ring, *of, rows)
    return [
        ReviewContributionOut(
            given_on=one.given_on, by=one.by_name, what=said.get(one.id, {}).get("what")
        )
        for one in rows
    ]


async def _held(session: WriteSession, ring: Keyring, placement: Any) -> list[ReviewOut]:
    rows = await queries.list_reviews(session, placement.id)
    said = await keeping.opened_parts(session, ring, placement.child_id, keeping.REVIEWED, rows)
    return [
        ReviewOut(
            id=one.id,
            reference=one.reference,
            held_on=one.held_on,
            decision=one.decision,
            progress=one.progress,
            next_on=one.next_on,
            recorded_at=one.recorded_at,
            **(dict.fromkeys(keeping.SAID) | said.get(one.id, {})),
        )
        for one in rows
    ]
