"""What a record says of inspections on every day, and ahead of the day on which that changes."""

import random
import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.inspections.history import Site, standing_on
from app.inspections.terms import Judgement
from app.providers.standing import Picture
from app.register.composing import compose
from tests.inspections.test_history import ERAS, judged, site
from tests.register.wholes import (
    SITE_ID,
    TODAY,
    make_listing,
    make_outcome,
    make_site,
    picture,
    whole,
)

A_DAY = timedelta(days=1)
SEEN = (Judgement.MET, Judgement.PARTLY_MET, Judgement.NOT_MET)


def held_on(of: Site, day: date) -> SimpleNamespace | None:
    """Where a site stands on a day, as the table of outcomes holds it."""
    found = standing_on(of, ERAS, day)
    if found is None:
        return None
    told = found.told
    return make_outcome(
        outcome=told.outcome.value,
        since=found.since,
        valid_until=found.valid_until,
        next_outcome=found.next_outcome and found.next_outcome.value,
        decided_by=[
            {"criterion": one.number, "judgement": one.judgement, "because": one.because}
            for one in told.decided_by
        ],
        seen_from=told.seen_from,
        seen_to=told.seen_to,
        due_kind=told.due and told.due.kind.value,
        due_on=told.due and told.due.on,
        changes_on=found.changes_on,
    )


def record_on(of: Site, day: date) -> dict[str, Any]:
    return compose(whole(outcomes={SITE_ID: held_on(of, day)}), day)


@pytest.mark.parametrize("seed", range(6))
def test_the_bytes_of_any_day_hold_through_valid_until_and_what_follows_is_foretold(
    seed: int,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    judgements = [
        judged(
            number,
            chance.choice(SEEN if number == "1.1a" else list(Judgement)),
            seen=TODAY - timedelta(days=chance.randint(20, 400)),
            published=TODAY - timedelta(days=chance.randint(0, 19)),
        )
        for number in ("1.1a", "2.1a", "2.1a", "3.1b")
    ]
    inspected, lapsed = site(*judgements), 0
    following = record_on(inspected, TODAY)
    for step in range(450):
        day = TODAY + step * A_DAY
        record, following = following, record_on(inspected, day + A_DAY)
        ends = record["valid_until"]
        if ends is None or day.isoformat() < ends:
            assert following == record
            continue
        lapsed += 1
        assert following != record
        assert record["next"]["on"] == (day + A_DAY).isoformat()
        assert record["next"]["outcome"] == following["outcome"]
        now, then = (one["sites"][0]["inspection"] for one in (record, following))
        changed = [one["outcome"] for one in record["next"]["sites"]]
        assert changed == ([] if now["outcome"] == then["outcome"] else [then["outcome"]])
        if changed:
            assert (now["valid_until"], now["next"]) == (ends, then["outcome"])
            assert then["since"] == record["next"]["on"]
    assert lapsed


def test_a_provider_stands_as_the_worst_of_its_sites_on_the_register() -> None:
    ids = [SITE_ID, uuid.UUID(int=11), uuid.UUID(int=12)]
    sites = [make_site(id=key, reference=n) for n, key in enumerate(ids, 1)]
    stated = ("listed", "listed", "removed")
    listings = [
        make_listing(id=key, site_id=key, state=state)
        for key, state in zip(ids, stated, strict=True)
    ]
    outcomes = {
        ids[0]: make_outcome(outcome="meets-standards"),
        ids[1]: make_outcome(outcome="meets-with-actions"),
        ids[2]: make_outcome(outcome="does-not-yet-meet"),
    }
    held = whole(sites=sites, picture=picture(*listings), outcomes=outcomes)

    record = compose(held, TODAY)

    assert record["outcome"] == "meets-with-actions"
    assert [one["inspection"]["due"] is None for one in record["sites"]] == [False, False, True]
    gone = whole(sites=sites[2:], picture=picture(listings[2]), outcomes=outcomes)
    assert compose(gone, TODAY)["outcome"] is None


def test_an_unlisted_site_tells_its_inspection_and_nothing_where_there_is_none() -> None:
    nothing_listed = Picture(listings=())
    held = whole(
        sites=[make_site(), make_site(id=uuid.UUID(int=11), reference=2)],
        picture=nothing_listed,
        outcomes={SITE_ID: make_outcome()},
    )

    first, second = compose(held, TODAY)["sites"]

    assert (first["listing"], first["inspection"]["due"]) == (None, None)
    assert first["inspection"]["latest"]["reference"] == "QA000001W"
    assert second["inspection"] is None
