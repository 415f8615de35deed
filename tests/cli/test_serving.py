import re
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.db.embedded.folder import folder_at
from app.db.embedded.leftovers import serving as servers_in
from app.db.transactions import Database
from tests.cli.running import SECRET, addresses, run
from tests.cli.services import free_port, get, serving
from tests.factories.providers import make_provider, put_on_register


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder for one embedded database, made once; pytest's own could let no other user through.

    As root, the server runs as somebody else.
    """
    with tempfile.TemporaryDirectory(prefix="serving-") as made:
        Path(made).chmod(0o755)
        yield Path(made).resolve()


class TestOnAConfiguredDatabase:
    async def test_serves_it_and_says_where(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        await put_on_register(database, make_provider(), make_provider("Forrest School"))

        with serving(tmp_path, **addresses(settings)) as service:
            found = orjson.loads(service.get("/v1/providers"))
            page = service.get("/").decode()
            said = service.said()
            shown = re.findall(rf"{service.base}/\S*", said.partition("Worth trying")[0])
            bodies = [get(url) for url in shown]
            tried = [orjson.loads(get(url)) for url in re.findall(r"curl '([^']+)'", said)]
            code = service.end(signal.SIGINT)

        names = {item["provider"]["name"] for item in found["items"]}
        assert names == {"Example Forge", "Forrest School"}
        assert "Example Forge" in page
        assert len(shown) == 3
        assert orjson.loads(bodies[1])["items"] == found["items"]
        assert orjson.loads(bodies[2])["paths"]
        assert [next(iter(answer)) for answer in tried] == ["items", "items"]
        assert [item["provider"]["name"] for item in tried[0]["items"]] == ["Forrest School"]
        assert code == Exit.DONE
        assert service.said().endswith("Stopped; the data is kept.\n")
        for url in (settings.database_url, settings.database_read_url):
            assert url is not None
            assert url.get_secret_value() not in service.said()

    async def test_refuses_tables_of_another_release(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await owner.execute("UPDATE alembic_version SET version_num = '0001'")

        ended = run("serve", folder=tmp_path, PORT=free_port(), **addresses(settings))

        assert ended.returncode == Exit.SURROUNDINGS
        assert "Run `ap-register migrate` first." in ended.stderr.decode()
        assert b"Traceback" not in ended.stderr

    def test_a_wrong_password_ends_it_before_it_serves(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        wrong = addresses(settings)
        login, _, rest = wrong["DATABASE_READ_URL"].rpartition("@")
        wrong["DATABASE_READ_URL"] = f"{login.rpartition(':')[0]}:{SECRET}@{rest}"

        ended = run("serve", folder=tmp_path, PORT=free_port(), **wrong)

        told = ended.stderr.decode()
        assert ended.returncode == Exit.SURROUNDINGS
        assert "DATABASE_READ_URL cannot be connected to" in told
        assert SECRET not in told
        assert "Traceback" not in told


class TestOnItsOwnDatabase:
    def test_others_on_the_same_folder_join_it_and_sigterm_leaves_no_server(
        self, place: Path
    ) -> None:
        cluster = folder_at(place / "data").cluster
        with serving(place, DATA_DIR="data") as first:
            filled = run("demo", "--providers", "20", folder=place, DATA_DIR="data")
            assert filled.returncode == Exit.DONE, filled.stderr
            with serving(place, DATA_DIR="data") as second:
                assert second.base != first.base
                heads = servers_in(cluster)
                answers = [s.get("/v1/providers?include=total") for s in (first, second)]
                assert second.end(signal.SIGINT) == Exit.DONE
            assert first.get("/v1/providers?include=total") == answers[0]
            first.end(signal.SIGTERM)

        assert heads
        assert orjson.loads(answers[0])["total"] > 0
        assert answers[0] == answers[1]
        assert f"database: kept in {Path('data')}" in first.said()
        assert servers_in(cluster) == []
        assert not folder_at(place / "data").facts.exists()

    @pytest.mark.parametrize("major", ["9.6", "99"])
    def test_data_of_another_major_version_is_refused_and_left_alone(
        self, tmp_path: Path, major: str
    ) -> None:
        cluster = folder_at(tmp_path / "data").cluster
        cluster.mkdir(parents=True)
        (cluster / "PG_VERSION").write_text(f"{major}\n")

        ended = run("serve", folder=tmp_path, PORT=free_port(), DATA_DIR="data")

        told = ended.stderr.decode()
        assert ended.returncode == Exit.SURROUNDINGS
        assert f"was made by PostgreSQL {major}" in told
        assert "Nothing was changed." in told
        assert "PG_BIN_DIR" in told
        assert "Traceback" not in told
        assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]
