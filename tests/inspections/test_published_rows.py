"""What the factory of published inspections writes passes everything the database refuses."""

import asyncpg

from app import clock
from app.db.transactions import Database
from app.inspections.terms import Judgement
from tests.factories.inspections import (
    Found,
    add_published_inspection,
    every_criterion,
    settle,
)
from tests.factories.providers import make_provider, make_site, put_on_register


async def test_several_sites_are_judged_checked_by_another_and_published(
    database: Database, owner: asyncpg.Connection
) -> None:
    sites = (make_site("Example Yard"), make_site("Example Barn"))
    (held,) = await put_on_register(database, make_provider("Example Forge", *sites))
    rows = await owner.fetch("SELECT id FROM sites ORDER BY reference")
    everything = await every_criterion(owner)
    unseen = {"1.1a": Found(Judgement.NOT_ASSESSED, finding="No time was left.")}
    today = clock.today()

    made = await add_published_inspection(
        owner, {rows[0]["id"]: everything, rows[1]["id"]: unseen}, today, kind="entry-visit"
    )
    await settle(database, held.id)

    stands = await owner.fetchrow("SELECT * FROM inspections WHERE reference = $1", made.reference)
    assert stands is not None
    assert (stands["id"], stands["state"], stands["kind"]) == (made.id, "published", "entry-visit")
    judged = await owner.fetch(
        "SELECT judgement, count(*) AS judged, max(seen_on) AS seen_on FROM inspection_judgements "
        "WHERE inspection_id = $1 GROUP BY site_id, judgement ORDER BY 1",
        made.id,
    )
    assert [tuple(row) for row in judged] == [
        ("met", len(everything), today),
        ("not-assessed", 1, None),
    ]
    assert await owner.fetchval("SELECT count(*) FROM inspection_publications") == 1
