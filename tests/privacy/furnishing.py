"""A register with something in every table, and the public pages and calls that show it."""

from typing import Any

import asyncpg
import orjson
from joserfc.jwk import ECKey

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.ledger.canonical import canonical
from app.register.publishing import publish, rebuild
from tests.factories.providers import make_known_by, make_provider, make_site, put_on_register
from tests.migrations.cast import assemble

_COMPLETED = """
    UPDATE providers SET status = 'listed' WHERE name = 'Example Kept';
    INSERT INTO import_runs VALUES (gen_random_uuid(), 'postcodes', 'a.csv', 'a', '', 'OS',
      NULL, 'OGL', 1, 1, 0, 0, 0, false, 'test', now());
    UPDATE documents SET withdrawn_at = now(), withdrawn_reason = 'said so'
      WHERE id = (SELECT id FROM documents ORDER BY id LIMIT 1);
    UPDATE files SET state = 'infected', scanned_at = now(), scanner = 'said so', finding = 'so'
      WHERE id = (SELECT id FROM files ORDER BY id LIMIT 1);
    UPDATE offers SET sessions = '[{"day": 1, "from": "09:00", "to": "12:00"}]';
    UPDATE listing_questions SET answer = 'There.', answered_at = now();
    UPDATE walk_back_matches
      SET judgement = 'unrelated', judged_at = now(), judged_reason = 'said so';
    UPDATE concerns SET closure = 'resolved', closed_at = now(), closed_by = raised_by,
      closed_reason = 'said so' WHERE id = (SELECT id FROM concerns ORDER BY id LIMIT 1);
    UPDATE registration_cases SET closure = 'referred', closed_at = now(), closed_reason = 'so',
      closed_by = (SELECT id FROM people LIMIT 1)
      WHERE id = (SELECT id FROM registration_cases ORDER BY id LIMIT 1);
    UPDATE site_checks SET withdrawn_at = now(), withdrawn_reason = 'so'
      WHERE id = (SELECT id FROM site_checks ORDER BY id LIMIT 1);
    UPDATE assessments SET withdrawn_at = now(), withdrawn_reason = 'not-needed'
      WHERE id = (SELECT id FROM assessments ORDER BY id LIMIT 1);
    UPDATE assessment_options SET programme = 'so', price_pence = 1, price_unit = 'week',
      sessions = '[{"weekday": "monday"}]', weekly_minutes = 60, light = 'green',
      reached_on = current_date, tested_at = now();
    UPDATE placements SET encrypted_urgency = decode(repeat('00', 28), 'hex');
    UPDATE placements SET ended_on = starts_on, end_reason = 'moved', destination = 'unknown'
      WHERE id = (SELECT id FROM placements ORDER BY id LIMIT 1);
    UPDATE funding_arrangements SET hours_changed_on = since, agreed_at = now();
    UPDATE funding_terms SET units_a_week = 5, unit = 'day', vat_note = 'so', why = 'so',
      law_organisation_id = (SELECT id FROM organisations LIMIT 1), owed_by_rule = 'so';
    UPDATE funding_payers SET share_basis_points = 5000, order_number = 'so';
    UPDATE funding_payers SET organisation_id = NULL, name = 'so'
      WHERE (arrangement_id, number) = (SELECT arrangement_id, number FROM funding_payers LIMIT 1);
    UPDATE funding_recoveries SET formula = 'so';
    UPDATE funding_overrides SET confirmed_at = now(), confirmed_by_name = 'so',
      confirmed_by = (SELECT id FROM people WHERE id <> proposed_by LIMIT 1);
    UPDATE funding_disputes SET settlement = 'decision', settled_at = now(), decided_by = 'so',
      settled_by = opened_by, encrypted_settlement = encrypted_reason;
    UPDATE interim_payers SET until = since,
      organisation_id = (SELECT id FROM organisations LIMIT 1);
    UPDATE review_openings SET acknowledged_at = now(), acknowledged_by_name = 'Example Person',
      settled_on = opened_on;
    UPDATE follow_ups SET outcome = 'found', evidence = 'seen-in-person', closed_on = since,
      closed_by_name = 'Example Person', destination = 'custody', next_step_by = NULL,
      school_id = commissioner_id, care_la_code = la_code
      WHERE id = (SELECT id FROM follow_ups ORDER BY id LIMIT 1);
    UPDATE follow_up_handovers SET answer = 'declined', answered_on = offered_on,
      answered_by_name = 'Example Person'
      WHERE id = (SELECT id FROM follow_up_handovers ORDER BY id LIMIT 1);
    UPDATE attendance_facts SET kind = 'left-early', arrived_at = starts, left_at = starts,
      reference = id::text, told_by = 'so', told_at = now();
    UPDATE attendance_facts SET kind = 'absent', absence = 'ill', left_at = NULL
      WHERE id = (SELECT id FROM attendance_facts ORDER BY id LIMIT 1);
    UPDATE attendance_closures SET withdrawn_at = now();
    UPDATE attendance_closures SET commissioner_id = NULL,
      placement_id = (SELECT id FROM placements LIMIT 1)
      WHERE id = (SELECT id FROM attendance_closures WHERE commissioner_id IS NOT NULL LIMIT 1);
    UPDATE attendance_codes SET proposed = 'K', warning = 'so';
    UPDATE attendance_alerts SET answer = 'safe', answered_at = now(), answered_by_name = 'so',
      answered_by = (SELECT id FROM people LIMIT 1);
    UPDATE safeguarding_items SET next_due = done_on;
    UPDATE provider_safeguarding_items SET next_due = done_on;
    INSERT INTO notice_sendings SELECT gen_random_uuid(), notice_id, placement_id, 'returned',
      'post', sent_at, given_at, 'so', id, 'so', now() FROM notice_sendings;
    UPDATE duty_periods SET until = since;
    UPDATE duty_contacts SET post = 'so', encrypted_reach = decode(repeat('00', 28), 'hex');
    UPDATE duty_offers SET answer = 'refused', answered_at = now(), answered_by_name = 'so',
      answered_by = offered_by;
    UPDATE match_questions SET answer = 'same', answered_at = now(), answered_reason = 'said so',
      answered_by = (SELECT id FROM people LIMIT 1)
      WHERE id = (SELECT id FROM match_questions ORDER BY id LIMIT 1);
    UPDATE inspections SET state = 'cancelled', cancelled_reason = 'said so', published_at = NULL
      WHERE id = (SELECT id FROM inspections WHERE state <> 'published' ORDER BY id LIMIT 1);
    UPDATE inspection_appeals SET state = 'decided', decision = 'dismissed', reason = 'said so',
      decided_by = appealed_by, decided_at = now();
    UPDATE sign_in_sessions SET ended_at = now(), ended_because = 'said so'
      WHERE id = (SELECT id FROM sign_in_sessions ORDER BY id LIMIT 1);
"""
"""What the cast of row security leaves open: states that only come about in time."""

_TOMBSTONE = """
    UPDATE ledger_bodies SET record = NULL, salt = NULL, redacted_at = now(),
      redaction_reason = 'home-address' WHERE entry = 1
"""


async def furnish(database: Database, owner: asyncpg.Connection) -> None:
    """Let public providers be, one with a redacted past, and private rows about them everywhere."""
    particulars = {
        "other_names": [{"name": "Another name"}],
        "identifiers": [{"scheme": "ukprn", "value": "10000001"}],
        "known_by": (make_known_by(),),
    }
    await put_on_register(
        database,
        make_provider("Example Forge", make_site(), **particulars),
        make_provider("Example Farm", make_site("Example Field")),
    )
    await assemble(owner)
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(_COMPLETED)
        key = ECKey.generate_key("P-256").as_dict(private=False)
        key |= {"kid": "test", "use": "sig", "alg": "ES256"}
        await owner.execute("UPDATE signing_keys SET public_jwk = $1", orjson.dumps(key).decode())
        for row in await owner.fetch("SELECT id, reference, kind, planned_on FROM inspections"):
            await owner.execute(
                "UPDATE inspection_publications SET document = $2 WHERE inspection_id = $1",
                *(row["id"], canonical(_document(row))),
            )


def _document(row: asyncpg.Record) -> dict[str, Any]:
    """Return an inspection of nothing, as it is published."""
    day = row["planned_on"].isoformat()
    told = {"reference": row["reference"], "kind": row["kind"], "planned_on": day}
    told |= {"sent_on": day, "published_on": day, "provider": "AP000001U", "criteria": []}
    return told | {"body": "Example Body", "standards": "working-set-1", "sites": {}}


async def publish_all(database: Database, owner: asyncpg.Connection) -> list[str]:
    """Publish every public provider whose record now differs; return their numbers."""
    ids = [row["id"] for row in await owner.fetch("SELECT id FROM providers")]
    async with transaction(database, OPERATOR) as session:
        entries = await publish(session, dict.fromkeys(ids))
    return sorted(entry.number for entry in entries)


async def take_out_the_first_entry(database: Database, owner: asyncpg.Connection) -> None:
    """Let the log's first body be a tombstone, as after a redaction, and write all anew."""
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(_TOMBSTONE)
    async with transaction(database, OPERATOR) as session:
        await rebuild(session)
