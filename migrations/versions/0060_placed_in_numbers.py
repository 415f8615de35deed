"""What is asked of placements does not cost more beside those that ended long ago."""

from alembic import op

from migrations.row_security import function

revision = "0060"
down_revision = "0062"

PLACED = "placed_institutions(since date, until date, after uuid, most integer)"
TYPES = "placed_institutions(date, date, uuid, integer)"


def upgrade() -> None:
    # An institution has a site or two; taken for a thousand, every commitment of a day was read.
    op.execute("ALTER FUNCTION institution_sites_of(uuid) ROWS 2")
    _place(
        """
        SELECT DISTINCT i.id FROM (SELECT DISTINCT c.site_id FROM commitments c
          WHERE c.period && daterange(since, until, '[]')) s, LATERAL institution_of(s.site_id) i(id)
        WHERE after IS NULL OR i.id > after ORDER BY i.id LIMIT most
        """
    )
    op.execute(
        "CREATE INDEX commitments_child_link_period_idx ON commitments "
        "USING gist (child_link, period)"
    )
    op.execute("DROP INDEX commitments_child_link_idx")
    op.execute(
        "CREATE INDEX placements_ended_on_idx ON placements (ended_on, id) "
        "WHERE ended_on IS NOT NULL"
    )
    function(
        "children_answered_for()",
        "uuid[]",
        """
        SELECT coalesce(array_agg(n.child_id), '{}') FROM (
          SELECT child_id FROM child_circumstances
            WHERE home_la_code = NULLIF(current_setting('app.la_code', true), '')
          UNION SELECT child_id FROM child_circumstances
            WHERE plan_la_code = NULLIF(current_setting('app.la_code', true), '')
          UNION SELECT child_id FROM child_circumstances
            WHERE care_la_code = NULLIF(current_setting('app.la_code', true), '')
        ) n WHERE is_responsible_for_child(n.child_id)
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION children_answered_for()")
    op.execute("DROP INDEX placements_ended_on_idx")
    op.execute("CREATE INDEX commitments_child_link_idx ON commitments (child_link)")
    op.execute("DROP INDEX commitments_child_link_period_idx")
    _place(
        """
        SELECT p.id FROM providers p WHERE (after IS NULL OR p.id > after) AND EXISTS (
          SELECT FROM commitments c WHERE c.site_id IN (SELECT institution_sites_of(p.id))
            AND c.period && daterange(since, until, '[]'))
        ORDER BY p.id LIMIT most
        """
    )
    op.execute("ALTER FUNCTION institution_sites_of(uuid) ROWS 1000")


def _place(body: str) -> None:
    op.execute(f"DROP FUNCTION {TYPES}")
    function(PLACED, "SETOF uuid", body, "threshold")
