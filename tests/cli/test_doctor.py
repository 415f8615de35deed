from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from app import clock
from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from app.keyring.escrow import Cost, escrow_text
from app.keyring.ring import Keyring, new_keyring, save, turned
from app.pages import assets
from tests.cli.running import Here, addresses
from tests.factories.providers import make_provider, put_on_register
from tests.factories.sealed import ROWS, add_sealed

PLANTED = {
    "a record of the log": (
        "log",
        "UPDATE ledger_bodies SET record = '{}' WHERE entry = 1",
        "entries [1] do not give their hash",
    ),
    "a day of the log": (
        "log",
        "UPDATE ledger_entries SET recorded_at = recorded_at - interval '1 s' WHERE entry = 2",
        "entries [2] do not give their hash",
    ),
    "every document": (
        "documents",
        "UPDATE register_documents SET document = '{}'",
        "differ from the log: run `ap-register migrate --rebuild`",
    ),
    "a missing document": (
        "documents",
        "DELETE FROM register_documents WHERE number = 'AP000001U'",
        "['AP000001U'] differ from the log",
    ),
    "a miscounted vocabulary": (
        "read model",
        "UPDATE register_words SET documents = documents + 1",
        "run `ap-register migrate --rebuild`",
    ),
    "a grant too many": (
        "public role",
        "GRANT SELECT ON provider_known_by TO ap_read",
        "it can read provider_known_by: revoke that",
    ),
    "tables of another release": (
        "tables",
        "UPDATE alembic_version SET version_num = '0001'",
        "revision 0001; this release needs",
    ),
}


@pytest.fixture
async def addressed(settings: Settings, database: Database) -> dict[str, str]:
    """A register with two providers, for a command to look at."""
    await put_on_register(database, make_provider(), make_provider("Example Yard"))
    return addresses(settings)


async def look(
    here: Here, addressed: dict[str, str], *words: str | Path
) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code, and what was found: one JSON document and nothing beside it."""
    ended = await here("doctor", "--json", *words, **addressed)
    assert ended.err == ""
    findings = orjson.loads(ended.out)["findings"]
    return ended.code, {finding["about"]: finding for finding in findings}


async def test_a_sound_register_is_fine(addressed: dict[str, str], here: Here) -> None:
    code, found = await look(here, addressed)

    assert (code, {finding["fine"] for finding in found.values()}) == (Exit.DONE, {True})
    assert {"disk", "front-end files", "tables", "log", "documents"} <= found.keys()
    assert {"keyring", "escrow"} <= found.keys()


@pytest.mark.parametrize(("about", "damage", "told"), PLANTED.values(), ids=PLANTED)
async def test_finds_what_is_wrong_and_says_how_to_mend_it(
    addressed: dict[str, str],
    owner: asyncpg.Connection,
    here: Here,
    about: str,
    damage: str,
    told: str,
) -> None:
    await owner.execute("SET session_replication_role = replica")  # past the log's own guards
    await owner.execute(damage)

    code, found = await look(here, addressed)

    assert code == Exit.REFUSED
    assert next(name for name, finding in found.items() if finding["fine"] is False) == about
    assert told in found[about]["detail"]


async def test_missing_front_end_files_are_named_with_their_cure(
    addressed: dict[str, str], here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)

    code, found = await look(here, addressed)

    assert code == Exit.REFUSED
    assert found["front-end files"]["fine"] is False
    assert "run `python -m app.pages.assets`" in found["front-end files"]["detail"]


async def test_people_are_shown_the_same_as_a_table(
    addressed: dict[str, str], owner: asyncpg.Connection, here: Here
) -> None:
    await owner.execute("UPDATE register_words SET documents = documents + 1")

    ended = await here("doctor", COLUMNS="200", **addressed)

    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    wrong = [line for line in ended.err.splitlines() if "✗" in line]
    assert len(wrong) == 1
    assert "miscounted" in wrong[0]


async def test_migrate_mends_a_damaged_read_model_from_the_log(
    addressed: dict[str, str], owner: asyncpg.Connection, here: Here
) -> None:
    before = await owner.fetch("SELECT * FROM register_documents ORDER BY number")
    await owner.execute("DELETE FROM register_documents WHERE number = 'AP000001U'")
    await owner.execute("UPDATE register_words SET documents = documents + 1")
    assert (await look(here, addressed))[0] == Exit.REFUSED

    ended = await here("migrate", "--rebuild", "--json", **addressed)

    migrated = orjson.loads(ended.out)
    assert migrated["before"] == migrated["after"]
    assert (await look(here, addressed))[0] == Exit.DONE
    assert await owner.fetch("SELECT * FROM register_documents ORDER BY number") == before


PASSPHRASE = "kettle ladder orchard mitten"
CHEAP = Cost(n=16, r=8, p=1)


def private(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


class TestTheKeyring:
    @pytest.fixture
    def path(self, addressed: dict[str, str], tmp_path: Path) -> Path:
        """Where this test's keyring lies."""
        addressed["KEYRING_FILE"] = str(tmp_path / "keyring.json")
        return tmp_path / "keyring.json"

    @pytest.fixture
    def ring(self, path: Path) -> Keyring:
        made = turned(new_keyring(clock.now()), clock.now())
        save(made, path)
        return made

    @pytest.fixture
    def copy(self, addressed: dict[str, str], ring: Keyring, tmp_path: Path) -> Path:
        """A copy in escrow that was made twelve days ago."""
        addressed["KEYRING_ESCROW_FILE"] = str(tmp_path / "escrow.json")
        made_at = clock.now() - timedelta(days=12)
        return private(tmp_path / "escrow.json", escrow_text(ring, PASSPHRASE, made_at, CHEAP))

    @pytest.fixture
    def drill(self, tmp_path: Path) -> tuple[str, Path]:
        """The words that ask for a drill."""
        return "--escrow-passphrase-file", private(tmp_path / "passphrase.txt", f"{PASSPHRASE}\n")

    async def test_opens_everything_that_is_sealed(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here, ring: Keyring
    ) -> None:
        await add_sealed(owner, ring)
        await add_sealed(owner, without_turning(ring))

        code, found = await look(here, addressed)

        assert code == Exit.DONE
        assert found["keyring"]["detail"] == (
            f"k2 ({ring.current.fingerprint}) is current; it opens all {2 * len(ROWS)} sealed "
            "values"
        )

    async def test_is_missed_where_it_is_not(
        self, addressed: dict[str, str], here: Here, path: Path
    ) -> None:
        code, found = await look(here, addressed)

        assert (code, found["keyring"]["fine"]) == (Exit.REFUSED, False)
        assert f"There is no keyring at {path}" in found["keyring"]["detail"]

    async def test_is_not_for_others_to_read(
        self, addressed: dict[str, str], here: Here, ring: Keyring, path: Path
    ) -> None:
        loosen(path)

        code, found = await look(here, addressed)

        assert (code, found["keyring"]["fine"]) == (Exit.REFUSED, False)
        assert "chmod 600" in found["keyring"]["detail"]
        assert ring.current.secret.hex() not in str(found)

    async def test_that_lacks_keys_or_is_another_is_found_out(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here, ring: Keyring
    ) -> None:
        await add_sealed(owner, ring, "emailed_links.sealed_token")
        await add_sealed(owner, turned(ring, clock.now()), "authenticators.sealed_secret", times=2)
        await add_sealed(owner, new_keyring(clock.now()), "sign_in_sessions.sealed_id_token")

        code, found = await look(here, addressed)

        assert (code, found["keyring"]["fine"]) == (Exit.REFUSED, False)
        detail = found["keyring"]["detail"]
        assert "3 sealed values do not open, 1 do." in detail
        assert "The keyring has no key k3, under which authenticators.sealed_secret" in detail
        assert "does not open: another keyring's k1" in detail
        assert "ap-register keyring restore" in detail

    @pytest.mark.usefixtures("ring")
    @pytest.mark.parametrize(
        ("environment", "fine"), [("demonstration", True), ("production", False)]
    )
    async def test_without_a_copy_is_well_enough_for_trying_out_alone(
        self, addressed: dict[str, str], here: Here, environment: str, fine: bool
    ) -> None:
        _, found = await look(here, addressed | {"ENVIRONMENT": environment})

        assert found["escrow"]["fine"] is fine
        assert "no copy (KEYRING_ESCROW_FILE is not set)" in found["escrow"]["detail"]
        assert ("ap-register keyring escrow" in found["escrow"]["detail"]) is not fine

    async def test_has_a_copy_whose_age_is_told(
        self, addressed: dict[str, str], here: Here, copy: Path
    ) -> None:
        code, found = await look(here, addressed)

        assert code == Exit.DONE
        told = f"{copy}, made 12 days ago, holds every key of the ring"
        assert found["escrow"]["detail"] == told

    @pytest.mark.usefixtures("copy")
    async def test_was_turned_since_its_copy_was_made(
        self, addressed: dict[str, str], here: Here, ring: Keyring, path: Path
    ) -> None:
        save(turned(ring, clock.now()), path)

        code, found = await look(here, addressed)

        assert (code, found["escrow"]["fine"]) == (Exit.REFUSED, False)
        assert "lacks k3: make one with `ap-register keyring escrow`" in found["escrow"]["detail"]

    @pytest.mark.parametrize(
        ("content", "said"),
        [(None, "cannot be read: No such file"), ("{}", "not an escrow copy of a keyring")],
    )
    async def test_has_a_copy_that_is_none(
        self, addressed: dict[str, str], here: Here, copy: Path, content: str | None, said: str
    ) -> None:
        if content is None:
            addressed["KEYRING_ESCROW_FILE"] += ".absent"
        else:
            private(copy, content)

        code, found = await look(here, addressed)

        assert (code, found["escrow"]["fine"]) == (Exit.REFUSED, False)
        assert said in found["escrow"]["detail"]

    @pytest.mark.usefixtures("copy")
    async def test_comes_back_from_its_copy_in_a_drill(
        self,
        addressed: dict[str, str],
        owner: asyncpg.Connection,
        here: Here,
        ring: Keyring,
        drill: tuple[str, Path],
    ) -> None:
        nothing_yet = await look(here, addressed, *drill)
        (context,) = await add_sealed(owner, ring, "sign_in_sessions.sealed_id_token")
        code, found = await look(here, addressed, *drill)

        assert nothing_yet[0] == code == Exit.DONE
        assert "nothing is sealed yet" in nothing_yet[1]["drill"]["detail"]
        told = f"the escrow copy opens and is the ring; {context} opens with it"
        assert found["drill"]["detail"] == told
        assert PASSPHRASE not in str(found)

    @pytest.mark.usefixtures("copy")
    async def test_does_not_come_back_with_another_passphrase(
        self, addressed: dict[str, str], here: Here, drill: tuple[str, Path]
    ) -> None:
        private(drill[1], "another passphrase altogether")

        code, found = await look(here, addressed, *drill)

        assert (code, found["escrow"]["fine"], found["drill"]["fine"]) == (
            Exit.REFUSED,
            True,
            False,
        )
        assert "the passphrase is another, or the copy was changed" in found["drill"]["detail"]

    async def test_does_not_come_back_from_a_copy_that_only_says_it_is_current(
        self,
        addressed: dict[str, str],
        here: Here,
        ring: Keyring,
        copy: Path,
        drill: tuple[str, Path],
    ) -> None:
        newer = turned(ring, clock.now())
        save(newer, Path(addressed["KEYRING_FILE"]))
        claim(copy, newer)

        code, found = await look(here, addressed, *drill)

        assert (code, found["escrow"]["fine"], found["drill"]["fine"]) == (
            Exit.REFUSED,
            True,
            False,
        )

    @pytest.mark.usefixtures("copy")
    async def test_is_not_what_its_copy_brings_back(
        self, addressed: dict[str, str], here: Here, path: Path, drill: tuple[str, Path]
    ) -> None:
        save(new_keyring(clock.now()), path)

        code, found = await look(here, addressed, *drill)

        assert (code, found["drill"]["fine"]) == (Exit.REFUSED, False)
        assert "the copy opens, but its k1 is not the ring's" in found["drill"]["detail"]

    @pytest.mark.usefixtures("copy")
    async def test_whose_copy_opens_nothing_is_found_out(
        self,
        addressed: dict[str, str],
        owner: asyncpg.Connection,
        here: Here,
        path: Path,
        drill: tuple[str, Path],
    ) -> None:
        other = new_keyring(clock.now())
        save(other, path)
        (context,) = await add_sealed(owner, other, "emailed_links.sealed_token")

        code, found = await look(here, addressed, *drill)

        assert (code, found["keyring"]["fine"], found["drill"]["fine"]) == (
            Exit.REFUSED,
            True,
            False,
        )
        assert f"{context} does not open" in found["drill"]["detail"]

    @pytest.mark.usefixtures("ring")
    async def test_without_a_copy_has_no_drill(
        self, addressed: dict[str, str], here: Here, drill: tuple[str, Path]
    ) -> None:
        code, found = await look(here, addressed, *drill)

        assert (code, found["drill"]["fine"]) == (Exit.REFUSED, False)
        assert "KEYRING_ESCROW_FILE" in found["drill"]["detail"]


def without_turning(ring: Keyring) -> Keyring:
    """The ring as it was before its last turn."""
    first = ring.keys["k1"]
    return Keyring(first, {"k1": first})


def claim(copy: Path, ring: Keyring) -> None:
    """Let a copy say that it holds a ring."""
    facts = orjson.loads(copy.read_bytes())
    facts["keys"] = {key.id: key.fingerprint for key in ring.keys.values()}
    private(copy, orjson.dumps(facts).decode())


def loosen(path: Path) -> None:
    path.chmod(0o644)
