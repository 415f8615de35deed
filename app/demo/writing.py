"""Writing a plan into a register, through the same services that real changes go through.

In bulk, as a demonstration is written: in transactions of many providers, each continuing where the
last one ended, so that whatever breaks it off leaves a beginning of the plan and the next run
continues it. One by one, each happening by itself, as real changes come: slow, and there to prove
that both give the same register.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from app.access import OPERATOR, DbRole
from app.db.events import WriteSession
from app.db.transactions import Database, acting_as, reading, transaction
from app.demo import inspecting, queries
from app.demo.errors import (
    DemonstrationChangedError,
    DemonstrationUnderWayError,
    OtherDemonstrationError,
    RegisterInUseError,
)
from app.demo.history import REASONS
from app.demo.people import add_people
from app.demo.plan import LIST_PREFIX, Change, Moving, Plan, Recording, Renaming
from app.demo.queries import Held
from app.demo.visits import Appealing, Inspecting, Lapsing
from app.ledger import service as ledger
from app.providers.service import recording as service
from app.providers.service.recording import Move, Rename

BATCH = 1_000
"""How many providers one transaction touches at most, each of them once."""

_CURE = (
    "Use an empty database: another DATA_DIR, or a DATABASE_URL with nothing in it. "
    "Nothing was changed."
)
PATIENCE_SECONDS = 10.0
"""A writer that was killed is let go by the server only when its last statement ends."""
_PAUSE_SECONDS = 0.25

Advance = Callable[[int, int], object]
"""Told how many of the plan's happenings are written, and of how many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a plan is written.

    Attributes:
        ids: the keys of the providers that are recorded, in the plan's order.
        changes: how many of its changes have been made.
    """

    ids: tuple[uuid.UUID, ...]
    changes: int

    @property
    def happenings(self) -> int:
        """How many happenings that is."""
        return len(self.ids) + self.changes


async def write_in_bulk(
    database: Database, plan: Plan, advance: Advance, *, patience: float = PATIENCE_SECONDS
) -> int:
    """Write what is not yet written of a plan, and return how many happenings were there before.

    Args:
        database: the register.
        plan: what is to be in it.
        advance: told after each transaction how far it is.
        patience: how many seconds to wait for somebody else who writes one.

    Raises:
        RegisterInUseError: the register holds what no demonstration wrote.
        OtherDemonstrationError: it is the demonstration of another plan.
        DemonstrationChangedError: it is a part of this plan, and something else.
        DemonstrationUnderWayError: somebody else is writing one.
    """
    async with _alone(database, patience):
        standing = await find_standing(database, plan)
        ids, done = list(standing.ids), standing.happenings
        total = len(plan.recordings) + len(plan.changes)
        if done == 0:
            await _become_demonstration(database)
        await add_people(database)  # some of them inspect
        advance(done, total)
        for recordings in _slices(plan.recordings[len(ids) :]):
            async with transaction(database, OPERATOR) as session:
                ids += await _record(session, recordings)
            done += len(recordings)
            advance(done, total)
        for changes in batches(plan.changes[standing.changes :]):
            async with transaction(database, OPERATOR) as session:
                await _change(session, changes, ids)
            done += len(changes)
            advance(done, total)
    return standing.happenings


async def write_one_by_one(database: Database, plan: Plan) -> None:
    """Write a whole plan into an empty register, each happening in a transaction of its own."""
    await _become_demonstration(database)
    await add_people(database)
    ids: list[uuid.UUID] = []
    for happening in plan.happenings:
        async with transaction(database, OPERATOR) as session:
            if isinstance(happening, Recording):
                ids += await _record(session, [happening])
            else:
                await _change(session, [happening], ids)


async def find_standing(database: Database, plan: Plan) -> Standing:
    """Find how much of a plan a register holds; it may hold nothing else until that is all.

    Raises:
        RegisterInUseError: the register holds what no demonstration wrote.
        OtherDemonstrationError: it is the demonstration of another plan.
        DemonstrationChangedError: it is a part of this plan, and something else.
    """
    async with reading(database, OPERATOR) as session:
        held = await queries.get_held(session, LIST_PREFIX, plan.list_name, len(plan.changes))
    if not held.lists and (held.providers or held.entries):
        raise RegisterInUseError(
            "This register is in use, and a demonstration is never mixed with anything else "
            f"(providers: {held.providers}, entries: {held.entries}). {_CURE}"
        )
    if held.lists not in ([], [plan.list_name]):
        raise OtherDemonstrationError(
            f"This register is another demonstration: {'; '.join(held.lists)}. "
            f"Asked for was: {plan.list_name}. {_CURE}"
        )
    recorded, changes = len(held.listed), min(held.entries, len(plan.changes))
    whole = recorded == plan.size and held.asked_at == _last_at(plan, len(plan.changes))
    if not whole and not _is_a_beginning(held, plan):
        raise DemonstrationChangedError(
            f"A demonstration was broken off here after {recorded} of {plan.size} providers and "
            f"{changes} of {len(plan.changes)} changes, and the register was changed since, so it "
            f"cannot be continued. {_CURE}"
        )
    return Standing(tuple(identity for _, identity in held.listed), changes)


def batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Cut changes, in their order, wherever a provider would come twice or a batch be too large."""
    batch: dict[int, Change] = {}
    for change in changes:
        if change.provider in batch or len(batch) == BATCH:
            yield list(batch.values())
            batch = {}
        batch[change.provider] = change
    if batch:
        yield list(batch.values())


def _is_a_beginning(held: Held, plan: Plan) -> bool:
    """Each change makes one entry, at its own moment; anything else was somebody else's doing."""
    return (
        held.providers == len(held.listed)
        and [place for place, _ in held.listed] == list(range(len(held.listed)))
        and held.entries <= len(plan.changes)
        and held.recorded_at == _last_at(plan, held.entries)
    )


def _last_at(plan: Plan, changes: int) -> datetime | None:
    """Return when the last of so many changes is made."""
    return plan.changes[changes - 1].at if changes else None


@asynccontextmanager
async def _alone(database: Database, patience: float) -> AsyncIterator[None]:
    """Keep others from writing a demonstration into the same register during the block."""
    async with reading(database, OPERATOR) as session:
        deadline = time.monotonic() + patience
        while not await queries.try_to_be_alone(session):
            if time.monotonic() > deadline:
                raise DemonstrationUnderWayError(
                    "Another process is writing a demonstration into this register. "
                    "Wait until it has ended, then run this again."
                )
            await asyncio.sleep(_PAUSE_SECONDS)
        yield


async def _become_demonstration(database: Database) -> None:
    async with transaction(database, OPERATOR) as session, acting_as(session, DbRole.PUBLISHER):
        await ledger.become_demonstration(session)


def _slices(recordings: Sequence[Recording]) -> Iterator[Sequence[Recording]]:
    for start in range(0, len(recordings), BATCH):
        yield recordings[start : start + BATCH]


async def _record(session: WriteSession, recordings: Sequence[Recording]) -> list[uuid.UUID]:
    recorded = await service.record_providers(
        session,
        OPERATOR,
        [recording.stated for recording in recordings],
        simulated_at=[recording.at for recording in recordings],
    )
    return [held.id for held in recorded]


async def _change(
    session: WriteSession, changes: Sequence[Change], ids: Sequence[uuid.UUID]
) -> None:
    moves = [
        Move(ids[one.provider], one.status, one.effective_on, REASONS[one.status], one.at)
        for one in changes
        if isinstance(one, Moving)
    ]
    renames = [
        Rename(ids[one.provider], one.name, one.effective_on, one.at)
        for one in changes
        if isinstance(one, Renaming)
    ]
    if moves:
        await service.move_providers(session, OPERATOR, moves)
    if renames:
        await service.rename_providers(session, OPERATOR, renames)
    if inspected := [one for one in changes if isinstance(one, Inspecting)]:
        await inspecting.publish_inspections(session, inspected, ids)
    if appeals := [one for one in changes if isinstance(one, Appealing)]:
        await inspecting.appeal(session, appeals, ids)
    inspecting.lapse(session, [one for one in changes if isinstance(one, Lapsing)], ids)
