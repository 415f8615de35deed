"""Placements with their timetables, what providers declare, and the facts of the registration test."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0045"
down_revision = "0044"

TABLES = (
    "attendance_declarations",
    "declared_bands",
    "placements",
    "placement_timetables",
    "placement_sessions",
    "registration_cases",
)


def upgrade() -> None:
    widen_commitments()
    add_attendance_declarations()
    add_declared_bands()
    add_placements()
    add_placement_timetables()
    add_placement_sessions()
    add_registration_cases()
    say_whose_placements_are()
    say_what_an_institution_is()
    tell_anonymous_facts()
    protect_rows()
    grant()


def widen_commitments() -> None:
    """Nothing has written any yet."""
    op.add_column(
        "commitments",
        sa.Column("placement_id", sa.UUID(), nullable=False, comment="Which placement it is of"),
    )
    op.add_column(
        "commitments",
        sa.Column(
            "delivery", sa.Text(), nullable=False, comment="at-a-setting, lone-tutor or online"
        ),
    )
    op.add_column(
        "commitments",
        sa.Column(
            "minutes_elsewhere",
            sa.Integer(),
            nullable=True,
            comment="A week, at school or anywhere not held here; empty: nobody has said",
        ),
    )
    op.create_check_constraint(
        op.f("commitments_delivery_known_check"),
        "commitments",
        "delivery IN ('at-a-setting', 'lone-tutor', 'online')",
    )
    op.create_check_constraint(
        op.f("commitments_minutes_elsewhere_range_check"),
        "commitments",
        "minutes_elsewhere BETWEEN 0 AND 10080",
    )
    op.create_index(
        op.f("commitments_placement_id_idx"), "commitments", ["placement_id"], unique=False
    )


def say_whose_placements_are() -> None:
    function(
        "holds_placement(placement uuid)",
        "boolean",
        """ SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
                           AND p.commissioner_id = acting_organisation()) """,
        "app",
    )
    function(
        "may_see_placement(placement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
          AND (p.commissioner_id = ANY (organisations_acted_for())
               OR is_responsible_for_child(p.child_id)))
        """,
        "app",
    )
    function(
        "timetabled_for(timetable uuid)",
        "uuid",
        " SELECT t.placement_id FROM placement_timetables t WHERE t.id = timetable ",
        "app",
    )


def say_what_an_institution_is() -> None:
    function(
        "institution_of(site uuid)",
        "uuid",
        """
        SELECT coalesce(
          (SELECT i.provider_id FROM institution_sites i
           WHERE i.site_id = site AND i.ended_at IS NULL),
          (SELECT s.provider_id FROM sites s WHERE s.id = site))
        """,
        "app",
        "threshold",
    )
    function(
        "institution_sites_of(institution uuid)",
        "SETOF uuid",
        """
        SELECT s.id FROM sites s WHERE s.provider_id = institution AND NOT EXISTS (
          SELECT FROM institution_sites i WHERE i.site_id = s.id AND i.ended_at IS NULL
            AND i.provider_id <> institution)
        UNION
        SELECT i.site_id FROM institution_sites i
        WHERE i.provider_id = institution AND i.ended_at IS NULL
        """,
    )


def tell_anonymous_facts() -> None:
    """What leaves here names nobody: of a birth the month, from which school age follows."""
    function(
        "institutions_of_link(link uuid, since date, until date)",
        "SETOF uuid",
        """
        SELECT DISTINCT institution_of(c.site_id) FROM commitments c
        WHERE c.child_link = link AND c.period && daterange(since, until, '[]')
        """,
        "threshold",
    )
    function(
        "threshold_days(institution uuid, since date, until date)",
        "SETOF date",
        """
        SELECT DISTINCT lower(c.period) FROM commitments c
        WHERE c.site_id IN (SELECT institution_sites_of(institution))
          AND c.period && daterange(since, until, '[]') AND lower(c.period) > since
        UNION
        SELECT d.since FROM child_circumstances d JOIN child_links n USING (child_id)
        WHERE d.since > threshold_days.since AND d.since <= until AND n.link_id IN (
          SELECT c.child_link FROM commitments c
          WHERE c.site_id IN (SELECT institution_sites_of(institution))
            AND c.period && daterange(threshold_days.since, until, '[]'))
        """,
        "threshold",
    )
    op.execute("""
        CREATE FUNCTION keep_overrun_committed(today date) RETURNS integer
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
          WITH kept AS (
            UPDATE commitments c SET period = daterange(lower(c.period), NULL) FROM placements p
            WHERE p.id = c.placement_id AND p.ended_on IS NULL AND p.planned_end_on < today
              AND upper(c.period) = p.planned_end_on + 1
            RETURNING 1)
          SELECT count(*)::integer FROM kept
        $$""")
    op.execute("REVOKE ALL ON FUNCTION keep_overrun_committed(date) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION keep_overrun_committed(date) TO {role('threshold')}")
    function(
        "placed_institutions(since date, until date, after uuid, most integer)",
        "SETOF uuid",
        """
        SELECT p.id FROM providers p WHERE (after IS NULL OR p.id > after) AND EXISTS (
          SELECT FROM commitments c WHERE c.site_id IN (SELECT institution_sites_of(p.id))
            AND c.period && daterange(since, until, '[]'))
        ORDER BY p.id LIMIT most
        """,
        "threshold",
    )
    function(
        "placement_minutes(institution uuid, placement uuid, day date)",
        "integer",
        """
        SELECT coalesce(sum(c.weekly_minutes), 0)::integer FROM commitments c
        WHERE c.placement_id = placement AND c.period @> day
          AND c.site_id IN (SELECT institution_sites_of(institution))
        """,
        "threshold",
    )
    function(
        "threshold_facts(institution uuid, day date, link uuid, besides uuid)",
        "TABLE(is_asked boolean, minutes integer, placed_elsewhere integer, "
        "said_elsewhere integer, birth_month date, has_plan boolean, is_looked_after boolean, "
        "has_sen boolean, at_a_setting boolean, lone_tutor boolean)",
        """
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
        SELECT e.child_link IS NOT DISTINCT FROM link, e.minutes,
          coalesce((SELECT sum(c.weekly_minutes)::integer FROM commitments c
            WHERE c.child_link = e.child_link AND c.period @> day
              AND c.placement_id IS DISTINCT FROM besides
              AND c.site_id NOT IN (SELECT institution_sites_of(institution))), 0),
          e.said, f.birth_month, coalesce(f.has_plan, false), coalesce(f.is_looked_after, false),
          coalesce(f.has_sen, false), e.at_a_setting, e.lone_tutor
        FROM each e LEFT JOIN LATERAL (
          SELECT min(date_trunc('month', k.date_of_birth)::date) AS birth_month,
            bool_or(d.plan_la_code IS NOT NULL) AS has_plan,
            bool_or(d.care_la_code IS NOT NULL) AS is_looked_after, bool_or(d.has_sen) AS has_sen
          FROM child_links n JOIN children k ON k.id = n.child_id LEFT JOIN LATERAL (
            SELECT s.plan_la_code, s.care_la_code, s.has_sen FROM child_circumstances s
            WHERE s.child_id = k.id AND s.since <= day ORDER BY s.since DESC LIMIT 1) d ON true
          WHERE n.link_id = e.child_link
        ) f ON true
        """,
        "threshold",
    )


def protect_rows() -> None:
    protect(*TABLES)
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    held = "commissioner_id = (SELECT acting_organisation())"
    allow("app", "sees", "placements", f"{own} OR is_responsible_for_child(child_id)")
    allow("app", "adds", "placements", f"{held} AND holds_child(child_id)")
    allow("app", "changes", "placements", held)
    allow("app", "sees", "placement_timetables", "may_see_placement(placement_id)")
    allow("app", "adds", "placement_timetables", "holds_placement(placement_id)")
    of_session = "timetabled_for(timetable_id)"
    allow("app", "sees", "placement_sessions", f"may_see_placement({of_session})")
    allow("app", "adds", "placement_sessions", f"holds_placement({of_session})")
    for verb in ("sees", "adds", "changes", "removes"):
        allow("app", verb, "commitments", held)
    allow_all_rows("matcher", "sees", "placements")
    allow_all_rows("matcher", "sees changes", "commitments")
    answers = "coalesce(answers_for_provider(provider_id), false)"
    allow("app", "sees", "attendance_declarations", f"owns_provider(provider_id) OR {answers}")
    allow(
        "app",
        "adds",
        "attendance_declarations",
        "owns_provider(provider_id) AND declared_by = acting_person()",
    )
    declared = "EXISTS (SELECT FROM attendance_declarations d WHERE d.id = declaration_id{})"
    allow("app", "sees", "declared_bands", declared.format(""))
    allow("app", "adds", "declared_bands", declared.format(" AND owns_provider(d.provider_id)"))
    allow_all_rows("threshold", "sees", "attendance_declarations", "declared_bands")
    allow("app", "sees", "registration_cases", answers)
    allow("app", "changes", "registration_cases", "(SELECT acts_for_department())")
    allow_all_rows("threshold", "sees adds", "registration_cases")


def grant() -> None:
    app, matcher, threshold = role("app"), role("matcher"), role("threshold")
    op.execute(
        "GRANT SELECT, INSERT ON placements, placement_timetables, placement_sessions, "
        f"attendance_declarations, declared_bands TO {app}"
    )
    op.execute(
        "GRANT UPDATE (planned_end_on, ended_on, end_reason, destination, assess_by, version) "
        f"ON placements TO {app}"
    )
    op.execute(f"GRANT SELECT, INSERT, DELETE, UPDATE (period) ON commitments TO {app}")
    op.execute(f"GRANT SELECT (id, child_id) ON placements TO {matcher}")
    op.execute(
        "GRANT SELECT (id, placement_id, child_link), UPDATE (child_link) "
        f"ON commitments TO {matcher}"
    )
    op.execute(f"GRANT SELECT ON attendance_declarations, declared_bands TO {threshold}")
    op.execute(f"GRANT SELECT, INSERT ON registration_cases TO {threshold}")
    op.execute(f"GRANT SELECT ON registration_cases TO {app}")
    op.execute(
        "GRANT UPDATE (closure, closed_by, closed_at, closed_reason, version) "
        f"ON registration_cases TO {app}"
    )


def add_attendance_declarations() -> None:
    op.create_table(
        "attendance_declarations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("declared_by", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["people.id"], name=op.f("attendance_declarations_declared_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("attendance_declarations_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_declarations_pkey")),
    )
    op.create_index(
        op.f("attendance_declarations_declared_by_idx"),
        "attendance_declarations",
        ["declared_by"],
        unique=False,
    )
    op.create_index(
        "attendance_declarations_provider_id_idx",
        "attendance_declarations",
        ["provider_id", "declared_on", "id"],
        unique=False,
    )


def add_declared_bands() -> None:
    op.create_table(
        "declared_bands",
        sa.Column("declaration_id", sa.UUID(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("children", sa.SmallInteger(), nullable=False),
        sa.Column(
            "with_plan_or_care",
            sa.SmallInteger(),
            nullable=False,
            comment="Of them, with an EHC plan or looked after",
        ),
        sa.Column(
            "with_needs",
            sa.SmallInteger(),
            nullable=False,
            comment="Of them, with special educational needs",
        ),
        sa.CheckConstraint(
            "band IN ('over-18-hours', 'from-15-to-18-hours', 'under-15-hours', 'up-to-18-hours-and-little-elsewhere')",
            name=op.f("declared_bands_band_known_check"),
        ),
        sa.CheckConstraint(
            "children BETWEEN 0 AND 1000 AND with_plan_or_care BETWEEN 0 AND children AND with_needs BETWEEN 0 AND children",
            name=op.f("declared_bands_counts_fit_check"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["attendance_declarations.id"],
            name=op.f("declared_bands_declaration_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("declaration_id", "band", name=op.f("declared_bands_pkey")),
    )


def add_placements() -> None:
    op.create_table(
        "placements",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False, comment="The commissioner's own"),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False, comment="The usual one"),
        sa.Column("host_la_code", sa.Text(), nullable=True, comment="Where the site lies"),
        sa.Column(
            "route",
            sa.Text(),
            nullable=False,
            comment="How the child comes to it: see rules.funding",
        ),
        sa.Column(
            "delivery", sa.Text(), nullable=False, comment="at-a-setting, lone-tutor or online"
        ),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="The first day"),
        sa.Column("planned_end_on", sa.Date(), nullable=True, comment="The last day, as planned"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="The last day, as it was"),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("destination", sa.Text(), nullable=True, comment="unknown: a search is open"),
        sa.Column(
            "assess_by",
            sa.Date(),
            nullable=True,
            comment="Recorded as it is, not yet assessed: the day by which it is",
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "delivery IN ('at-a-setting', 'lone-tutor', 'online')",
            name=op.f("placements_delivery_known_check"),
        ),
        sa.CheckConstraint(
            "destination IN ('home-school', 'other-mainstream', 'special-school', 'registered-provision', 'other-non-school-provision', 'further-education', 'home-education', 'custody', 'moved-abroad', 'other-known', 'unknown')",
            name=op.f("placements_destination_known_check"),
        ),
        sa.CheckConstraint(
            "end_reason IN ('objectives-met', 'reintegrated', 'moved', 'plan-named', 'left-area', 'safeguarding', 'provider-ended', 'parent-withdrew', 'school-ended', 'excluded', 'school-age-over', 'recorded-by-mistake', 'other')",
            name=op.f("placements_end_reason_known_check"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL) AND (ended_on IS NULL) = (destination IS NULL)",
            name=op.f("placements_ended_whole_check"),
        ),
        sa.CheckConstraint("ended_on >= starts_on", name=op.f("placements_ended_in_order_check")),
        sa.CheckConstraint(
            "length(btrim(reference)) > 0", name=op.f("placements_referred_to_check")
        ),
        sa.CheckConstraint(
            "planned_end_on >= starts_on", name=op.f("placements_planned_in_order_check")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("placements_child_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("placements_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["host_la_code"],
            ["local_authorities.la_code"],
            name=op.f("placements_host_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("placements_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("placements_pkey")),
        sa.UniqueConstraint(
            "commissioner_id", "reference", name=op.f("placements_commissioner_id_reference_key")
        ),
    )
    op.create_index(op.f("placements_child_id_idx"), "placements", ["child_id"], unique=False)
    op.create_index(
        "placements_commissioner_id_id_idx", "placements", ["commissioner_id", "id"], unique=False
    )
    op.create_index(
        op.f("placements_host_la_code_idx"), "placements", ["host_la_code"], unique=False
    )
    op.create_index(
        "placements_live_idx",
        "placements",
        ["site_id"],
        unique=False,
        postgresql_where="ended_on IS NULL",
    )
    op.create_index(
        "placements_site_id_starts_on_idx", "placements", ["site_id", "starts_on"], unique=False
    )


def add_placement_timetables() -> None:
    op.create_table(
        "placement_timetables",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False, comment="The first day it holds"),
        sa.Column(
            "minutes_elsewhere",
            sa.Integer(),
            nullable=True,
            comment="A week, at school or elsewhere; empty: nobody has said",
        ),
        sa.Column(
            "light",
            sa.Text(),
            nullable=False,
            comment="What the registration test of the setting said when it was written down",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "light IN ('green', 'amber', 'incomplete', 'red')",
            name=op.f("placement_timetables_light_known_check"),
        ),
        sa.CheckConstraint(
            "minutes_elsewhere BETWEEN 0 AND 10080",
            name=op.f("placement_timetables_minutes_elsewhere_range_check"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("placement_timetables_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("placement_timetables_pkey")),
        sa.UniqueConstraint(
            "placement_id", "since", name=op.f("placement_timetables_placement_id_since_key")
        ),
    )


def add_placement_sessions() -> None:
    op.create_table(
        "placement_sessions",
        sa.Column("timetable_id", sa.UUID(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False, comment="1 is Monday"),
        sa.Column("starts", sa.Time(), nullable=False, comment="London time"),
        sa.Column("ends", sa.Time(), nullable=False, comment="London time"),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("placement_sessions_in_order_check")),
        sa.CheckConstraint(
            "weekday BETWEEN 1 AND 7", name=op.f("placement_sessions_weekday_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("placement_sessions_site_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["timetable_id"],
            ["placement_timetables.id"],
            name=op.f("placement_sessions_timetable_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "timetable_id", "weekday", "starts", name=op.f("placement_sessions_pkey")
        ),
    )
    op.create_index(
        op.f("placement_sessions_site_id_idx"), "placement_sessions", ["site_id"], unique=False
    )


def add_registration_cases() -> None:
    op.create_table(
        "registration_cases",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False, comment="Whose institution it is"),
        sa.Column(
            "would_reach_on", sa.Date(), nullable=False, comment="The day on which the limit is met"
        ),
        sa.Column(
            "refused",
            sa.Boolean(),
            nullable=False,
            comment="A place was refused; otherwise it is so already",
        ),
        sa.Column(
            "counts", sa.Text(), nullable=False, comment="What the limbs of the test said; no child"
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closure", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.UUID(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "closure IN ('below-the-limit', 'hours-reduced', 'registered', 'referred')",
            name=op.f("registration_cases_closure_known_check"),
        ),
        sa.CheckConstraint(
            "(closure IS NULL) = (closed_at IS NULL) AND (closure IS NULL) = (closed_by IS NULL) AND (closure IS NULL) = (closed_reason IS NULL)",
            name=op.f("registration_cases_closed_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["people.id"], name=op.f("registration_cases_closed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("registration_cases_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("registration_cases_pkey")),
    )
    op.create_index(
        op.f("registration_cases_closed_by_idx"), "registration_cases", ["closed_by"], unique=False
    )
    op.create_index(
        "registration_cases_open_key",
        "registration_cases",
        ["provider_id"],
        unique=True,
        postgresql_where="closed_at IS NULL",
    )
    op.create_index(
        op.f("registration_cases_provider_id_idx"),
        "registration_cases",
        ["provider_id"],
        unique=False,
    )


def downgrade() -> None:
    app, matcher = role("app"), role("matcher")
    for verb in ("sees", "adds", "changes", "removes"):
        op.execute(f"DROP POLICY app_{verb} ON commitments")
    for verb in ("sees", "changes"):
        op.execute(f"DROP POLICY matcher_{verb} ON commitments")
    for signature in (
        "threshold_facts(uuid, date, uuid, uuid)",
        "placement_minutes(uuid, uuid, date)",
        "keep_overrun_committed(date)",
        "placed_institutions(date, date, uuid, integer)",
        "threshold_days(uuid, date, date)",
        "institutions_of_link(uuid, date, date)",
        "institution_sites_of(uuid)",
        "institution_of(uuid)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
    op.execute(f"REVOKE ALL ON commitments FROM {app}, {matcher}")
    for table in reversed(TABLES):
        op.drop_table(table)
    for signature in (
        "timetabled_for(uuid)",
        "may_see_placement(uuid)",
        "holds_placement(uuid)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_index(op.f("commitments_placement_id_idx"), "commitments")
    for column in ("minutes_elsewhere", "delivery", "placement_id"):
        op.drop_column("commitments", column)
