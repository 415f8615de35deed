"""The store of answers in memory: of one version, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias
from urllib.parse import parse_qsl

from prometheus_client import CollectorRegistry, Counter, Gauge
from starlette.types import Scope

MOST_ANSWER_BYTES = 1_048_576
"""No larger answer is kept, nor one of more than a sixteenth of all there is room for."""
LONGEST_QUERY = 2_000
_SHARE = 16
ABOUT_AN_ANSWER = 1_500
"""Bytes that an answer takes in memory beside its body and its address, roughly."""
_PRIVATE = frozenset({b"authorization", b"cookie", b"content-length", b"transfer-encoding"})

Pairs: TypeAlias = list[tuple[bytes, bytes]]
Key: TypeAlias = tuple[str, str]
"""Path and canonical query; nothing else varies an answer that is kept."""


@dataclass(frozen=True, slots=True)
class Present:
    """A version that is sure to be the present one.

    Attributes:
        entry: the newest entry in it.
        version: of everything that answers are made of.
        strays: how often anything answered from another version, so far.
    """

    entry: int
    version: Hashable
    strays: int


class Freshness(Protocol):
    """What is known of the present version of what answers are made of."""

    def present(self) -> Present | None:
        """Return the present version, if it is sure."""

    def tell(self, entry: int) -> None:
        """Learn that an answer is leaving that states this entry as the newest."""

    def doubt(self) -> None:
        """Learn that something may have changed: nothing is sure until it was looked at again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in memory.

    Attributes:
        etag: its tag.
        template: of the route that made it, for logs and metrics.
        headers: of the answer, without those the outer layers add.
        unmodified: those of them that a 304 has.
        body: `None` if only the tag is known, because whoever asked had the body already.
        size: bytes it takes.
    """

    etag: str
    template: str
    headers: Pairs
    unmodified: Pairs
    body: bytes | None
    size: int


class AnswerCache:
    """Answers of one version, bounded in bytes; who was not asked for longest goes first.

    Attributes:
        freshness: set by who knows it; nothing is kept without it.
    """

    def __init__(self, most_bytes: int, registry: CollectorRegistry) -> None:
        self.freshness: Freshness | None = None
        self.most_bytes = most_bytes
        self.largest = min(MOST_ANSWER_BYTES, most_bytes // _SHARE)
        self.bytes = 0
        self._version: Hashable = None
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._exact: frozenset[str] = frozenset()
        self._below: tuple[str, ...] = ()
        asked = Counter(
            "answer_cache_requests",
            "Public requests that could be answered from memory, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        self.hits = asked.labels("hit")
        self.unmodified = asked.labels("not-modified")
        self.misses = asked.labels("miss")
        self.aside = asked.labels("not-confirmed")
        held = Gauge("answer_cache_bytes", "Bytes of answers in memory.", registry=registry)
        held.set_function(lambda: self.bytes)

    def serve(self, paths: Iterable[str]) -> None:
        """Let answers at these paths be kept; a path that ends in `/` stands for all below it."""
        self._exact = frozenset(path for path in paths if not path.endswith("/"))
        self._below = tuple(path for path in paths if path.endswith("/"))

    def key_of(self, scope: Scope) -> Key | None:
        """Return what a request is kept under, or `None` if it must not be."""
        path, query = scope["path"], scope["query_string"]
        if path not in self._exact and not path.startswith(self._below):
            return None
        if len(path) + len(query) > LONGEST_QUERY:
            return None
        if not _PRIVATE.isdisjoint([name for name, _ in scope["headers"]]):
            return None
        return path, canonical_query(query) if query else ""

    def find(self, version: Hashable, key: Key) -> Kept | None:
        """Return what is kept under a key, if it is of this version."""
        if version != self._version:
            return None
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, version: Hashable, key: Key, kept: Kept | None) -> None:
        """Keep an answer of a version, unless it is too large; those of any other version go."""
        if kept is None or kept.size > self.largest:
            return
        if version != self._version:
            self.clear()
            self._version = version
        former = self._kept.pop(key, None)
        if former is not None and kept.body is None:
            kept = former  # a tag alone never takes the place of an answer
        self.bytes += kept.size - (former.size if former else 0)
        self._kept[key] = kept
        while self.bytes > self.most_bytes:
            _, oldest = self._kept.popitem(last=False)
            self.bytes -= oldest.size

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.bytes = 0


@lru_cache(maxsize=4_096)
def canonical_query(query: bytes) -> str:
    """Return a query string in one spelling: names in order, the values of each as they came."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return repr(sorted(pairs, key=lambda pair: pair[0]))
