"""Evidence files: written once, seen by their owner, scanned by the worker."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.UUID(), nullable=False, comment="Names its object in the store"),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="Whose evidence it is"),
        sa.Column("name", sa.Text(), nullable=False, comment="As its sender calls it; no path"),
        sa.Column("media_type", sa.Text(), nullable=False, comment="Found out from its bytes"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column(
            "sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="Of its bytes; the same file may be evidence of two organisations",
        ),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="quarantined, clean, infected or unscanned",
        ),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scanner", sa.Text(), nullable=True, comment="What scanned it"),
        sa.Column(
            "finding", sa.Text(), nullable=True, comment="What the scanner calls what it found"
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "received_by",
            sa.UUID(),
            nullable=True,
            comment="Who sent it; empty: a machine, or the operator",
        ),
        sa.Column("received_by_machine", sa.UUID(), nullable=True),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("files_named_check")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("files_holds_something_check")),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("files_hash_length_check")),
        sa.CheckConstraint(
            "state IN ('quarantined', 'clean', 'infected', 'unscanned')",
            name=op.f("files_state_known_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('clean', 'infected')) = (scanned_at IS NOT NULL AND scanner IS NOT NULL)",
            name=op.f("files_scanned_by_something_check"),
        ),
        sa.CheckConstraint(
            "(state = 'infected') = (finding IS NOT NULL)",
            name=op.f("files_infected_by_something_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(received_by, received_by_machine) <= 1",
            name=op.f("files_received_by_one_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("files_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["people.id"], name=op.f("files_received_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_machine"], ["machines.id"], name=op.f("files_received_by_machine_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("files_pkey")),
    )
    op.create_index("files_organisation_idx", "files", ["organisation_id", "received_at", "id"])
    op.create_index(
        "files_unscanned_idx",
        "files",
        ["id"],
        postgresql_where="state IN ('quarantined', 'unscanned')",
    )
    write_once()
    protect_rows()


def write_once() -> None:
    # What scanning found may be added, and a clean file may turn out infected; never the reverse.
    op.execute(
        """
        CREATE FUNCTION refuse_change_except_scan() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE'
             AND (to_jsonb(NEW) - ARRAY['state', 'scanned_at', 'scanner', 'finding'])
               = (to_jsonb(OLD) - ARRAY['state', 'scanned_at', 'scanner', 'finding'])
             AND OLD.state <> 'infected' AND NEW.state IN ('clean', 'infected') THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is written once: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER write_once BEFORE UPDATE OR DELETE ON files "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_except_scan()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON files "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # Not even one who switches ordinary triggers off gets past these two.
    for name in ("write_once", "never_emptied"):
        op.execute(f"ALTER TABLE files ENABLE ALWAYS TRIGGER {name}")


def protect_rows() -> None:
    protect("files")
    # With whom a file is shared is said elsewhere, and would be a further policy beside this one.
    allow(
        "app", "sees", "files", "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    )
    # Nobody sends a file as another, nor says that it was found infected.
    allow(
        "app",
        "adds",
        "files",
        "organisation_id = acting_organisation() AND state <> 'infected' "
        "AND received_by IS NOT DISTINCT FROM acting_person() "
        "AND received_by_machine IS NOT DISTINCT FROM acting_machine() "
        "AND (received_by IS NOT NULL OR received_by_machine IS NOT NULL)",
    )
    allow_all_rows("operator", "sees adds", "files")
    allow_all_rows("worker", "sees changes", "files")
    op.execute(f"GRANT SELECT, INSERT ON files TO {role('app')}, {role('operator')}")
    op.execute(f"GRANT SELECT ON files TO {role('worker')}")
    op.execute(f"GRANT UPDATE (state, scanned_at, scanner, finding) ON files TO {role('worker')}")


def downgrade() -> None:
    op.drop_table("files")
    op.execute("DROP FUNCTION refuse_change_except_scan()")
