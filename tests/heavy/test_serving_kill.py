import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import orjson
import pytest

from app.cli.output import Exit
from app.db.embedded.folder import folder_at
from app.db.embedded.leftovers import serving as servers_in
from app.db.embedded.leftovers import wait_until
from tests.cli.running import run
from tests.cli.services import Service, serving

pytestmark = pytest.mark.heavy

PROVIDERS = "60"
CRASHED = "not properly shut down"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with a filled register of its own; open to the user that root's server runs as."""
    with tempfile.TemporaryDirectory(prefix="serving-kill-") as made:
        Path(made).chmod(0o755)
        place = Path(made).resolve()
        filled = run("demo", "--providers", PROVIDERS, folder=place)
        assert filled.returncode == Exit.DONE, filled.stderr
        yield place
        kill(servers(place))  # only where a test has failed


@pytest.fixture(scope="module")
def held(place: Path) -> list[bytes]:
    """What the register answers before anything is killed."""
    with serving(place) as service:
        return answers(service)


def answers(service: Service) -> list[bytes]:
    """Return every page of the register, one record and its web page."""
    pages, path = [], "/v1/providers?limit=20&include=total"
    while path:
        pages.append(service.get(path))
        following = orjson.loads(pages[-1])["links"]["next"] or ""
        path = following.removeprefix(service.base)
    number = orjson.loads(pages[0])["items"][0]["provider"]["number"]
    return [*pages, service.get(f"/v1/providers/{number}")]


def servers(place: Path) -> list[int]:
    return servers_in(folder_at(place / ".data").cluster)


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def served_again(place: Path) -> list[bytes]:
    with serving(place) as service:
        again = answers(service)
        assert service.end(signal.SIGINT) == Exit.DONE
    assert servers(place) == []
    return again


def test_after_the_service_and_its_postgresql_were_killed_the_same_is_answered(
    place: Path, held: list[bytes]
) -> None:
    assert len(held) > 3
    for _ in range(2):
        with serving(place) as service:
            assert answers(service) == held
            kill([service.process.pid, *servers(place)])

    assert served_again(place) == held
    assert CRASHED in folder_at(place / ".data").log.read_text()


def test_after_the_service_alone_was_killed_no_server_is_left_and_the_same_is_answered(
    place: Path, held: list[bytes]
) -> None:
    with serving(place) as service:
        service.process.kill()
        assert wait_until(lambda: not servers(place), 30)

    assert served_again(place) == held


def test_a_service_whose_postgresql_was_killed_says_so_and_can_be_stopped(
    place: Path, held: list[bytes]
) -> None:
    with serving(place) as service:
        kill(servers(place))
        with pytest.raises(HTTPError, match="503") as refused:
            service.get("/readyz")
        refused.value.close()
        assert service.end(signal.SIGINT) == Exit.DONE

    assert served_again(place) == held
