"""Every state, every actor, every move: one table, and each of its cells tried over HTTP.

`every_move.csv` says for each actor and act what comes of it from each state: `yes`, or the problem
it is refused with; `-` where the act cannot be tried. Nobody's cell is left out. Run with
`WRITE_EVERY_MOVE=1` to write the table anew, then read what changed.
"""

import csv
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
import httpx
import pytest

from app import clock
from app.access import SCOPES, ActorKind
from app.config import Settings
from app.main import create_app
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.providers.policies import Asking, Stands, may_move
from app.providers.terms import LISTING_MOVES, ListingState, Mover
from tests.factories.listings import (
    Applied,
    Cast,
    add_cast,
    add_listing,
    add_proposal,
    make_ready,
)
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.providers import COVENTRY
from tests.providers.router.listing_desk import Desk, slug

TABLE = Path(__file__).with_name("every_move.csv")
STATES = tuple(ListingState)
DIRECT = {
    "submit": ("applications", "submission", None),
    "withdraw": ("applications", "withdrawal", {"reason": "for a test"}),
    "take up": ("applications", "assessment", None),
    "review": ("listings", "review", {"reason": "for a test"}),
    "suspend": ("listings", "suspension", {"reason": "for a test"}),
    "close": ("listings", "closure", {"reason": "for a test"}),
}
PROPOSED = tuple(
    state for state in STATES if state not in {ListingState.DRAFT, ListingState.SUBMITTED}
)
ACTS = (
    *DIRECT,
    *(f"propose {state}" for state in PROPOSED),
    *(f"confirm {state}" for state in PROPOSED),
)
PEOPLE = (
    "manager",
    "analyst",
    "assessor",
    "second",
    "formerly",
    "elsewhere",
    "neighbour",
    "department",
    "school",
)
"""Of `tests.factories.listings.Cast`: the assessor is the one who proposed what is confirmed."""
Cells: TypeAlias = dict[tuple[str, str, ListingState], str]
UNATTENDED = {"operator": ActorKind.OPERATOR, "system": ActorKind.SYSTEM}


@dataclass
class Hall:
    """Where every cell is tried: one register, and a listing for each state."""

    desk: Desk
    machine: dict[str, str]
    held: dict[ListingState, Applied]

    async def fresh(self, state: ListingState) -> None:
        """Put another listing in the place of one that moved."""
        applied = await add_listing(self.desk.owner, self.desk.cast, state.value)
        if state is ListingState.DRAFT:
            await make_ready(self.desk.owner, self.desk.cast, applied)
        self.held[state] = applied

    async def send(self, actor: str, address: str, body: Any) -> httpx.Response:
        if actor == "machine":
            self.desk.client.cookies.clear()
            return await self.desk.client.post(address, json=body, headers=self.machine)
        return await self.desk.post(getattr(self.desk.cast, actor), address, body)


@pytest.fixture
async def hall(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Hall]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as made:
            cast = await add_cast(owner)
            of = fact_id(OrganisationKind.LOCAL_AUTHORITY, COVENTRY)
            machine = await add_machine(owner, cast.assessor, *sorted(SCOPES), organisation_id=of)
            scopes = " ".join(sorted(SCOPES))
            token = bearer(await get_token(made, machine, scopes))
            hall = Hall(Desk(made, owner, cast), token, {})
            for state in STATES:
                await hall.fresh(state)
            yield hall


async def attempt(hall: Hall, actor: str, act: str, state: ListingState) -> str:
    """Try one cell, and put back what moved."""
    applied = hall.held[state]
    verb, _, to_state = act.partition(" ")
    proposal = None
    if act in DIRECT:
        kind, end, body = DIRECT[act]
        answer = await hall.send(actor, f"/v1/{kind}/{applied.id}/{end}", body)
    elif verb == "propose":
        body = {"to_state": to_state, "effective_on": clock.today().isoformat()}
        why = "being-looked-into" if to_state == ListingState.SUSPENDED else "administrative"
        body |= {"reason": "for a test", "public_reason": why}
        answer = await hall.send(actor, f"/v1/listings/{applied.id}/proposals", body)
    else:
        proposal = await add_proposal(
            hall.desk.owner, hall.desk.cast.assessor, applied.id, to_state
        )
        end = f"proposals/{proposal}/confirmation"
        answer = await hall.send(actor, f"/v1/listings/{applied.id}/{end}", None)
    assert answer.status_code < 500, answer.text
    if answer.is_success:
        await hall.fresh(state)
        return "yes"
    if proposal is not None:
        await hall.desk.owner.execute("DELETE FROM listing_proposals WHERE id = $1", proposal)
    return slug(answer)


def unattended(actor: str, act: str, state: ListingState) -> str:
    """What the operator and the service may do, who ask nobody over HTTP."""
    verb, _, to_state = act.partition(" ")
    if verb != "propose":
        return "-"
    asking = Asking(UNATTENDED[actor], Mover(actor))
    why = may_move(asking, Stands(state), ListingState(to_state))
    return f"{why}" if why else "yes"


async def tried(hall: Hall) -> list[list[str]]:
    rows = [["actor", "act", *STATES]]
    for actor in (*PEOPLE, "machine"):
        rows += [
            [actor, act, *[await attempt(hall, actor, act, state) for state in STATES]]
            for act in ACTS
        ]
    for actor in UNATTENDED:
        rows += [
            [actor, f"move to {state}"]
            + [unattended(actor, f"propose {state}", here) for here in STATES]
            for state in STATES
        ]
    return rows


@pytest.mark.heavy  # some two thousand requests
async def test_every_state_every_actor_every_move(hall: Hall) -> None:
    found = await tried(hall)
    if os.environ.get("WRITE_EVERY_MOVE"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(found)
    with TABLE.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))

    wrong = [(was, now) for was, now in zip(expected, found, strict=True) if was != now]
    assert wrong == []


@pytest.fixture(name="cells")
def read_cells() -> Cells:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["actor"], row["act"], state): row[state] for row in rows for state in STATES}


class TestTheTable:
    """What must be true of the table, whoever wrote it."""

    def test_nobody_alone_lists_refuses_or_removes(self, cells: Cells) -> None:
        for (actor, act, _), came in cells.items():
            if act in {"confirm listed", "confirm refused", "confirm removed"} and came == "yes":
                assert actor in {"second", "department"}

    @pytest.mark.parametrize(
        "actor", ["analyst", "formerly", "elsewhere", "neighbour", "school", "machine"]
    )
    def test_those_with_a_stake_or_no_business_move_nothing(self, cells: Cells, actor: str) -> None:
        assert {came for (who, _, _), came in cells.items() if who == actor} & {"yes"} == set()

    def test_an_owner_only_ever_submits_withdraws_and_closes(self, cells: Cells) -> None:
        done = {act for (who, act, _), came in cells.items() if who == "manager" and came == "yes"}
        assert done == {"submit", "withdraw", "close"}

    def test_protecting_needs_one_officer_alone(self, cells: Cells) -> None:
        for state in (ListingState.LISTED, ListingState.LISTED_WITH_ACTIONS):
            assert cells["assessor", "suspend", state] == "yes"
            assert cells["assessor", "review", state] == "yes"

    def test_what_two_officers_confirm_is_what_the_table_of_moves_says(self, cells: Cells) -> None:
        for state in STATES:
            for there in PROPOSED:
                allowed = Mover.TWO_OFFICERS in LISTING_MOVES[state].get(there, frozenset())
                assert (cells["second", f"confirm {there}", state] == "yes") is allowed


def page() -> str:
    """The table of who may move a listing where, as the page shows it."""
    signs = {
        Mover.OWNER: "owner",
        Mover.OFFICER: "one officer",
        Mover.TWO_OFFICERS: "two officers",
        Mover.SYSTEM: "the service",
        Mover.OPERATOR: "operator",
    }
    lines = []
    for here, leads in LISTING_MOVES.items():
        lines += [
            f"{here:<21}{there:<21}{', '.join(signs[one] for one in Mover if one in movers)}"
            for there, movers in leads.items()
        ] or [f"{here:<21}{'nowhere':<21}whoever reopens applies anew"]
    return "\n".join([f"{'from':<21}{'to':<21}by", *lines])


def test_the_page_shows_who_may_move_a_listing_where() -> None:
    shown = Path("docs/listings.md").read_text(encoding="utf-8")
    assert page() in shown


def test_whom_the_cast_holds_is_whom_the_table_tries() -> None:
    assert set(PEOPLE) <= set(Cast.__dataclass_fields__)
