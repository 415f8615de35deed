"""What a worker holds of the register in memory: its words, and its filters in packed columns.

It is of one version of the register. An answer that rests on it is of the same: where they differ,
memory is brought up to date and the question put again, from one snapshot.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable

import asyncpg

from app.register.heads import Version, see_head
from app.register.queries import memory as queries
from app.register.queries.memory import Packed
from app.register.searching import company
from app.register.searching.company import Company
from app.register.searching.facets import Facets
from app.register.searching.packed_filters import Columns
from app.register.searching.rarity import Rarity
from app.register.searching.vocabulary import Vocabulary

MOST_CHANGED = 5_000
"""More changed providers than this are not read one by one: everything is read anew."""
MOST_COUNTED = 256
"""How many sets of counts are kept, each good until the register moves."""


Counts = tuple[int | None, Facets | None]
"""A total and facets, as far as they were asked."""


class Memory:
    """Words and columns of one version of the register; empty before the first search."""

    def __init__(self) -> None:
        self.version: Version | None = None
        self.vocabulary = Vocabulary()
        self.columns = Columns.of(Packed(b"", b""))
        self.company = Company()
        """Of a sample of providers, as it was when everything was read; it only tells how rare."""
        self.rarity = Rarity(self.columns, self.company)
        self.lock = asyncio.Lock()
        """Held by whoever brings it up to date."""
        self._counted: OrderedDict[Hashable, Counts] = OrderedDict()

    @property
    def entry(self) -> int | None:
        """The entry of the log that it is of."""
        return self.version.entry if self.version else None

    def counted(self, asked: Hashable) -> Counts | None:
        """Return what was counted for a search at this entry, if it is kept."""
        return self._counted.get(asked)

    def keep_count(self, asked: Hashable, counts: Counts) -> None:
        """Keep what was counted for a search until the register moves."""
        self._counted[asked] = counts
        if len(self._counted) > MOST_COUNTED:
            self._counted.popitem(last=False)

    async def bring_up_to_date(self, connection: asyncpg.Connection) -> None:
        """Read what changed since; called under `lock`, in a transaction that sees one state.

        A state before the one that is held, as of a standby that lags, is left alone.
        """
        head, _ = await see_head(connection)
        known, since = self.version, self.entry or 0
        follows = known is not None and known.epoch == head.epoch
        if follows and (head == known or head.entry < since):
            return
        words: dict[str, int] | None = None
        changed: list[int] = []
        if follows and head.entry > since:
            changed = await queries.find_changed(connection, since, MOST_CHANGED)
        if not changed or len(changed) > MOST_CHANGED:  # or rebuilt, with no further entry
            columns = Columns.of(await queries.read_all(connection))
            self.company = await _company_of(connection, len(columns.providers))
        else:
            packed = await queries.read_some(connection, changed)
            words = await queries.read_words_changed(connection, since)
            fresh = sum(not self.vocabulary.holds(word) for word in words)
            if len(self.vocabulary) + fresh != await queries.count_words(connection):
                words = None  # some word is no longer anybody's
            columns = self.columns.changed(changed, packed)
        whole = await queries.read_words(connection) if words is None else None
        # From here on nothing is awaited: whoever reads meanwhile sees all of it or none.
        if whole is not None:
            self.vocabulary.replace(whole)
        else:
            self.vocabulary.update(words or {})
        self.columns, self.rarity = columns, Rarity(columns, self.company)
        self._counted.clear()
        self.version = head


async def memory_of(connection: asyncpg.Connection) -> Memory:
    """Read a memory of its own from one state: for an answer that lies before what is held."""
    fresh = Memory()
    await fresh.bring_up_to_date(connection)
    return fresh


async def _company_of(connection: asyncpg.Connection, providers: int) -> Company:
    share = min(1.0, company.SAMPLE / max(providers, 1))
    return Company(await queries.read_some_words(connection, share))
