"""Statements on listings, for whoever owns or answers for their providers."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, exists, func, insert, select, tuple_, update

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.providers.models.listings import (
    Listing,
    ListingMove,
    ListingProposal,
    ListingQuestion,
    WalkBackMatch,
)
from app.providers.models.ownership import ProviderOwner
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.terms import APPLYING, ON_REGISTER

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which listings are listed; what is empty does not narrow.

    Attributes:
        states: any of these.
        la_code: of the authority that decides.
        provider_number: of one provider.
        waits_for: `answer` of the applicant to a question, or `second-officer` to a proposal.
    """

    states: tuple[str, ...] = ()
    la_code: str | None = None
    provider_number: str | None = None
    waits_for: Literal["answer", "second-officer"] | None = None


def _shown() -> Select[Any]:
    """A listing with its provider and site, and what the actor is to it."""
    return (
        select(
            *Listing.__table__.columns,
            Provider.number.label("provider_number"),
            Provider.name.label("provider_name"),
            Provider.status.label("provider_status"),
            Provider.staff_size,
            Site.reference.label("site_reference"),
            Site.name.label("site_name"),
            Site.kind.label("site_kind"),
            Site.closed_on.label("site_closed_on"),
            ProviderOwner.organisation_id.label("owner_id"),
            func.owns_listing(Listing.id).label("owns"),
            func.answers_for_listing(Listing.id).label("answers"),
            func.judges_listing(Listing.id).label("judges"),
        )
        .join(Provider, Provider.id == Listing.provider_id)
        .join(Site, Site.id == Listing.site_id)
        .outerjoin(
            ProviderOwner,
            and_(
                ProviderOwner.provider_id == Listing.provider_id, ProviderOwner.ended_at.is_(None)
            ),
        )
    )


async def get_listing(session: AnySession, listing_id: uuid.UUID) -> Any | None:
    """Return a listing that the actor may see, with its provider and site.

    With `owns`, `answers` and `judges`: what they are to it.
    """
    statement = _shown().where(Listing.id == listing_id)
    return (await session.execute(statement)).one_or_none()


async def list_listings(
    session: AnySession,
    wanted: Wanted,
    after: tuple[datetime, uuid.UUID] | None,
    limit: int,
) -> Sequence[Any]:
    """Return listings the actor may see, those first that have waited longest.

    They wait from their submission; what was not submitted, from its beginning.
    """
    waits = func.coalesce(Listing.submitted_at, Listing.made_at)
    statement = _shown().add_columns(waits.label("waiting_since")).order_by(waits, Listing.id)
    if wanted.states:
        statement = statement.where(Listing.state.in_(wanted.states))
    if wanted.la_code:
        statement = statement.where(Listing.la_code == wanted.la_code)
    if wanted.provider_number:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.waits_for == "answer":
        unanswered = ListingQuestion.listing_id == Listing.id, ListingQuestion.answer.is_(None)
        statement = statement.where(exists().where(*unanswered), Listing.state.in_(APPLYING))
    if wanted.waits_for == "second-officer":
        open_still = ListingProposal.listing_id == Listing.id, ListingProposal.outcome.is_(None)
        statement = statement.where(exists().where(*open_still))
    if after is not None:
        statement = statement.where(tuple_(waits, Listing.id) > after)
    return (await session.execute(statement.limit(limit))).all()


async def lock_providers(session: WriteSession, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Lock providers, by id, that the actor may change or decide about; return those locked."""
    statement = (
        select(Provider.id).where(Provider.id.in_(ids)).order_by(Provider.id).with_for_update()
    )
    return set((await session.scalars(statement)).all())


async def find_site(session: AnySession, provider_number: str, reference: int) -> Any | None:
    """Return a provider's site that the actor may see: `id`, `la_code`, `provider_id` and more."""
    statement = (
        select(
            Site.id,
            Site.la_code,
            Site.name,
            Site.closed_on,
            Provider.id.label("provider_id"),
            Provider.number.label("provider_number"),
            Provider.name.label("provider_name"),
            func.owns_provider(Provider.id).label("owns"),
            func.answers_for_provider(Provider.id).label("answers"),
        )
        .join(Provider, Provider.id == Site.provider_id)
        .where(Provider.number == provider_number, Site.reference == reference)
    )
    return (await session.execute(statement)).one_or_none()


async def find_on_register(
    session: AnySession, site_id: uuid.UUID, but: uuid.UUID
) -> Sequence[Any]:
    """Return other listings of a site that are on the register, or announced to be."""
    statement = _shown().where(
        Listing.site_id == site_id,
        Listing.id != but,
        Listing.state.in_(ON_REGISTER) | Listing.next_state.in_(ON_REGISTER),
    )
    found: Sequence[Any] = (await session.execute(statement.order_by(Listing.id))).all()
    return found


async def insert_row(session: WriteSession, table: type[Base], row: dict[str, Any]) -> None:
    """Insert one row."""
    await session.execute(insert(table), [row])


async def update_listing(
    session: WriteSession, listing_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change a listing and count the change."""
    changed = {**values, "version": Listing.version + 1}
    await session.execute(update(Listing).where(Listing.id == listing_id).values(changed))


async def last_moved_at(
    session: AnySession, listing_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, datetime]:
    """Return when each listing's newest move was recorded."""
    statement = (
        select(ListingMove.listing_id, func.max(ListingMove.recorded_at))
        .where(ListingMove.listing_id.in_(listing_ids))
        .group_by(ListingMove.listing_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def list_moves(session: AnySession, listing_id: uuid.UUID) -> Sequence[ListingMove]:
    """Return a listing's moves, oldest first."""
    statement = (
        select(ListingMove)
        .where(ListingMove.listing_id == listing_id)
        .order_by(ListingMove.recorded_at, ListingMove.id)
    )
    return (await session.scalars(statement)).all()


async def list_proposals(session: AnySession, listing_id: uuid.UUID) -> Sequence[ListingProposal]:
    """Return the proposals on a listing, newest first; nothing for its owner."""
    statement = (
        select(ListingProposal)
        .where(ListingProposal.listing_id == listing_id)
        .order_by(ListingProposal.proposed_at.desc(), ListingProposal.id.desc())
    )
    return (await session.scalars(statement)).all()


async def lock_proposal(session: WriteSession, proposal_id: uuid.UUID) -> ListingProposal | None:
    """Return a proposal the actor may settle, locked and read anew."""
    statement = (
        select(ListingProposal)
        .where(ListingProposal.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def get_proposal(session: AnySession, proposal_id: uuid.UUID) -> ListingProposal | None:
    """Return a proposal the actor may see."""
    statement = select(ListingProposal).where(ListingProposal.id == proposal_id)
    return (await session.scalars(statement)).one_or_none()


async def get_open_proposal(session: AnySession, listing_id: uuid.UUID) -> ListingProposal | None:
    """Return the proposal on a listing that nobody has settled."""
    statement = select(ListingProposal).where(
        ListingProposal.listing_id == listing_id, ListingProposal.outcome.is_(None)
    )
    return (await session.scalars(statement)).one_or_none()


async def settle_proposal(
    session: WriteSession, proposal_id: uuid.UUID, values: dict[str, Any]
) -> bool:
    """Settle a proposal if nobody has; say whether this did."""
    statement = (
        update(ListingProposal)
        .where(ListingProposal.id == proposal_id, ListingProposal.outcome.is_(None))
        .values(values)
        .returning(ListingProposal.id)
    )
    return (await session.scalars(statement)).one_or_none() is not None


async def list_questions(session: AnySession, listing_id: uuid.UUID) -> Sequence[ListingQuestion]:
    """Return what was asked of an applicant, oldest first."""
    statement = (
        select(ListingQuestion)
        .where(ListingQuestion.listing_id == listing_id)
        .order_by(ListingQuestion.asked_at, ListingQuestion.id)
    )
    return (await session.scalars(statement)).all()


async def answer_question(
    session: WriteSession, question_id: uuid.UUID, values: dict[str, Any]
) -> bool:
    """Answer a question if nobody has; say whether this did."""
    statement = (
        update(ListingQuestion)
        .where(ListingQuestion.id == question_id, ListingQuestion.answer.is_(None))
        .values(values)
        .returning(ListingQuestion.id)
    )
    return (await session.scalars(statement)).one_or_none() is not None


async def count_unjudged(session: AnySession, listing_id: uuid.UUID) -> int:
    """Return how many matches with removed or refused records nobody has judged; 0 for an owner."""
    statement = select(func.count()).where(
        WalkBackMatch.listing_id == listing_id, WalkBackMatch.judgement.is_(None)
    )
    return int((await session.execute(statement)).scalar_one())


async def find_applying(session: AnySession, site_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the application that is under way for a site, if one is."""
    statement = select(Listing.id).where(Listing.site_id == site_id, Listing.state.in_(APPLYING))
    return (await session.scalars(statement)).all()
