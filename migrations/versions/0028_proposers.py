"""Who proposed a redaction or a merge, by name, for those who answer for the provider."""

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
    function(
        "named_in_merge(merge uuid, person uuid)",
        "text",
        """
        SELECT p.name FROM merges m JOIN people p ON p.id = person
        WHERE m.id = merge
          AND person IN (m.proposed_by, m.settled_by, m.undo_proposed_by, m.undo_settled_by)
          AND (answers_for_provider(m.kept_id) OR answers_for_provider(m.absorbed_id))
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION named_in_merge(uuid, uuid)")
    op.execute("DROP FUNCTION proposer_of_redaction(uuid)")
