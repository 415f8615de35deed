"""A reliance ends with the version it rests on."""

from alembic import op

from migrations.roles import role

revision = "0042"
down_revision = "0041"

NAME = "end_reliances_taken_back(uuid, date)"


def upgrade() -> None:
    # Whoever takes a version out has no part in what other bodies rely on: the fact alone ends it.
    op.execute(
        """
        CREATE FUNCTION end_reliances_taken_back(inspection uuid, since date) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
          UPDATE reliances r
          SET ended_on = greatest(since, r.since), ended_because = 'inspection-withdrawn',
            version = r.version + 1
          WHERE r.inspection_id = inspection AND r.ended_on IS NULL
            AND (SELECT p.document IS NULL FROM inspection_publications p
                 WHERE p.inspection_id = inspection AND p.published_at <= r.made_at
                 ORDER BY p.version DESC LIMIT 1)
          RETURNING r.id
        $$
        """
    )
    op.execute(f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {NAME} TO {role('app')}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {NAME}")
