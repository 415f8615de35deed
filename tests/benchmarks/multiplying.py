"""A read model made many times as large, by copying what a demonstration wrote.

Only what searches read is copied: the log is not, so such a register can be searched and not
changed. Copies have names that begin otherwise, and lie near where some other provider does, in its
authority: so what is offered is spread over the country as it is in the original.
"""

import asyncpg

SPREAD_METRES = 4_000

_COPIES = (
    """
    INSERT INTO register_search (id, status, sort_name, words, vocabulary, identifiers)
    SELECT r.id + k * $2, r.status,
      CASE WHEN k % 2 = 0 THEN r.sort_name ELSE reverse(r.sort_name) END,
      r.words, r.vocabulary, '{}'
    FROM register_search r, generate_series(1, $1 - 1) k WHERE r.id <= $2
    """,
    """
    INSERT INTO register_documents (id, number, entry, format, summary, document)
    SELECT d.id + k * $2, 'copy ' || (d.id + k * $2), d.entry, d.format, d.summary, d.document
    FROM register_documents d, generate_series(1, $1 - 1) k WHERE d.id <= $2
    """,
    f"""
    INSERT INTO register_sites (provider_id, reference, status, la_code, place, summary, evidence,
      provider_status, sort_name, age_bits, stage_bits, need_bits, place_bits, tags,
      several, seen_on)
    SELECT s.provider_id + k * $2, s.reference, s.status, o.la_code,
      point(round(o.place[0] + (random() - 0.5) * {SPREAD_METRES}),
            round(o.place[1] + (random() - 0.5) * {SPREAD_METRES})),
      s.summary, s.evidence, s.provider_status,
      CASE WHEN k % 2 = 0 THEN s.sort_name ELSE reverse(s.sort_name) END,
      s.age_bits, s.stage_bits, s.need_bits, s.place_bits,
      array_remove(s.tags, 'la:' || s.la_code) || ('la:' || o.la_code), s.several, s.seen_on
    FROM generate_series(1, $1 - 1) k, register_sites s JOIN LATERAL (
      SELECT o.* FROM register_sites o WHERE o.provider_id <= $2
        AND o.provider_id >= 1 + (s.provider_id * 31 + k * 7919) % ($2 - 5)
      ORDER BY o.provider_id, o.reference LIMIT 1) o ON true
    WHERE s.provider_id <= $2
    """,
)


async def multiply(owner: asyncpg.Connection, times: int) -> int:
    """Make the read model so many times as large; return how many providers it has then."""
    last = await owner.fetchval("SELECT max(id) FROM register_search")
    await owner.execute("SELECT setseed(0.5)")
    for statement in _COPIES:
        await owner.execute(statement.replace("$1", str(times)).replace("$2", str(last)))
    await owner.execute(f"UPDATE register_words SET documents = documents * {int(times)}")
    for table in ("register_search", "register_documents", "register_sites", "register_words"):
        await owner.execute(f"VACUUM (ANALYZE) {table}")
    return int(await owner.fetchval("SELECT count(*) FROM register_search"))
