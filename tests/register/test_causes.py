"""In which part somebody changed what is public, and that nothing tells who it was."""

import asyncpg
import httpx
import pytest

from app.access import OPERATOR, WORKER, Actor, ActorKind, DbRole
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.ledger.terms import ChangedBy
from app.organisations.terms import OrganisationKind
from app.providers.events import ProviderChanged
from app.register.publishing import part_of
from tests.factories.providers import make_provider, put_on_register
from tests.ledger.entries import leaf_from, stored


def somebody(kind: OrganisationKind | None, actor_kind: ActorKind = ActorKind.PERSON) -> Actor:
    return Actor("Zoe Example", DbRole.APP, kind=actor_kind, organisation_kind=kind)


async def test_an_entry_says_for_whom_it_was_caused_and_its_leaf_does_not(
    database: Database, client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider())
    who = (
        somebody(OrganisationKind.PROVIDER_OWNER),
        somebody(OrganisationKind.LOCAL_AUTHORITY_TEAM, ActorKind.MACHINE),
        WORKER,
        somebody(None),
    )
    for number, actor in enumerate(who):
        await owner.execute("UPDATE providers SET name = $1", f"No {number}")
        async with transaction(database, actor) as session:
            announce(session, ProviderChanged(held.id))

    told = (await client.get("/v1/register/entries")).json()["items"]

    assert [one["by"] for one in told] == [
        *("operator", "provider", "local-authority", "service"),
        None,
    ]
    assert "Zoe" not in str(told)
    assert all(leaf_from(row) == row["leaf_hash"] for row in await stored(owner))


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_kind_of_organisation_has_its_part(kind: OrganisationKind) -> None:
    assert part_of(somebody(kind)) in set(ChangedBy) - {ChangedBy.SERVICE, ChangedBy.OPERATOR}


def test_the_service_and_the_command_line_have_theirs() -> None:
    assert (part_of(WORKER), part_of(OPERATOR)) == (ChangedBy.SERVICE, ChangedBy.OPERATOR)
