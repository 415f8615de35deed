"""Assessments of suitability, and the placements that rest on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0049"
down_revision = "0048"

TABLES = (
    "assessments",
    "assessment_steps",
    "assessment_options",
    "assessment_tests",
    "assessment_decisions",
)
NEVER_CHANGED = ("assessment_steps", "assessment_tests", "assessment_decisions")


def upgrade() -> None:
    add_assessments()
    add_assessment_steps()
    add_assessment_options()
    add_assessment_tests()
    add_assessment_decisions()
    widen_placements()
    say_whose_assessments_are()
    tell_which_checks_are_used()
    tell_what_evidence_holds()
    keep_what_was_said()
    protect_rows()
    grant()


def widen_placements() -> None:
    op.add_column(
        "placements",
        sa.Column(
            "assessment_id",
            sa.UUID(),
            nullable=True,
            comment="By which it was found suitable; empty: not yet",
        ),
    )
    op.add_column(
        "placements",
        sa.Column(
            "encrypted_urgency",
            sa.LargeBinary(),
            nullable=True,
            comment="Why it could not wait, under the child's own key; AES-256-GCM",
        ),
    )
    op.create_foreign_key(
        op.f("placements_assessment_id_fkey"),
        "placements",
        "assessments",
        ["assessment_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("placements_urgency_encrypted_check"),
        "placements",
        "octet_length(encrypted_urgency) >= 28",
    )
    op.create_index(
        "placements_assessment_id_key",
        "placements",
        ["assessment_id"],
        unique=True,
        postgresql_where="assessment_id IS NOT NULL",
    )
    op.execute(f"GRANT UPDATE (assessment_id) ON placements TO {role('app')}")


def say_whose_assessments_are() -> None:
    function(
        "holds_assessment(assessment uuid)",
        "boolean",
        """ SELECT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
                           AND a.commissioner_id = acting_organisation()) """,
        "app",
    )
    function(
        "may_see_assessment(assessment uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
          AND (a.commissioner_id = ANY (organisations_acted_for())
               OR is_responsible_for_child(a.child_id)))
        """,
        "app",
    )
    function(
        "may_decide_assessment(assessment uuid)",
        "boolean",
        """
        SELECT acting_person() IS NOT NULL AND holds_assessment(assessment)
          AND NOT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
                          AND a.requested_by = acting_person())
          AND NOT EXISTS (SELECT FROM assessment_steps s WHERE s.assessment_id = assessment
                          AND s.step = 'need' AND s.written_by = acting_person())
        """,
        "app",
    )


def tell_which_checks_are_used() -> None:
    """Those of the commissioner whose assessment it is, whoever of those who may see it reads."""
    function(
        "checks_for_assessment(assessment uuid, site uuid, day date)",
        "TABLE(id uuid, kind text, seen_on date, usable_until date)",
        """
        SELECT c.id, c.kind, c.seen_on, c.usable_until
        FROM assessments a JOIN site_checks c ON c.site_id = site AND c.withdrawn_at IS NULL
          AND c.seen_on <= day AND c.usable_until >= day
          AND (c.commissioner_id = a.commissioner_id OR (c.is_shared
               AND root_of(c.commissioner_id) = root_of(a.commissioner_id)))
        WHERE a.id = assessment AND may_see_assessment(assessment)
        """,
        "app",
    )


def tell_what_evidence_holds() -> None:
    """To a commissioner kinds and days alone: no title, file, insurer nor sum."""
    function(
        "evidence_days(site uuid, day date)",
        "TABLE(kind text, is_current boolean, current_until date)",
        """
        SELECT d.kind, bool_or(coalesce(d.current_until >= day, true)
            AND coalesce(d.issued_on <= day, true)),
          CASE WHEN bool_or(d.current_until IS NULL) THEN NULL ELSE max(d.current_until) END
        FROM documents d JOIN sites s ON s.id = site AND s.provider_id = d.provider_id
        LEFT JOIN files f ON f.id = d.file_id
        WHERE acts_for_commissioner() AND d.withdrawn_at IS NULL
          AND (d.site_id IS NULL OR d.site_id = site) AND f.state IS DISTINCT FROM 'infected'
        GROUP BY d.kind
        """,
        "app",
    )


def keep_what_was_said() -> None:
    for table in NEVER_CHANGED:
        for name, moment, each in (
            ("append_only", "DELETE OR UPDATE", "ROW"),
            ("never_emptied", "TRUNCATE", "STATEMENT"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION refuse_change()"
            )
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def protect_rows() -> None:
    protect(*TABLES)
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    held = "commissioner_id = (SELECT acting_organisation())"
    allow("app", "sees", "assessments", f"{own} OR is_responsible_for_child(child_id)")
    allow(
        "app",
        "adds",
        "assessments",
        f"{held} AND holds_child(child_id) AND requested_by IS NOT DISTINCT FROM acting_person()",
    )
    allow("app", "changes", "assessments", held)
    for table in ("assessment_steps", "assessment_options", "assessment_decisions"):
        allow("app", "sees", table, "may_see_assessment(assessment_id)")
    allow(
        "app",
        "adds",
        "assessment_steps",
        "holds_assessment(assessment_id) AND written_by IS NOT DISTINCT FROM acting_person()",
    )
    for verb in ("adds", "changes"):
        allow("app", verb, "assessment_options", "holds_assessment(assessment_id)")
    allow("app", "sees", "assessment_tests", held)
    allow("app", "adds", "assessment_tests", f"{held} AND holds_assessment(assessment_id)")
    allow(
        "app",
        "adds",
        "assessment_decisions",
        "decided_by = acting_person() AND may_decide_assessment(assessment_id)",
    )


def grant() -> None:
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO {app}")
    op.execute(
        "GRANT UPDATE (starts_on, ends_on, withdrawn_at, withdrawn_reason, version) "
        f"ON assessments TO {app}"
    )
    op.execute(
        "GRANT UPDATE (site_id, programme, delivery, sessions, weekly_minutes, minutes_elsewhere, "
        "price_pence, price_unit, standing, encrypted, light, reached_on, tested_at) "
        f"ON assessment_options TO {app}"
    )


def add_assessments() -> None:

    op.create_table(
        "assessments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False, comment="The commissioner's own"),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column(
            "route",
            sa.Text(),
            nullable=False,
            comment="How the child comes to it: see rules.funding",
        ),
        sa.Column(
            "starts_on", sa.Date(), nullable=False, comment="The first day, as it is meant to be"
        ),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="The last day, once it is planned"),
        sa.Column(
            "requested_by", sa.UUID(), nullable=True, comment="Who asked for it; empty: a machine"
        ),
        sa.Column("requested_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "withdrawn_reason IN ('not-needed', 'other-place-found', 'parent-refused', 'child-left', 'recorded-by-mistake', 'child-erased')",
            name=op.f("assessments_withdrawn_reason_known_check"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("assessments_withdrawn_for_some_reason_check"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("assessments_in_order_check")),
        sa.CheckConstraint(
            "length(btrim(reference)) > 0", name=op.f("assessments_referred_to_check")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("assessments_child_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("assessments_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["people.id"], name=op.f("assessments_requested_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("assessments_pkey")),
        sa.UniqueConstraint(
            "commissioner_id", "reference", name=op.f("assessments_commissioner_id_reference_key")
        ),
    )
    op.create_index(op.f("assessments_child_id_idx"), "assessments", ["child_id"], unique=False)
    op.create_index(
        "assessments_commissioner_id_id_idx", "assessments", ["commissioner_id", "id"], unique=False
    )
    op.create_index(
        op.f("assessments_requested_by_idx"), "assessments", ["requested_by"], unique=False
    )


def add_assessment_steps() -> None:

    op.create_table(
        "assessment_steps",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("assessment_id", sa.UUID(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="What was said, under the child's own key; AES-256-GCM",
        ),
        sa.Column("written_by", sa.UUID(), nullable=True, comment="Empty: a machine"),
        sa.Column("written_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('need', 'alternatives', 'voices', 'told', 'shortlist', 'registration', 'match', 'risk', 'plan', 'money')",
            name=op.f("assessment_steps_step_known_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("assessment_steps_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("assessment_steps_assessment_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["people.id"], name=op.f("assessment_steps_written_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("assessment_steps_pkey")),
    )
    op.create_index(
        "assessment_steps_assessment_id_step_id_idx",
        "assessment_steps",
        ["assessment_id", "step", "id"],
        unique=False,
    )
    op.create_index(
        op.f("assessment_steps_written_by_idx"), "assessment_steps", ["written_by"], unique=False
    )


def add_assessment_options() -> None:

    op.create_table(
        "assessment_options",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("assessment_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True, comment="Which of the site's offers"),
        sa.Column(
            "delivery", sa.Text(), nullable=False, comment="at-a-setting, lone-tutor or online"
        ),
        sa.Column(
            "sessions",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="The proposed week: weekday, starts, ends, site",
        ),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True, comment="Of the proposed week"),
        sa.Column(
            "minutes_elsewhere",
            sa.Integer(),
            nullable=True,
            comment="A week, at school or elsewhere; empty: nobody has said",
        ),
        sa.Column("price_pence", sa.BigInteger(), nullable=True),
        sa.Column("price_unit", sa.Text(), nullable=True),
        sa.Column(
            "standing", sa.Text(), nullable=False, comment="considered, turned-down or chosen"
        ),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="Gaps and reasons, under the child's own key; AES-256-GCM",
        ),
        sa.Column(
            "light",
            sa.Text(),
            nullable=True,
            comment="What the registration test of the setting said of the proposed week",
        ),
        sa.Column("reached_on", sa.Date(), nullable=True, comment="The day on which it says so"),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "delivery IN ('at-a-setting', 'lone-tutor', 'online')",
            name=op.f("assessment_options_delivery_known_check"),
        ),
        sa.CheckConstraint(
            "light IN ('green', 'amber', 'incomplete', 'red')",
            name=op.f("assessment_options_light_known_check"),
        ),
        sa.CheckConstraint(
            "price_unit IN ('hour', 'half-day', 'day', 'week', 'term', 'place')",
            name=op.f("assessment_options_price_unit_known_check"),
        ),
        sa.CheckConstraint(
            "standing IN ('considered', 'turned-down', 'chosen')",
            name=op.f("assessment_options_standing_check"),
        ),
        sa.CheckConstraint(
            "(light IS NULL) = (tested_at IS NULL) AND (light IS NULL) = (reached_on IS NULL) AND (light IS NULL) = (sessions IS NULL)",
            name=op.f("assessment_options_tested_whole_check"),
        ),
        sa.CheckConstraint(
            "(price_pence IS NULL) = (price_unit IS NULL)",
            name=op.f("assessment_options_priced_whole_check"),
        ),
        sa.CheckConstraint(
            "(sessions IS NULL) = (weekly_minutes IS NULL)",
            name=op.f("assessment_options_timetabled_whole_check"),
        ),
        sa.CheckConstraint(
            "minutes_elsewhere BETWEEN 0 AND 10080",
            name=op.f("assessment_options_minutes_elsewhere_range_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("assessment_options_encrypted_check")
        ),
        sa.CheckConstraint(
            "price_pence >= 0", name=op.f("assessment_options_price_no_less_than_nothing_check")
        ),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 1 AND 10080",
            name=op.f("assessment_options_weekly_minutes_range_check"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("assessment_options_assessment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("assessment_options_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("assessment_options_pkey")),
    )
    op.create_index(
        "assessment_options_assessment_id_id_idx",
        "assessment_options",
        ["assessment_id", "id"],
        unique=False,
    )
    op.create_index(
        "assessment_options_chosen_key",
        "assessment_options",
        ["assessment_id"],
        unique=True,
        postgresql_where="standing = 'chosen'",
    )
    op.create_index(
        op.f("assessment_options_site_id_idx"), "assessment_options", ["site_id"], unique=False
    )


def add_assessment_tests() -> None:

    op.create_table(
        "assessment_tests",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("assessment_id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("asked_as", sa.Text(), nullable=False, comment="what-if, option or decision"),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("light", sa.Text(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "asked_as IN ('what-if', 'option', 'decision')",
            name=op.f("assessment_tests_asked_as_known_check"),
        ),
        sa.CheckConstraint(
            "light IN ('green', 'amber', 'incomplete', 'red')",
            name=op.f("assessment_tests_light_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("assessment_tests_assessment_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"],
            ["organisations.id"],
            name=op.f("assessment_tests_commissioner_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("assessment_tests_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("assessment_tests_pkey")),
    )
    op.create_index(
        op.f("assessment_tests_assessment_id_idx"),
        "assessment_tests",
        ["assessment_id"],
        unique=False,
    )
    op.create_index(
        "assessment_tests_commissioner_id_asked_at_idx",
        "assessment_tests",
        ["commissioner_id", "asked_at"],
        unique=False,
    )
    op.create_index(
        op.f("assessment_tests_site_id_idx"), "assessment_tests", ["site_id"], unique=False
    )


def add_assessment_decisions() -> None:

    op.create_table(
        "assessment_decisions",
        sa.Column("assessment_id", sa.UUID(), nullable=False),
        sa.Column("option_id", sa.UUID(), nullable=True, comment="Which setting was chosen"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="approved or refused"),
        sa.Column("decided_by", sa.UUID(), nullable=False),
        sa.Column("decided_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "register_entry",
            sa.BigInteger(),
            nullable=False,
            comment="The register's newest entry then",
        ),
        sa.Column(
            "frozen",
            sa.LargeBinary(),
            nullable=False,
            comment="Canonical JSON: facts in clear, personal parts as ciphertext",
        ),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, comment="Of the frozen bytes"),
        sa.CheckConstraint(
            "outcome = 'refused' OR option_id IS NOT NULL",
            name=op.f("assessment_decisions_approved_for_a_setting_check"),
        ),
        sa.CheckConstraint(
            "outcome IN ('approved', 'refused')",
            name=op.f("assessment_decisions_outcome_known_check"),
        ),
        sa.CheckConstraint(
            "octet_length(sha256) = 32", name=op.f("assessment_decisions_sha256_length_check")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("assessment_decisions_assessment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("assessment_decisions_decided_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["assessment_options.id"],
            name=op.f("assessment_decisions_option_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("assessment_decisions_pkey")),
    )
    op.create_index(
        "assessment_decisions_decided_by_idx", "assessment_decisions", ["decided_by"], unique=False
    )
    op.create_index(
        op.f("assessment_decisions_option_id_idx"),
        "assessment_decisions",
        ["option_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("placements_assessment_id_key", "placements")
    for column in ("encrypted_urgency", "assessment_id"):
        op.drop_column("placements", column)
    for table in reversed(TABLES):
        op.drop_table(table)
    for signature in (
        "evidence_days(uuid, date)",
        "checks_for_assessment(uuid, uuid, date)",
        "may_decide_assessment(uuid)",
        "may_see_assessment(uuid)",
        "holds_assessment(uuid)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
