"""What a record is compared by, told to whoever assesses it; records merged, and parted again."""

from alembic import op

from migrations.roles import role
from migrations.row_security import function

revision = "0021"
down_revision = "0020"

MOVED = (
    "provider_known_by",
    "provider_people",
    "provider_contacts",
    "bank_references",
    "staff_members",
    "documents",
    "listings",
)
"""Tables whose rows a merge gives to the record that goes on, as they are."""
UNIQUE_WITHIN = {
    "provider_names": "k.kind = t.kind AND k.name = t.name",
    "provider_identifiers": "k.scheme = t.scheme AND k.value = t.value",
}
"""Tables of which a row stays where it is if the record that goes on has the same already."""
FROZEN = ("sites", "provider_names", "provider_identifiers", "document_shares", *MOVED)
"""Tables to which nothing is added for a record that was merged into another."""

LEFT = "('removed', 'refused')"


def upgrade() -> None:
    compare()
    say_what_stands_in_the_way()
    follow_merged_records()
    freeze_merged_records()
    merge()
    part()


def compare() -> None:
    """Tell an applicant's traces, those of who was removed or refused, and of who shares one."""
    function(
        "traces_around(provider uuid, today date)",
        "TABLE (record uuid, number text, standing text, kind text, value text, detail text)",
        TRACES,
        "app",
    )
    function(
        "records_matched(listing uuid, today date)",
        "TABLE (match_id uuid, number text, name text, status text, left_as text, left_on date)",
        f"""
        SELECT w.id, p.number, p.name, p.status, gone.state, gone.since
        FROM walk_back_matches w JOIN providers p ON p.id = w.other_provider_id
        LEFT JOIN LATERAL (
          SELECT CASE WHEN l.state IN {LEFT} THEN l.state ELSE l.next_state END AS state,
            CASE WHEN l.state IN {LEFT} THEN l.state_since ELSE l.next_on END AS since
          FROM listings l WHERE l.provider_id = p.id
            AND (l.state IN {LEFT} OR (l.next_state IN {LEFT} AND l.next_on <= today))
          ORDER BY since DESC, l.id DESC LIMIT 1) gone ON true
        WHERE w.listing_id = listing AND answers_for_listing(listing)
        """,
        "app",
    )


TRACES = f"""
    WITH RECURSIVE own(id, record) AS (
      SELECT p.id, p.id FROM providers p WHERE p.id = provider
        AND (owns_provider(p.id) OR answers_for_provider(p.id))
        AND EXISTS (SELECT FROM listings l WHERE l.provider_id = p.id
                    AND l.state IN ('submitted', 'in-assessment'))
      UNION SELECT p.id, o.record FROM providers p JOIN own o ON p.merged_into = o.id),
    gone(id, record) AS (
      SELECT p.id, p.id FROM providers p WHERE p.id NOT IN (SELECT o.id FROM own o)
        AND EXISTS (SELECT FROM own) AND p.merged_into IS NULL
        AND (p.status = 'removed' OR EXISTS (
          SELECT FROM listings l WHERE l.provider_id = p.id AND (l.state IN {LEFT}
            OR (l.next_state IN {LEFT} AND l.next_on <= today))))
      UNION SELECT p.id, g.record FROM providers p JOIN gone g ON p.merged_into = g.id),
    near(id) AS (
      SELECT s.provider_id FROM sites s JOIN sites mine ON mine.postcode = s.postcode
        JOIN own o ON o.id = mine.provider_id
      UNION SELECT c.provider_id FROM provider_contacts c
        JOIN provider_contacts mine ON mine.kind = c.kind AND mine.canonical = c.canonical
        JOIN own o ON o.id = mine.provider_id
      UNION SELECT p.id FROM providers p JOIN providers mine
        ON p.public_phone = mine.public_phone OR p.website = mine.website
        OR lower(split_part(p.public_email, '@', 2)) = lower(split_part(mine.public_email, '@', 2))
        JOIN own o ON o.id = mine.id),
    chosen(id, record, standing) AS (
      SELECT o.id, o.record, 'own' FROM own o
      UNION ALL SELECT g.id, g.record, 'gone' FROM gone g
      UNION ALL SELECT n.id, n.id, 'near' FROM near n
        WHERE n.id NOT IN (SELECT o.id FROM own o) AND n.id NOT IN (SELECT g.id FROM gone g)),
    traces(id, kind, value, detail) AS (
      SELECT p.id, 'name', p.name, NULL FROM providers p
      UNION ALL SELECT n.provider_id, 'name', n.name, NULL FROM provider_names n
        WHERE n.withdrawn_at IS NULL
      UNION ALL SELECT p.provider_id, 'person', p.name, to_char(p.birth_month, 'YYYY-MM')
        FROM provider_people p
      UNION ALL SELECT s.provider_id, 'address', array_to_string(s.address_lines
          || CASE WHEN s.address_lines = '{{}}' THEN NULL ELSE s.town END, ', '), s.postcode
        FROM sites s
      UNION ALL SELECT c.provider_id, c.kind, c.value, NULL FROM provider_contacts c
      UNION ALL SELECT p.id, 'phone', p.public_phone, NULL FROM providers p
      UNION ALL SELECT p.id, 'email', p.public_email, NULL FROM providers p
      UNION ALL SELECT p.id, 'website', p.website, NULL FROM providers p
      UNION ALL SELECT i.provider_id, i.scheme, i.value, NULL FROM provider_identifiers i
        WHERE i.withdrawn_at IS NULL
      -- Of others' accounts it is told only that they are the applicant's.
      UNION ALL SELECT b.provider_id, 'bank', encode(b.reference_hash, 'hex'), NULL
        FROM bank_references b WHERE b.reference_hash IN (
          SELECT mine.reference_hash FROM bank_references mine JOIN own o
          ON o.id = mine.provider_id)
      UNION ALL SELECT k.successor_id, 'continues', r.number, NULL
        FROM provider_links k JOIN gone g ON g.id = k.predecessor_id
        JOIN providers r ON r.id = g.record WHERE k.ended_at IS NULL)
    SELECT c.record, r.number, c.standing, t.kind, t.value, t.detail
    FROM chosen c JOIN providers r ON r.id = c.record JOIN traces t ON t.id = c.id
    WHERE t.value IS NOT NULL OR t.detail IS NOT NULL
"""


def say_what_stands_in_the_way() -> None:
    """Whoever works, or ever worked, for an owner has a stake; other obstacles are anybody's."""
    function(
        "has_stake_in(provider uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
          WHERE o.provider_id = provider AND m.person_id = acting_person())
        """,
        "app",
    )
    function(
        "merge_obstacle(kept uuid, absorbed uuid, besides uuid)",
        "text",
        """
        SELECT CASE
          WHEN EXISTS (SELECT FROM providers p WHERE p.id IN (kept, absorbed)
                       AND p.merged_into IS NOT NULL) THEN 'merged'
          WHEN EXISTS (SELECT FROM merges g WHERE g.state IN ('proposed', 'undoing')
                       AND g.id <> besides AND (g.kept_id IN (kept, absorbed)
                         OR g.absorbed_id IN (kept, absorbed))) THEN 'merge-open'
          WHEN EXISTS (SELECT FROM claims c WHERE c.provider_id IN (kept, absorbed)
                       AND c.accepted_at IS NULL AND c.withdrawn_at IS NULL) THEN 'claim-open'
          WHEN theirs.id IS NULL THEN NULL
          WHEN ours.id IS NULL THEN 'claimed-would-end'
          WHEN ours.id <> theirs.id THEN 'two-owners'
        END
        FROM (SELECT (SELECT o.organisation_id FROM provider_owners o
                WHERE o.provider_id = kept AND o.ended_at IS NULL) AS id) ours,
             (SELECT (SELECT o.organisation_id FROM provider_owners o
                WHERE o.provider_id = absorbed AND o.ended_at IS NULL) AS id) theirs
        """,
        "app",
    )


ANSWERS = """
        SELECT acts_for_department() OR (NULLIF(current_setting('app.la_code', true), '') <> '' AND (
          EXISTS (SELECT FROM sites s WHERE s.provider_id = provider
                  AND s.la_code = current_setting('app.la_code', true))
          OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                     AND k.la_code = current_setting('app.la_code', true)){merged}))
        """
"""As it was made, to the space: taking this back leaves what was there before."""
MERGED = """
      OR EXISTS (SELECT FROM providers p WHERE p.id = provider
                 AND answers_for_provider(p.merged_into))"""


def follow_merged_records() -> None:
    """Whoever answers for a record answers for those that were merged into it."""
    answer(ANSWERS.format(merged=MERGED))


def answer(body: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION answers_for_provider(provider uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $$ {body} $$"
    )


def freeze_merged_records() -> None:
    """Nothing more is added to a record once it was merged, so that it can be parted again."""
    op.execute(
        """
        CREATE FUNCTION refuse_adding_to_merged() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF EXISTS (SELECT FROM providers p
                     WHERE p.id = NEW.provider_id AND p.merged_into IS NOT NULL) THEN
            RAISE EXCEPTION 'the record was merged into another'
              USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'record_is_merged';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION refuse_adding_to_merged() FROM PUBLIC")
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER not_to_merged BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_adding_to_merged()"
        )


def run_as_owner(signature: str, body: str) -> None:
    """Make a procedure-like function that moves rows nobody else may, for signed-in people."""
    op.execute(
        f"CREATE FUNCTION {signature} RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = pg_catalog, public AS $$ {body} $$"
    )
    name = signature.split("(", maxsplit=1)[0]
    op.execute(f"REVOKE ALL ON FUNCTION {name}(uuid, date) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name}(uuid, date) TO {role('app')}")


def merge() -> None:
    """Give the rows of one record to another, and write each down as it was."""
    moved = "".join(
        f"""
          INSERT INTO merge_moves SELECT m.id, '{table}', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM {table} t WHERE t.provider_id = m.absorbed_id;
          UPDATE {table} SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        """
        for table in MOVED
    )
    apart = "".join(
        f"""
          INSERT INTO merge_moves SELECT m.id, '{table}', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM {table} t WHERE t.provider_id = m.absorbed_id AND NOT EXISTS (
              SELECT FROM {table} k WHERE k.provider_id = m.kept_id AND {same});
          UPDATE {table} SET provider_id = m.kept_id WHERE id IN (
            SELECT v.row_id FROM merge_moves v
            WHERE v.merge_id = m.id AND v.table_name = '{table}');
        """
        for table, same in UNIQUE_WITHIN.items()
    )
    run_as_owner(
        "merge_providers(merge uuid, today date)",
        f"""
        #variable_conflict use_column
        DECLARE m merges; last smallint; named uuid;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          PERFORM FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id)
            ORDER BY p.id FOR UPDATE;
          IF m.state IS DISTINCT FROM 'merged' OR m.settled_by IS DISTINCT FROM acting_person()
             OR NOT judges_provider(m.kept_id)
             OR merge_obstacle(m.kept_id, m.absorbed_id, m.id) IS NOT NULL
             OR EXISTS (SELECT FROM merge_moves v WHERE v.merge_id = m.id) THEN
            RAISE EXCEPTION 'no merge confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;

          SELECT coalesce(max(s.reference), 0) INTO last FROM sites s
            WHERE s.provider_id = m.kept_id;
          INSERT INTO merge_moves SELECT m.id, 'sites', s.id, jsonb_build_object(
            'provider_id', s.provider_id, 'reference', s.reference)
            FROM sites s WHERE s.provider_id = m.absorbed_id;
          UPDATE sites s SET provider_id = m.kept_id, reference = last + n.place
            FROM (SELECT t.id, row_number() OVER (ORDER BY t.reference) AS place
                  FROM sites t WHERE t.provider_id = m.absorbed_id) n WHERE n.id = s.id;
          {moved}{apart}
          -- A consent to see everything was given for this record's evidence, not the other's.
          INSERT INTO merge_moves SELECT m.id, 'document_shares', h.id,
            jsonb_build_object('provider_id', h.provider_id) FROM document_shares h
            WHERE h.provider_id = m.absorbed_id AND h.document_id IS NOT NULL;
          UPDATE document_shares SET provider_id = m.kept_id
            WHERE provider_id = m.absorbed_id AND document_id IS NOT NULL;
          INSERT INTO provider_names (id, provider_id, kind, name)
            SELECT gen_random_uuid(), m.kept_id, 'trading', p.name FROM providers p
            JOIN providers k ON k.id = m.kept_id AND k.name <> p.name
            WHERE p.id = m.absorbed_id
            ON CONFLICT (provider_id, kind, name) DO NOTHING RETURNING id INTO named;
          IF named IS NOT NULL THEN
            INSERT INTO merge_moves VALUES (m.id, 'provider_names', named, '{{}}');
          END IF;
          {LINKS}
          INSERT INTO merge_moves SELECT m.id, 'providers', p.id, jsonb_build_object(
            'status', p.status, 'status_since', p.status_since, 'changes_on', p.changes_on)
            FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id);
          UPDATE providers p SET version = p.version + 1 WHERE p.id = m.kept_id;
          UPDATE providers p SET merged_into = m.kept_id, version = p.version + 1,
            changes_on = NULL,
            status = CASE p.status WHEN 'known' THEN 'known' ELSE 'closed' END,
            status_since = CASE WHEN p.status IN ('known', 'closed') THEN p.status_since
                           ELSE today END
            WHERE p.id = m.absorbed_id;
          {CHANGED.format(reason="It was merged into another record.")}
        END
        """,
    )


CHANGED = """
          INSERT INTO provider_status_changes
            (id, provider_id, status, effective_on, reason, actor, recorded_at)
            SELECT gen_random_uuid(), p.id, p.status, p.status_since, '{reason}',
              current_setting('app.actor'), clock_timestamp()
            FROM providers p WHERE p.id = m.absorbed_id AND p.status <> 'known'
            OR p.id = m.kept_id AND p.status = 'closed' AND p.status_since = today;
"""
LINKS = """
          -- A link between the two says nothing any more, nor one that the other has already.
          INSERT INTO merge_moves SELECT m.id, 'provider_links', l.id,
            jsonb_build_object('ended_at', NULL) FROM provider_links l
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id)
            AND (m.kept_id IN (l.predecessor_id, l.successor_id) OR EXISTS (
              SELECT FROM provider_links k WHERE k.ended_at IS NULL
              AND (k.predecessor_id, k.successor_id) IN (
                (m.kept_id, l.successor_id), (l.predecessor_id, m.kept_id))));
          UPDATE provider_links l SET ended_at = now() WHERE l.id IN (
            SELECT v.row_id FROM merge_moves v
            WHERE v.merge_id = m.id AND v.table_name = 'provider_links');
          INSERT INTO merge_moves SELECT m.id, 'provider_links', l.id, jsonb_build_object(
            'predecessor_id', l.predecessor_id, 'successor_id', l.successor_id)
            FROM provider_links l
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id);
          UPDATE provider_links l SET
            predecessor_id = CASE l.predecessor_id WHEN m.absorbed_id THEN m.kept_id
                             ELSE l.predecessor_id END,
            successor_id = CASE l.successor_id WHEN m.absorbed_id THEN m.kept_id
                           ELSE l.successor_id END
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id);
          -- What was grouped with either is grouped with the one; its own sites need no grouping.
          INSERT INTO merge_moves SELECT m.id, 'institution_sites', i.id, CASE
              WHEN s.provider_id = m.kept_id THEN jsonb_build_object('ended_at', NULL)
              ELSE jsonb_build_object('provider_id', i.provider_id) END
            FROM institution_sites i JOIN sites s ON s.id = i.site_id
            WHERE i.ended_at IS NULL AND (i.provider_id = m.absorbed_id
              OR (i.provider_id = m.kept_id AND s.provider_id = m.kept_id));
          UPDATE institution_sites i SET
            ended_at = CASE WHEN v.former ? 'ended_at' THEN now() ELSE i.ended_at END,
            provider_id = CASE WHEN v.former ? 'ended_at' THEN i.provider_id ELSE m.kept_id END
            FROM merge_moves v WHERE v.merge_id = m.id AND v.table_name = 'institution_sites'
            AND v.row_id = i.id;
"""


def part() -> None:
    """Give every row back as it was, and what came to a site since along with it."""
    changed = CHANGED.format(reason="It was parted again from another record.")
    run_as_owner(
        "part_providers(merge uuid, today date)",
        """
        #variable_conflict use_column
        DECLARE m merges; v merge_moves; columns text;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          PERFORM FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id)
            ORDER BY p.id FOR UPDATE;
          IF m.state IS DISTINCT FROM 'undone'
             OR m.undo_settled_by IS DISTINCT FROM acting_person()
             OR NOT judges_provider(m.kept_id)
             OR NOT EXISTS (SELECT FROM providers p WHERE p.id = m.absorbed_id
                            AND p.merged_into = m.kept_id)
             OR EXISTS (SELECT FROM providers p WHERE p.id = m.kept_id
                        AND p.merged_into IS NOT NULL) THEN
            RAISE EXCEPTION 'no parting confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;

          UPDATE providers p SET merged_into = NULL WHERE p.id = m.absorbed_id;
          FOR v IN SELECT * FROM merge_moves r WHERE r.merge_id = m.id LOOP
            IF v.former = '{}' THEN
              EXECUTE format('DELETE FROM %I WHERE id = $1', v.table_name) USING v.row_id;
            ELSE
              SELECT string_agg(format('%1$I = f.%1$I', c), ', ') INTO columns
                FROM jsonb_object_keys(v.former) c;
              EXECUTE format('UPDATE %1$I t SET %2$s FROM jsonb_populate_record(NULL::%1$I, $1) f '
                'WHERE t.id = $2', v.table_name, columns) USING v.former, v.row_id;
            END IF;
          END LOOP;
          UPDATE providers p SET version = p.version + 1,
            status = CASE WHEN p.status = 'known' AND p.last_entry IS NOT NULL THEN 'closed'
                     ELSE p.status END,
            status_since = CASE WHEN p.status = 'known' AND p.last_entry IS NOT NULL THEN today
                           ELSE p.status_since END
            WHERE p.id IN (m.kept_id, m.absorbed_id);
          CHANGED
          -- A listing or a document that came to a moved site since goes where the site goes.
          UPDATE listings l SET provider_id = m.absorbed_id FROM sites s
            WHERE s.id = l.site_id AND s.provider_id = m.absorbed_id
            AND l.provider_id = m.kept_id;
          UPDATE documents d SET provider_id = m.absorbed_id FROM sites s
            WHERE s.id = d.site_id AND s.provider_id = m.absorbed_id
            AND d.provider_id = m.kept_id;
          UPDATE document_shares h SET provider_id = m.absorbed_id FROM documents d
            WHERE d.id = h.document_id AND d.provider_id = m.absorbed_id
            AND h.provider_id = m.kept_id;
        END
        """.replace("CHANGED", changed),
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION has_stake_in(uuid)")
    op.execute("DROP FUNCTION merge_obstacle(uuid, uuid, uuid)")
    for name in ("traces_around", "records_matched", "merge_providers", "part_providers"):
        op.execute(f"DROP FUNCTION {name}(uuid, date)")
    for table in FROZEN:
        op.execute(f"DROP TRIGGER not_to_merged ON {table}")
    op.execute("DROP FUNCTION refuse_adding_to_merged()")
    answer(ANSWERS.format(merged=""))
