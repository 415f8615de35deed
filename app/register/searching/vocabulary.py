"""The words that the register's records have, and the one nearest to a word none has.

Likeness is that of PostgreSQL's pg_trgm: the share of three-letter pieces two words have in common,
of all the pieces either has, each word with two blanks before it and one behind.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.register.queries.criteria import SHORTEST_PREFIX

LEAST_LIKE = 0.3
"""What two words must have in common to be taken for one misspelt; pg_trgm's own threshold."""


class Vocabulary:
    """Words, each with the number of providers it occurs in."""

    def __init__(self) -> None:
        self._documents: dict[str, int] = {}
        self._ordered: list[str] = []
        self._having: dict[str, set[str]] = defaultdict(set)
        self._sizes: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._documents)

    def replace(self, documents: Mapping[str, int]) -> None:
        """Hold these words and no others."""
        for word in self._documents.keys() - documents.keys():
            for piece in _pieces(word):
                self._having[piece].discard(word)
            del self._sizes[word]
        fresh = documents.keys() - self._documents.keys()
        self._documents = dict(documents)
        self._ordered = sorted(documents)
        self._index(fresh)

    def update(self, documents: Mapping[str, int]) -> None:
        """Hold these words too, and count those that are held anew."""
        fresh = documents.keys() - self._documents.keys()
        self._documents.update(documents)
        for word in fresh:
            insort(self._ordered, word)
        self._index(fresh)

    def counts(self) -> dict[str, int]:
        """Return every word, with the number of providers it occurs in."""
        return dict(self._documents)

    def holds(self, word: str) -> bool:
        """Say whether some record has this very word."""
        return word in self._documents

    def occurs(self, word: str) -> bool:
        """Say whether a word occurs, whole or (from three letters) as a beginning."""
        return word in self._documents or next(self._beginning(word), None) is not None

    def having(self, word: str) -> int:
        """Return how many providers have this very word."""
        return self._documents.get(word, 0)

    def documents(self, word: str) -> int:
        """Return in how many providers a word occurs, at most: as a word, or as a beginning."""
        if len(word) < SHORTEST_PREFIX:
            return self._documents.get(word, 0)
        return sum(self._documents[one] for one in self._beginning(word))

    def corrections(self, typed: Sequence[str]) -> dict[str, str]:
        """Return, for each word that does not occur but is like one that does, the one it is like.

        Of several equally like, the one in most providers; then the first by letters.
        """
        missing = (word for word in typed if not self.occurs(word))
        found = ((word, self._nearest(word)) for word in missing)
        return {word: near for word, near in found if near is not None}

    def _nearest(self, typed: str) -> str | None:
        asked = _pieces(typed)
        shared: Counter[str] = Counter()
        for piece in asked:
            shared.update(self._having.get(piece, ()))
        least = LEAST_LIKE * len(asked)  # in common, even with a word that has nothing beside it
        likeness = {
            word: common / (len(asked) + self._sizes[word] - common)
            for word, common in shared.items()
            if common >= least
        }
        like = [word for word, share in likeness.items() if share >= LEAST_LIKE]
        return min(
            like, key=lambda word: (-likeness[word], -self._documents[word], word), default=None
        )

    def _beginning(self, word: str) -> Iterator[str]:
        if len(word) < SHORTEST_PREFIX:
            return
        place = bisect_left(self._ordered, word)
        while place < len(self._ordered) and self._ordered[place].startswith(word):
            yield self._ordered[place]
            place += 1

    def _index(self, fresh: set[str]) -> None:
        for word in fresh:
            pieces = _pieces(word)
            self._sizes[word] = len(pieces)
            for piece in pieces:
                self._having[piece].add(word)


def _pieces(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
