from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from app.access import OPERATOR, Actor
from app.db.events import Event, WriteSession, announce
from app.db.transactions import Database, transaction


@dataclass(frozen=True, slots=True)
class Rang(Event):
    """A bell rang."""

    times: int


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """Somebody heard it."""


def listening(database: Database, heard: list[object]) -> Database:
    """The same database, where bells are heard."""

    async def hear(session: WriteSession, actor: Actor, events: Sequence[Rang]) -> None:
        heard.append([actor.name, *(event.times for event in events)])
        announce(session, Heard())

    async def note(session: WriteSession, actor: Actor, events: Sequence[Heard]) -> None:
        heard.append(f"noted {len(events)}")

    return replace(database, handlers={Rang: (hear, hear), Heard: (note,)})


async def test_handlers_run_once_for_all_events_of_a_kind_and_then_for_what_they_announce(
    database: Database,
) -> None:
    heard: list[object] = []
    async with transaction(listening(database, heard), OPERATOR) as session:
        announce(session, Rang(1))
        announce(session, Rang(2))
        assert heard == []

    assert heard == [["operator", 1, 2], ["operator", 1, 2], "noted 2"]


async def test_what_one_transaction_announced_is_unknown_to_the_next(database: Database) -> None:
    heard: list[object] = []

    async def fail() -> None:
        async with transaction(listening(database, heard), OPERATOR) as session:
            announce(session, Rang(1))
            raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        await fail()
    async with transaction(listening(database, heard), OPERATOR):
        pass

    assert heard == []


async def test_an_event_without_a_row_in_the_table_is_an_error(database: Database) -> None:
    with pytest.raises(LookupError, match="Rang has no row in the table of handlers"):
        async with transaction(replace(database, handlers={}), OPERATOR) as session:
            announce(session, Rang(1))


async def test_silence_can_be_written_down(database: Database) -> None:
    async with transaction(replace(database, handlers={Rang: ()}), OPERATOR) as session:
        announce(session, Rang(1))
