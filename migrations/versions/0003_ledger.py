"""The log: head, entries, bodies; append-only even for their owner, except a body's tombstone."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.SmallInteger(), nullable=False, comment="Always 1"),
        sa.Column(
            "entry",
            sa.BigInteger(),
            nullable=False,
            comment="Number of the newest entry; 0 if none",
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), nullable=True, comment="Its recorded time"
        ),
        sa.Column(
            "epoch",
            sa.UUID(),
            nullable=False,
            comment="Names this log: a cursor of another log is not a cursor of this one",
        ),
        sa.Column(
            "demonstration",
            sa.Boolean(),
            nullable=False,
            comment="Every provider is invented; chosen while the log is empty, never changed after",
        ),
        sa.CheckConstraint(
            "(entry = 0) = (recorded_at IS NULL)", name=op.f("ledger_head_empty_or_dated_check")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ledger_head_one_row_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_head_pkey")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column(
            "entry",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="From 1, without gaps",
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the log learned it; strictly rising with the number",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=False, comment="The London day from which it holds"
        ),
        sa.Column(
            "number",
            sa.Text(),
            nullable=False,
            comment="Provider number; no foreign key, the log outlives what it names",
        ),
        sa.Column(
            "record_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of salt and record"
        ),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False, comment="RFC 6962 leaf hash"),
        sa.CheckConstraint("entry > 0", name=op.f("ledger_entries_numbered_from_one_check")),
        sa.CheckConstraint(
            "octet_length(leaf_hash) = 32", name=op.f("ledger_entries_leaf_hash_length_check")
        ),
        sa.CheckConstraint(
            "octet_length(record_hash) = 32", name=op.f("ledger_entries_record_hash_length_check")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("ledger_entries_pkey")),
        sa.UniqueConstraint("recorded_at", name=op.f("ledger_entries_recorded_at_key")),
    )
    op.create_index(op.f("ledger_entries_number_idx"), "ledger_entries", ["number"], unique=False)
    op.create_table(
        "ledger_bodies",
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True, comment="16 random bytes"),
        sa.Column("record", sa.LargeBinary(), nullable=True, comment="Canonical JSON, RFC 8785"),
        sa.Column(
            "redacted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken out",
        ),
        sa.Column("redaction_reason", sa.Text(), nullable=True, comment="Why, for the public"),
        sa.CheckConstraint(
            "(record IS NULL) = (salt IS NULL) AND (record IS NULL) = (redacted_at IS NOT NULL) AND (record IS NULL) = (redaction_reason IS NOT NULL)",
            name=op.f("ledger_bodies_record_or_tombstone_check"),
        ),
        sa.ForeignKeyConstraint(
            ["entry"], ["ledger_entries.entry"], name=op.f("ledger_bodies_entry_fkey")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("ledger_bodies_pkey")),
    )
    op.execute(
        "INSERT INTO ledger_head (id, entry, recorded_at, epoch, demonstration) "
        "VALUES (1, 0, NULL, gen_random_uuid(), false)"
    )
    guard_against_change()
    op.execute(f"GRANT SELECT ON ledger_head, ledger_entries, ledger_bodies TO {role('operator')}")
    op.execute(f"GRANT SELECT ON ledger_head TO {role('app')}, {role('read')}")
    op.execute(f"GRANT SELECT, INSERT ON ledger_entries, ledger_bodies TO {role('publisher')}")
    op.execute(
        "GRANT SELECT, UPDATE (entry, recorded_at, demonstration) ON ledger_head "
        f"TO {role('publisher')}"
    )


def guard_against_change() -> None:
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    # The one change a body may see: the record goes, the tombstone stays.
    op.execute(
        """
        CREATE FUNCTION refuse_change_except_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.record IS NOT NULL AND NEW.record IS NULL
             AND NEW.entry = OLD.entry THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_bodies "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_except_tombstone()"
    )
    # The head only moves forward, and what the log is cannot be changed once it holds anything.
    op.execute(
        """
        CREATE FUNCTION refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.epoch = OLD.epoch
             AND NEW.entry >= OLD.entry
             AND (OLD.recorded_at IS NULL OR NEW.recorded_at >= OLD.recorded_at)
             AND (NEW.demonstration = OLD.demonstration OR OLD.entry = 0) THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'the head of the log only moves forward: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER forward_only BEFORE UPDATE OR DELETE ON ledger_head "
        "FOR EACH ROW EXECUTE FUNCTION refuse_going_back()"
    )
    for table in ("ledger_head", "ledger_entries", "ledger_bodies"):
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in ("ledger_bodies", "ledger_entries", "ledger_head"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_except_tombstone()")
    op.execute("DROP FUNCTION refuse_going_back()")
