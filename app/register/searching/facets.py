"""Exact totals and facets: how many providers a search finds, and how many of each kind.

The count of a value is the total of the same search with that value in the place of those chosen
of its own filter (of needs, which must all be met: beside them). So what one has chosen never hides
the alternatives.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from app.places.facts import local_authorities
from app.providers.terms import KEY_STAGES
from app.register import packing
from app.register.queries.criteria import Criteria
from app.register.searching.packed_filters import FACET_BITS, Columns, Words, every
from app.register.searching.tables import Column, Table

Facets = dict[str, list[dict[str, Any]]]
_PAST_EVERY_LA = 1_000
"""Authorities have three figures."""


def count_total(columns: Columns, criteria: Criteria, words: Words) -> int:
    """Return how many providers a search finds."""
    if not criteria.about_sites:
        return int(np.count_nonzero(columns.asked(criteria, words)))
    fits = every(columns.masks(criteria, words).values(), len(columns.sites))
    return len(columns.sites.where(fits).firsts)


def count_facets(columns: Columns, criteria: Criteria, words: Words) -> Facets:
    """Return, by filter, each value that would find anything, with how many providers."""
    masks = columns.masks(criteria, words)

    def without(name: str) -> Table:
        others = (mask for filtered, mask in masks.items() if filtered != name)
        return columns.sites.where(every(others, len(columns.sites)))

    everything = columns.sites.where(every(masks.values(), len(columns.sites)))

    def counted(facet: str) -> list[int]:
        # Of needs all must be met: another is counted beside those that are chosen.
        chosen = facet in masks and facet != "need"
        return _count(without(facet) if chosen else everything, facet)

    of_stages = counted("key_stage")
    return {
        "status": _statuses(without("status")) if criteria.about_sites else _of_all(columns, words),
        "la": _local_authorities(without("la") if "la" in masks else everything),
        "key_stage": [_value(stage, of_stages[stage]) for stage in KEY_STAGES if of_stages[stage]],
        "need": _values(packing.NEEDS, counted("need")),
        "evidence": _values(packing.EVIDENCE, counted("evidence")),
        "outcome": _values(packing.OUTCOMES, counted("outcome")),
        "places": _values(packing.PLACES, counted("places")),
    }


def _statuses(sites: Table) -> list[dict[str, Any]]:
    """Count providers by status, of those with a site among these that stands as they do."""
    alike = sites.where(sites["status"] == sites["of_provider"])
    return _by_status(alike["status"][alike.firsts])


def _of_all(columns: Columns, words: Words) -> list[dict[str, Any]]:
    """Count providers by status, whatever sites they have."""
    held = columns.providers["status"]
    return _by_status(held if words.matching is None else held[columns.worded(words)])


def _by_status(held: Column) -> list[dict[str, Any]]:
    counts = np.bincount(held, minlength=len(packing.STATUSES) + 1)
    return _values(packing.STATUSES, counts[1:].tolist())


def _local_authorities(sites: Table) -> list[dict[str, Any]]:
    la = sites["la"]
    # A provider's sites stand together, by authority: each authority counts it once.
    begins = np.zeros(len(la), dtype=np.bool_)
    begins[sites.firsts] = True
    begins[1:] |= la[1:] != la[:-1]
    counts = np.bincount(la[begins], minlength=_PAST_EVERY_LA).tolist()
    return [
        {"value": value, "name": name, "count": counts[code]}
        for code, value, name in _authorities_by_name()
        if counts[code]
    ]


@cache
def _authorities_by_name() -> tuple[tuple[int, str, str], ...]:
    by_name = sorted(local_authorities(), key=lambda la: la.name)
    return tuple((int(la.la_code), la.la_code, la.name) for la in by_name)


def _count(sites: Table, facet: str) -> list[int]:
    """Count providers by each value of a facet that any of their rows has."""
    begins, width = FACET_BITS[facet]
    held = (sites.of_each >> begins) & ((1 << width) - 1)
    # Of each combination there are many: they are counted first, and then those met taken apart.
    combined = np.bincount(held)
    met = np.flatnonzero(combined)
    has_bit = (met[:, np.newaxis] >> np.arange(width)) & 1
    counts: list[int] = (combined[met] @ has_bit).tolist()
    return counts


def _values(names: Sequence[str], counts: Sequence[int]) -> list[dict[str, Any]]:
    return [_value(name, count) for name, count in zip(names, counts, strict=True) if count]


def _value(value: str | int, count: int) -> dict[str, Any]:
    return {"value": value, "count": count}
