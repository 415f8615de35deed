"""Every placement is accounted for, whatever happens to it, and a lost one shows.

Random but repeatable lives of placements; after each the balance is asked of several spans of time.
"""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import WORKER
from app.db.transactions import Database, transaction
from app.oversight.policies import Balance, unaccounted
from app.oversight.service import chasing
from app.oversight.terms import Term
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.oversight.asking import BALANCE, act, correct, end, found, lose
from tests.oversight.asking import unaccounted as listed
from tests.oversight.conftest import People, Setting
from tests.placements.asking import WEEK, in_days, place
from tests.providers.router.asking import at_version

AUTHORITIES = ("331", "937")
LOOKERS = {"331": "home", "937": "elsewhere"}
ENDS: tuple[dict[str, str], ...] = (
    {"destination": "unknown"},
    {"destination": "unknown"},
    {"destination": "home-school"},
    {"destination": "home-school"},
    {"destination": "moved-abroad"},
    {"destination": "home-school", "reason": "recorded-by-mistake"},
)


@dataclass
class Life:
    """What there is while children come and go.

    Attributes:
        people: who asks.
        setting: where children are placed.
        chance: what decides.
        children: those whose records are held, with the days of their circumstances.
        placements: as they were last told.
    """

    people: People
    setting: Setting
    chance: random.Random
    children: list[dict[str, Any]] = field(default_factory=list)
    placements: list[dict[str, Any]] = field(default_factory=list)

    @property
    def school(self) -> httpx.AsyncClient:
        return self.people["school"]

    def day(self, least: int = -90, most: int = 0) -> str:
        return in_days(self.chance.randint(least, most))


async def begin(life: Life) -> None:
    home = life.chance.choice(AUTHORITIES)
    duties = circumstances(since=life.day(-100), home_la=home)
    life.children.append(await add(life.school, circumstances=duties))
    await start(life)


async def start(life: Life) -> None:
    child = life.chance.choice(life.children)
    hour, day = divmod(len(life.placements), len(WEEK))  # nobody is in two places at once
    at = {"weekday": WEEK[day], "starts": f"{8 + hour:02}:00", "ends": f"{8 + hour:02}:50"}
    told = {"starts_on": life.day(-90, 5), "sessions": [at]}
    made = await place(life.school, life.setting, child=child, planned_end_on=None, **told)
    if made.status_code == 201:
        life.placements.append(made.json())


async def stop(life: Life) -> None:
    await _change(life, end, ended=False)


async def put_right(life: Life) -> None:
    await _change(life, correct, ended=True)


async def move(life: Life) -> None:
    child = life.chance.choice(life.children)
    duties = circumstances(since=life.day(-100), home_la=life.chance.choice(AUTHORITIES))
    changed = await life.school.post(
        f"/v1/children/{child['id']}/circumstances",
        json=duties,
        headers=at_version(child["version"]),
    )
    if changed.status_code == 200:
        child |= changed.json()


async def find(life: Life) -> None:
    for la_code, name in LOOKERS.items():
        for one in await listed(life.people[name]):
            if one["la"] == la_code and life.chance.random() < 0.7:
                version = await _version(life.people[name], one)
                ended = await found(life.people[name], one, version)
                assert ended.status_code == 200, ended.text


async def hand_over(life: Life) -> None:
    for la_code, name in LOOKERS.items():
        for one in await listed(life.people[name]):
            version = await _version(life.people[name], one)
            if one["offered_to_la"] == la_code:
                said = life.chance.choice(("accepted", "declined"))
                await act(life.people[name], one, "handover/answer", version, answer=said)
            elif one["la"] == la_code and one["offered_to_la"] is None:
                other = next(code for code in AUTHORITIES if code != la_code)
                asked = {"to_la": other, "reason": "seen-there"}
                await act(life.people[name], one, "handover", version, **asked)


async def erase(life: Life) -> None:
    for child in life.chance.sample(life.children, len(life.children)):
        address = f"/v1/children/{child['id']}/erasure"
        said = {"reason": "subject-request"}
        gone = await life.school.post(address, json=said, headers=at_version(child["version"]))
        if gone.status_code == 200:
            life.children.remove(child)
            return


async def _change(
    life: Life, how: Callable[..., Awaitable[httpx.Response]], *, ended: bool
) -> None:
    some = [one for one in life.placements if (one["ended_on"] is not None) is ended]
    if some:
        one = life.chance.choice(some)
        told = dict(life.chance.choice(ENDS)) | {"ended_on": life.day(-60, 0)}
        answer = await how(life.school, one, one["version"], **told)
        if answer.status_code == 200:
            one |= answer.json()


async def _version(client: httpx.AsyncClient, one: dict[str, Any]) -> int:
    told = await client.get(f"/v1/follow-ups/{one['id']}", params={"purpose": "safeguarding"})
    version: int = told.json()["version"]
    return version


ACTS = (
    *(begin, begin, start, stop, stop, stop, stop, put_right, put_right),
    *(move, move, find, find, hand_over, hand_over, hand_over, erase, erase),
)


async def balances(client: httpx.AsyncClient, first: int, last: int) -> dict[str, Any]:
    """Ask for the balance from one day to another, counted from today."""
    span = {"since": in_days(first), "until": in_days(last)}
    answer = await client.get(BALANCE, params=span)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


SPANS = ((-120, 0), (-50, -20), (0, 0))
FULL = 41
"""A life in which everything happens."""
LIVES = [FULL, *(pytest.param(seed, marks=pytest.mark.heavy) for seed in range(42, 50))]


@pytest.mark.parametrize("seed", LIVES)
async def test_nobody_falls_out_whatever_happens(
    people: People,
    setting: Setting,
    owner: asyncpg.Connection,
    database: Database,
    seed: int,
) -> None:
    life = Life(people, setting, random.Random(seed))  # noqa: S311 - repeatable, not secret
    await begin(life)
    for number in range(60):
        if number == 40:  # Warwickshire is abolished, and Coventry has its area
            await _abolish(owner)
            async with transaction(database, WORKER) as session:
                await chasing.chase(session, {})
        await life.chance.choice(ACTS if life.children else (begin,))(life)
        for span in SPANS if number % 10 == 9 else SPANS[number % 3 : number % 3 + 1]:
            told = await balances(people["department"], *span)
            assert told["unaccounted"] == 0, (number, told)
            assert all(one["la"] for one in told["items"]), (number, told)

    whole = await balances(people["department"], -120, 0)
    totals = {name: sum(one[name] for one in whole["items"]) for name in ("starts", "exits")}
    happened = await owner.fetchrow(
        "SELECT (SELECT count(*) FROM placements WHERE starts_on <= current_date) AS started, "
        "(SELECT count(*) FROM erasures) AS erased, "
        "(SELECT count(*) FROM follow_up_spells WHERE number > 1) AS handed, "
        "(SELECT count(*) FROM follow_ups WHERE outcome IS NOT NULL) AS ended"
    )
    assert totals["starts"] == happened["started"]
    assert seed != FULL or min(*happened.values(), totals["exits"]) > 0, happened


async def _abolish(owner: asyncpg.Connection) -> None:
    gss = await owner.fetchval("SELECT gss_code FROM local_authorities WHERE la_code = '937'")
    await owner.execute(
        "INSERT INTO former_local_authorities VALUES ($1, '937', 'Example Former', 2026)", gss
    )
    await owner.execute("INSERT INTO former_local_authority_successors VALUES ($1, '331')", gss)


FAULTS: Mapping[str, str] = {
    "no follow-up was opened": (
        "ALTER TABLE follow_up_spells DISABLE TRIGGER USER; DELETE FROM follow_up_spells; "
        "DELETE FROM follow_ups"
    ),
    "it is in nobody's hands": (
        "ALTER TABLE follow_up_spells DISABLE TRIGGER USER; DELETE FROM follow_up_spells"
    ),
    "its days do not fit": "UPDATE follow_ups SET since = since + 1",
    "an end was taken back": (
        "UPDATE placements SET ended_on = NULL, end_reason = NULL, destination = NULL"
    ),
    "a destination was typed over by hand, and the search with it": (
        "ALTER TABLE follow_up_spells DISABLE TRIGGER USER; DELETE FROM follow_up_spells; "
        "UPDATE placements SET destination = 'custody'"
    ),
    "a record went without leaving where it counted": "DELETE FROM child_circumstances",
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_shows(
    people: People, setting: Setting, owner: asyncpg.Connection, fault: str
) -> None:
    await lose(people["school"], setting)
    before = await balances(people["department"], -60, 0)

    await owner.execute("SET session_replication_role = replica")
    await owner.execute(FAULTS[fault])

    after = [await balances(people["department"], -60, last) for last in (-1, 0)]
    assert before["unaccounted"] == 0
    assert any(told["unaccounted"] > 0 for told in after)


def test_what_one_lacks_does_not_make_up_for_what_another_has_too_many() -> None:
    def balance(code: str | None, **counts: int) -> Balance:
        return Balance(code, {Term(name.replace("_", "-")): n for name, n in counts.items()})

    even = balance("331", starts=2, exits=1, closing_live=1)
    short, over = balance("937", starts=1), balance("301", exits=1)
    nobodys = balance(None, starts=1, exits=1)

    assert (even.imbalance, short.imbalance, over.imbalance) == (0, 1, -1)
    assert unaccounted({"331": even}) == 0
    assert unaccounted({"937": short, "301": over}) == 2
    assert unaccounted({None: nobodys}) == 2


async def test_each_term_counts_what_it_says(people: People, setting: Setting) -> None:
    child = await add(people["school"], circumstances=circumstances(since=in_days(-100)))
    await lose(people["school"], setting, child)
    moved = circumstances(since=in_days(-10), home_la="937")
    await people["school"].post(
        f"/v1/children/{child['id']}/circumstances", json=moved, headers=at_version(1)
    )

    told = {
        one["la"]: {name: n for name, n in one.items() if n and name != "la"}
        for one in (await balances(people["department"], -60, 0))["items"]
    }

    # It lived in Warwickshire on the last day, as is known now; Coventry, asked then, goes on.
    assert told == {
        "331": {"starts": 1, "transfers_out": 1, "transfers_in": 1, "closing_followed": 1},
        "937": {"transfers_in": 1, "transfers_out": 1},
    }
    early = await balances(people["department"], -60, -20)
    assert [(one["la"], one["closing_live"]) for one in early["items"]] == [("331", 1)]
