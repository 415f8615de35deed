"""Which words keep company, by a sample of providers: some always meet, others never do.

What two words have in common cannot be told from how common each is; and it decides whether all
that fits is best found and sorted, or met in its order until a page is full.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import sqrt

from app.register.queries.criteria import SHORTEST_PREFIX

SAMPLE = 5_000
"""Providers looked at; of so many, a share of half a per cent is met some twenty-five times."""


class Company:
    """The words of some providers, each as a number with a bit for every one that has it."""

    def __init__(self, providers: Sequence[Collection[str]] = ()) -> None:
        having: dict[str, int] = defaultdict(int)
        for number, words in enumerate(providers):
            for word in words:
                having[word] |= 1 << number
        self._having = dict(having)
        self._ordered = sorted(having)
        self._providers = len(providers)

    def share(self, words: Sequence[str]) -> tuple[float, float]:
        """Return the share of providers that have all of some words: at least, and at most.

        Chance is allowed for by two deviations either way. From three letters on, a word may be the
        beginning of one. Without a sample anything may be.
        """
        if not self._providers:
            return 0.0, 1.0
        together = (1 << self._providers) - 1
        for word in words:
            together &= self._beginning(word)
        met = together.bit_count()
        chance = 2 * sqrt(met)
        return max(0.0, met - chance) / self._providers, (met + chance + 2) / self._providers

    def _beginning(self, word: str) -> int:
        if len(word) < SHORTEST_PREFIX:
            return self._having.get(word, 0)
        found, place = 0, bisect_left(self._ordered, word)
        while place < len(self._ordered) and self._ordered[place].startswith(word):
            found |= self._having[self._ordered[place]]
            place += 1
        return found
