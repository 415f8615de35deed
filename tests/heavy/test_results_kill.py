"""Results sent while services and the worker are killed again and again: each lands once."""

import asyncio
import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Permission
from app.config import Settings
from tests.cli.running import addresses, command, environment
from tests.cli.services import free_port
from tests.factories.inspecting import Desk, add_desk, found
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.records import add_owned_record
from tests.factories.results import RESULTS, a_result

pytestmark = pytest.mark.heavy

DOCUMENTS, DUPLICATES, WRONG, HALVES = 1_000, 100, 20, 20
CLIENTS = 16
PROVIDERS = 10
KILLED_IN_ORDER = (0, 1, 2, 0, 1, 0, 2, 1)
"""The two services, and the worker: each several times."""
LEAST_KILLS = 4
SECONDS = 240
"""So long it may take on a machine that is busy with other things."""
BETWEEN_KILLS = (2.0, 4.0)
SETTLED = frozenset({200, 201, 422})


@dataclass
class Process:
    """A service or a worker, and how to start it again."""

    words: tuple[str, ...]
    changes: dict[str, str]
    folder: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self.running = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            command(*self.words),
            cwd=self.folder,
            env=environment(**self.changes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()


@dataclass
class Sending:
    """What is sent, where to, and what came of it.

    Attributes:
        bases: addresses of the services.
        headers: of every request.
        waiting: documents yet to be sent.
        answers: by reference, each answer's status and inspection.
        lost: requests that nobody answered.
    """

    bases: list[str]
    headers: dict[str, str]
    waiting: list[dict[str, Any]]
    answers: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    lost: int = 0

    async def send_all(self, chance: random.Random) -> None:
        """Send what waits, each until it is answered, as a laptop that finds its network again."""
        async with httpx.AsyncClient(timeout=20, headers=self.headers) as client:
            bases = itertools.cycle(chance.sample(self.bases, len(self.bases)))
            base = next(bases)
            while self.waiting:
                document = self.waiting.pop()
                while not await self._settled(client, base, document):
                    base = next(bases)
                    await asyncio.sleep(chance.uniform(0.05, 0.3))

    async def _settled(
        self, client: httpx.AsyncClient, base: str, document: dict[str, Any]
    ) -> bool:
        try:
            answer = await client.post(f"{base}{RESULTS}", json=document)
        except httpx.TransportError:
            self.lost += 1
            return False
        if answer.status_code not in SETTLED:
            assert answer.status_code in {429, 500, 503}, answer.text
            return False
        told = (answer.status_code, answer.json().get("inspection"))
        self.answers.setdefault(document["reference"], []).append(told)
        return True

    async def send_half(self, base: str, document: dict[str, Any]) -> None:
        """Begin to send a document, and be gone."""
        body = json.dumps(document).encode()
        head = f"POST {RESULTS} HTTP/1.1\r\nHost: register\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/json\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        with suppress(OSError):
            host, port = base.removeprefix("http://").split(":")
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(head.encode() + b"\r\n" + body[: len(body) // 2])
            await writer.drain()
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def running(
    settings: Settings, folder: Path
) -> AsyncIterator[tuple[list[str], list[Process]]]:
    """Let two services and a worker run; none of them outlives the block."""
    ports = [free_port(), free_port()]
    to_it = addresses(settings) | {"HOST": "127.0.0.1", "RATE_LIMIT": "1000000/minute"}
    to_it |= {"DATA_DIR": str(folder), "PUBLIC_URL": "http://register.test"}
    processes = [Process(("serve",), to_it | {"PORT": port}, folder) for port in ports]
    processes.append(Process(("work",), to_it, folder))
    bases = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for one in processes:
            one.start()
        for base in bases:
            await ready(base)
        yield bases, processes
    finally:
        for one in processes:
            one.kill()


async def ready(base: str) -> None:
    """Wait until a service answers."""
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            with suppress(httpx.TransportError):
                if (await client.get(f"{base}/readyz")).status_code == 200:
                    return
            await asyncio.sleep(0.1)
    pytest.fail(f"{base} did not come up")


async def kill_on(
    processes: list[Process], bases: list[str], chance: random.Random, killed: list[str]
) -> None:
    """Kill one after the other and start it again, one of the services always answering."""
    for place in KILLED_IN_ORDER:
        await asyncio.sleep(chance.uniform(*BETWEEN_KILLS))
        processes[place].kill()
        killed.append(processes[place].words[0])
        processes[place].start()
        if place < len(bases):
            await ready(bases[place])


async def documents_of(owner: asyncpg.Connection, desk: Desk) -> list[dict[str, Any]]:
    """Return documents of several providers: a tenth of them twice, and some wrong."""
    desks = [desk]
    desks += [replace(desk, record=await add_owned_record(owner)) for _ in range(PROVIDERS - 1)]
    good = [
        a_result(desks[number % PROVIDERS], reference=f"BARN-{number}")
        for number in range(DOCUMENTS - DUPLICATES)
    ]
    for one in good:
        one["judgements"][0]["note"] = "Four files sampled."
    wrong = [
        a_result(desk, reference=f"WRONG-{number}", judgements=[found("9.9z")])
        for number in range(WRONG)
    ]
    chance = random.Random(7)  # noqa: S311 - nothing here is secret
    sent = [*good, *chance.sample(good, DUPLICATES), *wrong]
    chance.shuffle(sent)
    return sent


async def test_each_result_lands_once_though_services_and_worker_are_killed(
    settings: Settings,
    owner: asyncpg.Connection,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = await add_desk(owner)
    machine = await add_machine(owner, desk.lead, Permission.INSPECTIONS_SUBMIT)
    documents = await documents_of(owner, desk)
    chance, killed = random.Random(11), list[str]()  # noqa: S311 - nothing here is secret
    began = time.monotonic()
    async with running(settings, tmp_path) as (bases, processes), asyncio.timeout(SECONDS):
        async with httpx.AsyncClient(base_url=bases[0]) as client:
            token = await get_token(client, machine)
        sending = Sending(bases, bearer(token), documents)
        killing = asyncio.create_task(kill_on(processes, bases, chance, killed))
        halves = [a_result(desk, reference=f"HALF-{number}") for number in range(HALVES)]
        await asyncio.gather(
            *(sending.send_all(random.Random(number)) for number in range(CLIENTS)),  # noqa: S311
            *(sending.send_half(bases[place % 2], one) for place, one in enumerate(halves)),
        )
        killing.cancel()
        with suppress(asyncio.CancelledError):
            await killing

    good = DOCUMENTS - DUPLICATES
    row = await owner.fetchrow(COUNTS)
    assert row is not None
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(killed)} kills ({killed.count('serve')} of services), {sending.lost} requests "
            f"lost and sent again, {row['results']} results; {time.monotonic() - began:.0f} s\n"
        )
    assert len(killed) >= LEAST_KILLS
    assert sending.lost > 0, "nobody was ever killed at work"
    landed = {ref: told for ref, told in sending.answers.items() if ref.startswith("BARN-")}
    assert len(landed) == good
    assert all(len({inspection for _, inspection in told}) == 1 for told in landed.values())
    assert all([status for status, _ in told].count(201) <= 1 for told in landed.values())
    assert all(told == [(422, None)] for ref, told in sending.answers.items() if ref not in landed)
    assert dict(row) == {
        **dict.fromkeys(("results", "applied", "inspections", "named", "whole", "notes"), good),
        **dict.fromkeys(("planned", "received"), good),
        "judgements": 3 * good,
    }


COUNTS = """
    SELECT
      (SELECT count(*) FROM received_results) AS results,
      (SELECT count(DISTINCT inspection_id) FROM received_results
        WHERE status = 'applied' AND reference LIKE 'BARN-%') AS applied,
      (SELECT count(*) FROM inspections WHERE state = 'judging') AS inspections,
      (SELECT count(*) FROM inspectors WHERE part = 'lead') AS named,
      (SELECT count(*) FROM inspection_judgements) AS judgements,
      (SELECT count(*) FROM (SELECT FROM inspection_judgements GROUP BY inspection_id
        HAVING count(*) = 3) w) AS whole,
      (SELECT count(*) FROM judgement_notes) AS notes,
      (SELECT count(*) FROM audit_entries WHERE act = 'inspection.planned') AS planned,
      (SELECT count(*) FROM audit_entries WHERE act = 'inspection_result.received') AS received
"""
