"""The words that the register's records have, and the one nearest to a word none has.

Likeness is that of PostgreSQL's pg_trgm: the share of three-letter pieces two words have in common,
of all the pieces either has, each word with two blanks before it and one behind.
"""

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from app.register.queries.criteria import SHORTEST_PREFIX

LEAST_LIKE = 0.3
"""What two words must have in common to be taken for one misspelt; pg_trgm's own threshold."""


class Vocabulary:
    """Words, each with the number of providers it occurs in."""

    def __init__(self) -> None:
        self._documents: dict[str, int] = {}
        self._ordered: list[str] = []
        # Of every word ever held, by the number it was given then; one that goes stays in them.
        self._known: dict[str, int] = {}
        self._words: list[str] = []
        self._sizes = array("i")
        self._having: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))

    def __len__(self) -> int:
        return len(self._documents)

    def replace(self, documents: Mapping[str, int]) -> None:
        """Hold these words and no others."""
        self._documents = dict(documents)
        self._ordered = sorted(documents)
        self._index(documents)

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
        having = [
            np.frombuffer(self._having[piece], np.intc) for piece in asked & self._having.keys()
        ]
        if not having:
            return None
        common = np.bincount(np.concatenate(having))
        sizes = np.frombuffer(self._sizes, np.intc)[: len(common)]
        likeness = common / (len(asked) + sizes - common)
        numbers = np.flatnonzero(likeness >= LEAST_LIKE)
        words = [self._words[number] for number in numbers.tolist()]
        like = [
            (-share, -self._documents[word], word)
            for share, word in zip(likeness[numbers].tolist(), words, strict=True)
            if word in self._documents
        ]
        return min(like)[2] if like else None

    def _beginning(self, word: str) -> Iterator[str]:
        if len(word) < SHORTEST_PREFIX:
            return
        place = bisect_left(self._ordered, word)
        while place < len(self._ordered) and self._ordered[place].startswith(word):
            yield self._ordered[place]
            place += 1

    def _index(self, words: Iterable[str]) -> None:
        for word in words:
            if word in self._known:
                continue
            number = self._known[word] = len(self._known)
            self._words.append(word)
            pieces = _pieces(word)
            self._sizes.append(len(pieces))
            for piece in pieces:
                self._having[piece].append(number)


def _pieces(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
