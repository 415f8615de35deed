"""Results that come in one document, and the files that show what inspectors saw."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0037"
down_revision = "0035"

TABLES = ("received_results", "inspection_files")


def upgrade() -> None:
    add_received_results()
    add_inspection_files()
    keep_as_received()
    protect_rows()
    grant()


def add_received_results() -> None:
    op.create_table(
        "received_results",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="Whose inspectors looked"),
        sa.Column("reference", sa.Text(), nullable=False, comment="The inspector's own"),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="As it came; may hold notes for colleagues alone",
        ),
        sa.Column(
            "sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="Of its canonical JSON, so that spaces and order tell nothing apart",
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="applied, kept or dismissed"),
        sa.Column(
            "reasons",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Why it was kept: standards-not-in-force, site-closed …",
        ),
        sa.Column(
            "details", postgresql.ARRAY(sa.Text()), nullable=False, comment="Each reason in words"
        ),
        sa.Column("inspection_id", sa.UUID(), nullable=True, comment="Whose judgements it became"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.UUID(), nullable=True),
        sa.Column("received_by_machine", sa.UUID(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.UUID(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True, comment="Never public"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decision_reason IS NULL) AND (decided_at IS NULL) = (status = 'kept' OR reasons = '{}')",
            name=op.f("received_results_decided_with_reason_check"),
        ),
        sa.CheckConstraint(
            "(status = 'applied') = (inspection_id IS NOT NULL)",
            name=op.f("received_results_applied_to_an_inspection_check"),
        ),
        sa.CheckConstraint(
            "reasons <@ ARRAY['standards-not-in-force', 'site-closed', 'later-result', 'inspection-over', 'judged-meanwhile']",
            name=op.f("received_results_reasons_known_check"),
        ),
        sa.CheckConstraint(
            "status = 'applied' OR reasons <> '{}'",
            name=op.f("received_results_kept_with_reason_check"),
        ),
        sa.CheckConstraint(
            "status IN ('applied', 'kept', 'dismissed')",
            name=op.f("received_results_status_known_check"),
        ),
        sa.CheckConstraint(
            "cardinality(reasons) = cardinality(details)",
            name=op.f("received_results_reasons_explained_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(received_by, received_by_machine) = 1",
            name=op.f("received_results_received_from_one_check"),
        ),
        sa.CheckConstraint(
            "octet_length(sha256) = 32", name=op.f("received_results_hash_length_check")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("received_results_decided_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("received_results_inspection_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("received_results_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("received_results_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["people.id"], name=op.f("received_results_received_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_machine"],
            ["machines.id"],
            name=op.f("received_results_received_by_machine_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("received_results_pkey")),
        sa.UniqueConstraint(
            "organisation_id",
            "reference",
            name=op.f("received_results_organisation_id_reference_key"),
        ),
    )
    op.create_index(
        op.f("received_results_decided_by_idx"), "received_results", ["decided_by"], unique=False
    )
    op.create_index(
        op.f("received_results_inspection_id_idx"),
        "received_results",
        ["inspection_id"],
        unique=False,
    )
    op.create_index(
        op.f("received_results_provider_id_idx"), "received_results", ["provider_id"], unique=False
    )
    op.create_index(
        op.f("received_results_received_by_idx"), "received_results", ["received_by"], unique=False
    )
    op.create_index(
        op.f("received_results_received_by_machine_idx"),
        "received_results",
        ["received_by_machine"],
        unique=False,
    )


def add_inspection_files() -> None:
    op.create_table(
        "inspection_files",
        sa.Column("file_id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, comment="What it shows; never public"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(btrim(title)) > 0", name=op.f("inspection_files_titled_check")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("inspection_files_file_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("inspection_files_inspection_id_fkey")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("inspection_files_pkey")),
    )
    op.create_index(
        "inspection_files_inspection_id_idx",
        "inspection_files",
        ["inspection_id", "file_id"],
        unique=False,
    )


def keep_as_received() -> None:
    """What came stays as it came; what became of a result that was kept is decided once."""
    op.execute(
        """
        CREATE FUNCTION refuse_change_except_decision() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE decided text[] := ARRAY['status', 'inspection_id', 'decided_at', 'decided_by',
                                        'decision_reason', 'version'];
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.status = 'kept' AND NEW.status <> 'kept'
             AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    for table, guard in (
        ("received_results", "refuse_change_except_decision"),
        ("inspection_files", "refuse_change"),
    ):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard}()"
        )
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees", *TABLES)
    ours = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    apart = "NOT has_stake_in(provider_id)"
    answers = "coalesce(answers_for_provider(provider_id), false)"
    allow("app", "sees", "received_results", f"({ours} OR {answers}) AND {apart}")
    by_the_actor = (
        "organisation_id = acting_organisation() AND status <> 'dismissed' "
        "AND received_by IS NOT DISTINCT FROM acting_person() "
        "AND received_by_machine IS NOT DISTINCT FROM acting_machine()"
    )
    sees = "may_see_provider(provider_id)"
    allow("app", "adds", "received_results", f"{by_the_actor} AND {sees} AND {apart}")
    decides = f"acting_person() IS NOT NULL AND {ours} AND {apart}"
    allow("app", "changes", "received_results", decides)
    function(
        "may_see_inspection_files(inspection uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
          AND (inspects(i.id) OR checks_inspection(i.id)
            OR (answers_for_provider(i.provider_id) AND NOT has_stake_in(i.provider_id))))
        """,
        "app",
    )
    function(
        "may_add_inspection_file(inspection uuid, file uuid)",
        "boolean",
        """
        SELECT inspects(inspection) AND EXISTS (SELECT FROM files f WHERE f.id = file
          AND f.organisation_id = acting_organisation())
        """,
        "app",
    )
    allow("app", "sees", "inspection_files", "may_see_inspection_files(inspection_id)")
    adds = "may_add_inspection_file(inspection_id, file_id)"
    allow("app", "adds", "inspection_files", adds)
    op.execute(
        f"CREATE POLICY app_sees_of_inspections ON files FOR SELECT TO {role('app')} "
        "USING (EXISTS (SELECT FROM inspection_files f WHERE f.file_id = files.id))"
    )


def grant() -> None:
    app, both = role("app"), ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT ON {both} TO {app}")
    op.execute(f"GRANT SELECT ON {both} TO {role('operator')}")
    decided = "status, inspection_id, decided_at, decided_by, decision_reason, version"
    op.execute(f"GRANT UPDATE ({decided}) ON received_results TO {app}")


def downgrade() -> None:
    op.execute("DROP POLICY app_sees_of_inspections ON files")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for name in (
        "refuse_change_except_decision()",
        "may_see_inspection_files(uuid)",
        "may_add_inspection_file(uuid, uuid)",
    ):
        op.execute(f"DROP FUNCTION {name}")
