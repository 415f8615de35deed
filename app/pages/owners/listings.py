"""The listings and applications of one record, as whoever owns it may know them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.pages.owners.held_records import Own, own_record
from app.providers.errors import ApplicationNotFoundError
from app.providers.queries import listings as queries
from app.providers.readiness import Item
from app.providers.router.listing_answers import move_out
from app.providers.schemas.listings import MoveOut
from app.providers.service.applications import items_of
from app.providers.service.listings import look_at, standing_of
from app.providers.service.standing import Lapse, lapses_of
from app.providers.terms import APPLYING, ON_REGISTER, ListingState

AnySession = ReadSession | WriteSession

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class OwnListing:
    """A listing, or an application, of the owner's.

    Attributes:
        row: the listing itself.
        state: where it stands today.
        moves: how it came there, oldest first, as the owner is told.
        questions: what an assessor asked, oldest first.
        lapse: critical evidence that is out of date, of what is on the register.
        items: what an application needs, while it is one.
    """

    row: Any
    state: ListingState
    moves: tuple[MoveOut, ...] = ()
    questions: tuple[Any, ...] = ()
    lapse: Lapse | None = None
    items: tuple[Item, ...] = ()

    @property
    def waiting(self) -> tuple[Any, ...]:
        """The questions that wait for an answer."""
        if self.state not in APPLYING:
            return ()
        return tuple(one for one in self.questions if one.answer is None)


async def listings_of(session: AnySession, own: Own) -> Sequence[OwnListing]:
    """Return every listing and application of a record, oldest first, with their questions."""
    wanted = queries.Wanted(provider_number=own.held.number)
    rows = await queries.list_listings(session, wanted, None, _MOST)
    return [
        OwnListing(
            row,
            state := standing_of(row).state,
            questions=tuple(await queries.list_questions(session, row.id))
            if state in APPLYING
            else (),
        )
        for row in rows
    ]


async def own_listing(
    session: AnySession, actor: Actor, number: str, listing_id: uuid.UUID
) -> tuple[Own, Any]:
    """Return a record in the hands of the actor's organisation, and one of its listings.

    Raises:
        ProviderNotFoundError: there is no such record.
        ApplicationNotFoundError: it has no such listing.
    """
    own = await own_record(session, actor, number)
    listing = await look_at(session, listing_id)
    if listing.provider_id != own.held.id:
        raise ApplicationNotFoundError(f"{own.held.name} has no application with this id.")
    return own, listing


async def told_whole(session: AnySession, row: Any) -> OwnListing:
    """Return everything that its owner is told of a listing."""
    state = standing_of(row).state
    on_register = [row] if state in ON_REGISTER else []
    lapses = await lapses_of(session, on_register, clock.today())
    return OwnListing(
        row,
        state,
        tuple(
            move_out(one, to_owner=True, owner_id=row.owner_id)
            for one in await queries.list_moves(session, row.id)
        ),
        tuple(await queries.list_questions(session, row.id)),
        lapses.get(row.id),
        tuple(await items_of(session, row)) if state in APPLYING else (),
    )
