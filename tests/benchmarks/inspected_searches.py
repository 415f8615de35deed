"""Searches by outcome and by how old evidence is, and sites that differ in both."""

from datetime import timedelta

import asyncpg

from app import clock

_SAY = """
    UPDATE register_sites s SET outcome = n.outcome, inspected = n.seen_on IS NOT NULL,
      seen_on = n.seen_on, due_on = coalesce(n.seen_on, current_date - 200) + 365,
      tags = array_remove(s.tags, 'outcome:' || s.outcome) || ('outcome:' || n.outcome)
        || CASE WHEN n.seen_on IS NULL THEN '{}'::text[]
           ELSE ARRAY['seen:' || to_char(n.seen_on, 'YYYY-MM')] END
    FROM (
      SELECT provider_id, reference,
        CASE WHEN by < 0.55 THEN 'meets-standards' WHEN by < 0.80 THEN 'meets-with-actions'
          WHEN by < 0.88 THEN 'does-not-yet-meet' ELSE 'not-yet-assessed' END AS outcome,
        CASE WHEN by < 0.95 THEN current_date - (age * age * 480)::int END AS seen_on
      FROM (SELECT provider_id, reference, random() AS by, random() AS age FROM register_sites) r
    ) n WHERE n.provider_id = s.provider_id AND n.reference = s.reference
"""


async def say_outcomes(owner: asyncpg.Connection) -> None:
    """Let the sites of a read model have outcomes of every kind, and evidence of every age."""
    await owner.execute("SELECT setseed(0.5)")
    await owner.execute(_SAY)


BASES = (
    *("", "near=CV1", "near=B1&within_miles=25", "near=M1&sort=name", "la=Kent", "la=330"),
    *("q=tuition", "q=forest+school", "q=academy&near=E1&within_miles=25", "need=SEMH"),
    *("age=14", "key_stage=4&need=ASD", "offer=boxing", "la=Essex&age=14&need=SEMH"),
)
"""What else is asked."""


def ways() -> dict[str, str]:
    """Return what is added to a search, by what it asks."""
    today = clock.today()
    half_a_year, a_week = today - timedelta(days=182), today - timedelta(days=7)
    good = "outcome=meets-standards&outcome=meets-with-actions"
    return {
        "outcome, common": good,
        "outcome, rare": "outcome=does-not-yet-meet",
        "evidence of half a year": f"assessed_after={half_a_year}",
        "evidence of a week": f"assessed_after={a_week}",
        "both": f"{good}&assessed_after={half_a_year}",
    }


def with_way(base: str, way: str) -> str:
    """Return a search narrowed in a way."""
    return "&".join(part for part in (base, way) if part)
