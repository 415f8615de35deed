"""Exact totals and facets: how many providers a search finds, and how many of each kind.

The count of a value is the total of the same search with that value in the place of those chosen
of its own filter (of needs, which must all be met: beside them). So what one has chosen never hides
the alternatives.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.places.facts import la_name
from app.providers.terms import KEY_STAGES
from app.register import packing
from app.register.queries.criteria import Criteria
from app.register.searching.packed_filters import Columns, Words, every
from app.register.searching.tables import Column, Table, first_of_each

Facets = dict[str, list[dict[str, Any]]]


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
    of_stages = without("key_stage") if "key_stage" in masks else everything
    of_evidence = without("evidence") if "evidence" in masks else everything
    of_places = without("places") if "places" in masks else everything
    stages = _count_bits(of_stages, of_stages["stages"], max(KEY_STAGES) + 1)
    needs = _count_bits(everything, everything["needs"], len(packing.NEEDS))
    places = _count_bits(of_places, of_places["places"], len(packing.PLACES))
    evidence = _count_codes(of_evidence, of_evidence["evidence"], packing.EVIDENCE)
    of_outcomes = without("outcome") if "outcome" in masks else everything
    outcomes = _count_codes(of_outcomes, of_outcomes["outcome"], packing.OUTCOMES)
    about_sites = criteria.about_sites
    return {
        "status": _statuses(without("status")) if about_sites else _of_all(columns, words),
        "la": _local_authorities(without("la") if "la" in masks else everything),
        "key_stage": [_value(stage, stages[stage]) for stage in KEY_STAGES if stages[stage]],
        "need": _values(packing.NEEDS, needs),
        "evidence": _values(packing.EVIDENCE, evidence),
        "outcome": _values(packing.OUTCOMES, outcomes),
        "places": _values(packing.PLACES, places),
    }


def _statuses(sites: Table) -> list[dict[str, Any]]:
    """Count providers by status, of those with a site among these that stands as they do."""
    alike = sites.where(sites["status"] == sites["of_provider"])
    return _values(packing.STATUSES, _count_codes(alike, alike["status"], packing.STATUSES))


def _of_all(columns: Columns, words: Words) -> list[dict[str, Any]]:
    """Count providers by status, whatever sites they have."""
    held = columns.providers["status"][columns.worded(words)]
    counts = np.bincount(held, minlength=len(packing.STATUSES) + 1)
    return _values(packing.STATUSES, counts[1:])


def _local_authorities(sites: Table) -> list[dict[str, Any]]:
    keys = (sites["provider"].astype(np.int64) << 16) | sites["la"]
    # A provider's sites stand together, by authority: each authority counts it once.
    counts = np.bincount(sites["la"][first_of_each(keys)])
    found = [
        {"value": f"{la:03}", "name": la_name(f"{la:03}"), "count": int(counts[la])}
        for la in np.flatnonzero(counts)
    ]
    return sorted(found, key=lambda one: str(one["name"]))


def _count_codes(sites: Table, codes: Column, among: Sequence[str]) -> NDArray[np.int64]:
    """Count providers by a code of which nought is none; one of several codes counts in each."""
    return _count_bits(sites, np.left_shift(1, codes.astype(np.int32)) >> 1, len(among))


def _count_bits(sites: Table, packed: Column, width: int) -> NDArray[np.int64]:
    """Count providers by each bit that any of their rows has set."""
    if not len(sites):
        return np.zeros(width, dtype=np.int64)
    # Of each combination there are many: they are counted first, and then those met taken apart.
    combined = np.bincount(np.bitwise_or.reduceat(packed, sites.firsts))
    met = np.flatnonzero(combined)
    has_bit = (met[:, np.newaxis] >> np.arange(width)) & 1
    return combined[met] @ has_bit


def _values(names: Sequence[str], counts: Column) -> list[dict[str, Any]]:
    return [_value(name, int(count)) for name, count in zip(names, counts, strict=True) if count]


def _value(value: str | int, count: int) -> dict[str, Any]:
    return {"value": value, "count": int(count)}
