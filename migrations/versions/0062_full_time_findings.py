"""The department records that a child is not full-time at a setting; the test counts it so."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0062"
down_revision = "0059"

TABLE = "full_time_findings"
FACTS = (
    "minutes integer, placed_elsewhere integer, said_elsewhere integer, birth_month date, "
    "has_plan boolean, is_looked_after boolean, has_sen boolean, at_a_setting boolean, "
    "lone_tutor boolean"
)
CHILD = """
        FROM each e LEFT JOIN LATERAL (
          SELECT min(date_trunc('month', k.date_of_birth)::date) AS birth_month,
            bool_or(d.plan_la_code IS NOT NULL) AS has_plan,
            bool_or(d.care_la_code IS NOT NULL) AS is_looked_after, bool_or(d.has_sen) AS has_sen
          FROM child_links n JOIN children k ON k.id = n.child_id LEFT JOIN LATERAL (
            SELECT s.plan_la_code, s.care_la_code, s.has_sen FROM child_circumstances s
            WHERE s.child_id = k.id AND s.since <= day ORDER BY s.since DESC LIMIT 1) d ON true
          WHERE n.link_id = e.child_link
        ) f ON true
        """
EACH = """
        WITH here AS (
          SELECT c.child_link, sum(c.weekly_minutes)::integer AS minutes,
            max(c.minutes_elsewhere) AS said, bool_or(c.delivery = 'at-a-setting') AS at_a_setting,
            bool_or(c.delivery = 'lone-tutor') AS lone_tutor
          FROM commitments c
          WHERE c.site_id IN (SELECT institution_sites_of(institution)) AND c.period @> day
            AND c.placement_id IS DISTINCT FROM besides
          GROUP BY c.child_link
          UNION ALL
          SELECT link, 0, NULL, false, false WHERE link IS NOT NULL
        ), each AS (
          SELECT child_link, sum(minutes)::integer AS minutes, max(said) AS said,
            bool_or(at_a_setting) AS at_a_setting, bool_or(lone_tutor) AS lone_tutor
          FROM here GROUP BY child_link
        )
"""
ASKED = "        SELECT e.child_link IS NOT DISTINCT FROM link, "
COUNTED = """e.minutes,
          coalesce((SELECT sum(c.weekly_minutes)::integer FROM commitments c
            WHERE c.child_link = e.child_link AND c.period @> day
              AND c.placement_id IS DISTINCT FROM besides
              AND c.site_id NOT IN (SELECT institution_sites_of(institution))), 0),
          e.said, f.birth_month, coalesce(f.has_plan, false), coalesce(f.is_looked_after, false),
          coalesce(f.has_sen, false), e.at_a_setting, e.lone_tutor"""
FOUND = """,
          (SELECT CASE x.finding WHEN 'not-full-time' THEN x.weekly_minutes END
            FROM full_time_findings x JOIN registration_cases r ON r.id = x.case_id
            WHERE r.provider_id = institution AND x.child_link = e.child_link
              AND day BETWEEN x.since AND coalesce(x.until, 'infinity')
            ORDER BY x.id DESC LIMIT 1)"""
SIGNATURE = "threshold_facts(institution uuid, day date, link uuid, besides uuid)"


def upgrade() -> None:
    add_findings()
    op.execute("DROP FUNCTION threshold_facts(uuid, date, uuid, uuid)")
    function(
        SIGNATURE,
        f"TABLE(is_asked boolean, {FACTS}, found_up_to integer)",
        f"{EACH}{ASKED}{COUNTED}{FOUND}{CHILD}",
        "threshold",
    )
    function(
        "children_in_case(registration_case uuid, day date)",
        f"TABLE(child_link uuid, {FACTS}, found_up_to integer, commissioners text[])",
        f"""
        WITH asked AS (SELECT r.provider_id AS institution FROM registration_cases r
          WHERE r.id = registration_case AND acts_for_department())
        SELECT told.* FROM asked, LATERAL (
          {
            EACH.replace("c.placement_id IS DISTINCT FROM besides", "true")
            .replace("SELECT link, 0, NULL, false, false WHERE link IS NOT NULL", "")
            .replace("UNION ALL", "")
        } SELECT e.child_link, {
            COUNTED.replace("c.placement_id IS DISTINCT FROM besides", "true")
        } {FOUND}, (SELECT array_agg(DISTINCT o.name ORDER BY o.name)
            FROM commitments c JOIN organisations o ON o.id = c.commissioner_id
            WHERE c.child_link = e.child_link AND c.period @> day
              AND c.site_id IN (SELECT institution_sites_of(institution))) {CHILD}) told
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION children_in_case(uuid, date)")
    op.execute("DROP FUNCTION threshold_facts(uuid, date, uuid, uuid)")
    function(
        SIGNATURE,
        f"TABLE(is_asked boolean, {FACTS})",
        f"{EACH}{ASKED}{COUNTED}{CHILD}",
        "threshold",
    )
    op.drop_table(TABLE)


def add_findings() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column(
            "case_id", sa.UUID(), nullable=False, comment="Which says at whose institution it is"
        ),
        sa.Column(
            "child_link", sa.UUID(), nullable=False, comment="As in commitments; names nobody"
        ),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column(
            "weekly_minutes",
            sa.Integer(),
            nullable=False,
            comment="As many were timetabled there; it covers no more",
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="The last day; empty: no end is set"),
        sa.Column("reasons", sa.Text(), nullable=False, comment="How it is known; names no child"),
        sa.Column("found_by", sa.UUID(), nullable=False),
        sa.Column("found_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "finding IN ('not-full-time', 'by-the-hours')",
            name=op.f("full_time_findings_finding_known_check"),
        ),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 1 AND 10080",
            name=op.f("full_time_findings_weekly_minutes_range_check"),
        ),
        sa.CheckConstraint("until >= since", name=op.f("full_time_findings_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["registration_cases.id"], name=op.f("full_time_findings_case_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["found_by"], ["people.id"], name=op.f("full_time_findings_found_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("full_time_findings_pkey")),
    )
    op.create_index(op.f("full_time_findings_case_id_idx"), TABLE, ["case_id"], unique=False)
    op.create_index(op.f("full_time_findings_found_by_idx"), TABLE, ["found_by"], unique=False)
    op.create_index(op.f("full_time_findings_child_link_idx"), TABLE, ["child_link"], unique=False)
    for name, moment, each in (
        ("append_only", "DELETE OR UPDATE", "ROW"),
        ("never_emptied", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} FOR EACH {each} "
            "EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")
    protect(TABLE)
    department = "(SELECT acts_for_department())"
    allow("app", "sees", TABLE, department)
    allow("app", "adds", TABLE, f"{department} AND found_by = acting_person()")
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO {role('app')}")
