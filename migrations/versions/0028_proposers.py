"""Who proposed to take a fact out of the log, by name, for those who answer for the provider."""

from alembic import op

from migrations.row_security import function

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    # The second officer works for another organisation, whose people one does not see otherwise.
    function(
        "proposer_of_redaction(redaction uuid)",
        "text",
        """
        SELECT p.name FROM redactions r JOIN people p ON p.id = r.proposed_by
        WHERE r.id = redaction AND answers_for_provider(r.provider_id)
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION proposer_of_redaction(uuid)")
