"""Children's records that are held back, erased when their time is over, and erased anew."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow_all_rows, function

revision = "0052"
down_revision = "0051"

HOLDS = "held_because IN ('inquiry', 'court', 'complaint', 'safeguarding')"


def upgrade() -> None:
    op.add_column(
        "children",
        sa.Column(
            "held_because",
            sa.Text(),
            nullable=True,
            comment="Not to be erased while this stands; empty: nothing stands against it",
        ),
    )
    op.create_check_constraint(op.f("children_hold_known_check"), "children", HOLDS)
    op.create_check_constraint(
        op.f("children_not_erased_while_held_check"),
        "children",
        "erased_at IS NULL OR held_because IS NULL",
    )
    op.execute(f"GRANT UPDATE (held_because) ON children TO {role('app')}")
    find_quiet()
    erase()
    function(
        "count_unerased(wanted uuid[])",
        "bigint",
        " SELECT count(*) FROM children c WHERE c.id = ANY (wanted) AND c.erased_at IS NULL ",
        "operator",
    )
    allow_all_rows("operator", "sees", "erasures")
    op.execute(f"GRANT SELECT (child_id, erased_at, reason) ON erasures TO {role('operator')}")


def find_quiet() -> None:
    """What leaves here names nobody: the rule decides from days alone."""
    function(
        "quiet_children(before date, after uuid, most integer)",
        "TABLE (child_id uuid, born_on date, quiet_since date, plan_or_care boolean)",
        """
        SELECT c.id, c.date_of_birth, q.since,
          EXISTS (SELECT FROM child_circumstances d WHERE d.child_id = c.id
                  AND (d.plan_la_code IS NOT NULL OR d.care_la_code IS NOT NULL))
        FROM children c
        CROSS JOIN LATERAL (
          SELECT coalesce(max(p.ended_on), (c.changed_at AT TIME ZONE 'Europe/London')::date)
            AS since, coalesce(bool_or(p.ended_on IS NULL), false) AS placed
          FROM placements p WHERE p.child_id = c.id) q
        WHERE (after IS NULL OR c.id > after) AND c.erased_at IS NULL AND c.held_because IS NULL
          AND NOT q.placed AND q.since < before
          AND NOT EXISTS (SELECT FROM follow_ups f WHERE f.child_id = c.id AND f.closed_on IS NULL)
        ORDER BY c.id LIMIT most
        """,
        "worker",
    )


def erase() -> None:
    op.execute("""
        CREATE FUNCTION erase_child(child uuid, moment timestamptz, because text)
        RETURNS TABLE (commissioner_id uuid, since date[], home_la text[])
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          SELECT c.commissioner_id INTO commissioner_id FROM children c
          WHERE c.id = child AND c.erased_at IS NULL FOR UPDATE;
          IF NOT FOUND THEN RETURN; END IF;
          SELECT coalesce(array_agg(d.since ORDER BY d.since), '{}'),
            coalesce(array_agg(d.home_la_code ORDER BY d.since), '{}')
          INTO since, home_la FROM child_circumstances d WHERE d.child_id = child;
          INSERT INTO erasures (child_id, erased_at, reason) VALUES (child, moment, because)
          ON CONFLICT DO NOTHING;
          DELETE FROM match_questions q WHERE child IN (q.child_id, q.other_child_id);
          DELETE FROM child_links n WHERE n.child_id = child;
          DELETE FROM child_particulars p WHERE p.child_id = child;
          DELETE FROM child_circumstances d WHERE d.child_id = child;
          UPDATE children c SET sealed_key = NULL, date_of_birth = NULL, reference = NULL,
            held_because = NULL, erased_at = moment, changed_at = moment, version = version + 1
          WHERE c.id = child;
          RETURN NEXT;
        END $$""")
    op.execute("REVOKE ALL ON FUNCTION erase_child(uuid, timestamptz, text) FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION erase_child(uuid, timestamptz, text) "
        f"TO {role('worker')}, {role('operator')}"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION erase_child(uuid, timestamptz, text)")
    op.execute("DROP FUNCTION quiet_children(date, uuid, integer)")
    op.execute("DROP FUNCTION count_unerased(uuid[])")
    op.execute("DROP POLICY operator_sees ON erasures")
    op.execute(f"REVOKE SELECT (child_id, erased_at, reason) ON erasures FROM {role('operator')}")
    op.drop_constraint(op.f("children_not_erased_while_held_check"), "children")
    op.drop_constraint(op.f("children_hold_known_check"), "children")
    op.drop_column("children", "held_because")
