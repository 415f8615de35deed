"""A read model made many times as large, by copying what a demonstration wrote.

`multiply` copies only what searches read: such a register can be searched and not changed. Copies
have names that begin otherwise, and lie near where some other provider does, in its authority: so
what is offered is spread over the country as it is in the original. `multiply_beneath` copies what
lies beneath, so that the originals can be changed among ten times as many.
"""

import secrets

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
      several, seen_on, outcome, due_on, inspected)
    SELECT s.provider_id + k * $2, s.reference, s.status, o.la_code,
      point(round(o.place[0] + (random() - 0.5) * {SPREAD_METRES}),
            round(o.place[1] + (random() - 0.5) * {SPREAD_METRES})),
      s.summary, s.evidence, s.provider_status,
      CASE WHEN k % 2 = 0 THEN s.sort_name ELSE reverse(s.sort_name) END,
      s.age_bits, s.stage_bits, s.need_bits, s.place_bits,
      array_remove(s.tags, 'la:' || s.la_code) || ('la:' || o.la_code), s.several, s.seen_on,
      s.outcome, s.due_on, s.inspected
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


_NEW_KEY = "md5(t.{0}::text || k || '$4')::uuid"
_NEW_NUMBER = "'AP' || lpad((substr(t.number, 3, 6)::int + k * $2)::text, 6, '0') || '0'"
_BENEATH: dict[str, dict[str, str]] = {
    "providers": {
        "id": _NEW_KEY,
        "number": _NEW_NUMBER,
        "last_entry": "t.last_entry + k * $3",
        "changes_on": "NULL",
    },
    "sites": {"id": _NEW_KEY, "provider_id": _NEW_KEY},
    "offers": {"id": _NEW_KEY, "site_id": _NEW_KEY},
    "listings": {"id": _NEW_KEY, "provider_id": _NEW_KEY, "site_id": _NEW_KEY},
    "listing_moves": {"id": _NEW_KEY, "listing_id": _NEW_KEY},
    "site_outcomes": {"site_id": _NEW_KEY, "publication_id": "NULL", "changes_on": "NULL"},
    "inspections": {
        "id": _NEW_KEY,
        "provider_id": _NEW_KEY,
        "reference": "t.reference || ' ' || k || '$4'",
    },
    "inspection_sites": {"inspection_id": _NEW_KEY, "site_id": _NEW_KEY},
    "inspection_judgements": {"id": _NEW_KEY, "inspection_id": _NEW_KEY, "site_id": _NEW_KEY},
    "inspection_publications": {
        "id": _NEW_KEY,
        "inspection_id": _NEW_KEY,
        "provider_id": _NEW_KEY,
    },
    "ledger_entries": {
        "entry": "t.entry + k * $3",
        "number": _NEW_NUMBER,
        "recorded_at": "t.recorded_at - k * interval '5 years'",
    },
    "ledger_bodies": {"entry": "t.entry + k * $3"},
}
"""Columns of which a copy has other values, by table."""


async def multiply_beneath(owner: asyncpg.Connection, times: int, *tables: str) -> None:
    """Make tables beneath the read model so many times as large; of all of them, unless named.

    Whoever changes a register afterwards changes an original: copies are there to be many.
    """
    last = await owner.fetchval("SELECT max(substr(number, 3, 6)::int) FROM providers")
    entry = await owner.fetchval("SELECT entry FROM ledger_head")
    salt = secrets.token_hex(4)  # so that copies may be copied again
    await owner.execute("SET session_replication_role = replica")  # nothing here is an act
    for table in tables or _BENEATH:
        columns = [
            row["column_name"]
            for row in await owner.fetch(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
                "AND table_name = $1 ORDER BY ordinal_position",
                table,
            )
        ]
        copied = [_BENEATH[table].get(name, "t.{0}").format(name) for name in columns]
        statement = (
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(copied)} "
            f"FROM {table} t, generate_series(1, {int(times) - 1}) k"
        )
        for place, value in (("$2", last), ("$3", entry), ("$4", salt)):
            statement = statement.replace(place, str(value))
        await owner.execute(statement)
        await owner.execute(f"VACUUM (ANALYZE) {table}")
    if not tables:
        await owner.execute(f"UPDATE ledger_head SET entry = entry * {int(times)}")
    await owner.execute("SET session_replication_role = DEFAULT")
