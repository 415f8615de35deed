import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from structlog.testing import capture_logs

from app import clock
from app.access import DOORKEEPER
from app.db.transactions import Database, transaction
from app.organisations.errors import LinkNotGoodError, SignInRefusedError
from app.organisations.openid import Visit
from app.organisations.service.attempts import HOME, Attempt, begin_visit, own_path, take_attempt
from app.organisations.terms import ATTEMPT_LASTS

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


async def begun(database: Database, return_to: str = "/about") -> tuple[Visit, str]:
    async with transaction(database, DOORKEEPER) as session:
        return await begin_visit(session, return_to)


async def taken(database: Database, state: str, browser: str | None) -> Attempt:
    async with transaction(database, DOORKEEPER) as session:
        return await take_attempt(session, state, browser)


async def refusal_of(database: Database, state: str, browser: str | None) -> str:
    with capture_logs() as logs, pytest.raises(SignInRefusedError):
        await taken(database, state, browser)
    return str(logs[-1]["reason"])


class TestOwnPath:
    @pytest.mark.parametrize(
        "path", ["/", "/about", "/?q=farm&age=14", "/providers/AP000001Z#sites", "/a//b", "/%5C"]
    )
    def test_an_address_of_ours_is_kept(self, path: str) -> None:
        assert own_path(path) == path

    @pytest.mark.parametrize(
        "path",
        [
            None,
            "",
            "about",
            "//evil.test",
            "///evil.test",
            "/\\evil.test",
            "\\\\evil.test",
            "/a\\b",
            "https://evil.test/",
            "javascript:alert(1)",
            "/\t/evil.test",
            "/\n/evil.test",
            "\t//evil.test",
            " //evil.test",
            "/a b",
            "/a\x00",
            "/a\x7f",
            "/é",
            "/a\n",
            "/" + "a" * 601,
        ],
    )
    def test_everything_else_leads_home(self, path: str | None) -> None:
        assert own_path(path) == HOME


class TestBeginVisit:
    async def test_each_visit_has_secrets_of_its_own(self, database: Database) -> None:
        (one, first), (two, second) = await begun(database), await begun(database)

        secrets = {one.state, one.nonce, one.code_verifier, first}
        secrets |= {two.state, two.nonce, two.code_verifier, second}
        assert len(secrets) == 8
        assert all(len(secret) >= 43 for secret in secrets)

    async def test_state_and_cookie_are_kept_as_hashes(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        visit, browser = await begun(database)

        row = await owner.fetchval("SELECT to_jsonb(a)::text FROM sign_in_attempts a")
        assert visit.state not in row
        assert browser not in row

    async def test_nobody_is_led_elsewhere_afterwards(self, database: Database) -> None:
        visit, browser = await begun(database, "//evil.test")

        assert (await taken(database, visit.state, browser)).return_to == "/"

    async def test_an_invitation_that_never_was_begins_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        with pytest.raises(LinkNotGoodError):
            async with transaction(database, DOORKEEPER) as session:
                await begin_visit(session, "/", invitation="made up")

        assert await owner.fetchval("SELECT count(*) FROM sign_in_attempts") == 0


class TestTakeAttempt:
    async def test_brings_back_what_the_visit_began_with(self, database: Database) -> None:
        visit, browser = await begun(database)

        attempt = await taken(database, visit.state, browser)

        assert attempt == Attempt(visit, "/about", None, None)

    async def test_is_taken_once(self, database: Database) -> None:
        visit, browser = await begun(database)
        await taken(database, visit.state, browser)

        assert await refusal_of(database, visit.state, browser) == "used"

    async def test_of_many_at_once_one_takes_it(self, database: Database) -> None:
        visit, browser = await begun(database)

        outcomes = await asyncio.gather(
            *(taken(database, visit.state, browser) for _ in range(8)), return_exceptions=True
        )

        assert len([one for one in outcomes if isinstance(one, Attempt)]) == 1
        assert len([one for one in outcomes if isinstance(one, SignInRefusedError)]) == 7

    @pytest.mark.parametrize("browser", [None, "", "another"])
    async def test_another_browser_does_not_take_it_nor_spoil_it(
        self, database: Database, browser: str | None
    ) -> None:
        visit, own = await begun(database)

        assert await refusal_of(database, visit.state, browser) == "browser"
        await taken(database, visit.state, own)

    @pytest.mark.parametrize("state", ["", "another", "\udcff"])
    async def test_a_state_that_never_was_is_refused(self, database: Database, state: str) -> None:
        _, browser = await begun(database)

        assert await refusal_of(database, state, browser) == "state"

    async def test_whoever_takes_too_long_begins_again(self, database: Database) -> None:
        with clock.at(NOW):
            visit, browser = await begun(database)
        with clock.at(NOW + ATTEMPT_LASTS):
            assert await refusal_of(database, visit.state, browser) == "too-late"
        with clock.at(NOW + ATTEMPT_LASTS - timedelta(microseconds=1)):
            await taken(database, visit.state, browser)
