"""How listings are told, and what every route on them has in common."""

import uuid
from typing import Annotated, Any

from fastapi import Depends, Response

from app.access import Actor, ActorKind, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError
from app.http.conditions import version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
)
from app.http.security import Requires
from app.providers.errors import (
    ApplicationNotFoundError,
    DecidedElsewhereError,
    ListingMoveNotAllowedError,
    NotYoursToJudgeError,
    RecordNotYoursError,
    SecondPersonNeededError,
)
from app.providers.queries import listings as queries
from app.providers.schemas.listings import (
    Announced,
    ApplicationRecord,
    ItemOut,
    ListingRecord,
    MoveOut,
    ProviderNamed,
    QuestionOut,
    Scope,
    SiteNamed,
)
from app.providers.service.applications import items_of
from app.providers.service.listings import look_at, standing_of, stands
from app.providers.terms import ListingState

AnySession = ReadSession | WriteSession

APPLICATIONS, LISTINGS = "/v1/applications", "/v1/listings"
ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    InvalidRequestError,
)
LOOKED = (*ASKED, ApplicationNotFoundError)
OWNED = (*LOOKED, RecordNotYoursError, ListingMoveNotAllowedError, KeyReusedError)
DECIDED = (
    *(*LOOKED, NotYoursToJudgeError, DecidedElsewhereError, SecondPersonNeededError),
    *(ListingMoveNotAllowedError, KeyReusedError),
)
RECENT = (SignInAgainError,)

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Manager = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]
Signer = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN, recently=True))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]
RecentProposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE, recently=True))]
Confirmer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_CONFIRM, recently=True))]

_AT_ONCE = frozenset({ListingState.UNDER_REVIEW, ListingState.SUSPENDED})


def told(listing: Any) -> dict[str, Any]:
    """Return what every answer says of a listing."""
    now, announced = standing_of(listing), stands(listing).next_state
    return {
        "id": listing.id,
        "provider": ProviderNamed(
            number=listing.provider_number,
            name=listing.provider_name,
            status=listing.provider_status,
        ),
        "site": SiteNamed(
            reference=listing.site_reference, name=listing.site_name, kind=listing.site_kind
        ),
        "la_code": listing.la_code,
        "basis": listing.basis,
        "state": now.state,
        "since": now.since,
        "announced": Announced(state=announced, effective_on=listing.next_on)
        if announced
        else None,
        "listed_on": listing.listed_on,
        "scope": Scope(
            age_from=listing.age_from,
            age_to=listing.age_to,
            key_stages=tuple(listing.key_stages),
            needs=tuple(listing.needs),
            programmes=tuple(listing.programmes),
        ),
        "seen_on": listing.seen_on,
        "seen_how": listing.seen_how,
        "review_due_on": listing.review_due_on,
        "standards_version_id": listing.standards_version_id,
        "submitted_at": listing.submitted_at,
        "begun_at": listing.made_at,
    }


async def application(
    session: AnySession, listing_id: uuid.UUID, response: Response
) -> ApplicationRecord:
    """Answer with an application: what is done, missing and blocking, and what was asked."""
    listing = await look_at(session, listing_id)
    _keep_private(response, listing)
    items = await items_of(session, listing)
    return ApplicationRecord(
        **told(listing),
        readiness=[ItemOut.model_validate(item) for item in items],
        questions=[
            QuestionOut.model_validate(one)
            for one in await queries.list_questions(session, listing_id)
        ],
    )


async def listing_record(
    session: AnySession, listing_id: uuid.UUID, response: Response
) -> ListingRecord:
    """Answer with a listing."""
    listing = await look_at(session, listing_id)
    _keep_private(response, listing)
    return ListingRecord(**told(listing))


def move_out(move: Any, *, to_owner: bool, owner_id: uuid.UUID | None) -> MoveOut:
    """Tell a move; to its owner without officers' names, or why an authority protected at once."""
    by_person = move.actor_kind == ActorKind.PERSON
    own = by_person and owner_id is not None and move.organisation_id == owner_id
    made_by = "owner" if own else "authority" if by_person else move.actor_kind
    names = [name for name in (move.actor_name, move.second_actor_name) if name]
    withheld = to_owner and made_by == "authority"
    return MoveOut(
        from_state=ListingState(move.from_state) if move.from_state else None,
        to_state=ListingState(move.to_state),
        effective_on=move.effective_on,
        public_reason=move.public_reason,
        reason=None if withheld and move.to_state in _AT_ONCE else move.reason,
        made_by=made_by,
        names=[] if withheld else names,
        recorded_at=move.recorded_at,
    )


def _keep_private(response: Response, listing: Any) -> None:
    response.headers["ETag"] = version_tag(listing.version)
    response.headers["Cache-Control"] = "no-store"
