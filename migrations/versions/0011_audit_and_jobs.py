"""The record of acts, jobs, and keys that keep a request from being done twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0011"
down_revision = "0010"

TABLES = ("audit_entries", "jobs", "schedules", "idempotency_keys")


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.UUID(), nullable=False, comment="Version 7: sorts by time"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="By the database's own clock",
        ),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.UUID(), nullable=True, comment="Of the person or machine"),
        sa.Column("actor_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("organisation_id", sa.UUID(), nullable=True, comment="For whom they acted"),
        sa.Column("organisation_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column(
            "roles",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Held then; a machine's scopes",
        ),
        sa.Column("act", sa.Text(), nullable=False, comment="What was done: invitation.made …"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="done, read or refused"),
        sa.Column("subject_kind", sa.Text(), nullable=True, comment="To what: membership …"),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("subject_label", sa.Text(), nullable=True, comment="What people call it"),
        sa.Column(
            "subject_organisation_id",
            sa.UUID(),
            nullable=True,
            comment="Whose record it was, who may therefore see this too",
        ),
        sa.Column("subject_organisation_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it was done, or refused"),
        sa.Column(
            "purpose", sa.Text(), nullable=True, comment="Why somebody looked; a closed list"
        ),
        sa.Column(
            "before",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Changed fields alone",
        ),
        sa.Column(
            "after",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Changed fields alone",
        ),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'read') <= (purpose IS NOT NULL)",
            name=op.f("audit_entries_reads_say_why_check"),
        ),
        sa.CheckConstraint(
            "actor_kind IN ('person', 'machine', 'operator', 'system')",
            name=op.f("audit_entries_actor_check"),
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'read', 'refused')", name=op.f("audit_entries_outcome_known_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_entries_pkey")),
    )
    op.create_index(
        "audit_entries_organisation_idx",
        "audit_entries",
        ["organisation_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        "audit_entries_subject_idx", "audit_entries", ["subject_kind", "subject_id"], unique=False
    )
    op.create_index(
        "audit_entries_subject_organisation_idx",
        "audit_entries",
        ["subject_organisation_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="Names the handler"),
        sa.Column(
            "payload",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Identifiers alone",
        ),
        sa.Column(
            "key",
            sa.Text(),
            nullable=True,
            comment="Of which there may be only one, such as a schedule's day",
        ),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False, comment="Begun so far"),
        sa.Column("lease", sa.UUID(), nullable=True, comment="Names the attempt that has it now"),
        sa.Column(
            "leased_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="After that, anyone's",
        ),
        sa.Column("last_error", sa.Text(), nullable=True, comment="Its kind and place, no values"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False, comment="The actor's kind and id"),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)", name=op.f("jobs_ended_or_waiting_check")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'dead')", name=op.f("jobs_state_known_check")
        ),
        sa.CheckConstraint(
            "(lease IS NULL) = (leased_until IS NULL)",
            name=op.f("jobs_leased_until_some_time_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("jobs_pkey")),
        sa.UniqueConstraint("key", name=op.f("jobs_key_key")),
    )
    op.create_index(
        "jobs_dead_idx", "jobs", ["ended_at"], unique=False, postgresql_where="state = 'dead'"
    )
    op.create_index(
        "jobs_done_idx", "jobs", ["ended_at"], unique=False, postgresql_where="state = 'done'"
    )
    op.create_index(
        "jobs_waiting_idx",
        "jobs",
        ["run_after"],
        unique=False,
        postgresql_where="state = 'waiting'",
    )
    op.create_table(
        "schedules",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "last_due_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="The newest time it was due",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("schedules_pkey")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False, comment="person:… or machine:…"),
        sa.Column("key", sa.Text(), nullable=False, comment="As the caller chose it"),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of method, address and body",
        ),
        sa.Column(
            "status", sa.SmallInteger(), nullable=True, comment="Empty while it is being done"
        ),
        sa.Column("location", sa.Text(), nullable=True, comment="Where the outcome can be read"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("idempotency_keys_pkey")),
        sa.UniqueConstraint("caller", "key", name=op.f("idempotency_keys_caller_key_key")),
    )
    op.create_index(
        op.f("idempotency_keys_made_at_idx"), "idempotency_keys", ["made_at"], unique=False
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # Not even one who switches ordinary triggers off gets past these two.
    for name in ("append_only", "never_emptied"):
        op.execute(f"ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER {name}")
    # Nobody backdates an entry, and no other machine's clock is believed.
    op.execute(
        "CREATE FUNCTION stamp_recorded_at() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.recorded_at := clock_timestamp(); RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER stamped BEFORE INSERT ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION stamp_recorded_at()"
    )
    protect_rows()
    grant()


def protect_rows() -> None:
    protect("audit_entries", "jobs", "idempotency_keys")
    for suffix in ("operator", "sign_in", "worker"):
        allow_all_rows(suffix, "adds", "audit_entries", "jobs")
    allow_all_rows("operator", "sees", "audit_entries", "jobs")
    allow_all_rows("operator", "changes removes", "jobs")
    allow_all_rows("worker", "sees changes removes", "jobs")
    allow_all_rows("worker", "sees removes", "idempotency_keys")
    # Nobody writes down an act as another's.
    allow(
        "app",
        "adds",
        "audit_entries",
        "actor_id = coalesce(acting_person(), acting_machine()) "
        "AND actor_kind = CASE WHEN acting_person() IS NULL THEN 'machine' ELSE 'person' END "
        "AND organisation_id IS NOT DISTINCT FROM acting_organisation()",
    )
    allow(
        "app",
        "sees",
        "audit_entries",
        "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[]) "
        "OR subject_organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])",
    )
    allow("app", "adds", "jobs", "acting_person() IS NOT NULL OR acting_machine() IS NOT NULL")
    mine = (
        "caller = CASE WHEN acting_machine() IS NOT NULL THEN 'machine:' || acting_machine() "
        "ELSE 'person:' || acting_person() END"
    )
    for verb in ("sees", "adds", "changes"):
        allow("app", verb, "idempotency_keys", mine)


def grant() -> None:
    app, operator = role("app"), role("operator")
    sign_in, worker = role("sign_in"), role("worker")
    op.execute(f"GRANT INSERT ON audit_entries, jobs TO {app}, {operator}, {sign_in}, {worker}")
    op.execute(f"GRANT SELECT ON audit_entries TO {app}, {operator}")
    op.execute(f"GRANT SELECT, UPDATE ON jobs TO {operator}, {worker}")
    op.execute(f"GRANT DELETE ON jobs TO {operator}, {worker}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON schedules TO {worker}")
    op.execute(f"GRANT SELECT ON schedules TO {operator}")
    op.execute(f"GRANT SELECT, INSERT ON idempotency_keys TO {app}")
    op.execute(f"GRANT UPDATE (status, location) ON idempotency_keys TO {app}")
    op.execute(f"GRANT SELECT (id, made_at), DELETE ON idempotency_keys TO {worker}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION stamp_recorded_at()")
