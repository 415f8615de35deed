"""What is gone tells against a listing; whose word counts; two people take out of the log."""

from alembic import op

from migrations.roles import role
from migrations.row_security import allow

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    publisher = role("publisher")
    op.execute(f"GRANT SELECT (file_id, added_at) ON documents TO {publisher}")
    op.execute(f"GRANT SELECT (id, state, scanned_at) ON files TO {publisher}")
    allow("publisher", "sees", "files")
    # A former owner's word is not the present one's.
    op.execute(f"GRANT SELECT (recorded_at) ON provider_confirmations TO {publisher}")
    op.execute(f"GRANT SELECT (provider_id, began_at, ended_at) ON provider_owners TO {publisher}")
    allow("publisher", "sees", "provider_owners")
    op.execute(
        """
        CREATE FUNCTION require_redaction() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF EXISTS (SELECT FROM redactions WHERE state = 'done' AND NEW.entry = ANY (entries)) THEN
            RETURN NULL;
          END IF;
          RAISE EXCEPTION 'no settled redaction takes anything out of entry %', NEW.entry
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION require_redaction() FROM PUBLIC")
    # At the end, for the entries are told apart, and noted on the redaction, only while it is done.
    op.execute(
        "CREATE CONSTRAINT TRIGGER taken_out_by_two AFTER UPDATE ON ledger_bodies "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.redacted_at IS NOT NULL) "
        "EXECUTE FUNCTION require_redaction()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER taken_out_by_two ON ledger_bodies")
    op.execute("DROP FUNCTION require_redaction()")
    publisher = role("publisher")
    op.execute(f"REVOKE SELECT (recorded_at) ON provider_confirmations FROM {publisher}")
    op.execute("DROP POLICY publisher_sees ON provider_owners")
    op.execute(
        f"REVOKE SELECT (provider_id, began_at, ended_at) ON provider_owners FROM {publisher}"
    )
    op.execute("DROP POLICY publisher_sees ON files")
    op.execute(f"REVOKE SELECT (id, state, scanned_at) ON files FROM {publisher}")
    op.execute(f"REVOKE SELECT (file_id, added_at) ON documents FROM {publisher}")
