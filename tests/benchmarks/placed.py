"""Placements in great numbers, written past every service: children, commitments, what follows.

Each child lives in some authority's area, is linked to nobody else's record, and is placed at one
site at a time. Keys tell their time, as those of the service do, so that what ended long ago lies
apart from what runs.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg

_KEYS = """
    CREATE OR REPLACE FUNCTION pg_temp.new_key(of timestamptz) RETURNS uuid
      LANGUAGE sql VOLATILE AS $$
      SELECT (lpad(to_hex((extract(epoch FROM of) * 1000)::bigint + (random() * 1e8)::bigint), 12,
        '0') || '7' || substr(md5(random()::text), 1, 3) || '8'
        || substr(md5(random()::text), 1, 15))::uuid $$
"""
_CHILDREN = """
    INSERT INTO children SELECT pg_temp.new_key('2020-09-01'), c, 'C' || k, '\\x00', '2014-05-06',
      now(), now(), NULL, 1 FROM unnest($1::uuid[]) c, generate_series(1, $2::integer) k
"""
_CIRCUMSTANCES = """
    INSERT INTO child_circumstances (child_id, since, home_la_code, has_sen, recorded_at, version)
    SELECT id, '2020-09-01', ($1::text[])[1 + row_number() OVER (ORDER BY id) % cardinality($1)],
      false, now(), 1 FROM children
"""
_LINKS = """
    INSERT INTO child_links (child_id, link_id, likeness_hash)
    SELECT id, gen_random_uuid(), sha256(id::text::bytea) FROM children
"""
_PLACED = """
    INSERT INTO placements (id, commissioner_id, reference, child_id, site_id, route, delivery,
      starts_on, planned_end_on, ended_on, end_reason, destination, recorded_by_name, recorded_at,
      version)
    SELECT pg_temp.new_key(began), commissioner_id, $2 || number, child_id,
      ($1::uuid[])[1 + number % cardinality($1)], 'school-arranged', 'at-a-setting', began,
      CASE WHEN ends IS NULL THEN '2027-07-20'::date - (number % 300)::integer END, ends,
      CASE WHEN ends IS NOT NULL THEN 'moved' END,
      CASE WHEN ends IS NOT NULL THEN 'home-school' END,
      'bench', began, 1
    FROM (
      SELECT c.id AS child_id, c.commissioner_id,
        row_number() OVER (ORDER BY n, md5(c.id::text)) AS number,
        $3::date + (n - 1) * 180 AS began,
        CASE WHEN $5 THEN $3::date + (n - 1) * 180 + 150 END AS ends
      FROM (SELECT * FROM children ORDER BY md5(id::text) LIMIT $6) c,
        generate_series(1, $4::integer) n) p
"""
_TIMETABLED = """
    INSERT INTO placement_timetables
      SELECT gen_random_uuid(), p.id, p.starts_on, NULL, 'green', now() FROM placements p
      WHERE NOT EXISTS (SELECT FROM placement_timetables t WHERE t.placement_id = p.id);
    INSERT INTO placement_sessions
      SELECT t.id, d, '09:00', '12:00', p.site_id FROM placement_timetables t
      JOIN placements p ON p.id = t.placement_id, generate_series(1, 5) d
      ON CONFLICT DO NOTHING;
"""
_COMMITTED = """
    INSERT INTO commitments (id, site_id, commissioner_id, child_link, period, weekly_minutes,
      placement_id, delivery)
    SELECT gen_random_uuid(), p.site_id, p.commissioner_id, l.link_id,
      daterange(p.starts_on, coalesce(p.ended_on, greatest(p.planned_end_on, '2027-01-01')), '[]'),
      600, p.id, p.delivery
    FROM placements p JOIN child_links l USING (child_id)
    WHERE NOT EXISTS (SELECT FROM commitments c WHERE c.placement_id = p.id)
"""
_REVIEWED = """
    INSERT INTO reviews_due
    SELECT id, commissioner_id, starts_on, '2026-12-01'::date + (number % 60)::integer,
      '2027-02-12', false
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS number FROM placements
      WHERE ended_on IS NULL) p WHERE number > $1
"""
_FOLLOWED = """
    WITH followed AS (
      INSERT INTO follow_ups (id, reference, placement_id, child_id, commissioner_id, la_code,
        since, opened_at, next_step_by, outcome, evidence, destination, closed_on, closed_by_name,
        version)
      SELECT pg_temp.new_key(p.ended_on), $1 || p.number, p.id, p.child_id, p.commissioner_id,
        d.home_la_code, p.ended_on, p.ended_on,
        CASE WHEN NOT $3 THEN '2026-12-01'::date + (p.number % 20)::integer END,
        CASE WHEN $3 THEN 'found' END, CASE WHEN $3 THEN 'told-by-family' END,
        CASE WHEN $3 THEN 'home-school' END, CASE WHEN $3 THEN p.ended_on + 30 END,
        CASE WHEN $3 THEN 'bench' END, 1
      FROM (SELECT *, row_number() OVER (ORDER BY md5(id::text)) AS number FROM placements
        WHERE ended_on IS NOT NULL AND id NOT IN (SELECT placement_id FROM follow_ups)) p
      JOIN child_circumstances d ON d.child_id = p.child_id
      WHERE p.number <= $2
      RETURNING id, placement_id, la_code, since)
    INSERT INTO follow_up_spells SELECT id, 1, la_code, since, 'opened' FROM followed
"""
_UNKNOWN = """
    UPDATE placements SET destination = 'unknown'
    WHERE destination <> 'unknown' AND id IN (SELECT placement_id FROM follow_ups)
"""


@dataclass(frozen=True, slots=True)
class Spell:
    """Placements of many children, half a year apart.

    Attributes:
        named: what their references begin with.
        since: the first day of the first.
        times: how many each child has.
        ended: whether they ended after 150 days; otherwise they run.
        sample: only so many of the children.
    """

    named: str
    since: date
    times: int = 1
    ended: bool = False
    sample: int | None = None


async def add_children(
    owner: asyncpg.Connection,
    commissioners: Sequence[uuid.UUID],
    each: int,
    la_codes: Sequence[str],
) -> None:
    """Let each commissioner hold so many children, who live in these areas turn about."""
    await owner.execute(_KEYS)
    await owner.execute(_CHILDREN, commissioners, each)
    await owner.execute(_CIRCUMSTANCES, la_codes)
    await owner.execute(_LINKS)


async def place(owner: asyncpg.Connection, sites: Sequence[uuid.UUID], spell: Spell) -> None:
    """Place every child at these sites turn about."""
    await owner.execute(_KEYS)
    rows = (spell.named, spell.since, spell.times, spell.ended, spell.sample)
    await owner.execute(_PLACED, sites, *rows)


async def timetable(owner: asyncpg.Connection) -> None:
    """Give every placement without one a timetable: each weekday morning."""
    await owner.execute(_TIMETABLED)


async def commit(owner: asyncpg.Connection) -> None:
    """Commit the children of every placement that has no commitment to it, ten hours a week."""
    await owner.execute(_COMMITTED)


async def ask_for_reviews(owner: asyncpg.Connection, *, but: int) -> None:
    """Say of each placement that runs, but so many, when it is reviewed."""
    await owner.execute(_REVIEWED, but)


async def follow_up(owner: asyncpg.Connection, named: str, many: int, *, closed: bool) -> None:
    """Let nobody know where some of those went whose placements ended; or let them be found."""
    await owner.execute(_FOLLOWED, named, many, closed)
    await owner.execute(_UNKNOWN)
