"""Looking up providers that authorities' own lists name, with what those authorities found.

For commissioners alone, of whatever authority's list: a school that is about to place a child may
learn what another authority found. Neither providers' owners, nor who assures quality, nor the
public learn that somebody is known (docs/decisions/0005).
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor
from app.db.events import ReadSession
from app.places import facts
from app.providers.errors import CommissionersOnlyError, ProviderNotFoundError
from app.providers.queries import known_providers as queries
from app.providers.queries.known_providers import Wanted
from app.providers.schemas.known_providers import KnownProvider, ListLine, SiteArea


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of providers.

    Attributes:
        rows: name and id of each, and of one more than was asked for, where there is one.
        items: what is told of those that were asked for.
    """

    rows: Sequence[Any]
    items: list[KnownProvider]


async def find_known_providers(
    session: ReadSession,
    actor: Actor,
    wanted: Wanted,
    after: tuple[str, uuid.UUID] | None,
    limit: int,
) -> FoundPage:
    """Return a page of the providers that lists name, by name.

    Args:
        session: of whoever asks.
        actor: who asks.
        wanted: which.
        after: name and id of the last one of the page before.
        limit: how many.

    Raises:
        CommissionersOnlyError: the actor acts for no commissioner.
    """
    await _refuse_others(session, actor)
    rows = await queries.find_page(session, wanted, after, limit + 1)
    return FoundPage(rows, await _told(session, rows[:limit]))


async def get_known_provider(session: ReadSession, actor: Actor, number: str) -> KnownProvider:
    """Return one provider that a list names.

    Raises:
        CommissionersOnlyError: the actor acts for no commissioner.
        ProviderNotFoundError: no list names a provider of this number.
    """
    await _refuse_others(session, actor)
    found = await _told(session, await queries.find_page(session, Wanted(number=number), None, 1))
    if not found:
        raise ProviderNotFoundError(
            "No local authority's list names a provider with this number. Check the number; a "
            "provider that is listed is found under /v1/providers."
        )
    return found[0]


async def _refuse_others(session: ReadSession, actor: Actor) -> None:
    if not await queries.acts_for_commissioner(session):
        raise CommissionersOnlyError(
            f"You act for {actor.organisation_name}. What local authorities' own lists say of "
            "providers is for local authorities, schools, trusts, federations and the department, "
            "who place children or answer for those who do. If you belong to one of them, choose "
            "it. Listed providers are found by everybody."
        )


async def _told(session: ReadSession, rows: Sequence[Any]) -> list[KnownProvider]:
    ids = [row.id for row in rows]
    lists: dict[uuid.UUID, list[ListLine]] = defaultdict(list)
    for line in await queries.find_lines(session, ids):
        lists[line.provider_id].append(
            ListLine(
                la_code=line.la_code,
                la_name=facts.la_name(line.la_code),
                list_name=line.list_name,
                list_date=line.list_date,
                listed_as=line.listed_as,
                local_result=line.local_result,
                local_result_on=line.local_result_on,
            )
        )
    sites: dict[uuid.UUID, list[SiteArea]] = defaultdict(list)
    for site in await queries.find_areas(session, ids):
        sites[site.provider_id].append(
            SiteArea(town=site.town, la_code=site.la_code, la_name=facts.la_name(site.la_code))
        )
    return [
        KnownProvider(
            number=row.number,
            name=row.name,
            status=row.status,
            sites=sites[row.id],
            lists=lists[row.id],
        )
        for row in rows
    ]
