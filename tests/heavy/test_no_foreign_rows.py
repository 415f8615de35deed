"""Twenty organisations' people and machines share one small pool; nobody ever sees another's row.

Requests fail, are given up half way and lose their connection in between, because it is then that a
connection could go back into the pool with somebody's role and name still on it.
"""

import asyncio
import itertools
import logging
import random
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import asyncpg
import httpx
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import AsyncAdaptedQueuePool

from app.access import SCOPES, Actor, ActorKind, Role
from app.config import Settings
from app.db.transactions import Database, reading
from app.main import create_app
from app.organisations.actors import ActingFor, machine_actor
from app.organisations.terms import OrganisationKind
from tests.factories.invitations import add_invitation
from tests.factories.machines import HeldMachine, add_machine, bearer, get_token
from tests.factories.people import SAME_ORIGIN, Member, add_member, add_organisation, add_session

pytestmark = pytest.mark.heavy

ORGANISATIONS = 20
AT_ONCE = 200
POOL = 3

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EVERYTHING_SEEN = text(
    "SELECT organisation_id FROM memberships UNION ALL SELECT organisation_id FROM machines "
    "UNION ALL SELECT organisation_id FROM invitations "
    "UNION ALL SELECT m.organisation_id FROM machine_secrets s JOIN machines m ON m.id = machine_id"
    " UNION ALL SELECT coalesce(subject_organisation_id, organisation_id) FROM audit_entries"
)
_WHO_IT_IS = text(
    "SELECT current_user::text || coalesce(current_setting('app.person_id', true), '') "
    "|| coalesce(current_setting('app.machine_id', true), '') "
    "|| coalesce(current_setting('app.organisation_id', true), '')"
)


@dataclass(frozen=True)
class House:
    """An organisation, who asks for it, and everything by which its rows are known.

    Attributes:
        id: its own.
        marks: ids of itself, its people, machines and invitations.
        person: the headers of its administrator's browser.
        machine: the headers of its machine.
        machine_id: that machine's.
        actors: both of them, for looks past HTTP.
    """

    id: str
    marks: frozenset[str]
    person: dict[str, str]
    machine: dict[str, str]
    machine_id: str
    actors: tuple[Actor, ...]


@dataclass(frozen=True)
class Asked:
    """A request, and the status it is answered with when nothing comes between."""

    method: str
    path: str
    headers: dict[str, str]
    expected: int
    body: dict[str, object] | None = None


@dataclass
class Tally:
    """What came of a round.

    Attributes:
        answers: how many, by status.
        looks: how many past HTTP, and how many rows they saw.
        given_up: requests that were cancelled.
        cut_off: looks that lost their connection.
        killed: backends.
        foreign: answers and looks with something of another organisation in them.
        unexpected: answers with a status that nothing explains.
    """

    answers: Counter[int] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)
    given_up: int = 0
    cut_off: int = 0
    killed: int = 0
    foreign: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Tell the numbers in a line."""
        told = ", ".join(f"{status}: {count}" for status, count in sorted(self.answers.items()))
        return (
            f"answers {{{told}}}, looks {dict(self.looks)}, given up {self.given_up}, "
            f"cut off {self.cut_off}, backends killed {self.killed}, foreign {len(self.foreign)}"
        )


@dataclass(frozen=True)
class Street:
    """The service with all its houses."""

    client: httpx.AsyncClient
    database: Database
    owner: asyncpg.Connection
    houses: tuple[House, ...]

    def foreign_in(self, house: House, answer: str) -> set[str]:
        """Return what of other organisations an answer to this one holds."""
        others = set().union(*(other.marks for other in self.houses if other is not house))
        return set(_UUID.findall(answer)) & others


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Leave unsaid what would otherwise take longer to write than to serve."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
async def street(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Street]:
    small = settings.model_copy(update={"pool_size": POOL, "request_timeout_seconds": 120.0})
    app = create_app(small)
    async with app.router.lifespan_context(app):
        pool = app.state.database.engine.pool
        assert isinstance(pool, AsyncAdaptedQueuePool)
        pool._timeout = 120.0  # a slow computer makes them wait; it must not turn them away
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://register.test", timeout=300
        ) as client:
            houses = [await build_house(client, owner, n) for n in range(ORGANISATIONS)]
            yield Street(client, app.state.database, owner, tuple(houses))


async def build_house(client: httpx.AsyncClient, owner: asyncpg.Connection, number: int) -> House:
    name = f"Example School {number}"
    organisation = await add_organisation(owner, name)
    administrator = await add_member(owner, organisation, Role.ADMINISTRATOR)
    analyst = await add_member(owner, organisation, Role.ANALYST)
    machine = await add_machine(owner, administrator, *sorted(SCOPES))
    invitation = await add_invitation(owner, organisation, f"newcomer-{number}@example.org")
    cookie = await add_session(owner, administrator)
    token = await get_token(client, machine)
    ids = (
        *(organisation, administrator.person_id, administrator.membership_id),
        *(analyst.person_id, analyst.membership_id, machine.id, machine.secret_id, invitation),
    )
    return House(
        id=str(organisation),
        marks=frozenset(map(str, ids)),
        person={"Cookie": f"session={cookie}"} | SAME_ORIGIN,
        machine=bearer(token),
        machine_id=str(machine.id),
        actors=(administrator.actor, actor_of(machine, administrator)),
    )


def actor_of(machine: HeldMachine, by: Member) -> Actor:
    name, kind = str(by.actor.organisation_name), OrganisationKind(str(by.actor.organisation_kind))
    organisation = ActingFor(machine.organisation_id, name, None, kind)
    return machine_actor(machine.id, "Example system", organisation, SCOPES)


def requests_of(house: House, other: House) -> list[Asked]:
    """Return what a house asks: for its own, for another's, and for what cannot be."""
    own, theirs = f"/v1/organisations/{house.id}", f"/v1/organisations/{other.id}"
    audit = "/v1/audit?purpose=administration&limit=200"
    person, machine = house.person, house.machine
    bad: dict[str, object] = {"name": "Never added", "scopes": ["machines:manage"]}
    stale = person | {"If-Match": '"99"'}
    return [
        Asked("GET", f"{own}/members", person, 200),
        Asked("GET", f"{own}/machines", person, 200),
        Asked("GET", f"{own}/invitations", person, 200),
        Asked("GET", audit, person, 200),
        Asked("GET", f"{own}/members", machine, 200),
        Asked("GET", audit, machine, 200),
        Asked("GET", f"{own}/machines/{house.machine_id}", person, 200),
        Asked("GET", f"{own}/machines", machine, 403),
        Asked("GET", f"{theirs}/members", person, 404),
        Asked("GET", f"{theirs}/members", machine, 404),
        Asked("GET", f"{theirs}/machines/{other.machine_id}", person, 404),
        Asked("GET", f"{own}/members?limit=0", person, 422),
        Asked("POST", f"{own}/machines", person, 422, bad),
        Asked("PATCH", f"{own}/machines/{house.machine_id}", stale, 412, {"name": "Never"}),
        Asked("GET", f"{own}/members", {"Authorization": "Bearer a.b.c"}, 401),
    ]


async def ask(street: Street, house: House, asked: Asked, tally: Tally) -> None:
    answer = await street.client.request(
        asked.method, asked.path, headers=asked.headers, json=asked.body
    )
    tally.answers[answer.status_code] += 1
    if answer.status_code not in {asked.expected, 503}:
        tally.unexpected.append(f"{asked.method} {asked.path}: {answer.text[:200]}")
    if found := street.foreign_in(house, answer.text):
        tally.foreign.append(f"{asked.path} of {house.id} holds {found}")


async def look(street: Street, house: House, actor: Actor, tally: Tally) -> None:
    """Look past HTTP at everything there is, with no condition but row security's."""
    try:
        async with reading(street.database, actor) as session:
            seen = Counter(map(str, (await session.execute(_EVERYTHING_SEEN)).scalars()))
    except (DBAPIError, OSError):
        tally.cut_off += 1
        return
    tally.looks[actor.kind.value] += 1
    tally.looks["rows"] += seen[house.id]
    if not seen[house.id] or seen.keys() - {house.id}:
        tally.foreign.append(f"{house.id} saw {dict(seen)}")


async def give_up(work: Awaitable[None], after: float, tally: Tally) -> None:
    """Begin something and leave before it is done."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(after)
    if task.cancel():
        tally.given_up += 1
    with suppress(asyncio.CancelledError):
        await task


async def kill_backends(street: Street, tally: Tally) -> None:
    """End connections of the service, one at a time, whatever they are at."""
    while True:
        tally.killed += await street.owner.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE "
            "datname = current_database() AND usename = 'ap_login' ORDER BY random() LIMIT 1) one"
        )
        await asyncio.sleep(0.2)


@asynccontextmanager
async def beside(work: Callable[[], Awaitable[None]] | None) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work()) if work else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def round_of(street: Street, seed: int, *, giving_up: bool, killing: bool) -> Tally:
    """Have two hundred things asked at once, half as many looks among them, in any order."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - nothing here is secret
    work: list[Awaitable[None]] = []
    houses = itertools.cycle(street.houses)
    for number, house in zip(range(AT_ONCE), houses, strict=False):
        other = chance.choice([one for one in street.houses if one is not house])
        asked = chance.choice(requests_of(house, other))
        one = ask(street, house, asked, tally)
        work.append(give_up(one, chance.random(), tally) if giving_up and number % 4 == 0 else one)
        if number % 2 == 0:
            work.append(look(street, house, house.actors[number // 2 % 2], tally))
    chance.shuffle(work)
    async with beside((lambda: kill_backends(street, tally)) if killing else None):
        await asyncio.gather(*work)
    return tally


async def carried_by(street: Street) -> set[str]:
    """Return who the pooled connections are between two transactions."""

    async def one() -> str:
        async with street.database.engine.connect() as connection:
            await asyncio.sleep(0.05)  # so that each gets a connection of its own
            return str((await connection.execute(_WHO_IT_IS)).scalar_one())

    return set(await asyncio.gather(*(one() for _ in range(2 * POOL))))


async def test_nobody_sees_another_organisations_row(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = {
        "calm": (False, False),
        "given up": (True, False),
        "killed": (False, True),
        "both": (True, True),
        "both again": (True, True),
        "calm again": (False, False),
    }
    tallies: dict[str, Tally] = {}
    for seed, (name, (giving_up, killing)) in enumerate(rounds.items()):
        tallies[name] = await round_of(street, seed, giving_up=giving_up, killing=killing)
        assert await carried_by(street) == {"ap_login"}, name
    with capsys.disabled():
        sys.stdout.write(
            "\n" + "".join(f"{name}: {tally.told()}\n" for name, tally in tallies.items())
        )

    for name, tally in tallies.items():
        assert tally.foreign == [], name
        assert tally.unexpected == [], name
        assert tally.answers[200] > AT_ONCE / 10, name
    assert all(tallies[name].killed for name in ("killed", "both", "both again"))
    assert all(tallies[name].given_up for name in ("given up", "both", "both again"))
    for name in ("calm", "calm again"):
        assert sum(tallies[name].answers.values()) == AT_ONCE
        assert (tallies[name].answers[503], tallies[name].cut_off) == (0, 0)


async def test_a_hole_in_one_policy_would_be_seen(street: Street) -> None:
    await street.owner.execute(
        "CREATE POLICY hole ON audit_entries FOR SELECT TO ap_app USING (true)"
    )

    tally = await round_of(street, 0, giving_up=False, killing=False)

    assert tally.foreign


async def test_an_actor_left_on_a_pooled_connection_would_be_seen(street: Street) -> None:
    """What `SET` does where `set_config(…, true)` is meant."""
    async with street.database.engine.connect() as connection:
        await connection.execute(text("SELECT set_config('app.organisation_id', 'x', false)"))
        await connection.commit()

    assert await carried_by(street) != {"ap_login"}


async def test_an_actor_of_another_organisation_would_be_seen(street: Street) -> None:
    first, second, tally = street.houses[0], street.houses[1], Tally()
    stranger = replace(first.actors[0], organisation_id=second.actors[0].organisation_id)

    await look(street, first, stranger, tally)

    assert stranger.kind is ActorKind.PERSON
    assert tally.foreign
