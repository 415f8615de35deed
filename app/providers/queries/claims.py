"""Statements on claims and on whose records are."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.ownership import Claim, ProviderOwner
from app.providers.models.providers import Provider
from app.providers.record_terms import ClaimState

AnySession = ReadSession | WriteSession

_STATES = {
    ClaimState.OPEN: Claim.accepted_at.is_(None) & Claim.withdrawn_at.is_(None),
    ClaimState.ACCEPTED: Claim.accepted_at.is_not(None),
    ClaimState.WITHDRAWN: Claim.withdrawn_at.is_not(None),
}


def _told() -> Any:
    """A claim with its provider, for either side; `answers` is the inviting one."""
    return (
        select(
            Claim.id,
            Provider.number,
            Provider.name,
            Claim.organisation_id,
            func.claimant_of(Claim.id).label("organisation"),
            Claim.verified_how,
            Claim.verified_note,
            Organisation.name.label("invited_by_organisation"),
            Claim.invited_at,
            Claim.accepted_at,
            Claim.withdrawn_at,
            func.coalesce(func.answers_for_provider(Claim.provider_id), False).label("answers"),
        )
        .join(Provider, Provider.id == Claim.provider_id)
        .join(Organisation, Organisation.id == Claim.invited_by_organisation, isouter=True)
    )


async def list_claims(
    session: AnySession, state: ClaimState | None, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return claims on either side of which the actor is, newest first, before one of them."""
    statement = _told().order_by(Claim.id.desc()).limit(most)
    if state is not None:
        statement = statement.where(_STATES[state])
    if before is not None:
        statement = statement.where(Claim.id < before)
    return (await session.execute(statement)).all()


async def get_claim(session: AnySession, claim_id: uuid.UUID) -> Any | None:
    """Return a claim on either side of which the actor is."""
    return (await session.execute(_told().where(Claim.id == claim_id))).one_or_none()


async def lock_claim(session: WriteSession, claim_id: uuid.UUID) -> Claim | None:
    """Return a claim the actor may settle, locked: of two clicks one comes second."""
    statement = (
        select(Claim)
        .where(Claim.id == claim_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_open_claim(session: AnySession, provider_id: uuid.UUID) -> Claim | None:
    """Return the open claim of a record, if there is one."""
    statement = select(Claim).where(Claim.provider_id == provider_id, _STATES[ClaimState.OPEN])
    return (await session.scalars(statement)).one_or_none()


async def may_own(session: AnySession, organisation_id: uuid.UUID) -> bool:
    """Say whether an organisation is the owner of providers, seen by the actor or not."""
    return bool(
        (await session.execute(select(func.may_own_providers(organisation_id)))).scalar_one()
    )


async def welcomes(session: AnySession, organisation_id: uuid.UUID) -> bool:
    """Say whether the actor lets the first person into an organisation."""
    return bool((await session.execute(select(func.welcomes(organisation_id)))).scalar_one())


async def end_ownership(session: WriteSession, provider_id: uuid.UUID, present: Any) -> None:
    """End whose a record is; it stays known whose it was."""
    statement = (
        update(ProviderOwner)
        .where(ProviderOwner.provider_id == provider_id, ProviderOwner.ended_at.is_(None))
        .values(ended_at=present)
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)
