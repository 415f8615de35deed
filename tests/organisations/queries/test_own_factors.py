import asyncpg

from app import clock
from app.db.transactions import Database, reading
from app.organisations.queries import own_factors
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, insert


async def hold(owner: asyncpg.Connection, member: Member) -> None:
    """Let somebody have a passkey, another that was removed, and an authenticator."""
    passkey = {
        "person_id": member.person_id,
        "public_key": b"k",
        "sign_count": 0,
        "transports": [],
        "added_at": clock.now(),
    }
    for name, removed_at in (("My phone", None), ("My old phone", clock.now())):
        row = {"id": uuid7(), "credential_id": uuid7().bytes, "name": name}
        await insert(owner, "passkeys", passkey | row | {"removed_at": removed_at})
    await insert(
        owner,
        "authenticators",
        {
            "person_id": member.person_id,
            "sealed_secret": b"s",
            "last_counter": 0,
            "added_at": clock.now(),
        },
    )


class TestListOwn:
    async def test_people_see_what_they_hold_now(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        await hold(owner, member)

        async with reading(database, member.actor) as session:
            held = await own_factors.list_own(session, member.person_id)

        assert [one.name for one in held.passkeys] == ["My phone"]
        assert held.authenticator_since is not None
        assert held.any

    async def test_nobody_sees_what_others_hold(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        other = await add_member(owner, member.organisation_id)
        await hold(owner, other)

        async with reading(database, member.actor) as session:
            held = await own_factors.list_own(session, other.person_id)

        assert not held.any
