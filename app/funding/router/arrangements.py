"""Who pays for a placement, over HTTP: arranged, amended, signed and disputed.

Whoever reads one says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.errors import ChildErasedError
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.funding import errors
from app.funding.schemas.asked import (
    DisputeSettlement,
    FundingAmendment,
    NewArrangement,
    NewDispute,
    NewSignature,
)
from app.funding.schemas.told import FundingArrangementOut, PlacementFunding
from app.funding.service import arranging, disputing, signing, telling
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.keyring.ring import Keyring
from app.placements.errors import PlacementNotFoundError, PlacementNotYoursError
from app.placements.service import recording
from app.providers.errors import PersonNeededError, SecondPersonNeededError
from app.providers.router.answering import ASKED, EDITED, Ring, located, private

FUNDING = "/v1/funding"
ARRANGEMENT = f"{FUNDING}/{{arrangement_id}}"
OF_PLACEMENT = "/v1/placements/{placement_id}/funding"

router = APIRouter(tags=["funding"])

Reader = Annotated[Actor, Depends(Requires(Permission.FUNDING_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.FUNDING_RECORD))]
Signer = Annotated[Actor, Depends(Requires(Permission.FUNDING_SIGN))]
Decider = Annotated[Actor, Depends(Requires(Permission.FUNDING_DECIDE))]

_STATED = (
    *(*ASKED, KeyReusedError, PersonNeededError, ChildErasedError),
    *(errors.ArrangementOverlapsError, errors.PayerClosedError, errors.PayerNotAllowedError),
)
_FOUND = (*ASKED, errors.ArrangementNotFoundError)
_SPOKEN_FOR = (
    *(*_FOUND, KeyReusedError, PersonNeededError),
    *(errors.PayerNotFoundError, errors.ShareNotYoursError),
)


@router.post(
    OF_PLACEMENT,
    status_code=201,
    operation_id="arrangeFunding",
    responses=problems(*_STATED, PlacementNotFoundError, PlacementNotYoursError),
)
async def arrange(
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    new: NewArrangement,
) -> FundingArrangementOut:
    """Arrange who pays for a placement on some days: education, transport or meals.

    Where somebody else pays first than the matrix of routes allows, give a reason; a second person
    confirms it. Nothing here keeps a child from starting.
    """
    arrangement_id = await arranging.arrange(session, actor, ring, placement_id, new)
    return await _told(session, response, ring, arrangement_id)


@router.get(
    OF_PLACEMENT,
    operation_id="getPlacementFunding",
    responses=problems(*ASKED, PlacementNotFoundError),
)
async def get_of_placement(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementFunding:
    """Read who pays for a placement by law and as agreed; what is missing, disputed, in dispute."""
    placement = await recording.look_at(session, placement_id)
    subject = recording.subject_of(placement.id, placement.commissioner_id)
    await record_read(session, actor, "placement.funding_read", subject, purpose)
    private(response)
    return await telling.tell_of_placement(session, ring, placement)


@router.get(ARRANGEMENT, operation_id="getFunding", responses=problems(*_FOUND))
async def get_arrangement(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> FundingArrangementOut:
    """Read an arrangement that you commission, pay for or answer for; and what was agreed before.

    Of the child it tells the commissioner's own reference and nothing else. A provider reads what
    is agreed for its sites at `/v1/provider-records/{number}/funding`.
    """
    held = await arranging.look_at(session, arrangement_id)
    of = (await arranging.funded(session, [held.placement_id]))[held.placement_id]
    subject = arranging.subject_of(arrangement_id, of.commissioner_id)
    await record_read(session, actor, "funding.read", subject, purpose)
    return await _told(session, response, ring, arrangement_id)


@router.post(
    f"{ARRANGEMENT}/amendments",
    operation_id="amendFunding",
    responses=problems(
        *(*_STATED, *EDITED), errors.ArrangementNotFoundError, errors.FundingNotYoursError
    ),
)
async def amend(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    amendment: FundingAmendment,
    expected: ExpectedVersion,
) -> FundingArrangementOut:
    """Agree on other terms. Where the money differs what was signed is void, and is said so.

    An amendment with the same money confirms an arrangement whose hours changed, and keeps what
    was signed.
    """
    await arranging.amend(session, actor, ring, (arrangement_id, expected), amendment)
    return await _told(session, response, ring, arrangement_id)


@router.post(
    f"{ARRANGEMENT}/signatures",
    operation_id="signFunding",
    responses=problems(
        *_SPOKEN_FOR,
        *(errors.TermsChangedError, errors.OverrideNotConfirmedError, errors.AlreadySignedError),
    ),
)
async def sign(
    session: Writing,
    actor: Signer,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    new: NewSignature,
) -> FundingArrangementOut:
    """Sign, in your own name, for a payer you act for.

    For a payer that is not on this service the commissioner writes down who agreed, and when.
    """
    await signing.sign(session, actor, arrangement_id, new)
    return await _told(session, response, ring, arrangement_id)


@router.post(
    f"{ARRANGEMENT}/payer-confirmation",
    operation_id="confirmFundingPayer",
    responses=problems(
        *(*_FOUND, *EDITED, KeyReusedError, PersonNeededError, SecondPersonNeededError),
        *(errors.FundingNotYoursError, errors.NothingToConfirmError),
    ),
)
async def confirm_payer(
    session: Writing,
    actor: Decider,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    expected: ExpectedVersion,
) -> FundingArrangementOut:
    """Confirm, as a second person, that another pays first than the matrix of routes allows."""
    await signing.confirm_override(session, actor, (arrangement_id, expected))
    return await _told(session, response, ring, arrangement_id)


@router.post(
    f"{ARRANGEMENT}/disputes",
    status_code=201,
    operation_id="disputeFunding",
    responses=problems(*_SPOKEN_FOR, errors.DisputeOpenError, ChildErasedError),
)
async def dispute(
    session: Writing,
    actor: Signer,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    new: NewDispute,
) -> FundingArrangementOut:
    """Say why a payer you act for need not pay. The child starts, and whoever has the duty pays."""
    await disputing.dispute(session, actor, ring, arrangement_id, new)
    return await _told(session, response, ring, arrangement_id)


@router.post(
    f"{ARRANGEMENT}/disputes/{{dispute_id}}/settlement",
    operation_id="settleFundingDispute",
    responses=problems(
        *(*_FOUND, KeyReusedError, PersonNeededError, ChildErasedError),
        *(errors.DisputeNotFoundError, errors.DisputeSettledError, errors.ShareNotYoursError),
    ),
)
async def settle(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Signer,
    response: Response,
    ring: Ring,
    arrangement_id: uuid.UUID,
    dispute_id: uuid.UUID,
    said: DisputeSettlement,
) -> FundingArrangementOut:
    """Say how a dispute ended: by the payer's agreement, or by somebody's decision with reasons."""
    await disputing.settle(session, actor, ring, (arrangement_id, dispute_id), said)
    return await _told(session, response, ring, arrangement_id)


async def _told(
    session: WriteSession, response: Response, ring: Keyring, arrangement_id: uuid.UUID
) -> FundingArrangementOut:
    told = await telling.tell(session, ring, arrangement_id)
    located(response, f"{FUNDING}/{arrangement_id}?purpose={Purpose.FINANCE}")
    private(response, told.version)
    return told
