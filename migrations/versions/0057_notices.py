"""Notices of placements: whom it is safe to tell, what was composed, and that it was sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0057"
down_revision = "0056"

TABLES = ("safe_contacts", "placement_notices", "notice_sendings")
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
KINDS = (
    "'direction', 'suspension-place', 'parent-copy', 'home-authority', 'plan-authority', "
    "'social-worker', 'virtual-school-head', 'home-school', 'service-agreement'"
)
RECIPIENTS = (
    "'parent', 'pupil', 'home-authority', 'plan-authority', 'social-worker', "
    "'virtual-school-head', 'home-school', 'provider'"
)


def upgrade() -> None:
    add_safe_contacts()
    add_placement_notices()
    add_notice_sendings()
    for table in TABLES:
        for name, moment, each in (
            ("append_only", "DELETE OR UPDATE", "ROW"),
            ("never_emptied", "TRUNCATE", "STATEMENT"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION refuse_change()"
            )
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    tell_facts()
    protect(*TABLES)
    app, seen = role("app"), "may_see_placement(placement_id)"
    responsible = "holds_child(child_id) OR is_responsible_for_child(child_id)"
    allow("app", "sees", "safe_contacts", f"{responsible} OR acts_for_child(child_id)")
    allow("app", "adds", "safe_contacts", "holds_child(child_id)")
    for table in ("placement_notices", "notice_sendings"):
        allow("app", "sees", table, seen)
        allow("app", "adds", table, "holds_placement(placement_id)")
    op.execute(f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO {app}")


def tell_facts() -> None:
    """Tell what decides which notices are needed, of what they are composed, what was sent."""
    function(
        "acts_for_child(child uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                       AND c.commissioner_id = ANY (organisations_acted_for()))
        """,
        "app",
    )
    function(
        "notice_basis(placement uuid)",
        "jsonb",
        f"""
        SELECT jsonb_build_object(
          'starts_on', p.starts_on, 'planned_end_on', p.planned_end_on,
          'timetable', (SELECT t.id FROM placement_timetables t WHERE t.placement_id = p.id
            ORDER BY t.since DESC LIMIT 1),
          'site', s.version,
          'lead_contact', (SELECT d.id FROM duty_contacts d
            WHERE d.placement_id = p.id AND d.duty = 'lead-contact'
              AND d.organisation_id = (SELECT q.organisation_id FROM duty_periods q
                WHERE q.placement_id = p.id AND q.duty = 'lead-contact'
                  AND greatest({TODAY}, (SELECT min(f.since) FROM duty_periods f
                        WHERE f.placement_id = p.id AND f.duty = 'lead-contact'))
                    BETWEEN q.since AND coalesce(q.until, 'infinity'::date) LIMIT 1)
            ORDER BY d.recorded_at DESC, d.id DESC LIMIT 1),
          'safe_contacts', (SELECT max(c.version) FROM safe_contacts c
            WHERE c.child_id = p.child_id))
        FROM placements p JOIN sites s ON s.id = p.site_id
        WHERE p.id = placement AND may_see_attendance(p.id)
        """,
        "app",
    )
    function(
        "notice_facts(placement uuid)",
        "TABLE(route text, first_session timestamp, recorded_at timestamptz, born_on date, "
        "commissioner_la text, home_la text, plan_la text, care_la text, on_others_roll boolean, "
        "ended_on date, shorter_agreed boolean)",
        f"""
        SELECT p.route, coalesce((SELECT min(p.starts_on
              + ((e.weekday - extract(isodow FROM p.starts_on)::int + 7) % 7) + e.starts)
            FROM placement_sessions e WHERE e.timetable_id = (SELECT t.id
              FROM placement_timetables t WHERE t.placement_id = p.id ORDER BY t.since LIMIT 1)),
            p.starts_on::timestamp),
          p.recorded_at, k.date_of_birth,
          CASE WHEN o.kind IN ('local-authority', 'local-authority-team') THEN o.la_code END,
          c.home_la_code, c.plan_la_code, c.care_la_code,
          c.school_id IS NOT NULL AND c.school_id <> p.commissioner_id, p.ended_on,
          EXISTS (SELECT FROM placement_notices n
            WHERE n.placement_id = p.id AND n.shorter_agreed)
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        LEFT JOIN LATERAL (SELECT x.* FROM child_circumstances x WHERE x.child_id = p.child_id
          AND x.since <= greatest({TODAY}, p.starts_on) ORDER BY x.since DESC LIMIT 1) c ON true
        WHERE p.id = placement AND may_see_attendance(p.id)
        """,
        "app",
    )
    function(
        "notices_held(placement uuid)",
        "TABLE(id uuid, kind text, current boolean, given_at timestamptz)",
        """
        SELECT n.id, n.kind, notice_basis(placement) @> n.basis, (SELECT min(g.given_at)
            FROM notice_sendings g WHERE g.notice_id = n.id AND g.outcome = 'sent'
              AND NOT EXISTS (SELECT FROM notice_sendings l WHERE l.corrects = g.id))
        FROM placement_notices n WHERE n.placement_id = placement AND may_see_attendance(placement)
        """,
        "app",
    )


def add_safe_contacts() -> None:
    op.create_table(
        "safe_contacts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; 1 is: nothing yet"
        ),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="Everybody who is named, and what is safe; AES-256-GCM",
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 1", name=op.f("safe_contacts_version_range_check")),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("safe_contacts_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("safe_contacts_child_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("safe_contacts_pkey")),
        sa.UniqueConstraint("child_id", "version", name=op.f("safe_contacts_child_id_version_key")),
    )


def add_placement_notices() -> None:
    op.create_table(
        "placement_notices",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="parent-copy, direction …: see rules.notices"
        ),
        sa.Column(
            "recipient", sa.Text(), nullable=False, comment="To whom, as a role; never a name"
        ),
        sa.Column(
            "addressee",
            sa.SmallInteger(),
            nullable=False,
            comment="Which of the child's safe contacts; 0: the role alone",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Counts what was composed of this kind for this addressee",
        ),
        sa.Column(
            "basis",
            JSONB(),
            nullable=False,
            comment="Of which days, week, site and versions it was composed; names nobody",
        ),
        sa.Column(
            "due_on", sa.Date(), nullable=False, comment="The last day in time, as it was then"
        ),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Where the clock counts hours",
        ),
        sa.Column(
            "shorter_agreed",
            sa.Boolean(),
            nullable=False,
            comment="The parent consents to shorter notice, before the sixth day",
        ),
        sa.Column(
            "encrypted", sa.LargeBinary(), nullable=False, comment="The document; AES-256-GCM"
        ),
        sa.Column("composed_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("placement_notices_kind_known_check")),
        sa.CheckConstraint(
            f"recipient IN ({RECIPIENTS})", name=op.f("placement_notices_recipient_known_check")
        ),
        sa.CheckConstraint(
            "addressee BETWEEN 0 AND 50", name=op.f("placement_notices_addressee_range_check")
        ),
        sa.CheckConstraint("version > 0", name=op.f("placement_notices_version_range_check")),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("placement_notices_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("placement_notices_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("placement_notices_pkey")),
        sa.UniqueConstraint(
            *("placement_id", "kind", "addressee", "version"),
            name=op.f("placement_notices_placement_id_kind_addressee_version_key"),
        ),
        sa.UniqueConstraint("id", "placement_id", name="placement_notices_of_placement_key"),
    )


def add_notice_sendings() -> None:
    op.create_table(
        "notice_sendings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("notice_id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="sent, returned or not-sent"),
        sa.Column("way", sa.Text(), nullable=True, comment="post, hand, email or portal"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "given_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it counts as given; by post later than it was sent",
        ),
        sa.Column("sent_by_name", sa.Text(), nullable=False, comment="Who sent it, as told"),
        sa.Column(
            "corrects", sa.UUID(), nullable=True, comment="Which earlier row this puts right"
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('sent', 'returned', 'not-sent')",
            name=op.f("notice_sendings_outcome_known_check"),
        ),
        sa.CheckConstraint(
            "way IN ('post', 'hand', 'email', 'portal')",
            name=op.f("notice_sendings_way_known_check"),
        ),
        sa.CheckConstraint(
            "(outcome = 'not-sent') = (sent_at IS NULL) AND (sent_at IS NULL) = (way IS NULL) "
            "AND (sent_at IS NULL) = (given_at IS NULL)",
            name=op.f("notice_sendings_sent_whole_check"),
        ),
        sa.CheckConstraint(
            "outcome = 'sent' OR corrects IS NOT NULL",
            name=op.f("notice_sendings_corrects_something_check"),
        ),
        sa.CheckConstraint(
            "given_at >= sent_at", name=op.f("notice_sendings_given_after_sent_check")
        ),
        sa.CheckConstraint("corrects <> id", name=op.f("notice_sendings_corrects_another_check")),
        sa.ForeignKeyConstraint(
            ["notice_id", "placement_id"],
            ["placement_notices.id", "placement_notices.placement_id"],
            name="notice_sendings_notice_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("notice_sendings_placement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["corrects"], ["notice_sendings.id"], name=op.f("notice_sendings_corrects_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("notice_sendings_pkey")),
        sa.UniqueConstraint("corrects", name=op.f("notice_sendings_corrects_key")),
    )
    op.create_index(
        "notice_sendings_notice_id_idx", "notice_sendings", ["notice_id", "id"], unique=False
    )
    op.create_index(
        "notice_sendings_placement_id_idx", "notice_sendings", ["placement_id"], unique=False
    )


def downgrade() -> None:
    for signature in ("notices_held(uuid)", "notice_facts(uuid)", "notice_basis(uuid)"):
        op.execute(f"DROP FUNCTION {signature}")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION acts_for_child(uuid)")
