"""Versions of the standards, their criteria, what became of each, and policies with days."""

import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, protect

revision = "0013"
down_revision = "0012"

DATED = ("standards_versions", "published_policies")
TABLES = (*DATED, "criteria", "criteria_crosswalk")
READERS = ("read", "operator", "publisher", "worker")
DEPARTMENT = "(SELECT acts_for_department())"
NAMESPACE = uuid.UUID("8b6f2c1e-5d0a-4f57-9a43-1c7e2d9b6f30")
POLICIES = (
    (
        "evidence-grace",
        {"days": 28},
        "Time to renew a document before its lapse tells against a provider.",
    ),
    (
        "evidence-reminders",
        {"days": [60, 30, 7]},
        "A provider hears in good time that a document is about to lapse.",
    ),
    (
        "yearly-confirmation",
        {"months": 12},
        "A record that nobody has looked at for a year may not be right any more.",
    ),
    (
        "transition-listing",
        {"recent_months": 12},
        "A register that begins empty helps nobody: what an authority checked lately counts.",
    ),
)
SOURCE = "The register's own policy; no law or guidance asks for this figure."


def upgrade() -> None:
    make_tables()
    guard_what_is_published()
    protect_rows()
    grant()
    ship_policies()


def make_tables() -> None:
    op.create_table(
        "published_policies",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column(
            "code", sa.Text(), nullable=False, comment="evidence-grace, yearly-confirmation …"
        ),
        sa.Column(
            "parameters",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="Its figures; none at all says that it is switched off",
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="draft or published"),
        sa.Column(
            "in_force",
            postgresql.DATERANGE(),
            nullable=True,
            comment="The days on which it holds, London; empty while a draft",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why; public once published"),
        sa.Column(
            "source", sa.Text(), nullable=False, comment="What it rests on; public once published"
        ),
        sa.Column(
            "drafted_by",
            sa.UUID(),
            nullable=True,
            comment="Nobody, where it ships with the product",
        ),
        sa.Column("last_changed_by", sa.UUID(), nullable=True),
        sa.Column(
            "published_by", sa.UUID(), nullable=True, comment="Never who drafted or last changed it"
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        postgresql.ExcludeConstraint(
            (sa.column("code"), "="),
            (sa.column("in_force"), "&&"),
            where=sa.text("state = 'published'"),
            using="gist",
            name="published_policies_one_in_force_excl",
        ),
        sa.CheckConstraint(
            "(state = 'published') = (in_force IS NOT NULL) AND (state = 'published') = (published_at IS NOT NULL) AND (state = 'published' OR published_by IS NULL)",
            name=op.f("published_policies_published_whole_check"),
        ),
        sa.CheckConstraint(
            "code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("published_policies_code_form_check")
        ),
        sa.CheckConstraint(
            "jsonb_typeof(parameters) = 'object'",
            name=op.f("published_policies_parameters_object_check"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (published_by IS NULL) = (drafted_by IS NULL)",
            name=op.f("published_policies_published_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published')", name=op.f("published_policies_state_known_check")
        ),
        sa.CheckConstraint(
            "NOT isempty(in_force) AND NOT lower_inf(in_force)",
            name=op.f("published_policies_some_days_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("published_policies_reasoned_check")
        ),
        sa.CheckConstraint(
            "published_by <> drafted_by AND published_by <> last_changed_by",
            name=op.f("published_policies_two_people_check"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["people.id"], name=op.f("published_policies_drafted_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["last_changed_by"], ["people.id"], name=op.f("published_policies_last_changed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["people.id"], name=op.f("published_policies_published_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("published_policies_pkey")),
    )
    op.create_index(
        op.f("published_policies_drafted_by_idx"),
        "published_policies",
        ["drafted_by"],
        unique=False,
    )
    op.create_index(
        op.f("published_policies_last_changed_by_idx"),
        "published_policies",
        ["last_changed_by"],
        unique=False,
    )
    op.create_index(
        op.f("published_policies_published_by_idx"),
        "published_policies",
        ["published_by"],
        unique=False,
    )
    op.create_table(
        "standards_versions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="working-set-1"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="draft or published"),
        sa.Column(
            "in_force",
            postgresql.DATERANGE(),
            nullable=True,
            comment="The days on which it holds, London; empty while a draft",
        ),
        sa.Column(
            "standard_titles",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Short title of each standard, by its number",
        ),
        sa.Column(
            "withdrawn",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Numbers of the version before that nothing takes the place of",
        ),
        sa.Column(
            "drafted_by",
            sa.UUID(),
            nullable=True,
            comment="Nobody, where it ships with the product",
        ),
        sa.Column("last_changed_by", sa.UUID(), nullable=True),
        sa.Column(
            "published_by", sa.UUID(), nullable=True, comment="Never who drafted or last changed it"
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True, comment="What readers should know of it"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        postgresql.ExcludeConstraint(
            (sa.column("in_force"), "&&"),
            where=sa.text("state = 'published'"),
            using="gist",
            name="standards_versions_one_in_force_excl",
        ),
        sa.CheckConstraint(
            "(state = 'published') = (in_force IS NOT NULL) AND (state = 'published') = (published_at IS NOT NULL) AND (state = 'published' OR published_by IS NULL)",
            name=op.f("standards_versions_published_whole_check"),
        ),
        sa.CheckConstraint(
            "code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("standards_versions_code_form_check")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (published_by IS NULL) = (drafted_by IS NULL)",
            name=op.f("standards_versions_published_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published')", name=op.f("standards_versions_state_known_check")
        ),
        sa.CheckConstraint(
            "NOT isempty(in_force) AND NOT lower_inf(in_force)",
            name=op.f("standards_versions_some_days_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(title)) > 0", name=op.f("standards_versions_titled_check")
        ),
        sa.CheckConstraint(
            "published_by <> drafted_by AND published_by <> last_changed_by",
            name=op.f("standards_versions_two_people_check"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["people.id"], name=op.f("standards_versions_drafted_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["last_changed_by"], ["people.id"], name=op.f("standards_versions_last_changed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["people.id"], name=op.f("standards_versions_published_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("standards_versions_pkey")),
        sa.UniqueConstraint("code", name=op.f("standards_versions_code_key")),
    )
    op.create_index(
        op.f("standards_versions_drafted_by_idx"),
        "standards_versions",
        ["drafted_by"],
        unique=False,
    )
    op.create_index(
        op.f("standards_versions_last_changed_by_idx"),
        "standards_versions",
        ["last_changed_by"],
        unique=False,
    )
    op.create_index(
        op.f("standards_versions_published_by_idx"),
        "standards_versions",
        ["published_by"],
        unique=False,
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("version_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False, comment="1.1a: part, standard, letter"),
        sa.Column("standard", sa.Text(), nullable=False, comment="1.1"),
        sa.Column("part", sa.SmallInteger(), nullable=False, comment="1 to 4"),
        sa.Column(
            "position", sa.SmallInteger(), nullable=False, comment="Where it is shown, from 1"
        ),
        sa.Column(
            "requirement", sa.Text(), nullable=False, comment="What is asked, in our own words"
        ),
        sa.Column("force", sa.Text(), nullable=False, comment="law, standard or good-practice"),
        sa.Column(
            "law_part",
            sa.Text(),
            nullable=True,
            comment="What of it is law, where the whole is not",
        ),
        sa.Column("gate", sa.Text(), nullable=False, comment="critical, major or minor"),
        sa.Column(
            "site_kinds",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Of which kinds of site it is asked; none named is all",
        ),
        sa.Column(
            "staff_sizes",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Of which sizes of provider it is asked; none named is all",
        ),
        sa.Column(
            "evidence_kinds",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Kinds of document or record that show it",
        ),
        sa.Column(
            "evidence_months",
            sa.SmallInteger(),
            nullable=True,
            comment="How long evidence stays current; empty: until its own last day",
        ),
        sa.Column("guidance", sa.Text(), nullable=False, comment="How to show it, in proportion"),
        sa.Column("source", sa.Text(), nullable=False, comment="What it rests on"),
        sa.Column(
            "source_status",
            sa.Text(),
            nullable=False,
            comment="confirmed, second-hand or to-confirm",
        ),
        sa.CheckConstraint(
            "force IN ('law', 'standard', 'good-practice')", name=op.f("criteria_force_known_check")
        ),
        sa.CheckConstraint(
            "gate IN ('critical', 'major', 'minor')", name=op.f("criteria_gate_known_check")
        ),
        sa.CheckConstraint(
            "number ~ '^[1-4][.][0-9]{1,2}[a-z]{1,2}$'", name=op.f("criteria_number_form_check")
        ),
        sa.CheckConstraint(
            "site_kinds <@ ARRAY['fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', 'hired', 'home-visits', 'online', 'satellite', 'subcontracted']",
            name=op.f("criteria_site_kinds_known_check"),
        ),
        sa.CheckConstraint(
            "source_status IN ('confirmed', 'second-hand', 'to-confirm')",
            name=op.f("criteria_source_status_known_check"),
        ),
        sa.CheckConstraint(
            "staff_sizes <@ ARRAY['lone', 'small', 'larger']",
            name=op.f("criteria_staff_sizes_known_check"),
        ),
        sa.CheckConstraint(
            "standard ~ ('^' || part::text || '[.][0-9]{1,2}$')",
            name=op.f("criteria_of_its_part_check"),
        ),
        sa.CheckConstraint(
            "evidence_months BETWEEN 1 AND 120", name=op.f("criteria_evidence_months_range_check")
        ),
        sa.CheckConstraint(
            "length(btrim(requirement)) > 0", name=op.f("criteria_says_something_check")
        ),
        sa.CheckConstraint(
            "starts_with(number, standard)", name=op.f("criteria_of_its_standard_check")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["standards_versions.id"], name=op.f("criteria_version_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("criteria_pkey")),
        sa.UniqueConstraint("version_id", "number", name=op.f("criteria_version_id_number_key")),
    )
    op.create_table(
        "criteria_crosswalk",
        sa.Column("from_criterion_id", sa.UUID(), nullable=False),
        sa.Column("to_criterion_id", sa.UUID(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False, comment="same, reworded, widened …"),
        sa.CheckConstraint(
            "relation IN ('same', 'reworded', 'widened', 'narrowed', 'split', 'merged')",
            name=op.f("criteria_crosswalk_relation_known_check"),
        ),
        sa.CheckConstraint(
            "from_criterion_id <> to_criterion_id", name=op.f("criteria_crosswalk_leads_on_check")
        ),
        sa.ForeignKeyConstraint(
            ["from_criterion_id"],
            ["criteria.id"],
            name=op.f("criteria_crosswalk_from_criterion_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["to_criterion_id"],
            ["criteria.id"],
            name=op.f("criteria_crosswalk_to_criterion_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "from_criterion_id", "to_criterion_id", name=op.f("criteria_crosswalk_pkey")
        ),
    )
    op.create_index(
        op.f("criteria_crosswalk_to_criterion_id_idx"),
        "criteria_crosswalk",
        ["to_criterion_id"],
        unique=False,
    )


def guard_what_is_published() -> None:
    # Of what is published only the last day may be set, once, and only because something follows.
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'draft' THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
          END IF;
          IF TG_OP = 'UPDATE' AND upper_inf(OLD.in_force) AND NOT upper_inf(NEW.in_force)
             AND lower(NEW.in_force) = lower(OLD.in_force)
             AND to_jsonb(NEW) - 'in_force' = to_jsonb(OLD) - 'in_force' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'what is published in % never changes: % is refused',
            TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_published_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE held text;
        BEGIN
          -- Locked, so that a version cannot be published between this look and the change.
          FOR held IN SELECT state FROM standards_versions v WHERE v.id IN (
              CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
              CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END) FOR SHARE LOOP
            IF held = 'published' THEN
              RAISE EXCEPTION 'criteria of a published version never change: % is refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END LOOP;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_published_crosswalk() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE held text;
        BEGIN
          FOR held IN SELECT state FROM standards_versions v
              JOIN criteria c ON c.version_id = v.id WHERE c.id IN (
              CASE WHEN TG_OP <> 'INSERT' THEN OLD.to_criterion_id END,
              CASE WHEN TG_OP <> 'DELETE' THEN NEW.to_criterion_id END) FOR SHARE OF v LOOP
            IF held = 'published' THEN
              RAISE EXCEPTION 'the crosswalk of a published version never changes: % is refused',
                TG_OP USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END LOOP;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_days_without() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE follows boolean;
        BEGIN
          IF NEW.state = 'draft' OR upper_inf(NEW.in_force) THEN
            RETURN NULL;
          END IF;
          IF TG_TABLE_NAME = 'standards_versions' THEN
            SELECT EXISTS (SELECT FROM standards_versions n WHERE n.state = 'published'
              AND lower(n.in_force) = upper(NEW.in_force)) INTO follows;
          ELSE
            SELECT EXISTS (SELECT FROM published_policies n WHERE n.state = 'published'
              AND n.code = NEW.code AND lower(n.in_force) = upper(NEW.in_force)) INTO follows;
          END IF;
          IF NOT follows THEN
            RAISE EXCEPTION 'nothing in % follows what was ended', TG_TABLE_NAME
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NULL;
        END $$
        """
    )
    for table, function in (
        ("standards_versions", "refuse_change_of_published"),
        ("published_policies", "refuse_change_of_published"),
        ("criteria", "refuse_change_of_published_criteria"),
        ("criteria_crosswalk", "refuse_change_of_published_crosswalk"),
    ):
        adding = "" if table in DATED else "INSERT OR "
        guard(table, "published_stays", f"BEFORE {adding}UPDATE OR DELETE", "ROW", function)
        guard(table, "never_emptied", "BEFORE TRUNCATE", "STATEMENT", "refuse_change")
    for table in DATED:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER something_follows AFTER UPDATE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_days_without()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER something_follows")


def guard(table: str, name: str, when: str, each: str, function: str) -> None:
    """Put a trigger on a table that fires whoever writes, in whatever replication role."""
    op.execute(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def protect_rows() -> None:
    protect(*TABLES)
    of_seen_version = "EXISTS (SELECT FROM standards_versions v WHERE v.id = version_id)"
    of_seen_criterion = "EXISTS (SELECT FROM criteria c WHERE c.id = to_criterion_id)"
    for suffix in READERS:
        for table in DATED:
            allow(suffix, "sees", table, "state = 'published'")
    for table in DATED:
        allow("app", "sees", table, f"state = 'published' OR {DEPARTMENT}")
        allow("app", "adds", table, f"state = 'draft' AND {DEPARTMENT}")
        allow("app", "changes", table, DEPARTMENT)
    for suffix in ("app", *READERS):
        allow(suffix, "sees", "criteria", of_seen_version)
        allow(suffix, "sees", "criteria_crosswalk", of_seen_criterion)
    for verb in ("adds", "changes", "removes"):
        allow("app", verb, "criteria", DEPARTMENT)
    for verb in ("adds", "removes"):
        allow("app", verb, "criteria_crosswalk", DEPARTMENT)


def grant() -> None:
    trusted = ", ".join(role(name) for name in ("app", "operator", "publisher", "worker"))
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO {trusted}")
    # Who drafted and published is not the public's to read.
    op.execute(
        "GRANT SELECT (id, code, title, state, in_force, standard_titles, withdrawn, published_at, "
        f"note) ON standards_versions TO {role('read')}"
    )
    op.execute(
        "GRANT SELECT (id, code, parameters, state, in_force, reason, source, published_at) "
        f"ON published_policies TO {role('read')}"
    )
    op.execute(f"GRANT SELECT ON criteria, criteria_crosswalk TO {role('read')}")
    app = role("app")
    op.execute(f"GRANT INSERT ON {', '.join(TABLES)} TO {app}")
    op.execute(
        "GRANT UPDATE (title, state, in_force, standard_titles, withdrawn, last_changed_by, "
        f"published_by, published_at, note, version) ON standards_versions TO {app}"
    )
    op.execute(
        "GRANT UPDATE (parameters, state, in_force, reason, source, last_changed_by, "
        f"published_by, published_at, version) ON published_policies TO {app}"
    )
    op.execute(f"GRANT UPDATE, DELETE ON criteria TO {app}")
    op.execute(f"GRANT DELETE ON criteria_crosswalk TO {app}")


def ship_policies() -> None:
    table = sa.table(
        "published_policies",
        *(sa.column(name) for name in ("code", "reason", "source", "state", "published_at")),
        sa.column("id", sa.UUID()),
        sa.column("parameters", postgresql.JSONB()),
        sa.column("in_force", postgresql.DATERANGE()),
        sa.column("version", sa.Integer()),
    )
    for code, parameters, reason in POLICIES:
        op.execute(
            table.insert().values(
                id=uuid.uuid5(NAMESPACE, f"policy:{code}"),
                code=code,
                parameters=parameters,
                state="published",
                in_force=postgresql.Range(date(2025, 9, 1)),
                reason=reason,
                source=SOURCE,
                published_at=sa.func.now(),
                version=1,
            )
        )


def downgrade() -> None:
    for table in ("criteria_crosswalk", "criteria", "standards_versions", "published_policies"):
        op.drop_table(table)
    for name in ("published", "published_criteria", "published_crosswalk"):
        op.execute(f"DROP FUNCTION refuse_change_of_{name}()")
    op.execute("DROP FUNCTION refuse_days_without()")
