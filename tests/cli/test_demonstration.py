import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import orjson
import pytest

from app.access import OPERATOR
from app.cli.demonstration import fill_if_empty
from app.config import Settings
from app.db.transactions import Database, transaction
from app.demo.plan import plan
from app.providers.schemas.recording import NewProvider
from app.providers.service import recording as service
from tests.cli.running import Ended, Here, addresses
from tests.demo.registers import whole_register

PLAN = plan(20, 3)


Demo = Callable[..., Awaitable[Ended]]
FEW = ("--providers", "20", "--seed", "3")


@pytest.fixture
def demo(here: Here, settings: Settings) -> Demo:
    """Run `ap-register demo` on this test's register."""

    async def run(*words: str, **changed: str) -> Ended:
        return await here("demo", *words, **addresses(settings), **changed)

    return run


class TestDemo:
    async def test_it_fills_an_empty_register_and_counts_what_is_there(
        self, demo: Demo, owner: asyncpg.Connection
    ) -> None:
        ended = await demo(*FEW, "--json")

        assert ended.code == 0, ended.err
        facts = orjson.loads(ended.out)
        seconds = facts.pop("seconds")
        assert seconds > 0
        held = {
            "providers": "SELECT count(*) FROM providers",
            "sites": "SELECT count(*) FROM sites",
            "offers": "SELECT count(*) FROM offers",
            "inspections": "SELECT count(*) FROM inspections WHERE state = 'published'",
            "entries": "SELECT entry FROM ledger_head",
            "public": "SELECT count(*) FROM register_search",
            "known": "SELECT count(*) FROM providers WHERE status = 'known'",
        }
        assert facts == {
            **{name: await owner.fetchval(count) for name, count in held.items()},
            "seed": 3,
            "until": "2026-09-30",
            "already_there": False,
            "continued_after": 0,
        }
        assert facts["providers"] == 20

    async def test_run_again_it_changes_nothing_and_another_is_refused_with_a_cure(
        self, demo: Demo, settings: Settings
    ) -> None:
        assert (await demo(*FEW)).code == 0
        before = await whole_register(settings)

        again = await demo(*FEW)
        another = await demo("--providers", "20", "--seed", "4", "--json")

        assert again.code == 0
        assert again.out.startswith("This demonstration is here already, whole: 20 invented")
        assert (another.code, another.out) == (1, "")
        assert "another demonstration" in " ".join(another.err.split())
        assert "Use an empty database" in " ".join(another.err.split())
        assert await whole_register(settings) == before

    async def test_a_production_register_is_never_made_a_demonstration(
        self, demo: Demo, owner: asyncpg.Connection
    ) -> None:
        ended = await demo(ENVIRONMENT="production")
        assert ended.code == 1
        assert "ENVIRONMENT=demonstration" in ended.err
        assert not await owner.fetchval("SELECT demonstration FROM ledger_head")

    @pytest.mark.parametrize(
        "words", [("--providers", "0"), ("--providers", "1000000"), ("--seed", "-1")]
    )
    async def test_an_impossible_number_is_a_mistake_of_usage(
        self, words: tuple[str, ...], demo: Demo
    ) -> None:
        assert (await demo(*words)).code == 2


class TestFillIfEmpty:
    async def test_an_empty_register_is_filled_once_and_then_kept(self, settings: Settings) -> None:
        await asyncio.to_thread(fill_if_empty, settings, 20, 3)
        filled = await whole_register(settings)
        assert len(filled["providers"]) == PLAN.size + 1  # and the record of the garage

        await asyncio.to_thread(fill_if_empty, settings, 20, 3)
        await asyncio.to_thread(fill_if_empty, settings, 10, 5)

        assert await whole_register(settings) == filled

    async def test_a_register_in_use_is_kept(self, settings: Settings, database: Database) -> None:
        async with transaction(database, OPERATOR) as session:
            await service.record_providers(session, OPERATOR, [NewProvider(name="Somebody Else")])
        before = await whole_register(settings)

        await asyncio.to_thread(fill_if_empty, settings, 20, 3)

        assert await whole_register(settings) == before
