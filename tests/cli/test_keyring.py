from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.keyring.ring import Keyring, new_keyring, turned, written
from tests.cli.desks import LATER, LINKS, MOMENT, ODD, SESSIONS, Desk
from tests.cli.running import Here, addresses
from tests.cli.services import free_port
from tests.factories.sealed import ROWS, add_sealed

RECORDED = "SELECT act, actor_kind, subject_id FROM audit_entries"


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


class TestNew:
    async def test_makes_a_keyring_for_its_owner_alone_and_needs_no_database(
        self, desk: Desk
    ) -> None:
        ended = await desk.run("new")

        assert (ended.code, ended.out) == (Exit.DONE, "")
        assert list(desk.ring.keys) == ["k1"]
        assert f"k1 ({desk.ring.current.fingerprint})" in ended.err
        assert "ap-register keyring escrow" in ended.err
        assert list(desk.folder.iterdir()) == [desk.path]

    @pytest.mark.parametrize("content", ODD)
    async def test_leaves_what_is_there_as_it_is(self, desk: Desk, content: bytes) -> None:
        desk.file("keyring.json", content)

        ended = await desk.run("new")

        assert ended.code == Exit.REFUSED
        assert f"There is a keyring at {desk.path} already" in ended.err
        assert desk.content() == content

    async def test_is_content_with_one_that_is_there_if_told_to(self, desk: Desk) -> None:
        await desk.run("new", "--if-missing")
        made = desk.content()

        again = await desk.run("new", "--if-missing")

        assert again.code == Exit.DONE
        assert desk.content() == made

    async def test_where_there_is_no_folder_it_says_so(self, desk: Desk) -> None:
        desk.folder /= "nowhere"

        ended = await desk.run("new")

        assert ended.code == Exit.SURROUNDINGS
        assert str(desk.folder) in ended.err


class TestShow:
    async def test_tells_the_keys_by_fingerprint_and_what_lies_under_each(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        after = at_work.keep(turned(ring, LATER))
        await add_sealed(owner, ring, times=2)
        await add_sealed(owner, after, LINKS)

        ended = await at_work.run("show", "--json")
        in_words = await at_work.run("show")

        assert orjson.loads(ended.out) == {
            "file": str(at_work.path),
            "keys": [
                {
                    "id": "k1",
                    "made_at": "2026-03-01T00:00:00+00:00",
                    "fingerprint": ring.current.fingerprint,
                    "current": False,
                    "sealed": dict.fromkeys(ROWS, 2),
                },
                {
                    "id": "k2",
                    "made_at": "2026-09-01T00:00:00+00:00",
                    "fingerprint": after.current.fingerprint,
                    "current": True,
                    "sealed": {LINKS: 1},
                },
            ],
            "without_key": {},
        }
        first, second = (line.split() for line in in_words.out.splitlines())
        assert first[2:] == [ring.current.fingerprint, str(2 * len(ROWS)), "sealed"]
        assert second[2:] == [after.current.fingerprint, "current", "1", "sealed"]

    async def test_says_what_lies_under_a_key_that_the_ring_lacks(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await add_sealed(owner, turned(ring, MOMENT), LINKS)

        ended = await at_work.run("show")

        told = ended.out.splitlines()[1].split(maxsplit=1)
        assert told == ["k2", "1 sealed, and the ring has no such key"]

    async def test_a_missing_keyring_is_named(self, at_work: Desk) -> None:
        ended = await at_work.run("show")

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert f"There is no keyring at {at_work.path}" in ended.err

    @pytest.mark.usefixtures("ring")
    async def test_one_that_others_may_read_is_refused(self, at_work: Desk) -> None:
        at_work.file("keyring.json", at_work.content() or b"", 0o644)

        ended = await at_work.run("show")

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "chmod 600" in ended.err


class TestTurn:
    async def test_makes_a_new_key_current_and_goes_on_record(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        ended = await at_work.run("turn")

        after = at_work.ring
        assert ended.code == Exit.DONE
        assert (after.current.id, after.keys["k1"]) == ("k2", ring.current)
        assert f"k2 ({after.current.fingerprint}) is current" in ended.err
        assert "ap-register keyring rewrap" in ended.err
        (entry,) = await owner.fetch(RECORDED)
        assert tuple(entry) == ("keyring.turned", "operator", "k2")

    async def test_can_prepare_a_key_that_the_next_turn_makes_current(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        first = await at_work.run("turn", "--prepare")
        ready = at_work.ring
        again = await at_work.run("turn", "--prepare")
        second = await at_work.run("turn")

        assert (first.code, again.code, second.code) == (Exit.DONE, Exit.REFUSED, Exit.DONE)
        assert (ready.current, list(ready.keys)) == (ring.current, ["k1", "k2"])
        assert "is prepared. " in first.err
        assert "k2 is prepared already" in again.err
        assert at_work.ring.current == ready.keys["k2"]
        acts = [entry["act"] for entry in await owner.fetch(f"{RECORDED} ORDER BY id")]
        assert acts == ["keyring.key_prepared", "keyring.turned"]

    async def test_what_cannot_go_on_record_does_not_happen(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("ALTER TABLE audit_entries ADD CHECK (act <> 'keyring.turned')")

        ended = await at_work.run("turn")

        assert ended.code == Exit.SURROUNDINGS
        assert at_work.ring == ring

    async def test_what_cannot_be_saved_does_not_go_on_record(
        self, at_work: Desk, owner: asyncpg.Connection
    ) -> None:
        at_work.name = "k" * 250  # no room for the name of a draft beside it
        at_work.file(at_work.name, written(new_keyring(MOMENT)))

        ended = await at_work.run("turn")

        assert ended.code == Exit.SURROUNDINGS
        assert "File name too long" in ended.err
        assert at_work.ring.current.id == "k1"
        assert await owner.fetch(RECORDED) == []

    async def test_without_a_keyring_nothing_goes_on_record(
        self, at_work: Desk, owner: asyncpg.Connection
    ) -> None:
        ended = await at_work.run("turn")

        assert ended.code == Exit.SURROUNDINGS
        assert f"There is no keyring at {at_work.path}" in ended.err
        assert await owner.fetch(RECORDED) == []


class TestDrop:
    async def test_refuses_a_key_under_which_anything_lies(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await add_sealed(owner, ring, LINKS, SESSIONS)
        both = at_work.keep(turned(ring, LATER))

        ended = await at_work.run("drop", "k1")

        assert ended.code == Exit.REFUSED
        assert f"2 values are sealed under k1 still ({LINKS}, {SESSIONS})" in ended.err
        assert at_work.ring == both
        assert await owner.fetch(RECORDED) == []

    async def test_takes_off_the_ring_what_nothing_needs_and_goes_on_record(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        after = at_work.keep(turned(ring, LATER))
        await add_sealed(owner, after, LINKS)

        ended = await at_work.run("drop", "k1")

        assert ended.code == Exit.DONE
        assert "Backups made before need it" in ended.err
        assert at_work.ring == Keyring(after.current, {"k2": after.current})
        (entry,) = await owner.fetch(RECORDED)
        assert tuple(entry) == ("keyring.key_dropped", "operator", "k1")

    @pytest.mark.parametrize(
        ("key", "said"),
        [("k1", "k1 is the current key. Turn the keyring first."), ("k5", "no key k5")],
    )
    async def test_refuses_the_current_key_and_one_that_is_not_there(
        self, at_work: Desk, ring: Keyring, key: str, said: str
    ) -> None:
        ended = await at_work.run("drop", key)

        assert (ended.code, at_work.ring) == (Exit.REFUSED, ring)
        assert said in ended.err


class TestServing:
    async def test_without_a_keyring_ends_with_a_sentence_and_no_trace(self, at_work: Desk) -> None:
        ended = await at_work.here("serve", **at_work.settings, PORT=free_port())

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert ended.err.startswith(f"There is no keyring at {at_work.path}. Make one with")
        assert ended.err.count("\n") == 1
