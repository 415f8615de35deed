import asyncio
import subprocess

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
from tests.demo.registers import whole_register
from tests.demo.running import COMMAND, REPOSITORY, environment

PLAN = plan(20, 3)


def demo(settings: Settings, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this interpreter, our own module
        [*COMMAND, *words],
        cwd=REPOSITORY,
        env={**environment(settings), **changed},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class TestDemo:
    async def test_it_fills_an_empty_register_and_counts_what_is_there(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        ended = demo(settings, "--providers", "20", "--seed", "3", "--json")

        assert ended.returncode == 0, ended.stderr
        facts = orjson.loads(ended.stdout)
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

    async def test_a_second_run_says_that_it_is_there_and_changes_nothing(
        self, settings: Settings
    ) -> None:
        assert demo(settings, "--providers", "20", "--seed", "3").returncode == 0
        before = await whole_register(settings)

        ended = demo(settings, "--providers", "20", "--seed", "3")

        assert ended.returncode == 0
        assert ended.stdout.startswith("This demonstration is here already, whole: 20 invented")
        assert await whole_register(settings) == before

    async def test_another_demonstration_is_refused_with_a_cure(self, settings: Settings) -> None:
        assert demo(settings, "--providers", "20", "--seed", "3").returncode == 0
        ended = demo(settings, "--providers", "20", "--seed", "4", "--json")
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert "another demonstration" in " ".join(ended.stderr.split())
        assert "Use an empty database" in " ".join(ended.stderr.split())

    async def test_a_production_register_is_never_made_a_demonstration(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        ended = demo(settings, ENVIRONMENT="production")
        assert ended.returncode == 1
        assert "ENVIRONMENT=demonstration" in ended.stderr
        assert not await owner.fetchval("SELECT demonstration FROM ledger_head")

    @pytest.mark.parametrize(
        "words", [("--providers", "0"), ("--providers", "1000000"), ("--seed", "-1")]
    )
    async def test_an_impossible_number_is_a_mistake_of_usage(
        self, words: tuple[str, ...], settings: Settings
    ) -> None:
        assert demo(settings, *words).returncode == 2


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
