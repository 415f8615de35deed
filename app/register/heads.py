"""What this process knows of the register's head, and so what it may answer from memory.

The register's `Version` changes with every entry, and with everything else that changes a public
answer: a record taken out of the log, a rebuilt read model, imported postcodes. Each of them writes
the head's row anew (`ledger.queries.stir`), so the transaction that wrote it last tells them apart.
"""

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import asyncpg

from app import clock, log
from app.errors import UnavailableError
from app.http.kept_answers import Present
from app.register.queries.heads import read_head

CONFIRMED_SECONDS = 3.0
"""How long the present version counts as sure after it was looked at."""
CATCHING_UP_SECONDS = 1.0
"""How long a request waits for a standby that is behind what was told already."""
_LOOK_AGAIN_SECONDS = 0.02

_logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """One state of everything public answers are made of.

    Attributes:
        epoch: which log.
        entry: its newest entry.
        written_by: the transaction that wrote the head last.
    """

    epoch: uuid.UUID
    entry: int
    written_by: int


@dataclass(slots=True)
class KnownHead:
    """What one process knows of the head. Fulfils `http.answer_cache.Freshness`.

    Attributes:
        told: the newest entry that any answer of this process stated; no answer may go back.
        wake: set when the head must be looked at before its time.
    """

    told: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _version: Version | None = None
    _sure_since: float | None = None
    _doubts: int = 0
    _strays: int = 0

    def present(self) -> Present | None:
        """Return the present version, if it is sure, with the London day: some answers tell it."""
        version, since = self._version, self._sure_since
        if version is None or since is None or version.entry < self.told:
            return None
        if time.monotonic() - since > CONFIRMED_SECONDS:
            return None
        return Present(version.entry, (version, clock.today()), self._strays)

    def tell(self, entry: int) -> None:
        """Learn that an answer is leaving that states this entry as the newest."""
        if entry > self.told:
            self.told = entry
            if self._version is None or entry > self._version.entry:
                self.doubt()

    def doubt(self) -> None:
        """Learn that the head may have moved, or that nobody would tell if it did."""
        self._doubts += 1
        self._sure_since = None
        self.wake.set()

    def begin_look(self) -> tuple[int, float]:
        """Return what `end_look` needs; taken before the head is asked for."""
        return self._doubts, time.monotonic()

    def end_look(self, begun: tuple[int, float], seen: Version, *, standby: bool) -> None:
        """Learn what the head was at some moment after `begun`.

        A standby that is behind what was told confirms nothing. A primary is right also when it is
        behind: the log was set back, by a restore or by a failover that lost its last entries.
        """
        doubts, moment = begun
        if seen.entry < self.told:
            if standby or doubts != self._doubts:  # or more was told while it was looked at
                self._sure_since = None
                return
            _logger.warning("register.set_back", entry=seen.entry, told=self.told)
            self.told = seen.entry
        self._version = seen
        if doubts == self._doubts:
            self._sure_since = moment

    def compare(self, seen: Version) -> bool:
        """Say whether a reader in this state may answer: it is not behind what was told."""
        if seen != self._version:
            self._strays += 1
        return seen.entry >= self.told


def is_standby(connection: asyncpg.Connection) -> bool:
    """Say whether a server replays another's changes, and so may be behind it."""
    return getattr(connection.get_settings(), "in_hot_standby", "off") == "on"


async def admit(
    known: KnownHead,
    connection: asyncpg.Connection,
    *,
    may_lag: Callable[[asyncpg.Connection], bool] = is_standby,
    patience_seconds: float = CATCHING_UP_SECONDS,
) -> None:
    """Let a connection answer once it is not behind what this process told already.

    Args:
        known: what was told.
        connection: of the read pool.
        may_lag: whether it can be behind at all; a primary is not even asked.
        patience_seconds: how long it may take to catch up.

    Raises:
        UnavailableError: it did not catch up in time; another connection, or time, may help.
    """
    if not may_lag(connection):
        return
    deadline = time.monotonic() + patience_seconds
    while not known.compare((await see_head(connection))[0]):
        if time.monotonic() > deadline:
            raise UnavailableError(
                "The copy of the register that was asked is behind what was answered before. "
                "Ask again in a moment.",
                headers={"Retry-After": "1"},
            )
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)


async def see_head(connection: asyncpg.Connection) -> tuple[Version, bool]:
    """Return the version a connection sees, and whether it is a standby's."""
    row = await read_head(connection)
    return Version(row["epoch"], row["entry"], row["written_by"]), row["standby"]
