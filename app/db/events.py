"""What a lower slice announces, so that a higher one can react in the same transaction."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NewType

from sqlalchemy.ext.asyncio import AsyncSession

from app.access import Actor

ReadSession = NewType("ReadSession", AsyncSession)
"""A transaction that PostgreSQL itself keeps from writing."""
WriteSession = NewType("WriteSession", AsyncSession)
"""A transaction that commits when its block ends well."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in this transaction."""


Handler = Callable[[WriteSession, Actor, Sequence[Any]], Awaitable[None]]
"""Takes every event of its kind at once, so that bulk work reacts once."""
InsideHandlers = Mapping[type[Event], tuple[Handler, ...]]
"""Which handlers run inside the transaction, before it commits; the one table is `app.handlers`."""

_ANNOUNCED = "announced"


def announce(session: WriteSession, happened: Event) -> None:
    """Tell whoever reacts to `happened`, before this transaction commits."""
    session.info.setdefault(_ANNOUNCED, []).append(happened)


async def run_handlers(session: WriteSession, actor: Actor, handlers: InsideHandlers) -> None:
    """Run the handlers of everything announced, and of what they announce in turn.

    Raises:
        LookupError: an event has no entry in the table; silence must be written down as `()`.
    """
    while announced := session.info.pop(_ANNOUNCED, None):
        by_kind: dict[type[Event], list[Event]] = {}
        for happened in announced:
            by_kind.setdefault(type(happened), []).append(happened)
        for kind, events in by_kind.items():
            if kind not in handlers:
                message = f"{kind.__name__} has no row in the table of handlers"
                raise LookupError(message)
            for handler in handlers[kind]:
                await handler(session, actor, events)
