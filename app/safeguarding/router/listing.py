"""Placements by how they stand, and the provider's own part of a checklist, over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.errors import ChildErasedError
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.organisations.router.pages import AskedPage
from app.placements.errors import PlacementNotFoundError
from app.providers.router.answering import ASKED, EDITED, Ring, located, private
from app.rules.safeguarding.standing import SafeguardingStatus
from app.safeguarding.errors import ItemNotYoursError
from app.safeguarding.router.checklist import SAFEGUARDING, Number
from app.safeguarding.router.duties import Reader
from app.safeguarding.schemas import ItemStated, ProviderSafeguarding, SafeguardingList
from app.safeguarding.service import listing, provider_part

LIST = "/v1/safeguarding"
PART = f"{SAFEGUARDING}/provider-part"

router = APIRouter(tags=["safeguarding"])

Overseer = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
Manager = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]


@router.get(LIST, operation_id="listSafeguarding", responses=problems(*ASKED))
async def list_safeguarding(
    session: Looking,
    actor: Overseer,
    response: Response,
    page: AskedPage,
    status: Annotated[SafeguardingStatus, Query(description="As placements stand now.")],
    purpose: StatedPurpose,
) -> SafeguardingList:
    """List placements that stand so, the newest first; those that ended are not among them.

    For their commissioner and the authorities responsible for the children. A page may hold fewer
    than asked for, or none: follow `links.next` to the end.
    """
    key = page.after((str,))
    # Whom row security shows a child as responsible, sees its safety, whoever commissioned it.
    within = None if actor.la_code else await organisations_within(session)
    before = key[0] if key else None
    found = await listing.list_standing(session, within, status, before, page.limit)
    subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "safeguarding.listed", subject, purpose)
    private(response)
    links = page.links_after(found.last if found.more else None)
    return SafeguardingList(items=found.items, links=links)


@router.get(
    PART,
    operation_id="getProviderSafeguarding",
    responses=problems(*ASKED, PlacementNotFoundError),
)
async def get_part(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> ProviderSafeguarding:
    """Read, as the provider, what of the checklist is your duty, and what you said of it."""
    held = await provider_part.look_at(session, placement_id)
    subject = Subject("placement", placement_id, None, actor.organisation_id)
    await record_read(session, actor, "safeguarding.provider_part_read", subject, purpose)
    private(response)
    return await provider_part.tell(session, ring, placement_id, held)


@router.put(
    f"{PART}/{{number}}",
    operation_id="recordProviderSafeguarding",
    responses=problems(
        *(*ASKED, *EDITED, KeyReusedError, PlacementNotFoundError, ItemNotYoursError),
        ChildErasedError,
    ),
)
async def record_part(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    number: Number,
    said: ItemStated,
    expected: ExpectedVersion,
) -> ProviderSafeguarding:
    """Say, as the provider, what you did of an item that is your duty. Former versions stay."""
    await provider_part.state(session, actor, ring, (placement_id, number, expected), said)
    purpose = f"purpose={Purpose.SAFEGUARDING}"
    located(response, f"/v1/placements/{placement_id}/safeguarding/provider-part?{purpose}")
    private(response)
    held = await provider_part.look_at(session, placement_id)
    return await provider_part.tell(session, ring, placement_id, held)
