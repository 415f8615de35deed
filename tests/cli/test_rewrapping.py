import asyncio
import signal
import subprocess
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.keyring.ring import Keyring, new_keyring
from app.keyring.sealing import key_id_of
from app.organisations.service.sealed import BATCH
from tests.cli.desks import LINKS, MOMENT, SESSIONS, Desk, opened
from tests.cli.running import Here, addresses, command, environment
from tests.factories.sealed import Held, add_sealed, all_sealed


@pytest.fixture
def desk(here: Here, tmp_path: Path) -> Desk:
    """A desk without a database."""
    return Desk(here, tmp_path)


@pytest.fixture
def ring(desk: Desk) -> Keyring:
    return desk.keep(new_keyring(MOMENT))


@pytest.fixture
def at_work(desk: Desk, settings: Settings) -> Desk:
    """The same desk with this test's database."""
    desk.database = addresses(settings)
    return desk


class TestRewrap:
    async def test_wraps_everything_anew_so_that_the_former_key_can_go(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        held = await add_sealed(owner, ring, times=2)
        await at_work.run("turn")

        ended = await at_work.run("rewrap", "--json")
        dropped = await at_work.run("drop", "k1")

        assert orjson.loads(ended.out) == {"values": len(held), "left": 0, "unopened": []}
        assert (ended.code, dropped.code) == (Exit.DONE, Exit.DONE)
        assert list(at_work.ring.keys) == ["k2"]
        assert opened(at_work.ring, await all_sealed(owner)) == held

    async def test_says_what_does_not_open_and_does_the_rest(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        (foreign,) = await add_sealed(owner, new_keyring(MOMENT), LINKS)
        await add_sealed(owner, ring, LINKS, SESSIONS)
        await at_work.run("turn")

        ended = await at_work.run("rewrap")

        assert (ended.code, ended.out) == (Exit.REFUSED, "2 values wrapped anew under k2.\n")
        assert f"{foreign} does not open: another keyring's k1" in ended.err
        assert "1 values lie under other keys still: 1 do not open" in ended.err

    async def test_comes_back_for_a_row_that_somebody_is_changing(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await add_sealed(owner, ring, SESSIONS, LINKS)
        await at_work.run("turn")
        changing = owner.transaction()
        await changing.start()
        await owner.execute("UPDATE sign_in_sessions SET seen_at = now()")

        ended, _ = await asyncio.gather(
            at_work.run("rewrap", "--json"),
            commit_once_all_is_wrapped_in(LINKS, at_work, changing),
        )

        assert (ended.code, orjson.loads(ended.out)["values"]) == (Exit.DONE, 2)

    async def test_killed_in_the_middle_it_has_lost_nothing_and_can_be_run_again(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        held = await add_sealed(owner, ring, LINKS, times=2 * BATCH + 20)
        before = await all_sealed(owner)
        await at_work.run("turn")
        await kill_it_in_its_second_batch(at_work, owner)

        between = await all_sealed(owner)
        under = [key_id_of(value) for value in between.values()]
        assert (under.count("k1"), under.count("k2")) == (BATCH + 20, BATCH)
        assert opened(at_work.ring, between) == held

        refused = await at_work.run("drop", "k1")
        ended = await at_work.run("rewrap", "--json")

        after = await all_sealed(owner)
        assert refused.code == Exit.REFUSED
        assert (ended.code, orjson.loads(ended.out)["values"]) == (Exit.DONE, BATCH + 20)
        assert {key_id_of(value) for value in after.values()} == {"k2"}
        assert opened(at_work.ring, after) == held
        assert payloads(before) == payloads(between) == payloads(after)
        told = await owner.fetch(
            "SELECT after FROM audit_entries WHERE act = 'keyring.rewrapped' ORDER BY id"
        )
        assert [orjson.loads(row["after"])["values"] for row in told] == [BATCH, BATCH, 20]


def payloads(held: Held) -> Held:
    return {context: value[2 + value[1] + 60 :] for context, value in held.items()}


async def commit_once_all_is_wrapped_in(
    place: str, desk: Desk, changing: asyncpg.transaction.Transaction
) -> None:
    """Let somebody's change wait until a stranger sees a whole place under the second key."""
    stranger = await asyncpg.connect(desk.database["DATABASE_OWNER_URL"])
    try:
        for _ in range(600):
            found = await all_sealed(stranger)
            values = [value for context, value in found.items() if context.startswith(place)]
            if {key_id_of(value) for value in values} == {"k2"}:
                break
            await asyncio.sleep(0.05)
    finally:
        await stranger.close()
        await changing.commit()


async def kill_it_in_its_second_batch(desk: Desk, owner: asyncpg.Connection) -> None:
    """Run `rewrap` until it wants to put its second batch on record, and kill it there."""
    await owner.execute("SELECT pg_advisory_lock(20261124)")
    await owner.execute(
        "CREATE FUNCTION wait_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "IF (SELECT count(*) FROM audit_entries WHERE act = 'keyring.rewrapped') = 1 "
        "THEN PERFORM pg_advisory_xact_lock(20261124); END IF; RETURN NEW; END $$"
    )
    await owner.execute(
        "CREATE TRIGGER in_the_way BEFORE INSERT ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION wait_once()"
    )
    process = subprocess.Popen(  # noqa: ASYNC220, S603 - this interpreter, our own module
        command("keyring", "rewrap"),
        env=environment(**desk.settings),
        stderr=subprocess.DEVNULL,
    )
    try:
        await somebody_waits(owner)
    finally:
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
    await owner.execute("SELECT pg_advisory_unlock_all()")
    await owner.execute("DROP TRIGGER in_the_way ON audit_entries")


async def somebody_waits(owner: asyncpg.Connection) -> None:
    """Return once a statement in this test's database waits for a lock."""
    waiting = (
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
        "WHERE NOT l.granted AND d.datname = current_database()"
    )
    for _ in range(600):
        if await owner.fetchval(waiting):
            return
        await asyncio.sleep(0.1)
    pytest.fail("nobody waits for a lock")
