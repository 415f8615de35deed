"""Which provider goes on from which, and which sites the department counts to an institution."""

import uuid

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import FieldFault, InvalidRequestError
from app.providers.errors import (
    LinkAlreadyHeldError,
    NotYoursToJudgeError,
    PartNotFoundError,
    SiteGroupedError,
)
from app.providers.events import ProviderChanged
from app.providers.models.ownership import InstitutionSite, ProviderLink
from app.providers.queries import links as queries
from app.providers.queries import parts
from app.providers.queries.records import get_held
from app.providers.schemas.claims import NewInstitutionSite, NewPredecessor
from app.providers.service.records import judge, part_of, person_of
from app.providers.service.sites import no_site
from app.values.uuid7 import uuid7


async def link_predecessor(
    session: WriteSession, actor: Actor, number: str, new: NewPredecessor
) -> uuid.UUID:
    """Say that a provider goes on from where another ended; return the link's id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        InvalidRequestError: the other provider is not to be seen, or is the same.
        LinkAlreadyHeldError: the two are linked, whichever way.
    """
    held, _ = await judge(session, number)
    other = await get_held(session, new.number.upper())
    if other is None or other.id == held.id:
        detail = "Give the number of another provider, one that you can see."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/number"),))
    if await queries.links_between(session, held.id, other.id):
        raise LinkAlreadyHeldError(
            f"{held.name} and {other.name} are linked already. End that link first."
        )
    link = ProviderLink(
        id=uuid7(),
        predecessor_id=other.id,
        successor_id=held.id,
        since=new.since,
        reason=new.reason,
        recorded_by=person_of(actor),
        recorded_at=clock.now(),
    )
    await parts.add_row(session, link)
    for provider_id in (held.id, other.id):
        announce(session, ProviderChanged(provider_id))
    after = {"predecessor": other.number, "successor": held.number, "since": new.since}
    subject = part_of(held, "provider_link", link.id)
    await record(session, actor, "provider_link.made", subject, reason=new.reason, after=after)
    return link.id


async def end_link(session: WriteSession, actor: Actor, number: str, link_id: uuid.UUID) -> None:
    """Say that a link with a predecessor was a mistake; it stays on record as one that ended.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        PartNotFoundError: the record has no such link.
    """
    held, _ = await judge(session, number)
    link = await queries.get_link_to(session, held.id, link_id)
    if link is None or link.ended_at is not None:
        raise PartNotFoundError(f"The record of {held.name} has no predecessor by that link.")
    link.ended_at = clock.now()
    await session.flush()
    for provider_id in (link.predecessor_id, link.successor_id):
        announce(session, ProviderChanged(provider_id))
    subject = part_of(held, "provider_link", link.id)
    await record(session, actor, "provider_link.ended", subject, after={"ended_at": link.ended_at})


async def group_site(
    session: WriteSession, actor: Actor, number: str, new: NewInstitutionSite
) -> uuid.UUID:
    """Count a site of another provider to a provider's institution; for the department alone.

    Raises:
        ProviderNotFoundError: there is no such record.
        NotYoursToJudgeError: the actor does not act for the department, or has a stake in it.
        InvalidRequestError: the other provider is not there, or is the same.
        SiteNotFoundError: it has no such site.
        SiteGroupedError: the site counts to an institution already.
    """
    held, _ = await judge(session, number)
    await _for_the_department(session)
    other = await get_held(session, new.provider_number.upper())
    if other is None or other.id == held.id:
        detail = "Give the number of another provider: its own sites count to it anyway."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/provider_number"),))
    site = await parts.get_site(session, other.id, new.site_reference)
    if site is None:
        raise no_site(other, new.site_reference)
    if await queries.is_grouped(session, site.id):
        raise SiteGroupedError(f"{site.name} counts to an institution already. End that first.")
    grouping = InstitutionSite(
        id=uuid7(),
        provider_id=held.id,
        site_id=site.id,
        reason=new.reason,
        grouped_by=person_of(actor),
        grouped_at=clock.now(),
    )
    await parts.add_row(session, grouping)
    for provider_id in (held.id, other.id):
        announce(session, ProviderChanged(provider_id))
    subject = part_of(held, "institution_site", grouping.id)
    after = {"provider": other.number, "site": site.reference}
    await record(
        session, actor, "institution_site.grouped", subject, reason=new.reason, after=after
    )
    return grouping.id


async def ungroup_site(
    session: WriteSession, actor: Actor, number: str, grouping_id: uuid.UUID
) -> None:
    """Count a site to its own provider's institution again; for the department alone.

    Raises:
        ProviderNotFoundError: there is no such record.
        NotYoursToJudgeError: the actor does not act for the department, or has a stake in it.
        PartNotFoundError: the institution has no such site.
    """
    held, _ = await judge(session, number)
    await _for_the_department(session)
    grouping = await parts.get_part(session, InstitutionSite, held.id, grouping_id)
    if grouping is None or grouping.ended_at is not None:
        raise PartNotFoundError(f"No such site is grouped with {held.name}.")
    grouping.ended_at = clock.now()
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "institution_site", grouping_id)
    after = {"ended_at": grouping.ended_at}
    await record(session, actor, "institution_site.ungrouped", subject, after=after)


async def _for_the_department(session: WriteSession) -> None:
    if not await queries.acts_for_department(session):
        raise NotYoursToJudgeError(
            "Which sites make up one institution is decided by the department. Tell it what you "
            "found."
        )
