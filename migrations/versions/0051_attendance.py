"""Attendance: facts, days on which nobody is expected, codes, contacts and alerts."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0051"
down_revision = "0050"

TABLES = (
    "attendance_facts",
    "attendance_closures",
    "attendance_codes",
    "attendance_contacts",
    "attendance_alerts",
)
APPEND_ONLY = ("attendance_facts", "attendance_codes", "attendance_contacts")
FUNCTIONS = (
    "alert_recipients(uuid)",
    "sessions_without_arrival(date, timestamptz, timestamptz, integer, date[])",
    "expected_children(uuid[])",
    "expected_sessions(uuid[], date, date, date[])",
    "placed_at_own_sites(date, date)",
    "may_see_attendance(uuid)",
    "registers_for(uuid)",
    "reports_for(uuid)",
)
SESSIONS = """
  JOIN LATERAL (SELECT t.id FROM placement_timetables t
    WHERE t.placement_id = p.id AND t.since <= d.day ORDER BY t.since DESC LIMIT 1) t ON true
  JOIN placement_sessions n ON n.timetable_id = t.id AND n.weekday = extract(isodow FROM d.day)
"""
"""The sessions of placements `p` on days `d`, by the timetable that holds then."""
CLOSED = """
  (SELECT c.reason FROM attendance_closures c
    WHERE c.withdrawn_at IS NULL AND d.day BETWEEN c.since AND c.until
      AND (c.site_id = n.site_id OR c.placement_id = p.id OR c.commissioner_id = p.commissioner_id)
    ORDER BY c.id LIMIT 1)
"""
"""Why nobody is expected at a session; nothing, if somebody is."""


def upgrade() -> None:
    op.create_index(
        "placements_open_until_idx",
        "placements",
        [sa.text("coalesce(ended_on, 'infinity'::date)")],
        unique=False,
    )
    add_attendance_facts()
    add_attendance_closures()
    add_attendance_codes()
    add_attendance_contacts()
    add_attendance_alerts()
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    say_who_reports()
    tell_what_is_expected()
    find_who_has_not_arrived()
    protect_rows()
    grant()


def say_who_reports() -> None:
    function(
        "reports_for(placement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
          AND (p.commissioner_id = acting_organisation() OR owns_site(p.site_id)))
        """,
        "app",
    )
    function(
        "registers_for(placement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM placements p LEFT JOIN LATERAL (
            SELECT c.school_id FROM child_circumstances c WHERE c.child_id = p.child_id
              AND c.since <= (now() AT TIME ZONE 'Europe/London')::date
            ORDER BY c.since DESC LIMIT 1) roll ON true
          WHERE p.id = placement
            AND coalesce(roll.school_id, p.commissioner_id) = ANY (organisations_acted_for()))
        """,
        "app",
    )
    function(
        "may_see_attendance(placement uuid)",
        "boolean",
        " SELECT may_see_placement(placement) OR registers_for(placement) ",
        "app",
    )


def tell_what_is_expected() -> None:
    function(
        "placed_at_own_sites(since date, until date)",
        "SETOF uuid",
        """
        SELECT p.id FROM provider_owners o JOIN sites s ON s.provider_id = o.provider_id
        JOIN placements p ON p.site_id = s.id
        WHERE o.ended_at IS NULL AND o.organisation_id = ANY (organisations_acted_for())
          AND p.starts_on <= until AND (p.ended_on IS NULL OR p.ended_on >= since)
        """,
        "app",
    )
    function(
        "expected_sessions(wanted uuid[], since date, until date, holidays date[])",
        "TABLE(placement_id uuid, day date, starts time, ends time, site_id uuid, site smallint, "
        "delivery text, by_authority boolean, expected boolean, why_not text)",
        f"""
        SELECT p.id, d.day, n.starts, n.ends, n.site_id, s.reference, p.delivery, p.by_authority,
          found.why_not IS NULL, found.why_not
        FROM (SELECT q.id, q.commissioner_id, q.delivery, q.starts_on, q.ended_on,
            o.kind IN ('local-authority', 'local-authority-team') AS by_authority
          FROM placements q JOIN organisations o ON o.id = q.commissioner_id
          WHERE q.id = ANY (wanted) AND (reports_for(q.id) OR may_see_attendance(q.id))) p
        CROSS JOIN (SELECT generate_series(since, until, '1 day')::date AS day) d
        {SESSIONS}
        JOIN sites s ON s.id = n.site_id
        CROSS JOIN LATERAL (SELECT coalesce({CLOSED},
          CASE WHEN d.day = ANY (holidays) THEN 'bank-holiday' END) AS why_not) found
        WHERE d.day >= p.starts_on AND (p.ended_on IS NULL OR d.day <= p.ended_on)
        """,
        "app",
    )
    function(
        "expected_children(wanted uuid[])",
        "TABLE(placement_id uuid, reference text, commissioner text, child_id uuid, "
        "sealed_key bytea, encrypted bytea)",
        """
        SELECT p.id, p.reference, o.name, k.id, k.sealed_key, x.encrypted
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        LEFT JOIN child_particulars x ON x.child_id = k.id
        WHERE p.id = ANY (wanted) AND owns_site(p.site_id)
        """,
        "app",
    )


def find_who_has_not_arrived() -> None:
    function(
        "sessions_without_arrival(day date, since timestamptz, moment timestamptz, minutes integer, "
        "holidays date[])",
        "TABLE(placement_id uuid, starts time, why text, due_at timestamptz)",
        f"""
        SELECT p.id, n.starts, CASE WHEN f.kind IS NULL THEN 'not-reported' ELSE 'absent' END, due.at
        FROM (SELECT sessions_without_arrival.day) d
        JOIN placements p ON coalesce(p.ended_on, 'infinity'::date) >= d.day
          AND p.starts_on <= d.day
        {SESSIONS}
        LEFT JOIN LATERAL (SELECT c.minutes FROM attendance_contacts c
          WHERE c.placement_id = p.id ORDER BY c.id DESC LIMIT 1) agreed ON true
        CROSS JOIN LATERAL (SELECT (d.day + n.starts) AT TIME ZONE 'Europe/London'
          + make_interval(mins => coalesce(agreed.minutes, sessions_without_arrival.minutes)) AS at) due
        LEFT JOIN LATERAL (SELECT a.kind FROM attendance_facts a
          WHERE a.placement_id = p.id AND a.day = d.day AND a.starts = n.starts
          ORDER BY a.id DESC LIMIT 1) f ON true
        WHERE due.at <= moment AND due.at > since
          AND (f.kind IS NULL OR f.kind = 'absent') AND NOT d.day = ANY (holidays)
          AND NOT EXISTS (SELECT FROM attendance_alerts a
            WHERE a.placement_id = p.id AND a.day = d.day AND a.starts = n.starts)
          AND {CLOSED} IS NULL
        """,
        "worker",
    )
    function(
        "alert_recipients(alert uuid)",
        "TABLE(person_id uuid, name text, email text)",
        """
        WITH told AS (SELECT p.commissioner_id, (SELECT c.person_id FROM attendance_contacts c
            WHERE c.placement_id = p.id ORDER BY c.id DESC LIMIT 1) AS contact
          FROM attendance_alerts a JOIN placements p ON p.id = a.placement_id WHERE a.id = alert),
        members AS (SELECT m.person_id, m.roles, m.person_id = t.contact AS agreed
          FROM told t JOIN memberships m ON m.organisation_id = t.commissioner_id
          WHERE m.ended_at IS NULL)
        SELECT m.person_id, p.name, c.email FROM members m JOIN people p ON p.id = m.person_id
        JOIN person_contacts c ON c.person_id = m.person_id
        WHERE coalesce(m.agreed, false) OR (NOT EXISTS (SELECT FROM members x WHERE x.agreed)
          AND m.roles && ARRAY['commissioner', 'designated-safeguarding-lead'])
        ORDER BY m.person_id
        """,
        "worker",
    )


def protect_rows() -> None:
    protect(*TABLES)
    seen, reported = "may_see_attendance(placement_id)", "reports_for(placement_id)"
    own = "organisation_id = (SELECT acting_organisation())"
    allow("app", "sees", "attendance_facts", f"{reported} OR {seen}")
    allow("app", "adds", "attendance_facts", f"{own} AND {reported}")
    acted = "ANY ((SELECT organisations_acted_for())::uuid[])"
    allow(
        "app",
        "sees",
        "attendance_closures",
        f"organisation_id = {acted} OR commissioner_id = {acted} "
        "OR (site_id IS NOT NULL AND (SELECT acts_for_commissioner())) "
        f"OR (placement_id IS NOT NULL AND ({reported} OR {seen}))",
    )
    allow(
        "app",
        "adds",
        "attendance_closures",
        f"{own} AND CASE WHEN site_id IS NOT NULL THEN owns_site(site_id) "
        f"WHEN placement_id IS NOT NULL THEN {reported} "
        "ELSE commissioner_id = (SELECT acting_organisation()) END",
    )
    allow("app", "changes", "attendance_closures", own)
    allow("app", "sees", "attendance_codes", seen)
    allow("app", "adds", "attendance_codes", "registers_for(placement_id)")
    allow("app", "sees", "attendance_contacts", "may_see_placement(placement_id)")
    allow("app", "adds", "attendance_contacts", "holds_placement(placement_id)")
    allow("app", "sees", "attendance_alerts", "may_see_placement(placement_id)")
    allow("app", "changes", "attendance_alerts", "holds_placement(placement_id)")
    allow_all_rows("worker", "sees adds", "attendance_alerts")


def grant() -> None:
    app, worker = role("app"), role("worker")
    op.execute(
        "GRANT SELECT, INSERT ON attendance_facts, attendance_closures, attendance_codes, "
        f"attendance_contacts TO {app}"
    )
    op.execute(f"GRANT UPDATE (withdrawn_at) ON attendance_closures TO {app}")
    op.execute(f"GRANT SELECT ON attendance_alerts TO {app}")
    op.execute(
        "GRANT UPDATE (answer, answered_by, answered_by_name, answered_at) "
        f"ON attendance_alerts TO {app}"
    )
    op.execute(f"GRANT SELECT, INSERT ON attendance_alerts TO {worker}")


def add_attendance_facts() -> None:
    op.create_table(
        "attendance_facts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="London"),
        sa.Column("starts", sa.Time(), nullable=False, comment="Of the session; London time"),
        sa.Column("kind", sa.Text(), nullable=False, comment="arrived, late, left-early, absent …"),
        sa.Column("arrived_at", sa.Time(), nullable=True, comment="London time"),
        sa.Column("left_at", sa.Time(), nullable=True, comment="London time"),
        sa.Column("absence", sa.Text(), nullable=True, comment="Why; see rules.attendance.facts"),
        sa.Column("source", sa.Text(), nullable=False, comment="provider or commissioner"),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True, comment="The reporter's own"),
        sa.Column(
            "reported_by", sa.Text(), nullable=False, comment="Person or machine, as named then"
        ),
        sa.Column("told_by", sa.Text(), nullable=True, comment="By phone: who told it"),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True, comment="By phone: when"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'late' OR arrived_at IS NOT NULL",
            name=op.f("attendance_facts_late_at_some_time_check"),
        ),
        sa.CheckConstraint(
            "kind <> 'left-early' OR left_at IS NOT NULL",
            name=op.f("attendance_facts_left_at_some_time_check"),
        ),
        sa.CheckConstraint(
            "kind = 'absent' OR absence IS NULL",
            name=op.f("attendance_facts_absence_of_the_absent_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('arrived', 'late', 'left-early', 'absent', 'not-expected')",
            name=op.f("attendance_facts_kind_known_check"),
        ),
        sa.CheckConstraint(
            "source IN ('provider', 'commissioner')",
            name=op.f("attendance_facts_source_known_check"),
        ),
        sa.CheckConstraint(
            "(told_at IS NULL) = (told_by IS NULL)", name=op.f("attendance_facts_told_whole_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("attendance_facts_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("attendance_facts_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_facts_pkey")),
    )
    op.create_index(
        "attendance_facts_reference_key",
        "attendance_facts",
        ["organisation_id", "reference"],
        unique=True,
        postgresql_where="reference IS NOT NULL",
    )
    op.create_index(
        "attendance_facts_session_idx",
        "attendance_facts",
        ["placement_id", "day", "starts", "id"],
        unique=False,
    )


def add_attendance_closures() -> None:
    op.create_table(
        "attendance_closures",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=True),
        sa.Column("placement_id", sa.UUID(), nullable=True),
        sa.Column("commissioner_id", sa.UUID(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="Who said so"),
        sa.Column("said_by", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('holiday', 'training-day', 'closed', 'other-arrangement')",
            name=op.f("attendance_closures_reason_known_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(site_id, placement_id, commissioner_id) = 1",
            name=op.f("attendance_closures_of_one_check"),
        ),
        sa.CheckConstraint("until >= since", name=op.f("attendance_closures_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["commissioner_id"],
            ["organisations.id"],
            name=op.f("attendance_closures_commissioner_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("attendance_closures_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("attendance_closures_placement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("attendance_closures_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_closures_pkey")),
    )
    op.create_index(
        "attendance_closures_commissioner_id_until_idx",
        "attendance_closures",
        ["commissioner_id", "until"],
        unique=False,
    )
    op.create_index(
        op.f("attendance_closures_organisation_id_idx"),
        "attendance_closures",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "attendance_closures_placement_id_until_idx",
        "attendance_closures",
        ["placement_id", "until"],
        unique=False,
    )
    op.create_index(
        "attendance_closures_site_id_until_idx",
        "attendance_closures",
        ["site_id", "until"],
        unique=False,
    )


def add_attendance_codes() -> None:
    op.create_table(
        "attendance_codes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="London"),
        sa.Column("half", sa.Text(), nullable=False, comment="morning or afternoon"),
        sa.Column("code", sa.Text(), nullable=False, comment="Of the school's register"),
        sa.Column("proposed", sa.Text(), nullable=True, comment="What the facts led to then"),
        sa.Column("warning", sa.Text(), nullable=True, comment="Why it does not fit, as was told"),
        sa.Column(
            "decided_by", sa.Text(), nullable=False, comment="Person or machine, as named then"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "half IN ('morning', 'afternoon')", name=op.f("attendance_codes_half_known_check")
        ),
        sa.CheckConstraint(
            "length(code) BETWEEN 1 AND 2", name=op.f("attendance_codes_code_form_check")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("attendance_codes_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_codes_pkey")),
    )
    op.create_index(
        "attendance_codes_session_idx",
        "attendance_codes",
        ["placement_id", "day", "half", "id"],
        unique=False,
    )


def add_attendance_contacts() -> None:
    op.create_table(
        "attendance_contacts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False, comment="After the expected time"),
        sa.Column("agreed_by", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 0 AND 240", name=op.f("attendance_contacts_minutes_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("attendance_contacts_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("attendance_contacts_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_contacts_pkey")),
    )
    op.create_index(
        op.f("attendance_contacts_person_id_idx"),
        "attendance_contacts",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        "attendance_contacts_placement_id_idx",
        "attendance_contacts",
        ["placement_id", "id"],
        unique=False,
    )


def add_attendance_alerts() -> None:
    op.create_table(
        "attendance_alerts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="London"),
        sa.Column("starts", sa.Time(), nullable=False, comment="London time"),
        sa.Column("why", sa.Text(), nullable=False, comment="not-reported is never absent"),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When somebody was to be told",
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('safe', 'being-looked-for', 'not-expected', 'attended')",
            name=op.f("attendance_alerts_answer_known_check"),
        ),
        sa.CheckConstraint(
            "why IN ('not-reported', 'absent')", name=op.f("attendance_alerts_why_known_check")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_by_name IS NULL)",
            name=op.f("attendance_alerts_answered_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("attendance_alerts_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("attendance_alerts_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_alerts_pkey")),
        sa.UniqueConstraint(
            "placement_id",
            "day",
            "starts",
            name=op.f("attendance_alerts_placement_id_day_starts_key"),
        ),
    )
    op.create_index(
        op.f("attendance_alerts_answered_by_idx"),
        "attendance_alerts",
        ["answered_by"],
        unique=False,
    )
    op.create_index(
        "attendance_alerts_open_idx",
        "attendance_alerts",
        ["id"],
        unique=False,
        postgresql_where="answered_at IS NULL",
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_index("placements_open_until_idx", "placements")
