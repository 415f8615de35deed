import ast
from pathlib import Path

import asyncpg
import pytest

from app import clock
from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring, new_keyring
from app.models import metadata
from app.organisations.queries import sealed as queries
from tests.factories.sealed import ROWS, add_sealed

APP = Path(__file__).resolve().parents[3] / "app"
LINKS = "emailed_links.sealed_token"


@pytest.fixture
def ring() -> Keyring:
    return new_keyring(clock.now())


class TestThePlaces:
    def test_are_all_the_columns_that_are_called_sealed(self) -> None:
        called_so = {
            f"{table.name}.{column.name}"
            for table in metadata.tables.values()
            for column in table.columns
            if column.name.startswith("sealed_")
        }

        assert set(queries.places()) == called_so == set(ROWS)

    def test_each_has_one_column_as_its_key(self) -> None:
        for place in queries.places().values():
            assert list(place.column.table.primary_key.columns) == [place.key]

    def test_whoever_seals_names_one_of_them(self) -> None:
        named = {
            call.args[0].value
            for path in APP.rglob("*.py")
            for call in ast.walk(ast.parse(path.read_text()))
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "context_of"
            and isinstance(call.args[0], ast.Constant)
        }

        assert named - set(queries.places()) == set()
        assert "signing_keys.sealed_private_jwk" in named


async def test_a_value_that_was_replaced_meanwhile_stays_replaced(
    database: Database, owner: asyncpg.Connection, ring: Keyring
) -> None:
    await add_sealed(owner, ring, LINKS)
    row = await owner.fetchrow("SELECT id, sealed_token FROM emailed_links")
    assert row is not None
    await owner.execute("UPDATE emailed_links SET sealed_token = 'newer'")
    late = {"of": row["id"], "old": row["sealed_token"], "new": b"late"}

    async with transaction(database, OPERATOR) as session:
        await queries.replace_sealed(session, queries.places()[LINKS], [late])

    assert await owner.fetchval("SELECT sealed_token FROM emailed_links") == b"newer"
