"""Self-evaluations, reminders; files follow the documents they belong to."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0019"
down_revision = "0018"

TABLES = ("self_evaluations", "self_evaluation_answers", "self_evaluation_evidence")
SEEN_BEFORE = """
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR {shared}
            OR EXISTS (SELECT FROM claims c WHERE c.provider_id = provider
                       AND c.withdrawn_at IS NULL
                       AND c.organisation_id = ANY (organisations_acted_for()))
        """
"""Who sees a provider; how sharing counts is what differs."""


def upgrade() -> None:
    add_self_evaluations()
    add_answers()
    add_evidence()
    add_reminders()
    keep_completed()
    share_single_documents()
    count_staff_checks()
    protect_rows()
    grant()


def add_self_evaluations() -> None:
    op.create_table(
        "self_evaluations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("version_id", sa.UUID(), nullable=False, comment="Of the standards"),
        sa.Column(
            "carried_from_id", sa.UUID(), nullable=True, comment="Whose answers it began with"
        ),
        sa.Column("begun_by", sa.UUID(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_by", sa.UUID(), nullable=True),
        sa.Column(
            "completed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="From then on nothing of it changes",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(completed_at IS NULL) = (completed_by IS NULL)",
            name=op.f("self_evaluations_completed_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "carried_from_id <> id", name=op.f("self_evaluations_not_carried_from_itself_check")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["people.id"], name=op.f("self_evaluations_begun_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["self_evaluations.id"],
            name=op.f("self_evaluations_carried_from_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["completed_by"], ["people.id"], name=op.f("self_evaluations_completed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("self_evaluations_site_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standards_versions.id"],
            name=op.f("self_evaluations_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("self_evaluations_pkey")),
    )
    for column in ("begun_by", "carried_from_id", "completed_by", "version_id"):
        op.create_index(op.f(f"self_evaluations_{column}_idx"), "self_evaluations", [column])
    op.create_index(
        "self_evaluations_site_id_idx", "self_evaluations", ["site_id", "version_id"], unique=False
    )
    op.create_index(
        "self_evaluations_open_key",
        "self_evaluations",
        ["site_id", "version_id"],
        unique=True,
        postgresql_where="completed_at IS NULL",
    )


def add_answers() -> None:
    op.create_table(
        "self_evaluation_answers",
        sa.Column("self_evaluation_id", sa.UUID(), nullable=False),
        sa.Column("criterion_id", sa.UUID(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column(
            "carried",
            sa.Boolean(),
            nullable=False,
            comment="From an earlier version, through the crosswalk",
        ),
        sa.Column(
            "look_again",
            sa.Boolean(),
            nullable=False,
            comment="The criterion asks for something else than it did; nobody has looked since",
        ),
        sa.Column("answered_by", sa.UUID(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('met', 'partly-met', 'not-met', 'not-applicable', 'not-assessed')",
            name=op.f("self_evaluation_answers_answer_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(comment)) > 0",
            name=op.f("self_evaluation_answers_comment_says_something_check"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("self_evaluation_answers_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criteria.id"],
            name=op.f("self_evaluation_answers_criterion_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["self_evaluation_id"],
            ["self_evaluations.id"],
            name=op.f("self_evaluation_answers_self_evaluation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "self_evaluation_id", "criterion_id", name=op.f("self_evaluation_answers_pkey")
        ),
    )
    for column in ("answered_by", "criterion_id"):
        op.create_index(
            op.f(f"self_evaluation_answers_{column}_idx"), "self_evaluation_answers", [column]
        )


def add_evidence() -> None:
    op.create_table(
        "self_evaluation_evidence",
        sa.Column("self_evaluation_id", sa.UUID(), nullable=False),
        sa.Column("criterion_id", sa.UUID(), nullable=False),
        sa.Column("document_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("self_evaluation_evidence_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["self_evaluation_id", "criterion_id"],
            ["self_evaluation_answers.self_evaluation_id", "self_evaluation_answers.criterion_id"],
            name=op.f("self_evaluation_evidence_self_evaluation_id_criterion_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "self_evaluation_id",
            "criterion_id",
            "document_id",
            name=op.f("self_evaluation_evidence_pkey"),
        ),
    )
    op.create_index(
        op.f("self_evaluation_evidence_document_id_idx"),
        "self_evaluation_evidence",
        ["document_id"],
        unique=False,
    )


def add_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column(
            "subject_id",
            sa.UUID(),
            nullable=False,
            comment="Of the document, or of the provider that is to confirm",
        ),
        sa.Column(
            "due_on",
            sa.Date(),
            nullable=False,
            comment="The document's last day, or the day to confirm by",
        ),
        sa.Column(
            "days",
            sa.SmallInteger(),
            nullable=False,
            comment="How many days before; 0: it is past",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("reminders_days_before_check")),
        sa.PrimaryKeyConstraint("subject_id", "due_on", "days", name=op.f("reminders_pkey")),
    )


def keep_completed() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_completed() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          completed boolean;
        BEGIN
          IF TG_TABLE_NAME = 'self_evaluations' THEN
            completed := TG_OP = 'DELETE' OR OLD.completed_at IS NOT NULL;
          ELSE
            SELECT s.completed_at IS NOT NULL INTO completed FROM self_evaluations s
            WHERE s.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.self_evaluation_id
                              ELSE NEW.self_evaluation_id END;
          END IF;
          IF completed THEN
            RAISE EXCEPTION 'a completed self-evaluation does not change: % of % is refused',
              TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER completed_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_completed()"
        )
        if table != "self_evaluations":  # afterwards, when it is known that they may add anything
            op.execute(
                f"CREATE TRIGGER completed_gains_nothing AFTER INSERT ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_completed()"
            )
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def share_single_documents() -> None:
    """Who is shown one document sees whose it is, and its file."""
    function(
        "some_evidence_is_shared(provider uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM document_shares d WHERE d.provider_id = provider
          AND d.revoked_at IS NULL AND d.until >= (now() AT TIME ZONE 'Europe/London')::date
          AND d.organisation_id = ANY (organisations_acted_for()))
        """,
        "app",
    )
    see_providers_when(SEEN_BEFORE.format(shared="some_evidence_is_shared(provider)"))
    op.execute(
        f"CREATE POLICY app_sees_documents ON files FOR SELECT TO {role('app')} "
        "USING (EXISTS (SELECT FROM documents d WHERE d.file_id = files.id))"
    )


def see_providers_when(condition: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION may_see_provider(provider uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $${condition}$$"
    )


def count_staff_checks() -> None:
    """Whoever is shown some evidence may know how many are checked, and never who."""
    function(
        "staff_check_facts(provider uuid)",
        "TABLE (member bigint, regulated_activity boolean, started_on date, ended_on date, "
        "kind text, status text, checked_on date)",
        """
        SELECT m.member, m.regulated_activity, m.started_on, m.ended_on,
               c.kind, c.status, c.checked_on
        FROM (SELECT s.*, row_number() OVER (ORDER BY s.id) AS member
              FROM staff_members s WHERE s.provider_id = provider) m
        LEFT JOIN LATERAL (
          SELECT DISTINCT ON (k.kind) k.kind, k.status, k.checked_on FROM staff_checks k
          WHERE k.staff_member_id = m.id ORDER BY k.kind, k.recorded_at DESC, k.id DESC
        ) c ON true
        WHERE some_evidence_is_shared(provider) OR owns_provider(provider)
           OR answers_for_provider(provider)
        """,
        "app",
    )


def protect_rows() -> None:
    protect(*TABLES, "reminders")
    allow_all_rows("operator", "sees adds changes", *TABLES)
    allow_all_rows("operator", "removes", "self_evaluation_evidence")
    allow_all_rows("worker", "sees adds", "reminders")
    allow_all_rows("operator", "sees", "reminders")
    provider = "(SELECT s.provider_id FROM sites s WHERE s.id = self_evaluations.site_id)"
    applying = (
        "EXISTS (SELECT FROM listings l WHERE l.site_id = self_evaluations.site_id "
        "AND l.state IN ('submitted', 'in-assessment'))"
    )
    allow(
        "app",
        "sees",
        "self_evaluations",
        f"owns_site(site_id) OR (answers_for_provider({provider}) "
        f"AND (completed_at IS NOT NULL OR {applying})) "
        f"OR (completed_at IS NOT NULL AND evidence_is_shared({provider}, NULL))",
    )
    allow(
        "app",
        "adds",
        "self_evaluations",
        "owns_site(site_id) AND begun_by = acting_person() AND completed_at IS NULL",
    )
    allow(
        "app",
        "changes",
        "self_evaluations",
        "owns_site(site_id) AND (completed_by IS NULL OR completed_by = acting_person())",
    )
    seen = "EXISTS (SELECT FROM self_evaluations s WHERE s.id = self_evaluation_id)"
    mine = (
        "EXISTS (SELECT FROM self_evaluations s WHERE s.id = self_evaluation_id "
        "AND owns_site(s.site_id))"
    )
    for table in ("self_evaluation_answers", "self_evaluation_evidence"):
        allow("app", "sees", table, seen)
    allow(
        "app",
        "adds",
        "self_evaluation_answers",
        f"{mine} AND (carried OR answered_by = acting_person())",
    )
    allow("app", "changes", "self_evaluation_answers", mine)
    own = (
        "EXISTS (SELECT FROM documents d WHERE d.id = document_id AND owns_provider(d.provider_id))"
    )
    allow("app", "adds", "self_evaluation_evidence", f"{mine} AND {own}")
    allow("app", "removes", "self_evaluation_evidence", mine)


def grant() -> None:
    app, operator, worker = role("app"), role("operator"), role("worker")
    everything = ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {operator}")
    op.execute(f"GRANT SELECT, INSERT ON {everything} TO {app}")
    op.execute(f"GRANT DELETE ON self_evaluation_evidence TO {app}, {operator}")
    changed = {
        "self_evaluations": "completed_at, completed_by, version",
        "self_evaluation_answers": "answer, comment, carried, look_again, answered_by, answered_at",
    }
    for table, columns in changed.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {app}")
    op.execute(f"GRANT SELECT ON reminders TO {operator}")
    op.execute(f"GRANT SELECT, INSERT ON reminders TO {worker}")


def downgrade() -> None:
    op.execute("DROP POLICY app_sees_documents ON files")
    see_providers_when(SEEN_BEFORE.format(shared="evidence_is_shared(provider, NULL)"))
    for table in ("reminders", *reversed(TABLES)):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_completed()")
    op.execute("DROP FUNCTION staff_check_facts(uuid)")
    op.execute("DROP FUNCTION some_evidence_is_shared(uuid)")
