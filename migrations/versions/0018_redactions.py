"""Facts taken out of the log, by two people; what the public may read of a provider's history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, protect

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "redactions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False, comment="The provider's"),
        sa.Column(
            "pointer",
            sa.Text(),
            nullable=False,
            comment="JSON pointer into the record; * is every place of a list",
        ),
        sa.Column(
            "value_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of salt and canonical value; never the value",
        ),
        sa.Column(
            "salt",
            sa.LargeBinary(),
            nullable=True,
            comment="16 random bytes, gone once settled: then the hash tells nothing",
        ),
        sa.Column("grounds", sa.Text(), nullable=False, comment="Of a closed list; public"),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="Why, for the public; not the fact itself",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="For whom it was proposed"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.UUID(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "entries",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="The log's entries that hold, or held, the fact",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("redactions_reasoned_check")),
        sa.CheckConstraint(
            "grounds IN ('home-address', 'personal-data', 'published-in-error', 'court-order', "
            "'other')",
            name=op.f("redactions_grounds_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'declined', 'done')", name=op.f("redactions_state_known_check")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (settled_by IS NULL) "
            "AND (state = 'proposed') = (settled_at IS NULL)",
            name=op.f("redactions_settled_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "settled_by <> proposed_by", name=op.f("redactions_by_two_people_check")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (salt IS NOT NULL)",
            name=op.f("redactions_salted_while_open_check"),
        ),
        sa.CheckConstraint(
            "cardinality(entries) > 0", name=op.f("redactions_of_some_entries_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("redactions_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("redactions_proposed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("redactions_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("redactions_settled_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("redactions_pkey")),
    )
    for column in ("organisation_id", "proposed_by", "provider_id", "settled_by"):
        op.create_index(op.f(f"redactions_{column}_idx"), "redactions", [column], unique=False)
    op.create_index(
        "redactions_open_key",
        "redactions",
        ["provider_id", "pointer"],
        unique=True,
        postgresql_where="state = 'proposed'",
    )
    guard_what_is_settled()
    protect_rows()
    let_history_be_read()


def guard_what_is_settled() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_settling_twice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND NEW.state <> 'proposed' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'a redaction is settled once and stays: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER settled_once BEFORE UPDATE OR DELETE ON redactions "
        "FOR EACH ROW EXECUTE FUNCTION refuse_settling_twice()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON redactions "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def protect_rows() -> None:
    """Who answers for the provider proposes; of the log, only the department's people settle."""
    app = role("app")
    protect("redactions")
    allow("app", "sees", "redactions", "answers_for_provider(provider_id)")
    allow(
        "app",
        "adds",
        "redactions",
        "state = 'proposed' AND proposed_by = acting_person() "
        "AND organisation_id = acting_organisation() AND judges_provider(provider_id)",
    )
    allow(
        "app",
        "changes",
        "redactions",
        "acts_for_department() AND judges_provider(provider_id) "
        "AND coalesce(settled_by, acting_person()) = acting_person()",
    )
    op.execute(f"GRANT SELECT, INSERT ON redactions TO {app}")
    op.execute(
        "GRANT UPDATE (state, salt, settled_by, settled_at, entries, version) ON redactions "
        f"TO {app}"
    )


def let_history_be_read() -> None:
    """What was published is public, but for the salts; and what was taken out is gone for all."""
    op.execute(f"GRANT SELECT ON ledger_entries TO {role('read')}, {role('app')}")
    op.execute(
        "GRANT SELECT (entry, record, redacted_at, redaction_reason) ON ledger_bodies "
        f"TO {role('read')}"
    )
    op.execute(
        "GRANT UPDATE (record, salt, redacted_at, redaction_reason) ON ledger_bodies "
        f"TO {role('publisher')}"
    )


def downgrade() -> None:
    op.execute(f"REVOKE SELECT ON ledger_entries FROM {role('read')}, {role('app')}")
    op.execute(
        "REVOKE SELECT (entry, record, redacted_at, redaction_reason) ON ledger_bodies "
        f"FROM {role('read')}"
    )
    op.execute(
        "REVOKE UPDATE (record, salt, redacted_at, redaction_reason) ON ledger_bodies "
        f"FROM {role('publisher')}"
    )
    op.drop_table("redactions")
    op.execute("DROP FUNCTION refuse_settling_twice()")
