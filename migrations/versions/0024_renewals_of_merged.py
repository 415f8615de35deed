"""What renewed a document goes where the document goes; names are searched before who sees them."""

from alembic import op

from migrations.roles import role
from migrations.row_security import function

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION carry_renewals(merge uuid) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE m merges;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          IF m.state IS DISTINCT FROM 'undone'
             OR m.undo_settled_by IS DISTINCT FROM acting_person() THEN
            RAISE EXCEPTION 'no parting confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          WITH RECURSIVE renewals AS (
            SELECT d.id FROM documents d WHERE d.provider_id = m.absorbed_id
            UNION SELECT d.id FROM documents d JOIN renewals r ON d.replaces_id = r.id)
          UPDATE documents d SET provider_id = m.absorbed_id FROM renewals r
            WHERE r.id = d.id AND d.provider_id = m.kept_id;
          UPDATE document_shares h SET provider_id = m.absorbed_id FROM documents d
            WHERE d.id = h.document_id AND d.provider_id = m.absorbed_id
            AND h.provider_id = m.kept_id;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION carry_renewals(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION carry_renewals(uuid) TO {role('app')}")
    # Ids tell nothing of a record; who asks joins them with the records they may see.
    function(
        "records_named(beginnings text)",
        "SETOF uuid",
        r"""
        SELECT p.id FROM providers p WHERE acting_organisation() IS NOT NULL AND regexp_replace(
          public.unaccent(lower(p.name)), '[^a-z0-9]', '', 'g') ~ beginnings
        UNION SELECT n.provider_id FROM provider_names n
          WHERE acting_organisation() IS NOT NULL AND regexp_replace(
            public.unaccent(lower(n.name)), '[^a-z0-9]', '', 'g') ~ beginnings
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION records_named(text)")
    op.execute("DROP FUNCTION carry_renewals(uuid)")
