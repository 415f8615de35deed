"""How many rows a search would visit in each shape of statement, and so which shape it takes.

Estimates: they decide how long an answer takes, never what it says.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.providers.terms import OLDEST
from app.register import packing
from app.register.queries.criteria import Criteria
from app.register.queries.shapes import Shape
from app.register.searching.company import Company
from app.register.searching.packed_filters import EPOCH, Columns
from app.register.searching.vocabulary import Vocabulary

TOGETHER, APART = 0.3, 0.01
"""Of providers with the rarer of two words, the share with the other too: at most, and at least.

For want of a sample of providers that tells; where one does, still at least.
"""
DOUBT = 3.0
"""How much dearer a stream is taken to be than it looks: matches may all stand at its far end."""
SAMPLE = 20_000
"""Sites looked at to tell how many lie within reach of a place."""


class Rarity:
    """How common each value is among the sites of the register."""

    def __init__(self, columns: Columns, company: Company) -> None:
        self._columns = columns
        self._company = company

    def choose(self, criteria: Criteria, vocabulary: Vocabulary) -> Shape:
        """Return the shape that visits fewest rows."""
        if criteria.by_distance and not criteria.words and not criteria.tagged:
            return Shape.NEAREST
        costs = self.costs(criteria, vocabulary)
        return min(costs, key=lambda shape: (costs[shape], shape))

    def costs(self, criteria: Criteria, vocabulary: Vocabulary) -> dict[Shape, float]:
        """Return about how many rows each shape that could answer would visit."""
        providers, sites = self._providers, self._sites
        tagged, standing = self._tagged(criteria, vocabulary), self._standing(criteria)
        least, most = self._worded(criteria, vocabulary)
        share = least * tagged * standing
        costs: dict[Shape, float] = {}
        if criteria.words:
            costs[Shape.BY_WORDS] = most * providers
        if tagged < 1:
            costs[Shape.BY_TAGS] = tagged * sites
        if criteria.place is not None:
            reached = self._reached(criteria.place, criteria.radius_metres)
            if criteria.by_distance:
                costs[Shape.NEAREST] = _streamed(criteria, reached, share)
                return costs
            costs[Shape.BY_CIRCLE] = reached
            share *= reached / sites
        elif criteria.la_code is not None:
            of_la = self._of_la(criteria.la_code)
            costs[Shape.NAMES_OF_LA] = _streamed(criteria, of_la * sites, share / (of_la or 1))
        if not criteria.words:
            costs[Shape.BY_STATUS] = standing * providers
        costs[Shape.NAMES] = _streamed(criteria, providers, share)
        return costs

    @property
    def _providers(self) -> int:
        return max(len(self._columns.providers), 1)

    @property
    def _sites(self) -> int:
        return max(len(self._columns.sites), 1)

    def _worded(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[float, float]:
        """Return the share of providers that have the words: at least, and at most.

        What is found through an index is sorted whole, so the most counts; a stream is followed
        until a page is full, so the least does.
        """
        if not criteria.words:
            return 1.0, 1.0
        rarest = min(vocabulary.documents(word) for word in criteria.words) / self._providers
        rarest, others = min(1.0, rarest), len(criteria.words) - 1
        if not others:
            return rarest, rarest
        least, most = self._company.share(criteria.words)
        if most >= 1:
            most = rarest * TOGETHER**others
        return min(rarest, max(least, rarest * APART**others)), min(rarest, most)

    def _tagged(self, criteria: Criteria, vocabulary: Vocabulary) -> float:
        shares = [self._needs[packing.NEEDS.index(need)] for need in criteria.needs]
        shares += [vocabulary.having(word) / self._providers for word in criteria.offered]
        if criteria.la_code is not None:
            shares.append(self._of_la(criteria.la_code))
        if criteria.age is not None:
            shares.append(self._ages[criteria.age])
        if criteria.stages:
            shares.append(sum(self._stages[stage] for stage in criteria.stages))
        if criteria.evidence:
            shares.append(sum(self._evidence[result] for result in criteria.evidence))
        if criteria.outcomes:
            shares.append(sum(self._outcomes[outcome] for outcome in criteria.outcomes))
        if criteria.seen_since is not None:
            shares.append(self._seen_since(criteria.seen_since))
        if criteria.places:
            bands = (packing.PLACES.index(band) for band in criteria.places)
            shares.append(sum(self._places[band] for band in bands))
        return float(prod(min(1.0, share) for share in shares))

    def _standing(self, criteria: Criteria) -> float:
        return min(1.0, sum(self._statuses[status] for status in criteria.statuses))

    def _reached(self, place: tuple[int, int], radius_metres: float) -> float:
        step = max(1, len(self._columns.sites) // SAMPLE)
        sample = self._columns.sites.every_nth(step)
        reached = Columns.within(place, radius_metres, sample)
        return float(np.count_nonzero(reached) * step)

    def _of_la(self, la_code: str) -> float:
        code = int(la_code)
        return float(self._authorities[code]) if code < len(self._authorities) else 0.0

    def _seen_since(self, since: date) -> float:
        seen = self._columns.sites["seen"] >= (since - EPOCH).days
        return float(np.count_nonzero(seen) / self._sites)

    @cached_property
    def _authorities(self) -> NDArray[np.float64]:
        return np.bincount(self._columns.sites["la"], minlength=1) / self._sites

    @cached_property
    def _statuses(self) -> dict[str, float]:
        counts = np.bincount(self._columns.providers["status"], minlength=len(packing.STATUSES) + 1)
        shares = (counts / self._providers).tolist()
        return dict(zip(packing.STATUSES, shares[1:], strict=True))

    @cached_property
    def _evidence(self) -> dict[str, float]:
        return self._coded("evidence", packing.EVIDENCE)

    @cached_property
    def _outcomes(self) -> dict[str, float]:
        return self._coded("outcome", packing.OUTCOMES)

    @cached_property
    def _needs(self) -> list[float]:
        return self._shares("needs", len(packing.NEEDS))

    @cached_property
    def _ages(self) -> list[float]:
        return self._shares("ages", OLDEST + 1)

    @cached_property
    def _stages(self) -> list[float]:
        return self._shares("stages", 6)

    @cached_property
    def _places(self) -> list[float]:
        return self._shares("places", len(packing.PLACES))

    def _coded(self, column: str, among: Sequence[str]) -> dict[str, float]:
        counts = np.bincount(self._columns.sites[column], minlength=len(among) + 1)
        shares = (counts / self._sites).tolist()
        return dict(zip(among, shares[1:], strict=True))

    def _shares(self, column: str, width: int) -> list[float]:
        held = self._columns.sites[column]
        return [float(np.count_nonzero(held & (1 << bit)) / self._sites) for bit in range(width)]


def _streamed(criteria: Criteria, rows: float, share: float) -> float:
    """Return how many of some rows are met before a page is full, if a share of them fits."""
    wanted = criteria.limit + 1
    if share >= 1:
        return min(rows, float(wanted))
    return min(rows, DOUBT * wanted / share) if share > 0 else rows
